"""Many articles on their way into an index, whose words are only numbers yet.

Analysing a word costs a hundred times as much as looking it up, and most words of an archive come again and again. So
articles go to the builder with numbers for their words, and what the numbers mean is said once, at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles in the house order.

    ids, moments, days: of each article its id, its `base.moment`, and the ordinal of its local date, 0 without one.
    values: for each facet of the table, in order, the value of each article.
    stored: each article as `articles.encode` gives it.
    lengths: how many tokens each title and each body has, in turn.
    words: u32, the number of each token's word.
    starts, sizes: u32, where each token starts in its title or body, and its length, in characters of the original.
    """

    ids: Sequence[str]
    moments: Sequence[int | None]
    days: Sequence[int]
    values: Sequence[Sequence[str]]
    stored: Sequence[bytes]
    lengths: Array
    words: Array
    starts: Array
    sizes: Array
