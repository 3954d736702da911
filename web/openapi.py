"""The API description, OpenAPI 3.1, made from the tables of parameters and ends and from the shapes."""

import re
from importlib.metadata import version
from typing import Any

import msgspec

from search.facets import table
from search.rates import OFF
from search.settings import Settings

from . import shapes
from .api import ENDS, PREFIX, End
from .param_table import MOST_VALUE_CHARS, Param

JSON = "application/json"

_FILE_HEADERS = {
    name: {"description": help_, "schema": {"type": kind}}
    for name, kind, help_ in (
        ("Content-Disposition", "string", "The name of the file."),
        ("X-Total-Count", "integer", "Hits of the search."),
        ("X-Row-Count", "integer", "Those of them that the file has; a file with fewer was broken off."),
    )
}
_ANY_TEXT = r"^[^\x00]*$"
"""NUL is no part of any text."""
_DATE = (
    r"^((?!0000)[0-9]{4}(-((0[13578]|1[02])(-(0[1-9]|[12][0-9]|3[01]))?|(0[469]|11)(-(0[1-9]|[12][0-9]|30))?"
    r"|02(-(0[1-9]|1[0-9]|2[0-8]))?))?"
    r"|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)?$"
)
"""Years from 1 on, months, and days that there are, in leap years too."""
_STATUS_HELP = {
    400: "A parameter is not right; `errors` names it and the nearest right one.",
    401: "The key is missing or not known.",
    404: "There is no such article, or no such facet; `errors` names the nearest facet.",
    410: "The generation of the cursor is gone: begin again with `cursor=*`; or the article was withdrawn.",
    429: "Too many requests; the next one after the seconds of `Retry-After`.",
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
        "components": {"schemas": components, **_keys(settings)},
    }


def _keys(settings: Settings) -> dict[str, Any]:
    """How a key is sent, where the site has any."""
    if not settings.api_keys:
        return {}
    header = {"type": "apiKey", "in": "header", "name": "X-Api-Key"}
    return {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}, "header": header}}


def _refusals(settings: Settings) -> tuple[int, ...]:
    """Statuses that every end of the API may have, whatever it is asked."""
    return (
        *((401,) if settings.api_keys else ()),
        *((429,) if settings.rate_limit != OFF or settings.api_keys else ()),
    )


def _operation(end: End, settings: Settings, answer: object, problem: object) -> dict[str, Any]:
    operation = _plain(end.name, end.help, answer, problem, (*end.errors, *_refusals(settings)))
    if settings.api_keys:
        ways: list[dict[str, list[str]]] = [{"bearer": []}, {"header": []}]
        operation["security"] = ways if settings.api_keys_required == "yes" else [*ways, {}]
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
    out: dict[str, Any] = {
        "name": param.name,
        "in": "query",
        "required": False,
        "description": param.help,
        "allowEmptyValue": True,
    }
    match param.kind:
        case "whole":
            schema = {"type": "integer", "minimum": param.low, "maximum": param.high, "default": int(param.default)}
        case "choice":
            schema |= {"enum": list(param.choices), "default": param.default}
        case "text":
            schema |= {"maxLength": param.high, "default": param.default, "pattern": _ANY_TEXT}
        case "list":
            items = {"type": "string", "enum": [*param.choices, "none", ""]}  # a comma too many is no mistake
            schema = {"type": "array", "items": items, "default": param.default.split(",")}
            out |= {"style": "form", "explode": False}
        case "values":
            value = {"type": "string", "maxLength": MOST_VALUE_CHARS, "pattern": _ANY_TEXT}
            schema = {"type": "array", "items": value}
            out |= {"style": "form", "explode": True}
        case "date":
            schema |= {"pattern": _DATE}
    return {**out, "schema": schema}
