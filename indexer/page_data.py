"""What a page says of its article apart from the text: JSON-LD, OpenGraph and other `<meta>`, microdata, `<time>`."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from lxml.html import HtmlElement

_ARTICLES: Final = frozenset(
    "newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle article blogposting".split()
)
_DEEPEST: Final = 12
_MOST_NODES: Final = 2000
_LONGEST_JSON: Final = 2_000_000
"""Characters of one JSON-LD script, and nodes of all of them, that are looked at."""


@dataclass(frozen=True, slots=True)
class PageData:
    """What the page says; every list is in the order of trust, and may be empty.

    article: the JSON-LD node of the article. nodes: all JSON-LD nodes. meta: contents by name or property, lower case.
    """

    article: dict[str, Any] = field(default_factory=dict)
    nodes: list[dict[str, Any]] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)

    def named(self, *names: str) -> list[str]:
        """The contents of these `<meta>`, in the order of the names."""
        return [text for name in names for text in self.meta.get(name, ())]


def page_data(tree: HtmlElement, titles: Iterable[str]) -> PageData:
    """Everything that the page says in JSON-LD and `<meta>`.

    titles: what the page shows as its title; where JSON-LD holds several articles it is the one of such a headline.
    """
    meta: dict[str, list[str]] = {}
    for one in tree.iter("meta"):
        key = one.get("property") or one.get("name") or one.get("itemprop") or ""
        content = (one.get("content") or "").strip()
        if key and content:
            meta.setdefault(key.strip().lower(), []).append(content)
    nodes = list(_nodes(tree))
    articles = [node for node in nodes if not _ARTICLES.isdisjoint(kinds(node))]
    shown = [one for title in (*titles, *meta.get("og:title", ())) if (one := _plain(title))]
    own = [node for node in articles if any(_is_of(_plain(text), shown) for text in texts(node.get("headline")))]
    return PageData((own or (articles if len(articles) == 1 else [{}]))[0], nodes, meta)


def _is_of(headline: str, shown: list[str]) -> bool:
    """Whether a headline, which may be cut, is the beginning of a title, or the other way round."""
    return bool(headline) and any(one.startswith(headline) or headline.startswith(one) for one in shown)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def kinds(node: dict[str, Any]) -> list[str]:
    """The types of a JSON-LD node, in lower case, without their address."""
    given = node.get("@type")
    listed = given if isinstance(given, list) else [given]
    return [kind.rpartition("/")[2].lower() for kind in listed if isinstance(kind, str)]


def texts(value: object, key: str = "name") -> list[str]:
    """The texts of a JSON-LD value: itself, its items, or what its objects hold under `key`."""
    if isinstance(value, dict):
        value = value.get(key)
    if isinstance(value, list):
        out = []
        for item in value[:50]:
            out += texts(item, key) if not isinstance(item, list) else []
        return out
    return [value.strip()] if isinstance(value, str) and value.strip() else []


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    left = _MOST_NODES
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        if len(text) > _LONGEST_JSON:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _objects(value, 0):
            left -= 1
            if left < 0:
                return
            yield node


def _objects(value: object, depth: int) -> Iterator[dict[str, Any]]:
    """Every object that has a type, from the outside in."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            if isinstance(inner, dict | list):
                yield from _objects(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner, depth + 1)
