"""Which article of those that say the same leads them: one of a preferred publication, else the oldest."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from .columns import Columns
from .field_column import FieldColumn
from .sets import Articles

Ints = NDArray[np.int64]


class Leads:
    """prefer: publications whose articles lead, the first of them before the others."""

    def __init__(self, columns: Columns, prefer: Sequence[str]) -> None:
        self._columns, self._prefer = columns, prefer

    def lead(self, members: Ints) -> int:
        """The one of these articles, all those of a group, that leads."""
        for are_of in self._preferred:
            chosen = members[are_of(members)]
            if len(chosen):
                members = chosen
                break
        return int(members[self._columns.oldest_rank.take(members).argmin()])

    def shown(self, numbers: Ints, passing: Articles) -> Ints:
        """For each of these articles the lead of its group, if that is among those that pass."""
        shown = numbers.copy()
        for at in np.flatnonzero(self._columns.shared.take(numbers)).tolist():
            lead = np.array([self.lead(self._columns.members(int(numbers[at])))])
            if passing.has(lead)[0]:
                shown[at] = lead[0]
        return shown

    def hidden(self, numbers: Ints, passing: Articles) -> list[tuple[str, ...]]:
        """For each of these articles what is named as hidden behind it, see `others`."""
        if not self._columns.shared.take(numbers).any():
            return [()] * len(numbers)
        return [self.others(number, passing) for number in numbers.tolist()]

    def others(self, number: int, passing: Articles | None = None) -> tuple[str, ...]:
        """The ids of the others that say the same, of those that pass: the lead, then the rest in the house order."""
        members = self._columns.members(number)
        if len(members) == 1:
            return ()
        lead = self.lead(members)
        others = members[members != number]
        if passing is not None:
            others = others[passing.has(others)]
        return tuple(self._columns.ids(others[np.argsort(others != lead, kind="stable")]))

    @cached_property
    def _preferred(self) -> list[Callable[[Ints], NDArray[np.bool_]]]:
        """For each preferred publication that there is, which of some articles are of it."""
        field = self._columns.field("source") if self._prefer else None
        if field is None:
            return []
        codes = [code for one in self._prefer if (code := field.code(one)) >= 0]
        return [partial(_of, field, code) for code in codes]


def _of(field: FieldColumn, code: int, articles: Ints) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = field.codes.take(articles) == code
    return found
