"""Nobody sends us anything: a request with a body that is worth the name is refused before a byte of it is read."""

from typing import Final

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge

MOST_BYTES: Final = 1024
"""What some clients send without meaning anything by it."""


def install(app: Flask) -> None:
    """Refuse large bodies, and those of which nobody says how large they are."""
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES

    def refuse() -> None:
        environ = request.environ
        length = environ.get("CONTENT_LENGTH")
        if "HTTP_TRANSFER_ENCODING" in environ or (length and (request.content_length or 0) > MOST_BYTES):
            raise RequestEntityTooLarge

    app.before_request(refuse)
