"""Exports of WordPress (WXR) and files of RSS with whole texts: an article for every published post.

The file is parsed piece by piece, and what was looked at is let go of; a document type or an entity ends it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Final

from lxml import etree

from indexer.records import RawRecord, Rejected

from .lines import SLACK
from .posts import post
from .walk import InputFile

_AT_ONCE: Final = 1 << 16
_MOST_HEAD: Final = 1 << 20
"""Bytes before the first element: a document type can be as long as it likes."""

_MOST_ERRORS: Final = 1000
_CONTROLS: Final = bytes(code for code in range(0x20) if code not in b"\t\n\r")
"""Bytes that XML does not have, and that editors of old sites let through."""

_PREFIXES: Final = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
}
_REFUSED: Final = "a document type or an entity is declared: refused, no export has one"
_ITEM_END: Final = b"</item>"
_WORDPRESS: Final = "http://wordpress.org/export/"


def read(file: InputFile) -> Iterator[RawRecord | Rejected]:
    """The article of each post; the number of the item is its line.

    A post with broken XML is rejected, and the others go on. A file that is no export is rejected as a whole.

    Raises:
        OSError: the file cannot be read.
    """
    with file.path.open("rb") as stream:
        yield from _Export(file).read(stream)


@dataclass(slots=True)
class _Export:
    """A parse of one file.

    root: the name of the first element, once one has ended. names: of authors, by login. values: of the item or author
    that is open. items: how many ended. errors, begun: what the parser had told, and taken, when the last one ended.
    """

    file: InputFile
    names: dict[str, str] = field(default_factory=dict)
    values: dict[str, list[str]] = field(default_factory=dict)
    site: str = ""
    root: str = ""
    items: int = 0
    errors: int = 0
    taken: int = 0
    begun: int = 0

    def read(self, stream: IO[bytes]) -> Iterator[RawRecord | Rejected]:
        # It goes on after an error, but never resolves an entity or fetches anything.
        parser: Any = etree.XMLPullParser(
            ("end",), recover=True, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
        )
        try:
            for data in _pieces(stream):
                self.taken += len(data)
                if not self.root and b"<!DOCTYPE" in data.partition(b"<rss")[0]:
                    raise _Stop(_REFUSED)
                parser.feed(data)
                yield from self._items(parser)
                if not self.root and self.taken > _MOST_HEAD:
                    raise _Stop("no XML, or nothing but a head of a megabyte: no WordPress export")
            if not self.taken:
                return
            parser.close()
            yield from self._items(parser)
            if not self.root:
                raise _Stop("no XML: no WordPress export")
            if len(parser.feed_error_log) > self.errors:
                raise _Stop(f"broken XML: {parser.feed_error_log[-1].message}; export it again")
        except (_Stop, etree.XMLSyntaxError) as error:
            reason = str(error) if isinstance(error, _Stop) else f"broken XML: {error}; what follows is lost"
            yield Rejected(self.file.input, self.file.name, self.items + 1, "", reason[:500])

    def _items(self, parser: Any) -> Iterator[RawRecord | Rejected]:
        for _, element in parser.read_events():
            if not self.root:
                self._begin(element)
            yield from self._end(_name(element), element, parser.feed_error_log)
        if len(parser.feed_error_log) > _MOST_ERRORS:
            raise _Stop("broken XML: more than a thousand errors; the rest is not read")

    def _begin(self, element: Any) -> None:
        tree = element.getroottree()
        self.root = _name(tree.getroot())
        if tree.docinfo.internalDTD is not None:
            raise _Stop(_REFUSED)
        if self.root != "rss":
            raise _Stop(f"no WordPress export, and no RSS: the first element is {self.root[:60]!r}")

    def _end(self, name: str, element: Any, log: Any) -> Iterator[RawRecord | Rejected]:
        above = element.getparent()
        if above is None:
            return
        inside = _name(above)
        if inside in ("item", "wp:author"):
            self._note(name, element)
        elif inside == "channel" and name == "title":
            self.site = (element.text or "").strip()
        elif inside == "channel" and name == "wp:author":
            login, shown = (self.values.get(f"wp:author_{key}", [""])[0] for key in ("login", "display_name"))
            self.names[login] = shown
            self.values = {}
        elif inside == "channel" and name == "item":
            yield from self._item(log)
        # The element itself stays until the parser is past it.
        while element.getprevious() is not None:
            del above[0]

    def _note(self, name: str, element: Any) -> None:
        """Keep the text of an element of an item; of many only the first."""
        if name == "category" and element.get("domain", "category") != "category":
            return
        kept = self.values.setdefault(name, []) if len(self.values) < 100 else []
        if len(kept) < 3:
            kept.append(element.text or "")

    def _item(self, log: Any) -> Iterator[RawRecord | Rejected]:
        self.items += 1
        found = post(self.values, self.names, self.site)
        self.values = {}
        limit = SLACK * self.file.spec.article_bytes
        reason = ""
        if len(log) > self.errors:
            reason = f"broken XML: {log[self.errors].message}"
            self.errors = len(log)
        elif self.taken - self.begun > limit:
            reason = f"a post of more than {limit:,} bytes with its comments: raise article_bytes"
        self.begun = self.taken
        if reason:
            name = str(found.get("id", "")) if found else ""
            yield Rejected(self.file.input, self.file.name, self.items, name, reason[:500])
        elif found is not None:
            yield RawRecord(self.file.input, self.file.name, self.items, found)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The file in pieces of which none holds the ends of two items: so it is known whose an error is."""
    rest = b""
    while data := stream.read(_AT_ONCE):
        *whole, rest = (rest + data.translate(None, _CONTROLS)).split(_ITEM_END)
        yield from (piece + _ITEM_END for piece in whole)
        # Its end may be the beginning of an item's end.
        at = max(0, len(rest) - len(_ITEM_END))
        if at:
            yield rest[:at]
        rest = rest[at:]
    if rest:
        yield rest


class _Stop(Exception):
    """Why a file is not read, or not further."""


def _name(element: Any) -> str:
    """The name of an element with the prefix that exports give it."""
    namespace, end, name = element.tag.rpartition("}") if isinstance(element.tag, str) else ("", "", "")
    space = namespace[1:]
    if end and space.startswith(_WORDPRESS):
        return f"excerpt:{name}" if "excerpt" in space else f"wp:{name}"
    return _PREFIXES.get(space, "") + name
