"""Cuts the items of an RSS file out of it, without parsing: what stands before the first, then each on its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

_AT_ONCE: Final = 1 << 16
_START: Final = re.compile(rb"<item[\s>]")
_END: Final = b"</item>"
_HIDES: Final = b"<![CDATA["
_SHOWS: Final = b"]]>"
_CONTROLS: Final = bytes(code for code in range(0x20) if code not in b"\t\n\r")
"""Bytes that XML does not have, and that the editors of old sites let through."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item with its tags, or in words why there is none."""

    data: bytes = b""
    problem: str = ""


def pieces(stream: IO[bytes], limit: int) -> Iterator[bytes | Item]:
    """The file up to its first item in pieces of at most 64 KB and a bit, then its items.

    limit: bytes that an item may have; memory holds one item.
    """
    buffer = bytearray()
    head = True
    while data := stream.read(_AT_ONCE):
        buffer += data.translate(None, _CONTROLS)
        start = _START.search(buffer)
        if start:
            yield bytes(buffer[: start.start()])
            del buffer[: start.start()]
            head = False
            break
        # The end may be the beginning of the first item.
        yield bytes(buffer[:-8])
        del buffer[:-8]
    if head:
        yield bytes(buffer)
    else:
        yield from _items(stream, buffer, limit)


def _items(stream: IO[bytes], buffer: bytearray, limit: int) -> Iterator[Item]:
    """The items of a buffer that begins with one, and of the stream behind it."""
    looked = checked = 0
    too_long = inside = False
    while True:
        end = buffer.find(_END, looked)
        if end < 0:
            looked = max(0, len(buffer) - len(_END) + 1)
            if len(buffer) > limit:
                too_long, checked = True, 0
                del buffer[:looked]
                looked = 0
            data = stream.read(_AT_ONCE)
            buffer += data if too_long else data.translate(None, _CONTROLS)
            if not data:
                break
            continue
        inside = not too_long and _is_inside(buffer, checked, end, inside)
        looked = checked = end + len(_END)
        if inside:
            continue
        yield Item(problem=_too_long(limit)) if too_long or looked > limit else Item(bytes(buffer[:looked]))
        start = _START.search(buffer, looked)
        while start is None and (data := stream.read(_AT_ONCE)):
            del buffer[: max(looked, len(buffer) - 8)]
            looked = 0
            buffer += data.translate(None, _CONTROLS)
            start = _START.search(buffer)
        if start is None:
            return
        del buffer[: start.start()]
        looked = checked = 0
        too_long = False
    # Without its end: whether it is cut short is seen when it is parsed.
    yield Item(problem=_too_long(limit)) if too_long else Item(bytes(buffer))


def _is_inside(buffer: bytearray, start: int, end: int, before: bool) -> bool:
    """Whether the end lies inside of a CDATA section, where tags are only text; `before` tells it of the start."""
    opened, closed = buffer.rfind(_HIDES, start, end), buffer.rfind(_SHOWS, start, end)
    return before if opened == closed else opened > closed


def _too_long(limit: int) -> str:
    return f"a post of more than {limit:,} bytes with its comments: raise article_bytes"
