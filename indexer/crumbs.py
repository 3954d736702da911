"""What the page left in the text: crumbs at the end, and paragraphs that stand in many articles of one source.

Decided by counting and shape, never by a list of words, and with care: a name under a quotation, the items of a list,
the lines of a verse and the only paragraph stay.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Final

from search.model import Article

MOST_CRUMBS: Final = 3
"""More short lines than this at the end are a list or a verse."""

LONGEST_CRUMB: Final = 30
MOST_WORDS: Final = 3

LEAST_REPEATS: Final = 5
LEAST_SHARE: Final = 0.1
"""A paragraph is boilerplate in a source if so many of its articles, and such a share of them, hold it."""

MOST_REPEATED: Final = 3
"""An article with more repeated paragraphs than this is a reprint, not an article with boilerplate."""

MOST_COUNTED: Final = 200_000
"""Paragraphs that are counted at one time: some 25 MB."""

_SENTENCE_END = re.compile(r"[.!?…][»\"”’)\]]*$")
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


class Boilerplate:
    """Counts the paragraphs of each source in a first pass; tells in a second which are not an article's own.

    Memory is bounded: when too many paragraphs are held, each loses one count and the rarest are forgotten. A count may
    so be too low, never too high: in doubt a paragraph stays.
    """

    def __init__(self, most: int = MOST_COUNTED) -> None:
        self._most = most
        self._articles: Counter[str] = Counter()
        self._paragraphs: dict[bytes, int] = {}

    def count(self, article: Article) -> None:
        """Take an article of the first pass into account; a paragraph counts once an article."""
        self.count_keys(article.source, keys(article))

    def count_keys(self, source: str, paragraphs: Iterable[bytes]) -> None:
        """The same by the `keys` of an article of this source."""
        self._articles[source] += 1
        for key in paragraphs:
            self._paragraphs[key] = self._paragraphs.get(key, 0) + 1
        while len(self._paragraphs) > self._most:
            self._paragraphs = {key: seen - 1 for key, seen in self._paragraphs.items() if seen > 1}

    def repeated(self) -> "Boilerplate":
        """What `strip` needs of the counts, which is little."""
        few = Boilerplate(self._most)
        few._articles = self._articles
        few._paragraphs = {key: seen for key, seen in self._paragraphs.items() if seen >= LEAST_REPEATS}
        return few

    def strip(self, article: Article) -> tuple[str, tuple[str, ...]]:
        """The body without what the page left in it, and what was taken out."""
        paragraphs = article.body.split("\n\n")
        repeated: set[int] = set()
        if self._paragraphs:
            repeated = {at for at, text in enumerate(paragraphs) if self._is_repeated(article.source, text)}
        if len(repeated) > MOST_REPEATED:
            repeated = set()
        # The end of what remains is the end of the article.
        kept = [at for at in range(len(paragraphs)) if at not in repeated]
        crumbs = {kept[at] for at in tail([paragraphs[at] for at in kept])}
        out = repeated | crumbs
        if not out or len(out) == len(paragraphs):
            return article.body, ()
        body = "\n\n".join(text for at, text in enumerate(paragraphs) if at not in out)
        return body, tuple(paragraphs[at] for at in sorted(out))

    def _is_repeated(self, source: str, paragraph: str) -> bool:
        least = max(LEAST_REPEATS, LEAST_SHARE * self._articles[source])
        if self._paragraphs.get(_key(source, paragraph), 0) < least:
            return False
        return not _ITEM.match(paragraph) and "\n" not in paragraph


def keys(article: Article) -> set[bytes]:
    """What the paragraphs of an article are counted by."""
    return {_key(article.source, paragraph) for paragraph in article.body.split("\n\n")}


def _key(source: str, paragraph: str) -> bytes:
    return blake2b(f"{source}\0{paragraph}".encode(), digest_size=8).digest()
