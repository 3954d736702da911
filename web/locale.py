"""The language of an answer: of a page from its path, of everything else from what the client accepts."""

from functools import lru_cache
from typing import Final

from flask import Flask, g, request
from flask_babel import Babel
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from search.settings import Settings

_LONGEST_KEPT: Final = 100


def install(app: Flask, settings: Settings) -> None:
    """Let Flask-Babel ask `current` for the language of each request."""
    Babel(app, default_locale=settings.language_list[0], locale_selector=lambda: current(settings))


def current(settings: Settings) -> str:
    """The language of this request: the one its page set, else the best that the client accepts."""
    if "locale" not in g:
        g.locale = accepted(settings)
    return str(g.locale)


def accepted(settings: Settings) -> str:
    """The best of the site's languages for this client; the site's default where it has no preference."""
    header = request.environ.get("HTTP_ACCEPT_LANGUAGE", "")
    return (_kept_best if len(header) <= _LONGEST_KEPT else _best)(header, settings.language_list)


def _best(header: str, languages: tuple[str, ...]) -> str:
    return parse_accept_header(header, LanguageAccept).best_match(languages, languages[0])


_kept_best = lru_cache(256)(_best)
"""Browsers send the same few headers."""


def use(locale: str) -> None:
    """Set the language of this request."""
    g.locale = locale
