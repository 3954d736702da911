"""Turns the parts of a query into the tree that engines execute: words become analysed terms."""

from collections.abc import Iterable

from ..model import Match, Note, Scope
from .conditions import conditions
from .nodes import And, Dates, MatchAll, Near, Node, Not, Or
from .syntax import All, Any, Days, InField, Nearby, Parsed, Part, Plain, Quoted, Without, Word
from .syntax import Sequence as Parts
from .words import Sources, WordReader

NOTHING = Not(MatchAll())
"""What a text without any word asks for."""

SCOPES = {"title": Scope.TITLE, "body": Scope.BODY}


class Rewriter:
    """Rewrites one query; `notes` gathers what the reader should know.

    Plain words that stand side by side are searched together (`nodes.Words`), everything else beside them is required.
    strict: every one of the plain words is required too; so are they between ANDs.
    """

    def __init__(self, sources: Sources, match: Match, scope: Scope, *, strict: bool = False) -> None:
        self._sources = sources
        self._words = WordReader(sources, match)
        self._exact = match is Match.EXACT
        self._scope = scope
        self._strict = strict or self._exact
        self._before: list[Note] = []

    @property
    def notes(self) -> list[Note]:
        """What was read otherwise than typed, each thing once."""
        return list(dict.fromkeys([*self._before, *self._words.notes]))

    def rewrite(self, parsed: Parsed) -> Node:
        """The tree of a query."""
        self._before.extend(parsed.notes)
        self._words.prepare(parsed)
        if parsed.root is None:
            return NOTHING
        return self._node(parsed.root, self._scope, self._strict) or NOTHING

    def _node(self, part: Part, scope: Scope, strict: bool) -> Node | None:
        """The node of a part; None if it has no words."""
        match part:
            case Parts(parts=parts):
                return self._side_by_side(parts, scope, strict)
            case All(parts=parts):
                return _every([self._node(inner, scope, True) for inner in parts])
            case Any(parts=parts):
                nodes = _held(self._node(inner, scope, strict) for inner in parts)
                return Or(tuple(nodes)) if len(nodes) > 1 else next(iter(nodes), None)
            case InField(field=name, part=inner) if name in SCOPES:
                return self._node(inner, SCOPES[name], strict)
            case InField(field=name, part=inner):
                return conditions(name, inner, self._sources.values)
            case Days(dates=dates):
                return Dates(dates)
            case Without(part=inner):
                node = self._forbidden(inner, scope)
                return Not(node) if node else None
            case Nearby():
                return self._nearby(part, scope)
            case Quoted(text=text, exact=exact):
                return self._words.quoted(text, scope, exact=exact)
            case Word(exact=True, prefix=False, fuzzy=0, text=text):
                return self._words.quoted(text, scope, exact=True)
            case Plain() | Word():
                return self._side_by_side((part,), scope, strict)

    def _side_by_side(self, parts: Iterable[Part], scope: Scope, strict: bool) -> Node | None:
        plain: list[Plain | Word] = []
        required: list[Node | None] = []
        for part in parts:
            if isinstance(part, Plain) or (isinstance(part, Word) and (part.prefix or part.fuzzy)):
                plain.append(part)
            else:
                required.append(self._node(part, scope, strict))
        # A minus beside the words leaves them alone to ask for something.
        alone = all(node is None or isinstance(node, Not) for node in required)
        words = self._words.together(plain, scope, strict=strict, alone=alone) if plain else None
        return _every([words, *required])

    def _forbidden(self, part: Part, scope: Scope) -> Node | None:
        """What must not match, as it was typed: the parts of one word (іс-шара) follow one another."""
        with self._words.as_typed():
            if isinstance(part, Plain) and len(part.text.split()) == 1:
                return self._words.quoted(part.text, scope, exact=False)
            return self._node(part, scope, self._exact)

    def _nearby(self, part: Nearby, scope: Scope) -> Node | None:
        words = tuple(self._words.terms(part.text, scope))
        distinct = tuple({term.stems: term for term in words}.values())
        return Near(distinct, part.within) if len(distinct) > 1 else next(iter(distinct), None)


def _held(nodes: Iterable[Node | None]) -> list[Node]:
    return [node for node in nodes if node is not None]


def _every(nodes: Iterable[Node | None]) -> Node | None:
    """All of the nodes, what is forbidden last; with nothing but that, of every article."""
    held = _held(nodes)
    forbidden = [node for node in held if isinstance(node, Not)]
    required: list[Node] = [node for node in held if not isinstance(node, Not)]
    if not held:
        return None
    children = (*(required or [MatchAll()]), *forbidden)
    return children[0] if len(children) == 1 else And(children)
