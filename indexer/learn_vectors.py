"""Learns stem vectors from text, and makes the shipped ones: `python -m indexer.learn_vectors SHARED_DIR -o FILE`.

Method: co-occurrence of stems within ten words, weighted 1/distance; positive pointwise mutual information, context
counts to the power 0.75; truncated singular value decomposition (`krylov.py`), U·√Σ, rows of length 1 (Levy and others
2015). Sizes and the window were measured with `izde evaluate`: 64 to 300 dimensions and windows of 5 to 20 are within
.006.
"""

from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from search.kazakh import Analyzer
from search.vectors import StemVectors

from .krylov import largest
from .learn_sources import SOURCES, texts

DIMENSIONS = 100
LEAST_COUNT = 5
WINDOW = 10
MOST_TOKENS = 5_000_000
"""A text collection is read up to here; more changes little and costs memory."""

_POWER = 0.75
_WEIGHTS = np.array([1 / abs(at) if at else 0 for at in range(-WINDOW, WINDOW + 1)], np.float32)
"""What each place in the window counts; the stem itself stands in the middle."""

_STEP = 1 << 15
"""Places in the texts whose neighbours are looked at together: some 20 MB."""

Stems = Sequence[str]
Array = NDArray[Any]


def learn_vectors(articles: Iterable[Stems], dimensions: int = DIMENSIONS, notes: Iterable[str] = ()) -> StemVectors:
    """Vectors of the stems that occur at least five times; none where there are too few of them to learn from.

    articles: the stems of each text, in order.
    """
    numbers: dict[str, int] = {}
    flat, lengths = array("I"), array("q")
    for stems in articles:
        flat.extend([numbers.setdefault(stem, len(numbers)) for stem in stems])
        lengths.append(len(stems))
        if len(flat) >= MOST_TOKENS:
            break
    return learn_numbers(np.array(flat), np.array(lengths), tuple(numbers), dimensions, notes)


def learn_numbers(
    flat: Array, lengths: Array, stems: Stems, dimensions: int = DIMENSIONS, notes: Iterable[str] = ()
) -> StemVectors:
    """The same of numbers: `flat` has for each word of the texts the place of its stem in `stems`, which are distinct.

    lengths: how many words each text has.
    """
    often = np.bincount(flat, minlength=len(stems))
    known = sorted(
        stem
        for stem, count in zip(stems, often.tolist(), strict=True)
        if count >= LEAST_COUNT and not stem[0].isdigit()
    )
    if len(known) <= dimensions:
        return StemVectors.none()
    place = {stem: number for number, stem in enumerate(known)}
    place_of = np.array([place.get(stem, -1) for stem in stems], np.int32)
    position = _spread(place_of[flat], lengths)
    totals = _totals(position, len(known))
    if not totals.any():
        return StemVectors.none()
    left, sizes = largest(_information(position, totals), dimensions)
    return StemVectors.of(known, left * np.sqrt(sizes), notes)


def _spread(places: Array, lengths: Array) -> Array:
    """The places with a gap of -1 after each text, so that none is a neighbour of the next."""
    spread = np.full(len(places) + WINDOW * len(lengths), -1, np.int32)
    spread[np.arange(len(places)) + WINDOW * np.repeat(np.arange(len(lengths)), lengths)] = places
    return spread


def _information(position: Array, totals: Array) -> Any:
    """Positive pointwise mutual information of stems that stand within the window, nearer ones counting more.

    The stems of some rows at a time, so that no counts are held but theirs. A product of two matrices counts: which
    stem stands where, and what is near that place.
    """
    from scipy import sparse  # it takes a third of a second to load, which only those who learn should wait

    known = len(totals)
    contexts = np.append(totals**_POWER / (totals**_POWER).sum(), 1.0)
    places = np.flatnonzero(position >= 0).astype(np.int32)
    held = sparse.csr_matrix((np.ones(len(places), np.int8), position[places], np.arange(len(places) + 1)))
    held.resize(len(places), known)
    held = held.tocsc()
    places, starts = places[held.indices], held.indptr
    del held
    windows = np.lib.stride_tricks.sliding_window_view(
        np.pad(np.where(position < 0, known, position).astype(np.int32), WINDOW, constant_values=known), 2 * WINDOW + 1
    )
    values, columns, lengths, first = [], [], [], 0
    while first < known:
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + _STEP, "right")) - 1)
        near = windows[places[starts[first] : starts[last]]]
        count, width = near.shape
        shape, ends = (count, known + 1), np.arange(count + 1) * width
        found = sparse.csr_matrix((np.tile(_WEIGHTS, count), near.ravel(), ends), shape)
        ones, ends = np.ones(count, np.float32), starts[first : last + 1] - starts[first]
        block = sparse.csr_matrix((ones, np.arange(count), ends), (last - first, count)) @ found
        row = np.repeat(np.arange(first, last, dtype=np.int32), np.diff(block.indptr))
        with np.errstate(divide="ignore"):  # a stem beside itself counts 0, and goes below
            information = np.log(block.data / (totals[row] * contexts[block.indices]))
        kept = (information > 0) & (block.indices != row) & (block.indices != known)
        values.append(information[kept].astype(np.float32))
        columns.append(block.indices[kept])
        lengths.append(np.bincount(row[kept] - first, minlength=last - first))
        first = last
    ends = np.append(0, np.cumsum(np.concatenate(lengths)))
    all_values = np.concatenate(values)
    values.clear()
    return sparse.csr_matrix((all_values, np.concatenate(columns), ends), (known, known))


def _totals(position: Array, known: int) -> Array:
    """How much stands near each stem, but for itself."""
    near = np.convolve(position >= 0, _WEIGHTS.astype(np.float64))[WINDOW:-WINDOW]
    for distance in range(1, WINDOW + 1):
        same = np.flatnonzero((position[distance:] == position[:-distance]) & (position[distance:] >= 0))
        np.subtract.at(near, same, 1 / distance)
        np.subtract.at(near, same + distance, 1 / distance)
    held = position >= 0
    return np.bincount(position[held], near[held], known)


@click.command()
@click.argument("shared", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def main(shared: Path, output: Path) -> None:
    """Learn the shipped stem vectors from the source texts in SHARED."""
    analyzer = Analyzer()
    sources = [source for source in SOURCES if source.fields]
    stems = (
        [held[0] for held in analyzer.terms(text, "kk").stems] for source in sources for text in texts(shared, source)
    )
    notes = (
        "Stem vectors: no running text is kept.",
        "Command: python -m indexer.learn_vectors SHARED_DIR -o search/data/vectors.bin",
        *(f"Source: {source.path} ({source.licence})" for source in sources),
    )
    made = learn_vectors(stems, notes=notes)
    made.save(output)
    click.echo(f"{output}: {len(made.stems)} stems, {made.dimensions} dimensions")


if __name__ == "__main__":
    main()
