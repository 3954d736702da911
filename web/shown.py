"""What the templates show, made by `present.py`, `reading.py` and `remarks.py`: texts and links, nothing to decide."""

from dataclasses import dataclass

from markupsafe import Markup

from . import bars, paging, panels
from .paging import Link
from .tongues import Tongue


@dataclass(frozen=True, slots=True)
class Named:
    """An article by its title alone, with its day, section and source."""

    title: str
    href: str
    tongue: Tongue
    capitals: bool
    day: str
    iso: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """The articles hidden behind a hit: how many in words, some of them, and the search that shows all."""

    text: str
    articles: tuple[Named, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Card:
    """An article in a list; `label` says why it stands there, if not for its words."""

    title: Markup
    href: str
    tongue: Tongue
    capitals: bool
    day: str
    iso: str
    about: tuple[str, ...]
    snippets: tuple[Markup, ...]
    label: str = ""
    same: Same | None = None


@dataclass(frozen=True, slots=True)
class DateField:
    """An end of the range of days: the day that is set, or what was wrong with the one that was asked."""

    name: str
    label: str
    value: str
    problem: str


@dataclass(frozen=True, slots=True)
class Dates:
    """The form for a range of days; `hidden` is the rest of the search."""

    fields: tuple[DateField, ...]
    hidden: tuple[tuple[str, str], ...]
    troubled: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about what was done with the query, and the search that does not do it, if there is one."""

    text: str
    undo: Link | None = None


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of words that were found on the page, and the search for the very form typed."""

    words: str
    exact: Link


@dataclass(frozen=True, slots=True)
class Day:
    """The articles of a day; `iso` is empty where their day is unknown."""

    text: str
    iso: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """Everything the page of hits shows."""

    title: str
    count: str
    period: str
    every_word: Link | None
    forms: Forms | None
    remarks: tuple[Remark, ...]
    suggestions: tuple[Link, ...]
    nothing: str
    cards: tuple[Card, ...]
    first: int
    chips: tuple[panels.Chip, ...]
    clear: str
    panels: tuple[panels.Panel, ...]
    bars: bars.Bars
    sorts: tuple[Link, ...]
    matches: tuple[Link, ...]
    orders: tuple[Link, ...]
    sizes: tuple[Link, ...]
    paging: paging.Paging | None
    archive: str
