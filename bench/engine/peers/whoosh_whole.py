"""Whoosh 2.7.4 with what Izde puts into an index: both fields by our analysis, the stored article, the facets.

It is built only, from the same articles as `izde reindex`: how fast the one and the other index an archive.
"""

import json
import warnings
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from search.kazakh import Analyzer, Terms, detect

from ..corpus import Corpus
from .base import FACETS, Searcher

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import fields, index
    from whoosh.analysis import Token, Tokenizer

_MEMORY_MB = 256


class Last:
    """The terms of the last text, so that both fields take one analysis."""

    def __init__(self) -> None:
        self._analyzer = Analyzer()
        self._text = ""
        self.lang = ""
        self._terms = self._analyzer.terms("", "")

    def terms(self, text: str) -> Terms:
        """The terms of a text in `lang`."""
        if text is not self._text:
            self._text, self._terms = text, self._analyzer.terms(text, self.lang)
        return self._terms


class Ours(Tokenizer):  # type: ignore[misc]
    """The stems, or the exact forms, of a text."""

    def __init__(self, last: Last, column: str) -> None:
        self._last, self._column = last, column

    def __getstate__(self) -> str:
        return self._column

    def __call__(self, value: str, positions: bool = False, **_: Any) -> Iterator[Token]:
        """One token after another; several stems of a word stand at one position."""
        token = Token(positions, removestops=True)
        token.stopped, token.boost = False, 1.0
        for position, held in enumerate(getattr(self._last.terms(value), self._column)):
            token.pos = position
            for text in (held,) if isinstance(held, str) else held:
                token.text = text
                yield token


class WholeWhooshPeer:
    """One process, one segment."""

    def build(self, folder: Path, corpus: Corpus) -> None:
        """Write the index."""
        last = Last()
        schema = fields.Schema(
            id=fields.ID(unique=True),
            stem=fields.TEXT(analyzer=Ours(last, "stems"), phrase=True),
            exact=fields.TEXT(analyzer=Ours(last, "exacts"), phrase=True),
            article=fields.STORED,
            **{name: fields.ID(sortable=True) for name in (*FACETS, "author", "lang", "script", "month")},
            seconds=fields.NUMERIC(int, bits=64, sortable=True),
        )
        writer = index.create_in(str(folder), schema).writer(limitmb=_MEMORY_MB)
        for file in corpus.files:
            with file.open(encoding="utf-8") as lines:
                for line in lines:
                    writer.add_document(**_document(last, json.loads(line)))
        writer.commit()

    def more(self, folder: Path, corpus: Corpus) -> None:
        """Nothing is lacking."""

    def open(self, folder: Path) -> Searcher:
        """It is not asked."""
        raise NotImplementedError


def _document(last: Last, record: dict[str, Any]) -> dict[str, Any]:
    found = detect(f"{record['title']}\n{record['body'][:2000]}")
    text = f"{record['title']}\n\n{record['body']}"
    last.lang = found.lang
    moment = datetime.fromisoformat(record["published"])
    return {
        "id": record["id"],
        "stem": text,
        "exact": text,
        "article": record,
        "category": record.get("category", ""),
        "source": record.get("source", ""),
        "author": record.get("author", ""),
        "lang": found.lang,
        "script": found.script,
        "year": f"{moment.year:04d}",
        "month": f"{moment:%Y-%m}",
        "seconds": int(moment.timestamp()),
    }


PEER = WholeWhooshPeer()
