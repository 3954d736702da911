"""Posting lists and what is made of them, against sets in plain Python."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_segments import integers, seeded

from search.engines.whoosh.postings import (
    EMPTY,
    Postings,
    common,
    distinct,
    from_keys,
    intersected,
    near,
    phrase,
    starts_of,
    summed,
)
from search.engines.whoosh.postings import places as places_of

DOCUMENTS = 40
ARTICLES = st.sets(st.integers(0, DOCUMENTS - 1))
COUNTS = st.dictionaries(st.integers(0, DOCUMENTS - 1), st.sampled_from([1, 2, 3, 254, 255, 70_000]))
PLACES = st.sets(st.tuples(st.integers(0, 3), st.integers(0, 12)), max_size=40)


def rising(values: Iterable[int]) -> np.ndarray:
    return integers(sorted(values))


def keys(places: Iterable[tuple[int, int]]) -> np.ndarray:
    return rising(article << 32 | position for article, position in places)


def places(found: np.ndarray) -> list[tuple[int, int]]:
    return [divmod(key, 1 << 32) for key in found.tolist()]


def stored(counts: dict[int, int], kind: type = np.uint32) -> Postings:
    """As they lie in a file."""
    return Postings(np.array(sorted(counts), np.uint32), np.array([counts[n] for n in sorted(counts)], kind))


def dense(counts: dict[int, int], documents: int = DOCUMENTS) -> Postings:
    row = np.zeros(documents, np.uint8)
    row[list(counts)] = list(counts.values())
    return Postings(np.array(sorted(counts), np.uint32), None, row)


def held(postings: Postings) -> dict[int, int]:
    assert postings.df == len(postings.ids)
    assert (np.diff(postings.ids) > 0).all()
    return dict(zip(postings.ids.tolist(), postings.tf.tolist(), strict=True))


@given(COUNTS, ARTICLES)
def test_how_often_articles_have_it(counts: dict[int, int], asked: set[int]) -> None:
    expected = [counts.get(article, 0) for article in sorted(asked)]
    postings = stored(counts)
    assert postings.counts(rising(asked), DOCUMENTS).tolist() == expected
    assert postings.counts(postings.ids, DOCUMENTS).tolist() == postings.tf.tolist()
    small = {article: min(tf, 254) for article, tf in counts.items()}
    assert held(dense(small)) == small
    assert dense(small).counts(rising(asked), DOCUMENTS).tolist() == [min(tf, 254) for tf in expected]


@pytest.mark.parametrize("held_by", [0, 1, 30, 3000])
@pytest.mark.parametrize("asked", [0, 1, 1024, 1025, 4000])
def test_how_often_many_articles_have_it(held_by: int, asked: int) -> None:
    source = seeded(held_by + asked)
    counts = {n: source.choice([1, 9, 300]) for n in source.sample(range(5000), held_by)}
    some = rising(source.sample(range(5000), asked))
    assert stored(counts).counts(some, 5000).tolist() == [counts.get(n, 0) for n in some.tolist()]


@given(COUNTS, ARTICLES)
def test_which_articles_have_it(counts: dict[int, int], asked: set[int]) -> None:
    expected = [place for place, article in enumerate(sorted(counts)) if article in asked]
    assert places_of(stored(counts).ids, rising(asked)).tolist() == expected
    assert places_of(EMPTY.ids, rising(asked)).tolist() == []


@given(st.lists(PLACES, max_size=4))
def test_lists_without_a_common_position_add_up(parts: list[set[tuple[int, int]]]) -> None:
    apart = [part - set().union(*parts[:place]) for place, part in enumerate(parts)]
    made = [from_keys(keys(part)) for part in apart]
    together = summed(
        np.concatenate([integers([]), *(one.ids for one in made)]),
        np.concatenate([integers([]), *(one.tf for one in made)]),
    )
    assert held(together) == Counter(article for part in apart for article, _ in part)


def test_small_counts_add_up_beyond_their_width() -> None:
    ids, tf = integers([3, 7, 3]), np.array([200, 1, 200], np.uint8)
    assert held(summed(ids, tf)) == {3: 400, 7: 1}


@given(PLACES)
def test_articles_of_keys(where: set[tuple[int, int]]) -> None:
    assert held(from_keys(keys(where))) == Counter(article for article, _ in where)


@given(st.lists(st.integers(0, 9)))
def test_where_values_begin(values: list[int]) -> None:
    new = [at for at in range(len(values)) if not at or values[at] != values[at - 1]]
    assert starts_of(integers(values)).tolist() == new
    assert distinct(integers(values)).tolist() == sorted(set(values))


@given(ARTICLES, ARTICLES)
def test_what_two_lists_have_in_common(one: set[int], other: set[int]) -> None:
    expected = sorted(one & other)
    assert intersected(rising(one), rising(other)).tolist() == expected
    assert common(rising(one), rising(other)).tolist() == expected


@pytest.mark.parametrize("few", [0, 1, 100, 1000])
def test_what_a_short_and_a_long_list_have_in_common(few: int) -> None:
    source = seeded(few)
    one, other = (set(source.sample(range(3000), size)) for size in (few, 1500))
    for both in ((one, other), (other, one)):
        assert common(*map(rising, both)).tolist() == sorted(one & other)
        assert intersected(*map(rising, both)).tolist() == sorted(one & other)


@given(st.lists(PLACES, min_size=1, max_size=4))
def test_phrases(parts: list[set[tuple[int, int]]]) -> None:
    expected = [
        (article, at)
        for article, at in sorted(parts[0])
        if all((article, at + shift) in part for shift, part in enumerate(parts))
    ]
    assert places(phrase(list(map(keys, parts)))) == expected


@given(st.lists(PLACES, min_size=1, max_size=4), st.sampled_from([1, 2, 5, 50]))
def test_words_near_one_another(parts: list[set[tuple[int, int]]], within: int) -> None:
    everything = sorted(set().union(*parts))
    expected = [
        (article, at)
        for article, at in everything
        if all(any(n == article and at <= other <= at + within for n, other in part) for part in parts)
    ]
    assert places(near(list(map(keys, parts)), within)) == expected
