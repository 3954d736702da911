"""Postings made from tokens: the same as by looking at every token, however they come in batches."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from small_segments import SCALE, SURFACES, seeded

from search.engines.base import BODY_GAP
from search.engines.whoosh import inversion
from search.engines.whoosh.fields import NAME, Fields, write_fields
from search.engines.whoosh.tokens import Tokens
from search.errors import IndexCorrupt
from search.ranking import saturation
from search.rows import rows_of

STEMS = sorted({stem for *_, stems in SURFACES for stem in stems}, key=str.encode)
STEMLESS = len(STEMS)
TERMS = range(STEMLESS + 1)
SCHOOL, WATER, SMILE = 0, 11, 13
"""Places of surfaces with the stems «мектеп», «су», and none."""

Where = Mapping[int, Sequence[int]]


class Texts:
    """Articles as numbers of `SURFACES`, and how many tokens of each are its title."""

    def __init__(self, articles: Sequence[Sequence[int]], titles: Sequence[int] | None = None) -> None:
        self.articles = articles
        self.titles = titles or [0] * len(articles)
        self.where: dict[int, dict[int, list[int]]] = {term: defaultdict(list) for term in TERMS}
        for number, (article, title) in enumerate(zip(articles, self.titles, strict=True)):
            for place, surface in enumerate(article):
                for stem in set(SURFACES[surface][2]) or {""}:
                    term = STEMS.index(stem) if stem else STEMLESS
                    self.where[term][number].append(place if place < title else place + BODY_GAP)

    def write(self, folder: Path, step: int = 1 << 20) -> Fields:
        folder.mkdir(exist_ok=True)
        rows, places = rows_of(SURFACES)
        flat = np.array([surface for article in self.articles for surface in article], np.int64)
        places[flat].tofile(folder / "flat")
        starts = np.cumsum([0, *map(len, self.articles)])
        df = write_fields(folder, Tokens(folder / "flat", rows, starts, np.array(self.titles, np.int64), step))
        assert df.tolist() == [len(self.where[term]) for term in TERMS[:-1]]
        return Fields(folder)

    def shares(self, term: int) -> dict[int, float]:
        """The share of a term in every article that has it."""
        average = sum(map(len, self.articles)) / len(self.articles)
        return {n: saturation(len(at), len(self.articles[n]), average) for n, at in self.where[term].items()}


def some_texts(salt: int, articles: int = 60, longest: int = 12) -> Texts:
    source = seeded(salt)
    made = [
        [min(int(source.expovariate(0.4)), len(SURFACES) - 1) for _ in range(source.randint(0, longest))]
        for _ in range(articles)
    ]
    return Texts(made, [min(len(article), source.randint(0, 4)) for article in made])


def standing(fields: Fields, term: int, among: Sequence[int] | None = None) -> Where:
    found = defaultdict(list)
    for key in fields.keys(term, None if among is None else np.array(among, np.int64)).tolist():
        found[key >> 32].append(key & 0xFFFFFFFF)
    return found


def check(fields: Fields, texts: Texts) -> None:
    """Everything that there is to ask of the terms, except what is only stored for speed."""
    for term, where in texts.where.items():
        postings = fields.postings(term)
        assert postings.ids.tolist() == list(where)
        assert postings.tf.tolist() == list(map(len, where.values()))
        assert fields.counts(term) == (len(where), sum(map(len, where.values())))
        assert standing(fields, term) == where
        for among in (range(0, len(texts.articles), 3), [], list(where)[:1]):
            assert standing(fields, term, among) == {n: at for n, at in where.items() if n in among}
    for asked in (list(TERMS), list(TERMS)[::-2], [STEMLESS], []):
        several, at = fields.several(np.array(asked, np.int64)), 0
        for place, term in enumerate(asked):
            for article, positions in texts.where[term].items():
                assert (several.ids[at], several.tf[at], several.term[at]) == (article, len(positions), place)
                stretch = several.at[at] + np.arange(several.tf[at])
                assert fields.positions(stretch).tolist() == positions
                at += 1
        assert at == len(several.ids)


@pytest.mark.parametrize("step", [1, 3, 1 << 20])
def test_every_token_is_where_it_stands(tmp_path: Path, step: int) -> None:
    texts = some_texts(step)
    check(texts.write(tmp_path, step), texts)


def test_frequent_terms_have_the_same_in_a_row_of_all_articles(tmp_path: Path) -> None:
    texts = some_texts(5, 90)
    fields = texts.write(tmp_path)
    kinds = set()
    for term, where in texts.where.items():
        postings = fields.postings(term)
        dense = bool(where) and len(where) * inversion.DENSE >= len(texts.articles)
        kinds.add(dense)
        assert (postings.row is not None) == dense == (postings.tops is not None)
        if dense:
            assert postings.row.tolist() == [len(where.get(n, ())) for n in range(len(texts.articles))]
    assert kinds == {True, False}


@pytest.mark.parametrize("most", [1, 5, 512])
@pytest.mark.parametrize("repeated", [1, 6])
def test_the_best_articles_of_frequent_terms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, repeated: int
) -> None:
    monkeypatch.setattr(inversion, "TOPS", most)
    for round_ in range(3 * SCALE):
        texts = some_texts(round_, 80 // repeated)
        texts = Texts(texts.articles * repeated, texts.titles * repeated)  # equal shares, told apart by number
        fields = texts.write(tmp_path / f"{round_}")
        looked = 0
        for term in TERMS:
            tops, shares = fields.postings(term).tops, texts.shares(term)
            if tops is not None:
                count = min(most, len(texts.articles) // inversion.DENSE)
                assert tops.tolist() == sorted(shares, key=lambda n: (-shares[n], n))[:count]
                looked += 1
        assert looked > 3


@pytest.mark.parametrize("step", [1, 7, 1 << 22])
def test_no_share_is_above_the_peak_and_the_peak_is_not_far_above(tmp_path: Path, step: int) -> None:
    for articles in (4, 200):  # in a few articles some of the terms stand nowhere
        texts = some_texts(9, articles)
        fields = texts.write(tmp_path / f"{articles}", step)
        for term in TERMS:
            greatest = max(texts.shares(term).values(), default=0.0)
            assert greatest <= fields.peak(term) <= greatest * (1 + 2**-22)
            assert fields.postings(term).peak == fields.peak(term)


@pytest.mark.parametrize("sparse", [True, False])
@pytest.mark.parametrize("often", [254, 255, 256, 70_000])
def test_a_word_may_stand_very_often(tmp_path: Path, often: int, sparse: bool) -> None:
    others = [[SMILE]] * 40 if sparse else []
    articles = [[WATER], [SCHOOL, *[WATER] * often], [WATER] * often, [WATER] * 3, *others]
    texts = Texts(articles, [1, 1, 0, 2, *[0] * len(others)])
    fields = texts.write(tmp_path)
    check(fields, texts)
    water = fields.postings(STEMS.index("су"))
    assert water.tf.tolist() == [1, often, often, 3]
    assert water.counts(np.arange(len(texts.articles)), len(texts.articles))[:4].tolist() == [1, often, often, 3]
    assert (water.row is None) == (sparse or often >= 255), "a row has no room for more than 254"


def test_a_word_may_stand_very_late(tmp_path: Path) -> None:
    for longest in (65_535 - BODY_GAP, 65_536 - BODY_GAP, 65_536):
        texts = Texts([[SMILE, SCHOOL], [SCHOOL] * longest + [WATER]], [1, 1])
        fields = texts.write(tmp_path / f"{longest}")
        assert standing(fields, STEMS.index("су")) == {1: [longest + BODY_GAP]}
        check(fields, texts)


@pytest.mark.parametrize("articles", [[], [[]], [[]] * 9], ids=len)
def test_without_words(tmp_path: Path, articles: list[list[int]]) -> None:
    texts = Texts(articles)
    fields = texts.write(tmp_path)
    check(fields, texts)
    assert [fields.peak(term) for term in TERMS] == [0.0] * len(TERMS)


def test_tokens_without_stems_stand_together(tmp_path: Path) -> None:
    texts = Texts([[SMILE, WATER], [WATER], [SMILE + 1, SMILE, SMILE]], [1, 1, 1])
    fields = texts.write(tmp_path)
    assert standing(fields, STEMLESS) == {0: [0], 2: [0, 1 + BODY_GAP, 2 + BODY_GAP]}


def test_the_same_tokens_give_the_same_bytes_and_leave_nothing_else(tmp_path: Path) -> None:
    texts, made = some_texts(11), []
    for name, step in (("a", 1 << 20), ("b", 1 << 20), ("c", 2)):
        texts.write(tmp_path / name, step)
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert made[0] == made[1] == made[2]
    assert set(made[0]) == {"flat", NAME}


def test_a_flipped_bit_is_no_answer(tmp_path: Path) -> None:
    texts = Texts([[SCHOOL, WATER, SMILE]] * 30)
    fields = texts.write(tmp_path)
    path = tmp_path / NAME
    whole = path.read_bytes()
    term = STEMS.index("су")
    right = standing(fields, term)
    for place in range(0, len(whole), 17):
        damaged = bytearray(whole)
        damaged[place] ^= 4
        path.write_bytes(damaged)
        with pytest.raises(IndexCorrupt):
            assert standing(Fields(tmp_path), term) != right


def test_terms_that_there_are_not_are_no_answer(tmp_path: Path) -> None:
    fields = some_texts(1).write(tmp_path)
    for ask in (fields.postings, fields.counts, fields.peak, fields.keys):
        with pytest.raises(IndexCorrupt):
            ask(STEMLESS + 1)
