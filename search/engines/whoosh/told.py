"""Which of several words each article holds, as the bits of one number; and which articles may be among the best."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .postings import Postings
from .sets import Articles, Mask

Array = NDArray[Any]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_TOLD: Final = 12
"""For so many words there is a table of all that an article may hold."""

_WORTH: Final = 4096
"""So many matched articles are scored as fast as they are looked through."""

_COMPARED: Final = 8
"""For so few kinds of articles it is faster to compare with each than to look all up in a table."""

_COUNTED: Final = 16
"""Of more kinds than these it is faster to count all at once than those that are looked at."""

_SLACK: Final = 1 - 1e-9
"""Bounds are sums in another order than scores: they may be smaller by a rounding."""


class Told:
    """For every article which of some words (at most MOST_TOLD) it holds: bit i of its number is set for the i-th.

    kinds: how many such numbers there are.
    """

    def __init__(self, held: Sequence[Postings], documents: int) -> None:
        self.held = tuple(held)
        self.kinds = 1 << len(held)
        kind = np.dtype(np.uint8 if len(held) <= 8 else np.uint16)
        self.bits: Array = np.zeros(documents, kind)
        for place, one in enumerate(held):
            bit = kind.type(1 << place)
            if one.row is None:
                self.bits[one.ids] |= bit
            else:
                self.bits |= (one.row != 0).view(np.uint8).astype(kind, copy=False) * bit

    @cached_property
    def counts(self) -> Ints:
        """How many articles there are of each kind."""
        return np.bincount(self.bits, minlength=self.kinds)

    def mask(self, wanted: Mask) -> Mask:
        """The articles of the kinds for which `wanted` is true."""
        if self.bits.dtype == np.uint8:
            table = wanted.tobytes().ljust(256, b"\0")
            return np.frombuffer(self.bits.tobytes().translate(table), np.bool_)
        return wanted.take(self.bits)

    def of_kinds(self, kinds: Sequence[int]) -> Ints:
        """The articles of these kinds, rising."""
        if len(kinds) > _COMPARED:
            wanted = np.zeros(self.kinds, np.bool_)
            wanted[list(kinds)] = True
            return np.flatnonzero(self.mask(wanted))
        mask = np.zeros(len(self.bits), np.bool_)
        for kind in kinds:
            mask |= self.bits == kind
        return np.flatnonzero(mask)


def sums(weights: Sequence[float]) -> Floats:
    """For every set of these weights, as the bits of a number, their sum."""
    table = np.zeros(1 << len(weights))
    for place, weight in enumerate(weights):
        table[1 << place : 2 << place] = table[: 1 << place] + weight
    return table


def contenders(
    kept: Articles,
    told: Callable[[], Told],
    weights: Sequence[float],
    most: int,
    shares: Callable[[Ints, int], Floats],
    scores: Callable[[Ints], Floats],
) -> Ints:
    """Articles of `kept`, rising, among which are the `most` best by Σ weight · share, equal ones by number.

    Articles that hold the same words have the same bound, which no score exceeds. Those with the greatest bounds are
    scored until there are enough; then only those whose bound reaches the last of these are looked at, word by word.
    After the bounds of Turtle and Flood, «Query evaluation: strategies and optimizations» (1995).

    told: which of the words articles hold. shares: of some articles (rising) the share of the i-th word. scores: their
    sums, as they count in the end.
    """
    if len(kept) <= max(_WORTH, 2 * most) or not 1 < len(weights) <= MOST_TOLD:
        return kept.ids
    what = told()
    worth = [weight * one.peak for weight, one in zip(weights, what.held, strict=True)]
    bounds = sums(worth)
    order = np.argsort(-bounds, kind="stable")
    order, enough, inside = _enough(what, kept, order, most)
    first = _inside(what.of_kinds(order[:enough].tolist()), inside)
    scored = scores(first)
    least = float(np.partition(scored, len(scored) - most)[len(scored) - most]) * _SLACK
    end = int(np.searchsorted(-bounds[order], -least, "right"))
    first = first[scored >= least]
    more = _inside(what.of_kinds(order[enough:end].tolist()), inside)
    which = what.bits.take(more)
    bound = bounds.take(which)
    for place in np.argsort([-one for one in worth]).tolist():
        if len(more) <= most:
            break
        bound = bound - np.where(which >> place & 1, worth[place], 0.0) + weights[place] * shares(more, place)
        left = np.flatnonzero(bound >= least)
        more, bound, which = more[left], bound[left], which[left]
    return np.sort(np.concatenate([first, more]))


def _enough(what: Told, kept: Articles, order: Ints, most: int) -> tuple[Ints, int, Mask | None]:
    """The kinds that articles of `kept` may be of, in this order; how many of them have `most` articles together.

    Besides, what tells these articles from others of the same kind; None if there are no others.
    """
    wanted = kept.origin[1] if kept.origin is not None and kept.origin[0] is what else None
    inside = None if wanted is not None else kept.mask
    if wanted is not None:
        order = order[wanted[order]]
    if what.kinds > _COUNTED:
        if wanted is not None:
            counts = what.counts
        else:
            counts = np.bincount(what.bits * kept.mask, minlength=what.kinds)
            counts[0] = len(kept) - counts[1:].sum()
        order = order[counts[order] > 0]
        return order, int(np.cumsum(counts[order]).searchsorted(most)) + 1, inside
    held = enough = 0
    while held < most and enough < len(order):
        mask = what.bits == order[enough]
        held += int(np.count_nonzero(mask if inside is None else mask & inside))
        enough += 1
    return order, enough, inside


def _inside(articles: Ints, mask: Mask | None) -> Ints:
    return articles if mask is None else articles[mask.take(articles)]
