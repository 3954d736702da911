"""Whoosh 2.7.4 as it comes: its own searcher, sorting, grouping and highlighting."""

import warnings
from pathlib import Path
from typing import Any

from ..corpus import Corpus
from ..queries import Ask
from .base import COMPLETIONS, DEEP, FACETS, SHOWN, SNIPPET, Answer

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import fields, highlight, index, query, sorting
    from whoosh.analysis import SpaceSeparatedTokenizer

_ANY = ("or", "facet", "question")


class WhooshSearcher:
    """An open index."""

    def __init__(self, folder: Path) -> None:
        self._searcher = index.open_dir(str(folder)).searcher()

    def ask(self, asked: Ask) -> Answer | None:
        """The answer to a query."""
        if asked.kind == "complete":
            return self._completed(asked.words[0])
        options: dict[str, Any] = {"limit": DEEP + SHOWN if asked.kind == "deep" else SHOWN}
        if asked.kind == "newest":
            options |= {"sortedby": sorting.FieldFacet("seconds", reverse=True)}
        if asked.kind in ("facet", "full"):
            options |= {"groupedby": list(FACETS), "maptype": sorting.Count}
        if asked.kind == "filter":
            days = query.NumericRange("day", asked.first, asked.last)
            options |= {"filter": query.And([query.Term("category", asked.category), days])}
        results = self._searcher.search(_tree(asked), **options)
        start = DEEP if asked.kind == "deep" else 0
        hits = [(hit, hit.fields()) for hit in results[start : start + SHOWN]]  # grouping leaves more than the limit
        marked = 0
        if asked.kind in ("snippets", "full"):
            results.fragmenter = highlight.ContextFragmenter(maxchars=SNIPPET)
            marked = sum("<b" in hit.highlights("body", top=1) for hit, _ in hits)
        facets = {}
        if asked.kind in ("facet", "full"):
            facets = {name: dict(results.groups(name)) for name in FACETS}
        return Answer(tuple(stored["id"] for _, stored in hits), len(results), facets, marked)

    def close(self) -> None:
        """Let go of the index."""
        self._searcher.close()

    def _completed(self, start: str) -> Answer:
        reader = self._searcher.reader
        words = reader.most_frequent_terms("body", COMPLETIONS, start)
        return Answer(tuple(word.decode() for _, word in words), -1, {})


def _tree(asked: Ask) -> Any:
    words = asked.words
    match asked.kind:
        case "phrase":
            return query.Phrase("body", list(words))
        case "prefix":
            return query.Prefix("body", words[0])
        case "typo" | "near":
            return query.FuzzyTerm("body", words[0], maxdist=1, prefixlength=0)
    terms = [query.Term("body", word) for word in words]
    if len(terms) == 1:
        return terms[0]
    return query.Or(terms) if asked.kind in _ANY else query.And(terms)


class WhooshPeer:
    """One process, one segment."""

    def build(self, folder: Path, corpus: Corpus) -> None:
        """Write the index."""
        schema = fields.Schema(
            id=fields.ID(stored=True, unique=True),
            title=fields.STORED,
            body=fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True, stored=True),
            **{name: fields.ID(stored=True, sortable=True) for name in FACETS},
            day=fields.NUMERIC(int, stored=True),
            seconds=fields.NUMERIC(int, bits=64, stored=True, sortable=True),
        )
        writer = index.create_in(str(folder), schema).writer(limitmb=256)
        for one in corpus:
            writer.add_document(
                id=one.id,
                title=one.title,
                body=one.text,
                category=one.category,
                source=one.source,
                year=one.year,
                day=one.day,
                seconds=one.seconds,
            )
        writer.commit()

    def more(self, folder: Path, corpus: Corpus) -> None:
        """Nothing is lacking."""

    def open(self, folder: Path) -> WhooshSearcher:
        """The index of a folder."""
        return WhooshSearcher(folder)


PEER = WhooshPeer()
