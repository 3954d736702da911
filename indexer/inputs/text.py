"""Text files, one article each: title, blank line, category, date, blank line, paragraphs.

Lenient: a missing line is a missing field, and blank lines may be too few or too many.
"""

import re
from collections.abc import Iterator
from typing import Final

from indexer import dates
from indexer.encodings import Undecodable, actual, decode
from indexer.records import RawRecord, Rejected
from indexer.tidy import lines

from .walk import InputFile

_LONGEST_HEAD: Final = 60
_SENTENCE_OR_LIST = re.compile(r"^[«\"“–—•*-]|[.!?…:;,»\"”]$")


def read(file: InputFile) -> Iterator[RawRecord | Rejected]:
    """The article of the file.

    Raises:
        OSError: the file cannot be read.
    """
    limit = file.spec.article_bytes
    with file.path.open("rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        reason = f"larger than an article may be ({limit:,} bytes): raise article_bytes, or split the file"
        yield Rejected(file.input, file.name, 1, file.slug, reason)
        return
    try:
        text = decode(data, actual(file.spec.encoding, data))
    except Undecodable as error:
        line = data.count(b"\n", 0, error.at) + 1
        yield Rejected(file.input, file.name, line, file.slug, str(error))
        return
    if not text.strip("\ufeff \r\n\t"):
        return
    values = {"id": file.slug, "source": file.spec.source or folder(file), **parts(text)}
    yield RawRecord(file.input, file.name, 1, values)


def parts(text: str) -> dict[str, str]:
    """Title, category, published and body of an article's text; an empty one was not found."""
    all_lines = lines(text)
    block, rest = _block(all_lines)
    height = _title_height(block, rest, all_lines)
    title, block = " ".join(block[:height]), block[height:]
    if not block:
        block, rest = _block(rest)
    category, published, block = _head(block, rest)
    if category and not published and not block:
        # The date may stand on its own, after another blank line.
        block, after = _block(rest)
        if block and dates.looks_like_date(block[0]):
            published, block, rest = block[0], block[1:], after
        else:
            block = []
    body = "\n".join([*block, *rest])
    return {"title": title, "category": category, "published": published, "body": body}


def _block(all_lines: list[str]) -> tuple[list[str], list[str]]:
    """The first run of lines that are not empty, and what follows it."""
    start = next((at for at, line in enumerate(all_lines) if line), len(all_lines))
    end = next((at for at in range(start, len(all_lines)) if not all_lines[at]), len(all_lines))
    return all_lines[start:end], all_lines[end:]


def _title_height(block: list[str], rest: list[str], all_lines: list[str]) -> int:
    """How many lines the title has.

    None, if a date comes first, or after an empty line a category with its date; several, if category and date stand
    in the next block.
    """
    if not block or dates.looks_like_date(block[0]):
        return 0
    dated = any(dates.looks_like_date(line) for line in block[1:3])
    if dated and not all_lines[0] and len(block) == 2 and _short(block[0]):
        return 0
    several = not dated and len(block) > 1 and _head(*_block(rest))[1]
    return len(block) if several else 1


def _head(block: list[str], rest: list[str]) -> tuple[str, str, list[str]]:
    """Category and date, and the lines of the block that are neither."""
    first, second = [*block, "", ""][:2]
    if dates.looks_like_date(first):
        swapped = len(block) == 2 and _short(second)
        return (second, first, []) if swapped else ("", first, block[1:])
    if _short(first) and (dates.looks_like_date(second) or (len(block) == 2 and _may_be_date(second))):
        return first, second, block[2:]
    alone = len(block) == 1 and _short(first) and len(first.split()) <= 3 and any(rest)
    return (first, "", []) if alone else ("", "", block)


def _short(line: str) -> bool:
    return 0 < len(line) <= _LONGEST_HEAD and not _SENTENCE_OR_LIST.search(line)


def _may_be_date(line: str) -> bool:
    """A short line with digits in the place of the date: it is reported if it cannot be read."""
    return _short(line) and any(char.isdigit() for char in line)


def folder(file: InputFile) -> str:
    """The top folder below the input; the folder of a year is no publication."""
    top, slash, _ = (file.place or file.name).partition("/")
    return top if slash and any(char.isalpha() for char in top) else ""
