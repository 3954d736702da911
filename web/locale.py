"""The language of an answer: of a page from its path, of everything else from what the client accepts."""

from flask import Flask, g, request
from flask_babel import Babel

from search.settings import Settings


def install(app: Flask, settings: Settings) -> None:
    """Let Flask-Babel ask `current` for the language of each request."""
    Babel(app, default_locale=settings.language_list[0], locale_selector=lambda: current(settings))


def current(settings: Settings) -> str:
    """The language of this request: the one its page set, else the best that the client accepts."""
    return str(g.get("locale") or accepted(settings))


def accepted(settings: Settings) -> str:
    """The best of the site's languages for this client; the site's default where it has no preference."""
    return request.accept_languages.best_match(settings.language_list, settings.language_list[0])


def use(locale: str) -> None:
    """Set the language of this request."""
    g.locale = locale
