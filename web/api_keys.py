"""Keys of API clients: where a request carries one, whether it is ours, and what it allows."""

from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, Response, g, request

from search.keys import Key, Keys
from search.settings import Settings

from .refusals import KeyRefused

CHALLENGE = 'Bearer realm="api"'
_OPEN = ("ops.openapi", "guides.docs")
"""How to ask, which a client must be able to read before it has a key."""


def install(app: Flask, settings: Settings) -> None:
    """Look for the keys of requests to the API, if the site has any; `current` is the one of this request."""
    if not settings.api_keys:
        return
    keys = Keys(Path(settings.api_keys), settings.poll_ms)
    needed = settings.api_keys_required == "yes"

    def look() -> None:
        if not request.path.startswith("/api/") or request.endpoint in _OPEN:
            return
        if text := _given():
            g.api_key = keys.find(text, datetime.now(UTC))
            if g.api_key is None:
                g.key_refused = KeyRefused(missing=False)
        elif needed:
            g.key_refused = KeyRefused(missing=True)

    def keep_private(response: Response) -> Response:
        """An answer that was not for everyone is not kept by proxies that all share."""
        kept = response.headers.get("Cache-Control", "")
        if needed and request.path.startswith("/api/") and kept.startswith("public"):
            response.headers["Cache-Control"] = "private" + kept.removeprefix("public")
            response.vary.update(("Authorization", "X-Api-Key"))
        return response

    app.before_request(look)
    app.after_request(keep_private)


def insist(app: Flask, settings: Settings) -> None:
    """Refuse requests without the key that they need, once they are counted."""
    if not settings.api_keys:
        return

    def refuse() -> None:
        if refused := g.get("key_refused"):
            raise refused

    app.before_request(refuse)


def current() -> Key | None:
    """The key of this request, if it has one."""
    found: Key | None = g.get("api_key")
    return found


def _given() -> str:
    """The key as it was sent: `Authorization: Bearer …` or `X-Api-Key: …`; never in the address, which logs keep."""
    scheme, _, rest = request.environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    text = rest if scheme.lower() == "bearer" else request.environ.get("HTTP_X_API_KEY", "")
    return str(text).strip()
