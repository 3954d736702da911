"""A real server on the loopback for an application."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    def log(self, *args: Any) -> None:
        pass


class Whole:
    """Makes an answer whole before it is sent: werkzeug leaves files open where a browser has gone meanwhile."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        parts = self._app(environ, start_response)
        try:
            return [b"".join(parts)]
        finally:
            if close := getattr(parts, "close", None):
                close()


@contextmanager
def served(app: Any) -> Iterator[str]:
    """Its address, while it is served."""
    server = make_server("127.0.0.1", 0, Whole(app), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
