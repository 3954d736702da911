"""A page that is not there searches: for the words of the address that was asked for."""

import re
from collections.abc import Collection
from typing import Final

from flask import current_app, request

from search.errors import SearchError
from search.model import Query, Sort
from search.service import SearchService
from search.settings import Settings

from . import formats, locale
from .addresses import Addresses
from .links import fresh
from .paging import Link
from .plain import line
from .translate import gettext, ngettext

MOST_WORDS: Final = 8
SHORTEST: Final = 3
MOST_CHARS: Final = 300
"""Of a path; a longer one was not written by a person."""

_NAMES: Final = frozenset(
    "amp api archive article aspx cgi cite content feed htm html index json jsp news page pages php post posts "
    "search static tag tags view www xml".split()
)
"""Words of addresses that say nothing of the subject."""


def words(path: str, languages: Collection[str]) -> str:
    """The words that the path of an address holds, as a query; empty where it says nothing.

    >>> words("/kk/news/2018/10/azamattyq-forum-ötti_12.html", ("kk",))
    'azamattyq forum ötti'
    """
    if len(path) > MOST_CHARS:
        return ""
    first, _, rest = path.removeprefix("/").partition("/")
    text = line(rest if first in languages else path)
    found = [word for word in re.split(r"[^\w]|_", text) if len(word) >= SHORTEST and word.isalpha()]
    return " ".join([word for word in found if word.lower() not in _NAMES][:MOST_WORDS])


def query() -> Query | None:
    """The search for the words of the address of this request; None where it has none, or asks for something itself.

    Files are asked for by pages, and as often as one likes: nothing is searched for them.
    """
    if request.path.startswith("/static/"):
        return None
    settings: Settings = current_app.extensions["izde"].settings
    text = "" if request.args.get("q") else words(request.path, settings.language_list)
    return fresh(settings, text[: settings.max_query_chars]) if text else None


def counting(text: str) -> Query:
    """The search for the number of hits of a text only; by date nothing is ranked, so it costs a part of a page's."""
    return Query(text, sort=Sort.NEWEST, facets=(), per_page=1, snippets=0)


def way_out(asked: Query | None) -> Link | None:
    """The hits of that search, if it has any; whatever goes wrong here, there is an error to tell of already."""
    if asked is None:
        return None
    room = current_app.extensions["izde"]
    service: SearchService = room.service
    language = locale.current(room.settings)
    try:
        total = service.search(counting(asked.text)).total
    except SearchError:
        return None
    count = formats.number(total, language)
    if not total:
        return None
    text = ngettext("%(shown)s нәтиже", "%(shown)s нәтиже", total, shown=count)
    wanted = gettext("«%(text)s» деп іздеу", text=asked.text)
    return Link(f"{wanted[:1].upper()}{wanted[1:]}: {text}", Addresses("", language, room.settings).page(asked))
