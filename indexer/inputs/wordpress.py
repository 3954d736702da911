"""Exports of WordPress (WXR) and files of RSS with whole texts: an article for every published post.

Items are cut out of the file and parsed one by one, so that a broken one costs itself alone and none takes more memory
than an article may; a document type or an entity ends the file.
"""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from indexer.records import RawRecord, Rejected

from .items import Item, pieces
from .lines import SLACK
from .posts import post
from .walk import InputFile

_MOST_HEAD: Final = 1 << 20
"""Bytes before the end of any element: a document type can be as long as it likes."""

_PREFIXES: Final = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
}
_WORDPRESS: Final = "http://wordpress.org/export/"
_SAFE: Final = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
_ENCODING: Final = re.compile(
    rb"""(?:\xef\xbb\xbf)?<\?xml\s[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{2,40})["']"""
)
_REFUSED: Final = "a document type or an entity is declared: refused, no export has one"
_MOST_NAMES: Final = 100


def read(file: InputFile) -> Iterator[RawRecord | Rejected]:
    """The article of each post; the number of the item is its line.

    A post with broken XML is rejected, and the others go on. A file that is no export is rejected as a whole.

    Raises:
        OSError: the file cannot be read.
    """
    number = 0
    channel = _Channel()
    with file.path.open("rb") as stream:
        try:
            for piece in pieces(stream, SLACK * file.spec.article_bytes):
                if isinstance(piece, bytes):
                    channel.take(piece)
                    continue
                if not number:
                    channel.close()
                number += 1
                found = _item(piece, channel)
                if isinstance(found, str):
                    yield Rejected(file.input, file.name, number, "", found[:500])
                elif found is not None:
                    yield RawRecord(file.input, file.name, number, found)
            if not number and channel.taken:
                channel.close()
        except _Refused as error:
            yield Rejected(file.input, file.name, number + 1, "", str(error))


class _Refused(Exception):
    """Why a file is not read."""


@dataclass(slots=True)
class _Channel:
    """What stands before the items. names: of authors, by login. opening: the first tag, for the items' namespaces."""

    names: dict[str, str] = field(default_factory=dict)
    site: str = ""
    opening: bytes = b""
    taken: int = 0
    _author: dict[str, str] = field(default_factory=dict)
    _parser: Any = None
    _declared: bytes = b""

    def take(self, data: bytes) -> None:
        """Read on."""
        if self._parser is None:
            self._parser = etree.XMLPullParser(("start", "end"), recover=True, **_SAFE)
            self._declared = _declaration(data)
        if not self.opening and b"<!DOCTYPE" in data.partition(b"<rss")[0]:
            raise _Refused(_REFUSED)
        self.taken += len(data)
        try:
            self._parser.feed(data)
        except (etree.XMLSyntaxError, LookupError) as error:
            raise _Refused(f"broken XML: {error}"[:300]) from None
        self._look()
        if not self.opening and self.taken > _MOST_HEAD:
            raise _Refused("no XML, or nothing but a head of a megabyte: no WordPress export")

    def close(self) -> None:
        """What has been read is all."""
        if not self.opening:
            raise _Refused("no XML: no WordPress export")

    def _look(self) -> None:
        for event, element in self._parser.read_events():
            if not self.opening:
                self._begin(element)
            if event == "end":
                self._note(_name(element), element)
                _let_go(element)

    def _begin(self, root: Any) -> None:
        if root.getroottree().docinfo.internalDTD is not None:
            raise _Refused(_REFUSED)
        if root.tag != "rss":
            raise _Refused(f"no WordPress export, and no RSS: the first element is {_name(root)[:60]!r}")
        spaces = (f" xmlns:{prefix}={quoteattr(space)}" for prefix, space in root.nsmap.items() if prefix)
        self.opening = self._declared + f"<rss{''.join(spaces)}>".encode("ascii", "xmlcharrefreplace")

    def _note(self, name: str, element: Any) -> None:
        text = (element.text or "").strip()
        if name.startswith("wp:author_"):
            self._author[name] = text
        elif name == "wp:author":
            self.names[self._author.get("wp:author_login", "")] = self._author.get("wp:author_display_name", "")
            self._author = {}
        elif name == "title" and not self.site:
            self.site = text


def _declaration(head: bytes) -> bytes:
    """The declaration of the file's encoding, for its items: a byte is a letter of ASCII in each that is taken."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _Refused("not in UTF-8: save it so")
    named = _ENCODING.match(head)
    return b'<?xml version="1.0" encoding="%b"?>' % named[1] if named else b""


def _item(item: Item, channel: _Channel) -> dict[str, object] | str | None:
    """The article of an item, or in words why it cannot be read; None if it is no published post."""
    if item.problem:
        return item.problem
    values: dict[str, list[str]] = {}
    source = etree.iterparse(io.BytesIO(channel.opening + item.data + b"</rss>"), events=("end",), **_SAFE)
    try:
        for _, element in source:
            above = element.getparent()
            if above is not None and above.tag == "item":
                _note(_name(element), element, values)
            _let_go(element)
    except etree.XMLSyntaxError as error:
        first = next(iter(source.error_log), None)
        return f"broken XML: {first.message if first is not None else error.msg}"
    return post(values, channel.names, channel.site)


def _note(name: str, element: Any, values: dict[str, list[str]]) -> None:
    """Keep the text of an element; of many of one name the first that holds something."""
    if name == "category" and element.get("domain", "category") != "category":
        return
    text = (element.text or "").strip()
    if text and name not in values and len(values) < _MOST_NAMES:
        values[name] = [text]


def _let_go(element: Any) -> None:
    """Of what stands before an element that has ended; itself stays until the parser is past it."""
    above = element.getparent()
    while above is not None and element.getprevious() is not None:
        del above[0]


def _name(element: Any) -> str:
    """The name of an element with the prefix that exports give it."""
    namespace, end, name = element.tag.rpartition("}") if isinstance(element.tag, str) else ("", "", "")
    space = namespace[1:]
    if end and space.startswith(_WORDPRESS):
        return f"excerpt:{name}" if "excerpt" in space else f"wp:{name}"
    return _PREFIXES.get(space, "") + name
