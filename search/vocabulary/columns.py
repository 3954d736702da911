"""Sorted columns of strings with counts, and what changes in them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..names import Names, names_of
from .strings import Strings, encode

Array = NDArray[Any]
Ints = NDArray[np.int64]


def merged(old: Names, counts: Ints, changed: Mapping[str, Any]) -> tuple[Names, Ints, Ints]:
    """The strings and their counts when so much is added to the counts of some, which may be new.

    counts: a number or a row for each string. Those of which nothing is left go. Also, of each older string its number
    now, where it is left.
    """
    strings, counts = Strings(old.text, old.ends), counts.copy()
    fresh: list[tuple[int, str]] = []
    for one in sorted((one for one, by in changed.items() if np.any(by)), key=encode):
        number = strings.first(one)
        if number < len(strings) and strings[number] == one:
            counts[number] += changed[one]
        else:
            fresh.append((number, one))
    order = order_with(len(old), [number for number, _ in fresh])
    more = np.array([changed[one] for _, one in fresh], np.int64).reshape(-1, *counts.shape[1:])
    held = np.concatenate([counts, more])[order]
    there = held > 0 if held.ndim == 1 else (held > 0).any(axis=1)
    numbers = np.zeros(len(order), np.int64)
    numbers[order] = np.cumsum(there) - 1
    names = old.followed_by(names_of([one for _, one in fresh])).some(order[there])
    return names, held[there], numbers[: len(old)]


def order_with(count: int, places: list[int]) -> Ints:
    """The order of so many older ones, and after them new ones, that puts each of these before the one at its place."""
    return np.insert(np.arange(count), places, count + np.arange(len(places))) if places else np.arange(count)
