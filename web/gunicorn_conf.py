"""gunicorn's settings; `izde serve` names this module. Reasons and limits: docs/serving.md."""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import gunicorn.http.wsgi

from search.settings import Settings

gunicorn.http.wsgi.SERVER = "izde"  # what the header Server says

_settings = Settings.from_env()
_trusted = _settings.trusted_proxies.strip()

bind = _settings.bind
workers = _settings.workers
worker_class = "web.worker.Worker"
logger_class = "web.server_log.ServerLog"
timeout = 10
graceful_timeout = 15
max_requests = _settings.max_requests
max_requests_jitter = max_requests // 10
limit_request_line = 8190
limit_request_fields = 50
limit_request_field_size = 4096
# Who is believed that a request came by https: the same as who it came from.
forwarded_allow_ips = "*" if _trusted.isdecimal() and _trusted != "0" else _trusted.removeprefix("0")
# No proxy of ours moves the application; one that passes on such headers of clients would let them choose the path.
forwarder_headers = ""
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # a heartbeat file, in memory
control_socket_disable = True  # nobody asks it, and it wants a home to write to
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
    if worker.age == 1 and "://" not in bind:
        print(f"{_settings.site_name}: http://{bind}/", flush=True)  # noqa: T201  # for the person who started it
