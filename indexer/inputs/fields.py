"""Which key of a record stands for which field of an article."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final
from unicodedata import normalize

from indexer.tables import rows

ARTICLE_FIELDS: Final = ("id", "title", "body", "url", "published", "category", "source", "author", "lang")

_ALIASES: Final = {row["name"]: (rank, row["field"]) for rank, row in enumerate(rows("fields"))}
_SPACES: Final = str.maketrans("_-.", "   ")


def field_of(key: str) -> str:
    """The article's field that a key or a column name stands for, or empty.

    >>> field_of("Тақырыбы"), field_of("published_at"), field_of("views")
    ('title', 'published', '')
    """
    return _alias(key)[1]


def mapped(record: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """The record under the article's field names; keys that stand for none keep theirs.

    given: the field map of the input, which comes before every other name of a field. Of several names of one field
    the first that holds something counts; the others keep their keys.
    """
    ranked = sorted(((*_rank(key, given), key) for key in record), key=lambda item: item[0])
    out: dict[str, Any] = {}
    for _, field, key in ranked:
        if field and _empty(out.get(field)):
            out[field] = record[key]
        elif not field or not _empty(record[key]):
            out[_free(key, out)] = record[key]
    return out


def _rank(key: str, given: Mapping[str, str]) -> tuple[int, str]:
    return (-1, given[key]) if key in given else _alias(key)


@lru_cache(4096)
def _alias(key: str) -> tuple[int, str]:
    tidy = " ".join(normalize("NFC", key[:100]).translate(_SPACES).split()).casefold()
    return _ALIASES.get(tidy, (len(_ALIASES), ""))


def _empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _free(key: str, taken: Mapping[str, Any]) -> str:
    """The key, or where it is the name of a field that another key fills, the key with a mark."""
    return key if key not in ARTICLE_FIELDS and key not in taken else f"{key} (2)"
