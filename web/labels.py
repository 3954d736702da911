"""What fields and values are called in the reader's language. Sections, sources, authors are data: shown as stored."""

import re

from babel import Locale

from search.facets import FacetSpec
from search.model import Match, Scope, Sort
from search.query.days import days

from . import formats
from .translate import gettext

_MONTH = re.compile("(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])")
_CODES = frozenset(("lang", "script", "month"))
"""Facets whose values are codes."""
_OWN_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


def field(spec: FacetSpec) -> str:
    """The name of a facet; one of the site has that of the settings, or else its key."""
    match spec.name:
        case "category":
            return gettext("Айдар")
        case "source":
            return gettext("Дереккөз")
        case "author":
            return gettext("Автор")
        case "lang":
            return gettext("Тіл")
        case "script":
            return gettext("Жазу")
        case "year":
            return gettext("Жыл")
        case "month":
            return gettext("Ай")
    return spec.label or spec.name.replace("_", " ").capitalize()


def value(name: str, stored: str, locale: str) -> str:
    """The name of a value of the facet `name`."""
    if name in _CODES:
        match name, stored:
            case "lang", _:
                return str(Locale.parse(locale).languages.get(stored, stored))
            case "script", "Cyrl":
                return gettext("Кирилл жазуы")
            case "script", "Latn":
                return gettext("Латын жазуы")
            case "script", "Arab":
                return gettext("Төте жазу")
            case "month", _ if _MONTH.fullmatch(stored) and (month := days(stored)):
                return formats.period(month, locale)
    return stored if stored.strip() else gettext("(атаусыз)")


def parameter(name: str) -> str:
    """What the pages call a parameter."""
    match name:
        case "sort":
            return gettext("Реті")
        case "page":
            return gettext("Бет")
        case "per_page":
            return gettext("Бір бетте")
        case "match":
            return gettext("Сөз түрі")
        case "in":
            return gettext("Іздеу орны")
        case "date_from":
            return gettext("Басы")
        case "date_to":
            return gettext("Соңы")
    return name


def sort(order: Sort) -> str:
    """An order of hits."""
    match order:
        case Sort.RELEVANCE:
            return gettext("сәйкестігі")
        case Sort.NEWEST:
            return gettext("жаңасы")
        case Sort.OLDEST:
            return gettext("ескісі")


def scope(part: Scope) -> str:
    """The part of an article that is searched."""
    match part:
        case Scope.ALL:
            return gettext("тақырып пен мәтін")
        case Scope.TITLE:
            return gettext("тек тақырып")
        case Scope.BODY:
            return gettext("тек мәтін")


def match(how: Match) -> str:
    """The forms of a word that are searched."""
    match how:
        case Match.SMART:
            return gettext("сөздің барлық түрі")
        case Match.EXACT:
            return gettext("дәл осы түрі")
        case Match.FUZZY:
            return gettext("жазылуы ұқсас сөздер де")


def language(code: str) -> str:
    """A language of the site, in that language."""
    return _OWN_NAMES.get(code) or str(Locale.parse(code, sep="-").display_name).capitalize()
