"""Which of the matched articles may be among the best: those that hold words enough for it, whatever their shares."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .best_shares import BestShares
from .packed import numbers, size
from .postings import Postings
from .sets import Articles
from .weighed import MOST_WORDS, Weighed

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_WORTH: Final = 2048
"""So many matched articles are scored as fast as they are chosen from."""

_FIRST: Final = 200
"""So many articles more than twice those wanted are scored first: the better the bound that they give."""

_LAYERED: Final = 4
"""Of so few words the best articles are told from the others that have the word."""

_ONE_BY_ONE: Final = 1024
"""Of more contenders than these some are found out word by word before they are scored."""

_RETRIED: Final = 8
"""Where too few articles have the bound that was guessed, it is guessed again for so many times as many."""

_SLACK: Final = 1 - 1e-9
"""Bounds are sums in another order than scores: they may be smaller by a rounding."""


def contenders(
    kept: Articles,
    held: Sequence[Postings],
    weights: Sequence[float],
    most: int,
    best: Callable[[int], BestShares | None],
    shares: Callable[[Ints, int], Floats],
    scores: Callable[[Ints], Floats],
) -> tuple[Ints, Floats]:
    """Articles of `kept`, rising, among which are the `most` best by Σ weight · share, equal ones by number; scored.

    No score is above the bound of its article: Σ weight · greatest share, over the words that it holds. Of the articles
    with the greatest bounds some are scored; then only those are looked at whose bound reaches the last one wanted of
    these. After the bounds of Turtle and Flood, «Query evaluation: strategies and optimizations» (1995).

    held, weights: of the words. shares: of some articles (rising) the share of the i-th word. scores: their sums, as
    they count in the end.
    """
    if len(kept) <= max(_WORTH, 2 * most) or not 1 < len(weights) <= MOST_WORDS:
        return kept.ids, scores(kept.ids)
    documents, inside = kept.documents, kept.bits
    layers = _Layers(held, weights, documents)
    if len(held) <= _LAYERED:
        for place in range(len(held)):
            layers.part(place, best(place))
    reaching = Weighed(layers.rows, layers.worth, documents)
    needs = layers.needs()
    wanted = goal = 2 * most + _FIRST
    while True:
        need = needs.of(wanted / documents)
        bits = reaching.at_least(need) & inside
        count = size(bits)
        if count >= most:
            break
        wanted *= _RETRIED
    first = numbers(bits, count)
    step = count // goal if count > _ONE_BY_ONE else 1
    scored = scores(first[::step])
    place = len(scored) - most
    least = float(np.partition(scored, place)[place]) * _SLACK
    if need <= least and step == 1:
        left = (scored >= least).nonzero()[0]
        return first.take(left), scored.take(left)
    bits = reaching.at_least(least) & inside
    more = numbers(bits, size(bits))
    if len(more) > _ONE_BY_ONE:
        more = _narrowed(more, least, layers.peaks, weights, shares)
    return more, scores(more)


def _narrowed(
    articles: Ints, least: float, worth: Sequence[float], weights: Sequence[float], shares: Callable[[Ints, int], Floats]
) -> Ints:
    """Those of some articles that may reach a score: found out word by word, those first that are worth most."""
    left, bound = sum(worth), np.zeros(len(articles))
    for place in sorted(range(len(worth)), key=lambda place: -worth[place]):
        if len(articles) <= _ONE_BY_ONE:
            break
        left -= worth[place]
        bound = bound + weights[place] * shares(articles, place)
        kept = (bound >= least - left).nonzero()[0]
        articles, bound = articles.take(kept), bound.take(kept)
    return articles


class _Layers:
    """What articles may have of words: for each row of them how much more than by the rows before.

    kinds: for what articles may have of the words looked at so far, its bound and what share of all may have it. Words
    are taken to stand in articles without regard to one another; mostly they keep company, so there are more.
    """

    def __init__(self, held: Sequence[Postings], weights: Sequence[float], documents: int) -> None:
        self._weights, self._documents = weights, documents
        self.rows = [one.packed(documents) for one in held]
        self.peaks = [weight * one.peak for weight, one in zip(weights, held, strict=True)]
        self.worth = list(self.peaks)
        self._tops = [0.0] * len(held)
        self._chances = [one.df / documents for one in held]

    def part(self, place: int, best: BestShares | None) -> None:
        """Tell the best articles of a word from the others that have it."""
        if best is not None:
            weight = self._weights[place]
            self.peaks[place], self.worth[place] = weight * best.peak, weight * best.after
            self.rows.append(best.bits)
            self.worth.append(weight * (best.peak - best.after))
            self._tops[place] = len(best.articles) / self._documents

    def needs(self) -> "_Needs":
        """The bounds that articles may have."""
        kinds = [(0.0, 1.0)]
        for peak, worth, chance, top in zip(self.peaks, self.worth, self._chances, self._tops, strict=False):
            lacking = [(bound, share * (1 - chance)) for bound, share in kinds]
            having = [(bound + worth, share * (chance - top)) for bound, share in kinds]
            kinds = lacking + having + ([(bound + peak, share * top) for bound, share in kinds] if top else [])
        return _Needs(sorted(kinds, reverse=True))


class _Needs:
    """Bounds, greatest first, and what share of all articles may have each."""

    def __init__(self, kinds: Sequence[tuple[float, float]]) -> None:
        self._kinds = kinds

    def of(self, share: float) -> float:
        """The bound that this share of all articles has; 0 if no bound is so common."""
        so_far = 0.0
        for bound, chance in self._kinds:
            so_far += chance
            if so_far >= share:
                return bound * _SLACK
        return 0.0
