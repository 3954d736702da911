"""What a site says and shows of its own, read from its settings and checked: who it is, colours, logo, links, privacy.

`izde settings` and the service at its start read it whole: what is wrong is said before a reader sees it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from . import contrast, logo
from .errors import SettingsError
from .logo import Logo
from .settings import Settings

MOST_LINKS: Final = 12
MOST_CHARS: Final = 200
"""Of a name, an address and the like."""

MOST_SHORT: Final = 16
"""Characters of a short name: OpenSearch allows no more."""

MOST_PRIVACY_BYTES: Final = 100_000

_LANGUAGE: Final = re.compile("[a-z]{2,3}")
_EMAIL: Final = re.compile(r"[^\s@<>\"',;:]{1,64}@(?:[^\s@<>\"',;:.]{1,63}\.){1,8}[^\s@<>\"',;:.]{1,63}")
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()\N{NO-BREAK SPACE}-]{3,30}")


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A link that the site wants on every page."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Site:
    """Who runs the site and how it looks; texts are empty where nothing is set.

    short: the name for narrow places. accents: the colour of links and buttons by theme, where it is not the usual one.
    privacy: by language the site's own words about privacy, in paragraphs; one that begins with `# ` is a heading.
    """

    name: str
    short: str
    owner: str
    email: str
    phone: str
    address: str
    logo: Logo | None
    accents: Mapping[str, str]
    links: tuple[SiteLink, ...]
    privacy: Mapping[str, tuple[str, ...]]


def load(settings: Settings) -> Site:
    """The site of these settings.

    Raises:
        SettingsError: a value that cannot be; the message says which, what is wrong and what would be right.
    """
    if not settings.language_list or not all(_LANGUAGE.fullmatch(code) for code in settings.language_list):
        raise SettingsError(f"languages: {settings.languages!r} must be codes with commas, such as kk,ru,en")
    name = _line("site_name", settings.site_name)
    if not name:
        raise SettingsError("site_name: a site needs a name")
    return Site(
        name=name,
        short=_short(settings.site_short, name),
        owner=_line("site_owner", settings.site_owner),
        email=_matching("site_email", settings.site_email, _EMAIL, "an address such as info@izde.example"),
        phone=_matching("site_phone", settings.site_phone, _PHONE, "a number such as +7 7172 00 00 00"),
        address=_line("site_address", settings.site_address),
        logo=logo.read(Path(settings.site_logo), "site_logo") if settings.site_logo else None,
        accents=_accents(settings),
        links=_links(settings.site_links),
        privacy=_privacy(settings),
    )


def _line(name: str, value: str) -> str:
    text = " ".join(value.split())
    if len(text) > MOST_CHARS or not text.isprintable():
        raise SettingsError(f"{name}: one line of at most {MOST_CHARS} printable characters")
    return text


def _short(value: str, name: str) -> str:
    text = _line("site_short", value)
    if len(text) > MOST_SHORT:
        raise SettingsError(f"site_short: {text!r} has {len(text)} characters, at most {MOST_SHORT} fit")
    return text or (name if len(name) <= MOST_SHORT else f"{name[: MOST_SHORT - 1].rstrip()}…")


def _matching(name: str, value: str, pattern: re.Pattern[str], right: str) -> str:
    text = _line(name, value)
    if text and not pattern.fullmatch(text):
        raise SettingsError(f"{name}: {text!r} must be {right}")
    return text


def _accents(settings: Settings) -> dict[str, str]:
    given = {"light": ("site_accent", settings.site_accent), "dark": ("site_accent_dark", settings.site_accent_dark)}
    return {theme: _accent(name, value.strip(), theme) for theme, (name, value) in given.items() if value.strip()}


def _accent(name: str, colour: str, theme: str) -> str:
    if not contrast.is_colour(colour):
        raise SettingsError(f"{name}: {colour!r} must be a colour such as #0b6285")
    behind, found = contrast.weakest(colour, theme)
    if found < contrast.LEAST:
        way = "darker" if theme == "light" else "lighter"
        raise SettingsError(
            f"{name}: {colour} on {contrast.BACKGROUNDS[theme][behind]} (the {theme} theme's {behind}) has a contrast "
            f"of {found:.2f}, text needs {contrast.LEAST} (WCAG AA); take a {way} colour"
        )
    return colour.lower()


def _links(value: str) -> tuple[SiteLink, ...]:
    found = []
    for part in filter(None, map(str.strip, value.split(","))):
        text, _, href = (piece.strip() for piece in part.partition("="))
        if not text or not _is_address(href):
            raise SettingsError(
                f"site_links: {part!r} must be TEXT=ADDRESS, the address with https:, http: or mailto:, or from / on"
            )
        found.append(SiteLink(_line("site_links", text), href))
    if len(found) > MOST_LINKS:
        raise SettingsError(f"site_links: {len(found)} links, at most {MOST_LINKS} fit")
    return tuple(found)


def _is_address(href: str) -> bool:
    if len(href) > 2 * MOST_CHARS or not href.isprintable() or re.search(r"[\s\"'<>\\]", href):
        return False
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    if parts.scheme in ("http", "https"):
        return bool(parts.hostname)
    return parts.scheme == "mailto" or (href.startswith("/") and not href.startswith("//"))


def _privacy(settings: Settings) -> dict[str, tuple[str, ...]]:
    """The texts `LANGUAGE.txt` in the folder that the setting names; languages without one have the usual text."""
    if not settings.site_privacy:
        return {}
    folder = Path(settings.site_privacy)
    found = {code: _paragraphs(path) for code in settings.language_list if (path := folder / f"{code}.txt").exists()}
    if not found:
        names = ", ".join(f"{code}.txt" for code in settings.language_list)
        raise SettingsError(f"site_privacy: the folder {folder} has none of {names}")
    return found


def _paragraphs(path: Path) -> tuple[str, ...]:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_PRIVACY_BYTES + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(f"site_privacy: {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        raise SettingsError(f"site_privacy: {path} is no text in UTF-8") from None
    if len(data) > MOST_PRIVACY_BYTES:
        raise SettingsError(f"site_privacy: {path} has more than {MOST_PRIVACY_BYTES:,} bytes")
    return tuple(" ".join(part.split()) for part in re.split(r"\n[ \t\r]*\n", text) if part.strip())
