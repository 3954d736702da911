"""The language of an answer: of a page from its path, of everything else from what the client accepts."""

from functools import lru_cache
from typing import Final

from flask import Flask, g, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from search.settings import Settings

_LONGEST_KEPT: Final = 100


def install(app: Flask, settings: Settings) -> None:
    """Set the language of each request: the one that its path begins with, also where no page is at the end of it."""
    languages = frozenset(settings.language_list)

    def choose() -> None:
        first = request.path.removeprefix("/").partition("/")[0]
        use(first if first in languages else accepted(settings))

    app.before_request(choose)


def current(settings: Settings) -> str:
    """The language of this request: the one its page set, else the best that the client accepts."""
    return str(g.get("locale") or accepted(settings))


def accepted(settings: Settings) -> str:
    """The best of the site's languages for this client; the site's default where it has no preference."""
    header = request.environ.get("HTTP_ACCEPT_LANGUAGE", "")
    return (_kept_best if len(header) <= _LONGEST_KEPT else _best)(header, settings.language_list)


def use(locale: str) -> None:
    """Set the language of this request."""
    g.locale = locale


def _best(header: str, languages: tuple[str, ...]) -> str:
    return parse_accept_header(header, LanguageAccept).best_match(languages, languages[0])


_kept_best = lru_cache(256)(_best)
"""Browsers send the same few headers."""
