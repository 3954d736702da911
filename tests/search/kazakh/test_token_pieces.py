"""Texts split in pieces have the tokens of texts that are split whole."""

import os
import random

import pytest

from search.kazakh import split
from search.kazakh.pieces import Pieces
from tests.indexes import ARTICLES

SEED = int(os.environ.get("SEED", "0")) or random.randrange(1 << 30)
SCALE = float(os.environ.get("SCALE", "0.1"))

BITS = [
    *(
        "БАҚта",
        "қатыс-\nты",
        "қатыс¬\nты",
        "қатыс\u00ad\nты",
        "алғашқыҚазақстан",
        "АрселорМиттал",
        "GoogleChromeнұсқасын",
    ),
    *(
        "млн-ға",
        "млн.-ға",
        "5%-ға",
        "5",
        "%-ға",
        "%",
        "-",
        "1",
        "000",
        "12",
        "345",
        ",",
        ".",
        "«Қазақ»-тың",
        "2018-2019",
    ),
    *("12.05.2019", "05", "жəне", "сондай-", "ақ", "-ақ", "\n", "\n\n", "\t", "\r\n", "s'", "'", "ʼ", "o‘zbek", "XXI"),
    *("№5", "$", "°", "x" * 70, "я" * 250, "а-б-в", "½", "٣", "1,5", "10:30", "”-ты", "20-да", "и\u0306", "сө\u200bз"),
    *("\u00ad", "\u0301", "ءجۇز", "한국어", "\U0001f600", "\ud800"),
]


def numbered() -> tuple[dict[tuple[object, str], int], Pieces]:
    numbers: dict[tuple[object, str], int] = {}

    def number(forms, lang):
        return [numbers.setdefault((lang, form), len(numbers)) for form in forms]

    return numbers, Pieces(number)


def texts(chance: random.Random, count: int) -> list[str]:
    spaces = ["", " ", " ", " ", "\n", "  "]
    return [
        "".join(chance.choice(BITS) + chance.choice(spaces) for _ in range(chance.randrange(30))) for _ in range(count)
    ]


def check(held: list[str], numbers: dict[tuple[object, str], int], pieces: Pieces) -> None:
    langs = ["ru" if len(text) % 3 else "" for text in held]
    for text, lang in zip(held, langs, strict=True):
        pieces.add(text, lang)
    tokens, at = pieces.take(), 0
    for text, lang, length in zip(held, langs, tokens.lengths.tolist(), strict=True):
        starts, ends, forms = split(text)
        part = slice(at, at + length)
        at += length
        assert tokens.starts[part].tolist() == starts, f"{SEED=} {text!r}"
        assert (tokens.starts[part] + tokens.sizes[part]).tolist() == ends, f"{SEED=} {text!r}"
        assert tokens.forms[part].tolist() == [numbers[lang, form] for form in forms], f"{SEED=} {text!r}"


def test_pieces_are_split_as_whole_texts_are() -> None:
    chance = random.Random(SEED)
    numbers, pieces = numbered()
    for _ in range(round(200 * SCALE)):
        check(texts(chance, 100), numbers, pieces)


def test_articles_are_split_as_whole_texts_are() -> None:
    numbers, pieces = numbered()
    for _ in range(2):
        check([text for article in ARTICLES for text in (article.title, article.body)], numbers, pieces)


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "5", "5 %-ға", "10 000 000", "1\n000", "-", "я" * 500, "қатыс-\nты", "10 - " * 90]
)
def test_texts_of_one_piece_or_of_none(text: str) -> None:
    check([text], *numbered())


def test_only_forms_of_the_texts_are_numbered() -> None:
    numbers, pieces = numbered()
    pieces.add("су 10 000 жер", "")
    pieces.add("10 от 000", "")
    pieces.take()
    assert sorted(form for _, form in numbers) == ["000", "10", "10 000", "жер", "от", "су"]


def test_long_pieces_are_not_remembered() -> None:
    numbers, pieces = numbered()
    for count in range(60, 90):
        check(["- " * count * 3, "5 " * count * 3, "я" * 300], numbers, pieces)
    assert all(len(piece) <= 200 for known in pieces._known.values() for piece in known)


def test_what_is_forgotten_is_found_again() -> None:
    numbers, pieces = numbered()
    check(["су мен жер"], numbers, pieces)
    assert len(pieces)
    pieces.forget()
    numbers.clear()
    assert len(pieces) == 0
    check(["жер мен су"], numbers, pieces)
