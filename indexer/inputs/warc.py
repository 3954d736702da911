"""WARC files, plain or gzipped: each page that a crawler was given (ISO 28500), by warcio.

The records are told apart here, so that a damaged one costs itself alone and none takes more memory than a page may.
"""

import io
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha1
from typing import Final

from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader

from indexer.ledger.hashes import digest
from indexer.page import MOST_BYTES, article, too_much
from indexer.records import RawRecord, Rejected, Unread

from .members import Damaged, Members
from .walk import InputFile

_MARK: Final = b"WARC/"
_LINE: Final = 1 << 17
_HEADER: Final = 1 << 18
"""Bytes of a line, and of all header lines of a record."""

_AT_ONCE: Final = 1 << 17
_PAGES: Final = ("text/html", "application/xhtml+xml")
_ENCODINGS: Final = ("", "identity", "gzip", "x-gzip", "deflate")


@dataclass(frozen=True, slots=True)
class _Block:
    """A record as bytes, as much of it as a page may have; or in words why it cannot be read."""

    header: bytes = b""
    content: bytes = b""
    whole: bool = True
    problem: str = ""


def read(file: InputFile) -> Iterator[Unread | Rejected]:
    """The article of each response with a page, in the order of the file; the number of the record is its line.

    Its id is the address that was asked for: of two captures of one address the later one in the file counts. Requests,
    pictures, redirects and revisits (the same content once more) are passed over.

    Raises:
        OSError: the file cannot be read, or unpacks to too much.
    """
    for number, block in enumerate(_blocks(file), 1):
        found = block.problem or _page(block)
        if isinstance(found, str):
            if found:
                yield Rejected(file.input, file.name, number, "", found)
        else:
            content, address, charset = found
            data = b"\0".join(
                [address.encode("utf-8", "surrogatepass"), charset.encode("utf-8", "surrogatepass"), content]
            )
            yield Unread(file.name, number, digest(data), len(data), partial(_record, file, number, *found))


def _record(file: InputFile, number: int, content: bytes, address: str, charset: str) -> RawRecord:
    return RawRecord(file.input, file.name, number, article(content, address, charset) | {"id": address})


def _blocks(file: InputFile) -> Iterator[_Block]:
    with file.path.open("rb", buffering=0) as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        source: io.RawIOBase = Members(raw, _MARK) if packed else raw
        more = True
        while more:
            stream: io.BufferedReader = io.BufferedReader(source, _AT_ONCE)
            try:
                while block := _block(stream):
                    yield block
                more = False
            except Damaged as error:
                yield _Block(problem=f"the record is {error}; fetch the file again")
            # Reading goes on in a fresh buffer, at the head of a record.
            stream.detach()


def _block(stream: io.BufferedReader) -> _Block | None:
    """The next record; None at the end."""
    line = stream.readline(_LINE)
    while line in (b"\r\n", b"\n"):
        line = stream.readline(_LINE)
    if not line:
        return None
    if not line.startswith(_MARK):
        return _strange(stream)
    lines = [line]
    while line not in (b"\r\n", b"\n"):
        line = stream.readline(_LINE)
        lines.append(line)
        if not line or sum(map(len, lines)) > _HEADER:
            return _Block(problem="a record without an end of its header")
    header = b"".join(lines)
    length = _length(lines)
    if length is None:
        return _Block(problem="a record without a length")
    content = stream.read(min(length, MOST_BYTES + _HEADER))
    rest = _skip(stream, length - len(content))
    if rest:
        return _Block(problem="the record is cut short; fetch the file again")
    return _Block(header, content, len(content) == length)


def _strange(stream: io.BufferedReader) -> _Block:
    """Skip lines up to the head of a record, which stays unread."""
    while not stream.peek(len(_MARK)).startswith(_MARK) and stream.readline(_LINE):
        pass
    return _Block(problem="no record where one should begin; what stands there is skipped")


def _length(lines: list[bytes]) -> int | None:
    for line in lines:
        key, _, value = line.partition(b":")
        if key.strip().lower() == b"content-length" and value.strip().isdigit() and len(value) < 20:
            return int(value)
    return None


def _skip(stream: io.BufferedReader, size: int) -> int:
    """Pass over so many bytes; how many there were not."""
    while size > 0 and (data := stream.read(min(size, _AT_ONCE))):
        size -= len(data)
    return size


def _page(block: _Block) -> tuple[bytes, str, str] | str:
    """Page, address and charset of a record, or in words why there is none; empty if the record is no page."""
    try:
        record = ArcWarcRecordLoader().parse_record_stream(io.BytesIO(block.header + block.content))
    except Exception as error:  # warcio has many names for what is not as it should be
        return f"a damaged record: {error}"[:300] if b"response" in block.header else ""
    if record.rec_type != "response":
        return ""
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.http_headers is None:
        # What name servers and the like answered stands in such records too, with a type of its own.
        is_web = (record.content_type or "").startswith("application/http") and record.length
        return f"the response of no web address: {address[:300]!r}" if is_web else ""
    if record.http_headers.get_statuscode() != "200":
        return ""
    kind, _, options = (record.http_headers.get_header("Content-Type") or "").partition(";")
    if kind.strip().lower() not in _PAGES:
        return ""
    html = _content(record, block)
    if isinstance(html, str):
        return f"{address[:300]}: {html}"
    return html, address, _charset(options)


def _content(record: ArcWarcRecord, block: _Block) -> bytes | str:
    """The page, unpacked, or in words why it cannot be had."""
    if not block.whole:
        return f"larger than a page may be ({MOST_BYTES:,} bytes)"
    if not _is_sound(record.rec_headers.get_header("WARC-Block-Digest") or "", block.content):
        return "damaged: it does not have the digest that the record names"
    encoding = (record.http_headers.get_header("Content-Encoding") or "").strip().lower()
    if encoding not in _ENCODINGS:
        return f"packed as {encoding[:20]!r}, which is not read"
    html: bytes = record.content_stream().read(MOST_BYTES + 1)
    return too_much(html) or html or "an empty page"


def _is_sound(digest: str, content: bytes) -> bool:
    """Whether the content has this digest; other kinds than the usual one are not looked at."""
    kind, _, value = digest.partition(":")
    own = sha1(content, usedforsecurity=False)
    return kind.lower() != "sha1" or value.strip().lower() in (
        own.hexdigest(),
        b32encode(own.digest()).decode().lower(),
    )


def _charset(options: str) -> str:
    name, _, value = options.strip().partition("=")
    return value.split(";")[0].strip(" \"'") if name.strip().lower() == "charset" else ""
