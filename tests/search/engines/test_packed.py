"""Sets of one bit an article: the same as sets in Python."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_segments import integers, seeded

from search.engines.whoosh import packed as bits

DOCUMENTS = 200
MEMBERS = st.one_of(
    st.sets(st.integers(0, DOCUMENTS - 1)),
    st.sets(st.integers(0, DOCUMENTS - 1), max_size=2),
    st.sets(st.integers(0, DOCUMENTS - 1)).map(lambda some: set(range(DOCUMENTS)) - some),
)


def made(members: set[int]) -> bits.Packed:
    return bits.packed_numbers(integers(sorted(members)), DOCUMENTS)


def members_of(found: bits.Packed) -> set[int]:
    return set(bits.numbers(found, bits.size(found)).tolist())


@given(MEMBERS)
def test_they_are_the_same_however_they_are_looked_at(members: set[int]) -> None:
    row = np.zeros(DOCUMENTS, np.uint8)
    row[list(members)] = [1 + number for number in members]
    found = bits.packed(row)
    assert found.tolist() == made(members).tolist() == bits.packed(row > 0).tolist()
    assert bits.size(found) == len(members)
    assert bits.numbers(found, len(members)).tolist() == sorted(members)
    assert bits.unpacked(found, DOCUMENTS).tolist() == (row > 0).tolist()
    assert bits.having(found, np.arange(DOCUMENTS)).tolist() == (row > 0).tolist()


@given(st.lists(MEMBERS, min_size=1, max_size=4))
def test_what_sets_have_in_common_and_what_is_in_any(sets: Sequence[set[int]]) -> None:
    before = [made(one) for one in sets]
    assert members_of(bits.all_of(before)) == set.intersection(*sets)
    assert members_of(bits.any_of(before)) == set.union(*sets)
    assert [members_of(one) for one in before] == list(sets), "they are left as they were"


@pytest.mark.parametrize("documents", [0, 1, 7, 8, 63, 64, 65, 1000])
@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 1.0])
def test_any_number_of_articles(documents: int, share: float) -> None:
    source = seeded(documents)
    mask = np.array([source.random() < share for _ in range(documents)], np.bool_)
    found = bits.packed(mask)
    assert len(found) == (documents + 63) // 64
    assert bits.numbers(found, bits.size(found)).tolist() == np.flatnonzero(mask).tolist()
    assert bits.unpacked(found, documents).tolist() == mask.tolist()
    assert bits.size(bits.everyone(documents)) == documents
    assert members_of(~found & bits.everyone(documents)) == set(np.flatnonzero(~mask).tolist())
