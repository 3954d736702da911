"""Tantivy: one text field split at spaces, facets by its aggregations over fast fields."""

from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query, SnippetGenerator

from ..corpus import Corpus
from ..queries import Ask
from .base import COMPLETIONS, DEEP, FACETS, SHOWN, SNIPPET, Answer, Facets

_HEAP = 256_000_000
AGGREGATIONS = {name: {"terms": {"field": name, "size": 100}} for name in FACETS}


def _schema() -> tantivy.Schema:
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("title", stored=True, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("body", stored=True, tokenizer_name="spaces", index_option="position")
    for name in FACETS:
        schema.add_text_field(name, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    schema.add_integer_field("day", stored=True, indexed=True, fast=True)
    schema.add_integer_field("seconds", stored=True, fast=True)
    return schema.build()


def register(index: tantivy.Index) -> None:
    """Name the tokenizer of the text field, which an index does not keep."""
    index.register_tokenizer("spaces", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


class TantivySearcher:
    """An open index."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        register(index)
        self._schema = index.schema
        self._searcher = index.searcher()

    def ask(self, query: Ask) -> Answer | None:
        """The answer to a query."""
        if query.kind == "complete":
            found = self._searcher.terms_with_prefix("body", query.words[0], limit=COMPLETIONS)
            return Answer(tuple(word for word, _ in found), -1, {})
        tree = self._tree(query)
        if query.kind == "newest":
            result = self._searcher.search(tree, SHOWN, order_by_field="seconds")
        else:
            result = self._searcher.search(tree, SHOWN, offset=DEEP if query.kind == "deep" else 0)
        documents = [self._searcher.doc(address) for _, address in result.hits]
        marked = self._marked(tree, documents) if query.kind in ("snippets", "full") else 0
        ids = tuple(str(self._stored(document)[0]) for document in documents)
        return Answer(
            ids,
            int(result.count),
            self._counted(tree) if query.kind in ("facet", "full") else {},
            marked,
        )

    def close(self) -> None:
        """Let go of the index."""

    def _stored(self, document: tantivy.Document) -> list[Any]:
        return [document.get_first(name) for name in ("id", "title", "body", *FACETS, "seconds")]

    def _marked(self, tree: Query, documents: list[tantivy.Document]) -> int:
        generator = SnippetGenerator.create(self._searcher, tree, self._schema, "body")
        generator.set_max_num_chars(SNIPPET)
        return sum(bool(generator.snippet_from_doc(document).highlighted()) for document in documents)

    def _counted(self, tree: Query) -> Facets:
        found = self._searcher.aggregate(tree, AGGREGATIONS)
        return {name: {row["key"]: row["doc_count"] for row in found[name]["buckets"]} for name in FACETS}

    def _tree(self, query: Ask) -> Query:
        schema, words = self._schema, query.words
        match query.kind:
            case "phrase":
                return Query.phrase_query(schema, "body", list(words))
            case "prefix":
                return Query.regex_query(schema, "body", f"{words[0]}.*")
            case "typo" | "near":
                return Query.fuzzy_term_query(schema, "body", words[0], distance=1, transposition_cost_one=True)
        terms = [Query.term_query(schema, "body", word, index_option="freq") for word in words]
        if len(terms) == 1:
            return terms[0]
        how = Occur.Should if query.kind in ("or", "facet", "question") else Occur.Must
        parts = [(how, term) for term in terms]
        if query.kind == "filter":
            category = Query.term_query(schema, "category", query.category, index_option="basic")
            days = Query.range_query(schema, "day", FieldType.Integer, query.first, query.last)
            parts += [(Occur.Must, Query.const_score_query(one, 0.0)) for one in (category, days)]
        return Query.boolean_query(parts)


class TantivyPeer:
    """Builds with one thread, into as many segments as its merges leave."""

    def build(self, folder: Path, corpus: Corpus) -> None:
        """Write the index."""
        index = tantivy.Index(_schema(), str(folder))
        register(index)
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        for article in corpus:
            writer.add_document(
                tantivy.Document(
                    id=article.id,
                    title=article.title,
                    body=article.text,
                    category=article.category,
                    source=article.source,
                    year=article.year,
                    day=article.day,
                    seconds=article.seconds,
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def more(self, folder: Path, corpus: Corpus) -> None:
        """Nothing is lacking."""

    def open(self, folder: Path) -> TantivySearcher:
        """The index of a folder."""
        return TantivySearcher(folder)


PEER = TantivyPeer()
