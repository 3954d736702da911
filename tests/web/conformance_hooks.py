"""What schemathesis cannot know of the API: how parameters depend on each other, and which ids there are."""

import itertools
from typing import Any
from urllib.parse import quote

import schemathesis

from search.facets import FACETS
from tests.indexes import ARTICLES

WINDOW = 1000
_ids = itertools.cycle(quote(article.id, safe="") for article in ARTICLES)


@schemathesis.hook
def filter_case(context: Any, case: Any) -> bool:
    """Leave out wrong values of filters: whatever is not a list of texts becomes one on its way."""
    if case.meta is None or case.meta.generation.mode.is_positive:
        return True
    return not any(mutation.parameter in FACETS for mutation in case.meta.phase.data.mutations)


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Make a right request one that can be answered: wrong ones are sent as they are."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    query = case.query or {}
    if query.get("date_from") and query.get("date_to"):
        del query["date_to"]
    if query.get("cursor") not in (None, "", "*"):
        query["cursor"] = "*"
    if query.get("cursor"):
        for name in ("page", "sort"):
            query.pop(name, None)
    if _number(query, "page", 1) * _number(query, "per_page", 20) > WINDOW:
        del query["page"]
    if "article_id" in (case.path_parameters or {}):
        case.path_parameters["article_id"] = next(_ids)


def _number(query: dict[str, Any], name: str, default: int) -> int:
    return int(query.get(name) or default)
