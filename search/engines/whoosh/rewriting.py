"""Articles of old segments on their way into a new one: nothing is analysed again."""

from collections.abc import Iterator, Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from ...kazakh import Row
from ..batch import Batch
from .segment import Segment
from .segment_writer import SegmentWriter

Ints = NDArray[np.int64]

_TOGETHER = 256
"""Articles that are handed on together."""


def rewrite(writer: SegmentWriter, segments: Sequence[Segment], places: Ints, locals_: Ints) -> None:
    """Hand articles of these segments on, in the house order.

    places, locals_: of each article the place of its segment, and its number there.
    """
    rows: list[Row] = []
    numbers = []
    for place, segment in enumerate(segments):
        used = _used(segment, locals_[places == place])
        numbers.append(len(rows) + np.cumsum(used) - 1)
        if used.any():
            rows.extend(compress(segment.words.rows(), used.tolist()))
    for batch in _batches(segments, numbers, places.tolist(), locals_.tolist()):
        writer.take(batch)
    writer.texts(rows)


def _used(segment: Segment, articles: Ints) -> NDArray[np.bool_]:
    """Which surfaces of a segment these articles have."""
    used = np.zeros(segment.words.surfaces, np.bool_)
    for first in range(0, len(articles), _TOGETHER):
        used[segment.forward.tokens(articles[first : first + _TOGETHER])] = True
    return used


def _batches(
    segments: Sequence[Segment], numbers: Sequence[Ints], places: Sequence[int], locals_: Sequence[int]
) -> Iterator[Batch]:
    for first in range(0, len(places), _TOGETHER):
        stored, lengths, words, starts, sizes = [], [], [], [], []
        for place, local in zip(places[first : first + _TOGETHER], locals_[first : first + _TOGETHER], strict=True):
            segment = segments[place]
            forward, number = segment.forward, np.array([local])
            stored.append(segment.articles.article(local))
            start, count = int(forward.starts(number)[0]), int(forward.lengths(number)[0])
            title = int(forward.titles(number)[0])
            gaps, its_sizes = forward.spans(start, start + count)
            lengths += [title, count - title]
            words.append(numbers[place][forward.tokens(number)])
            starts += [np.cumsum(gaps[:title], dtype=np.int64), np.cumsum(gaps[title:], dtype=np.int64)]
            sizes.append(its_sizes)
        yield Batch((), (), (), (), stored, np.array(lengths), *(np.concatenate(one) for one in (words, starts, sizes)))
