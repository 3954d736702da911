"""Exact forms, looked up among the tokens of their stems: the same as by looking at every token."""

from pathlib import Path

import numpy as np
import pytest
from small_segments import SCALE, SURFACES, Made, Opened, integers, invented, keys, opened, seeded

from search.engines.whoosh.postings import Postings
from search.model import Scope
from search.query.nodes import Prefix, Term

FORMS = sorted({exact for exact, *_ in SURFACES})
UNKNOWN = ["", "жоқ", "мек", "мектепк", "яяя", "\ud800"]


def standing(made: Made, exacts: set[str], scope: Scope = Scope.ALL) -> list[int]:
    everything = ((n, at, exact) for n in range(len(made)) for at, (exact, *_) in made.tokens(n, scope))
    return keys((n, at) for n, at, exact in everything if exact in exacts)


def same(postings: Postings, expected: list[int]) -> bool:
    articles, counts = np.unique(integers(expected) >> 32, return_counts=True)
    return postings.ids.tolist() == articles.tolist() and postings.tf.tolist() == counts.tolist()


def check(at: Opened, made: Made, exacts: list[str]) -> None:
    forms, expected = at.segment.exact_forms, standing(made, set(exacts))
    found = forms.postings(exacts)
    assert same(found, expected)
    assert found.df == len(found.ids)
    assert forms.keys(exacts).tolist() == expected
    for among in ([], [0], list(range(0, len(made), 3)), list(range(len(made)))):
        inside = [key for key in expected if key >> 32 in among]
        assert forms.keys(exacts, integers(among)).tolist() == inside


@pytest.mark.parametrize("size", [1, 7, 60])
def test_forms_stand_where_they_stand(tmp_path: Path, size: int) -> None:
    source = seeded(size)
    made = invented(source, size)
    with opened(tmp_path, made) as at:
        for form in [*FORMS, *UNKNOWN]:
            check(at, made, [form])
        check(at, made, [])
        check(at, made, FORMS)
        for _ in range(60 * SCALE):
            some = source.sample([*FORMS, *UNKNOWN], source.randint(2, 8))
            check(at, made, some + some[:1])


def test_all_forms_that_begin_alike(tmp_path: Path) -> None:
    made = invented(seeded(1), 50)
    with opened(tmp_path, made) as at:
        for beginning in {form[:length] for form in FORMS for length in range(1, len(form) + 1)}:
            check(at, made, [form for form in FORMS if form.startswith(beginning)])


def test_all_forms_of_a_stem_are_its_postings_as_they_are_stored(tmp_path: Path) -> None:
    stem = ["суы", "су"]
    made = Made([[]] * 40, [[SURFACES[11], SURFACES[12]]] * 40)
    with opened(tmp_path, made) as at:
        found = at.segment.exact_forms.postings(stem)
        assert found.row is not None
        assert found.tf.tolist() == [2] * 40
        assert at.segment.exact_forms.postings(stem[:1]).tf.tolist() == [1] * 40


def test_a_form_may_stand_very_often_and_very_late(tmp_path: Path) -> None:
    school, schools, water = SURFACES[0], SURFACES[2], SURFACES[11]
    made = Made([[school], []], [[school] * 300 + [schools] * 300, [water] * 70_000 + [schools, school]])
    with opened(tmp_path, made) as at:
        for form in ("мектеп", "мектептер", "су"):
            check(at, made, [form])
        check(at, made, ["мектеп", "су"])
        check(at, made, ["мектептер", "су"])


def test_forms_inside_a_scope(tmp_path: Path) -> None:
    source = seeded(2)
    made = invented(source, 40)
    with opened(tmp_path, made) as at:
        for scope in Scope:
            for _ in range(20 * SCALE):
                some = tuple(source.sample([*FORMS, *UNKNOWN], source.randint(1, 6)))
                among = integers(sorted(source.sample(range(40), 9)))
                expected = standing(made, set(some), scope)
                for unit in (Prefix("x", some, scope), Term("x", ("мектеп",), some, scope, exact=True)):
                    assert same(at.terms.matching(unit), expected)
                    assert at.terms.keys(unit, None).tolist() == expected
                    inside = [key for key in expected if key >> 32 in among]
                    assert at.terms.keys(unit, among).tolist() == inside
