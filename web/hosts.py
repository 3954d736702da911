"""The names that the service answers under: a page that is kept for one name must not lead to another."""

import re
from typing import Final

from flask import Flask, request
from werkzeug.exceptions import SecurityError

from search.errors import SettingsError
from search.settings import Settings

LOCAL: Final = ("localhost", "127.0.0.1", "[::1]")
"""What probes on the machine itself ask for."""

_NO_NAME: Final = re.compile(r"[/*\s]")


def install(app: Flask, settings: Settings) -> None:
    """Refuse requests for other hosts than the settings name, if they name any; `.izde.example` is all below it.

    Raises:
        SettingsError: a name that no request can have, so that every one would be refused.
    """
    names = [part.strip() for part in settings.hosts.split(",") if part.strip()]
    for name in names:
        if _NO_NAME.search(name):
            raise SettingsError(
                f"hosts: {name!r} is no name of a host, such as izde.example or .izde.example for all below"
            )
    app.config["TRUSTED_HOSTS"] = [*names, *LOCAL] if names else None


def root(settings: Settings) -> str:
    """The public address of the site, else the one that was asked, without a slash at its end.

    Empty where a name was asked that is none of ours: addresses that begin with it are paths.
    """
    if settings.site_url:
        return settings.site_url.rstrip("/")
    try:
        return request.host_url.rstrip("/") if request.host else ""
    except SecurityError:
        return ""
