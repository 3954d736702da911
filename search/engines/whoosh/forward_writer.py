"""Writes the forward index of a segment; see `forward.py` for what is in it."""

from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...mapped_writer import MappedWriter
from ...vectors import StemVectors
from .article_vectors import write_vectors
from .forward import KIND, NAME, VERSION
from .spans import SpanSpool
from .tokens import Tokens

_COPIED: Final = 1 << 20

Array = NDArray[Any]
Ints = NDArray[np.int64]


def write_forward(folder: Path, tokens: Tokens, spans: SpanSpool, df: Ints, vectors: StemVectors) -> StemVectors:
    """Write the file into the folder; what is held in memory grows with the vocabulary, not with the articles.

    df: in how many articles each stem stands. Gives back the vectors as they are settled, see `write_vectors`.
    """
    file = MappedWriter(folder / NAME, KIND, VERSION)
    try:
        with file.array("flat", np.uint32) as put, tokens.flat.open("rb") as held:
            while len(piece := np.fromfile(held, np.uint32, _COPIED)):
                put(piece)
        file.add("starts", tokens.starts)
        file.add("titles", tokens.titles.astype(np.uint32))
        spans.finish(file)
        settled, vector_of = write_vectors(file, tokens, df, vectors)
        _write_rows(file, tokens.stems.starts, tokens.stems.places, vector_of)
        file.finish()
    finally:
        file.abort()
    return settled


def _write_rows(file: MappedWriter, starts: Ints, stems: Array, vector_of: NDArray[np.int32]) -> None:
    """The vectors of the stems of each surface: surface s has stems[starts[s] : starts[s + 1]]."""
    rows = vector_of[stems]
    held = rows >= 0
    begins = np.concatenate([[0], np.cumsum(held)])[starts]
    file.add("surface_from", begins.astype(np.min_scalar_type(begins[-1])))
    file.add("surface_rows", rows[held].astype(np.uint32))
