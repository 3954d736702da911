"""What tells a record from others as it stands in its file, before it is read."""

import msgspec

from .ledger.hashes import BYTES, digest
from .records import Raw, Rejected, Unread

NONE = bytes(BYTES)
"""The mark of what could not be read: it is like no other."""


def mark_of(raw: Raw) -> bytes:
    """A hash of a record."""
    if isinstance(raw, Unread):
        return raw.mark
    if isinstance(raw, Rejected):
        return NONE
    try:
        data = msgspec.msgpack.encode(raw.values)
    except (TypeError, ValueError, OverflowError, RecursionError):  # half a surrogate pair, or a number too large
        data = repr(raw.values).encode("utf-8", "surrogatepass")
    return digest(data)
