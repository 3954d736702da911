"""Whether pairs of bodies were found to be alike, by their hashes: so no run compares a pair again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]

_TIMES: Final = np.uint64(0x9E3779B97F4A7C15)
_MORE: Final = np.uint64(0xD6E8FEB86659FD93)
_HALF: Final = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """pairs: a hash of both bodies of a pair, rising; alike: whether they are."""

    pairs: Hashes
    alike: NDArray[np.bool_]

    @classmethod
    def none(cls) -> "Verdicts":
        """Those of an archive that was never looked at."""
        return cls(np.zeros(0, np.uint64), np.zeros(0, np.bool_))

    def __len__(self) -> int:
        return len(self.pairs)

    def known(self, pairs: Hashes) -> NDArray[np.bool_]:
        """Which of these are among them."""
        places = self.pairs.searchsorted(pairs)
        return self.pairs.take(places, mode="clip") == pairs if len(self) else np.zeros(len(pairs), np.bool_)

    def of(self, pairs: Hashes) -> NDArray[np.bool_]:
        """The verdicts on pairs that are all among them."""
        return self.alike[self.pairs.searchsorted(pairs)]

    def with_more(self, other: "Verdicts") -> "Verdicts":
        """Both together; each may hold a pair of the other."""
        pairs, first = np.unique(np.concatenate([self.pairs, other.pairs]), return_index=True)
        return Verdicts(pairs, np.concatenate([self.alike, other.alike])[first])


class Asked:
    """Says of pairs of bodies whether they are alike, and keeps what was asked.

    bodies: the hashes of all bodies, rising; numbers: of each an article that has it, as `judge` wants it.
    """

    def __init__(
        self, bodies: Hashes, numbers: Ints, judge: Callable[[Ints, Ints], NDArray[np.bool_]], known: Verdicts
    ) -> None:
        self._bodies, self._numbers, self._judge, self._known = bodies, numbers, judge, known
        self.verdicts = Verdicts.none()

    def before(self, ones: Ints, others: Ints) -> NDArray[np.bool_]:
        """Which of these pairs of bodies, by their places, were asked before."""
        return self.verdicts.known(self._pairs(ones, others))

    def __call__(self, ones: Ints, others: Ints) -> NDArray[np.bool_]:
        """The verdicts on pairs of bodies, by their places."""
        if not len(ones):
            return np.zeros(0, np.bool_)
        pairs = self._pairs(ones, others)
        asked, first, which = np.unique(pairs, return_index=True, return_inverse=True)
        if not self.verdicts.known(asked).all():
            self.verdicts = self.verdicts.with_more(self._found(asked, ones[first], others[first]))
        found: NDArray[np.bool_] = self.verdicts.of(asked)[which]
        return found

    def _found(self, pairs: Hashes, ones: Ints, others: Ints) -> Verdicts:
        new = np.flatnonzero(~self.verdicts.known(pairs))
        pairs, ones, others = pairs[new], ones[new], others[new]
        alike = np.zeros(len(pairs), np.bool_)
        known = self._known.known(pairs)
        alike[known] = self._known.of(pairs[known])
        ask = np.flatnonzero(~known)
        alike[ask] = self._judge(self._numbers[ones[ask]], self._numbers[others[ask]])
        return Verdicts(pairs, alike)

    def _pairs(self, ones: Ints, others: Ints) -> Hashes:
        mixed = self._bodies[np.minimum(ones, others)] * _TIMES + self._bodies[np.maximum(ones, others)]
        mixed ^= mixed >> _HALF
        mixed *= _MORE
        return mixed ^ (mixed >> _HALF)
