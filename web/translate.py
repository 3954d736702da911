"""Sentences in the reader's language. They stand in Kazakh in code and templates; `translations/` has the others."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from babel.support import NullTranslations, Translations
from flask import g
from markupsafe import Markup

_FOLDER: Final = str(Path(__file__).parent / "translations")


def gettext(sentence: str, **values: object) -> str:
    """The sentence in the language of the request, with these values in its places."""
    said = _current().gettext(sentence)
    return said % values if values else said


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """The form of the sentence for this number, in the language of the request."""
    return _current().ngettext(one, many, number) % values


@cache
def in_templates(language: str) -> Callable[..., Markup]:
    """What templates call `_`: `gettext` for one language, as HTML; values are escaped."""
    catalogue, known = _catalogue(language), dict[str, Markup]()

    def said(sentence: str, **values: object) -> Markup:
        found = known.get(sentence)
        if found is None:  # there are as many as in the templates
            found = known[sentence] = Markup(catalogue.gettext(sentence))  # noqa: S704  # ours
        return found % values if values else found

    return said


def _current() -> NullTranslations:
    """The catalogue of the request; outside of one, sentences stay as they are."""
    return _catalogue(g.get("locale", "") if g else "")


@cache
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(_FOLDER, [language])
