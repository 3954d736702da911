"""The text of an HTML page: its bytes in the encoding that the page, or who sent it, names."""

import codecs
import re
from typing import Final

from .encodings import actual, likely

_PRESCAN: Final = 4096
"""Bytes at the head of a page in which its encoding is looked for; the HTML standard asks for 1,024."""

_META = re.compile(
    rb"""<(?:meta|\?xml)\s[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_OF_PAGES = re.compile(
    r"cp(?:1250|1251|1253|1254|1257|866|932|949|1252)|kz1048|ptcp154|koi8-[rut]|iso8859-(?:[2-9]|1\d)|mac-cyrillic"
    r"|gb(?:k|2312|18030)|big5|euc_\w+|shift_jis"
)
"""Codecs of Python that pages are written in. Latin-1 is what servers say that were never told anything."""


def text_of(html: bytes, charset: str = "") -> str:
    """The text of a page: UTF-8 and UTF-16 by their marks, UTF-8 wherever it fits, else as the page or its sender says.

    charset: of the header of the answer, if there was one; it comes before the page's own `<meta>`. Bytes that fit
    UTF-8 are UTF-8 whatever a page says, for no other text does by accident. A page that calls itself windows-1251 and
    has the Kazakh letters of KZ-1048 is KZ-1048, which differs in these letters alone. What cannot be decoded becomes
    U+FFFD.
    """
    own = _META.search(html[:_PRESCAN])
    named = [codec for label in (charset, own[1].decode("ascii") if own else "") if (codec := _codec(label))]
    for codec in (actual("utf-8", html), *named):
        try:
            return html.decode(_kazakh(codec, html))
        except UnicodeDecodeError:
            continue
    # Nobody said it: one-byte Cyrillic is told by its letters, as browsers do; else single characters are damaged.
    return html.decode(named[0] if named else _likely(html) or "utf-8", "replace")


def _codec(label: str) -> str:
    """Python's name for an encoding of pages, or empty; UTF-8 is tried anyway."""
    try:
        name = codecs.lookup(label.strip(" \t\"'").lower().removeprefix("x-")).name if label else ""
    except (LookupError, ValueError):
        return ""
    return name if _OF_PAGES.fullmatch(name) else ""


def _kazakh(codec: str, html: bytes) -> str:
    return "kz1048" if codec == "cp1251" and _likely(html) == "kz1048" else codec


def _likely(html: bytes) -> str:
    """By the letters beyond ASCII: they are few at the head of a page."""
    return likely(re.sub(rb"[\x00-\x7f]+", b"", html[:500_000]))
