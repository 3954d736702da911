"""Writes the forward index of a generation; see `forward.py` for what is in it."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...kazakh import Terms
from ...mapped import MappedWriter
from ...ranking import family, triples
from ...vectors import StemVectors
from ..base import Document
from .article_vectors import Texts, write_vectors
from .forward import KIND, NAME, VERSION, code
from .lexicon import encoded, lexicon_arrays

_SPOOL: Final = "forward.tmp"
_HELD: Final = 1 << 20
"""Surfaces of articles in memory before they go to disk."""

Array = NDArray[Any]
Surface = tuple[str, str, tuple[str, ...]]


class ForwardWriter:
    """Collects the words of articles; what it holds in memory grows with the vocabulary, not with the articles."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._surfaces: defaultdict[Surface, int] = defaultdict()
        self._surfaces.default_factory = self._surfaces.__len__
        self._starts = array("q", [0])
        self._held = array("I")
        self._spool = (folder / _SPOOL).open("wb")
        self._file = MappedWriter(folder / NAME, KIND, VERSION)

    def add(self, document: Document) -> None:
        """Take one more article."""
        self._add(document.title)
        self._add(document.body)
        self._starts.append(self._starts[-1] + len(document.title.keys) + len(document.body.keys))
        if len(self._held) > _HELD:
            self._flush()

    def finish(self, vectors: StemVectors) -> None:
        """Write the file."""
        self._flush()
        self._spool.close()
        path = self._folder / _SPOOL
        starts = np.array(self._starts, np.int64)
        flat = np.memmap(path, np.uint32, "r") if starts[-1] else np.zeros(0, np.uint32)
        with self._file.array("flat", np.uint32) as put:
            for first in range(0, len(flat), _HELD):
                put(flat[first : first + _HELD])
        self._file.add("starts", starts)
        surfaces = list(self._surfaces)
        self._surfaces.clear()
        exacts = _Column(((exact,) for exact, _, _ in surfaces), encoded)
        self._add_all(exacts.lexicon("exact") | exacts.one("exact"))
        stems = _Column((dict.fromkeys(held) for *_, held in surfaces), encoded)
        self._add_all(stems.lexicon("stem") | stems.several("stem"))
        families = _Column(((family(key),) for _, key, _ in surfaces), encoded)
        threes = _Column((sorted(triples(key)) for _, key, _ in surfaces), code)
        del surfaces
        self._add_all(families.lexicon("family") | families.one("family"))
        self._file.add("triple_codes", np.array(list(map(code, threes.names)), np.uint64))
        self._add_all(threes.several("triple"))
        texts = Texts(flat, starts)
        self._file.add("family_df", texts.df(families.starts, families.places, len(families.names)))
        write_vectors(self._file, texts, stems.starts, stems.places, stems.names, vectors)
        self._file.finish()
        path.unlink()

    def abort(self) -> None:
        """Let go of the files."""
        self._spool.close()
        self._file.abort()

    def _add(self, terms: Terms) -> None:
        rows = zip(terms.exacts, terms.keys, terms.stems, strict=True)
        self._held.extend(map(self._surfaces.__getitem__, rows))

    def _add_all(self, arrays: dict[str, Array]) -> None:
        for name, one in arrays.items():
            self._file.add(name, one)

    def _flush(self) -> None:
        self._held.tofile(self._spool)
        del self._held[:]


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
