"""A long text in pieces that can be analysed one after another, with the same tokens as the whole.

A token never holds a single space or comma between two letters, and one that a line end tore is joined over that line
end alone. So a text may be cut after a line end, unless a hyphen stands before it, and between two words of letters.
"""

import re
from collections.abc import Iterator
from typing import Final

PIECE: Final = 8_000
"""Characters of a piece, as a guide: it ends at the first place after them where it may."""

_HYPHENS: Final = "\\-\u00ad\u2010\u2011\u2012\u2013\u00ac"
_CUT: Final = re.compile(f"[^\\s{_HYPHENS}]\n(?=\\w)|[^\\W\\d_][ ,;!?/_](?=[^\\W\\d_])")
_LONGEST: Final = 64_000


def pieces(text: str, size: int) -> Iterator[tuple[int, int]]:
    """The ranges of the pieces, from left to right, without gaps; none for an empty text.

    They end before a stretch of more than 64,000 characters that cannot be cut: it is nothing that people read.
    """
    start = 0
    while start < len(text):
        cut = _CUT.search(text, start + size, start + size + _LONGEST)
        end = cut.end() if cut else len(text)
        if end - start > size + _LONGEST:
            end = max((found.end() for found in _CUT.finditer(text, start, start + size)), default=start)
        if end == start:
            return
        yield start, end
        start = end
