"""gunicorn's settings; `izde serve` names this module. Reasons and limits: docs/operations.md."""

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
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # a heartbeat file, in memory
control_socket_disable = True  # nobody asks it, and it wants a home to write to
loglevel = "warning"


def post_worker_init(worker: Any) -> None:
    """Listen for signs of life during long answers; say the address once the first worker can answer."""
    from web import heartbeat  # not above: the master must not hold code that a reload should bring anew

    heartbeat.listen(worker.notify)
    if worker.age == 1 and "://" not in bind:
        print(f"{_settings.site_name}: http://{bind}/", flush=True)  # noqa: T201  # for the person who started it
