"""The parts of a score: what each is, that they add up, and which count in which stage."""

from collections.abc import Callable

import pytest
from contract_corpus import doc, near, prefix, stem, words

from search.deadline import Deadline
from search.engines.base import Engine, RawPage, Request
from search.model import DateRange, Sort
from search.query.nodes import And, Dates, Either, Field, Ids, MatchAll, Node, Not, Or, Phrase, Term, Words
from search.ranking import FIRST_STAGE, LOWERED, PARTS, SECOND_STAGE

NAMES = (*PARTS, LOWERED)


def ask(engine: Engine, node: Node, **request: object) -> RawPage:
    return engine.search(node, Request(explain=True, **request), Deadline.never())  # type: ignore[arg-type]


def keyed(*forms: str) -> Words:
    """Words with their keys, so that families and likeness count."""
    terms = tuple(Term(form, (form,), (form,), key=form) for form in forms)
    return Words(terms, terms)


NODES = {
    "words": words("той қала"),
    "words with keys": keyed("қалада", "той", "мұнай"),
    "a word": stem("той"),
    "a word that nobody wrote": stem("бұлт"),
    "a beginning": prefix("той", "тойы"),
    "near words": near(3, stem("думан"), stem("ауыл")),
    "a phrase": Phrase((stem("қала"), stem("той"))),
    "names of one thing": Either("x", (stem("той"), Phrase((stem("мұнай"), stem("баға"))))),
    "or": Or((words("той қала"), near(1, stem("мұнай"), stem("баға")), Field("lang", ("ru",)), Ids(("k7",)))),
    "and": And((Or((stem("той"), stem("кел"))), Not(stem("мен")), Dates(DateRange()))),
    "everything": MatchAll(),
}
OPTIONS = {
    "plain": {},
    "half-life": {"half_life": 100},
    "pinned": {"pinned": ("k7", "k2")},
    "collapsed": {"collapse": True},
    "all": {"half_life": 30, "pinned": ("k8",), "collapse": True},
}


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
@pytest.mark.parametrize("node", NODES.values(), ids=NODES)
def test_parts_add_up_to_the_score(engine: Engine, node: Node, options: dict[str, object]) -> None:
    page = ask(engine, node, limit=100, **options)
    assert len(page.parts) == len(page.hits)
    for (_, score), parts in zip(page.hits, page.parts, strict=True):
        assert tuple(parts) == NAMES
        assert sum(parts.values()) == pytest.approx(score, abs=1e-9)
        assert parts[LOWERED] == 0
        assert parts["recency"] <= 0
        assert "half_life" in options or parts["recency"] == 0


def test_each_part_is_what_its_name_says(engine: Engine) -> None:
    page = ask(engine, keyed("қала", "той"))
    parts = dict(zip([article_id for article_id, _ in page.hits], page.parts, strict=True))["k1"]
    assert {name for name in NAMES if parts[name]} == {"stem", "exact", "family", "likeness", "pair", "family_pair"}
    alone = ask(engine, stem("қала"))
    k3 = dict(zip([article_id for article_id, _ in alone.hits], alone.parts, strict=True))["k3"]
    assert {name for name in NAMES if k3[name]} == {"stem"}  # k3 has the form «қалаға» only


def test_asking_changes_nothing_else(engine: Engine) -> None:
    node = words("той қала кел")
    plain = engine.search(node, Request(), Deadline.never())
    assert plain.parts == ()
    assert ask(engine, node).hits == plain.hits


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_only_scores_have_parts(engine: Engine, sort: Sort) -> None:
    assert ask(engine, stem("той"), sort=sort).parts == ()


def test_a_cut_explains_its_own_hits(engine: Engine) -> None:
    whole = ask(engine, words("той кел мұнай"), limit=100)
    piece = ask(engine, words("той кел мұнай"), offset=2, limit=3)
    assert piece.hits == whole.hits[2:5]
    for parts, expected in zip(piece.parts, whole.parts[2:5], strict=True):
        assert parts == pytest.approx(expected)


def test_earlier_stages_count_less_and_are_lowered(make_engine: Callable[..., Engine]) -> None:
    """The second stage has no vectors here, so it adds nothing; the last articles were seen by the first one only."""
    count = FIRST_STAGE + 5
    engine = make_engine(*(doc(f"{n:03}", "су", " ".join(["жол"] * (n % 7))) for n in range(count)))
    page = ask(engine, Term("су", ("су",), ("су",), key="су"), limit=count)
    assert len(page.hits) == count
    for rank, ((_, score), parts) in enumerate(zip(page.hits, page.parts, strict=True)):
        assert sum(parts.values()) == pytest.approx(score, abs=1e-9)
        assert bool(parts["exact"]) == bool(parts["family"]) == (rank < SECOND_STAGE)
        assert parts[LOWERED] <= 0
        assert parts["stem"] > 0
    scores = [score for _, score in page.hits]
    assert scores == sorted(scores, reverse=True)
