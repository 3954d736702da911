"""No request is lost while the service is reloaded, while its workers are renewed, and while it is started anew.

`SCALE=20` takes five minutes.
"""

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.indexes import publish
from tests.service import Service, serving

SCALE = int(os.environ.get("SCALE", "1"))
SECONDS = 6 if SCALE == 1 else min(300, 15 * SCALE)
CLIENTS = 32
THINKS_S = 0.15
PATHS = ("/kk/search?q=%D1%84%D0%BE%D1%80%D1%83%D0%BC", "/api/v1/search?q=%D0%BC%D0%B5%D0%BA%D1%82%D0%B5%D0%BF",
         "/healthz", "/izde.css", "/api/v1/search.jsonl?q=%D1%84%D0%BE%D1%80%D1%83%D0%BC")  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reload")
    publish(folder)
    return folder


class Crowd:
    """Clients that ask one thing after another until they are told to stop, and hold every answer to its headers."""

    def __init__(self, service: Service) -> None:
        self._service, self._stop = service, threading.Event()
        self.seen: Counter[str] = Counter()
        self.longest_s = 0.0
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(CLIENTS)]

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, number: int) -> None:
        while not self._stop.wait(THINKS_S):
            number += 1
            began = time.monotonic()
            try:
                answer = self._service.get(PATHS[number % len(PATHS)])
                length = answer.headers.get("content-length")
                is_whole = len(answer.body) == int(length) if length else answer.body.endswith(b"0\r\n\r\n")
                what = str(answer.status) if is_whole else "cut short"
            except (OSError, IndexError, ValueError) as error:
                what = repr(error)
            with self._lock:
                self.seen[what] += 1
                self.longest_s = max(self.longest_s, time.monotonic() - began)


def every(seconds: float, what: Callable[[], object]) -> Iterator[None]:
    """Do it now and then for as long as a test takes."""
    end = time.monotonic() + SECONDS
    while time.monotonic() + seconds < end:
        time.sleep(seconds)
        what()
        yield
    time.sleep(seconds)


def test_reloads_and_renewed_workers_lose_nothing(tmp_path: Path, index: Path) -> None:
    with serving(tmp_path, index, max_requests=50) as service:
        workers = service.workers()
        with Crowd(service) as crowd:
            for _ in every(min(10, SECONDS / 4), service.reload):
                workers |= service.workers()
        print(crowd.seen, crowd.longest_s)  # noqa: T201
    assert set(crowd.seen) == {"200"}, (crowd.seen, service.stderr.read_text())
    assert crowd.seen["200"] > CLIENTS
    assert len(workers) > 4
    assert "Traceback" not in service.stderr.read_text()


def test_a_new_start_on_the_same_socket_loses_nothing(tmp_path: Path, index: Path) -> None:
    """As systemd does it with a socket unit: connections wait in the socket until somebody takes them."""
    with serving(tmp_path, index) as service:
        with Crowd(service) as crowd:
            for _ in every(max(3, SECONDS / 8), service.restart):
                pass
        print(crowd.seen, crowd.longest_s)  # noqa: T201
    assert set(crowd.seen) == {"200"}, (crowd.seen, service.stderr.read_text())


def test_many_workers_renewed_at_once_lose_nothing(tmp_path: Path, index: Path) -> None:
    with serving(tmp_path, index, max_requests=5, workers=4) as service, Crowd(service) as crowd:
        time.sleep(min(3, SECONDS / 3))
    assert set(crowd.seen) == {"200"}, (crowd.seen, service.stderr.read_text())
