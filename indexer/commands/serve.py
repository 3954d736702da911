"""`izde serve`: the service under gunicorn."""

import os
import sys
from pathlib import Path

import click

from search import site
from search.settings import PREFIX

from .options import configured, index_and_config


@click.command()
@index_and_config
@click.option("--bind", metavar="HOST:PORT", help="Address to listen on; default 127.0.0.1:8000.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that serve.")
def serve(index: Path | None, config: Path | None, bind: str | None, workers: int | None) -> None:
    """Serve the index over HTTP.

    The face is started by its name: this package never imports it.
    """
    settings = configured(index, config)
    site.load(settings)  # said here in a line, rather than by every worker in a traceback
    chosen = {
        "INDEX": str(settings.index),
        "BIND": bind or settings.bind,
        "WORKERS": str(workers or settings.workers),
        "CONFIG": str(config) if config else "",
    }
    environment = os.environ | {PREFIX + name: value for name, value in chosen.items() if value}
    sys.stdout.flush()
    os.execve(  # noqa: S606  # no shell, our own interpreter
        sys.executable, [sys.executable, "-m", "gunicorn", "-c", "python:web.gunicorn_conf", "wsgi:app"], environment
    )
