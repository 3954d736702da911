"""An engine that keeps some of its articles back, as if it did not hold them."""

from collections.abc import Mapping, Sequence

from ..deadline import Deadline
from ..model import Article, Located
from ..query.nodes import And, Ids, Node, Not, Prefix, Term
from .base import Engine, RawPage, Request, Stats, Totals


class Withheld:
    """All methods are those of `Engine`.

    Lists of values and statistics still count what is kept back, until the next run of the indexer leaves it out.
    """

    def __init__(self, engine: Engine, ids: frozenset[str]) -> None:
        self._engine, self._ids = engine, ids
        self._others = Not(Ids(tuple(sorted(ids))))

    def search(self, node: Node, request: Request, deadline: Deadline) -> RawPage:
        """The answer of the engine about its other articles."""
        return self._engine.search(And((node, self._others)), request, deadline)

    def totals(
        self, nodes: Sequence[Node], deadline: Deadline, *, grow_below: int = 100, collapse: bool = False
    ) -> list[Totals | None]:
        """The counts of its other articles."""
        others = [And((node, self._others)) for node in nodes]
        return self._engine.totals(others, deadline, grow_below=grow_below, collapse=collapse)

    def newest(self, node: Node, limit: int, deadline: Deadline) -> tuple[str, ...]:
        """The newest of its other articles."""
        return self._engine.newest(And((node, self._others)), limit, deadline)

    def get(self, ids: Sequence[str]) -> list[Article | None]:
        """The articles; None for those that are kept back."""
        found = self._engine.get(ids)
        return [None if one in self._ids else article for one, article in zip(ids, found, strict=True)]

    def values(self, field: str) -> Mapping[str, int]:
        """The values of a field."""
        return self._engine.values(field)

    def located(self, ids: Sequence[str], words: Sequence[Term | Prefix]) -> list[Located]:
        """Where words stand."""
        return self._engine.located(ids, words)

    def duplicates(self, ids: Sequence[str], prefer: Sequence[str] = ()) -> list[tuple[str, ...]]:
        """The others that say the same."""
        return [tuple(one for one in same if one not in self._ids) for same in self._engine.duplicates(ids, prefer)]

    def stats(self) -> Stats:
        """Counts of everything."""
        return self._engine.stats()

    def close(self) -> None:
        """Let go of the engine."""
        self._engine.close()
