from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import web
from web import formats, labels

ROOM = Path(web.__file__).parent
LANGUAGES = ("ru", "en")

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
    kazakh = set("әғқңөұүһі")
    allowed = {"төте жазу", "ізде"}
    for message in catalogue(language):
        for text in _key(message.string) if message.id else ():
            left = text.lower()
            for word in allowed:
                left = left.replace(word, "")
            assert not kazakh & set(left), text
            assert language != "en" or left.isascii() or "“" in left, text


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
