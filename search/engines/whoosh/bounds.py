"""Which of the matched articles may be among the best: those that hold enough for it of what is asked."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .layers import LAYERED, SLACK, Layers
from .packed import Packed, numbers, size
from .postings import BestShares, Postings
from .sets import Articles
from .weighed import MOST_WORDS, Weighed

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Scored = tuple[Ints, Floats]
"""Articles, rising, and their scores."""

_WORTH: Final = 4096
_TIMES: Final = 40
"""So many matched articles, or so many for each one that is wanted, are scored as fast as they are chosen from."""

_FIRST: Final = 100
"""So many articles more than twice those wanted are scored first: the better the bound that they give."""

_ONE_BY_ONE: Final = 2048
"""Of more articles than these some are found out word by word before they are scored."""

_RETRIED: Final = 8
"""Where too few articles have the bound that was guessed, it is guessed again for so many times as many."""


def contenders(
    kept: Articles,
    held: Sequence[Postings],
    weights: Sequence[float],
    most: int,
    best: Callable[[], Sequence[BestShares | None]],
    shares: Callable[[Ints, int], Floats],
    scores: Callable[[Ints], Floats],
) -> Scored:
    """Articles of `kept` among which are the `most` best by Σ weight · share, equal ones by number.

    No score is above the bound of its article: Σ weight · greatest share, over the words that it holds. Of the articles
    with the greatest bounds some are scored; then only those are looked at whose bound reaches the last one wanted of
    these. After the bounds of Turtle and Flood, «Query evaluation: strategies and optimizations» (1995).

    held, weights: of the words. best: of each word, the articles with its greatest shares. shares: of some articles
    (rising) the share of the i-th word. scores: their sums, as they count in the end.
    """
    if len(kept) <= max(_WORTH, _TIMES * most) or not 1 < len(held) <= MOST_WORDS:
        return kept.ids, scores(kept.ids)
    layers = Layers(held, weights, best() if len(held) <= LAYERED else (), kept.documents)
    reaching = Weighed(layers.rows, layers.worth, kept.documents)
    need, bits, count = _enough(kept, layers, reaching, most)
    first = numbers(bits, count)
    step = max(1, count // (2 * most + _FIRST)) if count > _ONE_BY_ONE else 1
    scored = scores(first[::step])
    rising = scored.copy()
    rising.partition(len(scored) - most)
    least = float(rising[len(scored) - most]) * SLACK
    reached = _not_below(first, scored, least) if step == 1 else None
    if reached is not None and need <= least:
        return reached
    left = reaching.at_least(least) & kept.bits
    if reached is not None:
        left &= ~bits
    more = numbers(left, size(left))
    if reached is not None and not len(more):
        return reached
    if len(more) > _ONE_BY_ONE:
        more = _narrowed(more, least, layers.peaks, weights, shares)
    others = _not_below(more, scores(more), least)
    return others if reached is None else _merged(reached, others)


def _enough(kept: Articles, layers: Layers, reaching: Weighed, most: int) -> tuple[float, Packed, int]:
    """A bound that at least `most` of the articles have; those that have it, and how many these are."""
    wanted, kinds = 2 * most + _FIRST, layers.kinds()
    need, bits, count = _having(layers.guess(kinds, wanted), kept, reaching)
    while count < most:
        wanted *= _RETRIED
        need, bits, count = _having(layers.guess(kinds, wanted), kept, reaching)
    if count > _ONE_BY_ONE:
        fewer = _having(layers.guess(kinds, most), kept, reaching)
        if most <= fewer[2] < count:
            return fewer
    return need, bits, count


def _having(need: float, kept: Articles, reaching: Weighed) -> tuple[float, Packed, int]:
    bits = reaching.at_least(need) & kept.bits
    return need, bits, size(bits)


def _narrowed(
    articles: Ints,
    least: float,
    peaks: Sequence[float],
    weights: Sequence[float],
    shares: Callable[[Ints, int], Floats],
) -> Ints:
    """Those of some articles that may reach a score: found out word by word, those first that are worth most."""
    left, bound = sum(peaks), np.zeros(len(articles))
    least -= left * (1 - SLACK)
    for place in sorted(range(len(peaks)), key=lambda place: -peaks[place]):
        if len(articles) <= _ONE_BY_ONE:
            break
        left -= peaks[place]
        bound = bound + weights[place] * shares(articles, place)
        kept = (bound >= least - left).nonzero()[0]
        articles, bound = articles.take(kept), bound.take(kept)
    return articles


def _not_below(articles: Ints, scored: Floats, least: float) -> Scored:
    places = (scored >= least).nonzero()[0]
    return articles.take(places), scored.take(places)


def _merged(some: Scored, others: Scored) -> Scored:
    articles, scored = (np.concatenate(both) for both in zip(some, others, strict=True))
    order = articles.argsort()
    return articles.take(order), scored.take(order)
