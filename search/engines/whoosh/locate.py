"""Where words stand in the texts of a few articles: positions from postings, ranges from the forward index."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...model import Located, Place
from ...query.nodes import Prefix, Term
from ..base import BODY_GAP
from .columns import Columns
from .forward import Forward
from .postings import Postings
from .terms import TermPostings

Ints = NDArray[np.int64]


def located(
    numbers: Sequence[int | None],
    words: Sequence[Term | Prefix],
    terms: TermPostings,
    columns: Columns,
    forward: Forward,
) -> list[Located]:
    """Where the words stand in the articles of these numbers; nowhere in None."""
    postings = [terms.matching(word) for word in words]
    ends = [np.cumsum(one.tf) for one in postings]
    found: list[Located] = []
    for number in numbers:
        held = [] if number is None else [_positions(*both, number) for both in zip(postings, ends, strict=True)]
        positions = np.concatenate([np.zeros(0, np.int64), *held])
        if number is None or not len(positions):
            found.append(Located())
            continue
        word = np.repeat(np.arange(len(held)), [len(one) for one in held])
        order = np.lexsort((word, positions))
        positions, word = positions[order], word[order]
        titles = int(columns.titles[number])
        body = titles + BODY_GAP
        split = int(np.searchsorted(positions, body))
        found.append(
            Located(
                _places(forward, number, 0, positions[:split], word[:split]),
                _places(forward, number, titles, positions[split:] - body, word[split:]),
            )
        )
    return found


def _positions(postings: Postings, ends: Ints, number: int) -> Ints:
    at = int(np.searchsorted(postings.ids, number))
    if at == len(postings.ids) or postings.ids[at] != number:
        return np.zeros(0, np.int64)
    end = int(ends[at])
    return postings.positions[end - int(postings.tf[at]) : end].astype(np.int64)


def _places(forward: Forward, number: int, before: int, places: Ints, word: Ints) -> tuple[Place, ...]:
    starts, ends = forward.ranges(number, before, places)
    return tuple(zip(places.tolist(), word.tolist(), starts.tolist(), ends.tolist(), strict=True))
