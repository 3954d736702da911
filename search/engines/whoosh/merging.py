"""Which segments of a generation are written anew as one: so that there are few of them, and little is gone."""

from collections.abc import Sequence
from typing import Final

MOST_GONE: Final = 4
"""When one article in so many is gone, all segments are written anew."""

_GROWTH: Final = 2
"""A segment is taken along if it has at most so many times the articles of all smaller ones that are."""


def to_merge(live: Sequence[int], gone: Sequence[int]) -> list[int]:
    """The places of the segments to merge, by how many articles of each are there and are gone; none, or some.

    From the smallest on, each next one that is not much larger than those before it: so the segments that are left
    grow by a factor, there are never more than the logarithm of the articles, and an article is rewritten as often.
    After O'Neil and others, «The log-structured merge-tree» (1996).
    """
    if MOST_GONE * sum(gone) > sum(live) + sum(gone):
        return list(range(len(live)))
    places = sorted(range(len(live)), key=lambda place: live[place])
    chosen = places[:1]
    for place in places[1:]:
        if live[place] > _GROWTH * sum(live[other] for other in chosen):
            break
        chosen.append(place)
    return sorted(chosen) if len(chosen) > 1 else []
