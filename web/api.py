"""The JSON API: a table of ends, from which both the routes and the API description are made."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, Response, current_app, request

from search.service import SearchService
from search.settings import Settings

from . import answers, caching, count_shapes, counted, locale, params, shapes
from .errors import BadParameters
from .json import json_response
from .params import Param

PREFIX = "/api/v1"


@dataclass(frozen=True, slots=True)
class End:
    """An end of the API: its path as Flask and as OpenAPI write it, its parameters, its answer and its errors."""

    name: str
    rule: str
    path: str
    help: str
    params: Callable[[Settings], Mapping[str, Param]]
    answer: type[object]
    errors: tuple[int, ...]
    view: Callable[..., Response]


@dataclass(frozen=True, slots=True)
class Room:
    """What the views need of the application."""

    settings: Settings
    service: SearchService

    @classmethod
    def current(cls) -> "Room":
        """The room of the running application."""
        return current_app.extensions["izde"]  # type: ignore[no-any-return]

    def addresses(self) -> answers.Addresses:
        """Addresses for this request: under the public address of the site, else the one that was asked."""
        root = (self.settings.site_url or request.host_url).rstrip("/")
        return answers.Addresses(root, locale.current(self.settings), self.settings)


def _only(given: params.Pairs, known: Iterable[str]) -> dict[str, str]:
    """The pairs as a dictionary; every other name, and a name given twice, is a problem."""
    reading, problems = dict[str, str](), []
    names = tuple(known)
    for name, value in given:
        if name not in names:
            near = params.nearest(name, names)
            problems.append(params.unknown(name, near))
        elif name in reading:
            problems.append(params.repeated(name))
        reading[name] = value
    if problems:
        raise BadParameters(tuple(problems))
    return reading


def _search() -> Response:
    room = Room.current()
    asked = params.read(params.pairs(request.query_string), room.settings, strict=True)
    if asked.problems:
        raise BadParameters(asked.problems)
    page = room.service.search(asked.query)
    addresses = room.addresses()
    answer = answers.search_answer(page, asked.highlight, addresses)
    response = json_response(answer)
    links = {
        "prev": answer.links.prev,
        "next": answer.links.next,
        "first": answer.links.first,
        "last": answer.links.last,
    }
    response.headers["Link"] = ", ".join(f'<{url}>; rel="{name}"' for name, url in links.items() if url)
    return caching.cached(response, (page.index.generation, answer.links.self), room.settings, keep=not page.timed_out)


def _facet(name: str) -> Response:
    room = Room.current()
    given = params.pairs(request.query_string)
    prefixes = [value for key, value in given if key == "prefix"]
    asked = params.read([pair for pair in given if pair[0] != "prefix"], room.settings, strict=True)
    if problems := (*asked.problems, *([params.repeated("prefix")] if len(prefixes) > 1 else [])):
        raise BadParameters(problems)
    query = replace(asked.query, page=1, cursor="")
    found = room.service.facet(name, prefixes[0] if prefixes else "", query)
    answer = counted.facet_answer(found, asked.highlight, room.addresses())
    parts = (found.index.generation, answer.links.self)
    return caching.cached(json_response(answer), parts, room.settings, keep=not found.facet.truncated)


def _stats() -> Response:
    room = Room.current()
    _only(params.pairs(request.query_string), ())
    found = room.service.statistics()
    response = json_response(counted.stats_answer(found, room.addresses()))
    return caching.cached(response, (found.index.generation, "stats"), room.settings, keep=found.duplicates is not None)


def _article(article_id: str) -> Response:
    room = Room.current()
    _only(params.pairs(request.query_string), ())
    view = room.service.article(article_id)
    response = json_response(answers.article_answer(view, room.addresses()))
    return caching.cached(response, (view.index.generation, article_id), room.settings)


def _analyze() -> Response:
    room = Room.current()
    given = _only(params.pairs(request.query_string), ("text",))
    return json_response(answers.analyze_answer(room.service.analyze(given.get("text", ""))))


def _none(_: Settings) -> Mapping[str, Param]:
    return {}


def _analyze_params(settings: Settings) -> Mapping[str, Param]:
    return {"text": Param("text", "text", "The text to analyse.", high=settings.max_query_chars)}


def _facet_params(settings: Settings) -> Mapping[str, Param]:
    help_ = "Only values with words that begin so, in any script, with or without Kazakh letters."
    return {**params.search_params(settings), "prefix": Param("prefix", "text", help_, high=settings.max_query_chars)}


ENDS = (
    End(
        "search", "/search", "/search", "Search the archive.", params.search_params, shapes.SearchAnswer,
        (400, 503), _search,
    ),
    End(
        "article", "/articles/<path:article_id>", "/articles/{article_id}", "One article.", _none, shapes.ArticleAnswer,
        (400, 404, 503), _article,
    ),
    End(
        "facet", "/facets/<name>", "/facets/{name}", "The values of one facet, to choose from as one types.",
        _facet_params, count_shapes.FacetAnswer, (400, 404, 503), _facet,
    ),
    End(
        "stats", "/stats", "/stats", "What there is in the archive, counted.", _none, count_shapes.StatsAnswer,
        (400, 503), _stats,
    ),
    End(
        "analyze", "/analyze", "/analyze", "How the index reads a text.", _analyze_params, shapes.AnalyzeAnswer,
        (400, 503), _analyze,
    ),
)  # fmt: skip


def blueprint() -> Blueprint:
    """The routes of the table."""
    api = Blueprint("api", __name__, url_prefix=PREFIX)
    for end in ENDS:
        api.add_url_rule(end.rule, end.name, end.view)
    return api
