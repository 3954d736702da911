"""Postings made from tokens: the same as by looking at every token, however they come in batches."""

from collections import defaultdict

import numpy as np
import pytest

from search.engines.base import BODY_GAP
from search.engines.whoosh.fields import EXACT, STEM, Fields, write_fields
from search.engines.whoosh.tokens import Tokens
from search.errors import IndexCorrupt

SURFACES = [
    ("ауыл", "ауил", ("ауыл",)),
    ("ауылда", "ауилда", ("ауыл", "ауылда")),
    ("су", "су", ("су", "су")),
    ("𐀀", "x", ()),
]


def tokens(folder, articles, titles, step=1 << 20):
    flat = np.array([surface for article in articles for surface in article], np.uint32)
    flat.tofile(folder / "flat")
    starts = np.cumsum([0, *map(len, articles)])
    return Tokens(folder / "flat", SURFACES, starts, np.array(titles), step)


def expected(articles, titles):
    found = {STEM: defaultdict(lambda: defaultdict(list)), EXACT: defaultdict(lambda: defaultdict(list))}
    for number, (article, title) in enumerate(zip(articles, titles, strict=True)):
        for place, surface in enumerate(article):
            exact, _, stems = SURFACES[surface]
            position = place if place < title else place + BODY_GAP
            found[EXACT][exact][number].append(position)
            for stem in set(stems):
                found[STEM][stem][number].append(position)
    return found


def held(postings):
    ends = np.cumsum(postings.tf)
    stretches = np.split(postings.positions, ends[:-1])
    return {n: part.tolist() for n, part in zip(postings.ids.tolist(), stretches, strict=True)} if len(ends) else {}


@pytest.mark.parametrize("step", [1, 3, 1 << 20])
def test_every_token_is_where_it_stands(tmp_path, step):
    random = np.random.default_rng(5)
    articles = [random.integers(0, 4, random.integers(0, 12)).tolist() for _ in range(40)]
    titles = [min(len(article), int(random.integers(0, 4))) for article in articles]
    write_fields(tmp_path, tokens(tmp_path, articles, titles, step))
    fields = Fields(tmp_path)
    for name, terms in expected(articles, titles).items():
        for term, where in terms.items():
            assert held(fields.postings(name, term)) == where
    assert held(fields.postings(STEM, "жоқ")) == {}
    assert held(fields.postings(EXACT, "ауы")) == {}
    assert held(fields.postings(EXACT, "\ud800")) == {}


def test_the_same_tokens_give_the_same_bytes_and_leave_nothing_else(tmp_path):
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_fields(tmp_path / name, tokens(tmp_path / name, [[0, 1, 2], [], [2]], [1, 0, 1]))
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert made[0] == made[1]
    assert set(made[0]) == {"flat", "postings.izde"}


def test_a_word_may_stand_very_often_and_very_late(tmp_path):
    articles = [[0] * 300, [2], [0] * 70_000 + [2]]
    write_fields(tmp_path, tokens(tmp_path, articles, [0, 1, 2]))
    fields = Fields(tmp_path)
    often = fields.postings(STEM, "ауыл")
    assert often.tf.tolist() == [300, 70_000]
    assert held(fields.postings(STEM, "су"))[2] == [70_000 + BODY_GAP]


def test_an_empty_index_has_no_terms(tmp_path):
    (tmp_path / "flat").write_bytes(b"")
    write_fields(tmp_path, Tokens(tmp_path / "flat", [], np.zeros(1, np.int64), np.zeros(0, np.int64), 1))
    assert held(Fields(tmp_path).postings(STEM, "су")) == {}


def test_a_flipped_bit_is_no_answer(tmp_path):
    articles = [[0, 1, 2]] * 50
    write_fields(tmp_path, tokens(tmp_path, articles, [1] * 50))
    path = tmp_path / "postings.izde"
    whole = path.read_bytes()
    right = held(Fields(tmp_path).postings(STEM, "ауыл"))
    for place in range(0, len(whole), 11):
        damaged = bytearray(whole)
        damaged[place] ^= 4
        path.write_bytes(damaged)
        with pytest.raises(IndexCorrupt):
            assert held(Fields(tmp_path).postings(STEM, "ауыл")) != right
