"""A post of a WordPress export, or an item of RSS, under the names of an article's fields."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

Values = Mapping[str, Sequence[str]]
"""The texts of an item's elements by their names, such as `wp:post_type`, in order."""

_PUBLIC: Final = ("post", "page")
_NO_DATE: Final = "0000-00-00"
_SHORTCODE: Final = re.compile(r"\[(/?)([a-z][a-z0-9_-]{0,60})((?:\s[^\[\]<>]{0,3000})?)/?\]")
_WITH_CONTENT: Final = ("caption", "wp_caption", "embed", "gallery", "audio", "video", "playlist", "contact-form")
"""Shortcodes that go together with what stands between their two parts."""

_KNOWN: Final = frozenset((*_WITH_CONTENT, "contact-form-7", "rev_slider", "toc", "more", "nextpage"))


def post(values: Values, names: Mapping[str, str], site: str) -> dict[str, object] | None:
    """The article of a published post, page, or item of a feed; None for everything else that exports hold.

    names: display names of authors by login. site: the title of the channel.
    """
    kind, login = _first(values, "wp:post_type"), _first(values, "dc:creator")
    if kind and (kind not in _PUBLIC or _first(values, "wp:status") != "publish" or _first(values, "wp:post_password")):
        return None
    link = _first(values, "link")
    number = _first(values, "wp:post_id")
    found = {
        "id": link or (f"post-{number}" if number else _first(values, "guid")),
        "title": _first(values, "title"),
        "body": text(_first(values, "content:encoded") or ("" if kind else _first(values, "description"))),
        "url": link,
        "published": _published(values),
        "category": _first(values, "category"),
        "author": names.get(login, login) or _first(values, "author"),
        "source": site,
    }
    return {key: value for key, value in found.items() if value}


def text(content: str) -> str:
    """The content of a post without comments of blocks, shortcodes and captions; the rest is HTML still.

    >>> text("[caption id=1]<img> Сурет[/caption]Мәтін [kk] [1]. <!-- wp:paragraph -->")
    'Мәтін [kk] [1]. '
    """
    for start, end in (("<!--", "-->"), ("<figcaption", "</figcaption>")):
        content = _without(content, start, end)
    if "[" not in content:
        return content
    closed = set(re.findall(r"\[/([a-z][a-z0-9_-]{0,60})\]", content))
    for name in closed.intersection(_WITH_CONTENT):
        content = _without(content, f"[{name}", f"[/{name}]")
    return _SHORTCODE.sub(lambda found: "" if _is_shortcode(found, closed) else found[0], content)


def _is_shortcode(found: "re.Match[str]", closed: set[str]) -> bool:
    """Whether brackets hold one and no word of the text: known, closed, with values, or with a name like no word."""
    slash, name, values = found.groups()
    return bool(slash) or name in _KNOWN or name in closed or "=" in values or "_" in name


def _without(content: str, start: str, end: str) -> str:
    """Without what stands from each start to its end; a start without an end is left."""
    first, *pieces = content.split(start)
    out = [first]
    for piece in pieces:
        _, found, rest = piece.partition(end)
        out.append(rest if found else start + piece)
    return "".join(out)


def _first(values: Values, name: str) -> str:
    return next((one for given in values.get(name, ()) if (one := given.strip())), "")


def _published(values: Values) -> str:
    """When it was published: the export says it in UTC, in local time, and as feeds do."""
    utc = _first(values, "wp:post_date_gmt")
    if utc and not utc.startswith(_NO_DATE):
        return f"{utc}Z"
    local = _first(values, "wp:post_date")
    return _first(values, "pubDate") or ("" if local.startswith(_NO_DATE) else local)
