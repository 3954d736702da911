"""What articles may have of some words at most: by whether they hold each, and whether they are among its best."""

from collections.abc import Sequence
from typing import Final

from .packed import Packed
from .postings import BestShares, Postings

SLACK: Final = 1 - 1e-9
"""Bounds are sums in another order than scores: they may be smaller by a rounding."""

_GUESSED: Final = 5
"""Bounds are guessed by so many of the words, those that are worth most; others count what they bring on average."""

LAYERED: Final = 4
"""Of so few words the best articles are told from the others that have the word."""

_LOWERED: Final = 0.8
_MORE: Final = 8
"""Of so few words a bound is guessed so much lower if not so many times as many articles have it: then most often
nobody has to be looked for again."""


class Layers:
    """Sets of articles, and how much each adds to the bound of those in it.

    rows, worth: the sets and what they add, see `Weighed`. peaks: of each word, how much it adds at most.
    best: of each word the articles with its greatest shares; of none if they are not told from the others.
    """

    def __init__(
        self,
        held: Sequence[Postings],
        weights: Sequence[float],
        best: Sequence[BestShares | None],
        documents: int,
    ) -> None:
        self._documents = documents
        self.rows: list[Packed] = [one.packed(documents) for one in held]
        self.peaks = [weight * one.peak for weight, one in zip(weights, held, strict=True)]
        self.worth = list(self.peaks)
        self._held = [one.df / documents for one in held]
        self._topped = [0.0] * len(held)
        self._is_layered = bool(best)
        for place, top in enumerate(best):
            if top is not None:
                self._part(place, weights[place], top)

    def _part(self, place: int, weight: float, top: BestShares) -> None:
        self.peaks[place], self.worth[place] = weight * top.peak, weight * top.after
        self.rows.append(top.bits)
        self.worth.append(weight * (top.peak - top.after))
        self._topped[place] = len(top.articles) / self._documents

    def kinds(self) -> list[tuple[float, float]]:
        """The bounds that articles may have, greatest first, and what share of all articles may have each.

        Words are taken to stand in articles without regard to one another; mostly they keep company, so that more
        articles have the great ones.
        """
        order = sorted(range(len(self.peaks)), key=lambda place: -self.peaks[place])
        kinds = [(sum(self.worth[place] * self._held[place] for place in order[_GUESSED:]), 1.0)]
        for place in order[:_GUESSED]:
            peak, worth, held, top = self.peaks[place], self.worth[place], self._held[place], self._topped[place]
            lacking = [(bound, share * (1 - held)) for bound, share in kinds]
            having = [(bound + worth, share * (held - top)) for bound, share in kinds]
            kinds = lacking + having + ([(bound + peak, share * top) for bound, share in kinds] if top else [])
        kinds.sort(reverse=True)
        return kinds

    def guess(self, kinds: Sequence[tuple[float, float]], wanted: int) -> float:
        """A bound that about so many articles have, or a few times as many; 0 if no bound is so common."""
        share, so_far, found, last = wanted / self._documents, 0.0, 0.0, 0.0
        for bound, chance in kinds:
            if so_far < share:
                found = bound
            elif not self._is_layered or bound < found * _LOWERED or so_far + chance > share * _MORE:
                return last * SLACK
            so_far, last = so_far + chance, bound
        return 0.0
