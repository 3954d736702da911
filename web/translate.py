"""Sentences in the reader's language, from the catalogues that Flask-Babel keeps for the application.

They stand in Kazakh in code and templates, so Kazakh has no catalogue: the other languages do, in `translations/`.
Flask-Babel finds the catalogue of a request anew for each sentence; here it is asked once for each language.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.support import NullTranslations
from flask import Flask, g
from flask_babel import Babel, force_locale, get_translations
from markupsafe import Markup

from search.errors import SettingsError
from search.settings import Settings

from . import locale

_FOLDER: Final = Path(__file__).parent / "translations"
_NONE: Final = NullTranslations()


def install(app: Flask, settings: Settings) -> None:
    """Let Flask-Babel know the catalogues, the site's languages and its time zone.

    Raises:
        SettingsError: a language that is none.
    """
    _check(settings.language_list)
    app.config["BABEL_DEFAULT_TIMEZONE"] = settings.timezone
    Babel(
        app,
        configure_jinja=False,  # templates are given their own `_`, which is faster
        default_locale=settings.language_list[0],
        default_translation_directories=str(_FOLDER),
        locale_selector=lambda: Locale.parse(locale.current(settings), sep="-"),
    )


def _check(languages: tuple[str, ...]) -> None:
    if not languages:
        raise SettingsError("languages: at least one is needed, such as kk")
    for code in languages:
        try:
            Locale.parse(code, sep="-")
        except (UnknownLocaleError, ValueError):
            raise SettingsError(f"languages: {code!r} is no code of a language; codes look like kk or ru") from None


def gettext(sentence: str, **values: object) -> str:
    """The sentence in the language of the request, with these values in its places."""
    said = _current().gettext(sentence)
    return said % values if values else said


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """The form of the sentence for this number, in the language of the request."""
    return _current().ngettext(one, many, number) % values


@cache
def in_templates(language: str) -> Callable[..., Markup]:
    """What templates call `_`: `gettext` for one language, as HTML; values are escaped. Needs an application."""
    catalogue, known = _catalogue(language), dict[str, Markup]()

    def said(sentence: str, **values: object) -> Markup:
        found = known.get(sentence)
        if found is None:  # there are as many as in the templates
            found = known[sentence] = Markup(catalogue.gettext(sentence))  # noqa: S704  # ours
        return found % values if values else found

    return said


def _current() -> NullTranslations:
    """The catalogue of the request; outside of one, sentences stay as they are."""
    language = g.get("locale", "") if g else ""
    return _catalogue(language) if language else _NONE


@cache
def _catalogue(language: str) -> NullTranslations:
    with force_locale(Locale.parse(language, sep="-")):
        found: NullTranslations = get_translations()
    return found
