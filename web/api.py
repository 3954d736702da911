"""The JSON API: a table of ends, from which both the routes and the API description are made."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, Response, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from search.querylog import Asked
from search.service import SearchService
from search.settings import Settings
from search.site import Site

from . import analysis, answers, completions, count_shapes, counted, exports, hosts, locale, param_table, params, shapes
from .addresses import Addresses
from .caching import Caching, Made
from .errors import BadParameters
from .json import json_response
from .links import query_string
from .param_table import Param

PREFIX = "/api/v1"


@dataclass(frozen=True, slots=True)
class End:
    """An end of the API: its path as Flask writes it, its parameters, its answer and its errors.

    kind: the media type; `answer` is what it holds, or what each of its lines holds.
    """

    name: str
    rule: str
    help: str
    params: Callable[[Settings], Mapping[str, Param]]
    answer: type[object]
    errors: tuple[int, ...]
    view: Callable[..., AnyResponse]
    kind: str = "application/json"

    @property
    def path(self) -> str:
        """The path as OpenAPI writes it: `{name}` for `<name>` and `<path:name>`."""
        return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", self.rule)


@dataclass(frozen=True, slots=True)
class Room:
    """What the views need of the application."""

    settings: Settings
    service: SearchService
    caching: Caching

    @classmethod
    def current(cls) -> "Room":
        """The room of the running application."""
        return current_app.extensions["izde"]  # type: ignore[no-any-return]

    @property
    def root(self) -> str:
        """The public address of the site, else the one that was asked; without a slash at its end."""
        return hosts.root(self.settings)

    @property
    def site(self) -> Site:
        """What the site says of its own."""
        return current_app.extensions["izde.site"]  # type: ignore[no-any-return]

    def addresses(self) -> Addresses:
        """Addresses for this request, under `root`."""
        return Addresses(self.root, locale.current(self.settings), self.settings)


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


def _search() -> AnyResponse:
    room = Room.current()
    asked = params.read(params.pairs(request.query_string), room.settings, strict=True)
    if asked.problems:
        raise BadParameters(asked.problems)

    def made() -> Made:
        page = room.service.search(asked.query)
        answer = answers.search_answer(page, asked.highlight, room.addresses())
        response = json_response(answer)
        links = {
            "prev": answer.links.prev,
            "next": answer.links.next,
            "first": answer.links.first,
            "last": answer.links.last,
        }
        response.headers["Link"] = ", ".join(f'<{url}>; rel="{name}"' for name, url in links.items() if url)
        logged = Asked.of(page, "api", locale.current(room.settings))
        return Made(response, page.index, keep=not page.timed_out and not page.truncated, asked=logged)

    return room.caching.answered((request.path, query_string(asked.query, room.settings, asked.highlight)), made)


def _facet(name: str) -> AnyResponse:
    room = Room.current()
    given = params.pairs(request.query_string)
    prefixes = [value for key, value in given if key == "prefix"]
    asked = params.read([pair for pair in given if pair[0] != "prefix"], room.settings, strict=True)
    if problems := (*asked.problems, *([params.repeated("prefix")] if len(prefixes) > 1 else [])):
        raise BadParameters(problems)
    query, prefix = replace(asked.query, page=1, cursor=""), prefixes[0] if prefixes else ""

    def made() -> Made:
        found = room.service.facet(name, prefix, query)
        answer = counted.facet_answer(found, asked.highlight, room.addresses())
        return Made(json_response(answer), found.index, keep=not found.facet.truncated)

    what = (request.path, prefix, query_string(query, room.settings, asked.highlight))
    return room.caching.answered(what, made)


def _stats() -> AnyResponse:
    room = Room.current()
    _only(params.pairs(request.query_string), ())

    def made() -> Made:
        found = room.service.statistics()
        answer = counted.stats_answer(found, room.addresses())
        return Made(json_response(answer), found.index, keep=found.duplicates is not None)

    return room.caching.answered((request.path,), made)


def _article(article_id: str) -> AnyResponse:
    room = Room.current()
    _only(params.pairs(request.query_string), ())

    def made() -> Made:
        view = room.service.article(article_id)
        return Made(json_response(answers.article_answer(view, room.addresses())), view.index)

    return room.caching.answered((request.path,), made)


def _similar(article_id: str) -> AnyResponse:
    room = Room.current()
    param = param_table.SIMILAR
    limit = params.number(param, _only(params.pairs(request.query_string), (param.name,)).get(param.name, ""))

    def made() -> Made:
        found = room.service.similar(article_id, limit)
        asked = 0 if limit == int(param.default) else limit
        answer = answers.similar_answer(found, article_id, asked, room.addresses())
        return Made(json_response(answer), found.index, keep=not found.timed_out)

    return room.caching.answered((request.path, str(limit)), made)


def _analyze() -> AnyResponse:
    room = Room.current()
    text = _only(params.pairs(request.query_string), ("text",)).get("text", "")

    def made() -> Made:
        index = room.service.info()
        return Made(json_response(analysis.analyze_answer(room.service.analyze(text))), index)

    return room.caching.answered((request.path, text), made)


def _csv() -> Response:
    room = Room.current()
    return exports.answer("csv", room.service, room.addresses())


def _jsonl() -> Response:
    room = Room.current()
    return exports.answer("jsonl", room.service, room.addresses())


def _similar_params(_: Settings) -> Mapping[str, Param]:
    return {param_table.SIMILAR.name: param_table.SIMILAR}


def _suggest() -> AnyResponse:
    room = Room.current()
    given = _only(params.pairs(request.query_string), ("q", "limit"))
    text, limit = given.get("q", ""), params.number(param_table.SUGGESTIONS, given.get("limit", ""))

    def made() -> Made:
        found = room.service.suggest(text, limit)
        response = json_response(completions.suggest_answer(found, limit, room.addresses(), room.settings))
        return Made(response, found.index, keep=not found.timed_out)

    return room.caching.answered((request.path, text, str(limit)), made)


def _none(_: Settings) -> Mapping[str, Param]:
    return {}


def _analyze_params(settings: Settings) -> Mapping[str, Param]:
    return {"text": Param("text", "text", "The text to analyse.", high=settings.max_query_chars)}


def _facet_params(settings: Settings) -> Mapping[str, Param]:
    help_ = "Only values with words that begin so, in any script, with or without Kazakh letters."
    return {
        **param_table.search_params(settings),
        "prefix": Param("prefix", "text", help_, high=settings.max_query_chars),
    }


def _suggest_params(settings: Settings) -> Mapping[str, Param]:
    text = Param("q", "text", "What is typed so far; empty has no suggestions.", high=settings.max_query_chars)
    return {text.name: text, param_table.SUGGESTIONS.name: param_table.SUGGESTIONS}


ENDS = (
    End(
        "search", "/search", "Search the archive.", param_table.search_params, shapes.SearchAnswer,
        (400, 410, 503), _search,
    ),
    End(
        "csv", "/search.csv", "The hits of a search as a table.", exports.export_params, str,
        (400, 503), _csv, "text/csv",
    ),
    End(
        "jsonl", "/search.jsonl", "The hits of a search, a result object a line.",
        exports.export_params, shapes.Result, (400, 503), _jsonl, "application/x-ndjson",
    ),
    End(
        "similar", "/articles/<path:article_id>/similar",
        "Articles on the same subject.", _similar_params, shapes.SimilarAnswer, (400, 404, 410, 503), _similar,
    ),
    End(
        "article", "/articles/<path:article_id>", "One article.", _none, shapes.ArticleAnswer,
        (400, 404, 410, 503), _article,
    ),
    End(
        "facet", "/facets/<name>", "The values of one facet, to choose from as one types.",
        _facet_params, count_shapes.FacetAnswer, (400, 404, 503), _facet,
    ),
    End(
        "stats", "/stats", "What there is in the archive, counted.", _none, count_shapes.StatsAnswer,
        (400, 503), _stats,
    ),
    End(
        "suggest", "/suggest", "Words and titles for what is typed so far.", _suggest_params,
        completions.SuggestAnswer, (400, 503), _suggest,
    ),
    End(
        "analyze", "/analyze", "How the index reads a text.", _analyze_params, analysis.AnalyzeAnswer,
        (400, 503), _analyze,
    ),
)  # fmt: skip


def blueprint() -> Blueprint:
    """The routes of the table."""
    api = Blueprint("api", __name__, url_prefix=PREFIX)
    for end in ENDS:
        api.add_url_rule(end.rule, end.name, end.view)
    return api
