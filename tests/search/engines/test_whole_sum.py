"""A page of hits comes out as it stands in the order of all, though most articles are never looked at to the end."""

from pathlib import Path

import numpy as np
import pytest
from small_segments import SCALE, SURFACES, Opened, invented, opened, seeded

from search.engines.whoosh import whole_sum
from search.engines.whoosh.score import Ranked, Scorer
from search.engines.whoosh.sets import every
from search.model import Scope
from search.query.nodes import Either, Term, Unit, Words
from search.query.scoring import scored
from search.ranking import SECOND_STAGE
from search.vectors import StemVectors

VECTORS = StemVectors.of(["ал", "ала", "алма", "ауыл", "мектеп", "су"], np.random.default_rng(4).normal(size=(6, 4)))


def ranked(at: Opened, words: tuple[Unit, ...], page: int, hidden: int = 0) -> Ranked:
    asked = scored(Words(words, words))
    scorer = Scorer(asked, at.terms, at.columns, at.segments, lambda: None)
    found, complete = scorer.ranked(every(at.columns.documents), page, hidden)
    assert complete
    return found


@pytest.mark.parametrize(("articles", "spare"), [(40, 0), (60, 3), (400, 0), (400, 3)])
def test_the_first_hits_are_those_of_all(
    tmp_path: Path, articles: int, spare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_sum, "_SPARE", spare)
    source = seeded(articles + spare)
    fewer = 0
    with opened(tmp_path, invented(source, articles), VECTORS) as at:
        for _ in range(30 * SCALE):
            some = [
                Term(exact, tuple(dict.fromkeys(stems)), (exact,), scope, weight=source.choice([1.0, 0.1]), key=key)
                for exact, key, stems in source.sample(SURFACES[:13], source.randint(1, 4))
                for scope in source.choices(list(Scope), [4, 1, 1])
            ]
            words: tuple[Unit, ...] = (*some[1:], Either("", (some[0], Term("", ("ауыл",), ("ауыл",), key="ауил"))))
            if source.random() < 0.7:
                words = tuple(some)
            whole = ranked(at, words, articles)
            assert sorted(whole.numbers.tolist()) == list(range(articles))
            page = source.choice([1, 3, 10, SECOND_STAGE, SECOND_STAGE + 10])
            found = ranked(at, words, page)
            assert found.numbers[:page].tolist() == whole.numbers[:page].tolist()
            assert found.scores[:page] == pytest.approx(whole.scores[:page], abs=1e-9)
            fewer += page <= len(found.numbers) < min(articles, SECOND_STAGE)
    assert fewer


def test_alike_articles_stand_in_their_order_whichever_are_looked_at_first(tmp_path: Path) -> None:
    made = invented(seeded(3), 12)
    titles, bodies = list(made.titles) * 5, list(made.bodies) * 5
    with opened(tmp_path, type(made)(titles, bodies), VECTORS) as at:
        words = tuple(Term(exact, stems, (exact,), key=key) for exact, key, stems in (SURFACES[1], SURFACES[5]))
        for page in (1, 4, 5, 7, 20):
            found = ranked(at, words, page)
            assert found.numbers[:page].tolist() == ranked(at, words, 60).numbers[:page].tolist()
            score, number = -found.scores, found.numbers
            assert np.lexsort((number, score)).tolist() == list(range(len(number)))


def test_those_that_stand_behind_another_one_make_room(tmp_path: Path) -> None:
    with opened(tmp_path, invented(seeded(5), 200), VECTORS) as at:
        words = (Term("су", ("су",), ("су",), key="су"),)
        # Nothing is alike here: however many may be hidden elsewhere, the page is what is asked for.
        found = ranked(at, words, 10, hidden=100)
        assert found.numbers[:10].tolist() == ranked(at, words, 200).numbers[:10].tolist()
        assert 10 <= len(found.numbers) < SECOND_STAGE
