"""Which other sites' scripts may ask the API (CORS), and what they are told before they do."""

from typing import Final

from flask import Flask, Response, request

from search.settings import Settings

EXPOSED: Final = "Link, ETag, X-Request-Id, X-Total-Count, X-Row-Count, Retry-After"
_TOLD: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Authorization, X-Api-Key, If-None-Match, Accept-Language",
    "Access-Control-Max-Age": "86400",
}


def install(app: Flask, settings: Settings) -> None:
    """Let the scripts of the sites that the settings name ask the API."""
    everyone = settings.cors_origins.strip() == "*"
    origins = frozenset(part.strip().rstrip("/") for part in settings.cors_origins.split(",") if part.strip())

    def answer_preflight() -> Response | None:
        """A browser asks first where a request has headers of its own, such as a key."""
        asked = request.method == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in request.environ
        if not (asked and "HTTP_ORIGIN" in request.environ and request.path.startswith("/api/")):
            return None
        return Response(status=204, headers=_TOLD)

    def share(response: Response) -> Response:
        if not request.path.startswith("/api/"):
            return response
        if everyone:
            response.headers["Access-Control-Allow-Origin"] = "*"
        elif origins:
            response.vary.add("Origin")
            origin = request.environ.get("HTTP_ORIGIN", "")
            if origin not in origins:
                return response
            response.headers["Access-Control-Allow-Origin"] = origin
        else:
            return response
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
        return response

    app.before_request(answer_preflight)
    app.after_request(share)
