"""XML answers, written by the standard library: every text is escaped, and what XML forbids never gets in."""

from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from flask import Response

from .plain import for_xml

ATOM: Final = "http://www.w3.org/2005/Atom"
OPENSEARCH: Final = "http://a9.com/-/spec/opensearch/1.1/"
SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"

_HEAD: Final = b'<?xml version="1.0" encoding="utf-8"?>\n'


def root(name: str, namespace: str, attributes: Mapping[str, str] | None = None) -> Element:
    """The root of a document whose elements are in this namespace, but those with a prefix that it declares."""
    return Element(name, {"xmlns": namespace, **_clean(attributes)})


def add(parent: Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> Element:
    """One more child of an element."""
    child = SubElement(parent, name, _clean(attributes))
    if text:
        child.text = for_xml(text)
    return child


def document(element: Element) -> bytes:
    """The document in UTF-8."""
    text: str = ElementTree.tostring(element, "unicode")
    return _HEAD + text.encode() + b"\n"


def answer(element: Element, mimetype: str) -> Response:
    """The document as an answer."""
    return Response(document(element), content_type=f"{mimetype}; charset=utf-8")


def _clean(attributes: Mapping[str, str] | None) -> dict[str, str]:
    return {name: for_xml(value) for name, value in (attributes or {}).items()}
