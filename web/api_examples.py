"""Examples of the API for its page: requests, and what this very archive answers to them."""

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from search.model import Query
from search.service import SearchService

from . import analysis, answers, completions, counted, params, tables
from .addresses import Addresses, quoted
from .params import Highlight

WORD: Final = "мектеп"
LONGEST: Final = 300
"""Characters of a text, and items of a list, that an example shows; more are cut, and end with `…`."""
MOST_ITEMS: Final = 3
FIRST_LINES: Final = 3

_SEARCH: Final = {"q": WORD, "per_page": "1", "snippets": "1", "facets": "category", "facet_limit": "2"}


@dataclass(frozen=True, slots=True)
class Example:
    """A request and its answer. path: under the address of the site, without its query."""

    path: str
    given: Mapping[str, str]
    answer: str


def examples(service: SearchService, addresses: Addresses, prefix: str) -> dict[str, Example]:
    """An example for every end that this archive has something for, by the name of the end."""
    newest = service.search(Query(per_page=1, facets=(), snippets=0)).hits
    out = {}
    if newest:
        article_id = newest[0].article.id
        path = quoted(article_id)
        view, alike = service.article(article_id), service.similar(article_id, 1)
        out["article"] = Example(f"{prefix}/articles/{path}", {}, _json(answers.article_answer(view, addresses)))
        said = answers.similar_answer(alike, article_id, 1, addresses)
        out["similar"] = Example(f"{prefix}/articles/{path}/similar", {"limit": "1"}, _json(said))
    for name, (end, given, answered) in _REQUESTS.items():
        out[name] = Example(f"{prefix}/{end}", given, answered(service, addresses, given))
    return out


def _search(service: SearchService, addresses: Addresses, given: Mapping[str, str]) -> str:
    page = service.search(_query(service, given))
    return _json(answers.search_answer(page, Highlight.HTML, addresses))


def _csv(service: SearchService, _: Addresses, given: Mapping[str, str]) -> str:
    with closing(service.export(_query(service, given))) as export:
        text = b"".join(islice(tables.csv_lines(export), 2)).decode("utf-8-sig")
    return "\n".join(_cut(line) for line in text.split("\r\n")[:FIRST_LINES])


def _jsonl(service: SearchService, addresses: Addresses, given: Mapping[str, str]) -> str:
    with closing(service.export(_query(service, given))) as export:
        first = next(iter(tables.json_lines(export, Highlight.HTML, addresses)), b"")
    lines = [line for line in first.decode().split("\n")[:FIRST_LINES] if line]
    return "\n".join(json.dumps(_short(json.loads(line)), ensure_ascii=False) for line in lines)


def _facet(service: SearchService, addresses: Addresses, given: Mapping[str, str]) -> str:
    found = service.facet("category", "", _query(service, given))
    return _json(counted.facet_answer(found, Highlight.HTML, addresses))


def _stats(service: SearchService, addresses: Addresses, _: Mapping[str, str]) -> str:
    return _json(counted.stats_answer(service.statistics(), addresses))


def _suggest(service: SearchService, addresses: Addresses, given: Mapping[str, str]) -> str:
    limit = int(given["limit"])
    found = service.suggest(given["q"], limit)
    return _json(completions.suggest_answer(found, limit, addresses, service.settings))


def _analyze(service: SearchService, _: Addresses, given: Mapping[str, str]) -> str:
    return _json(analysis.analyze_answer(service.analyze(given["text"])))


_Answered = Callable[[SearchService, Addresses, Mapping[str, str]], str]
_REQUESTS: Final[Mapping[str, tuple[str, Mapping[str, str], _Answered]]] = {
    "search": ("search", _SEARCH, _search),
    "csv": ("search.csv", {"q": WORD}, _csv),
    "jsonl": ("search.jsonl", {"q": WORD, "snippets": "1"}, _jsonl),
    "facet": ("facets/category", {"q": WORD, "facet_limit": "2"}, _facet),
    "stats": ("stats", {}, _stats),
    "suggest": ("suggest", {"q": WORD[:4], "limit": "3"}, _suggest),
    "analyze": ("analyze", {"text": "мектептің"}, _analyze),
}


def curl(root: str, example: Example) -> str:
    """The request as a command."""
    data = "".join(f" \\\n  --data-urlencode '{name}={value}'" for name, value in example.given.items())
    return f"curl {'-G ' if data else ''}'{root}{example.path}'{data}"


def address(root: str, example: Example) -> str:
    """The request as an address."""
    return f"{root}{example.path}" + (f"?{urlencode(example.given)}" if example.given else "")


def _query(service: SearchService, given: Mapping[str, str]) -> Query:
    return params.read(list(given.items()), service.settings, strict=True).query


def _json(answer: object) -> str:
    return json.dumps(_short(json.loads(msgspec.json.encode(answer))), ensure_ascii=False, indent=2)


def _short(value: Any) -> Any:
    """The value with long texts and long lists cut."""
    match value:
        case str():
            return _cut(value)
        case list():
            return [*map(_short, value[:MOST_ITEMS]), *(["…"] if len(value) > MOST_ITEMS else [])]
        case dict():
            return {name: _short(inner) for name, inner in value.items()}
    return value


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
