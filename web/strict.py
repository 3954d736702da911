"""The strict reading of a query: the same words, every one of them required."""

import re
from collections.abc import Iterable

from search.model import Note
from search.query.parser import parse
from search.query.syntax import Plain, Quoted, Without

_EDGES = re.compile(r"^\W+|\W+$")


def strict(text: str, notes: Iterable[Note]) -> str:
    """The query with each of its words in quotation marks, without the stop words that `notes` name."""
    stop = {word for note in notes if note.kind == "stopwords" for word in note.source.split(", ")}
    out: list[str] = []
    for clause in _parts(text):
        match clause:
            case Plain():
                words = (_EDGES.sub("", chunk) for chunk in clause.text.split())
                out += [f'"{word}"' for word in words if word and word not in stop]
            case Quoted():
                out.append(f'"{clause.text}"')
            case Without():
                out.append(f'-"{getattr(clause.part, "text", "")}"')
    return " ".join(out)


def _parts(text: str) -> "tuple[object, ...]":
    root = parse(text).root
    return getattr(root, "parts", (root,) if root else ())
