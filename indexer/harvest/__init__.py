"""Inputs that are fetched: brought into a store on this machine first, then read from it like a file.

A site or a database that is down costs what is new there, never what was fetched before.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final

from indexer.errors import EmptyInput, IndexerError, InputError, NoSpace
from indexer.inputs.fields import mapped
from indexer.ledger.hashes import digest
from indexer.records import InputSpec, RawRecord, Rejected, Unread
from indexer.sources import Feed, Sitemap, Source, Sql, Wordpress
from search.settings import Settings

from .job import Harvest, Job
from .problems import OutOfTime, Problem
from .robots import NAME, Manners
from .store import Store, unpacked

__all__ = ["Harvest", "Harvesting", "Manners", "check", "harvest", "read"]

_IDENTITY: Final = "identity"


@dataclass(frozen=True, slots=True)
class Harvesting:
    """How to fetch.

    full: look at everything again. step: called for each article. say: takes notes. manners: what the run knows of
    hosts.
    """

    settings: Settings
    full: bool
    step: Callable[[], None]
    say: Callable[[str], None]
    manners: Manners = field(default_factory=Manners)


def harvest(spec: InputSpec, how: Harvesting) -> Harvest:
    """Bring the store of an input up to date, as far as that goes; what went wrong is said in what it gives.

    Raises:
        NoSpace: the store cannot be written.
        StoreDamaged: it cannot be read.
    """
    with _alone(spec.path) as alone:
        if not alone:
            return Harvest(problem="another run is fetching it now")
        with Store(spec.path) as store:
            return _harvest(spec, how, store)


def read(spec: InputSpec) -> Iterator[Unread | Rejected]:
    """What is stored of an input, in the order of ids or addresses; nothing is fetched.

    Raises:
        StoreDamaged: the store cannot be read.
    """
    with Store(spec.path) as store:
        for item in store.stored():
            if item.problem:
                yield Rejected(spec.name, item.key, 0, "", item.problem)
            else:
                data = item.key.encode() + b"\0" + item.packed
                yield Unread(item.key, 0, digest(data), len(data), partial(_record, spec, item.key, item.packed))


def _record(spec: InputSpec, key: str, packed: bytes) -> RawRecord:
    return RawRecord(spec.name, key, 0, mapped(unpacked(packed, spec.path), spec.fields))


def check(spec: InputSpec, done: Harvest | None = None) -> None:
    """Look whether there is anything to read. done: what came of fetching it just now.

    Raises:
        InputError: nothing was ever fetched.
        EmptyInput: it was looked at, and holds nothing.
        StoreDamaged: the store cannot be read.
    """
    stored = 0
    if spec.path.exists():
        with Store(spec.path) as store:
            stored = store.count()
    if not stored and (done is None or done.problem):
        why = f": {done.problem}" if done else "; run without --offline"
        raise InputError(f"input {spec.name}: nothing was fetched yet{why}")
    if not stored:
        raise EmptyInput(f"input {spec.name}: no article could be fetched")


def _harvest(spec: InputSpec, how: Harvesting, store: Store) -> Harvest:
    settings = how.settings
    job = Job(spec, store, _agent(settings), settings.harvest_s, how.full, how.step, how.say, how.manners)
    problem = ""
    try:
        _check_identity(spec, store)
        _fetch(job, spec.fetched)
    except OutOfTime as late:
        if job.moved:
            job.say(f"{late}; the next run goes on")
        else:
            problem = str(late)
    except Problem as stopped:
        problem = str(stopped)
    except IndexerError:
        raise
    except Exception as error:  # what nobody thought of, such as a parser that fails on a hostile answer
        store.take_back()
        problem = f"unexpected {type(error).__name__}: {error}"
    store.commit()
    return Harvest(**asdict(job.tally), problem=problem)


def _check_identity(spec: InputSpec, store: Store) -> None:
    """Look at everything again where another query or address is asked, or other keys are ids."""
    ids = sorted(key for key, name in spec.fields.items() if name == "id")
    identity = f"{spec.fetched.identity() if spec.fetched else ''} {ids}"
    if store.mark(_IDENTITY) != identity:
        store.forget_marks()
        store.set_mark(_IDENTITY, identity)
        store.commit()


def _fetch(job: Job, source: Source | None) -> None:
    """Fetch from such a source; the libraries of a kind are loaded only where it is met."""
    if isinstance(source, Sql):
        from . import sql

        sql.harvest(job, source)
    elif isinstance(source, Feed):
        from . import feed

        feed.harvest(job, source)
    elif isinstance(source, Sitemap):
        from . import sitemap

        sitemap.harvest(job, source)
    elif isinstance(source, Wordpress):
        from . import wordpress

        wordpress.harvest(job, source)


def _agent(settings: Settings) -> str:
    """Who asks, and where to find us."""
    contact = settings.contact or settings.site_url
    agent = f"{NAME}/{version('izde')}" + (f" (+{contact})" if contact else "")
    return "".join(char for char in agent if " " <= char <= "~")


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Whether no other process fetches into this store, for the time of the block."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise NoSpace(f"{path}: what is fetched cannot be stored: {error.strerror or error}") from None
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(number)
