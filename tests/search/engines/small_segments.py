"""Small segments of random articles, built as the engine builds them, and what there is to say of them in plain Python.

`SEED=` repeats a random test, `SCALE=` multiplies its rounds.
"""

import os
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np

from search.engines.base import BODY_GAP, Document
from search.engines.whoosh.builder import WhooshBuilder
from search.engines.whoosh.columns import Columns
from search.engines.whoosh.segment import Segment
from search.engines.whoosh.segments import Segments
from search.engines.whoosh.spool import Spool
from search.engines.whoosh.terms import Caches, TermPostings
from search.engines.whoosh.tokens import Surface
from search.kazakh import Terms
from search.model import Article, Scope
from search.vectors import StemVectors

SEED = int(os.environ.get("SEED", "20240229"))
SCALE = int(os.environ.get("SCALE", "1"))

SURFACES: Sequence[Surface] = (
    ("мектеп", "мектеп", ("мектеп",)),
    ("мектепке", "мектепке", ("мектеп",)),
    ("мектептер", "мектептер", ("мектеп",)),
    ("Мектеп", "мектеп", ("мектеп",)),
    ("мектепті", "мектепти", ("мектеп", "мектепті")),
    ("ауыл", "ауил", ("ауыл",)),
    ("ауылда", "ауилда", ("ауылда", "ауыл")),
    ("ауылдық", "ауилдик", ("ауылдық",)),
    ("ала", "ала", ("ал", "ала")),
    ("ала", "ала", ("ала",)),  # one exact form, two surfaces with different first stems
    ("алма", "алма", ("алма", "ал")),
    ("су", "су", ("су", "су")),
    ("суы", "суи", ("су",)),
    ("😀", "", ()),
    ("—", "тире", ()),
    ("𐀀", "x", ()),
)
"""Forms with one stem, with several, with none; the first ones are frequent."""

Text = list[Surface]


@dataclass(frozen=True)
class Made:
    """Articles as titles and bodies."""

    titles: Sequence[Text]
    bodies: Sequence[Text]

    def __len__(self) -> int:
        return len(self.titles)

    def tokens(self, article: int, scope: Scope = Scope.ALL) -> list[tuple[int, Surface]]:
        """The words of an article inside a scope, with their positions."""
        title = list(enumerate(self.titles[article]))
        body = list(enumerate(self.bodies[article], len(title) + BODY_GAP))
        return {Scope.ALL: title + body, Scope.TITLE: title, Scope.BODY: body}[scope]

    def documents(self) -> Iterator[Document]:
        """What the builder takes."""
        for number, (title, body) in enumerate(zip(self.titles, self.bodies, strict=True)):
            yield Document(Article(f"a{number:06}", "", ""), terms(title), terms(body))


def terms(text: Text) -> Terms:
    """The analysis of a text that has these words."""
    starts = list(accumulate((len(exact) + 1 for exact, *_ in text), initial=0))[: len(text)]
    ends = [start + len(exact) for start, (exact, *_) in zip(starts, text, strict=True)]
    return Terms(starts, ends, [one[0] for one in text], [one[1] for one in text], [one[2] for one in text])


def seeded(salt: int) -> random.Random:
    """A generator for a random test; pytest shows the seed when the test fails."""
    print(f"SEED={SEED}")  # noqa: T201
    return random.Random(SEED + salt)


def invented(source: random.Random, articles: int, longest: int = 30, known: Sequence[Surface] = SURFACES) -> Made:
    """Random articles of these surfaces; some have no title, some no body."""

    def text(most: int) -> Text:
        count = source.choice([0, source.randint(0, most), most])
        return [known[min(int(source.expovariate(0.3)), len(known) - 1)] for _ in range(count)]

    return Made([text(5) for _ in range(articles)], [text(longest) for _ in range(articles)])


@dataclass(frozen=True)
class Opened:
    """The only segment of a generation with its columns."""

    columns: Columns
    segments: Segments

    @property
    def segment(self) -> Segment:
        """The segment itself."""
        return self.segments.first

    @property
    def terms(self) -> TermPostings:
        """Postings, without anything remembered."""
        return TermPostings(self.segments, self.columns, Caches(0))


def spooled(folder: Path, made: Made) -> Spool:
    """The tokens of these articles on their way to disk."""
    spool = Spool(folder)
    for document in made.documents():
        spool.add(document.title, document.body)
    return spool


@contextmanager
def opened(folder: Path, made: Made, vectors: StemVectors | None = None) -> Iterator[Opened]:
    """These articles as a segment."""
    builder = WhooshBuilder(folder, memory_mb=1)
    for document in made.documents():
        builder.add(document)
    builder.finish(vectors)
    columns = Columns(folder)
    segments = Segments(folder, columns)
    try:
        yield Opened(columns, segments)
    finally:
        segments.close()
        columns.close()


def keys(places: Iterator[tuple[int, int]]) -> list[int]:
    """(article, position) as one number, rising."""
    return sorted(article << 32 | position for article, position in places)


def integers(values: Sequence[int]) -> np.ndarray:
    """Numbers as the engine takes them."""
    return np.array(values, np.int64)
