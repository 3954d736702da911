"""The pages beside the search: help, the advanced search, the API for those who write programs, privacy."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from search.settings import Settings

from . import advanced, api_page, help_page, locale, privacy
from .api import PREFIX, Room
from .caching import cached
from .frame import asked_box, render


def blueprint(settings: Settings) -> Blueprint:
    """`/LANGUAGE/help`, `advanced`, `api`, `privacy`; `/api/v1/docs` leads to the one in the reader's language."""
    guides = Blueprint("guides", __name__)
    codes = ",".join(f'"{code}"' for code in settings.language_list)
    language = f"/<any({codes}):language>"
    guides.add_url_rule(f"{language}/help", "help", _help)
    guides.add_url_rule(f"{language}/advanced", "advanced", advanced.page)
    guides.add_url_rule(f"{language}/api", "api", api_page.page)
    guides.add_url_rule(f"{language}/privacy", "privacy", _privacy)
    guides.add_url_rule(f"{PREFIX}/docs", "docs", _docs)
    return guides


def _help(language: str) -> AnyResponse:
    return _still(render("help.html", help=help_page.texts(language, Room.current().root)), Room.current().root)


def _privacy(language: str) -> AnyResponse:
    room = Room.current()
    paragraphs = room.site.privacy.get(language) or privacy.text(room.settings)
    return _still(render("privacy.html", paragraphs=paragraphs), *paragraphs)


def _docs() -> AnyResponse:
    response = redirect(f"/{locale.accepted(Room.current().settings)}/api", 302)
    response.headers["Vary"] = "Accept-Language"
    return response


def _still(page: Response, *own: str) -> AnyResponse:
    """A page that changes with the face only, with the text in its box, and with texts of its own."""
    settings = Room.current().settings
    box = asked_box(settings)
    parts = (request.path, box, *own)
    return cached(page, parts, settings)
