"""Seeded queries of every class, drawn so that their hit counts lie near those of the table in docs/quality.md.

Counts are estimated on 10,000 articles spread over all years; of one rare word they are exact.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from .corpus import FORMS, given, shards, tokens
from .source import Ints

SEED = 8
SAMPLE = 10_000
TRIES = 400_000

CLASSES = {
    "rare": "one rare word",
    "common": "one common word",
    "or": "OR of three",
    "and": "AND of three",
    "phrase": "phrase",
    "prefix": "prefix",
    "typo": "one typo, corrected",
    "near": "one typo, all near words",
    "filter": "AND + category + dates",
    "facet": "OR + three facets",
    "newest": "newest first",
    "deep": "hits 491–500",
    "snippets": "ten snippets",
    "full": "AND + three facets + ten snippets",
    "question": "question of 6–8 words",
    "complete": "completion",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """A query. words: stems; of `prefix` and `complete` the first letters of one; of `typo` and `near` misspelled.

    forms: a form of each word, for those who analyse by themselves. first, last: days since 1970, both included.
    """

    kind: str
    words: tuple[str, ...]
    forms: tuple[str, ...]
    category: str = ""
    first: int = 0
    last: int = 0


def load(folder: Path, articles: int, count: int) -> list[Ask]:
    """So many queries of each class for the first so many articles; drawn once and kept beside them."""
    path = folder / f"queries-{SEED}-{articles}-{count}.json"
    if not path.exists():
        drawing = _Drawing(folder, articles)
        asks = [ask for kind in CLASSES for ask in drawing.draw(kind, count)]
        path.write_text(json.dumps([asdict(ask) for ask in asks], ensure_ascii=False, indent=0), "utf-8")
    rows = json.loads(path.read_text("utf-8"))
    return [Ask(**{**row, "words": tuple(row["words"]), "forms": tuple(row["forms"])}) for row in rows]


def draw(folder: Path, articles: int, kind: str, count: int) -> list[Ask]:
    """So many queries of one class."""
    return _Drawing(folder, articles).draw(kind, count)


class _Drawing:
    """Draws queries from a sample of the articles."""

    def __init__(self, folder: Path, articles: int) -> None:
        rows = list(islice(given(tokens(folder, articles)), 0, None, max(1, articles // SAMPLE)))
        self._rows = rows
        self._texts = [row.text.split(" ") for row in rows]
        self._articles = articles
        places: dict[str, list[int]] = {}
        for number, text in enumerate(self._texts):
            for word in dict.fromkeys(text):
                places.setdefault(word, []).append(number)
        self._postings: dict[str, Ints] = {word: np.array(numbers) for word, numbers in places.items()}
        self._forms = dict(_forms(folder, articles))
        self._df = _counted(folder, articles)
        self._chance = np.random.default_rng([SEED, articles])

    def draw(self, kind: str, count: int) -> list[Ask]:
        """So many different queries of a class."""
        makers: dict[str, Callable[[], Ask | None]] = {
            "rare": lambda: self._word("rare", 40, 130, exactly=True),
            "common": lambda: self._word("common", 0.2, 0.45),
            "or": lambda: self._words("or", 3, 0.3, 0.55, any_of=True),
            "and": lambda: self._words("and", 3, 0.0008, 0.0035),
            "phrase": self._phrase,
            "prefix": lambda: self._prefix("prefix", 0.07, 0.25),
            "typo": lambda: self._typo("typo"),
            "near": lambda: self._typo("near"),
            "filter": self._filter,
            "facet": lambda: self._words("facet", 2, 0.2, 0.45, any_of=True),
            "newest": lambda: self._word("newest", 0.2, 0.45),
            "deep": lambda: self._word("deep", 0.2, 0.45),
            "snippets": lambda: self._word("snippets", 0.01, 0.025),
            "full": lambda: self._words("full", 2 + int(self._chance.random() < 0.5), 0.013, 0.05),
            "question": self._question,
            "complete": lambda: self._prefix("complete", 0.0003, 0.5),
        }
        made: dict[Ask, None] = {}
        for _ in range(TRIES):
            if len(made) == count:
                break
            if ask := makers[kind]():
                made[ask] = None
        return list(made)

    def _ask(self, kind: str, words: list[str]) -> Ask | None:
        forms = [self._forms.get(word, "") for word in words]
        return Ask(kind, tuple(words), tuple(forms)) if all(forms) else None

    def _near_share(self, hits: int, least: float, most: float) -> bool:
        return least <= hits / len(self._rows) <= most

    def _text(self) -> tuple[int, list[str]]:
        number = int(self._chance.integers(len(self._texts)))
        return number, self._texts[number]

    def _word(self, kind: str, least: float, most: float, *, exactly: bool = False) -> Ask | None:
        word = self._some(1)[0]
        if not _is_word(word):
            return None
        if exactly:  # a fixed number of hits, whatever the size; in a tiny corpus whatever is rare
            fits = min(least, self._articles / 50) <= self._df[word] <= most
        else:
            fits = self._near_share(len(self._postings[word]), least, most)
        return self._ask(kind, [word]) if fits else None

    def _words(self, kind: str, count: int, least: float, most: float, *, any_of: bool = False) -> Ask | None:
        words = self._some(count)
        if len(set(words)) < count or not all(map(_is_word, words)):
            return None
        return self._ask(kind, words) if self._near_share(self._hits(words, any_of), least, most) else None

    def _hits(self, words: list[str], any_of: bool = False) -> int:
        hits = self._postings[words[0]]
        for word in words[1:]:
            other = self._postings[word]
            hits = np.union1d(hits, other) if any_of else np.intersect1d(hits, other, assume_unique=True)
        return len(hits)

    def _some(self, count: int) -> list[str]:
        """Words of one article, anywhere in it."""
        text = self._text()[1]
        return [text[at] for at in self._chance.integers(len(text), size=count).tolist()]

    def _phrase(self) -> Ask | None:
        text = self._text()[1]
        at = int(self._chance.integers(len(text)))
        words = text[at : at + 2 + int(self._chance.random() < 0.3)]
        if len(set(words)) < 2 or not all(map(_is_word, words)) or self._hits(words) < 0.002 * len(self._rows):
            return None
        needle = f" {' '.join(words)} "
        found = sum(needle in f" {self._rows[number].text} " for number in self._all_of(words))
        return self._ask("phrase", words) if self._near_share(found, 0.0015, 0.009) else None

    def _all_of(self, words: list[str]) -> list[int]:
        hits = self._postings[words[0]]
        for word in words[1:]:
            hits = np.intersect1d(hits, self._postings[word], assume_unique=True)
        return [int(number) for number in hits]

    def _prefix(self, kind: str, least: float, most: float) -> Ask | None:
        word = self._some(1)[0]
        letters = int(self._chance.integers(3, 6))
        start = word[:letters]
        if len(word) <= letters or not start.isalpha() or start.isascii():
            return None
        alike = [other for other in self._postings if other.startswith(start)]
        found = np.unique(np.concatenate([self._postings[other] for other in alike]))
        return Ask(kind, (start,), (start,)) if self._near_share(len(found), least, most) else None

    def _typo(self, kind: str) -> Ask | None:
        """A word of five letters or more with one letter left out, put in or replaced by another one."""
        word = self._some(1)[0]
        form = self._forms.get(word, "")
        if not _is_word(word) or min(len(word), len(form)) < 5 or "ъ" in word:
            return None
        if not self._near_share(len(self._postings[word]), 0.03, 0.12):
            return None
        letter = "абдеиклмнорстшк"[int(self._chance.integers(15))] if self._chance.random() < 0.7 else ""
        at, cut = int(self._chance.integers(1, 5)), int(self._chance.integers(2)) if letter else 1
        slip, form = (text[:at] + letter + text[at + cut :] for text in (word, form))
        return None if slip in self._postings else Ask(kind, (slip,), (form,))

    def _filter(self) -> Ask | None:
        words = self._some(2)
        if len(set(words)) < 2 or not all(map(_is_word, words)) or self._hits(words) < 0.003 * len(self._rows):
            return None
        hits = [self._rows[number] for number in self._all_of(words)]
        one = hits[int(self._chance.integers(len(hits)))]
        first = one.day - int(self._chance.integers(100, 700))
        last = first + 800
        kept = sum(hit.category == one.category and first <= hit.day <= last for hit in hits)
        ask = self._ask("filter", words) if self._near_share(kept, 0.0003, 0.0012) or len(self._rows) < 1000 else None
        return ask and Ask("filter", ask.words, ask.forms, one.category, first, last)

    def _question(self) -> Ask | None:
        """Words that follow one another in an article, as a sentence does; no more than two very common ones."""
        text = self._text()[1]
        count = int(self._chance.integers(6, 9))
        at = int(self._chance.integers(max(1, len(text) - count)))
        words = text[at : at + count]
        if len(words) < count or len(set(words)) < count or not all(map(_is_word, words)):
            return None
        common = sum(len(self._postings[word]) > 0.3 * len(self._rows) for word in words)
        return self._ask("question", words) if common <= 2 else None


def _is_word(word: str) -> bool:
    return len(word) >= 3 and word.isalpha() and not word.isascii()


def _forms(folder: Path, articles: int) -> Iterator[tuple[str, str]]:
    for line in (shards(folder, articles)[0] / FORMS).read_text("utf-8").splitlines():
        stem, form = line.split("\t")
        yield stem, form


def _counted(folder: Path, articles: int) -> Counter[str]:
    """In how many articles each word stands."""
    counts: Counter[str] = Counter()
    for row in given(tokens(folder, articles)):
        counts.update(set(row.text.split(" ")))
    return counts
