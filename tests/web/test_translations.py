import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import flask_babel
import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask

import web
from search.errors import SettingsError
from search.model import DateRange
from web import formats, labels, locale
from web.translate import gettext, ngettext

ROOM = Path(web.__file__).parent
LANGUAGES = ("ru", "en")
KAZAKH = frozenset("әғқңөұүһі")
MARKUP = ("width=device-width, initial-scale=1", "light dark", "noindex", "CORS", "GET", "Esc", "Аа")
"""What stands in templates and is the same in every language, or for programs."""

Key = tuple[str, ...]


def catalogue(language: str) -> Catalog:
    with (ROOM / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.fixture(scope="module")
def in_code() -> set[Key]:
    """The sentences of the code and the templates, as `make translations` gathers them."""
    with (ROOM / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)
    return {_key(message) for _, _, message, _, _ in extract_from_dir(ROOM, methods, options)}


def _key(message: object) -> Key:
    return tuple(str(part) for part in message) if isinstance(message, tuple) else (str(message),)


def test_there_are_sentences(in_code: set[Key]) -> None:
    assert ("Не іздейсіз?",) in in_code
    assert ("%(shown)s нәтиже", "%(shown)s нәтиже") in in_code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(in_code: set[Key], language: str) -> None:
    """If this fails run `make translations`, then translate what is empty and run it again."""
    found = {_key(message.id): message for message in catalogue(language) if message.id}
    assert set(found) == in_code
    assert not [key for key, message in found.items() if not all(_key(message.string)) or message.fuzzy]


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_fill_the_same_places(language: str) -> None:
    problems = [str(error) for message, errors in catalogue(language).check() for error in errors]
    assert not problems


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogues_are_those_of_the_text(language: str) -> None:
    out = BytesIO()
    write_mo(out, catalogue(language))
    assert (ROOM / "translations" / language / "LC_MESSAGES" / "messages.mo").read_bytes() == out.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_are_in_their_language(language: str) -> None:
    """Examples are no part of a sentence: they fill its places, so that they are the same in every language."""
    for message in catalogue(language):
        for text in _key(message.string) if message.id else ():
            left = re.sub("төте жазу|ізде|töte jazu", "", text.lower())
            assert not KAZAKH & set(left), text
            assert language != "en" or not re.search("[а-яё]", left), text


def test_sentences_of_the_code_are_kazakh(in_code: set[Key]) -> None:
    """Kazakh has no catalogue, so every sentence is one; а word may do without a letter that only Kazakh has."""
    for one in {part for key in in_code for part in key}:
        left = re.sub(r"%\(\w+\)s", "", one)
        assert re.search("[а-яёәғқңөұүһі]", left.lower()), one
        assert len(left.split()) < 4 or KAZAKH & set(left.lower()), one


@pytest.mark.parametrize("language", ["kk", *LANGUAGES])
def test_quotation_marks_and_dashes_are_those_of_the_language(in_code: set[Key], language: str) -> None:
    texts = (
        [part for key in in_code for part in key]
        if language == "kk"
        else [text for message in catalogue(language) if message.id for text in _key(message.string)]
    )
    for text in texts:
        assert '"' not in text.replace('"…"', ""), text
        assert not set("„‟") & set(text), text
        assert (set("«»") if language == "en" else set("“”")).isdisjoint(text), text
        assert " - " not in text, text
        assert "..." not in text, text


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("kk", ["1 мақала", "2 мақала", "5 мақала", "21 мақала"]),
        ("ru", ["1 статья", "2 статьи", "5 статей", "21 статья"]),
        ("en", ["1 article", "2 articles", "5 articles", "21 articles"]),
    ],
)
def test_plural_forms(app: Flask, language: str, forms: list[str]) -> None:
    with app.test_request_context():
        locale.use(language)
        said = [ngettext("%(shown)s мақала", "%(shown)s мақала", n, shown=n) for n in (1, 2, 5, 21)]
    assert said == forms


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_agree_with_cldr(language: str) -> None:
    rules = Locale.parse(language).plural_form
    ours = Translations.load(ROOM / "translations", [language]).plural
    tags = {ours(n): rules(n) for n in range(10_000)}
    assert all(tags[ours(n)] == rules(n) for n in range(10_000))
    assert len(set(tags.values())) == len(tags) == catalogue(language).num_plurals


def test_sentences_are_those_of_flask_babel(app: Flask) -> None:
    for language in ("kk", *LANGUAGES):
        with app.test_request_context(f"/{language}/"):
            app.preprocess_request()
            assert str(flask_babel.get_locale()) == language
            assert gettext("Мұндай бет жоқ.") == flask_babel.gettext("Мұндай бет жоқ.")
            assert str(flask_babel.get_timezone()) == "Asia/Almaty"
    assert gettext("Мұндай бет жоқ.") == "Мұндай бет жоқ."  # outside of a request


def test_templates_have_no_sentence_of_their_own() -> None:
    """What a reader is shown is asked of the catalogue, attributes too; signs and names of the language aside."""
    for path in sorted((ROOM / "templates").glob("**/*.*")):
        source = re.sub(
            r"\{#.*?#\}|\{% block kind %\}.*?\{% endblock %\}|\{%.*?%\}|\{\{.*?\}\}",
            "",
            path.read_text("utf-8"),
            flags=re.S,
        )
        shown = re.sub(r"<(script|style)\b.*?</\1>|<code\b.*?</code>|<!doctype html>|&[a-z]+;", "", source, flags=re.S)
        texts = re.sub(r"""<[^>]*>|[\w-]+="[^"]*\"""", "\n", shown).split("\n")  # attributes that a macro gives
        texts += re.findall(
            r"""\b(?:alt|title|placeholder|label|aria-label|aria-description|content|data-\w*text)="([^"]*)\"""", shown
        )
        left = [text.strip() for text in texts if re.search(r"[^\W\d_]{2}", text)]
        assert not [text for text in left if text not in MARKUP and not set(text) <= KAZAKH], f"{path.name}: {left}"


def test_scripts_have_no_sentence_of_their_own() -> None:
    """They are told what to say by `data-` attributes of the page; that for pages of others cannot be."""
    for path in sorted({*(ROOM / "static").glob("**/*.js")} - {ROOM / "static" / "embed.js"}):
        code = re.sub(r"/\*.*?\*/|(?m:^\s*//.*$)", "", path.read_text("utf-8"), flags=re.S)
        assert not re.findall(r"[\"'`][^\"'`\n]*[а-яәғқңөұүһі]{2}[^\"'`\n]*[\"'`]", code.lower()), path.name


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/ru/search?q=жиын&in=title", "0 результатов"),
        ("/ru/search?q=театр&source=Ел үні&year=2019&year=2015", None),
        ("/ru/search?author=Әсел Қуанышева", None),
    ],
)
def test_russian_numbers(pages: object, path: str, words: str | None) -> None:
    [heading] = pages.get(path).texts(".//h1")  # type: ignore[attr-defined]
    number, noun = heading.split()
    last = int(number) % 100
    one, few = last % 10 == 1 and last != 11, last % 10 in (2, 3, 4) and last not in (12, 13, 14)
    assert noun == ("результат" if one else "результата" if few else "результатов")
    assert words is None or heading == words


def test_names_of_languages() -> None:
    assert [labels.language(code) for code in ("kk", "ru", "en", "tr")] == ["Қазақша", "Русский", "English", "Türkçe"]


def test_numbers() -> None:
    assert formats.number(1234567, "kk") == formats.number(1234567, "ru") == "1\xa0234\xa0567"
    assert formats.number(1234567, "en") == "1,234,567"


def test_dates_in_kazakh() -> None:
    """The date of an article, and dates in sentences; CLDR has neither (`2026 ж. 26 қараша`)."""
    one = date(2026, 11, 26)
    assert formats.day(one, "kk") == "26\xa0қараша 2026"
    assert formats.period(DateRange(one, None), "kk") == "2026 жылғы 26\xa0қараша күнінен бастап"
    assert formats.period(DateRange(None, one), "kk") == "2026 жылғы 26\xa0қараша күніне дейін"
    assert formats.period(DateRange(date(2026, 11, 1), date(2026, 11, 30)), "kk") == "2026 жылғы қараша"
    assert formats.period(DateRange(date(2026, 11, 1), date(2026, 11, 30)), "ru") == "ноябрь 2026"
    assert formats.day(one, "ru") == "26\xa0ноября 2026"


@pytest.mark.parametrize("languages", ["", "kk,xx", "kazakh", "kk,k!"])
def test_a_language_that_is_none_is_refused(app_with: Callable[..., Flask], languages: str) -> None:
    with pytest.raises(SettingsError, match=r"^languages: "):
        app_with(languages=languages)
