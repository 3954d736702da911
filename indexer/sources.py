"""Where fetched inputs come from: one dataclass a kind, made from the keys that its `[[input]]` table may hold."""

import os
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import Final, Protocol

from search.errors import SettingsError

from .addresses import normal
from .input_table import InputTable
from .statement import one_select

_MOST_DELAY_S: Final = 3600


class Source(Protocol):
    """Where an input comes from."""

    def identity(self) -> str:
        """A hash of what decides which articles there are: where it differs, everything is looked at again."""


@dataclass(frozen=True, slots=True)
class Site:
    """What is fetched from a site. delay_s: seconds between two requests to a host. hosts: that may be asked, too."""

    address: str
    hosts: tuple[str, ...] = ()
    delay_s: float = 1.0

    def identity(self) -> str:
        """A hash of everything but the pace."""
        return _hash(type(self).__name__, *(getattr(self, one.name) for one in fields(self) if one.name not in _PACE))


@dataclass(frozen=True, slots=True)
class Feed(Site):
    """RSS or Atom. pages: the article is on the page of an item, not in the feed."""

    pages: bool = False
    revisit_s: float = 0


@dataclass(frozen=True, slots=True)
class Sitemap(Site):
    """A sitemap or an index of such. match, skip: patterns of addresses, with `*` for anything."""

    match: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    revisit_s: float = 0


@dataclass(frozen=True, slots=True)
class Wordpress(Site):
    """The posts of a WordPress site, by its REST interface. full_every_s: seconds after which all are read again."""

    full_every_s: float = 0


@dataclass(frozen=True, slots=True)
class Sql:
    """Rows of a database. url: as SQLAlchemy takes it; variable: of the environment that holds it instead."""

    query: str
    url: str = ""
    variable: str = ""
    column: str = ""
    full_every_s: float = 0

    def identity(self) -> str:
        """A hash of the query and the place of the database."""
        return _hash(self.query, self.column, self.variable or self.url.rpartition("@")[2])

    def address(self) -> str:
        """The URL of the database; empty if the variable that should hold it does not."""
        return os.environ.get(self.variable, "") if self.variable else self.url


_PACE: Final = frozenset({"delay_s", "full_every_s", "revisit_s"})
_SITE: Final = ("address", "hosts", "delay_s")

KEYS: Final = {
    "sql": ("database", "database_env", "query", "column", "full_every"),
    "feed": (*_SITE, "pages", "revisit"),
    "sitemap": (*_SITE, "match", "skip", "revisit"),
    "wordpress": (*_SITE, "full_every"),
}
"""The keys of each kind, besides those that every input has."""


def source(kind: str, table: InputTable) -> Source:
    """The source that a table describes.

    Raises:
        SettingsError: a value that cannot be.
    """
    if kind == "sql":
        return _sql(table)
    where = (table.address("address"), _hosts(table), table.number("delay_s", 1.0, _MOST_DELAY_S))
    if kind == "feed":
        return Feed(*where, table.flag("pages"), table.length("revisit", "30d"))
    if kind == "sitemap":
        return Sitemap(*where, table.texts("match"), table.texts("skip"), table.length("revisit", "30d"))
    return Wordpress(*where, table.length("full_every", "7d"))


def _hosts(table: InputTable) -> tuple[str, ...]:
    hosts = table.texts("hosts")
    wrong = next((host for host in hosts if "/" in host or not normal(f"http://{host}")), None)
    if wrong is not None:
        raise SettingsError(f"{table.where}: hosts: {wrong!r} is no name of a host, such as www.gazet.example")
    return hosts


def _sql(table: InputTable) -> Sql:
    if ("database" in table) == ("database_env" in table):
        raise SettingsError(
            f"{table.where}: give either database, such as sqlite:////srv/news.db, or database_env, the name of the"
            " variable of the environment that holds it with its password"
        )
    return Sql(
        query=_select(table),
        url=table.text("database"),
        variable=table.text("database_env"),
        column=table.text("column"),
        full_every_s=table.length("full_every", "7d"),
    )


def _select(table: InputTable) -> str:
    """The query without the semicolon at its end."""
    query = table.text("query", None)
    found = one_select(query)
    if not found:
        raise SettingsError(f"{table.where}: query must be one SELECT, without a semicolon inside: {query[:80]!r}")
    return found


def _hash(*parts: object) -> str:
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()
