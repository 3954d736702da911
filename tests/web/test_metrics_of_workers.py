"""`/metrics` of several gunicorn workers, which count together and lose nothing when one is replaced."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

SOON_S = 60


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def children(pid):
    return {int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def folder_of(pid):
    """Where the workers count: what they have mapped of it, once they do."""
    end = time.monotonic() + SOON_S
    while time.monotonic() < end:
        for child in children(pid):
            with contextlib.suppress(OSError):
                for line in Path(f"/proc/{child}/maps").read_text().splitlines():
                    if "/counter_" in line:
                        return Path(line.split()[-1]).parent
        time.sleep(0.05)
    raise AssertionError("no worker counts")


def numbers(folder):
    """Of the workers that have counted; one that was never asked has no file."""
    return {int(file.stem.rpartition("_")[2]) for file in folder.glob("*.db")}


class Service:
    """`izde serve` with three workers."""

    def __init__(self, index, port):
        self.root = f"http://127.0.0.1:{port}"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("IZDE_")}
        command = [sys.executable, "-m", "indexer", "serve", "--workers", "3", "--bind", f"127.0.0.1:{port}"]
        self.process = subprocess.Popen([*command, "--index", str(index)], env=environment, stdout=subprocess.DEVNULL)
        self.until(lambda: len(self.workers()) == 3)
        self.until(self.answers)

    def workers(self):
        return children(self.process.pid)

    def answers(self):
        with contextlib.suppress(OSError):
            return bool(self.get("/healthz"))
        return False

    def get(self, path):
        with urllib.request.urlopen(self.root + path, timeout=SOON_S) as response:
            return response.read().decode()

    def requests(self, route):
        """How often this route was taken, as `/metrics` says."""
        total = 0.0
        for family in text_string_to_metric_families(self.get("/metrics")):
            for sample in family.samples:
                assert "pid" not in sample.labels
                if sample.name == "izde_http_requests_total" and sample.labels["route"] == route:
                    total += sample.value
        return total

    def until(self, happened):
        end = time.monotonic() + SOON_S
        while not happened():
            assert self.process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.05)


@pytest.fixture
def service(index_folder):
    made = Service(index_folder, free_port())
    yield made
    made.process.kill()
    made.process.wait()


def test_workers_count_together_and_the_dead_are_not_forgotten(service):
    folder = folder_of(service.process.pid)
    for _ in range(30):
        service.get("/api/v1/search?q=%D1%84")
    assert service.requests("api.search") == 30
    for _ in range(3):
        before = service.workers()
        os.kill(min(before), signal.SIGKILL)
        service.until(lambda before=before: len(service.workers() - before) == 1 and len(service.workers()) == 3)
        service.until(service.answers)
        service.get("/api/v1/search?q=%D1%84")
    assert service.requests("api.search") == 33
    assert numbers(folder) <= {1, 2, 3}, "whoever takes the place of a worker counts on in its files"
    service.process.send_signal(signal.SIGHUP)
    old = service.workers()
    service.until(lambda: not old & service.workers() and len(service.workers()) == 3)
    service.until(service.answers)
    assert service.requests("api.search") == 33
    assert numbers(folder) <= set(range(1, 7)), "old and new workers live side by side for a moment"
    service.process.terminate()
    assert service.process.wait(SOON_S) == 0
    assert not folder.exists()


def test_what_a_killed_master_left_is_removed_by_the_next(service, index_folder):
    left, workers = folder_of(service.process.pid), service.workers()
    service.process.kill()
    service.process.wait()
    end = time.monotonic() + SOON_S
    while any(Path(f"/proc/{pid}").exists() for pid in workers):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert left.exists()
    following = Service(index_folder, free_port())
    try:
        assert not left.exists()
        assert folder_of(following.process.pid).exists()
    finally:
        following.process.terminate()
        assert following.process.wait(SOON_S) == 0
