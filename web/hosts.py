"""The names that the service answers under: a page that is kept for one name must not lead to another."""

from typing import Final

from flask import Flask, request
from werkzeug.exceptions import SecurityError

from search.settings import Settings

LOCAL: Final = ("localhost", "127.0.0.1", "[::1]")
"""What probes on the machine itself ask for."""


def install(app: Flask, settings: Settings) -> None:
    """Refuse requests for other hosts than the settings name, if they name any; `.izde.example` is all below it."""
    names = [part.strip() for part in settings.hosts.split(",") if part.strip()]
    app.config["TRUSTED_HOSTS"] = [*names, *LOCAL] if names else None


def root() -> str:
    """The address that was asked, up to its first slash; a lone slash where that is none of ours."""
    try:
        return request.host_url if request.host else "/"
    except SecurityError:
        return "/"
