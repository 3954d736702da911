"""Text of articles and requests for feeds, descriptions and citations: what XML, lines and readers' lists bear."""

import re
from typing import Final

FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML 1.0 forbids or advises against, and what UTF-8 cannot hold."""

_ORDERING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates: left open, they turn around the texts that a list shows after this one."""

_SPACE: Final = re.compile(r"[\s\u2028\u2029]+")


def line(text: str, most: int = 0) -> str:
    """The text on one line without characters that control anything; of one longer than `most`, if given, its start."""
    text = _SPACE.sub(" ", FORBIDDEN.sub(" ", _ORDERING.sub("", text))).strip()
    if not most or len(text) <= most:
        return text
    cut = text[: most - 1]
    end = cut.rfind(" ")
    return f"{cut[:end] if end > most // 2 else cut}…"


def for_xml(text: str) -> str:
    """The text as XML may hold it: what is forbidden is one replacement character each."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", _ORDERING.sub("", text))
