"""What the oracle knows of its articles whatever is asked: their lengths, their families of words, their vectors."""

from collections import Counter
from collections.abc import Sequence
from math import sqrt

from ..kazakh import Terms
from ..model import Scope
from ..ranking import K1, family, idf
from ..vectors import StemVectors
from .base import Document

Vector = list[float]


class Archive:
    """Figures of the articles by their number.

    lengths: tokens in each scope. families: of all words. stem_rows: the vectors of the stems that articles hold.
    rows: the articles' vectors as they are stored, from -127 to 127; mean: what was taken off them before.
    """

    def __init__(self, documents: Sequence[Document], vectors: StemVectors) -> None:
        self.documents = documents
        self.lengths = {
            scope: [sum(len(part.exacts) for part in parts_of(document, scope)) for document in documents]
            for scope in Scope
        }
        whole = [parts_of(document, Scope.ALL) for document in documents]
        self.families = [{family(key) for part in parts for key in part.keys} for parts in whole]
        held = [Counter(stem for part in parts for stems in part.stems for stem in set(stems)) for parts in whole]
        self._df = Counter(stem for counts in held for stem in counts)
        rows = zip(vectors.stems, vectors.rows, strict=True)
        self.stem_rows = {stem: unit_vector([float(x) for x in row]) for stem, row in rows if stem in self._df}
        made = [self._made(counts, vectors.dimensions) for counts in held]
        self.mean = [sum(column) / len(made) for column in zip(*made, strict=True)]
        centred = [[x - mean for x, mean in zip(row, self.mean, strict=True)] if any(row) else row for row in made]
        self.rows = [[float(round(x * 127)) for x in unit_vector(row)] for row in centred]

    def _made(self, counts: Counter[str], dimensions: int) -> Vector:
        """The vector of an article: those of its stems, weighted by BM25's tf and idf."""
        total = [0.0] * dimensions
        for stem, tf in counts.items():
            if stem in self.stem_rows:
                weight = tf / (tf + K1) * idf(self._df[stem], len(self.documents))
                total = [x + weight * y for x, y in zip(total, self.stem_rows[stem], strict=True)]
        return unit_vector(total)


def parts_of(document: Document, scope: Scope) -> list[Terms]:
    """The texts of an article that are in `scope`."""
    title, body = document.title, document.body
    return {Scope.ALL: [title, body], Scope.TITLE: [title], Scope.BODY: [body]}[scope]


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1."""
    return sum(a * b for a, b in zip(one, other, strict=True))


def unit_vector(vector: Vector) -> Vector:
    """The vector of length 1 in the same direction; that of length 0 stays."""
    length = sqrt(sum(x * x for x in vector))
    return [x / length for x in vector] if length else vector
