"""gunicorn's settings; `izde serve` names this module. Reasons and limits: docs/operations.md."""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from search.settings import Settings

_settings = Settings.from_env()

bind = _settings.bind
workers = _settings.workers
worker_class = "sync"
timeout = 10
graceful_timeout = 15
max_requests = 50_000  # a new worker costs a second, and the answers and lists that the old one kept
max_requests_jitter = 5_000
limit_request_line = 8190
limit_request_fields = 50
limit_request_field_size = 4096
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # a heartbeat file, in memory
loglevel = "warning"

_LOCK = "lock"


def on_starting(_server: Any) -> None:
    """Make the folder that workers count their metrics in, and remove those of masters that were killed."""
    place = Path(worker_tmp_dir or tempfile.gettempdir())
    for old in place.glob("izde-metrics-*"):
        if _is_left_over(old):
            shutil.rmtree(old, ignore_errors=True)
    folder = tempfile.mkdtemp(prefix="izde-metrics-", dir=place)
    lock = os.open(f"{folder}/{_LOCK}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # held until the master and all workers have ended
    os.environ["IZDE_METRICS_FOLDER"] = folder


def _is_left_over(folder: Path) -> bool:
    """Whether the folder is ours, and of no process that lives."""
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(lock)


def on_exit(_server: Any) -> None:
    """Remove the folder; all workers have ended."""
    shutil.rmtree(os.environ["IZDE_METRICS_FOLDER"], ignore_errors=True)


def post_worker_init(worker: Any) -> None:
    """Listen for signs of life during long answers; say the address once the first worker can answer."""
    from web import heartbeat  # not above: the master must not hold code that a reload should bring anew

    heartbeat.listen(worker.notify)
    if worker.age == 1:
        print(f"{_settings.site_name}: http://{bind}/", flush=True)  # noqa: T201  # for the person who started it
