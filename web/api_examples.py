"""Examples of the API for its page: requests, and what this very archive answers to them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from search.export import Export
from search.model import Query
from search.service import SearchService

from . import analysis, answers, completions, counted, params, tables
from .addresses import Addresses, quoted
from .param_table import Highlight

WORD: Final = "мектеп"
LONGEST: Final = 300
"""Characters of a text, and items of a list, that an example shows; more are cut, and end with `…`."""
MOST_ITEMS: Final = 3
FIRST_LINES: Final = 2

_SEARCH: Final = {"q": WORD, "per_page": "1", "snippets": "1", "facets": "category", "facet_limit": "2"}


@dataclass(frozen=True, slots=True)
class Example:
    """A request and its answer. path: under the address of the site, without its query.

    whole: False where there was no time for all of it.
    """

    path: str
    given: Mapping[str, str]
    answer: str
    whole: bool = True


def examples(service: SearchService, addresses: Addresses, prefix: str) -> dict[str, Example]:
    """An example for every end that this archive has something for, by the name of the end."""
    newest = service.search(Query(per_page=1, facets=(), snippets=0)).hits
    out = {}
    if newest:
        article_id = newest[0].article.id
        path = f"{prefix}/articles/{quoted(article_id)}"
        out["article"] = _example(path, {}, answers.article_answer(service.article(article_id), addresses))
        alike = answers.similar_answer(service.similar(article_id, 1), article_id, 1, addresses)
        out["similar"] = _example(f"{path}/similar", {"limit": "1"}, alike)
    for name, (end, given, answered) in _REQUESTS.items():
        out[name] = _example(f"{prefix}/{end}", given, answered(service, addresses, given))
    return out


def _example(path: str, given: Mapping[str, str], answer: object) -> Example:
    late = getattr(answer, "timed_out", False) or getattr(answer, "truncated", ())
    return Example(path, given, answer if isinstance(answer, str) else _json(answer), not late)


def _search(service: SearchService, addresses: Addresses, given: Mapping[str, str]) -> object:
    return answers.search_answer(service.search(_query(service, given)), Highlight.HTML, addresses)


def _csv(service: SearchService, _: Addresses, given: Mapping[str, str]) -> object:
    text = b"".join(tables.csv_lines(_export(service, given))).decode("utf-8-sig")
    return "\n".join(_cut(line) for line in text.split("\r\n") if line)


def _jsonl(service: SearchService, addresses: Addresses, given: Mapping[str, str]) -> object:
    lines = b"".join(tables.json_lines(_export(service, given), Highlight.HTML, addresses)).decode().split("\n")
    return "\n".join(json.dumps(_short(json.loads(line)), ensure_ascii=False) for line in lines if line)


def _export(service: SearchService, given: Mapping[str, str]) -> Export:
    """The first hits as a file has them, without ranking so many as a whole file needs."""
    page = service.search(replace(_query(service, given), per_page=FIRST_LINES, facets=()))
    return Export(page.index, page.total, len(page.hits), page.timed_out, lambda start, end: page.hits[start:end], 1.0)


def _facet(service: SearchService, addresses: Addresses, given: Mapping[str, str]) -> object:
    return counted.facet_answer(service.facet("category", "", _query(service, given)), Highlight.HTML, addresses)


def _stats(service: SearchService, addresses: Addresses, _: Mapping[str, str]) -> object:
    return counted.stats_answer(service.statistics(), addresses)


def _suggest(service: SearchService, addresses: Addresses, given: Mapping[str, str]) -> object:
    limit = int(given["limit"])
    return completions.suggest_answer(service.suggest(given["q"], limit), limit, addresses, service.settings)


def _analyze(service: SearchService, _: Addresses, given: Mapping[str, str]) -> object:
    return analysis.analyze_answer(service.analyze(given["text"]))


_Answered = Callable[[SearchService, Addresses, Mapping[str, str]], object]
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
