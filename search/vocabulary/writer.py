"""Counts the words of articles and writes the vocabulary file."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from ..texts import Texts
from .capitals import case_of
from .counting import Names, pairs
from .file import Column, write
from .spelling import signs
from .strings import columns, encode

NO_SURFACE = 0xFFFF_FFFF
"""Stands for the form of a stem that is nowhere the first reading of a word."""

Word = tuple[str, str, tuple[str, ...]]
"""Exact form, key, and stems, the likeliest first, of a word: a row of `kazakh.Terms`."""


class VocabularyWriter:
    """Counts in how many articles each word occurs; memory grows with the distinct words, not with the articles."""

    def __init__(self) -> None:
        self._surfaces: Counter[tuple[str, str, str]] = Counter()
        self._keys: Counter[str] = Counter()
        self._stems: Counter[str] = Counter()
        self._titles: Counter[str] = Counter()
        self._small: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        self._capitals: Counter[str] = Counter()

    def add(self, words: Iterable[Word], title: Iterable[str] = (), written: Iterable[str] = ()) -> None:
        """Take the words of one article, of its title and its body together.

        title: the exact forms of its title. written: see `capitals.written`.
        """
        distinct = set(words)
        keys = {key for _, key, _ in distinct}
        self._surfaces.update({(exact, key, stems[0]) for exact, key, stems in distinct})
        self._keys.update(keys)
        self._stems.update({stem for _, _, stems in distinct for stem in stems})
        self._titles.update(set(title))
        for word in written:
            self.add_written(word, 1)

    def add_texts(self, texts: Texts) -> None:
        """Take the words of all articles at once; counts as `add` does."""
        rows = texts.surfaces
        surfaces = Names(((exact, key, stems[0]),) for exact, key, stems in rows)
        keys, stems = Names((key,) for _, key, _ in rows), Names(tuple(dict.fromkeys(held)) for *_, held in rows)
        titles = Names((exact,) for exact, _, _ in rows)
        for everywhere, in_titles in pairs(texts):
            for names in (surfaces, keys, stems):
                names.count(everywhere)
            titles.count(in_titles)
        self._surfaces.update(surfaces.counts())
        self._keys.update(keys.counts())
        self._stems.update(stems.counts())
        self._titles.update(titles.counts())

    def add_written(self, word: str, articles: int) -> None:
        """So many articles write a word in this way; see `capitals.written`."""
        cases = self._small if word.islower() else self._capitals if word.isupper() else self._names
        cases[word.lower()] += articles

    def write(self, path: Path) -> None:
        """Write the file; the same articles give the same bytes, in whatever order they came.

        Raises:
            OSError: it cannot be written.
        """
        blocks: dict[str, Column] = {}
        keys = _counted(blocks, "key", self._keys)
        stems = _counted(blocks, "stem", self._stems)
        self._add_surfaces(blocks, keys, stems)
        _add_lengths(blocks, "key", keys)
        _add_lengths(blocks, "stem", stems)
        write(path, blocks)

    def _add_surfaces(self, blocks: dict[str, Column], keys: Mapping[str, int], stems: Mapping[str, int]) -> None:
        rows = sorted((encode(exact), keys[key], stems[stem], df) for (exact, key, stem), df in self._surfaces.items())
        blocks["exact_text"], blocks["exact_at"] = columns([exact for exact, *_ in rows])
        key, stem, df = (np.array([row[at] for row in rows], np.uint32) for at in (1, 2, 3))
        blocks |= {"surface_key": key, "surface_stem": stem, "surface_df": df}
        exacts = [str(exact, "utf-8", "surrogatepass") for exact, *_ in rows]
        blocks["surface_titles"] = np.array([self._titles[exact] for exact in exacts], np.uint32)
        cases = [case_of(self._small[exact], self._names[exact], self._capitals[exact]) for exact in exacts]
        blocks["surface_case"] = np.array(cases, np.uint8)
        blocks["key_surface"] = _commonest(key, df, len(keys))
        blocks["stem_surface"] = _commonest(stem, df, len(stems))


def _commonest(number: Column, df: Column, count: int) -> Column:
    """For each of `count` numbers the row that most articles have, the first of equal ones; NO_SURFACE without one."""
    order = np.lexsort((-df.astype(np.int64), number))
    found, firsts = np.unique(number[order], return_index=True)
    rows = np.full(count, NO_SURFACE, np.uint32)
    rows[found] = order[firsts]
    return rows


def _counted(blocks: dict[str, Column], name: str, counts: Mapping[str, int]) -> dict[str, int]:
    """Adds a column of strings with their counts; gives the number of each string."""
    order = sorted(counts, key=encode)
    blocks[f"{name}_text"], blocks[f"{name}_at"] = columns([encode(text) for text in order])
    blocks[f"{name}_df"] = np.array([counts[text] for text in order], np.uint32)
    return {text: number for number, text in enumerate(order)}


def _add_lengths(blocks: dict[str, Column], name: str, numbers: Mapping[str, int]) -> None:
    """Adds the numbers and signs of a column's strings by their length, for the search of near ones."""
    lengths = np.fromiter(map(len, numbers), np.int64, len(numbers))
    order = np.argsort(lengths, kind="stable")
    blocks[f"{name}_lengths"] = np.append(0, np.cumsum(np.bincount(lengths, minlength=1))).astype(np.uint64)
    blocks[f"{name}_order"] = order.astype(np.uint32)
    blocks[f"{name}_signs"] = signs(list(numbers))[order]
