"""Cleaning: one form for the characters that look alike or cannot be seen, with the way back to the original text.

Unicode NFC, invisible characters and stress marks deleted, no-break and thin spaces as a space, the hyphens as one. The
case stays: the tokeniser needs to see capitals. Source: counts of control characters in Kazakh news.
"""

from __future__ import annotations  # array[int] cannot be evaluated before Python 3.12

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import cache

import numpy as np

_SPACES = "\u00a0\u2009\u202f"
_HYPHENS = "\u2010\u2011\u2012\u2013"
# Soft hyphen, zero-width and direction marks, Arabic vowel signs, variation selectors, stress marks that NFC left over.
_DELETED = (
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u064b-\u0652\u0670\ufe00-\ufe0f\u0300-\u036f"
)
_DELETE = re.compile(f"[{_DELETED}]")
# Those of them that are no marks, in runs: they join nothing, so the text is the same without them.
_ALONE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
# What most texts are made of alone: each of these characters is composed, joins none and stays.
_ORDINARY = re.compile("[\n -~\u0410-\u044f\u0401\u0451ӘҒҚҢӨҰҮҺІәғқңөұүһі«»–—…“”„№\u00a0əƏӛӚ°’‘•©§−²]*+")
# A soft hyphen at the end of a line tore a word; it becomes the sign that scanned texts have there (see `joints.py`).
_TORN = re.compile(r"\u00ad(?=[ \t]{0,9}\r?\n)")
# Sorting a run of marks is quadratic in CPython, so no more than this many are composed with one letter; Unicode's
# Stream-Safe Text Format sets the same limit.
_MAX_MARKS = 30


@dataclass(frozen=True, slots=True)
class Clean:
    """A cleaned text. `begins` and `ends` give, for each of its characters, the range in the original text.

    Both are empty where no character was deleted or composed: then positions are the same in both texts.
    """

    text: str
    begins: array[int]
    ends: array[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original text that the non-empty range [start, end) of the cleaned text came from."""
        if not self.begins:
            return start, end
        return self.begins[start], self.ends[end - 1]


_NO_MAP: array[int] = array("q")


def clean(text: str) -> Clean:
    """Clean any text, in time linear in its length; lone surrogates and controls pass unchanged."""
    if text.isascii():
        return Clean(text, _NO_MAP, _NO_MAP)
    if _ORDINARY.fullmatch(text):
        return Clean(_replace(text), _NO_MAP, _NO_MAP)
    if "\u00ad" in text:
        text = _TORN.sub("¬", text)
    if _ALONE.search(text):
        shorter = _ALONE.sub("", text)
        if _is_plain(shorter):
            return _without(text, shorter)
        return _clean_with_map(text)
    if not _is_plain(text):
        return _clean_with_map(text)
    return Clean(_replace(text), _NO_MAP, _NO_MAP)


def _is_plain(text: str) -> bool:
    """Whether no character of the text changes or goes."""
    if _ORDINARY.fullmatch(text):
        return True
    # Without marks and joining letters NFC is a matter of single characters, so the quick check is linear.
    return not _joining().search(text) and unicodedata.is_normalized("NFC", text)


def _without(text: str, shorter: str) -> Clean:
    """What is left of a text without the characters that stand for nothing and join nothing."""
    kept = np.ones(len(text), np.bool_)
    for match in _ALONE.finditer(text):
        kept[match.start() : match.end()] = False
    places = np.flatnonzero(kept)
    begins, ends = array("q"), array("q")
    begins.frombytes(places.astype(np.int64).tobytes())
    ends.frombytes((places + 1).astype(np.int64).tobytes())
    return Clean(_replace(shorter), begins, ends)


def _replace(text: str) -> str:
    """Spaces and hyphens, one character for one."""
    for char in _SPACES:
        text = text.replace(char, " ")
    for char in _HYPHENS:
        text = text.replace(char, "-")
    return text


@cache
def _joining() -> re.Pattern[str]:
    """One character that may join the one before it or must go: marks, Hangul vowels and finals, invisible ones.

    Characters beyond U+FFFF stand alone: they are rare, and a class of many ranges up there is slow.
    """
    return re.compile(f"[{_marks()}\U00010000-\U0010ffff]")


@cache
def _clusters() -> re.Pattern[str]:
    """A letter with what joins it or must go."""
    return re.compile(f"(?s:.)?[{_marks()}]{{1,{_MAX_MARKS}}}|[\U00010000-\U0010ffff]")


@cache
def _marks() -> str:
    marks = "".join(
        re.escape(chr(code)) for code in range(0x300, 0xFFFF) if unicodedata.category(chr(code)).startswith("M")
    )
    return f"{marks}\u1160-\u11ff{_DELETED}"


class _Map:
    """Collects pieces of cleaned text with their original ranges."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.begins: array[int] = array("q")
        self.ends: array[int] = array("q")

    def same(self, piece: str, start: int) -> None:
        """Adds a piece whose characters are the original ones."""
        self.pieces.append(piece)
        self.begins.extend(range(start, start + len(piece)))
        self.ends.extend(range(start + 1, start + len(piece) + 1))

    def composed(self, piece: str, start: int, end: int) -> None:
        """Adds characters that all came from the original range [start, end)."""
        self.pieces.append(piece)
        self.begins.extend([start] * len(piece))
        self.ends.extend([end] * len(piece))


def _clean_with_map(text: str) -> Clean:
    out = _Map()
    done = 0
    while found := _joining().search(text, done):
        # The search for one character is several times faster than the one for a letter with its marks.
        match = next(_clusters().finditer(text, max(done, found.start() - 1)))
        _add_plain(out, text[done : match.start()], done)
        _add_cluster(out, match[0], match.start())
        done = match.end()
    _add_plain(out, text[done:], done)
    return Clean(_replace("".join(out.pieces)), out.begins, out.ends)


def _add_plain(out: _Map, piece: str, start: int) -> None:
    """A stretch without marks: only single characters can change, such as the Kelvin sign."""
    if unicodedata.is_normalized("NFC", piece):
        out.same(piece, start)
        return
    for at, char in enumerate(piece, start):
        out.composed(unicodedata.normalize("NFC", char), at, at + 1)


def _add_cluster(out: _Map, cluster: str, start: int) -> None:
    normal = unicodedata.normalize("NFC", cluster)
    if normal == cluster:
        for at, char in enumerate(cluster, start):
            if not _DELETE.match(char):
                out.same(char, at)
    else:
        out.composed(_DELETE.sub("", normal), start, start + len(cluster))
