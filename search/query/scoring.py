"""What a tree asks of the ranking: its units, which of them stand side by side, and which carry its meaning."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..ranking import STOP_WEIGHT
from .nodes import Node, Term, Unit, lead, scored_sequences


@dataclass(frozen=True, slots=True)
class Scored:
    """units: every unit that counts, in the order typed. words: the word typed for each, None for a phrase.

    pairs: places in `units` of typed words side by side. content: places of the distinct units that are no stop words.
    """

    units: tuple[Unit, ...]
    words: tuple[Term | None, ...]
    pairs: tuple[tuple[int, int], ...]
    content: tuple[int, ...]


def scored(node: Node) -> Scored:
    """The scored units of a tree."""
    units: list[Unit] = []
    pairs: list[tuple[int, int]] = []
    for sequence in scored_sequences(node):
        places = range(len(units), len(units) + len(sequence))
        units.extend(sequence)
        pairs += [(a, b) for a, b in pairwise(places) if lead(units[a]) and lead(units[b])]
    words = tuple(lead(unit) for unit in units)
    return Scored(tuple(units), words, tuple(pairs), _content(words))


def _content(words: Sequence[Term | None]) -> tuple[int, ...]:
    seen: dict[str, int] = {}
    for place, word in enumerate(words):
        if word is not None and word.weight > STOP_WEIGHT:
            seen.setdefault(word.stems[0], place)
    return tuple(seen.values())
