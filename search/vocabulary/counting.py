"""In how many articles the words stand, in arrays."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..named import Named
from ..names import Names, in_order
from ..rows import Rows, rows_of
from ..texts import Texts, steps

Array = NDArray[Any]
Numbers = NDArray[np.uint32]

_STEP: Final = 1 << 19
"""Tokens that are looked at together, if no article has more."""

Surface = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """exact, key, stem: of each surface, rising, its form, its key and its first stem, as numbers of `names`.

    df: in how many articles each surface stands, of which there is one at least. keys, stems: the same of each of
    `names` as a key and as a stem. titles: in how many titles each stands as a form.
    """

    names: Names
    exact: Numbers
    key: Numbers
    stem: Numbers
    df: Numbers
    keys: Numbers
    stems: Numbers
    titles: Numbers


def counted(texts: Texts) -> Counted:
    """The words of all articles at once."""
    held = texts.surfaces
    rows, places = (held, None) if isinstance(held, Rows) else rows_of(held)
    of_row, first = _surfaces(rows)
    every = len(rows.names)
    surfaces, keys = Named.one(of_row, len(first)), Named.one(rows.key, every)
    stems, titles = Named(*rows.stems, every), Named.one(rows.exact, every)
    for start, flat, begins in steps(texts, _STEP):
        words = flat if places is None else places[flat]
        for named in (surfaces, keys, stems):
            named.count(words, begins)
        in_title = texts.titles[start : start + len(begins) - 1].astype(np.int64)
        if in_title.any():
            parts = np.column_stack([in_title, np.diff(begins) - in_title]).ravel()
            of_titles = np.repeat(np.arange(len(parts)) % 2 == 0, parts)
            titles.count(words[of_titles], np.append(0, np.cumsum(in_title)))
    first = first[surfaces.df > 0]
    return Counted(
        names=rows.names,
        exact=rows.exact[first],
        key=rows.key[first],
        stem=rows.stem_list[rows.stem_from[first]],
        df=surfaces.df[surfaces.df > 0],
        keys=keys.df,
        stems=stems.df,
        titles=titles.df,
    )


def of_counts(surfaces: Counter[Surface], keys: Counter[str], stems: Counter[str], titles: Counter[str]) -> Counted:
    """What was counted article by article."""
    texts = {text for surface in surfaces for text in surface}.union(keys, stems, titles)
    numbers = {text: number for number, text in enumerate(texts)}
    names, places = in_order(numbers)
    number = {text: int(places[at]) for text, at in numbers.items()}
    rows = sorted((*map(number.__getitem__, surface), df) for surface, df in surfaces.items())
    exact, key, stem, df = (np.array([row[at] for row in rows], np.uint32) for at in range(4))
    return Counted(names, exact, key, stem, df, *(_by_number(one, number) for one in (keys, stems, titles)))


def _surfaces(rows: Rows) -> tuple[Numbers, NDArray[np.int64]]:
    """Of each row the number of its form, key and first stem, and the first row of each number."""
    columns = np.stack([rows.exact, rows.key, rows.stem_list[rows.stem_from[:-1]]])
    new = np.append(True, (columns[:, 1:] != columns[:, :-1]).any(axis=0))[: len(rows)]
    return (np.cumsum(new) - 1).astype(np.uint32), np.flatnonzero(new)


def _by_number(counts: Mapping[str, int], number: Mapping[str, int]) -> Numbers:
    found = np.zeros(len(number), np.uint32)
    for text, count in counts.items():
        found[number[text]] = count
    return found
