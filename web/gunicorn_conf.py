"""gunicorn's settings; `izde serve` names this module. Reasons and limits: docs/operations.md."""

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


def post_worker_init(worker: Any) -> None:
    """Listen for signs of life during long answers; say the address once the first worker can answer."""
    from web import heartbeat  # not above: the master must not hold code that a reload should bring anew

    heartbeat.listen(worker.notify)
    if worker.age == 1:
        print(f"{_settings.site_name}: http://{bind}/", flush=True)  # noqa: T201  # for the person who started it
