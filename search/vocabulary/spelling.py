"""How far two spellings are apart, and signs that rule most words out before they are compared.

The distance counts letters left out, added, replaced, and neighbours swapped (optimal string alignment).

A sign is 64 bits: for each of 32 classes of letters, whether a word has one of them and whether it has a second one.
An edit changes the number of letters in two classes at most, by one each, so it changes at most two bits; words
whose signs differ in more than two bits an edit are further apart. The 32 Cyrillic letters а–я have a class each.
"""

import numpy as np
from numpy.typing import NDArray

from ..names import Names

Signs = NDArray[np.uint64]

_CLASSES = 32
_TOGETHER = 1 << 14


def sign(word: str) -> int:
    """The sign of a word."""
    once = twice = 0
    for letter in word:
        bit = 1 << ord(letter) % _CLASSES
        twice |= once & bit
        once |= bit
    return once | twice << _CLASSES


def signs(words: Names) -> Signs:
    """The signs of many words at once."""
    bits = np.left_shift(np.uint64(1), np.arange(_CLASSES, dtype=np.uint64))
    found = np.zeros(len(words), np.uint64)
    for first in range(0, len(words), _TOGETHER):
        last = min(first + _TOGETHER, len(words))
        letters, lengths = words.points(first, last)
        owner = np.repeat(np.arange(last - first), lengths)
        cells = owner * _CLASSES + letters % _CLASSES
        counts = np.bincount(cells, minlength=(last - first) * _CLASSES).reshape(-1, _CLASSES)
        once, twice = ((counts > most) @ bits for most in (0, 1))
        found[first:last] = once | twice << np.uint64(_CLASSES)
    return found


def alike(signs: Signs, word: str, distance: int) -> NDArray[np.intp]:
    """The places in `signs` of the words that may lie within this distance of `word`."""
    different = np.bitwise_count(signs ^ np.uint64(sign(word)))
    return np.flatnonzero(different <= 2 * distance)


def within(word: str, other: str, most: int) -> int | None:
    """The distance between two words, None if it is more than `most`.

    >>> within("мектеп", "мекетп", 1), within("мектеп", "мекп", 2), within("қала", "дала", 0)
    (1, 2, None)
    """
    if most == 1:
        return _within_one(word, other)
    if abs(len(word) - len(other)) > most:
        return None
    _, word, other = difference(word, other)
    if not word or not other:
        found = len(word) + len(other)
    elif len(word) == len(other) == 1:
        found = 1
    else:
        found = _distance(word, other, most)
    return found if found <= most else None


def _within_one(word: str, other: str) -> int | None:
    """The distance of two words if it is 0 or 1. An edit leaves one half of a word as it is: that tells of most."""
    half = len(word) // 2
    rest = len(word) - half - 1
    if word[:half] != other[:half] and rest > 0 and word[-rest:] != other[-rest:]:
        return None
    if word == other:
        return 0
    longer, shorter = (word, other) if len(word) >= len(other) else (other, word)
    more = len(longer) - len(shorter)
    if more > 1:
        return None
    at = 0
    for letter, against in zip(shorter, longer, strict=False):
        if letter != against:
            break
        at += 1
    if more:
        return 1 if longer[at + 1 :] == shorter[at:] else None
    if longer[at + 1 :] == shorter[at + 1 :]:
        return 1
    swapped = longer[at : at + 2] == shorter[at : at + 2][::-1] and longer[at + 2 :] == shorter[at + 2 :]
    return 1 if swapped else None


def difference(word: str, other: str) -> tuple[int, str, str]:
    """Where two words part, and what each has between the beginning and the end that they share."""
    begin, shortest = 0, min(len(word), len(other))
    while begin < shortest and word[begin] == other[begin]:
        begin += 1
    end = 0
    while end < shortest - begin and word[-1 - end] == other[-1 - end]:
        end += 1
    return begin, word[begin : len(word) - end], other[begin : len(other) - end]


def _distance(word: str, other: str, most: int) -> int:
    """The distance, by rows of the table of distances between the beginnings; more than `most` is any number above."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(above) > most:
            return most + 1
        before, above = above, row
    return above[-1]
