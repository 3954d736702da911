"""The two fields of terms, `stem` and `exact`, with their postings: one mapped file, made from the spooled tokens."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from ...mapped import Mapped, MappedWriter
from ..base import BODY_GAP
from .forward import gathered
from .inversion import MOST_TF, Batch, write_postings
from .lexicon import Lexicon
from .numbered import Numbered
from .postings import EMPTY, Postings, postings_of
from .tokens import Tokens

NAME: Final = "postings.izde"
KIND: Final = "postings"
VERSION: Final = 1

STEM: Final = "stem"
EXACT: Final = "exact"


def write_fields(folder: Path, tokens: Tokens) -> int:
    """Write the file into the folder; the number of stems."""
    file = MappedWriter(folder / NAME, KIND, VERSION)
    try:
        lengths = np.diff(tokens.starts)
        widest = int(lengths.max(initial=0)) + BODY_GAP
        for name, held in ((STEM, tokens.stems), (EXACT, tokens.exacts)):
            for array_name, array in held.lexicon(name).items():
                file.add(array_name, array)
            write_postings(file, name, len(held.names), widest, _batches(tokens, held), folder)
        file.finish()
    except BaseException:
        file.abort()
        raise
    return len(tokens.stems.names)


def _batches(tokens: Tokens, held: Numbered) -> Iterator[Batch]:
    for flat, articles, positions in tokens.steps():
        terms, owner = gathered(flat, held.starts, held.places)
        yield Batch(terms.astype(np.int64), articles[owner], positions[owner])


class Fields:
    """The postings of both fields, read as they are asked for. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._file = Mapped(folder / NAME, KIND, VERSION)
        self._lexicons = {name: Lexicon(self._file, name) for name in (STEM, EXACT)}

    def postings(self, field: str, term: str) -> Postings:
        """Where a term stands; EMPTY if it is not in the index."""
        number = self._lexicons[field].find(term)
        return EMPTY if number < 0 else self.at(field, number)

    def lexicon(self, field: str) -> Lexicon:
        """The terms of a field, in the order of their bytes."""
        return self._lexicons[field]

    def counts(self, field: str, number: int) -> tuple[int, int]:
        """In how many articles, and at how many positions the term of this number stands."""
        first, last = self._file.part(f"{field}_from", number, number + 2).tolist()
        start, end = self._file.part(f"{field}_at", number, number + 2).tolist()
        return last - first, end - start

    def at(self, field: str, number: int) -> Postings:
        """Where the term of this number stands."""
        file = self._file
        first, last = file.part(f"{field}_from", number, number + 2).tolist()
        start, end = file.part(f"{field}_at", number, number + 2).tolist()
        ids = file.part(f"{field}_ids", first, last).astype(np.int64)
        tf = file.part(f"{field}_tf", first, last).astype(np.int64)
        if tf.max(initial=0) >= MOST_TF:
            big = file.whole(f"{field}_big").astype(np.int64)
            low, high = np.searchsorted(big, (first, last))
            tf[big[low:high] - first] = file.part(f"{field}_bigs", int(low), int(high))
        return postings_of(ids, tf, file.part(f"{field}_positions", start, end))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
