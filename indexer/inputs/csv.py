"""CSV with a line of column names; the separator is the one that makes known names of them."""

import csv
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from indexer.ledger.hashes import digest
from indexer.records import RawRecord, Rejected, Unread

from .fields import field_of, mapped
from .lines import SLACK, Line, lines
from .walk import InputFile

SEPARATORS: Final = ",;\t|"

csv.field_size_limit(sys.maxsize)  # lines are bounded before they come here


@dataclass(frozen=True, slots=True)
class _Row:
    """Cells of a record, or in words why there are none; `line` is where it starts."""

    line: int
    cells: list[str]
    problem: str = ""


def read(file: InputFile) -> Iterator[Unread | Rejected]:
    """A record for every row below the column names.

    Raises:
        OSError: the file cannot be read.
    """
    source = lines(file)
    header = next((line for line in source if line.problem or line.text.strip()), None)
    if header is None:
        return
    separator, columns = _columns(header.text, file)
    problem = header.problem or ("" if columns else _nameless(header.text))
    if problem:
        yield Rejected(file.input, file.name, header.number, "", problem)
        return
    for row in _rows(source, separator, SLACK * file.spec.article_bytes):
        problem = row.problem or _misfit(columns, row.cells)
        if problem:
            yield Rejected(file.input, file.name, row.line, "", problem)
        elif any(cell.strip() for cell in row.cells):
            # What a cell means depends on the name of its column.
            data = "\0".join([*columns, "", *row.cells]).encode("utf-8", "surrogatepass")
            read_it = partial(_record, file, row.line, columns, row.cells)
            yield Unread(file.name, row.line, digest(data), len(data), read_it)


def _record(file: InputFile, line: int, columns: list[str], cells: list[str]) -> RawRecord:
    return RawRecord(file.input, file.name, line, mapped(_paired(columns, cells), file.spec.fields))


def _columns(header: str, file: InputFile) -> tuple[str, list[str]]:
    """The separator that makes most known names of the header, and the names; no names if none is a title or a text."""
    best: tuple[int, str, list[str]] = (0, ",", [])
    for separator in SEPARATORS:
        try:
            names = [name.strip().lstrip("\ufeff") for name in next(csv.reader([header], delimiter=separator), [])]
        except csv.Error:
            continue
        known = {file.spec.fields.get(name) or field_of(name) for name in names} - {""}
        if known & {"title", "body"} and len(known) > best[0]:
            best = (len(known), separator, names)
    return best[1:]


def _nameless(header: str) -> str:
    return f"the first line names no column of titles or texts: {header.strip()[:100]!r}; add names, or set fields"


def _misfit(columns: list[str], cells: list[str]) -> str:
    """What is wrong with the number of cells; empty ones at the end are no harm."""
    if len(cells) == len(columns) or not any(cell.strip() for cell in cells):
        return ""
    if len(cells) < len(columns) or any(cell.strip() for cell in cells[len(columns) :]):
        return f"{len(cells)} cells where the header has {len(columns)}: a separator or a quote is missing or too many"
    return ""


def _paired(columns: list[str], cells: list[str]) -> dict[str, Any]:
    """Cells by column; of two columns with one name the first that holds something counts."""
    out: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column and not out.get(column):
            out[column] = cell
    return out


def _rows(source: Iterator[Line], separator: str, limit: int) -> Iterator[_Row]:
    """Rows that may span lines. After a broken quote it goes on at the line after the one where the row began."""
    again: deque[Line] = deque()
    while line := again.popleft() if again else next(source, None):
        if line.problem:
            yield _Row(line.number, [], line.problem)
            continue
        taken = [line]
        try:
            feed = _feed(taken, again, source, limit)
            yield _Row(line.number, next(csv.reader(feed, delimiter=separator, strict=True)))
        except csv.Error as error:
            yield _Row(line.number, [], f"broken CSV: {error}; a quote inside a cell is written twice")
            again.extendleft(reversed(taken[1:]))


def _feed(taken: list[Line], again: "deque[Line]", source: Iterator[Line], limit: int) -> Iterator[str]:
    """The lines of one row, as many as the reader asks for, noted in `taken`."""
    size = len(taken[0].text)
    yield taken[0].text
    while line := again.popleft() if again else next(source, None):
        taken.append(line)
        size += len(line.text)
        if line.problem or size > limit:
            raise csv.Error(line.problem or "a quote is opened and not closed")
        yield line.text
