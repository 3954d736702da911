"""A posting list as Whoosh walks through it, and the figures that it asks of a term."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .postings import Postings
from .stock import ListMatcher, TermInfo


class IzdeTermInfo(TermInfo):  # type: ignore[misc]  # whoosh has no types
    """The figures of a term, from its postings and the lengths of all articles."""

    def __init__(self, postings: Postings, positions: NDArray[Any], lengths: NDArray[Any]) -> None:
        ids, tf = postings.ids, postings.tf
        held = lengths[ids]
        super().__init__(
            weight=int(tf.sum()),
            df=len(ids),
            minlength=int(held.min()),
            maxlength=int(held.max()),
            maxweight=int(tf.max()),
            minid=int(ids[0]),
            maxid=int(ids[-1]),
        )
        self.postings = postings
        self.positions = positions


class IzdeMatcher(ListMatcher):  # type: ignore[misc]  # whoosh has no types
    """Walks through the postings of a term; a weight is a number of positions."""

    def __init__(self, info: IzdeTermInfo, format_: Any, scorer: Any, term: tuple[str, bytes], at: int = 0) -> None:
        postings = info.postings
        super().__init__(postings.ids.tolist(), postings.tf.tolist(), None, format_, scorer, term=term, terminfo=info)
        self._i = at
        self._positions = info.positions

    def copy(self) -> "IzdeMatcher":
        """Another one at the same place."""
        return IzdeMatcher(self._terminfo, self._format, self._scorer, self._term, self._i)

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's name
        """Go to the first posting from here on whose article is not before `id`."""
        self._i = bisect_left(self._ids, id, self._i)

    def value(self) -> bytes:
        """The positions here, as `schema.Positions` reads them."""
        return self._value(self._i)

    def all_items(self) -> Iterator[tuple[int, bytes]]:
        """Every article with its positions."""
        return ((number, self._value(at)) for at, number in enumerate(self._ids))

    def block_max_weight(self) -> int:
        """The largest weight of all."""
        return int(self._terminfo.max_weight())

    @cached_property
    def _ends(self) -> list[int]:
        ends: list[int] = np.cumsum(self._terminfo.postings.tf).tolist()
        return ends

    def _value(self, at: int) -> bytes:
        end = self._ends[at]
        return bytes(self._positions[end - self._weights[at] : end].astype("<u4").tobytes())
