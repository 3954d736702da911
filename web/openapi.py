"""The API description, OpenAPI 3.1, made from the tables of parameters and ends and from the shapes."""

import re
from importlib.metadata import version
from typing import Any

import msgspec

from search.facets import table
from search.settings import Settings

from . import shapes
from .api import ENDS, PREFIX, End
from .params import Param

JSON = "application/json"

_FILE_HEADERS = {
    name: {"description": help_, "schema": {"type": kind}}
    for name, kind, help_ in (
        ("Content-Disposition", "string", "The name of the file."),
        ("X-Total-Count", "integer", "Hits of the search."),
        ("X-Row-Count", "integer", "Those of them that the file has; a file with fewer was broken off."),
    )
}
_STATUS_HELP = {
    400: "A parameter is not right; `errors` names it and the nearest right one.",
    404: "There is no such article, or no such facet; `errors` names the nearest facet.",
    410: "The generation of the cursor is gone: begin again with `cursor=*`; or the article was withdrawn.",
    503: "No index can be served; try again after the seconds of `Retry-After`.",
}


def description(settings: Settings, server: str) -> dict[str, Any]:
    """The description of the API under these settings, for the service at the address `server`."""
    answers = [end.answer for end in ENDS]
    schemas, components = msgspec.json.schema_components(
        [*answers, shapes.Health, shapes.Ready, shapes.Problem], ref_template="#/components/schemas/{name}"
    )
    by_type = dict(zip([*answers, shapes.Health, shapes.Ready, shapes.Problem], schemas, strict=True))
    problem = by_type[shapes.Problem]
    paths = {PREFIX + end.path: {"get": _operation(end, settings, by_type[end.answer], problem)} for end in ENDS}
    paths["/healthz"] = {"get": _plain("health", "The process answers.", by_type[shapes.Health], problem, ())}
    paths["/readyz"] = {"get": _plain("ready", "An index is served.", by_type[shapes.Ready], problem, (503,))}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.site_name,
            "version": version("izde"),
            "summary": "Full-text search in a Kazakh news archive",
            "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": components},
    }


def _operation(end: End, settings: Settings, answer: object, problem: object) -> dict[str, Any]:
    operation = _plain(end.name, end.help, answer, problem, end.errors)
    if end.kind != JSON:
        operation["responses"]["200"] |= {"headers": _FILE_HEADERS, "content": {end.kind: _lines(end, answer)}}
    operation["parameters"] = [_parameter(param) for param in end.params(settings).values()]
    schemas: dict[str, dict[str, Any]] = {"name": {"type": "string", "enum": [*table(settings.facets)]}}
    for name in re.findall(r"\{(\w+)\}", end.path):
        schema = schemas.get(name, {"type": "string", "minLength": 1})
        operation["parameters"].append({"name": name, "in": "path", "required": True, "schema": schema})
    return operation


def _lines(end: End, answer: object) -> dict[str, Any]:
    """A body that is read line by line; OpenAPI 3.1 has no word for what a line of JSON Lines holds."""
    text = {"schema": {"type": "string"}}
    return text if end.answer is str else {**text, "x-itemSchema": answer}


def _plain(name: str, help_: str, answer: object, problem: object, errors: tuple[int, ...]) -> dict[str, Any]:
    responses: dict[str, Any] = {"200": {"description": help_, "content": {JSON: {"schema": answer}}}}
    for status in errors:
        content = {"application/problem+json": {"schema": problem}}
        responses[str(status)] = {"description": _STATUS_HELP[status], "content": content}
    return {"operationId": name, "summary": help_, "responses": responses}


def _parameter(param: Param) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    out: dict[str, Any] = {"name": param.name, "in": "query", "required": False, "description": param.help}
    match param.kind:
        case "whole":
            schema = {"type": "integer", "minimum": param.low, "maximum": param.high, "default": int(param.default)}
        case "choice":
            schema |= {"enum": list(param.choices), "default": param.default}
        case "text":
            schema |= {"maxLength": param.high, "default": param.default}
        case "list":
            schema = {"type": "array", "items": {"enum": [*param.choices, "none"]}, "default": param.default.split(",")}
            out |= {"style": "form", "explode": False}
        case "values":
            schema = {"type": "array", "items": {"type": "string"}}
            out |= {"style": "form", "explode": True}
        case "date":
            schema |= {"pattern": r"^([0-9]{4}(-[0-9]{2}){0,2})?$"}
    return {**out, "schema": schema}
