"""The greatest of many keys; the rest is not sorted."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_SORTED = 1024
"""So few keys are sorted as fast as the greatest of them are found."""

_GUESSED = 16
"""The least key that is wanted is guessed from every so many-th one."""


def best(keys: Floats, count: int) -> Ints:
    """The places of the `count` greatest keys, greatest first, equal ones by place; of many the rest is not sorted."""
    if len(keys) <= _SORTED or count >= len(keys):
        order: Ints = (-keys).argsort(kind="stable")
        return order[:count]
    places = _greatest(keys, count)
    return places[(-keys.take(places)).argsort(kind="stable")[:count]]


def _greatest(keys: Floats, count: int) -> Ints:
    """Places, rising, among which are the `count` greatest keys; of equal ones those that come first."""
    if count * _GUESSED < len(keys):
        guess = 2 * (count // _GUESSED) + _GUESSED
        some = keys[::_GUESSED].copy()
        if guess < len(some):
            some.partition(len(some) - guess)
            places: Ints = (keys >= some[len(some) - guess]).nonzero()[0]
            if count <= len(places) <= _SORTED:
                return places
            if count <= len(places) <= len(keys) // 2:
                return places[_exactly(keys.take(places), count)]
    return _exactly(keys, count)


def _exactly(keys: Floats, count: int) -> Ints:
    if count >= len(keys):
        return np.arange(len(keys))
    if not count:
        return np.empty(0, np.int64)
    least = np.partition(keys, len(keys) - count)[len(keys) - count]
    above = np.flatnonzero(keys > least)
    equal = np.flatnonzero(keys == least)[: count - len(above)]
    return np.sort(np.concatenate([above, equal]))
