"""The text of a query in pieces: stretches without spaces, quoted stretches and brackets, before any is understood."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import Final

QUOTES: Final = '"“”„‟'
"""Any of them opens and any closes. Guillemets are parts of names in Kazakh news («Нұр Отан») and ask for no phrase."""

_SIGNS: Final = r"\-=:*~?\[\]{}^"
_PIECE: Final = re.compile(
    rf"""
      (?P<word> [^\s(){QUOTES}{_SIGNS}]++ (?= [\s(){QUOTES}] | \Z ) )
    | [{QUOTES}] (?P<quoted> [^{QUOTES}]*+ ) [{QUOTES}] (?P<near> ~[0-9]*+ (?= [\s(){QUOTES}] | \Z ) )?
    | (?P<sign> [(){QUOTES}] )
    | (?P<chunk> [^\s(){QUOTES}]++ )
    """,
    re.VERBOSE,
)


class Kind(Enum):
    """WORD: without any sign; CHUNK: with some, but no space, bracket or quotation mark.

    STRAY: a bracket or quotation mark without its other half.
    """

    WORD = auto()
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
        match match.lastgroup:
            case "word":
                piece = Piece(Kind.WORD, start, end, match[0])
            case "chunk":
                piece = Piece(Kind.CHUNK, start, end, match[0])
            case "sign":
                piece = Piece(Kind.STRAY, start, end, match[0])
                if piece.inner == "(":
                    opened.append(len(out))
                elif piece.inner == ")" and opened:
                    piece.kind, piece.other = Kind.CLOSE, opened.pop()
                    out[piece.other].kind, out[piece.other].other = Kind.OPEN, len(out)
            case _:
                piece = Piece(Kind.QUOTED, start, end, match["quoted"], match["near"] or "")
        out.append(piece)
    for before, piece in pairwise(out):
        if before.end == piece.start:
            before.touches = piece.kind in (Kind.QUOTED, Kind.OPEN)
            piece.begins = _begins_after(before)
    return out


def _begins_after(before: Piece) -> bool:
    """Whether a word could begin right after a piece; a stray quotation mark is as if it were not there."""
    if before.kind is Kind.STRAY:
        return before.inner == "(" or (before.inner != ")" and before.begins)
    return before.kind is Kind.OPEN
