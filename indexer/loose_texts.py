"""The words of some articles that are not indexed, as `search.texts.Texts`: what they had is to be taken off counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engines.batch import Batch
from search.kazakh import Row


@dataclass(frozen=True)
class LooseTexts:
    """See `Texts`."""

    flat: Path
    surfaces: Sequence[Row]
    starts: NDArray[Any]
    titles: NDArray[Any]


def write_flat(path: Path, batches: Iterable[Batch]) -> list[NDArray[Any]]:
    """Write the words of all articles to a file; the lengths of their titles and bodies, in turn."""
    lengths = [np.zeros(0, np.int64)]
    with path.open("wb") as file:
        for batch in batches:
            file.write(np.ascontiguousarray(batch.words, np.uint32).data)
            lengths.append(np.asarray(batch.lengths, np.int64))
    return lengths


def loose(path: Path, lengths: Sequence[NDArray[Any]], rows: Sequence[Row]) -> LooseTexts:
    """The texts of a file that was written so. rows: what each number means."""
    both = np.concatenate(lengths).reshape(-1, 2)
    return LooseTexts(path, rows, np.append(0, np.cumsum(both.sum(axis=1))), both[:, 0])
