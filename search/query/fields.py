"""The names of fields in a query: in Kazakh, Russian and English, in any case, also without the Kazakh letters."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

TITLE: Final = "title"
BODY: Final = "body"
DATE: Final = "date"

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    TITLE: ("тақырып", "заголовок", "title"),
    BODY: ("мәтін", "текст", "body"),
    "author": ("автор", "author"),
    "category": ("айдар", "санат", "рубрика", "category"),
    "source": ("дереккөз", "источник", "source"),
    "lang": ("тіл", "язык", "lang"),
    "script": ("жазу", "script"),
    DATE: ("күні", "дата", "date", "жыл", "год", "year", "ай", "месяц", "month"),
}
"""Years and months are asked as dates: `жыл:2018` is `күні:2018`."""

# With the letters of other alphabets that stand in for them.
_WITHOUT_KAZAKH_LETTERS: Final = str.maketrans("әəғқңөɵұүһіi", "аагкнооуухии")


@lru_cache(maxsize=8)
def field_names(extra: tuple[str, ...] = ()) -> Mapping[str, str]:
    """Folded name → field; `extra` are names of further facets."""
    names = {_fold(name): name for name in extra}
    return names | {_fold(name): field for field, known in _NAMES.items() for name in known}


def field_of(typed: str, names: Mapping[str, str]) -> str | None:
    """The field with this name; None if there is none."""
    return names.get(_fold(typed))


def _fold(name: str) -> str:
    return name.lower().translate(_WITHOUT_KAZAKH_LETTERS)
