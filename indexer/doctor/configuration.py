"""The settings: their file, names that nobody knows, and values that cannot work here."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from search import site
from search.errors import SettingsError
from search.freshness import age
from search.settings import PREFIX, setting_fields

from ..input_table import nearest
from ..limits import Limit
from .finding import Finding, error, ok, warning
from .look import Look

_SHIPPED: Final = frozenset({"kk", "ru", "en"})


def names(look: Look) -> Iterator[Finding]:
    """Names in the file, and variables of the environment, that are no setting."""
    known = [item.name for item in setting_fields()]
    for name in sorted(_in_file(look.config) - {*known, "input"}):
        yield error("settings", f"unknown name {name!r}{nearest(name, known)}", look.config or "", "correct it")
    own = {PREFIX + name.upper() for name in (*known, "config")}
    own |= {str(table.get("database_env")) for table in look.settings.inputs}
    strange = sorted(name for name in look.environ if name.startswith(PREFIX) and name not in own)
    for name in strange:
        yield warning("settings", f"no setting is read from {name}{nearest(name, sorted(own))}", "environment")


def texts(look: Look) -> Iterator[Finding]:
    """Settings whose text is understood only where it is used."""
    settings, wrong = look.settings, 0
    checks = (
        ("stale_after", age, settings.stale_after),
        ("max_delete", Limit.parse, settings.max_delete),
        ("max_errors", Limit.parse, settings.max_errors),
    )
    for name, check, text in checks:
        try:
            check(text, name)
        except SettingsError as problem:
            wrong += 1
            yield error("settings", str(problem), look.config or "")
    others = [code for code in settings.language_list if code not in _SHIPPED]
    if others or not settings.language_list:
        wrong += 1
        yield error("settings", f"languages = {settings.languages!r}: there are kk, ru and en", look.config or "")
    else:
        try:
            site.load(settings)
        except SettingsError as problem:
            wrong += 1
            yield error("settings", str(problem), look.config or "", "until then the service does not start")
    if not wrong:
        yield ok("settings", "they can be read", look.config or "no file, the environment and defaults")


def site_url(look: Look) -> Iterator[Finding]:
    """Whether the public address is one."""
    given = look.settings.site_url
    if not given:
        yield ok("site_url", "none; links are relative to the request")
        return
    try:
        parts = urlsplit(given)
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment
    except ValueError:
        right = False
    if not right:
        yield error("site_url", f"{given!r} is no address of a site", "", "write it like https://izde.example")
    else:
        yield ok("site_url", given)


def _in_file(config: Path | None) -> set[str]:
    """The names that stand in the file; none if it cannot be read, which is told elsewhere."""
    try:
        return set(tomllib.loads(config.read_text("utf-8"))) if config else set()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return set()
