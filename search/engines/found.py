"""Which articles match a tree, and where its words stand in them, article by article in plain Python."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from ..facets import FacetSpec
from ..model import Article, DateRange, Scope
from ..query.nodes import (
    And,
    Dates,
    Either,
    Field,
    Ids,
    MatchAll,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
    Unit,
    Words,
)
from ..ranking import MASS_TOLERANCE, enough, idf
from .base import BODY_GAP, Document

Places = Sequence[set[int]]
"""The positions where something stands, for each article by its number."""


class Found:
    """Looks for what one question asks in all articles; it remembers where every unit stands."""

    def __init__(self, documents: Sequence[Document], facets: Mapping[str, FacetSpec]) -> None:
        self._documents = documents
        self._facets = facets
        self._all = set(range(len(documents)))
        self._known: dict[tuple[Unit, bool | None], Places] = {}

    def places(self, unit: Unit, exact: bool | None = None) -> Places:
        """Where a unit stands, as it asks to be matched; `exact` says whether a term does by its forms or its stems."""
        key = (unit, exact)
        if key not in self._known:
            self._known[key] = self._looked_up(unit, exact)
        return self._known[key]

    def matching(self, node: Node, grow_below: int, whole: bool = False) -> set[int]:
        """The articles that match. whole: that hold every content word of the Words outside a Not."""
        match node:
            case Term() | Prefix() | Phrase() | Near() | Either():
                return self._holding(node)
            case Words():
                return self._words(node, grow_below, whole)
            case And(children):
                return self._all.intersection(*(self.matching(child, grow_below, whole) for child in children))
            case Or(children):
                return set[int]().union(*(self.matching(child, grow_below, whole) for child in children))
            case Field(name, values):
                return self._articles(lambda article: value(self._facets, name, article) in values)
            case Dates(dates):
                return self._articles(lambda article: within(dates, article))
            case Ids(ids):
                return self._articles(lambda article: article.id in ids)
            case Not(child):
                return self._all - self.matching(child, grow_below=0)
            case MatchAll():
                return self._all

    def _looked_up(self, unit: Unit, exact: bool | None) -> Places:
        match unit:
            case Term(exact=itself):
                by_form = itself if exact is None else exact
                names = set(unit.exacts if by_form else unit.stems)
                return [_standing(document, names, by_form, unit.scope) for document in self._documents]
            case Prefix():
                return [_standing(document, set(unit.exacts), True, unit.scope) for document in self._documents]
            case Phrase(words):
                everywhere = zip(*(self.places(word) for word in words), strict=True)
                return [{p for p in held[0] if all(p + i in held[i] for i in range(len(held)))} for held in everywhere]
            case Near(words, within):
                everywhere = zip(*(self.places(word) for word in words), strict=True)
                return [{p for p in set[int]().union(*held) if _reached(p, within, held)} for held in everywhere]
            case Either(children=children):
                return [set[int]().union(*held) for held in zip(*map(self.places, children), strict=True)]

    def _holding(self, unit: Unit) -> set[int]:
        return {n for n, held in enumerate(self.places(unit)) if held}

    def _words(self, node: Words, grow_below: int, whole: bool) -> set[int]:
        holding = [self._holding(unit) for unit in node.content]
        if whole or node.strict:
            return self._all.intersection(*holding)
        rarity = [idf(len(held), len(self._all)) for held in holding]
        mass = {n: sum(weight for weight, held in zip(rarity, holding, strict=True) if n in held) for n in self._all}
        need = enough(len(node.content)) * sum(rarity) - MASS_TOLERANCE
        found = {n for n in self._all if mass[n] >= need}
        return found if len(found) >= grow_below else set[int]().union(*holding)

    def _articles(self, wanted: Callable[[Article], bool]) -> set[int]:
        return {n for n in self._all if wanted(self._documents[n].article)}


def value(facets: Mapping[str, FacetSpec], field: str, article: Article) -> str:
    """The article's value of a field; empty if it has none, or if there is no such field."""
    return facets[field].value(article) if field in facets else ""


def within(dates: DateRange, article: Article) -> bool:
    """Whether the article's local date is in the range."""
    day = article.date
    return day is not None and (dates.first or day) <= day <= (dates.last or day)


def _standing(document: Document, names: set[str], by_form: bool, scope: Scope) -> set[int]:
    """The positions inside `scope` where one of `names` stands, as an exact form or as a stem."""
    title, body = document.title, document.body
    where: set[int] = set()
    for start, column, there in ((0, title, Scope.TITLE), (len(title.exacts) + BODY_GAP, body, Scope.BODY)):
        if scope in (Scope.ALL, there):
            held = [(form,) for form in column.exacts] if by_form else column.stems
            where |= {position for position, here in enumerate(held, start) if not names.isdisjoint(here)}
    return where


def _reached(position: int, within: int, held: Iterable[set[int]]) -> bool:
    """Whether each of the words stands at this position or at most `within` after it."""
    return all(any(position <= other <= position + within for other in standing) for standing in held)
