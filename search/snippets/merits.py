"""What it is worth to show units of a query, in a text that is marked."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from .asked import joined, numbered

_RARE: Final = 3.0

_BITS: Final = 32


class Merits:
    """The merits of all units of a query in one text.

    known: what was asked for before, by the units. marks: the units of each mark of the text.
    weights: how much it is worth to show a unit, by its number.
    """

    def __init__(self, marks: Sequence[int], weights: tuple[int, ...]) -> None:
        self.known: dict[int, tuple[int, float]] = {}
        self._weights, self._shown = weights, 0
        times = {units: marks.count(units) for units in set(marks)}
        self.every = joined(times)
        if any(units & (units - 1) for units in times):
            single = [1 << number for number in numbered(self.every)]
            times = {unit: sum([count for units, count in times.items() if units & unit]) for unit in single}
        self._rare = {unit: _RARE / count for unit, count in times.items()}

    def of(self, units: int) -> tuple[int, float]:
        """The worth of a window that shows these units, and how much better it is for their being rare in the text.

        Worth is one number: above 32 bits the weight of the units that no window shows yet, below that of all of them.
        """
        found = self.known.get(units)
        if found is None:
            worth, new = _weight(self._weights, units), units & ~self._shown
            worth += (worth if new == units else _weight(self._weights, new)) << _BITS
            rare = self._rare.get(units)
            if rare is None:
                rare = sum([self._rare[1 << number] for number in numbered(units)]) / units.bit_count()
            found = self.known[units] = worth, rare
        return found

    def show(self, units: int) -> None:
        """Some window shows these units from now on."""
        self._shown |= units
        self.known.clear()


@lru_cache(4096)
def _weight(weights: tuple[int, ...], units: int) -> int:
    return sum(weights[number] for number in numbered(units))
