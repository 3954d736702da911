"""Rows of a database: one SELECT in a transaction that only reads, streamed, and each row is a record.

With a column that grows with every change, such as `updated_at`, only rows from the last value on are read, in its
order.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import URL, Connection, TextClause, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from indexer.inputs.fields import mapped
from indexer.sources import Sql

from .job import Job
from .passes import Pass
from .problems import Problem
from .values import of_cursor, plain, to_cursor

_AT_ONCE: Final = 500
_CONNECT_S: Final = 10
_READ_ONLY: Final = {
    "postgresql": ("SET TRANSACTION READ ONLY", "SET LOCAL statement_timeout = {ms}"),
    "mysql": ("SET SESSION TRANSACTION READ ONLY", "COMMIT"),
    "mariadb": ("SET SESSION TRANSACTION READ ONLY", "COMMIT"),
    "oracle": ("SET TRANSACTION READ ONLY",),
    "sqlite": ("PRAGMA query_only = ON",),
}


def harvest(job: Job, source: Sql) -> None:
    """Take in the rows.

    Raises:
        Problem: the database cannot be reached, or the query fails.
    """
    address = source.address()
    if not address:
        raise Problem(f"the variable {source.variable} of the environment is empty; it should hold the database")
    with _told(address, job):
        url = make_url(address)
        with _connected(job, url) as connection:
            _read(job, source, connection)


def _read(job: Job, source: Sql, connection: Connection) -> None:
    # Without a column every reading is a whole one.
    current = Pass(job, source.full_every_s if source.column else 0)
    streaming = connection.execution_options(yield_per=_AT_ONCE)
    with closing(streaming.execute(*_statement(source, connection, current.cursor)).mappings()) as found:
        for rows in found.partitions(_AT_ONCE):
            for row in rows:
                record = {str(name): plain(value) for name, value in row.items()}
                current.take(_key(record, job.spec.fields), record)
            if source.column:
                current.reached(_cursor(rows[-1], source.column) or current.cursor)
            job.check_time()
    current.finish()


def _statement(source: Sql, connection: Connection, cursor: str) -> tuple[TextClause, dict[str, Any]]:
    query = source.query.replace(":", "\\:")  # a colon is no parameter of ours
    if not source.column:
        return text(query), {}
    column = connection.dialect.identifier_preparer.quote(source.column)
    # Rows whose column is null are never behind us: they are read each time.
    after = f"WHERE {column} >= :last OR {column} IS NULL " if cursor else ""
    found = f"SELECT * FROM ({query}) AS izde {after}ORDER BY {column}"  # noqa: S608  # the administrator's own query
    return text(found), {"last": of_cursor(cursor)} if cursor else {}


def _cursor(row: Mapping[Any, Any], column: str) -> str:
    """Where this row stands; empty if it stands nowhere."""
    if column not in row:
        raise Problem(f"column: the query gives no {column!r}, but {', '.join(map(str, row))[:200]}")
    try:
        return to_cursor(row[column]) if row[column] is not None else ""
    except TypeError as error:
        raise Problem(f"column: values of type {error} have no order; take a number, a text or a date") from None


def _key(record: Mapping[str, Any], fields: Mapping[str, str]) -> str:
    """The id of a row, by the field map; empty if it has none."""
    found = mapped(record, fields).get("id")
    return "" if found is None else str(found).strip()


@contextmanager
def _connected(job: Job, url: URL) -> Iterator[Connection]:
    kind = url.get_backend_name()
    options = {"connect_timeout": _CONNECT_S} if kind in ("postgresql", "mysql", "mariadb") else {}
    engine = create_engine(_existing(url) if kind == "sqlite" else url, connect_args=options)
    try:
        with engine.connect() as connection:
            left_s = max(0.001, job.ends() - time.monotonic())
            for statement in _READ_ONLY.get(kind, ()):
                connection.execute(text(statement.format(ms=int(1000 * left_s))))
            raw: object = connection.connection.dbapi_connection
            if isinstance(raw, sqlite3.Connection):
                raw.text_factory = _text  # one byte that is no text must not hide all rows
            with _clock(raw, left_s):
                yield connection
    finally:
        engine.dispose()


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


@contextmanager
def _clock(raw: object, seconds: float) -> Iterator[None]:
    """Interrupt SQLite when the time is over. Not by its progress handler: that swallows signals."""
    if not isinstance(raw, sqlite3.Connection):
        yield
        return
    timer = threading.Timer(seconds, raw.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # it must not meet a connection that is closed


def _existing(url: URL) -> URL:
    """A file of SQLite is opened to be read; else one that is missing would be made."""
    path = url.database or ""
    path = path if path.startswith("file:") else f"file:{quote(path)}"
    return url.set(database=path).update_query_dict({"mode": "ro", "uri": "true"})


@contextmanager
def _told(address: str, job: Job) -> Iterator[None]:
    """Errors of the database and its driver as a Problem, without the password."""
    try:
        yield
    except NoSuchModuleError as error:
        raise Problem(f"database: no driver is known by that name: {error}") from None
    except ArgumentError:
        raise Problem("database is no address such as postgresql+psycopg://user@host/name") from None
    except ModuleNotFoundError as error:
        raise Problem(f"the driver of the database is not installed: pip install {error.name}") from None
    except DBAPIError as error:
        job.check_time()
        raise Problem(_without_password(str(error.orig), address)) from None
    except SQLAlchemyError as error:
        raise Problem(_without_password(str(error), address)) from None


def _without_password(said: str, address: str) -> str:
    password = make_url(address).password
    line = " ".join(said.split())[:400]
    return line.replace(password, "***") if password else line
