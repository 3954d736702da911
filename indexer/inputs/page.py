"""Saved web pages, one article each."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from indexer.ledger.hashes import digest
from indexer.page import MOST_BYTES, article, too_much
from indexer.records import RawRecord, Rejected, Unread

from .text import folder
from .walk import InputFile

_HEAD: Final = 20_000
_SAVED: Final = re.compile(
    rb"<!--\s*(?:saved from url=\(\d{1,6}\)|Page saved with SingleFile\s+url:\s?)(https?://[^\s<>\"]{1,2000})"
)
"""The comments that browsers and their best-known extension leave at the head."""


def read(file: InputFile) -> Iterator[Unread | Rejected]:
    """The article of the page; its address is the canonical one, else where the browser says that it was saved from.

    Raises:
        OSError: the file cannot be read.
    """
    with file.path.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if not data.strip():
        return
    problem = too_much(data)
    if problem:
        yield Rejected(file.input, file.name, 1, file.slug, problem)
        return
    yield Unread(file.name, 1, digest(data), len(data), partial(_record, file, data))


def _record(file: InputFile, data: bytes) -> RawRecord:
    saved = _SAVED.search(data[:_HEAD])
    charset = "" if file.spec.encoding == "utf-8" else file.spec.encoding
    found = article(data, saved[1].decode("ascii", "replace") if saved else "", charset)
    source = file.spec.source or found.get("source") or folder(file)
    return RawRecord(file.input, file.name, 1, found | {"id": file.slug, "source": source})
