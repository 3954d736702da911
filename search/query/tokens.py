"""The text of a query in pieces: stretches without spaces, quoted stretches and brackets, before any is understood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
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


_UNSIGNED: Final = re.compile(rf"(?:[^(){QUOTES}{_SIGNS}]|\?(?!\w)|(?<=[^\s\-])-)*+")
"""A hyphen is a sign at the beginning of a stretch, a question mark inside it."""


def has_signs(text: str) -> bool:
    """Whether a text may have a sign, a quotation mark or a bracket that means something."""
    return _UNSIGNED.fullmatch(text) is None


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

    other: of a bracket, the place of its other half in the list.
    near: what followed the closing quotation mark, `~` or `~3`.
    """

    kind: Kind
    start: int
    end: int
    inner: str
    other: int = -1
    near: str = ""


def pieces(text: str) -> list[Piece]:
    """The pieces of `text` from left to right, white space left out; linear in its length."""
    out: list[Piece] = []
    opened: list[int] = []
    for match in _PIECE.finditer(text):
        start, end = match.span()
        match match.lastgroup:
            case "word":
                out.append(Piece(Kind.WORD, start, end, match[0]))
            case "chunk":
                out.append(Piece(Kind.CHUNK, start, end, match[0]))
            case "sign":
                sign = match[0]
                if sign == ")" and opened:
                    other = opened.pop()
                    out[other].kind, out[other].other = Kind.OPEN, len(out)
                    out.append(Piece(Kind.CLOSE, start, end, sign, other))
                    continue
                if sign == "(":
                    opened.append(len(out))
                out.append(Piece(Kind.STRAY, start, end, sign))
            case _:
                out.append(Piece(Kind.QUOTED, start, end, match["quoted"], near=match["near"] or ""))
    return out


def begins(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a word could begin at this place: after a space, an opening bracket, or at the beginning.

    A stray quotation mark is as if it were not there; there is at most one in a text.
    """
    before = pieces[at - 1] if at else None
    if before is None or before.end < pieces[at].start or before.kind is Kind.OPEN:
        return True
    if before.kind is not Kind.STRAY or before.inner == ")":
        return False
    return before.inner == "(" or begins(pieces, at - 1)


def touches(pieces: Sequence[Piece], at: int) -> bool:
    """Whether an opening bracket or a quoted text follows without a space."""
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    return after is not None and after.start == pieces[at].end and after.kind in (Kind.QUOTED, Kind.OPEN)
