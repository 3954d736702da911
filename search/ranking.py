"""The score of an article, in one place for all engines.

    score(d) = Σ over query words  w · [ BM25(stem) + 0.3 · BM25(exact) ]
    BM25(x)  = idf(df) · tf / (tf + k1 · (1 − b + b · length / average length))

w is 1, or 0.1 for a stop word (1 if the query has nothing else). Lengths count the tokens of the searched scope.
Every function takes numbers or NumPy arrays and computes in float64 in the same order, so that engines agree to the
last bit.

Sources: BM25 by Robertson and Zaragoza, «The Probabilistic Relevance Framework» (2009), idf with +1 inside the
logarithm as in Lucene; k1, b and the weight of exact forms as measured by `izde evaluate` (docs/quality.md).
"""

import math
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75
EXACT_WEIGHT = 0.3
STOP_WEIGHT = 0.1

Numbers = TypeVar("Numbers", float, NDArray[np.float64])


def idf(df: int, documents: int) -> float:
    """The weight of a term that `df` of `documents` articles hold; df 0 gives the greatest weight."""
    return math.log(1 + (documents - df + 0.5) / (df + 0.5))


def saturation(tf: Numbers, length: Numbers, average: float) -> Numbers:
    """BM25's share of idf, between 0 and 1, for a term that stands `tf` times in `length` tokens."""
    return tf / (tf + K1 * (1 - B + B * length / average))


def enough(words: int) -> float:
    """The share of the words' summed idf that an article must hold to match a query of so many content words.

    Demanding every word loses far more good answers than it removes bad ones (measured on judged questions).
    """
    return {1: 1.0, 2: 0.5, 3: 0.4}.get(words, 0.25)


MASS_TOLERANCE = 1e-9
"""Sums of idf are compared with this much slack, so that the order of additions never decides about a match."""
