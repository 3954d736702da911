"""Writes the words of a segment; see `words.py` for what is in the file."""

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...mapped_writer import MappedWriter
from ...named import Named
from ...names import Names, names_of
from ...ranking import family
from ...texts import steps
from .fields import with_stemless
from .lexicon import lexicon_arrays
from .listed import Listed
from .threes import Threes
from .tokens import Tokens
from .words import KIND, NAME, SIGNS, VERSION

Array = NDArray[Any]
Ints = NDArray[np.int64]

_COPIED: Final = 1 << 16


def write_words(folder: Path, tokens: Tokens) -> None:
    """Write the file into the folder; what is held in memory grows with the vocabulary, not with the articles."""
    file = MappedWriter(folder / NAME, KIND, VERSION)
    try:
        exacts = tokens.exacts
        _add(file, lexicon_arrays("exact", exacts.names))
        file.add("exact_list", exacts.places)
        numbers = np.arange(len(exacts.names) + 1)
        file.add("exact_from", np.searchsorted(exacts.places, numbers).astype(np.uint32))
        keys = Listed.of(tokens.surfaces.names, tokens.surfaces.key)
        families, of_key = _families(keys.names)
        its_family = of_key[keys.places]
        named = [Named.one(exacts.places, len(exacts.names)), Named.one(its_family, len(families))]
        for _, flat, begins in steps(tokens, tokens.step):
            for one in named:
                one.count(flat, begins)
        file.add("exact_df", named[0].df)
        _add(file, lexicon_arrays("family", families))
        file.add("family_list", its_family)
        _add_held(file, "family", its_family, np.arange(len(its_family)), len(families))
        file.add("family_df", named[1].df)
        _write_keys(file, keys)
        _write_stems(file, tokens.stems)
        file.finish()
    finally:
        file.abort()


def _families(keys: Names) -> tuple[Names, NDArray[np.uint32]]:
    """The families of keys, and which of them each key has; they rise as the keys do, because they begin them."""
    alike = [(one, len(list(its))) for one, its in groupby(map(family, keys.each()))]
    counts = np.array([count for _, count in alike], np.int64)
    of_key = np.repeat(np.arange(len(alike), dtype=np.uint32), counts)
    return names_of([one for one, _ in alike]), of_key


def _write_keys(file: MappedWriter, keys: Listed) -> None:
    places = keys.places
    with file.array("key_text", np.uint8) as put:
        for first in range(0, len(places), _COPIED):
            put(keys.names.some(places[first : first + _COPIED]).text)
    ends = _starts(np.diff(keys.names.ends)[places])
    file.add("key_ends", ends.astype(np.min_scalar_type(ends[-1])))
    threes = Threes.of(keys.names)
    file.add("triple_codes", threes.codes)
    counts = np.diff(threes.starts)
    starts = _starts(counts[places])
    file.add("triple_from", starts.astype(np.min_scalar_type(starts[-1])))
    with file.array("triple_list", np.uint32) as put:
        for first in range(0, len(places), _COPIED):
            some = places[first : first + _COPIED]
            at = np.repeat(threes.starts[some] - (starts[first : first + len(some)] - starts[first]), counts[some])
            at += np.arange(len(at))
            put(threes.places[at])
    for which, name in enumerate(SIGNS):
        file.add(name, threes.signs(which)[places])


def _write_stems(file: MappedWriter, held: Listed) -> None:
    _add(file, lexicon_arrays("stem", held.names))
    file.add("stem_from", held.starts.astype(np.min_scalar_type(held.starts[-1])))
    file.add("stem_list", held.places)
    starts, stems = with_stemless(held)
    owner = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    _add_held(file, "stem", stems, owner, len(held.names) + 1)


def _add_held(file: MappedWriter, name: str, values: Array, surfaces: Array, count: int) -> None:
    """Which of the surfaces, that rise for each value, have each of the values below `count`."""
    starts = _starts(np.bincount(values, minlength=count))
    file.add(f"{name}_held_from", starts.astype(np.min_scalar_type(starts[-1])))
    file.add(f"{name}_held", surfaces[np.argsort(values, kind="stable")].astype(np.uint32))


def _starts(counts: Array) -> Ints:
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])


def _add(file: MappedWriter, arrays: Mapping[str, Array]) -> None:
    for name, one in arrays.items():
        file.add(name, one)
