"""Writes the words of a segment; see `words.py` for what is in the file."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...mapped import MappedWriter
from ...ranking import family, triples
from .article_vectors import Texts
from .lexicon import encoded
from .numbered import Numbered
from .tokens import Tokens
from .words import KIND, NAME, SIGNS, VERSION, code, sign

Array = NDArray[Any]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Surfaces:
    """The surfaces of tokens in the order in which they are stored: that of their exact forms."""

    tokens: Tokens

    @cached_property
    def order(self) -> Array:
        """The numbers that the surfaces have in `tokens`, in the order in which they are stored."""
        surfaces = self.tokens.surfaces
        return np.array(sorted(range(len(surfaces)), key=surfaces.__getitem__), np.int64)

    @cached_property
    def rank(self) -> NDArray[np.uint32]:
        """The place of each surface of `tokens` in that order."""
        rank = np.empty(len(self.order), np.uint32)
        rank[self.order] = np.arange(len(self.order), dtype=np.uint32)
        return rank

    @cached_property
    def stems(self) -> tuple[Ints, Array]:
        """Where the stems of each surface begin in a list of them (one more), and that list, as they are stored."""
        held = self.tokens.stems
        counts = np.diff(held.starts)[self.order]
        starts = np.concatenate([[0], np.cumsum(counts)])
        owner = np.repeat(np.arange(len(counts)), counts)
        first = held.starts[:-1][self.order]
        return starts, held.places[first[owner] + np.arange(len(owner)) - starts[owner]]


def write_words(folder: Path, surfaces: Surfaces, texts: Texts) -> None:
    """Write the file into the folder; what is held in memory grows with the vocabulary, not with the articles."""
    file = MappedWriter(folder / NAME, KIND, VERSION)
    try:
        tokens, order = surfaces.tokens, surfaces.order
        _add(file, tokens.exacts.lexicon("exact"))
        exact_of = tokens.exacts.places[order]
        file.add("exact_list", exact_of)
        file.add("exact_from", np.searchsorted(exact_of, np.arange(len(tokens.exacts.names) + 1)).astype(np.uint32))
        file.add("exact_df", texts.df(tokens.exacts.starts, tokens.exacts.places, len(tokens.exacts.names)))
        families = Numbered((family(key),) for _, key, _ in tokens.surfaces)
        _add(file, families.lexicon("family"))
        family_of = families.places[order]
        file.add("family_list", family_of)
        _add_held(file, "family", family_of, np.arange(len(order)), len(families.names))
        file.add("family_df", texts.df(families.starts, families.places, len(families.names)))
        _write_keys(file, surfaces)
        _write_stems(file, surfaces)
        file.finish()
    finally:
        file.abort()


def _write_keys(file: MappedWriter, surfaces: Surfaces) -> None:
    keys = [surfaces.tokens.surfaces[at][1] for at in surfaces.order.tolist()]
    encoded_keys = list(map(encoded, keys))
    file.add("key_text", np.frombuffer(b"".join(encoded_keys), np.uint8))
    ends = np.cumsum([0, *map(len, encoded_keys)])
    file.add("key_ends", ends.astype(np.min_scalar_type(ends[-1])))
    threes = Numbered((sorted(triples(key)) for key in keys), code)
    codes = list(map(code, threes.names))
    file.add("triple_codes", np.array(codes, np.uint64))
    _add(file, threes.several("triple"))
    held = np.flatnonzero(np.diff(threes.starts))  # an empty key has no triples
    for which, name in enumerate(SIGNS):
        bits = np.array([sign((one,), which) for one in codes], np.uint64)
        signs = np.zeros(len(keys), np.uint64)
        if len(held):
            signs[held] = np.bitwise_or.reduceat(bits[threes.places], threes.starts[held])
        file.add(name, signs)


def _write_stems(file: MappedWriter, surfaces: Surfaces) -> None:
    held = surfaces.tokens.stems
    _add(file, held.lexicon("stem"))
    starts, places = surfaces.stems
    file.add("stem_from", starts.astype(np.min_scalar_type(starts[-1])))
    file.add("stem_list", places)
    counts = np.diff(starts)
    none = np.flatnonzero(counts == 0)
    every = np.concatenate([places, np.full(len(none), len(held.names), np.uint32)])
    owner = np.concatenate([np.repeat(np.arange(len(counts)), counts), none])
    _add_held(file, "stem", every, owner, len(held.names) + 1)


def _add_held(file: MappedWriter, name: str, values: Array, surfaces: Array, count: int) -> None:
    """Which of the surfaces, that rise for each value, have each of the values below `count`."""
    starts = np.concatenate([[0], np.cumsum(np.bincount(values, minlength=count))])
    file.add(f"{name}_held_from", starts.astype(np.min_scalar_type(starts[-1])))
    file.add(f"{name}_held", surfaces[np.argsort(values, kind="stable")].astype(np.uint32))


def _add(file: MappedWriter, arrays: dict[str, Array]) -> None:
    for name, one in arrays.items():
        file.add(name, one)
