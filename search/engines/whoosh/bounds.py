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

_WORTH: Final = 4096
"""So many matched articles are scored as fast as they are chosen from."""

_FIRST: Final = 100
"""So many articles more than twice those wanted are scored first: the better the bound that they give."""

_LOWERED: float = 0.8
_MORE: int = 8
"""A bound is guessed so much lower if not so many times as many have it: then mostly nobody is looked for again."""

_GUESSED: Final = 5
"""The bounds of articles are guessed by so many of the words, those that are worth most."""

_LAYERED: Final = 4
"""Of so few words the best articles are told from the others that have the word."""

_ONE_BY_ONE: Final = 2048
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
    rising = scored.copy()
    rising.partition(len(scored) - most)
    least = float(rising[len(scored) - most]) * _SLACK
    best_ones = _reached(first, scored, least) if step == 1 else None
    if best_ones is not None and need <= least:
        return best_ones
    left = reaching.at_least(least) & inside
    if best_ones is not None:
        left &= ~bits
    more = numbers(left, size(left))
    if len(more) > _ONE_BY_ONE:
        more = _narrowed(more, least, layers.peaks, weights, shares)
    others = _reached(more, scores(more), least)
    return others if best_ones is None else _merged(best_ones, others)


def _reached(articles: Ints, scored: Floats, least: float) -> tuple[Ints, Floats]:
    """Those of some articles whose score is not below."""
    places = (scored >= least).nonzero()[0]
    return articles.take(places), scored.take(places)


def _merged(some: tuple[Ints, Floats], others: tuple[Ints, Floats]) -> tuple[Ints, Floats]:
    """Both together, rising."""
    if not len(others[0]):
        return some
    articles, scored = (np.concatenate(both) for both in zip(some, others, strict=True))
    order = articles.argsort()
    return articles.take(order), scored.take(order)


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
        """The bounds that articles may have, by the words that are worth most and what the others are worth on average."""
        order = sorted(range(len(self.peaks)), key=lambda place: -self.peaks[place])
        kinds = [(sum(self.worth[place] * self._chances[place] for place in order[_GUESSED:]), 1.0)]
        for place in order[:_GUESSED]:
            peak, worth, chance, top = self.peaks[place], self.worth[place], self._chances[place], self._tops[place]
            lacking = [(bound, share * (1 - chance)) for bound, share in kinds]
            having = [(bound + worth, share * (chance - top)) for bound, share in kinds]
            kinds = lacking + having + ([(bound + peak, share * top) for bound, share in kinds] if top else [])
        return _Needs(sorted(kinds, reverse=True), _MORE if len(order) <= _LAYERED else 1)


class _Needs:
    """Bounds, greatest first, and what share of all articles may have each."""

    def __init__(self, kinds: Sequence[tuple[float, float]], more: int) -> None:
        self._kinds, self._more = kinds, more

    def of(self, share: float) -> float:
        """A bound that this share of all articles has, or a few times as many; 0 if no bound is so common."""
        so_far = found = 0.0
        for bound, chance in self._kinds:
            if so_far >= share and (bound < found * _LOWERED or so_far + chance > share * self._more):
                return last * _SLACK
            if so_far < share:
                found = bound
            so_far += chance
            last = bound
        return 0.0
