"""Counts the words of articles and writes the vocabulary file."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from ..names import Names
from ..texts import Texts
from .capitals import case_of
from .counting import Counted, counted, of_counts
from .file import Column, write
from .spelling import signs

NO_SURFACE = 0xFFFF_FFFF
"""Stands for the form of a stem that is nowhere the first reading of a word."""

Word = tuple[str, str, tuple[str, ...]]
"""Exact form, key, and stems, the likeliest first, of a word: a row of `kazakh.Terms`."""


class VocabularyWriter:
    """Counts in how many articles each word occurs; memory grows with the distinct words, not with the articles.

    Articles come one by one or all at once, not both.
    """

    def __init__(self) -> None:
        self._surfaces: Counter[tuple[str, str, str]] = Counter()
        self._keys: Counter[str] = Counter()
        self._stems: Counter[str] = Counter()
        self._titles: Counter[str] = Counter()
        self._small: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        self._capitals: Counter[str] = Counter()
        self._counted: Counted | None = None

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
        self._counted = counted(texts)

    def add_written(self, word: str, articles: int) -> None:
        """So many articles write a word in this way; see `capitals.written`."""
        cases = self._small if word.islower() else self._capitals if word.isupper() else self._names
        cases[word.lower()] += articles

    def write(self, path: Path) -> None:
        """Write the file; the same articles give the same bytes, in whatever order they came.

        Raises:
            OSError: it cannot be written.
        """
        held = self._counted or of_counts(self._surfaces, self._keys, self._stems, self._titles)
        blocks: dict[str, Column] = {}
        keys, key_of = _strings(blocks, "key", held.names, held.keys)
        stems, stem_of = _strings(blocks, "stem", held.names, held.stems)
        exacts = held.names.some(held.exact)
        blocks |= {"exact_text": exacts.text, "exact_at": exacts.ends.astype(np.uint64)}
        key, stem = key_of[held.key], stem_of[held.stem]
        blocks |= {"surface_key": key, "surface_stem": stem, "surface_df": held.df}
        blocks |= {"surface_titles": held.titles[held.exact], "surface_case": self._cases(exacts)}
        blocks |= {"key_surface": _commonest(key, held.df, len(keys))}
        blocks |= {"stem_surface": _commonest(stem, held.df, len(stems))}
        _add_lengths(blocks, "key", keys)
        _add_lengths(blocks, "stem", stems)
        write(path, blocks)

    def _cases(self, exacts: Names) -> Column:
        if not (self._names or self._capitals):
            return np.zeros(len(exacts), np.uint8)
        cases = (case_of(self._small[word], self._names[word], self._capitals[word]) for word in exacts.each())
        return np.fromiter(cases, np.uint8, len(exacts))


def _commonest(number: Column, df: Column, count: int) -> Column:
    """For each of `count` numbers the row that most articles have, the first of equal ones; NO_SURFACE without one."""
    order = np.lexsort((-df.astype(np.int64), number))
    found, firsts = np.unique(number[order], return_index=True)
    rows = np.full(count, NO_SURFACE, np.uint32)
    rows[found] = order[firsts]
    return rows


def _strings(blocks: dict[str, Column], name: str, names: Names, df: Column) -> tuple[Names, Column]:
    """Adds a column of those strings that any article has, with their counts; gives them, and the number of each."""
    there = df > 0
    strings = names.some(np.flatnonzero(there))
    blocks |= {f"{name}_text": strings.text, f"{name}_at": strings.ends.astype(np.uint64), f"{name}_df": df[there]}
    return strings, (np.cumsum(there, dtype=np.int64) - 1).astype(np.uint32)


def _add_lengths(blocks: dict[str, Column], name: str, strings: Names) -> None:
    """Adds the numbers and signs of a column's strings by their length, for the search of near ones."""
    lengths = strings.letters()
    order = np.argsort(lengths, kind="stable")
    blocks[f"{name}_lengths"] = np.append(0, np.cumsum(np.bincount(lengths, minlength=1))).astype(np.uint64)
    blocks[f"{name}_order"] = order.astype(np.uint32)
    blocks[f"{name}_signs"] = signs(strings)[order]
