"""Hits as lines of a file: CSV for spreadsheets, JSON Lines for programs."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

import msgspec

from search.export import Export
from search.model import Hit

from . import answers, heartbeat
from .addresses import Addresses
from .param_table import Highlight

COLUMNS = ("id", "published", "category", "source", "author", "title", "url", "snippet")

_BOM = "\ufeff"
_FORMULA = frozenset("=+-@＝＋－＠\t\r\n")
"""What a spreadsheet may take for the beginning of a formula."""

_CELL_INSIDE = re.compile(r"([;\t\r\n]\s{0,9})(?=[=+\-@＝＋－＠])")
"""Such a beginning after what Kazakh and Russian settings take for the end of a cell, whatever stands in quotes."""


def csv_lines(export: Export) -> Iterator[bytes]:
    """A table in UTF-8 with a byte order mark, CRLF at the end of each line, and no cell that acts as a formula."""
    yield _csv([COLUMNS], _BOM)
    for batch in export.batches():
        yield _csv(map(_row, batch))
        heartbeat.beat()


def json_lines(export: Export, highlight: Highlight, addresses: Addresses) -> Iterator[bytes]:
    """A result object a line, as in the answer to a search."""
    for batch in export.batches():
        yield b"".join(msgspec.json.encode(answers.result(hit, highlight, addresses)) + b"\n" for hit in batch)
        heartbeat.beat()


def cell(text: str) -> str:
    """A text as a cell: an apostrophe before what would be a formula, with or without spaces before it."""
    rest = text.lstrip()
    safe = text[: len(text) - len(rest)] + _CELL_INSIDE.sub(r"\1'", rest)
    return "'" + safe if {text[:1], rest[:1]} & _FORMULA else safe


def _row(hit: Hit) -> Iterable[str]:
    article = hit.article
    published = article.published.isoformat() if article.published else ""
    snippet = " … ".join(" ".join(part.text.split()) for part in hit.snippets)
    return (
        article.id, published, article.category, article.source, article.author, article.title, article.url, snippet,
    )  # fmt: skip


def _csv(rows: Iterable[Iterable[str]], start: str = "") -> bytes:
    file = io.StringIO()
    file.write(start)
    csv.writer(file, lineterminator="\r\n").writerows([[cell(text) for text in row] for row in rows])
    return file.getvalue().encode("utf-8", "replace")
