"""What stands around every page: name, languages, the search box. And the way from a template to a response."""

import hashlib
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from flask import Response, current_app, render_template, request

import search
from search.model import Query
from search.settings import Settings

from . import labels, locale, translate
from .addresses import Addresses, quoted
from .brand import Brand
from .links import address, fresh, parameters, query_string

_ROOMS = (Path(__file__).parent, Path(search.__file__).parent)
_GROWING = ("pages.home", "pages.search")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\U0001fffe-\U0001ffff]")
"""Characters that HTML forbids; no text of an article or a query brings them into a page."""
_ORDINARY = bytes(byte for byte in range(0xF0) if byte in b"\t\n\f\r" or (byte >= 0x20 and byte not in (0x7F, 0xEF)))
"""Bytes of UTF-8 that no such character has, but for 0xC2 of `_CONTROL`; emoji and rare letters have others, too."""
_CONTROL = re.compile(b"\xc2[\x80-\x9f]")
_LINE_END = re.compile(r"[\r\n\f]+")


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site, and this page in it."""

    code: str
    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Box:
    """The search box: where it asks, the text in it, and what it sends along."""

    action: str
    text: str
    hidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """The surroundings of a page; `version` changes with every change of the face.

    feed: the address of what the page lists as a feed, empty where it lists nothing that grows.
    """

    lang: str
    home: str
    everything: str
    languages: tuple[Language, ...]
    box: Box
    version: str
    brand: Brand
    feed: str


def render(template: str, status: int = 200, query: Query | None = None, **values: object) -> Response:
    """A page of this template inside its frame; `query` is what its box and its language links go on with."""
    settings: Settings = current_app.extensions["izde"].settings
    language = locale.current(settings)
    values |= {"frame": _frame(query, language, settings), "_": translate.in_templates(language)}
    text = render_template(template, status=status, **values)
    return Response(encoded(text), status, mimetype="text/html")


def encoded(text: str) -> bytes:
    """The text in UTF-8, without what HTML forbids; the first look is at bytes, which is ten times as fast."""
    data = text.encode()
    if data.translate(None, _ORDINARY) or _CONTROL.search(data):
        return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text).encode()
    return data


def in_a_field(text: str) -> str:
    """The text as a field of one line can hold it; a browser would join the words at the end of a line."""
    return _LINE_END.sub(" ", text.strip("\r\n\f"))


def fingerprint(settings: Settings) -> str:
    """A short hash of all that makes an answer but the index: code, templates, styles, translations and settings."""
    return hashlib.blake2b(repr(settings).encode() + hash_of(*_ROOMS), digest_size=6).hexdigest()


@cache
def hash_of(*rooms: Path) -> bytes:
    """The hash of the files in these folders as they are when first asked for, but for what Python makes of them."""
    digest = hashlib.blake2b()
    for room in rooms:
        for path in sorted(room.rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                digest.update(str(path.relative_to(room)).encode() + path.read_bytes())
    return digest.digest()


def asked_box(settings: Settings) -> str:
    """What the box of a page shows that is no search of its own: a page that is kept depends on it."""
    return query_string(_asked(settings), settings)


def _asked(settings: Settings) -> Query:
    return fresh(settings, request.args.get("q", ""))


def hidden(query: Query, settings: Settings, *without: str) -> tuple[tuple[str, str], ...]:
    """The query as the hidden fields of a form that asks anew, but for the fields that the form has itself."""
    pairs = parameters(replace(query, page=1), settings)
    return tuple((name, value) for name, value in pairs if name not in without)


def _frame(query: Query | None, current: str, settings: Settings) -> Frame:
    query = query or _asked(settings)
    asked = query_string(query, settings)
    addresses = Addresses("", current, settings)
    return Frame(
        lang=current,
        home=f"/{current}/",
        everything=addresses.page(fresh(settings)),
        languages=tuple(_language(code, current, asked, settings) for code in settings.language_list),
        box=Box(f"/{current}/search", in_a_field(query.text), hidden(query, settings, "q", "correct")),
        version=current_app.extensions["izde.face"],
        brand=current_app.extensions["izde.brand"],
        feed=addresses.feed(query) if request.endpoint in _GROWING else "",
    )


def _language(code: str, current: str, asked: str, settings: Settings) -> Language:
    """The page that is asked for, in this language; outside the languages, the way home."""
    first, _, rest = request.path.removeprefix("/").partition("/")
    path = f"/{code}/{quoted(rest)}" if first in settings.language_list else f"/{code}/"
    return Language(code, labels.language(code), address(path, asked), code == current)
