"""A field with more values than two bytes can number."""

from collections.abc import Callable

from contract_corpus import doc, stem

from search.deadline import Deadline
from search.engines.base import Engine, Request
from search.model import Filter

VALUES = 66_000


def test_sixty_six_thousand_values_of_one_field(make_engine: Callable[..., Engine]) -> None:
    names = [f"айдар {number % VALUES}" for number in range(VALUES + 50)]
    engine = make_engine(
        *(doc(f"{number:05}", "су" if number % 2 else "жер", category=name) for number, name in enumerate(names))
    )
    page = engine.search(stem("су"), Request(facets=("category",)), Deadline.never())
    (facet,) = page.facets
    assert page.total == len(names) // 2
    assert facet.counts == {f"айдар {number}": 1 + (number < 50) for number in range(1, VALUES, 2)}
    for last in (1, VALUES - 1):
        chosen = Request(filters=(Filter("category", (f"айдар {last}",)),))
        found = engine.search(stem("су"), chosen, Deadline.never())
        assert {article_id for article_id, _ in found.hits} == {
            f"{number:05}" for number in range(last, len(names), VALUES)
        }
    assert len(engine.values("category")) == VALUES
