"""Queries and answers as lines, so that peers in any language can take part; fields are separated by tabs.

A query: class, words, category, first and last day. An answer: microseconds, total, snippets, ids, facets (such as
`category:спорт=3;тарих=1|year:2020=4`); a line `-` where a peer has nothing for the class.
"""

from dataclasses import dataclass

from .peers.base import Answer, Facets
from .queries import Ask


@dataclass(frozen=True, slots=True)
class Timed:
    """An answer and how long it took, in microseconds."""

    micros: float
    answer: Answer


def query_line(ask: Ask) -> str:
    """A query as a line."""
    return "\t".join((ask.kind, " ".join(ask.words), ask.category, str(ask.first), str(ask.last)))


def answer_line(micros: float, answer: Answer | None) -> str:
    """An answer as a line."""
    if answer is None:
        return "-"
    facets = "|".join(
        f"{name}:{';'.join(f'{value}={count}' for value, count in sorted(counts.items()))}"
        for name, counts in sorted(answer.facets.items())
    )
    return "\t".join((f"{micros:.1f}", str(answer.total), str(answer.snippets), " ".join(answer.ids), facets))


def read_answer(line: str) -> Timed | None:
    """The answer of a line; None for `-`."""
    if line == "-":
        return None
    micros, total, snippets, ids, facets = line.split("\t")
    return Timed(float(micros), Answer(tuple(ids.split()), int(total), _facets(facets), int(snippets)))


def _facets(text: str) -> Facets:
    found: dict[str, dict[str, int]] = {}
    for part in filter(None, text.split("|")):
        name, _, values = part.partition(":")
        pairs = (pair.rsplit("=", 1) for pair in filter(None, values.split(";")))
        found[name] = {value: int(count) for value, count in pairs if int(count)}
    return found
