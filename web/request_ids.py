"""Every request has an id: the one that a trusted proxy gave it, else one of our own."""

import re
import secrets
from typing import Final

from flask import Flask, Response, g, request

from .clients import Clients

ENVIRON: Final = "izde.request_id"
"""Where the server finds the id, for its log."""

_FORM: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")


def install(app: Flask, clients: Clients) -> None:
    """Give each request an id, and name it in each answer."""

    def identify() -> None:
        environ = request.environ
        given = environ.get("HTTP_X_REQUEST_ID")
        is_good = given and _FORM.fullmatch(given) and clients.trusts(environ)
        g.request_id = environ[ENVIRON] = given if is_good else secrets.token_hex(16)

    def name(response: Response) -> Response:
        response.headers.add("X-Request-Id", g.request_id)
        return response

    app.before_request(identify)
    app.after_request(name)
