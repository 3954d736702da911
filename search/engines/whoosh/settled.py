"""The stem vectors of a generation, with what they were settled on: later segments get the vectors of the same space.

text, ends      the stems, one after another, and where each begins (one more)
rows, weights   their vectors, and their idf when they were settled
mean            what is taken off the vectors of articles
"""

from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from ...mapped import Mapped
from ...mapped_writer import MappedWriter
from ...vectors import StemVectors
from .lexicon import encoded
from .sidecar import OWN

NAME: Final = "vectors" + OWN
KIND: Final = "vectors"
VERSION: Final = 1


def write_settled(folder: Path, vectors: StemVectors) -> None:
    """Write the file into the folder; the vectors are settled."""
    if vectors.weights is None or vectors.mean is None:
        raise ValueError("these vectors are not settled yet")
    stems = list(map(encoded, vectors.stems))
    file = MappedWriter(folder / NAME, KIND, VERSION)
    try:
        file.add("text", np.frombuffer(b"".join(stems), np.uint8))
        file.add("ends", np.cumsum([0, *map(len, stems)]).astype(np.uint64))
        for name, array in (("rows", vectors.rows), ("weights", vectors.weights), ("mean", vectors.mean)):
            file.add(name, array)
        file.finish()
    finally:
        file.abort()


def read_settled(folder: Path) -> StemVectors:
    """The vectors of a folder."""
    with closing(Mapped(folder / NAME, KIND, VERSION)) as file:
        text = file.whole("text").tobytes()
        stems = tuple(str(text[a:b], "utf-8", "surrogatepass") for a, b in pairwise(file.whole("ends").tolist()))
        rows, weights, mean = (file.whole(name).copy() for name in ("rows", "weights", "mean"))
    return StemVectors(stems, rows, weights=weights, mean=mean)
