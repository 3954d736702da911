"""For those who run the service: is the process alive, can it answer, what does the API look like."""

from flask import Blueprint, Response

from . import answers, caching, hosts, openapi, shapes
from .api import PREFIX, Room
from .json import json_response


def blueprint() -> Blueprint:
    """`/healthz`, `/readyz` and the API description."""
    ops = Blueprint("ops", __name__)
    ops.add_url_rule("/healthz", "health", _health)
    ops.add_url_rule("/readyz", "ready", _ready)
    ops.add_url_rule(f"{PREFIX}/openapi.json", "openapi", _openapi)
    return ops


def _health() -> Response:
    return caching.unkept(json_response(shapes.Health(status="ok")))


def _ready() -> Response:
    service = Room.current().service
    info, freshness = service.info(), service.freshness()
    ready = shapes.Ready(
        status="degraded" if info.degraded else "ready",
        index=answers.index(info),
        stale=info.stale is not None,
        last_success=freshness.last_success,
        age_s=None if freshness.age_s is None else int(freshness.age_s),
    )
    return caching.unkept(json_response(ready))


def _openapi() -> Response:
    settings = Room.current().settings
    response = json_response(openapi.description(settings, hosts.root(settings)))
    return caching.cached(response, ("openapi", response.get_data(as_text=True)), settings)
