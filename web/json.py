"""JSON answers."""

import msgspec
from flask import Response


def json_response(value: object, status: int = 200, mimetype: str = "application/json") -> Response:
    """The value as a JSON answer in UTF-8."""
    return Response(msgspec.json.encode(value), status, content_type=f"{mimetype}; charset=utf-8")
