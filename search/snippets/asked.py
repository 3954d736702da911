"""What a query asks to be marked, in the form that reading a text needs: words by number, and what they make."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from ..model import Scope
from ..query.nodes import And, Either, Marked, Near, Node, Or, Phrase, Prefix, Term, Unit, Words, marked


@dataclass(frozen=True, slots=True)
class Target:
    """Something to mark: a word, the words of a phrase (`within` is 0), or words near one another.

    words: their numbers. units: the units of the query that it answers, a bit for each by its number.
    """

    words: tuple[int, ...]
    units: int
    within: int

    @property
    def reach(self) -> int:
        """How many positions after its first word it may go on."""
        return self.within or len(self.words) - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for in one part of an article.

    words: by number. opened: the targets that may begin at a word, by its number.
    alone: where nothing but single words is asked for, the units that each of them answers; else empty.
    units: the units that may be found here.
    """

    words: tuple[Term | Prefix, ...]
    opened: Mapping[int, Sequence[Target]]
    alone: Sequence[int]
    units: int

    @property
    def reach(self) -> int:
        """How many positions have to be known after a word to say what begins there."""
        return max((target.reach for targets in self.opened.values() for target in targets), default=0)


def units(node: Node) -> tuple[Unit, ...]:
    """The units of a query that are marked, each once, in the order typed."""
    return tuple(dict.fromkeys(_units(node)))


def typed_words(unit: Unit) -> int:
    """How many words were typed for a unit."""
    match unit:
        case Phrase(words=words) | Near(words=words):
            return len(words)
        case Either(children=(first, *_)):
            return typed_words(first)
        case _:
            return 1


def asked(every: Sequence[Unit], part: Scope) -> Asked:
    """What these units of a query mark in the title or in the body."""
    answered: dict[Marked, list[int]] = {}
    words: dict[Term | Prefix, int] = {}
    for number, unit in enumerate(every):
        for one in marked(unit):
            if all(word.scope is part or word.scope is Scope.ALL for word in words_of(one)):
                answered.setdefault(one, []).append(number)
    opened: dict[int, list[Target]] = defaultdict(list)
    for one, numbers in answered.items():
        within = one.within if isinstance(one, Near) else 0
        own = tuple([words.setdefault(word, len(words)) for word in words_of(one)])
        target = Target(own, joined(1 << number for number in numbers), within)
        for opener in dict.fromkeys(own if within else own[:1]):
            opened[opener].append(target)
    alone = [joined(target.units for target in opened[number]) for number in range(len(words))]
    are_single = all(len(target.words) == 1 for targets in opened.values() for target in targets)
    return Asked(tuple(words), opened, alone if are_single else (), joined(alone))


Forms = tuple[Mapping[str, Sequence[int]], Mapping[str, Sequence[int]]]


def by_form(words: Sequence[Term | Prefix]) -> Forms:
    """The numbers of the words that each stem stands for, and those that each exact form does."""
    stems: dict[str, list[int]] = defaultdict(list)
    exacts: dict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        by_exact = isinstance(word, Prefix) or word.exact
        for form in dict.fromkeys(word.exacts if isinstance(word, Prefix) or word.exact else word.stems):
            (exacts if by_exact else stems)[form].append(number)
    return stems, exacts


def joined(units: Iterable[int]) -> int:
    """All of these units together."""
    return reduce(or_, units, 0)


def numbered(units: int) -> list[int]:
    """The numbers of these units, rising."""
    return [number for number in range(units.bit_length()) if units >> number & 1]


def _units(node: Node) -> Iterator[Unit]:
    match node:
        case Words(content=children) | And(children=children) | Or(children=children):
            for child in children:
                yield from _units(child)
        case Term() | Prefix() | Phrase() | Near() | Either():
            yield node
        case _:
            return


def words_of(one: Marked) -> tuple[Term | Prefix, ...]:
    """The words that one thing to mark is made of."""
    return one.words if isinstance(one, Phrase | Near) else (one,)
