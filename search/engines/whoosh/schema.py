"""What is in the Whoosh index: two fields of terms with positions.

The schema is always made by this code, never read from the index. Texts come analysed, so no field has an analyzer.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .stock import FieldType, Format, Schema, W3Codec

INDEX_NAME = "IZDE"
STEM = "stem"
EXACT = "exact"

POSITION_BYTES = 4


class Positions(Format):  # type: ignore[misc]  # whoosh has no types
    """Posting values that are bare positions: little-endian unsigned 32-bit numbers, in rising order."""

    def encode(self, positions: Sequence[int]) -> bytes:
        """The value of a posting."""
        return struct.pack(f"<{len(positions)}I", *positions)

    def decode_positions(self, value: bytes) -> list[int]:
        """The positions of a posting, for Whoosh's own tools; the reader takes them as arrays."""
        return list(struct.unpack(f"<{len(value) // POSITION_BYTES}I", value))

    def decode_frequency(self, value: bytes) -> int:
        """The number of positions, for Whoosh's own tools."""
        return len(value) // POSITION_BYTES


class Terms(FieldType):  # type: ignore[misc]  # whoosh has no types
    """A field whose value is a mapping from a term to its positions in the article."""

    def __init__(self) -> None:
        super().__init__(format=Positions(), analyzer=None, scorable=False, stored=False)

    def index(self, value: Mapping[str, Sequence[int]], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(term, frequency, weight, value of the posting) for each term."""
        encode = self.format.encode
        for term, positions in value.items():
            yield term_bytes(term), len(positions), float(len(positions)), encode(positions)

    def to_bytes(self, value: str | bytes) -> bytes:
        """The term as it stands in the lexicon."""
        return value if isinstance(value, bytes) else term_bytes(value)


def term_bytes(term: str) -> bytes:
    """UTF-8 that also takes lone surrogates: a query may hold one, and must simply not be found."""
    return term.encode("utf-8", "surrogatepass")


def schema() -> Schema:
    """The fields of the index."""
    return Schema(**{STEM: Terms(), EXACT: Terms()})


def codec() -> W3Codec:
    """Whoosh's own codec, told not to ask for field lengths: ours are in `columns.py`, exact instead of in one byte."""
    stock = W3Codec()
    stock.length_stats = False
    return stock
