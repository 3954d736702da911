"""The records of an input as they are read, one after another, in this process."""

from collections.abc import Iterator

from indexer import harvest, inputs
from indexer.inputs.walk import Walk
from indexer.records import InputSpec, Raw, RawRecord, Rejected, Unread


def read(spec: InputSpec, found: Walk | None = None) -> Iterator[RawRecord | Rejected]:
    """Every record of a folder or a file."""
    found = found or inputs.walk(spec)
    yield from found.problems
    for file in found.files():
        yield from map(resolved, inputs.read(file, found.unknown))


def fetched(spec: InputSpec) -> Iterator[RawRecord | Rejected]:
    """Every record that was fetched of an input."""
    return map(resolved, harvest.read(spec))


def resolved(raw: Raw) -> RawRecord | Rejected:
    """The record, read if it was not yet."""
    return raw.read() if isinstance(raw, Unread) else raw
