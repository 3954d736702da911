"""What a query asks to be marked, in the form that reading a text needs: words by number, and what they make."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..model import Scope
from ..query.nodes import And, Either, Marked, Near, Node, Or, Phrase, Prefix, Term, Unit, Words, marked


@dataclass(frozen=True, slots=True)
class Target:
    """Something to mark: a word, the words of a phrase (`within` is 0), or words near one another.

    words: their numbers. units: the numbers of the units of the query that it answers.
    """

    words: tuple[int, ...]
    units: frozenset[int]
    within: int

    @property
    def reach(self) -> int:
        """How many positions after its first word it may go on."""
        return self.within or len(self.words) - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for in one part of an article.

    words: by number; stems, exacts: the numbers of the words that a stem or an exact form stands for.
    opened: the targets that may begin at a word, by its number.
    units: the units that may be found here.
    """

    words: tuple[Term | Prefix, ...]
    stems: Mapping[str, tuple[int, ...]]
    exacts: Mapping[str, tuple[int, ...]]
    opened: Mapping[int, tuple[Target, ...]]
    units: frozenset[int]

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


def asked(node: Node, part: Scope) -> Asked:
    """What `node` marks in the title or in the body."""
    answered: dict[Marked, set[int]] = {}
    for number, unit in enumerate(units(node)):
        for one in marked(unit):
            if all(word.scope in (Scope.ALL, part) for word in _words(one)):
                answered.setdefault(one, set()).add(number)
    words = {word: at for at, word in enumerate(dict.fromkeys(word for one in answered for word in _words(one)))}
    stems: dict[str, list[int]] = defaultdict(list)
    exacts: dict[str, list[int]] = defaultdict(list)
    for word, number in words.items():
        by_exact = isinstance(word, Prefix) or word.exact
        for form in dict.fromkeys(word.exacts if isinstance(word, Prefix) or word.exact else word.stems):
            (exacts if by_exact else stems)[form].append(number)
    opened: dict[int, list[Target]] = defaultdict(list)
    for one, numbers in answered.items():
        within = one.within if isinstance(one, Near) else 0
        target = Target(tuple(words[word] for word in _words(one)), frozenset(numbers), within)
        for opener in dict.fromkeys(target.words if within else target.words[:1]):
            opened[opener].append(target)
    return Asked(
        tuple(words),
        {form: tuple(numbers) for form, numbers in stems.items()},
        {form: tuple(numbers) for form, numbers in exacts.items()},
        {opener: tuple(targets) for opener, targets in opened.items()},
        frozenset(number for numbers in answered.values() for number in numbers),
    )


def _units(node: Node) -> Iterator[Unit]:
    match node:
        case Words(content=children) | And(children=children) | Or(children=children):
            for child in children:
                yield from _units(child)
        case Term() | Prefix() | Phrase() | Near() | Either():
            yield node
        case _:
            return


def _words(one: Marked) -> tuple[Term | Prefix, ...]:
    return one.words if isinstance(one, Phrase | Near) else (one,)
