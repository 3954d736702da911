"""A polite client: it says who it is, obeys robots.txt, waits between requests, and asks no host but the input's.

Everything is bounded: the time of a request and of all, the size of an answer as it comes and unpacked, redirects,
tries. What it raises says in words what to do.
"""

import time
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from indexer.addresses import Hosts, host_of

from .answers import Answer, Refused, TooMuch, body_of, location, reason, seconds, unpacked_body
from .problems import OutOfTime, Problem
from .robots import FORBIDDEN, Manners, Rulebook
from .robots import LIMIT as ROBOTS_BYTES
from .wire import Wire

TRIES: Final = 3
REDIRECTS: Final = 5
LONGEST_WAIT_S: Final = 60.0
"""The longest pause that a server gets by Crawl-delay or Retry-After; one that asks to wait longer is left alone."""

CONNECT_S: Final = 10.0
READ_S: Final = 20.0
REQUEST_S: Final = 120.0
_MOVED: Final = (301, 302, 303, 307, 308)
_BUSY: Final = (429, 503)


class Unreachable(Problem):
    """The server does not answer, or says that it cannot."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Times of one request, in seconds: to connect, for one read, for all of it."""

    connect_s: float = CONNECT_S
    read_s: float = READ_S
    request_s: float = REQUEST_S


class Client:
    """Asks for addresses, one after another.

    agent: the User-Agent. delay_s: from the end of a request to the next one to the same host. ends: the moment, by the
    monotonic clock, after which nothing is asked any more; it may be moved. manners: what is known of hosts, which
    clients share.
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
            address = location(answer)
        raise Refused(f"redirected more than {REDIRECTS} times")

    def _insistent(self, address: str, limit: int, headers: dict[str, str], *, obey: bool) -> Answer:
        """Ask up to three times, with longer and longer pauses, while the server does not answer or fails."""
        for attempt in range(1, TRIES + 1):
            self._pause(address)
            try:
                answer = self._once(address, limit, headers)
                problem = f"answered {answer.status}"
                if answer.status < 500 and answer.status != 429:
                    return answer
                self._heed(answer)
            except (HTTPError, OSError) as error:
                problem = reason(error)
            finally:
                self._later(address, self._delay(address, obey=obey))
            self._later(address, min(self._delay_s * 2**attempt, LONGEST_WAIT_S))
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
                    body = body_of(response, limit, until)
                else:
                    response.close()  # a body that nobody wants is not read
            finally:
                response.release_conn()
        if body:
            body = unpacked_body(body, got.get("content-encoding", ""), limit)
        return Answer(address, response.status, got, body)

    def _robots(self, address: str) -> str:
        try:
            answer = self._followed(address, ROBOTS_BYTES, {}, obey=False)
        except TooMuch:
            return FORBIDDEN
        except Refused:
            return ""
        return answer.body.decode("utf-8", "replace") if answer.status == 200 else ""

    def _pause(self, address: str) -> None:
        """Wait until the host may be asked again."""
        host, now = host_of(address), time.monotonic()
        moment = max(self._free.get(host, 0.0), now)
        if moment >= self.ends:
            raise OutOfTime("the time for fetching (harvest_s) is over")
        time.sleep(moment - now)

    def _delay(self, address: str, *, obey: bool) -> float:
        return max(self._delay_s, min(self._rules.of(address).delay_s(), LONGEST_WAIT_S) if obey else 0.0)

    def _later(self, address: str, wait_s: float) -> None:
        host = host_of(address)
        self._free[host] = max(self._free.get(host, 0.0), time.monotonic() + wait_s)

    def _heed(self, answer: Answer) -> None:
        """Wait as long as the server asks, unless that is too long."""
        wait_s = seconds(answer.headers.get("retry-after", "")) if answer.status in _BUSY else 0.0
        if wait_s > LONGEST_WAIT_S:
            raise Unreachable(f"{host_of(answer.address)} asks to be left alone for {wait_s:.0f} s")
        self._later(answer.address, wait_s)
