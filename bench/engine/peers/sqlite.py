"""SQLite FTS5, from Python's own module: a table of articles and an index of their text beside it."""

import sqlite3
from pathlib import Path
from typing import Any

from ..corpus import Corpus
from ..queries import Ask
from .base import COMPLETIONS, DEEP, FACETS, SHOWN, Answer, Facets

_SCHEMA = """
CREATE TABLE docs(
    rowid INTEGER PRIMARY KEY, id TEXT, title TEXT, category TEXT, source TEXT, year TEXT,
    day INT, seconds INT, body TEXT
);
CREATE VIRTUAL TABLE words USING fts5(
    body, content='docs', content_rowid='rowid', tokenize='unicode61 remove_diacritics 0', prefix='3 4'
);
CREATE VIRTUAL TABLE terms USING fts5vocab(words, 'row');
"""
_COLUMNS = "docs.id, docs.title, docs.body, docs.category, docs.source, docs.year, docs.seconds"
_SNIPPET = "snippet(words, 0, '[', ']', '…', 24)"


class SqliteSearcher:
    """An open database."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(f"file:{folder / 'index.db'}?mode=ro", uri=True)
        self._db.execute("PRAGMA mmap_size = 4000000000")

    def ask(self, query: Ask) -> Answer | None:
        """The answer to a query; typos it cannot read."""
        if query.kind in ("typo", "near"):
            return None
        if query.kind == "complete":
            return self._completed(query.words[0])
        match = self._match(query)
        where, values = "words MATCH ?", list[Any]([match])
        if query.kind == "filter":
            where += " AND category = ? AND day BETWEEN ? AND ?"
            values += [query.category, query.first, query.last]
        order = "docs.seconds DESC, docs.id" if query.kind == "newest" else "words.rank"
        shown = _COLUMNS + (f", {_SNIPPET}" if query.kind in ("snippets", "full") else "")
        tables = "words JOIN docs ON docs.rowid = words.rowid"
        limit = f"LIMIT {SHOWN} OFFSET {DEEP if query.kind == 'deep' else 0}"
        rows = self._all(f"SELECT {shown} FROM {tables} WHERE {where} ORDER BY {order} {limit}", values)
        counted = tables if query.kind == "filter" else "words"
        ((total,),) = self._all(f"SELECT count(*) FROM {counted} WHERE {where}", values)
        facets = self._counted(tables, where, values) if query.kind in ("facet", "full") else {}
        marked = sum("[" in row[-1] for row in rows) if query.kind in ("snippets", "full") else 0
        return Answer(tuple(row[0] for row in rows), total, facets, marked)

    def close(self) -> None:
        """Let go of the index."""
        self._db.close()

    def _counted(self, tables: str, where: str, values: list[Any]) -> Facets:
        select = f"FROM {tables} WHERE {where} GROUP BY"
        return {name: dict(self._all(f"SELECT {name}, count(*) {select} {name}", values)) for name in FACETS}

    def _completed(self, start: str) -> Answer:
        rows = self._all(
            "SELECT term FROM terms WHERE term >= ? AND term < ? ORDER BY doc DESC LIMIT ?",
            [start, start + "\U0010ffff", COMPLETIONS],
        )
        return Answer(tuple(row[0] for row in rows), -1, {})

    def _match(self, query: Ask) -> str:
        if query.kind == "phrase":
            return f'"{" ".join(query.words)}"'
        if query.kind == "prefix":
            return f'"{query.words[0]}" *'
        how = " OR " if query.kind in ("or", "facet", "question") else " AND "
        return how.join(f'"{word}"' for word in query.words)

    def _all(self, statement: str, values: list[Any]) -> list[Any]:
        return self._db.execute(statement, values).fetchall()


class SqlitePeer:
    """One transaction, then `optimize`."""

    def build(self, folder: Path, corpus: Corpus) -> None:
        """Write the database."""
        with sqlite3.connect(folder / "index.db") as db:
            db.execute("PRAGMA journal_mode = OFF")
            db.execute("PRAGMA synchronous = OFF")
            db.execute("PRAGMA cache_size = -256000")
            db.executescript(_SCHEMA)
            for number, a in enumerate(corpus, 1):
                row = (number, a.id, a.title, a.category, a.source, a.year, a.day, a.seconds, a.text)
                db.execute("INSERT INTO docs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
                db.execute("INSERT INTO words(rowid, body) VALUES (?, ?)", (number, a.text))
            db.execute("INSERT INTO words(words) VALUES ('optimize')")
        db.close()

    def more(self, folder: Path, corpus: Corpus) -> None:
        """Nothing is lacking."""

    def open(self, folder: Path) -> SqliteSearcher:
        """The database of a folder."""
        return SqliteSearcher(folder)


PEER = SqlitePeer()
