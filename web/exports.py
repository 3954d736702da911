"""Exports: the hits of a search as a file, streamed."""

from dataclasses import replace

from flask import Response, request

from search.cursor import START
from search.service import SearchService
from search.settings import Settings

from . import caching, param_table, params, tables
from .addresses import Addresses
from .errors import BadParameters
from .param_table import Param

WITHOUT = ("page", "per_page", "cursor", "explain")
"""Parameters of a search that a file has no use for."""

TYPES = {"csv": "text/csv", "jsonl": "application/x-ndjson"}


def export_params(settings: Settings) -> dict[str, Param]:
    """The parameters of an export: those of a search but for `WITHOUT`."""
    return {name: param for name, param in param_table.search_params(settings).items() if name not in WITHOUT}


def answer(kind: str, service: SearchService, addresses: Addresses) -> Response:
    """The file of this kind for the search that the request asks for.

    Raises:
        BadParameters: a parameter is not right.
    """
    asked = params.read(params.pairs(request.query_string), service.settings, strict=True, without=WITHOUT)
    if asked.problems:
        raise BadParameters(asked.problems)
    export = service.export(asked.query)

    lines = tables.csv_lines(export) if kind == "csv" else tables.json_lines(export, asked.highlight, addresses)
    response = Response(lines, content_type=f"{TYPES[kind]}; charset=utf-8")
    response.implicit_sequence_conversion = False  # else werkzeug reads the whole stream to measure it
    response.call_on_close(export.close)
    headers = response.headers
    headers["Content-Disposition"] = f'attachment; filename="izde-{export.index.generation[:8]}.{kind}"'
    headers["X-Total-Count"], headers["X-Row-Count"] = str(export.total), str(export.rows)
    if export.total > export.rows:
        every = replace(asked.query, cursor=START, sort=None, facets=())
        headers["Link"] = f'<{addresses.api(every, asked.highlight)}>; rel="alternate"'
    address = addresses.export(asked.query, asked.highlight, kind)
    parts = (export.index.generation, export.index.curation, address)
    return caching.cached(response, parts, service.settings, keep=not export.timed_out)
