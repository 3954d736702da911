"""Headers that keep an answer from being misused; every answer carries them, whatever became of the request."""

from typing import Final

from flask import Flask, Response, request

from search.settings import Settings

PAGE_POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
DATA_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
OPERATORS: Final = frozenset(("/healthz", "/readyz", "/metrics"))
"""Ends that are nobody's business but the operators'."""

ALWAYS: Final = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
_TRANSPORT: Final = ("Strict-Transport-Security", "max-age=31536000")


def install(app: Flask, settings: Settings) -> None:
    """Give each answer its headers; the order to come by https only where the site has such an address."""
    always = (*ALWAYS, _TRANSPORT) if settings.site_url.startswith("https://") else ALWAYS
    ours, shared = ("Cross-Origin-Resource-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "cross-origin")
    of_page = (*always, ("Content-Security-Policy", PAGE_POLICY), ours)
    # Other sites may embed the box, show what is asked of the API, and read feeds.
    of_data = (*always, ("Content-Security-Policy", DATA_POLICY), shared)
    of_operators = (*always, ("Content-Security-Policy", DATA_POLICY), ours)

    def protect(response: Response) -> Response:
        path = request.environ["PATH_INFO"]
        # 304 has no type of its own; what it says of the answer that the client has must be right for that.
        is_page = response.mimetype == "text/html" and not path.startswith("/api/")
        response.headers.extend(of_page if is_page else of_operators if path in OPERATORS else of_data)
        response.headers.setdefault("Cache-Control", "no-store")  # such as a redirect, which depends on its reader
        return response

    app.after_request(protect)
