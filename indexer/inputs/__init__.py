"""The kinds of input: one file here per kind, one row in `INPUTS`; everything else is skipped and listed."""

import zlib
from collections.abc import Callable, Iterator
from typing import Final

from indexer.records import InputSpec, Raw, Rejected, Unreadable

from . import csv, jsonl, page, tar_files, text, warc, wordpress, zip_files
from .archives import Archive, members
from .walk import InputFile, Walk
from .walk import walk as _walk

Reader = Callable[[InputFile], Iterator[Raw]]

INPUTS: Final[dict[str, Reader]] = {
    ".txt": text.read,
    ".jsonl": jsonl.read,
    ".jsonl.gz": jsonl.read,
    ".csv": csv.read,
    ".html": page.read,
    ".htm": page.read,
    ".warc": warc.read,
    ".warc.gz": warc.read,
    ".xml": wordpress.read,
    ".wxr": wordpress.read,
}

ARCHIVES: Final[dict[str, Archive]] = {
    ".zip": zip_files.ZIP,
    ".tar": tar_files.TAR,
    ".tar.gz": tar_files.TAR,
    ".tgz": tar_files.TAR,
}
"""What holds files of these kinds; their members are read, and those of other kinds listed."""


def walk(spec: InputSpec) -> Walk:
    """The files of an input: those that can be read, and those of no known kind.

    Raises:
        InputError: the path does not exist.
        EmptyInput: it holds no file of a known kind.
    """
    return _walk(spec, (*INPUTS, *ARCHIVES))


def read(file: InputFile, unknown: list[str]) -> Iterator[Raw]:
    """Every record of a file, in order; what cannot be read is said and never stops the run.

    unknown: gets the names of members of an archive that are of no known kind.
    """
    archive = next((archive for suffix, archive in ARCHIVES.items() if file.name.lower().endswith(suffix)), None)
    return _guarded(file, _unpacked(file, archive, unknown) if archive else _records(file))


def _records(file: InputFile) -> Iterator[Raw]:
    return next(reader for suffix, reader in INPUTS.items() if file.name.lower().endswith(suffix))(file)


def _unpacked(file: InputFile, archive: Archive, unknown: list[str]) -> Iterator[Raw]:
    """The records of the members of an archive."""
    for member in members(file, archive, INPUTS, unknown):
        if isinstance(member, Rejected):
            yield member
        else:
            yield from _guarded(member, _records(member))


def _guarded(file: InputFile, items: Iterator[Raw]) -> Iterator[Raw]:
    """The items of a file; where it breaks off, one rejection after what was read."""
    line, kind = 0, Rejected
    try:
        for item in items:
            line = item.line
            yield item
        reason = "" if line else _nothing(file)
    except OSError as error:
        reason, kind = f"cannot be read: {error.strerror or error}", Unreadable
    except (EOFError, zlib.error):
        reason = "the gzip file is cut short or damaged: what follows is lost; fetch the file again"
    if reason:
        yield kind(file.input, file.name, line + 1, "", reason)


def _nothing(file: InputFile) -> str:
    return "holds no record" if file.path.stat().st_size else "empty file (0 bytes): fetch it again, or remove it"
