"""Holds a feed to RFC 4287: what stands where, how often, and what each text may be."""

import re
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
ONCE = {"feed": ("id", "title", "updated"), "entry": ("id", "title", "updated")}
AT_MOST_ONCE = {
    "feed": ("generator", "icon", "logo", "rights", "subtitle"),
    "entry": ("content", "published", "rights", "source", "summary"),
}
MANY = {"feed": ("author", "category", "contributor", "link", "entry"), "entry": ("author", "category", "link")}


def checked(data: bytes) -> Element:
    """The feed, if it is right."""
    feed = ElementTree.fromstring(data.decode())
    assert feed.tag == f"{ATOM}feed"
    _container(feed, "feed")
    assert feed.findall(f"{ATOM}author"), "entries without an author have that of the feed"
    (self_link,) = [one for one in feed.findall(f"{ATOM}link") if one.get("rel") == "self"]
    assert self_link.get("type") == "application/atom+xml"
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        _container(entry, "entry")
        links = entry.findall(f"{ATOM}link")
        assert [one for one in links if one.get("rel") == "alternate"]
    ids = [text(one, "id") for one in entries]
    assert len(ids) == len(set(ids)), "the same entry twice"
    return feed


def text(element: Element, name: str) -> str:
    """The text of a child, empty if there is none."""
    return element.findtext(ATOM + name) or ""


def _container(element: Element, kind: str) -> None:
    names = [child.tag.removeprefix(ATOM) for child in element if child.tag.startswith(ATOM)]
    assert set(names) <= {*ONCE[kind], *AT_MOST_ONCE[kind], *MANY[kind]}, names
    for name in ONCE[kind]:
        assert names.count(name) == 1, name
    for name in AT_MOST_ONCE[kind]:
        assert names.count(name) <= 1, name
    for child in element:
        if child.tag.startswith(ATOM):
            _part(child, child.tag.removeprefix(ATOM))
    pairs = [(one.get("type"), one.get("hreflang")) for one in _links(element, "alternate")]
    assert len(pairs) == len(set(pairs)), "two alternates of the same type and language"


def _links(element: Element, rel: str) -> list[Element]:
    return [one for one in element.findall(f"{ATOM}link") if one.get("rel", "alternate") == rel]


def _part(child: Element, name: str) -> None:
    match name:
        case "id" | "icon" | "logo":
            _absolute(child.text or "")
        case "updated" | "published":
            assert MOMENT.fullmatch(child.text or ""), child.text
            datetime.fromisoformat(child.text or "")
        case "link":
            _absolute(child.get("href", ""))
            assert not child.text
            assert not len(child)
        case "author":
            assert [one.tag for one in child][:1] == [f"{ATOM}name"]
            assert text(child, "name").strip()
        case "category":
            assert child.get("term", "").strip()
        case "title" | "summary" | "subtitle" | "rights":
            assert child.get("type", "text") in ("text", "html")
            assert not len(child), "escaped, not markup"


def _absolute(address: str) -> None:
    parts = urlsplit(address)
    assert parts.scheme in ("http", "https"), address
    assert parts.hostname, address
    assert address.isascii() or parts.path, address
    assert not re.search(r"[\s<>\"{}|\\^`]", address), address
