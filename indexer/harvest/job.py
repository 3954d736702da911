"""What a kind of fetched input is given to work with, and what it counts."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from indexer.records import InputSpec

from .problems import OutOfTime
from .robots import Manners
from .store import Store


class Harvest(msgspec.Struct, frozen=True):
    """What became of fetching an input.

    fetched: articles that came, new or changed. unchanged: those that are as they were, asked for or not.
    failed: requests that gave nothing this time. gone: articles that left. left: known ones that are still to be
    fetched. problem: in words what ended it early, or empty.
    """

    fetched: int = 0
    unchanged: int = 0
    failed: int = 0
    gone: int = 0
    left: int = 0
    problem: str = ""


@dataclass(slots=True)
class Tally:
    """The counts of a harvest at work."""

    fetched: int = 0
    unchanged: int = 0
    failed: int = 0
    gone: int = 0
    left: int = 0


@dataclass(slots=True)
class Job:
    """One input that is being fetched.

    agent: how we call ourselves to servers. budget_s: seconds that it may take. full: look at everything again.
    step: to be called for each article that was looked at. say: takes notes, one line each. manners: what the run knows
    of hosts. moved: whether something came of it that the next harvest goes on from.
    """

    spec: InputSpec
    store: Store
    agent: str
    budget_s: float
    full: bool
    step: Callable[[], None]
    say: Callable[[str], None]
    manners: Manners = field(default_factory=Manners)
    tally: Tally = field(default_factory=Tally)
    moved: bool = False
    began: float = field(default_factory=time.monotonic)

    def ends(self, share: float = 1.0) -> float:
        """The moment, by the monotonic clock, when this share of the time is over."""
        return self.began + share * self.budget_s

    def check_time(self) -> None:
        """Raises OutOfTime when the time is over."""
        if time.monotonic() >= self.ends():
            raise OutOfTime(f"the time for fetching ({self.budget_s:g} s, harvest_s) is over")

    def due(self, mark: str, every_s: float) -> bool:
        """Whether so many seconds have passed since the moment that a mark of the store holds, or all is wanted."""
        return self.full or time.time() - float(self.store.mark(mark) or 0) >= every_s

    def took(self, changed: bool | None) -> None:
        """Count an article that came, as `Store.put` says of it."""
        if changed is not None:
            self.tally.fetched += changed
            self.tally.unchanged += not changed
            self.step()
