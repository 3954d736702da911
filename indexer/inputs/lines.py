"""Lines of a file, one at a time, however long they are: memory is bounded by the limit of an article."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, AnyStr, Final

from indexer.encodings import Undecodable, actual, decode, is_wide

from .unpacked import Unpacked
from .walk import InputFile

SLACK: Final = 4
"""A line may have this many times the bytes of an article: escapes (\\uXXXX) and the other fields take room too."""

_SKIP: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number from 1 and its line end, or in words why it cannot be read."""

    number: int
    text: str
    problem: str = ""


def lines(file: InputFile) -> Iterator[Line]:
    """The lines of a file, unpacked if its name ends in `.gz`.

    Raises:
        OSError, EOFError, zlib.error: the file cannot be read, or not to its end.
    """
    with file.path.open("rb", buffering=0) as raw:
        packed = file.path.name.lower().endswith(".gz")
        with _buffered(Unpacked(raw) if packed else raw) as stream:
            yield from _decoded(stream, file)


def _buffered(raw: io.RawIOBase) -> io.BufferedReader:
    return io.BufferedReader(raw, _SKIP)


def _decoded(stream: io.BufferedReader, file: InputFile) -> Iterator[Line]:
    encoding = actual(file.spec.encoding, stream.peek(4)[:4])
    limit = SLACK * file.spec.article_bytes
    too_long = f"the line is longer than {limit:,} bytes: raise article_bytes if it is an article"
    if is_wide(encoding):
        with io.TextIOWrapper(stream, encoding, errors="replace", newline="\n") as text:
            for number, (line, whole) in enumerate(_bounded(text, "\n", limit // 2), 1):
                bad = "" if whole else too_long
                yield Line(number, line, bad or (f"not {encoding} text" if "\ufffd" in line else ""))
        return
    for number, (data, whole) in enumerate(_bounded(stream, b"\n", limit), 1):
        try:
            # The mark of UTF-8 stands at the head of the file only.
            own = encoding if number == 1 else encoding.removesuffix("-sig")
            yield Line(number, decode(data, own)) if whole else Line(number, "", too_long)
        except Undecodable as error:
            yield Line(number, "", str(error))


def _bounded(stream: IO[AnyStr], end: AnyStr, limit: int) -> Iterator[tuple[AnyStr, bool]]:
    """Each line, and whether it is whole; of a line over the limit only the beginning is held."""
    while line := stream.readline(limit + 1):
        whole = len(line) <= limit
        rest = line
        while not whole and rest and not rest.endswith(end):
            rest = stream.readline(_SKIP)
        yield line, whole
