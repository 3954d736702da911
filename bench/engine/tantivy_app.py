"""A small Flask app over Tantivy, as one would write it: `gunicorn bench.engine.tantivy_app:app`, TANTIVY_INDEX=FOLDER.

/search?q=…: stems with spaces between, all of which must be there; ten hits with a snippet each, three facets.
"""

import os
from pathlib import Path
from typing import Any

import tantivy
from flask import Flask, jsonify, request
from tantivy import Occur, Query, SnippetGenerator
from werkzeug.wrappers import Response

from .peers.base import FACETS, SHOWN, SNIPPET
from .peers.tantivy import AGGREGATIONS, register

app = Flask(__name__)
_index = tantivy.Index.open(str(Path(os.environ["TANTIVY_INDEX"])))
register(_index)


@app.get("/search")
def search() -> Response:
    """The page of hits."""
    schema, searcher = _index.schema, _index.searcher()
    words = request.args.get("q", "").split()
    tree = Query.boolean_query([(Occur.Must, Query.term_query(schema, "body", word, "freq")) for word in words])
    result = searcher.search(tree, SHOWN)
    generator = SnippetGenerator.create(searcher, tree, schema, "body")
    generator.set_max_num_chars(SNIPPET)
    hits = [_hit(searcher.doc(address), score, generator) for score, address in result.hits]
    counted = searcher.aggregate(tree, AGGREGATIONS)
    facets = {
        name: [{"value": row["key"], "count": row["doc_count"]} for row in counted[name]["buckets"]] for name in FACETS
    }
    return jsonify(total=result.count, hits=hits, facets=facets)


def _hit(document: tantivy.Document, score: float, generator: SnippetGenerator) -> dict[str, Any]:
    names = ("id", "title", *FACETS, "seconds")
    snippet = generator.snippet_from_doc(document).to_html()
    return {**{name: document.get_first(name) for name in names}, "score": score, "snippet": snippet}
