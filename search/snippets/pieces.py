"""A long text in pieces that can be analysed one after another, with the same tokens as the whole.

A token never holds a single space between two letters, and one that a line end tore is joined over that line end
alone. So a text may be cut after a line end, unless a hyphen stands before it, and between two words of letters.
"""

import re
from collections.abc import Iterator
from typing import Final

PIECE: Final = 8_000
"""Characters of a piece, as a guide: it ends at the first place after them where it may."""

_HYPHENS: Final = "\\-\u00ad\u2010\u2011\u2012\u2013\u00ac"
_CUT: Final = re.compile(f"[^\\s{_HYPHENS}]\n(?=\\w)|[^\\W\\d_] (?=[^\\W\\d_])")


def pieces(text: str, size: int) -> Iterator[tuple[int, int]]:
    """The ranges of the pieces, from left to right, without gaps; none for an empty text."""
    start = 0
    while start < len(text):
        cut = _CUT.search(text, start + size) if start + size < len(text) else None
        end = cut.end() if cut else len(text)
        yield start, end
        start = end
