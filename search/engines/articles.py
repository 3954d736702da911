"""The stored article: JSON, from which every field comes back, the moment with its own offset."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from ..model import Article


class _Record(msgspec.Struct, frozen=True, omit_defaults=True):
    id: str
    title: str
    body: str
    url: str = ""
    published: str = ""
    category: str = ""
    source: str = ""
    author: str = ""
    lang: str = ""
    script: str = ""
    extra: Mapping[str, Any] = {}


def encode(article: Article) -> bytes:
    """The article as JSON in UTF-8.

    Raises:
        ValueError: a text is not valid Unicode, or `extra` holds what JSON cannot.
    """
    values = {name: getattr(article, name) for name in _Record.__struct_fields__}
    values["published"] = article.published.isoformat() if article.published else ""
    values["extra"] = dict(article.extra)
    try:
        return msgspec.json.encode(_Record(**values))
    except (TypeError, msgspec.MsgspecError) as error:
        raise ValueError(f"article {article.id!r} cannot be stored: {error}") from error


def decode(data: bytes) -> Article:
    """The inverse of `encode`. Raises ValueError for anything else."""
    record = msgspec.json.decode(data, type=_Record)
    values = {name: getattr(record, name) for name in _Record.__struct_fields__}
    values["published"] = datetime.fromisoformat(record.published) if record.published else None
    return Article(**values)
