"""Postings of query terms: where the oracle finds them, and remembered for the next question."""

import random
from pathlib import Path

import numpy as np
import pytest
from small_segments import SCALE, SURFACES, Made, integers, invented, keys, opened, seeded

from search.engines.archive import Archive
from search.engines.found import Found
from search.engines.whoosh import best_shares
from search.engines.whoosh.packed import numbers
from search.engines.whoosh.postings import Postings
from search.engines.whoosh.terms import Caches, TermPostings
from search.facets import FACETS
from search.model import Scope
from search.query.nodes import Either, Near, Phrase, Prefix, Term, Unit, scope_of
from search.ranking import PAIR_SAMPLE, sampled
from search.vectors import StemVectors

STEMS = ["мектеп", "ауыл", "ауылда", "ал", "ала", "су", "жоқ"]
FORMS = [*(exact for exact, *_ in SURFACES), "жоқ"]


def term(source: random.Random) -> Term:
    stems, forms = source.choices(STEMS, k=source.choice([1, 1, 2, 3])), source.choices(FORMS, k=source.randint(0, 3))
    scope = source.choice([Scope.ALL, Scope.ALL, Scope.TITLE, Scope.BODY])
    return Term(stems[0], tuple(stems), tuple(forms), scope, source.random() < 0.3)


def unit(source: random.Random) -> Unit:
    words = tuple(term(source) for _ in range(source.randint(1, 3)))
    match source.choice(["term", "prefix", "phrase", "near", "either"]):
        case "prefix":
            return Prefix("x", words[0].exacts, words[0].scope)
        case "phrase":
            return Phrase(words)
        case "near":
            return Near(words, source.choice([1, 3, 50]))
        case "either":
            return Either("x", (*words, Phrase((term(source), term(source)))))
        case _:
            return words[0]


def same(held: Postings, where: list[set[int]]) -> bool:
    expected = {article: len(places) for article, places in enumerate(where) if places}
    return dict(zip(held.ids.tolist(), held.tf.tolist(), strict=True)) == expected and held.df == len(expected)


@pytest.mark.parametrize("size", [1, 10, 50])
def test_units_stand_where_the_oracle_finds_them(tmp_path: Path, size: int) -> None:
    source = seeded(size)
    made = invented(source, size, 12)
    found = Found(list(made.documents()), FACETS)
    with opened(tmp_path, made) as at:
        remembering = TermPostings(at.segments, at.columns, Caches(1 << 20))
        for _ in range(80 * SCALE):
            one = unit(source)
            where = found.places(one)
            everywhere = keys((article, place) for article, places in enumerate(where) for place in places)
            among = sorted(source.sample(range(size), source.randint(0, size)))
            inside = [key for key in everywhere if key >> 32 in among]
            for terms in (at.terms, remembering, remembering):
                assert same(terms.matching(one), where)
                assert terms.keys(one, None).tolist() == everywhere
                assert terms.keys(one, integers(among)).tolist() == inside
                if isinstance(one, Term):
                    assert same(terms.stems(one), found.places(one, exact=False))
                    assert same(terms.exacts(one), found.places(one, exact=True))


def test_no_share_is_above_what_is_known_of_it(tmp_path: Path) -> None:
    """Shares count by the lengths of the scope that the unit as a whole has."""
    source = seeded(1)
    made = Made(*[[[source.choice(SURFACES)] * source.randint(0, 20) for _ in range(80)] for _ in range(2)])
    documents = list(made.documents())
    lengths, found = Archive(documents, StemVectors.none()).lengths, Found(documents, FACETS)
    tops = 0
    with opened(tmp_path, made) as at:
        absent = Term("жоқ", ("жоқ",), ("жоқ",), Scope.TITLE)
        school = Term("мектеп", ("мектеп",), ())
        for one in (school, Either("x", (absent, school)), *(unit(source) for _ in range(200 * SCALE))):
            scope = scope_of(one)
            norms = at.columns.norms(scope, np.arange(80))
            assert at.columns.lengths(scope, np.arange(80)).tolist() == lengths[scope]
            tf = np.array([len(places) for places in found.places(one)])
            shares = tf / (tf + norms)
            held = at.terms.matching(one)
            assert shares.max() <= held.peak
            if held.tops is not None:
                tops += 1
                best = sorted(np.flatnonzero(tf).tolist(), key=lambda n: (-shares[n], n))
                assert held.tops.tolist() == best[: len(held.tops)]
    assert tops > 0


def test_the_best_articles_are_found_out_at_the_second_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of the commonest stems are stored, and known at once."""
    monkeypatch.setattr(best_shares, "_WORTH", 6)
    monkeypatch.setattr(best_shares, "_MOST", 5)
    source, documents, seen = seeded(4), 80, set()
    with opened(tmp_path, invented(source, documents, 12)) as at:
        terms = TermPostings(at.segments, at.columns, Caches(1 << 20))
        for one in (unit(source) for _ in range(100 * SCALE)):
            held, scope = terms.matching(one), scope_of(one)
            is_known = scope in held.best or (held.tops is not None and scope is Scope.ALL)
            first = best_shares.best_shares(held, scope, at.columns)
            found = best_shares.best_shares(held, scope, at.columns)
            assert (found is None) == (held.df < 6)
            if found is None:
                continue
            assert (first is not None) == (is_known or held.tops is not None)
            norms = at.columns.norms(scope, held.ids)
            shares = dict(zip(held.ids.tolist(), (held.tf / (held.tf + norms)).tolist(), strict=True))
            order = sorted(shares, key=lambda number: (-shares[number], number))
            count = len(found.articles)
            assert found.articles.tolist() == order[:count]
            assert (found.peak, found.after) == (shares[order[0]], shares[order[count - 1]])
            assert numbers(found.bits, count).tolist() == sorted(order[:count])
            seen.add((first is None, scope))
    assert {(True, Scope.ALL), (True, Scope.BODY), (False, Scope.ALL)} <= seen


def test_what_was_read_is_given_again(tmp_path: Path) -> None:
    water, phrase = Term("су", ("су",), ("су",)), Phrase((Term("су", ("су",), ()), Term("су", ("су",), ())))
    with opened(tmp_path, Made([[]] * 3, [[SURFACES[11]] * 2] * 3)) as at:
        caches = Caches(1 << 20)
        first, later = (TermPostings(at.segments, at.columns, caches) for _ in range(2))
        for one in (water, phrase):
            assert first.matching(one) is later.matching(one)
        assert first.exacts(water) is later.exacts(water)
        assert first.known(water) is later.known(water)


def test_a_question_can_be_stopped_between_reads(tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def stop() -> None:
        raise Stop

    with opened(tmp_path, invented(seeded(2), 5)) as at:
        terms = TermPostings(at.segments, at.columns, Caches(0), stop)
        for ask in (terms.stems, terms.exacts, terms.known):
            with pytest.raises(Stop):
                ask(Term("су", ("су",), ("су",)))


@pytest.mark.parametrize("size", [30, 2 * PAIR_SAMPLE])
def test_in_how_many_articles_words_stand_side_by_side(tmp_path: Path, size: int) -> None:
    source = seeded(size)
    made = invented(source, size, 8)
    found = Found(list(made.documents()), FACETS)
    with opened(tmp_path, made) as at:
        for _ in range(30 * SCALE):
            one, other = term(source), term(source)
            a, b = found.places(one, exact=False), found.places(other, exact=False)
            rarer = min(([n for n, places in enumerate(held) if places] for held in (a, b)), key=len)
            sample = [rarer[place] for place in sampled(len(rarer)).tolist()]
            beside = sum(any(p + 1 in b[n] or p - 1 in b[n] for p in a[n]) for n in sample)
            assert at.terms.pair_df(one, other) == pytest.approx(beside * len(rarer) / max(len(sample), 1))
