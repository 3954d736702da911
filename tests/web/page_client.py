"""Asks for pages as a browser without scripts does, and holds every page to what all of them promise."""

from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask

CONTENTLESS = {"input", "meta", "link", "rect", "img"}
ALLOWED = {
    *("html", "head", "title", "body", "header", "footer", "main", "nav", "search", "section", "article", "div", "p"),
    *("h1", "h2", "h3", "ul", "ol", "li", "a", "span", "mark", "time", "form", "label", "button", "details", "summary"),
    *("svg", "h4", "fieldset", "legend", "dl", "dt", "dd", "kbd", "em", "address", "script", *CONTENTLESS),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "code", "pre", "i", "bdi"),
    *("select", "option", "datalist"),
}


def parsed(text: str) -> Element:
    """The elements of a page that is right to the letter.

    Raises:
        html5lib.html5parser.ParseError: it is not.
    """
    tree: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return tree


class Shown:
    """A page: its answer and its elements."""

    def __init__(self, status: int, headers: dict[str, str], text: str) -> None:
        self.status, self.headers, self.text = status, headers, text
        self.tree = parsed(text)

    def all(self, path: str) -> list[Element]:
        """The elements at this path, as ElementTree writes it."""
        return self.tree.findall(path)

    def texts(self, path: str) -> list[str]:
        """Their texts, with single spaces."""
        return [text_of(element) for element in self.all(path)]

    def link(self, text: str) -> str:
        """The address of the one link with this text in it."""
        found = {one.get("href", "") for one in self.all(".//body//a") if text in text_of(one)}
        assert len(found) == 1, (text, found)
        return found.pop()

    def hrefs(self) -> set[str]:
        """Where its links lead on this site."""
        return {href for one in self.all(".//a") if (href := one.get("href", "")).startswith("/")}


class PageClient:
    """Pages of an application."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, path: str, status: int = 200, **headers: str) -> Shown:
        """The page at this path, checked."""
        answer = self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        assert answer.status_code == status, (path, answer.status_code, answer.text[:500])
        assert answer.content_type == "text/html; charset=utf-8"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        shown = Shown(answer.status_code, dict(answer.headers), answer.text)
        _check(shown)
        return shown

    def target(self, path: str, status: int = 302) -> str:
        """Where this path redirects to."""
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return answer.headers["Location"]


def text_of(element: Element) -> str:
    """The text in an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def _check(page: Shown) -> None:
    ids = [one.get("id") for one in page.tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids)), f"an id stands twice: {sorted(ids)}"
    for element in _elements(page.tree):
        name = element.tag.rpartition("}")[2]
        assert name in ALLOWED, f"a foreign element: {name}"
        if name == "script" and element.get("type") != "application/ld+json":
            assert element.get("src", "").startswith("/static/"), "a script of somebody else"
            assert not text_of(element), "a script in the page"
            continue
        assert name in CONTENTLESS or element.get("role") == "status" or len(element) or text_of(element), (
            f"an empty <{name} {element.attrib}>"
        )
        for attribute, value in element.attrib.items():
            assert not attribute.startswith("on"), f"an event handler: {attribute}"
            assert attribute != "style", "an inline style"
            if attribute in ("href", "src", "action"):
                assert urlsplit(value).scheme in ("", "http", "https", "mailto", "tel"), value
        for reference in ("aria-labelledby", "aria-describedby", "for"):
            named = element.get(reference, "").split()
            assert set(named) <= set(ids), f"{reference} names nothing: {named}"
    assert len(page.all(".//h1")) == len(page.all(".//main")) == 1
    assert page.all(".//search//input[@type='search']")


def _elements(tree: Element) -> Iterator[Element]:
    return (element for element in tree.iter() if isinstance(element.tag, str))
