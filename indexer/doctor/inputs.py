"""The inputs: whether they are there and can be entered, and what was fetched of those that are fetched."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import quote

from search.errors import SettingsError

from ..errors import InputError
from ..harvest.store import VERSION
from ..inputs.walk import label
from ..records import InputSpec
from ..sources import Sql
from ..specs import input_specs
from .finding import Finding, error, ok, warning
from .look import Look

_ASKED: Final = "SELECT count(record), max(fetched), sum(problem != '') FROM items"
_DRIVERS: Final = {"postgresql": "psycopg2", "mysql": "MySQLdb", "oracle": "cx_Oracle", "mssql": "pyodbc"}
"""What SQLAlchemy looks for where a URL names no driver."""


def inputs(look: Look) -> Iterator[Finding]:
    """What runs read."""
    try:
        specs = input_specs((), look.settings)
    except InputError:
        yield ok("inputs", "none in the settings: runs read what `izde reindex` is told on the command line")
        return
    except SettingsError as problem:
        yield error("inputs", str(problem), look.config or "")
        return
    for spec in specs:
        if spec.fetched is None:
            yield _local(spec)
        else:
            yield from _database(spec)
            yield _store(spec)


def _local(spec: InputSpec) -> Finding:
    subject, place = f"input {label(spec)}", spec.path
    try:
        if not place.is_dir():
            with place.open("rb") as file:
                empty = not file.read(1)
        else:
            empty = next(place.iterdir(), None) is None
    except OSError as problem:
        advice = "set its path, mount the disk, or let this user read it"
        return error(subject, (problem.strerror or str(problem)).lower(), place, advice)
    if empty:
        return error(subject, "it is empty", place, "a run stops there; is a disk not mounted?")
    return ok(subject, "it is there and can be read", place)


def _database(spec: InputSpec) -> Iterator[Finding]:
    source = spec.fetched
    if not isinstance(source, Sql):
        return
    address = source.address()
    if not address:
        advice = f"set {source.variable} where runs are begun (EnvironmentFile= of the unit)"
        yield error(f"input {spec.name}", "the variable that holds its database is not set", source.variable, advice)
        return
    kind, _, driver = address.partition(":")[0].partition("+")
    module = driver or _DRIVERS.get(kind, "")
    if module and find_spec(module) is None:
        yield error(f"input {spec.name}", f"there is no driver {module}", f"{kind} database", f"pip install {module}")


def _store(spec: InputSpec) -> Finding:
    """Read what was fetched, and change nothing."""
    subject, place = f"input {spec.name}", spec.path
    if not place.exists():
        return warning(subject, "nothing was fetched yet", place, "run `izde reindex` without --offline")
    try:
        base = sqlite3.connect(f"file:{quote(str(Path(place).absolute()))}?mode=ro", uri=True, timeout=5)
        with closing(base):
            version = base.execute("PRAGMA user_version").fetchone()[0]
            articles, last, problems = base.execute(_ASKED).fetchone()
    except sqlite3.OperationalError as problem:
        advice = "let this user read it; if a fetch is at work or was killed, look again after a run"
        return warning(subject, f"its store cannot be looked at: {problem}", place, advice)
    except sqlite3.DatabaseError as problem:
        advice = "remove the file, and everything is fetched again"
        return error(subject, f"its store is damaged: {problem}", place, advice)
    if version != VERSION:
        told = f"its store has version {version}, {VERSION} is known"
        return error(subject, told, place, "remove the file, and everything is fetched again")
    when = datetime.fromtimestamp(last, UTC).strftime("%Y-%m-%d %H:%M UTC") if last else "never"
    told = f"{articles} articles, the last one fetched {when}"
    if not articles:
        return warning(subject, told, place, "run `izde reindex -v` to see why")
    if problems and problems > articles // 10:
        advice = "the file in the quarantine names them with their reasons"
        return warning(subject, f"{told}, {problems} could not be read", place, advice)
    return ok(subject, f"{told}, {problems or 0} could not be read", place)
