"""Every regular expression of ours on hostile text: a wide ceiling, which only one that is not linear breaks."""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import indexer
import search
import web

LENGTH = 100_000
CEILING_S = 3.0

PIECES = ["а", "ә", "a", "A", "1", " ", "-", "'", ".", ",", "\n", "\t", '"', "«", "(", "<", "&", "=", "\\", "/", "_",
    "%", "\u0301", "ق",
          "1.", "1,", "1 ", "1 000 ", "1:1", "а-", "а ", "а'", "a'", '"а', '-"', " -", "а.", "а. ", "<a ", "<a b=",
          "<!--", "&#", "&amp",
          "дағы", "ларымыз", "https://a.", "a@a.", "abcабв", "[a](", "a=\"", "}{",
          "NEAR/1", "2018-", "1.1", "..", "~1", "()"]  # fmt: skip
ENDS = ["", "!", "\0", "а", "1", "\n"]


def modules() -> Iterator[ModuleType]:
    for package in (search, indexer, web):
        yield package
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            yield importlib.import_module(found.name)


METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")


def uses() -> dict[tuple[str, str], tuple[re.Pattern[str], set[str]]]:
    """(module, name or line) → the expression and the methods it is used with there; all of them if none is seen.

    An expression is a global of a module, what a cached function of it makes, or written inside a call.
    """
    found: dict[tuple[str, str], tuple[re.Pattern[str], set[str]]] = {}
    for module in modules():
        tree = ast.parse(Path(module.__file__).read_text("utf-8"))
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                found[module.__name__, name] = value, _methods(tree, name)
            elif getattr(value, "__module__", "") == module.__name__ and _makes_a_pattern(value):
                found[module.__name__, name] = value(), _methods(tree, name)
        for node in ast.walk(tree):
            match node:
                case ast.Call(ast.Attribute(ast.Name("re"), method), [ast.Constant(str(source)), *_]) if (
                    method in METHODS
                ):
                    found[module.__name__, str(node.lineno)] = re.compile(source, _flags(node)), {method}
    return {place: use for place, use in found.items() if isinstance(use[0].pattern, str)}


def _methods(tree: ast.Module, name: str) -> set[str]:
    used: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(ast.Name(of) | ast.Call(ast.Name(of)), method) if of == name:
                used.add(method)
    return used & set(METHODS) or set(METHODS)


def _makes_a_pattern(value: object) -> bool:
    made = getattr(value, "__wrapped__", None) if hasattr(value, "cache_info") else None
    return "Pattern" in str(made.__annotations__.get("return", "")) if made else False


def _flags(call: ast.Call) -> int:
    given = [arg for arg in call.args[1:] if isinstance(arg, ast.Attribute | ast.BinOp)]
    every = [node for one in given for node in ast.walk(one) if isinstance(node, ast.Attribute)]
    return sum({getattr(re, node.attr) for node in every if isinstance(node.value, ast.Name) and node.value.id == "re"})


USES = uses()


def test_the_expressions_are_found():
    assert len(USES) > 30
    assert USES["search.kazakh.tokenize", "_TOKEN"][1] == {"finditer"}
    assert USES["search.query.tokens", "_PIECE"][1] == {"finditer"}
    assert ("search.kazakh.clean", "_clusters") in USES


@pytest.mark.parametrize("place", USES, ids=":".join)
def test_no_text_makes_it_slow(place):
    pattern, methods = USES[place]
    for number, piece in enumerate(PIECES):
        text = piece * (LENGTH // len(piece)) + ENDS[number % len(ENDS)]
        began = time.perf_counter()
        for method in methods & {"match", "fullmatch"}:
            getattr(pattern, method)(text)
        if methods - {"match", "fullmatch"}:  # the others all look at every place
            for _ in pattern.finditer(text):
                pass
        assert time.perf_counter() - began < CEILING_S, piece
