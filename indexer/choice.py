"""Which records of a run become articles, and which of them must be looked at again; all at once, in arrays."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .collecting import Records
from .ledger import Ledger
from .ledger.columns import ACCEPTED
from .ledger.hashes import last_of_each
from .repeats import holders, repeated

Bools = NDArray[np.bool_]

_NOTHING: Final = np.zeros(0, np.uint64)


@dataclass(frozen=True, slots=True)
class Choice:
    """is_last: of each record whether it is the one that counts of those with its id: the last that was accepted.

    repeated: the paragraphs that publications repeat. needed: which must be finished, because nothing is known of
    their articles yet, or because what is repeated has changed.
    """

    is_last: Bools
    repeated: NDArray[np.uint64]
    needed: Bools


def choose(records: Records, before: Ledger | None, is_out: Bools) -> Choice:
    """Choose among the records of a run. before: the ledger that it goes on from. is_out: which are withdrawn."""
    read, finished = records.read, records.finished
    is_last = last_of_each(read.key, read.kind == ACCEPTED)
    paragraphs = repeated(read, is_last)
    changed = np.setxor1d(paragraphs, before.repeated) if before else _NOTHING
    # What stands in the index under another record's text has to be read, too.
    is_there = finished.is_in & finished.is_done()
    return Choice(is_last, paragraphs, is_last & ~is_out & (~is_there | holders(read, changed)))
