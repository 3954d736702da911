"""Where words stand in the texts of a few articles, by the forward index alone: that of all articles at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...model import Located, Scope
from ...query.nodes import Prefix, Term
from .found_surfaces import answering
from .segment import Segment
from .segments import Segments

Ints = NDArray[np.int64]


def located(numbers: Sequence[int | None], words: Sequence[Term | Prefix], segments: Segments) -> list[Located]:
    """Where the words stand in the articles of these numbers; nowhere in None."""
    found = [Located()] * len(numbers)
    held = [at for at, number in enumerate(numbers) if number is not None]
    articles = np.array([number for number in numbers if number is not None], np.int64)
    for _, segment, places, local in segments.split(articles):
        for place, one in zip(places.tolist(), _located(segment, local, words), strict=True):
            found[held[place]] = one
    return found


def _located(segment: Segment, articles: Ints, words: Sequence[Term | Prefix]) -> list[Located]:
    forward = segment.forward
    texts = forward.stretches(articles)
    token, word = answering(segment.words, forward.between(texts), words)
    starts = np.cumsum([0, *[end - start for start, end in texts[:-1]]])
    owner = np.searchsorted(starts, token, "right") - 1
    titles = forward.titles(articles).astype(np.int64)[owner]
    place = token - starts[owner]
    in_body = place >= titles
    if any(one.scope is not Scope.ALL for one in words):
        parts = np.array([[one.scope is not Scope.BODY, one.scope is not Scope.TITLE] for one in words])
        kept = parts[word, in_body.astype(np.int64)]
        token, word, owner, titles, place, in_body = (one[kept] for one in (token, word, owner, titles, place, in_body))
    place -= titles * in_body
    rows = list(zip(place.tolist(), word.tolist(), *forward.ranges(texts, token - place, token), strict=True))
    ends = np.searchsorted(owner * 2 + in_body, np.arange(1, 2 * len(articles) + 1)).tolist()
    found, first = [], 0
    for split, last in zip(ends[::2], ends[1::2], strict=True):
        found.append(Located(tuple(rows[first:split]), tuple(rows[split:last])))
        first = last
    return found
