"""What `/metrics` says of the index, looked up when it is asked."""

import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from search.errors import EngineError
from search.freshness import last_failure
from search.service import SearchService


class IndexCollector(Collector):
    """The index as the worker sees it that answers; all workers see the same but for a second or so."""

    def __init__(self, service: SearchService, index: Path) -> None:
        self._service, self._index = service, index

    def collect(self) -> Iterator[Metric]:
        """Each metric with its value now."""
        yield _labelled("izde_build_info", "The version of Izde.", "version", version("izde"))
        freshness = self._service.freshness()
        success = freshness.last_success
        at = success.timestamp() if success else 0
        yield _gauge("izde_index_last_success_timestamp_seconds", "When a run last succeeded; 0 if none ever did.", at)
        if freshness.age_s is not None:
            yield _gauge("izde_index_last_success_age_seconds", "Seconds since a run succeeded.", freshness.age_s)
        yield _gauge("izde_index_stale", "1 if that is longer ago than stale_after.", freshness.stale is not None)
        failure = last_failure(self._index)
        yield _gauge("izde_index_last_run_failed", "1 if the last run of the indexer failed.", failure is not None)
        yield from self._served()
        open_now = self._service.open_generations
        yield _gauge("izde_index_open_generations", "Generations open in the worker that answers.", open_now)

    def _served(self) -> Iterator[Metric]:
        try:
            info = self._service.info()
        except EngineError:
            yield _gauge("izde_index_up", "1 if an index is served.", 0)
            return
        yield _gauge("izde_index_up", "1 if an index is served.", 1)
        yield _labelled("izde_index_info", "The generation that is served.", "generation", info.generation)
        yield _gauge("izde_index_documents", "Articles in the generation.", info.documents)
        made = info.indexed_at.timestamp()
        yield _gauge("izde_index_created_timestamp_seconds", "When the generation was made.", made)
        yield _gauge("izde_index_age_seconds", "Seconds since then.", max(0.0, time.time() - made))
        help_ = "1 if an older generation is served, because the newest one is damaged."
        yield _gauge("izde_index_degraded", help_, bool(info.degraded))


def _gauge(name: str, help_: str, value: float) -> Metric:
    return GaugeMetricFamily(name, help_, value)


def _labelled(name: str, help_: str, label: str, value: str) -> Metric:
    family = GaugeMetricFamily(name, help_, labels=(label,))
    family.add_metric((value,), 1)
    return family
