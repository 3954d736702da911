"""What the page left in the text: crumbs at the end, and paragraphs that stand in many articles of one source.

Decided by counting and shape, never by a list of words, and with care: a name under a quotation, the items of a list,
the lines of a verse and the only paragraph stay.
"""

import re
from collections.abc import Collection, Sequence
from hashlib import blake2b
from typing import Final

from search.model import Article

MOST_CRUMBS: Final = 3
"""More short lines than this at the end are a list or a verse."""

KEY_BYTES: Final = 8

LONGEST_CRUMB: Final = 30
MOST_WORDS: Final = 3

MOST_REPEATED: Final = 3
"""An article with more repeated paragraphs than this is a reprint, not an article with boilerplate."""

_ENDED = re.compile(r"[.!?…»\"”)\]]$")
_ITEM = re.compile(r"^(?:[–—•·*▪◦-]|\(?\d{1,3}[.)])")
_QUOTED = re.compile(r"^[«\"“„].*[»\"”][.!?…]?$", re.DOTALL)
_CAPITALISED = re.compile(r"[^\W\d_]\.?(?:[^\W\d_]\.)*[^\W\d_]*(?:-[^\W\d_]+)?,?$")


def tail(paragraphs: Sequence[str]) -> set[int]:
    """The places of crumbs at the end of an article: short paragraphs without a sentence end, after one that has it."""
    first = len(paragraphs)
    while first and _like_crumb(paragraphs[first - 1]):
        first -= 1
    short = range(first, len(paragraphs))
    if not first or not 1 <= len(short) <= MOST_CRUMBS or not _ENDED.search(paragraphs[first - 1]):
        return set()
    crumbs = {at for at in short if not _like_name(paragraphs[at])}
    return crumbs - {first} if _QUOTED.match(paragraphs[first - 1]) else crumbs


def _like_crumb(paragraph: str) -> bool:
    return (
        len(paragraph) <= LONGEST_CRUMB
        and "\n" not in paragraph
        and len(paragraph.split()) <= MOST_WORDS
        and not re.search(r"[.!?…,;:»\"”)]$", paragraph)
        and not _ITEM.match(paragraph)
    )


def _like_name(paragraph: str) -> bool:
    """Two or three words that all begin with a capital, or an initial with a surname: who wrote it."""
    words = paragraph.split()
    return (len(words) > 1 or "." in paragraph) and all(
        word[0].isupper() and _CAPITALISED.match(word) for word in words
    )


def strip(article: Article, repeated: Collection[bytes]) -> tuple[str, tuple[str, ...]]:
    """The body without what the page left in it, and what was taken out.

    repeated: the `key` of each paragraph that its source repeats (`repeats.py`).
    """
    paragraphs = article.body.split("\n\n")
    again: set[int] = set()
    if repeated:
        again = {
            at for at, text in enumerate(paragraphs) if key(article.source, text) in repeated and _may_repeat(text)
        }
    if len(again) > MOST_REPEATED:
        again = set()
    # The end of what remains is the end of the article.
    kept = [at for at in range(len(paragraphs)) if at not in again]
    crumbs = {kept[at] for at in tail([paragraphs[at] for at in kept])}
    out = again | crumbs
    if not out or len(out) == len(paragraphs):
        return article.body, ()
    body = "\n\n".join(text for at, text in enumerate(paragraphs) if at not in out)
    return body, tuple(paragraphs[at] for at in sorted(out))


def keys(article: Article) -> bytes:
    """What the paragraphs of an article are counted by, each once, one after another."""
    found = {key(article.source, paragraph) for paragraph in article.body.split("\n\n")}
    return b"".join(sorted(found))


def key(source: str, paragraph: str) -> bytes:
    """What a paragraph is counted by: a hash of eight bytes, of its source too."""
    return blake2b(f"{source}\0{paragraph}".encode(), digest_size=KEY_BYTES).digest()


def _may_repeat(paragraph: str) -> bool:
    """Whether it is no item of a list and no verse."""
    return not _ITEM.match(paragraph) and "\n" not in paragraph
