"""Counts the words of articles and writes the vocabulary file."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from ..names import Names
from ..texts import Texts
from .counting import Counted, counted, of_counts
from .file import Column, write
from .spelling import signs
from .written import Written

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
        self.written = Written()
        self._counted: Counted | None = None

    def add(self, words: Iterable[Word], title: Iterable[str] = (), written: Iterable[str] = ()) -> None:
        """Take the words of one article, of its title and its body together.

        title: the exact forms of its title. written: see `capitals.written`; `written` counts them.
        """
        distinct = set(words)
        keys = {key for _, key, _ in distinct}
        self._surfaces.update({(exact, key, stems[0]) for exact, key, stems in distinct})
        self._keys.update(keys)
        self._stems.update({stem for _, _, stems in distinct for stem in stems})
        self._titles.update(set(title))
        for word in written:
            self.written.add(word, 1)

    def add_texts(self, texts: Texts) -> None:
        """Take the words of all articles at once; counts as `add` does."""
        self._counted = counted(texts)

    def write(self, path: Path) -> None:
        """Write the file; the same articles give the same bytes, in whatever order they came.

        Raises:
            OSError: it cannot be written.
        """
        held = self._counted or of_counts(self._surfaces, self._keys, self._stems, self._titles)
        keys, key_df, key_of = _strings(held.names, held.keys)
        stems, stem_df, stem_of = _strings(held.names, held.stems)
        exacts = held.names.some(held.exact)
        blocks: dict[str, Column] = {
            "exact_text": exacts.text,
            "exact_at": exacts.ends.astype(np.uint64),
            "surface_key": key_of[held.key],
            "surface_stem": stem_of[held.stem],
            "surface_df": held.df,
            "surface_titles": held.titles[held.exact],
            "surface_case": self.written.cases(exacts.each(), len(exacts)),
        }
        write(path, blocks | derived(blocks, keys, key_df, stems, stem_df))


def derived(
    surfaces: Mapping[str, Column], keys: Names, key_df: Column, stems: Names, stem_df: Column
) -> dict[str, Column]:
    """The columns of keys and stems, with their counts, as they follow from those of the surfaces."""
    blocks: dict[str, Column] = {}
    for name, strings, df in (("key", keys, key_df), ("stem", stems, stem_df)):
        blocks |= {f"{name}_text": strings.text, f"{name}_at": strings.ends.astype(np.uint64), f"{name}_df": df}
        blocks[f"{name}_surface"] = _commonest(surfaces[f"surface_{name}"], surfaces["surface_df"], len(strings))
        _add_lengths(blocks, name, strings)
    return blocks


def _commonest(number: Column, df: Column, count: int) -> Column:
    """For each of `count` numbers the row that most articles have, the first of equal ones; NO_SURFACE without one."""
    order = np.lexsort((-df.astype(np.int64), number))
    found, firsts = np.unique(number[order], return_index=True)
    rows = np.full(count, NO_SURFACE, np.uint32)
    rows[found] = order[firsts]
    return rows


def _strings(names: Names, df: Column) -> tuple[Names, Column, Column]:
    """Those strings that any article has, their counts, and the number of each."""
    there = df > 0
    return names.some(np.flatnonzero(there)), df[there], (np.cumsum(there, dtype=np.int64) - 1).astype(np.uint32)


def _add_lengths(blocks: dict[str, Column], name: str, strings: Names) -> None:
    """Adds the numbers and signs of a column's strings by their length, for the search of near ones."""
    lengths = strings.letters()
    order = np.argsort(lengths, kind="stable")
    blocks[f"{name}_lengths"] = np.append(0, np.cumsum(np.bincount(lengths, minlength=1))).astype(np.uint64)
    blocks[f"{name}_order"] = order.astype(np.uint32)
    blocks[f"{name}_signs"] = signs(strings)[order]
