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
_ROWS = 1024
"""Rows that are looked at together, so that little is in memory twice."""

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
    counts = _together(_spread(place_of[flat], lengths), len(known))
    if not counts.nnz:
        return StemVectors.none()
    information = _information(counts)
    del counts
    left, sizes = largest(information, dimensions)
    return StemVectors.of(known, left * np.sqrt(sizes), notes)


def _spread(places: Array, lengths: Array) -> Array:
    """The places with a gap of -1 after each text, so that none is a neighbour of the next."""
    spread = np.full(len(places) + WINDOW * len(lengths), -1, np.int32)
    spread[np.arange(len(places)) + WINDOW * np.repeat(np.arange(len(lengths)), lengths)] = places
    return spread


def _together(position: Array, known: int) -> Any:
    """How often two stems stand within the window, nearer ones counting more; symmetric, the diagonal dropped."""
    from scipy import sparse  # it takes a third of a second to load, which only those who learn should wait

    total = sparse.csr_matrix((known, known), dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        one, other = position[:-distance], position[distance:]
        both = (one >= 0) & (other >= 0) & (one != other)
        weights = np.full(int(both.sum()), 1 / distance, np.float32)
        total = total + sparse.csr_matrix((weights, (one[both], other[both])), shape=total.shape)
    return total + total.T


def _information(counts: Any) -> Any:
    """Positive pointwise mutual information, some rows at a time."""
    from scipy import sparse

    rows = np.asarray(counts.sum(axis=1, dtype=np.float64)).ravel()
    contexts = np.asarray(counts.sum(axis=0, dtype=np.float64)).ravel() ** _POWER
    contexts /= contexts.sum()
    starts, values, columns, lengths = counts.indptr, [], [], []
    for first in range(0, len(rows), _ROWS):
        last = min(first + _ROWS, len(rows))
        part = slice(starts[first], starts[last])
        row = np.repeat(np.arange(first, last), np.diff(starts[first : last + 1]))
        information = np.log(counts.data[part] / rows[row] / contexts[counts.indices[part]])
        kept = information > 0
        values.append(information[kept].astype(np.float32))
        columns.append(counts.indices[part][kept])
        lengths.append(np.bincount(row[kept] - first, minlength=last - first))
    ends = np.append(0, np.cumsum(np.concatenate(lengths)))
    return sparse.csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=counts.shape)


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
