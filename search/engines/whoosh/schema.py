"""What is in the index, in Whoosh's terms: two fields of terms with positions, and the article itself, stored.

Texts come analysed, so no field has an analyzer.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np

from .lexicon import encoded
from .stock import STORED, FieldType, Format, Schema

INDEX_NAME: Final = "IZDE"
ARTICLE: Final = "article"
STEM: Final = "stem"
EXACT: Final = "exact"

_POSITION: Final = np.dtype("<u4")


class Positions(Format):  # type: ignore[misc]  # whoosh has no types
    """Posting values that are bare positions: little-endian unsigned 32-bit numbers, in rising order."""

    def encode(self, positions: Sequence[int]) -> bytes:
        """The value of a posting."""
        return np.array(positions, _POSITION).tobytes()

    def decode_positions(self, value: bytes) -> list[int]:
        """The positions of a posting."""
        return list(np.frombuffer(value, _POSITION).tolist())

    def decode_frequency(self, value: bytes) -> int:
        """The number of positions."""
        return len(value) // _POSITION.itemsize


class Terms(FieldType):  # type: ignore[misc]  # whoosh has no types
    """A field whose value is a mapping from a term to its positions in the article."""

    def __init__(self) -> None:
        super().__init__(format=Positions(), analyzer=None, scorable=True, stored=False)

    def index(self, value: Mapping[str, Sequence[int]], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(term, frequency, weight, value of the posting) for each term."""
        for term, positions in value.items():
            yield encoded(term), len(positions), float(len(positions)), self.format.encode(positions)

    def to_bytes(self, value: str | bytes) -> bytes:
        """The term as it stands in the lexicon."""
        return value if isinstance(value, bytes) else encoded(value)

    def from_bytes(self, value: bytes) -> str:
        """The inverse of `to_bytes`."""
        return value.decode("utf-8", "surrogatepass")


def schema() -> Schema:
    """The fields of the index."""
    return Schema(**{STEM: Terms(), EXACT: Terms(), ARTICLE: STORED()})
