"""What robots.txt of a host allows us (RFC 9309)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from protego import Protego

from indexer.addresses import host_of

from .problems import OutOfTime, Problem

NAME: Final = "Izde"
"""The name that rules for us are written under."""

LIMIT: Final = 2_000_000
"""Bytes of a robots.txt; RFC 9309 asks for at least 512,000."""

FORBIDDEN: Final = "User-agent: *\nDisallow: /"
"""What is taken for a robots.txt that is longer."""


class Robots:
    """The rules of one host. `text` is its robots.txt, empty where it has none."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text)

    def allows(self, address: str) -> bool:
        """Whether we may ask for the address."""
        return bool(self._rules.can_fetch(address, NAME))

    def delay_s(self) -> float:
        """The seconds between requests that the host asks for; 0 if it does not say."""
        return max(0.0, float(self._rules.crawl_delay(NAME) or 0.0))


@dataclass(slots=True)
class Manners:
    """What a run knows of hosts, whichever input they were asked for.

    rules: of each, or why they could not be read. free: the moment, by the monotonic clock, from which it may be asked.
    """

    rules: dict[str, Robots | Problem] = field(default_factory=dict)
    free: dict[str, float] = field(default_factory=dict)


class Rulebook:
    """The rules of every host that is asked, each read once. `read` gives the robots.txt at an address."""

    def __init__(self, read: Callable[[str], str], known: dict[str, Robots | Problem]) -> None:
        self._read, self._known = read, known

    def of(self, address: str) -> Robots:
        """The rules of the address' host.

        Raises:
            Problem: they could not be read, now or before, so nothing of the host may be asked.
        """
        host = host_of(address)
        found = self._known.get(host)
        if found is None:
            try:
                found = Robots(self._read(f"{host}/robots.txt"))
            except OutOfTime:
                raise
            except Problem as problem:
                found = problem
            self._known[host] = found
        if isinstance(found, Problem):
            raise found
        return found
