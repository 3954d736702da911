"""The site's own in the pages: names, logo, contacts, links, and the style rules of its colours."""

from collections.abc import Iterable
from dataclasses import dataclass

from search.contrast import BACKGROUNDS
from search.site import Site

from .paging import Link

ACCENT, ON_ACCENT = "--accent", "--on-accent"
"""What the stylesheet of the pages calls the colour of links and buttons, and that of text on it."""

USUAL_DARK = "#82c7e6"
"""The colour in the dark theme of a site that sets none."""


@dataclass(frozen=True, slots=True)
class Brand:
    """What templates show of `Site`; texts and addresses are empty where nothing is set.

    theme_light, theme_dark: the colour of the browser's own frame.
    """

    name: str
    short: str
    owner: str
    email: str
    phone: str
    phone_href: str
    address: str
    logo: str
    logo_width: int
    logo_height: int
    links: tuple[Link, ...]
    theme_light: str
    theme_dark: str


def of(site: Site) -> Brand:
    """The brand of a site."""
    return Brand(
        name=site.name,
        short=site.short,
        owner=site.owner,
        email=site.email,
        phone=site.phone,
        phone_href="tel:" + "".join(sign for sign in site.phone if sign in "+0123456789") if site.phone else "",
        address=site.address,
        logo=f"/site/logo?v={site.logo.stamp}" if site.logo else "",
        logo_width=site.logo.width if site.logo else 0,
        logo_height=site.logo.height if site.logo else 0,
        links=tuple(Link(link.text, link.href) for link in site.links),
        theme_light=BACKGROUNDS["light"]["paper"],
        theme_dark=BACKGROUNDS["dark"]["paper"],
    )


def css(site: Site) -> str:
    """The rules for the site's colours, empty where they are the usual ones.

    A reader's own choice of a theme stands above that of the system, as in the stylesheet of the pages.
    """
    return "".join(_rules(site))


def _rules(site: Site) -> Iterable[str]:
    light, dark = site.accents.get("light"), site.accents.get("dark")
    if light:
        yield f":root {{ {_colours(light, 'light')} }}\n"
        dark = dark or USUAL_DARK  # what was just said holds in both themes
    if dark:
        rule = _colours(dark, "dark")
        yield f'@media (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{ {rule} }} }}\n'
        yield f':root[data-theme="dark"] {{ {rule} }}\n'


def _colours(accent: str, theme: str) -> str:
    """Text on the colour is as the paper: the contrast of both was looked at when the settings were read."""
    return f"{ACCENT}: {accent}; {ON_ACCENT}: {BACKGROUNDS[theme]['paper']};"
