"""Headers that every answer carries, and the id of every request."""

import secrets

from flask import Flask, Response, g, request

PAGE_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"


def install(app: Flask) -> None:
    """Give each request an id, and each answer the headers that keep it from being misused."""
    app.before_request(_identify)
    app.after_request(_protect)


def _identify() -> None:
    g.request_id = secrets.token_hex(16)


def _protect(response: Response) -> Response:
    is_page = response.mimetype == "text/html"
    response.headers["Content-Security-Policy"] = PAGE_POLICY if is_page else DATA_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    response.headers["X-Request-Id"] = g.request_id
    if request.path.startswith("/api/"):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "Link, ETag, X-Request-Id, X-Total-Count, X-Row-Count"
    return response
