"""The table of facets: what can be filtered by, counted and shown beside the hits.

To add one for every site, add a row; to add one for a single site, name it in the setting `facets`. Engines index it,
parameters, API description and pages follow.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from .errors import SettingsError
from .model import Article


@dataclass(frozen=True, slots=True)
class FacetSpec:
    """A row of the table.

    value: the article's value, empty where it has none.
    by_value: list values in falling order of the value itself (years), not by count.
    label: what pages call a facet of the site; those of every site have names in the languages of the pages.
    """

    name: str
    value: Callable[[Article], str]
    help: str
    by_value: bool = False
    label: str = ""


Table = Mapping[str, FacetSpec]


def _year(article: Article) -> str:
    return f"{article.published.year:04d}" if article.published else ""


def _month(article: Article) -> str:
    return article.published.date().isoformat()[:7] if article.published else ""


FACETS: Final[Table] = {
    spec.name: spec
    for spec in (
        FacetSpec("category", lambda article: article.category, "the section the article stood in"),
        FacetSpec("source", lambda article: article.source, "the publication"),
        FacetSpec("author", lambda article: article.author, "who wrote it"),
        FacetSpec("lang", lambda article: article.lang, "language: kk, ru, en, …"),
        FacetSpec("script", lambda article: article.script, "script: Cyrl, Latn or Arab"),
        FacetSpec("year", _year, "year of the local date, four digits", by_value=True),
        FacetSpec("month", _month, "month of the local date, as 2018-10", by_value=True),
    )
}

DEFAULT_FACETS = ("category", "source", "year")

RESERVED: Final = frozenset(
    (
        *("id", "title", "body", "url", "published", "date", "extra"),
        *("q", "match", "correct", "in", "date_from", "date_to", "sort", "page", "per_page", "cursor", "collapse"),
        *("facets", "facet_limit", "facet_order", "histogram", "highlight", "snippets", "snippet_length", "explain"),
        *("half_life", "recency", "prefix", "missing", "limit", "text", "format", "none"),
    )
)
"""Names of fields of every article and of parameters; no facet of a site can have one."""

MOST_OWN: Final = 16
LONGEST_VALUE: Final = 300
"""Characters of a value of a site's facet; more is no name, and is cut."""

_NAME: Final = re.compile("[a-z][a-z0-9_]{0,39}")
_LONGEST_LABEL: Final = 60


@cache
def table(setting: str, where: str = "facets") -> Table:
    """The facets of a site: those of every site, then those that the setting `facets` names.

    setting: keys of records that are kept in `Article.extra`, each with a name for people if it has one, such as
        `region=Аймақ,topic`.
    where: where the setting stands, for the message.

    Raises:
        SettingsError: a name that cannot be.
    """
    specs = dict(FACETS)
    for part in filter(None, map(str.strip, setting.split(","))):
        name, sign, label = (text.strip() for text in part.partition("="))
        if wrong := _wrong(name, label if sign else name, specs):
            raise SettingsError(f"{where}: {part!r}: {wrong}")
        specs[name] = FacetSpec(name, _of_record(name), f"the record's key {name}", label=" ".join(label.split()))
    return specs


@cache
def own(setting: str) -> tuple[str, ...]:
    """The names of the facets that the site adds, in its order."""
    return tuple(name for name in table(setting) if name not in FACETS)


def _wrong(name: str, label: str, specs: Table) -> str:
    """Why a facet cannot be added to `specs`; empty if it can."""
    if not _NAME.fullmatch(name):
        return "names are lower-case ASCII letters, digits and _ after a letter, such as region or region=Аймақ"
    if name in FACETS:
        return f"every site has the facet {name}"
    if name in RESERVED:
        return f"{name} is the name of a parameter or of a field of every article"
    if name in specs:
        return f"{name} is named twice"
    if not 0 < len(label) <= _LONGEST_LABEL or not label.isprintable():
        return f"the name for people after = has 1 to {_LONGEST_LABEL} characters"
    return "" if len(specs) < len(FACETS) + MOST_OWN else f"a site has at most {MOST_OWN} facets of its own"


def _of_record(key: str) -> Callable[[Article], str]:
    return lambda article: text_of(article.extra.get(key))


def text_of(value: Any) -> str:
    """What a record holds as the value of a facet: one line of text; of a list the first item that has any.

    Numbers and yes or no are written as JSON writes them, whole numbers without a point; an object is no value.

    >>> text_of(" Ақтөбе   облысы"), text_of([None, 7.0, 8]), text_of(True), text_of({"а": 1})
    ('Ақтөбе облысы', '7', 'true', '')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)[:LONGEST_VALUE]
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case str():
            return " ".join(value.split())[:LONGEST_VALUE].rstrip()
        case list() | tuple():
            return next(filter(None, map(text_of, (item for item in value if not isinstance(item, list)))), "")
    return ""
