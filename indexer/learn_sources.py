"""The texts that the shipped stem lexicon is learnt from, each under a licence that allows it, and their words."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from search.kazakh.fold import fold

_WORD = re.compile("[а-яёәғқңөұүһі]+")
_STRESS_AND_HIDDEN = re.compile("[\u0300-\u0305\u0307\u0309-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")
_LATIN_I_AND_SCHWA = str.maketrans("iə", "іә")  # the two stand-ins that are frequent: бiр, жəне
_LATIN = re.compile("[a-zə]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file of texts: its path below the folder of sources, its licence, its JSON fields (none: a plain word list)."""

    path: str
    licence: str
    fields: tuple[str, ...]


SOURCES = (
    Source("lexical/wordforms.txt", "Apache-2.0", ()),
    Source("corpus/background.jsonl", "MIT, CC BY 4.0, public government pages, CC BY-SA", ("text",)),
    Source("corpus/akorda_speeches.jsonl", "MIT", ("title", "body")),
    Source("corpus/ntrex_news.jsonl", "CC BY-SA 4.0", ("title", "body")),
    Source("relevance/akorda/docs.jsonl", "MIT", ("body",)),
    Source("relevance/kazqad/docs.jsonl", "CC BY-SA 4.0", ("title", "body")),
)


def key_counts(folder: Path, source: Source) -> Counter[str]:
    """Fold keys of the Cyrillic words of a source with their counts; a word list counts each word once.

    Raises:
        OSError: the file cannot be read.
        ValueError: a line is not JSON.
    """
    with (folder / source.path).open(encoding="utf-8") as lines:
        if not source.fields:
            return Counter({fold(word): 1 for line in lines for word in words(line)})
        return Counter(fold(word) for text in _texts(lines, source.fields) for word in words(text))


def texts(folder: Path, source: Source) -> Iterator[str]:
    """The running texts of a source, its fields joined.

    Raises:
        OSError: the file cannot be read.
        ValueError: a line is not JSON.
    """
    with (folder / source.path).open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            yield "\n".join(str(record.get(field) or "") for field in source.fields)


def _texts(lines: Iterable[str], fields: tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        record = json.loads(line)
        yield from (str(record.get(field) or "") for field in fields)


def words(text: str) -> Iterator[str]:
    """The lower-case Cyrillic words of a text; words that mix in other letters than Latin i and ə are left out.

    >>> list(words("Бiр HTML-бет, жəне «Қала»"))
    ['бір', 'бет', 'және', 'қала']
    """
    for match in re.finditer(r"[^\W\d_]+", _STRESS_AND_HIDDEN.sub("", normalize("NFC", text)).lower()):
        word = match[0]
        if _LATIN.search(word) and re.search("[а-я]", word):
            word = word.translate(_LATIN_I_AND_SCHWA)
        if _WORD.fullmatch(word):
            yield word
