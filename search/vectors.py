"""Stem vectors: stems of words that keep the same company lie close; learnt by `indexer/learn_vectors.py`.

    u_t   the stem's vector, of length 1 (stored in int8)
    v_d   Σ tf/(tf+k1) · idf · u_t over the stems of an article → length 1 → minus the mean of all articles → length 1
    v_q   the same of Σ idf · u_t over the query's content words, with the same mean

A file holds the stems, sorted, and their rows: magic, then msgpack of the parts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from .ranking import K1

Vector = NDArray[np.float64]

_MAGIC = b"IZDEVEC1"
_SCALE = 127.0


class _Stored(msgspec.Struct, frozen=True):
    dimensions: int
    stems: str
    rows: bytes
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class StemVectors:
    """stems: sorted, distinct. rows: int8, one row of `dimensions` each. notes: where they came from, a line each.

    weights, mean: the idf of each stem, and what is taken off the vectors of articles, in the archive that they were
    settled on; None before. With these the vector of an article depends on nothing but its own words.
    """

    stems: tuple[str, ...]
    rows: NDArray[np.int8]
    notes: tuple[str, ...] = field(default=(), compare=False)
    weights: Vector | None = field(default=None, compare=False)
    mean: Vector | None = field(default=None, compare=False)

    @property
    def dimensions(self) -> int:
        """The length of a row."""
        return int(self.rows.shape[1])

    @classmethod
    def none(cls) -> "StemVectors":
        """No vectors: what needs them counts nothing."""
        return cls((), np.zeros((0, 0), np.int8))

    @classmethod
    def of(cls, stems: Sequence[str], vectors: Vector, notes: Iterable[str] = ()) -> "StemVectors":
        """Vectors of any length, one row a stem, brought to length 1 and rounded."""
        order = sorted(range(len(stems)), key=lambda place: stems[place])
        rows = quantized(unit(np.asarray(vectors, np.float64)[order]))
        return cls(tuple(stems[place] for place in order), rows, tuple(notes))

    @classmethod
    def load(cls, path: Path) -> "StemVectors":
        """Read a file written by `save`.

        Raises:
            OSError: it cannot be read.
            ValueError: it is no such file.
        """
        return cls.parse(path.read_bytes(), str(path))

    @classmethod
    def parse(cls, data: bytes, name: str) -> "StemVectors":
        """Read the bytes of a file; `name` stands in messages.

        Raises:
            ValueError: they are no vectors.
        """
        if not data.startswith(_MAGIC):
            raise ValueError(f"{name}: not a file of stem vectors")
        try:
            stored = msgspec.msgpack.decode(data[len(_MAGIC) :], type=_Stored)
        except msgspec.MsgspecError as error:
            raise ValueError(f"{name}: {error}") from error
        stems = tuple(stored.stems.split("\n")) if stored.stems else ()
        if len(stored.rows) != len(stems) * stored.dimensions:
            raise ValueError(f"{name}: {len(stored.rows)} numbers for {len(stems)} stems")
        rows = np.frombuffer(stored.rows, np.int8).reshape(len(stems), stored.dimensions)
        return cls(stems, rows, stored.notes)

    def save(self, path: Path) -> None:
        """Write the vectors; the same content always gives the same bytes."""
        stored = _Stored(self.dimensions, "\n".join(self.stems), self.rows.tobytes(), self.notes)
        path.write_bytes(_MAGIC + msgspec.msgpack.encode(stored))


def unit(vectors: Vector) -> Vector:
    """Rows (or one vector) brought to length 1; a row of zeros stays."""
    length = np.sqrt((vectors * vectors).sum(axis=-1, keepdims=True))
    return vectors / np.where(length > 0, length, 1.0)


def quantized(vectors: Vector) -> NDArray[np.int8]:
    """Vectors of length 1 at most, as int8."""
    return np.rint(vectors * _SCALE).astype(np.int8)


def whole(rows: NDArray[np.int8]) -> Vector:
    """What quantized stem vectors stand for: rows of length 1."""
    return unit(rows.astype(np.float64))


def row_lengths(rows: Vector) -> Vector:
    """What to divide each row by to bring it to length 1; 1 for a row of zeros."""
    length = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    return np.where(length > 0, length, 1.0)


def article_weight(tf: Vector, idf: Vector) -> Vector:
    """What a stem counts in the vector of an article that has it `tf` times."""
    return tf / (tf + K1) * idf


def query_vector(parts: Sequence[tuple[float, Vector]], mean: Vector) -> Vector | None:
    """v_q of (idf, u_t) of the content words that have a vector; None if none has."""
    if not parts:
        return None
    total = np.zeros(len(mean))
    for weight, vector in parts:
        total += weight * vector
    return unit(unit(total) - mean)


def centred(vectors: Vector, mean: Vector) -> NDArray[np.int8]:
    """v_d as stored, of the articles' vectors of length 1 and their mean; an article without a known stem has zeros."""
    empty = ~vectors.any(axis=1)
    out = unit(vectors - mean)
    out[empty] = 0.0
    return quantized(out)


def cosine(stored: NDArray[np.int8], vector: Vector) -> Vector:
    """cos(query, article) for rows of stored article vectors."""
    return dot(stored.astype(np.float64), vector) / _SCALE


def dot(rows: NDArray[Any], vector: NDArray[Any]) -> NDArray[Any]:
    """The product of each row with a vector, on one thread.

    For so few numbers the threads of a BLAS wait for each other longer than they compute, above all where several
    workers do so at once: half of the time of a query was that.
    """
    product: NDArray[Any] = np.einsum("ij,j->i", rows, vector)
    return product


@cache
def default_vectors() -> StemVectors:
    """The shipped vectors, read once."""
    file = resources.files("search").joinpath("data", "vectors.bin")
    return StemVectors.parse(file.read_bytes(), "vectors.bin")


def by_stem(vectors: StemVectors) -> Mapping[str, int]:
    """Stem → place of its row."""
    return {stem: place for place, stem in enumerate(vectors.stems)}
