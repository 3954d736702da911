"""A polite client: it says who it is, obeys robots.txt, waits between requests, and asks no host but the input's.

Everything is bounded: the time of a request and of all, the size of an answer as it comes and unpacked, redirects,
tries. What it raises says in words what to do.
"""

import re
import time
import zlib
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from indexer.addresses import Hosts, host_of, normal

from .problems import OutOfTime, Problem
from .robots import LIMIT as ROBOTS_BYTES
from .robots import Manners, Rulebook
from .unpack import TooLarge, unpacked
from .wire import Wire

TRIES: Final = 3
REDIRECTS: Final = 5
LONGEST_WAIT_S: Final = 60.0
"""The longest pause that a server gets by Crawl-delay or Retry-After; one that asks to wait longer is left alone."""

CONNECT_S: Final = 10.0
READ_S: Final = 20.0
REQUEST_S: Final = 120.0
_PIECE: Final = 1 << 16
_MOVED: Final = (301, 302, 303, 307, 308)
_BUSY: Final = (429, 503)


class Refused(Exception):
    """An address that is not to be had; asking again would not help."""


class Unreachable(Problem):
    """The server does not answer, or says that it cannot."""


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


@dataclass(frozen=True, slots=True)
class Limits:
    """Times of one request, in seconds: to connect, for one read, for all of it."""

    connect_s: float = CONNECT_S
    read_s: float = READ_S
    request_s: float = REQUEST_S


class Client:
    """Asks for addresses, one after another.

    agent: the User-Agent. delay_s: between the beginnings of two requests to a host. ends: the moment, by the monotonic
    clock, after which nothing is asked any more; it may be moved. manners: what is known of hosts, shared with others.
    """

    def __init__(
        self,
        agent: str,
        hosts: Hosts,
        delay_s: float,
        ends: float,
        manners: Manners | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._agent, self._hosts, self._delay_s = agent, hosts, delay_s
        self.ends = ends
        self._limits = limits or Limits()
        self._wire = Wire()
        manners = manners or Manners()
        self._rules = Rulebook(self._robots, manners.rules)
        self._free = manners.free

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._wire.close()

    def get(self, address: str, limit: int, *, etag: str = "", modified: str = "") -> Answer:
        """Ask for an address; its body may have `limit` bytes, unpacked.

        etag, modified: of what we have; an answer of 304 says that it is still so.

        Raises:
            Refused: it is at another host, not allowed, too large, or redirected too often.
            Unreachable: the server does not answer in time, or answers 429 or 5xx, each time.
            OutOfTime: the time is over.
        """
        headers = {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": modified} if modified else {}
        return self._followed(address, limit, headers, obey=True)

    def _followed(self, address: str, limit: int, headers: dict[str, str], *, obey: bool) -> Answer:
        for _ in range(REDIRECTS + 1):
            if address not in self._hosts:
                host = urlsplit(address).netloc
                raise Refused(f"{host} is no host of this input; if it belongs to it, name it in hosts")
            if obey and not self._rules.of(address).allows(address):
                raise Refused("robots.txt of the site does not allow it; leave it out by skip, or ask the site")
            answer = self._insistent(address, limit, headers, obey=obey)
            if answer.status not in _MOVED:
                return answer
            target = normal(answer.headers.get("location", ""), address)
            if not target:
                raise Refused(f"redirected to what is no address: {answer.headers.get('location', '')[:100]!r}")
            address = target
        raise Refused(f"redirected more than {REDIRECTS} times")

    def _insistent(self, address: str, limit: int, headers: dict[str, str], *, obey: bool) -> Answer:
        """Ask up to three times, with longer and longer pauses, while the server does not answer or fails."""
        for attempt in range(1, TRIES + 1):
            self._pause(address, obey=obey)
            try:
                answer = self._once(address, limit, headers)
                problem = f"answered {answer.status}"
                if answer.status < 500 and answer.status != 429:
                    return answer
                self._heed(answer)
            except (HTTPError, OSError) as error:
                problem = _reason(error)
            self._later(address, self._delay_s * 2**attempt)
        raise Unreachable(f"{address}: {problem}, {TRIES} times")

    def _once(self, address: str, limit: int, headers: dict[str, str]) -> Answer:
        given_s = min(self._limits.request_s, self.ends - time.monotonic())
        until = time.monotonic() + given_s
        timeout = urllib3.Timeout(connect=self._limits.connect_s, read=self._limits.read_s)
        sent = {"User-Agent": self._agent, "Accept-Encoding": "gzip", **headers}
        with self._wire.clock(given_s):
            response = self._wire.pools.request(
                "GET", address, headers=sent, timeout=timeout, retries=False, redirect=False, preload_content=False
            )
            try:
                got = {name.lower(): value for name, value in response.headers.items()}
                body = b""
                if response.status == 200:
                    body = _body(response, limit, until)
                else:
                    response.close()  # a body that nobody wants is not read
            finally:
                response.release_conn()
        if body:
            body = _unpacked(body, got.get("content-encoding", ""), limit)
        return Answer(address, response.status, got, body)

    def _robots(self, address: str) -> str:
        try:
            answer = self._followed(address, ROBOTS_BYTES, {}, obey=False)
        except Refused:
            return ""
        return answer.body.decode("utf-8", "replace") if answer.status == 200 else ""

    def _pause(self, address: str, *, obey: bool) -> None:
        """Wait until the host may be asked again."""
        host, now = host_of(address), time.monotonic()
        moment = max(self._free.get(host, 0.0), now)
        if moment >= self.ends:
            raise OutOfTime("the time for fetching (harvest_s) is over")
        time.sleep(moment - now)
        asked_for = min(self._rules.of(address).delay_s(), LONGEST_WAIT_S) if obey else 0.0
        self._free[host] = moment + max(self._delay_s, asked_for)

    def _later(self, address: str, wait_s: float) -> None:
        host = host_of(address)
        self._free[host] = max(self._free.get(host, 0.0), time.monotonic() + min(wait_s, LONGEST_WAIT_S))

    def _heed(self, answer: Answer) -> None:
        """Wait as long as the server asks, unless that is too long."""
        wait_s = _seconds(answer.headers.get("retry-after", "")) if answer.status in _BUSY else 0.0
        if wait_s > LONGEST_WAIT_S:
            raise Unreachable(f"{host_of(answer.address)} asks to be left alone for {wait_s:.0f} s")
        self._later(answer.address, wait_s)


def _body(response: urllib3.BaseHTTPResponse, limit: int, until: float) -> bytes:
    out = bytearray()
    while piece := response.read1(_PIECE, decode_content=False):
        out += piece
        if len(out) > limit:
            raise Refused(f"larger than {limit:,} bytes")
        _check(until)
    _check(until)  # a connection that was cut ends like a body
    return bytes(out)


def _check(until: float) -> None:
    if time.monotonic() >= until:
        raise TimeoutError("the answer took too long")


def _unpacked(body: bytes, packing: str, limit: int) -> bytes:
    packing = packing.strip().lower()
    if packing in ("", "identity"):
        return body
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise Refused(f"sent as {packing[:20]!r}, which was not asked for")
    try:
        return unpacked(body, limit)
    except TooLarge:
        raise Refused(f"larger than {limit:,} bytes when it is unpacked") from None
    except zlib.error:
        raise OSError("the packed answer is damaged") from None


def _seconds(text: str) -> float:
    """The seconds of a Retry-After: a number, or a date to come."""
    if text.strip().isdecimal():
        return float(text.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _reason(error: BaseException) -> str:
    """What went wrong, in a few words without objects of the library."""
    while error.__cause__ is not None:
        error = error.__cause__
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(re.sub(r"<.*?>:?|^\w+\(.*?\): ", "", said).split())[:200]
