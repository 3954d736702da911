"""Writes the forward index of a generation; see `forward.py` for what is in it."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...mapped import MappedWriter
from ...ranking import family, triples
from ...vectors import StemVectors
from .article_vectors import Texts, write_vectors
from .forward import KIND, NAME, VERSION, code
from .lexicon import encoded, lexicon_arrays
from .tokens import Surface, Tokens

_COPIED: Final = 1 << 20

Array = NDArray[Any]


def write_forward(folder: Path, tokens: Tokens, vectors: StemVectors) -> None:
    """Write the file into the folder; what is held in memory grows with the vocabulary, not with the articles."""
    file = MappedWriter(folder / NAME, KIND, VERSION)
    try:
        flat = np.memmap(tokens.flat, np.uint32, "r") if tokens.starts[-1] else np.zeros(0, np.uint32)
        with file.array("flat", np.uint32) as put:
            for first in range(0, len(flat), _COPIED):
                put(flat[first : first + _COPIED])
        file.add("starts", tokens.starts)
        _write_names(file, Texts(flat, tokens.starts), tokens.surfaces, vectors)
        file.finish()
    finally:
        file.abort()


def _write_names(file: MappedWriter, texts: Texts, surfaces: Sequence[Surface], vectors: StemVectors) -> None:
    exacts = _Column(((exact,) for exact, _, _ in surfaces), encoded)
    _add(file, exacts.lexicon("exact") | exacts.one("exact"))
    families = _Column(((family(key),) for _, key, _ in surfaces), encoded)
    _add(file, families.lexicon("family") | families.one("family"))
    file.add("family_df", texts.df(families.starts, families.places, len(families.names)))
    threes = _Column((sorted(triples(key)) for _, key, _ in surfaces), code)
    file.add("triple_codes", np.array(list(map(code, threes.names)), np.uint64))
    _add(file, threes.several("triple"))
    stems = _Column((dict.fromkeys(held) for *_, held in surfaces), encoded)
    _add(file, stems.lexicon("stem") | stems.several("stem"))
    write_vectors(file, texts, stems.starts, stems.places, stems.names, vectors)


def _add(file: MappedWriter, arrays: dict[str, Array]) -> None:
    for name, one in arrays.items():
        file.add(name, one)


class _Column:
    """Names of surfaces (several each): the distinct ones in order, and their places for each surface."""

    def __init__(self, held: Iterable[Iterable[str]], order: Callable[[str], Any]) -> None:
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__
        places, counts = array("I"), array("I", [0])
        for names in held:
            before = len(places)
            places.extend(map(numbers.__getitem__, names))
            counts.append(len(places) - before)
        self.names = sorted(numbers, key=order)
        rank = np.empty(len(numbers), np.uint32)
        rank[[numbers[name] for name in self.names]] = np.arange(len(numbers), dtype=np.uint32)
        self.starts = np.cumsum(counts, dtype=np.int64)
        self.places = rank[np.array(places, np.uint32)]

    def lexicon(self, name: str) -> dict[str, Array]:
        """The names as they are stored."""
        return dict(lexicon_arrays(name, list(map(encoded, self.names))))

    def one(self, name: str) -> dict[str, Array]:
        """The places as they are stored, if every surface has one."""
        return {f"{name}_list": self.places}

    def several(self, name: str) -> dict[str, Array]:
        """The places as they are stored, if surfaces have any number of them."""
        return {f"{name}_from": self.starts.astype(np.min_scalar_type(self.starts[-1])), f"{name}_list": self.places}
