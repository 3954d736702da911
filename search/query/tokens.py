"""The text of a query in pieces: stretches without spaces, quoted stretches and brackets, before any is understood."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import Final

QUOTES: Final = '"“”„‟'
"""Any of them opens and any closes. Guillemets are parts of names in Kazakh news («Нұр Отан») and ask for no phrase."""

_PIECE: Final = re.compile(
    rf"""
      [{QUOTES}] (?P<quoted> [^{QUOTES}]*+ ) [{QUOTES}] (?P<near> ~[0-9]*+ (?= [\s(){QUOTES}] | \Z ) )?
    | (?P<sign> [(){QUOTES}] )
    | [^\s(){QUOTES}]++
    """,
    re.VERBOSE,
)


class Kind(Enum):
    """CHUNK: no space, bracket or quotation mark in it; STRAY: a bracket or quotation mark without its other half."""

    CHUNK = auto()
    QUOTED = auto()
    OPEN = auto()
    CLOSE = auto()
    STRAY = auto()


@dataclass(slots=True)
class Piece:
    """text[start:end]; `inner`: its text, without quotation marks and what follows them.

    near: what followed the closing quotation mark, `~` or `~3`.
    begins: whether a word could begin here: after a space, an opening bracket, or at the beginning.
    touches: whether the next piece is an opening bracket or a quoted text and follows without a space.
    other: the place of the other bracket of a pair in the list.
    """

    kind: Kind
    start: int
    end: int
    inner: str
    near: str = ""
    begins: bool = True
    touches: bool = False
    other: int = -1


def pieces(text: str) -> list[Piece]:
    """The pieces of `text` from left to right, white space left out; linear in its length."""
    out: list[Piece] = []
    opened: list[int] = []
    for match in _PIECE.finditer(text):
        start, end = match.span()
        quoted, sign = match["quoted"], match["sign"]
        if quoted is not None:
            piece = Piece(Kind.QUOTED, start, end, quoted, match["near"] or "")
        elif sign is None:
            piece = Piece(Kind.CHUNK, start, end, match[0])
        else:
            piece = Piece(Kind.STRAY, start, end, sign)
            if sign == "(":
                opened.append(len(out))
            elif sign == ")" and opened:
                piece.kind, piece.other = Kind.CLOSE, opened.pop()
                out[piece.other].kind, out[piece.other].other = Kind.OPEN, len(out)
        if out and (before := out[-1]).end == start:
            piece.begins = _begins_after(before)
        out.append(piece)
    for piece, after in pairwise(out):
        piece.touches = piece.end == after.start and after.kind in (Kind.QUOTED, Kind.OPEN)
    return out


def _begins_after(before: Piece) -> bool:
    """Whether a word could begin right after a piece; a stray quotation mark is as if it were not there."""
    match before.kind:
        case Kind.OPEN:
            return True
        case Kind.STRAY:
            return before.inner == "(" or (before.inner != ")" and before.begins)
        case Kind.CHUNK | Kind.QUOTED | Kind.CLOSE:
            return False
