"""Articles that are in the index and in no input any more, where a run is asked to keep them.

They stand in a file without a name behind all others, which no input has: so the next run that does not keep them lets
them go. When their text is wanted it is taken from the index.
"""

from dataclasses import replace

import numpy as np

from search.names import names_of

from .collecting import Records
from .ledger import Ledger
from .ledger.columns import ACCEPTED, Found, both, some
from .ledger.hashes import Index
from .looks import UNKNOWN, Look

NAME = ""
"""The path of the file that they stand in."""


def with_ghosts(look: Look) -> Look:
    """The input with such a file at its end."""
    walk = look.walk
    walk.known.append(NAME)
    walk.stamps.append((0, UNKNOWN, UNKNOWN))
    return Look(
        walk,
        look.paths.followed_by(names_of([NAME])),
        look.slugs.followed_by(names_of([NAME])),
        np.append(look.are_one, True),
        np.append(look.before, -1),
        np.append(look.is_same, True),
        np.append(look.is_put_off, False),
    )


def with_gone(records: Records, before: Ledger, file: int) -> Records:
    """The records with those that the index has besides, in the file of this number."""
    accepted = records.read.key[records.read.kind == ACCEPTED]
    old = np.flatnonzero(before.finished.is_in)
    gone = old[Index(accepted).find(before.read.key[old]) < 0]
    if not len(gone):
        return records
    found = some(before.found, gone)
    return replace(
        records,
        origin=np.append(records.origin, gone),
        found=both(records.found, Found(np.full(len(gone), file, np.uint32), found.line, found.shown, found.raw)),
        read=both(records.read, some(before.read, gone)),
        finished=both(records.finished, some(before.finished, gone)),
    )
