"""The words of candidates: counts, pairs, likeness and kinship by the oracle's plain formulas, on random articles."""

import random
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from small_segments import SCALE, SURFACES, Made, Opened, integers, invented, opened, seeded

from search.engines.archive import cosine, unit_vector
from search.engines.whoosh.candidates import Candidates
from search.model import Scope
from search.query.nodes import Term
from search.ranking import family, likeness, triples
from search.vectors import StemVectors

STEMS = ("мектеп", "ауыл", "су", "ал", "ала")
VECTORS = StemVectors.of([*STEMS, "жоқ"], np.random.default_rng(3).normal(size=(6, 5)))
EMPTY = Term("", (), ())


def word(source: random.Random) -> Term:
    """A word like those of the articles, or like none of them."""
    exact, key, stems = source.choice(SURFACES)
    some = tuple(dict.fromkeys(source.choices([*stems, *STEMS, "жоқ", "ауылда"], k=source.randint(1, 3))))
    forms = tuple(dict.fromkeys(source.choices([exact, "ауылда", "жоқ", "су"], k=source.randint(0, 3))))
    key = source.choice([key, key, "", "мектебим", "х", "ауилдик"])
    return Term(exact, some, forms, source.choice([Scope.ALL, Scope.ALL, Scope.TITLE, Scope.BODY]), key=key)


def candidates(at: Opened, articles: list[int], words: list[Term | None]) -> Candidates:
    return Candidates(at.segments, integers(articles), words, [at.terms.known(one or EMPTY) for one in words])


def counted(made: Made, article: int, one: Term | None) -> list[int]:
    """How many tokens have a stem, an exact form, the family and the key of a word."""
    if one is None:
        return [0, 0, 0, 0]
    held = [surface for _, surface in made.tokens(article, one.scope)]
    return [
        sum(not set(stems).isdisjoint(one.stems) for *_, stems in held),
        sum(exact in one.exacts for exact, *_ in held),
        sum(bool(one.key) and family(key) == family(one.key) for _, key, _ in held),
        sum(bool(one.key) and key == one.key for _, key, _ in held),
    ]


def beside(made: Made, article: int, one: Term, other: Term) -> tuple[int, int]:
    """How often the stems, and the families, of two words stand side by side."""
    where = [
        {at for at, (*_, stems) in made.tokens(article, term.scope) if not set(term.stems).isdisjoint(stems)}
        for term in (one, other)
    ]
    a, b = where
    stems = sum((p in a and p + 1 in b) or (p in b and p + 1 in a) for p in a | b)
    if not (one.key and other.key):
        return stems, 0
    wanted = {(family(one.key), family(other.key)), (family(other.key), family(one.key))}
    both = {Scope.TITLE, Scope.BODY}
    for scope in (one.scope, other.scope):
        both &= {scope} if scope is not Scope.ALL else both
    parts = [[family(key) for _, (_, key, _) in made.tokens(article, part)] for part in both]
    return stems, sum(pair in wanted for part in parts for pair in pairwise(part))


def nearest(made: Made, article: int, one: Term | None) -> float:
    if one is None or not one.key:
        return 0.0
    keys = [key for _, (_, key, _) in made.tokens(article, one.scope)]
    return max((likeness(triples(key), triples(one.key)) for key in keys), default=0.0)


def kin(made: Made, article: int, one: Term) -> float:
    rows = {stem: unit_vector(row) for stem, row in zip(VECTORS.stems, VECTORS.rows.astype(float), strict=True)}
    stems = {stem for _, (*_, held) in made.tokens(article, one.scope) for stem in held} - set(one.stems)
    return max([0.0, *(cosine(rows[one.stems[0]], rows[stem]) for stem in stems if stem in rows)])


def check(at: Opened, made: Made, articles: list[int], words: list[Term | None], source: random.Random) -> None:
    looked = candidates(at, articles, words)
    expected = np.array([[counted(made, n, one) for n in articles] for one in words], float)
    expected = expected.reshape(len(words), len(articles), 4).transpose(2, 0, 1)
    assert looked.has().tolist() == (expected > 0).tolist()
    assert looked.counts().tolist() == expected[1:3].tolist()
    near = np.array([[nearest(made, n, one) for n in articles] for one in words])
    some = integers(sorted(source.sample(range(len(articles)), source.randint(1, len(articles)))))
    wanted = np.array([[source.random() < 0.7 for _ in some] for _ in words])
    assert looked.likeness(some, np.ones_like(wanted)) == pytest.approx(near[:, some])
    assert looked.likeness(some, wanted)[wanted] == pytest.approx(near[:, some][wanted])
    there = [place for place, one in enumerate(words) if one is not None]
    pairs = [(source.choice(there), source.choice(there)) for _ in range(4)]
    found = looked.pairs(pairs)
    for place, (a, b) in enumerate(pairs):
        one, other = words[a], words[b]
        assert one is not None
        assert other is not None
        assert list(zip(*found[:, place].tolist(), strict=True)) == [beside(made, n, one, other) for n in articles]
    known = [place for place in there if at.terms.known(words[place] or EMPTY).direction is not None]
    near = looked.kinship(known, some)
    assert near.shape == (len(known), len(some))
    for row, place in enumerate(known):
        one = words[place]
        assert one is not None
        assert near[row] == pytest.approx(np.array([kin(made, articles[n], one) for n in some.tolist()]), abs=1e-9)


@pytest.mark.parametrize(("size", "words"), [(1, 1), (3, 2), (50, 3), (20, 21), (20, 22), (30, 50)])
def test_all_that_is_told_of_candidates(tmp_path: Path, size: int, words: int) -> None:
    source = seeded(size * words)
    made = invented(source, size)
    with opened(tmp_path, made, VECTORS) as at:
        for _ in range(10 * SCALE):
            some = [word(source) if source.random() < 0.85 else None for _ in range(words)]
            articles = sorted(source.sample(range(size), source.randint(1, size)))
            check(at, made, articles, [*some, word(source)], source)


def test_likeness_where_triples_share_a_bit_of_their_sign(tmp_path: Path) -> None:
    source = seeded(9)
    keys = {"".join(source.choices("абвгде", k=source.randint(3, 25))) for _ in range(150)}
    keys |= {key[:cut] + "".join(source.choices("абвгде", k=6)) for key in keys for cut in (4, 8, 12)}
    made = Made([[]] * len(keys), [[(key, key, (key,))] for key in sorted(keys)])
    with opened(tmp_path, made) as at:
        everything = list(range(len(keys)))
        near = 0
        for key in sorted(keys)[::4]:
            one = Term(key, (key,), (), key=key)
            right = [nearest(made, article, one) for article in everything]
            every = np.ones((1, len(keys)), np.bool_)
            found = candidates(at, everything, [one]).likeness(np.arange(len(keys)), every)
            assert found[0] == pytest.approx(np.array(right))
            near += sum(0 < share < 0.5 for share in right)
        assert near > 100, "words that are just near enough"


def test_articles_without_words_have_nothing(tmp_path: Path) -> None:
    source = seeded(7)
    made = Made([[], [], [], []], [[SURFACES[0], SURFACES[5]], [], [], []])
    with opened(tmp_path, made, VECTORS) as at:
        for articles in ([1], [1, 2], [1, 2, 3], [0, 1, 2]):
            check(at, made, articles, [Term("x", ("мектеп",), ("мектеп",), key="мектеп")], source)


def test_words_without_stems_have_no_kin(tmp_path: Path) -> None:
    source = seeded(8)
    smile, dash = SURFACES[13], SURFACES[14]
    made = Made([[SURFACES[0]], [], [], []], [[], [smile, dash], [smile], [smile] * 3])
    with opened(tmp_path, made, VECTORS) as at:
        for articles in ([1, 2, 3], [1], [0, 1, 2, 3]):
            check(at, made, articles, [Term("x", ("мектеп", "су"), ("мектеп",), key="мектеп")], source)
