"""Metrics for Prometheus at `/metrics`: requests, searches, and the index that is served.

Several workers count into files of one folder, which the master makes (`web/gunicorn_conf.py`); whoever is asked adds
them up. Without that folder a process counts for itself. Nothing of who asked or what for is in them, and every label
has few values.
"""

import os
import time
from contextlib import suppress
from typing import Final

from flask import Flask, Response, abort, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, values
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector

from search.querylog import Asked
from search.service import SearchService
from search.settings import Settings

from .clients import stands_in
from .index_metrics import IndexCollector
from .slots import FOLDER, Slot

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_METHODS: Final = ("GET", "HEAD")
_FORWARDED: Final = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via")
"""Headers of requests that came through a proxy: whoever asks is not the neighbour that the address tells of."""

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each, which several workers cannot have


class Metrics:
    """What one application counts."""

    def __init__(self, settings: Settings, service: SearchService) -> None:
        self._networks = settings.metrics_networks
        self._folder = os.environ.get(FOLDER)
        if self._folder:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = self._folder  # the library looks for it there
            values.ValueClass = values.MultiProcessValue(Slot(self._folder))  # type: ignore[no-untyped-call]
        else:
            values.ValueClass = values.MutexValue
        self._registry = CollectorRegistry()
        self._index = IndexCollector(service, settings.index)
        self._requests = self._counter(
            "izde_http_requests", "Requests, by the route they took.", "route", "method", "status"
        )
        self._seconds = Histogram(
            "izde_http_request_duration_seconds",
            "Seconds until an answer began, by route.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._answers = self._counter(
            "izde_cached_answers", "Answers that were not made anew: from the memory of a worker.", "route"
        )
        self._searches = self._counter("izde_searches", "Searches for a page of hits.", "face")
        self._empty = self._counter("izde_searches_without_hits", "Searches that found nothing.", "face")
        self._late = self._counter("izde_searches_timed_out", "Searches that ran out of time.", "face")
        self._degraded = self._counter(
            "izde_searches_degraded", "Searches answered from an older generation, because of damage.", "face"
        )

    def _counter(self, name: str, help_: str, *labels: str) -> Counter:
        return Counter(name, help_, labels, registry=self._registry)

    def begin(self) -> None:
        """A request has come."""
        g.began = time.perf_counter()

    def end(self, response: Response) -> Response:
        """Its answer is about to leave; that it cannot be counted, because the folder is gone, does not stop it."""
        with suppress(OSError):
            self._request(response)
        return response

    def _request(self, response: Response) -> None:
        route = request.endpoint or "unknown"
        method = request.method if request.method in _METHODS else "other"
        self._requests.labels(route, method, str(response.status_code)).inc()
        self._seconds.labels(route).observe(time.perf_counter() - g.get("began", time.perf_counter()))
        if g.get("from_memory"):
            self._answers.labels(route).inc()
        asked: Asked | None = g.get("asked")
        if asked is not None:
            self._count(asked)

    def _count(self, asked: Asked) -> None:
        self._searches.labels(asked.face).inc()
        if not asked.total:
            self._empty.labels(asked.face).inc()
        if asked.timed_out:
            self._late.labels(asked.face).inc()
        if g.get("degraded"):
            self._degraded.labels(asked.face).inc()

    def answer(self) -> Response:
        """All of it, for those who may ask; for others there is no such page."""
        if not self._may_ask():
            abort(404)
        registry = CollectorRegistry()
        if self._folder:
            MultiProcessCollector(registry, self._folder)  # type: ignore[no-untyped-call]
        else:
            registry.register(self._registry)
        registry.register(self._index)
        encode, kind = choose_encoder(request.headers.get("Accept", ""))
        response = Response(encode(registry), content_type=kind)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _may_ask(self) -> bool:
        if any(name in request.headers for name in _FORWARDED):
            return False
        return stands_in(request.remote_addr or "", self._networks)


def install(app: Flask, settings: Settings, service: SearchService) -> None:
    """Count every request of the application, and answer at `/metrics`; nothing of it if the setting is empty."""
    if not settings.metrics_networks:
        return
    metrics = Metrics(settings, service)
    app.before_request(metrics.begin)
    app.after_request(metrics.end)
    app.add_url_rule("/metrics", "metrics", metrics.answer)
