"""Which other sites' scripts may ask the API (CORS), and what they are told before they do."""

import re
from typing import Final

from flask import Flask, Response, request

from search.errors import SettingsError
from search.settings import Settings

EXPOSED: Final = "Link, ETag, X-Request-Id, X-Total-Count, X-Row-Count, Retry-After"
_TOLD: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Authorization, X-Api-Key, If-None-Match, Accept-Language",
    "Access-Control-Max-Age": "86400",
}

_EVERYONE: Final = (("Access-Control-Allow-Origin", "*"), ("Access-Control-Expose-Headers", EXPOSED))

_ORIGIN: Final = re.compile(r"https?://[^/*\s]+")


def is_for_all(settings: Settings) -> bool:
    """Whether scripts of every site may ask the API."""
    return settings.cors_origins.strip() == "*"


def install(app: Flask, settings: Settings) -> None:
    """Let the scripts of the sites that the settings name ask the API.

    Raises:
        SettingsError: an origin that no browser sends, so that it would be refused without a word.
    """
    everyone = is_for_all(settings)
    origins = frozenset(part.strip().rstrip("/") for part in settings.cors_origins.split(",") if part.strip())
    for origin in sorted(origins) if not everyone else ():
        if not _ORIGIN.fullmatch(origin):
            raise SettingsError(f"cors_origins: {origin!r} is no origin, such as https://a.example; `*` alone is all")

    def answer_preflight() -> Response | None:
        """A browser asks first where a request has headers of its own, such as a key."""
        environ = request.environ
        if environ["REQUEST_METHOD"] != "OPTIONS" or not environ["PATH_INFO"].startswith("/api/"):
            return None
        is_asked = "HTTP_ORIGIN" in environ and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ
        return Response(status=204, headers=_TOLD) if is_asked else None

    def share(response: Response) -> Response:
        if not request.environ["PATH_INFO"].startswith("/api/"):
            return response
        if everyone:
            response.headers.extend(_EVERYONE)
            return response
        if origins:
            response.vary.add("Origin")
            origin = request.environ.get("HTTP_ORIGIN", "")
            if origin in origins:
                response.headers["Access-Control-Allow-Origin"] = origin
                response.headers["Access-Control-Expose-Headers"] = EXPOSED
        return response

    app.before_request(answer_preflight)
    app.after_request(share)
