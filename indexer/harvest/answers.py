"""What servers send, read within limits, and what is wrong with it in words."""

import re
import time
import zlib
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final

import urllib3

from indexer.addresses import normal

from .unpack import TooLarge, unpacked

_PIECE: Final = 1 << 16


class Refused(Exception):
    """An address that is not to be had; asking again would not help."""


class TooMuch(Refused):
    """An answer that is larger than it may be."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent. address: where it came from after redirects; `body` is unpacked, `headers` in lower case."""

    address: str
    status: int
    headers: dict[str, str]
    body: bytes = b""

    @property
    def charset(self) -> str:
        """The charset that the header names, or empty."""
        found = self.headers.get("content-type", "").lower().partition("charset=")[2]
        return found.split(";")[0].strip(" \"'")

    @property
    def kind(self) -> str:
        """The media type that the header names, or empty."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


def location(answer: Answer) -> str:
    """Where an answer redirects to.

    Raises:
        Refused: that is no address.
    """
    given = answer.headers.get("location", "")
    with suppress(UnicodeError):
        given = given.encode("latin-1").decode()  # headers are read as Latin-1, and sites write UTF-8 into them
    target = normal(given, answer.address)
    if not target:
        raise Refused(f"redirected to what is no address: {given[:100]!r}")
    return target


def body_of(response: urllib3.BaseHTTPResponse, limit: int, until: float) -> bytes:
    """The body as it was sent.

    Raises:
        TooMuch: it has more than `limit` bytes.
        TimeoutError: it was not there by the moment `until` of the monotonic clock.
        HTTPError, OSError: it breaks off.
    """
    out = bytearray()
    while piece := response.read1(_PIECE, decode_content=False):
        out += piece
        if len(out) > limit:
            raise TooMuch(f"larger than {limit:,} bytes")
        _check(until)
    _check(until)  # a connection that was cut ends like a body
    return bytes(out)


def _check(until: float) -> None:
    if time.monotonic() >= until:
        raise TimeoutError("the answer took too long")


def unpacked_body(body: bytes, packing: str, limit: int) -> bytes:
    """The body without its Content-Encoding.

    Raises:
        TooMuch: it has more than `limit` bytes.
        Refused: nobody asked for that encoding.
        OSError: it is damaged.
    """
    packing = packing.strip().lower()
    if packing in ("", "identity"):
        return body
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise Refused(f"sent as {packing[:20]!r}, which was not asked for")
    try:
        return unpacked(body, limit)
    except TooLarge:
        raise TooMuch(f"larger than {limit:,} bytes when it is unpacked") from None
    except zlib.error:
        raise OSError("the packed answer is damaged") from None


def seconds(text: str) -> float:
    """The seconds of a Retry-After: a number, or a date to come."""
    if text.strip().isdecimal():
        return float(text.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def reason(error: BaseException) -> str:
    """What went wrong, in a few words without objects of the library."""
    while error.__cause__ is not None:
        error = error.__cause__
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(re.sub(r"<[^<>]*>:?|^\w+\([^()]*\): ", "", said).split())[:200]
