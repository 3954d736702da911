"""JSON Lines, plain or gzipped: an object a line."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from indexer.ledger.hashes import digest
from indexer.records import RawRecord, Rejected, Unread

from .fields import mapped
from .lines import lines
from .walk import InputFile


def read(file: InputFile) -> Iterator[Unread | Rejected]:
    """A record for every line that is not empty.

    Raises:
        OSError, EOFError, zlib.error: the file cannot be read, or not to its end.
    """
    for line in lines(file):
        if line.problem:
            yield Rejected(file.input, file.name, line.number, "", line.problem)
        elif text := line.text.lstrip("\ufeff").strip():
            data = text.encode("utf-8", "surrogatepass")
            yield Unread(file.name, line.number, digest(data), len(data), partial(_record, file, line.number, text))


def _record(file: InputFile, line: int, text: str) -> RawRecord | Rejected:
    found = _object(text)
    if isinstance(found, str):
        return Rejected(file.input, file.name, line, "", found)
    return RawRecord(file.input, file.name, line, mapped(found, file.spec.fields))


def _object(text: str) -> dict[str, Any] | str:
    """The object, or in words why there is none."""
    try:
        # Not strict: a raw tab or control character inside a string harms nobody.
        value = json.loads(text, strict=False)
    except RecursionError:
        return "JSON too deep: an article is a flat object"
    except json.JSONDecodeError as error:
        return f"broken JSON: {error.msg} at character {error.pos + 1}; write one whole object a line"
    except ValueError as error:
        return f"broken JSON: {error}"
    if isinstance(value, dict):
        return value
    kind = "list" if isinstance(value, list) else "single value"
    return f"JSON, but a {kind} and no object; write one object a line"
