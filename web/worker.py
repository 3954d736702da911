"""gunicorn's synchronous worker, with answers of ours to what gunicorn refuses by itself."""

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import msgspec
from gunicorn.http import errors as refused
from gunicorn.util import write_nonblock
from gunicorn.workers.sync import SyncWorker

from .request_ids import ENVIRON
from .security import ALWAYS, DATA_POLICY
from .shapes import Problem

STATUSES: Final[Mapping[type[Exception], int]] = {
    refused.LimitRequestLine: 414,
    refused.LimitRequestHeaders: 431,
    refused.UnsupportedTransferCoding: 501,
    refused.ExpectationFailed: 417,
    refused.ConfigurationProblem: 500,
}

OURS: Final = (refused.InvalidResponseHeader, refused.InvalidResponseHeaderName)
"""What is wrong with an answer, not with a request."""


REASONS: Final[Mapping[type[Exception], str]] = {
    refused.InvalidRequestLine: "The request line cannot be read. In the address, everything that is not ASCII must be"
    " percent-encoded, as browsers and `curl -G --data-urlencode` do.",
}
"""What is worth saying of a refusal, besides its name."""


class Worker(SyncWorker):  # type: ignore[misc]  # gunicorn has no types
    """Answers what cannot be read as HTTP in the shape of every other problem, and logs it as one line.

    gunicorn itself writes a page without headers that shows what was sent, and the address of the client to its log.
    """

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer a request that could not be read, or on which the application failed outright."""
        if not isinstance(exc, refused.ParseException) or isinstance(exc, OURS):
            self.log.error("a request could not be answered", exc_info=exc)
            status = 500
        else:
            status = next((status for kind, status in STATUSES.items() if isinstance(exc, kind)), 400)
        request_id = secrets.token_hex(16)
        reason = next((text for kind, text in REASONS.items() if isinstance(exc, kind)), "")
        body = _body(status, request_id, reason)
        req = req or getattr(exc, "req", None)
        environ = {
            ENVIRON: request_id,
            "REQUEST_METHOD": getattr(req, "method", None) or "",
            "PATH_INFO": getattr(req, "path", None) or "",
            "REMOTE_ADDR": addr[0] if isinstance(addr, tuple) else "",
        }
        self.log.request(environ, status, len(body), 0.0)
        try:
            write_nonblock(client, _head(status, request_id, len(body)) + body)
        except OSError:
            self.log.debug("the client of a refused request is gone")


def _body(status: int, request_id: str, reason: str) -> bytes:
    title = HTTPStatus(status).phrase
    problem = Problem(
        type="about:blank", title=title, status=status, detail=reason or title, instance=request_id, errors=[]
    )
    return msgspec.json.encode(problem)


def _head(status: int, request_id: str, length: int) -> bytes:
    headers = {
        "Content-Type": "application/problem+json; charset=utf-8",
        "Content-Length": str(length),
        "Cache-Control": "no-store",
        "Connection": "close",
        "X-Request-Id": request_id,
        "Content-Security-Policy": DATA_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        **dict(ALWAYS),
    }
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()
