"""Sets of articles, as numbers or as masks: the same as sets in Python."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_segments import integers

from search.engines.whoosh import sets as sets_module
from search.engines.whoosh.packed import packed
from search.engines.whoosh.postings import Postings
from search.engines.whoosh.sets import Articles, every, intersection, union

DOCUMENTS = 60
MEMBERS = st.one_of(
    st.sets(st.integers(0, DOCUMENTS - 1)),
    st.sets(st.integers(0, DOCUMENTS - 1), max_size=3),
    st.sets(st.integers(0, DOCUMENTS - 1)).map(lambda some: set(range(DOCUMENTS)) - some),
)
FORMS = st.sampled_from(["ids", "mask", "both", "bits"])
SETS = st.lists(st.tuples(MEMBERS, FORMS), min_size=1, max_size=5)


def mask_of(members: set[int]) -> np.ndarray:
    mask = np.zeros(DOCUMENTS, np.bool_)
    mask[list(members)] = True
    return mask


def made(members: set[int], form: str = "ids") -> Articles:
    if form == "bits":
        return Articles(DOCUMENTS, bits=packed(mask_of(members)))
    ids = integers(sorted(members)) if form != "mask" else None
    return Articles(DOCUMENTS, ids, mask_of(members) if form != "ids" else None)


def right(found: Articles, members: set[int]) -> bool:
    """Whether it is this set, whichever way it is looked at."""
    assert found.documents == DOCUMENTS
    assert len(found) == len(members)
    assert found.mask.dtype == np.bool_
    assert found.mask.tolist() == mask_of(members).tolist()
    assert found.ids.tolist() == sorted(members)
    return found.is_listed and len(found) == len(members)


@given(MEMBERS, FORMS, MEMBERS)
def test_numbers_and_masks_are_the_same_set(members: set[int], form: str, wanted: set[int]) -> None:
    assert made(members, form).is_listed == (form in ("ids", "both"))
    assert right(made(members, form), members)
    assert right(made(members, form).only(mask_of(wanted)), members & wanted)
    assert right(made(members, form).complement(), set(range(DOCUMENTS)) - members)
    assert right(made(members, form).complement().complement(), members)


@given(MEMBERS, FORMS, st.integers(0, DOCUMENTS + 1), st.sampled_from([1, 7, 1024]))
def test_the_first_of_them(members: set[int], form: str, count: int, looked_at: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sets_module, "_LOOKED_AT", looked_at)
        assert made(members, form).first(count).tolist() == sorted(members)[:count]


@given(MEMBERS, FORMS, MEMBERS, st.sampled_from([1, 4, 1000]))
def test_those_that_pass_are_the_same_however_they_are_tested(
    members: set[int], form: str, wanted: set[int], tested: int
) -> None:
    def test(numbers: np.ndarray | None) -> np.ndarray:
        return mask_of(wanted) if numbers is None else mask_of(wanted)[numbers]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sets_module, "_TESTED", tested)
        assert right(made(members, form).passing(test), members & wanted)


@given(SETS)
def test_what_sets_have_in_common(sets: Sequence[tuple[set[int], str]]) -> None:
    before = [made(*one) for one in sets]
    assert right(intersection(before), set.intersection(*(members for members, _ in sets)))
    assert all(right(one, members) for one, (members, _) in zip(before, sets, strict=True)), (
        "they are left as they were"
    )


@given(SETS)
def test_what_is_in_any_of_the_sets(sets: Sequence[tuple[set[int], str]]) -> None:
    before = [made(*one) for one in sets]
    assert right(union(before, DOCUMENTS), set[int]().union(*(members for members, _ in sets)))
    assert all(right(one, members) for one, (members, _) in zip(before, sets, strict=True)), (
        "they are left as they were"
    )


def test_a_few_articles_after_all_of_a_long_list() -> None:
    few, many = {10, DOCUMENTS - 1}, set(range(40))
    assert right(intersection([made(few), made(many)]), {10})
    assert right(intersection([made({DOCUMENTS - 1}), made(many)]), set())


def test_all_and_none() -> None:
    assert right(every(DOCUMENTS), set(range(DOCUMENTS)))
    assert right(union([], DOCUMENTS), set())
    assert len(every(0)) == len(every(0).ids) == len(every(0).mask) == 0


@given(MEMBERS, st.booleans(), MEMBERS)
def test_the_articles_of_postings(members: set[int], is_dense: bool, wanted: set[int]) -> None:
    row = mask_of(members).astype(np.uint8) * 3
    ids = integers(sorted(members)).astype(np.uint32)
    held = Postings(ids, None, row) if is_dense else Postings(ids, row[row > 0])
    made_of = Articles.of(held, DOCUMENTS)
    assert made_of.is_listed == (not is_dense and len(members) * 16 <= DOCUMENTS)
    assert made_of.has(integers(sorted(wanted))).tolist() == [number in members for number in sorted(wanted)]
    assert right(Articles.of(held, DOCUMENTS), members)
    assert right(Articles.of(held, DOCUMENTS).complement(), set(range(DOCUMENTS)) - members)
    assert Articles.of(held, DOCUMENTS).ids.tolist() == sorted(members)
    assert right(Articles.of(held, DOCUMENTS).only(mask_of(wanted)), members & wanted)
    assert right(intersection([Articles.of(held, DOCUMENTS), made(wanted)]), members & wanted)
    assert right(union([Articles.of(held, DOCUMENTS), made(wanted)], DOCUMENTS), members | wanted)


def test_what_a_set_was_made_of_is_only_said_of_just_that_set() -> None:
    held = Postings(integers([1, 2, 3]), np.ones(3, np.uint8))
    made_of = Articles.of(held, DOCUMENTS)
    assert made_of.origin is held
    assert made_of.only(mask_of({1})).origin is None
    assert made_of.complement().origin is None
    assert intersection([made_of, made({1})]).origin is None
    assert union([made_of, made({1})], DOCUMENTS).origin is None
