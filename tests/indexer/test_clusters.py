"""Which bodies are the same text, reprinted or edited."""

import os
import shutil
from array import array
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.duplicates import file
from indexer.duplicates.alike import Judge, Text, alike
from indexer.duplicates.bodies import Bodies
from indexer.duplicates.clustering import clusters
from indexer.duplicates.signatures import Signatures, joined
from indexer.duplicates.words import FACT, LEAST_WORDS, Keys, key_hashes
from search import manifest
from search.engines.whoosh.tokens import Tokens
from search.errors import IndexCorrupt
from search.kazakh import Analyzer, Row
from search.model import Article
from search.rows import rows_of
from search.service import SearchService
from tests.indexes import ARTICLES
from tests.runs import cleaned, reindex, served, settings

SCALE = int(os.environ.get("SCALE", "1"))
ANALYZER = Analyzer()
SHORT = "Көктемде Қарасай ауылында жаңа мектеп ашылды. Мектепте екі жүз бала оқиды, олар енді көрші ауылға қатынамайды."
LATIN = "Köktemde Qarasai auylynda jaña mektep aşyldy. Mektepte eki jüz bala oqidy, olar endi körşi auylğa qatynamaidy."
LONG = (
    "Аудан орталығында күзгі жәрмеңке өтті. Жәрмеңкеге он екі ауылдың шаруалары қатысып, ет пен көкөністі базардағыдан "
    "арзан сатты. Ұйымдастырушылардың айтуынша, күн бойы 40 тонна картоп пен 15 тонна сәбіз өткен. Тұрғындар ұзын "
    "кезекке қарамай, қысқа азық алып қалуға асықты. Кәсіпкерлер келесі жәрмеңкені 20 қазанда өткізуді ұсынды. Әкімдік "
    "оған келісіп, алаңға қосымша шатырлар орнатуға уәде берді. Полиция көлік тұрағын ұйымдастырды, дәрігерлер "
    "кезекшілікте болды."
)  # fmt: skip


def words(text: str, lang: str = "kk") -> Keys:
    return key_hashes(ANALYZER.terms(text, lang).keys)


def signed(bodies: Sequence[Keys]) -> Signatures:
    starts = np.concatenate([[0], np.cumsum([len(one) for one in bodies], dtype=np.int64)])
    return Signatures.of([(np.concatenate(bodies), starts)])


def groups(*texts: str) -> list[int]:
    """Of each text the place of the first that says the same; −1 for one that is too short."""
    bodies = list(map(words, texts))
    found = clusters(signed(bodies), Judge(bodies.__getitem__))[0].tolist()
    return [found.index(one) if one else -1 for one in found]


@pytest.mark.parametrize(
    "other",
    [
        SHORT.upper(),
        SHORT.replace(" ", "  \n"),
        "«" + SHORT.replace(",", " –") + "»",
        LATIN,
        SHORT.replace("Қ", "К").replace("ө", "о"),
    ],
)
def test_script_case_marks_and_spaces_do_not_count(other: str) -> None:
    assert groups(SHORT, LONG, other) == [0, 1, 0]
    assert signed([words(SHORT)]).bodies == signed([words(other)]).bodies


@pytest.mark.parametrize(
    "other",
    [
        LONG.replace("Тұрғындар ұзын кезекке қарамай, қысқа азық алып қалуға асықты. ", ""),
        LONG.replace("жәрмеңке", "жәрмеңкa").replace("асықты", "асыққан"),
        "Дала хабары. " + LONG + " Фото: редакция мұрағаты.",
        LONG.split(". ", 1)[1],
        " ".join(LONG.split()[:42]),
        LONG.replace("40 тонна", "45 тонна"),
    ],
)
def test_an_edited_text_is_the_same_text(other: str) -> None:
    assert groups(LONG, SHORT, other, other.upper()) == [0, 1, 0, 0]


@pytest.mark.parametrize(
    "other",
    [
        LONG.replace("40", "55").replace("15", "22").replace("20 қазанда", "3 қарашада"),
        LONG.replace("40 тонна", "52 тонна").replace("20 қазанда", "27 қыркүйекте"),
        " ".join(LONG.split()[:25]),
        LONG[: len(LONG) // 3] + " " + SHORT + " " + SHORT.replace("мектеп", "кітапхана"),
        " ".join(reversed(LONG.split())),
    ],
)
def test_other_figures_or_mostly_other_words_are_another_text(other: str) -> None:
    assert groups(LONG, other) == [0, 1]


def test_a_few_lines_must_share_nearly_all() -> None:
    assert groups(SHORT, SHORT + " Бүгін") == [0, 0]
    assert groups(SHORT, SHORT.replace("Қарасай", "Көкжар")) == [0, 1]


def test_numbers_months_and_days_of_the_week_are_facts() -> None:
    found = words("12 қазанда сенбі күні 14,5 миллион january сәрсенбіде жұмыс 2-сынып онда")
    assert (found & FACT).tolist() == [1, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0]


def test_words_do_not_run_together() -> None:
    tail = " ".join(SHORT.split()[:LEAST_WORDS])
    one, other = signed([words("бал ата " + tail), words("ба лата " + tail)]).bodies.tolist()
    assert one != other


def test_captions_are_in_no_group() -> None:
    caption = " ".join(SHORT.split()[: LEAST_WORDS - 1])
    assert groups(caption, caption, SHORT, "", "", SHORT) == [-1, -1, 2, -1, -1, 2]


def test_the_number_of_a_group_is_its_least_hash() -> None:
    bodies = [words(LONG), words("Дала хабары. " + LONG), words(SHORT)]
    signatures = signed(bodies)
    found = clusters(signatures, Judge(bodies.__getitem__))[0].tolist()
    least = min(signatures.bodies[:2].tolist())
    assert found == [least, least, int(signatures.bodies[2])]


def test_which_of_two_is_asked_first_does_not_matter() -> None:
    texts = [
        Text(words(text)) for text in (LONG, " ".join(LONG.split()[:42]), SHORT, "", "бір", LONG.replace("40", "41"))
    ]
    for one in texts:
        for other in texts:
            assert alike(one, other) == alike(other, one)


def test_bodies_of_an_index_are_those_of_its_articles(tmp_path: Path) -> None:
    bodies = [SHORT, "қысқа", LATIN, LONG, "қысқа", SHORT.upper(), ""]
    numbers: dict[Row, int] = {}
    flat, starts, titles = array("I"), [0], []
    for title, body in zip(("", "бір", "екі үш", "", "", "төрт", "бес"), bodies, strict=True):
        for terms in (ANALYZER.terms(title, "kk"), found := ANALYZER.terms(body, "kk")):
            rows = zip(terms.exacts, terms.keys, terms.stems, strict=True)
            flat.extend(numbers.setdefault(row, len(numbers)) for row in rows)
        starts.append(len(flat))
        titles.append(starts[-1] - starts[-2] - len(found.exacts))
    rows, places = rows_of(numbers)
    places[flat].tofile(tmp_path / "flat")
    held = Bodies(Tokens(tmp_path / "flat", rows, np.array(starts), np.array(titles), 1000))
    expected = list(map(words, bodies))
    assert [held(at).tolist() for at in range(len(bodies))] == [one.tolist() for one in expected]
    ours, theirs = Signatures.of(held.steps()), signed(expected)
    assert ours.bodies.tolist() == theirs.bodies.tolist()
    assert ours.slots.tolist() == theirs.slots.tolist()


def test_signatures_do_not_depend_on_what_is_signed_together() -> None:
    bodies = [words(text) for text in (LONG, "", SHORT, "бір екі", LONG.upper() + SHORT)]
    whole, alone = signed(bodies), joined(*(signed([one]) for one in bodies))
    assert whole.bodies.tolist() == alone.bodies.tolist()
    kept = np.flatnonzero(whole.bodies)
    assert whole.taken(kept).slots.tolist() == alone.taken(kept).slots.tolist()
    assert len(whole.taken(kept)) == len(kept) == 3


def test_forms_that_are_filled_in_are_compared_a_bounded_number_of_times() -> None:
    """Reports in the same words with other figures, and texts of which every eighth word is another one."""
    chance = np.random.default_rng(5)
    count = 5_000 * SCALE
    form = chance.integers(1, 2**62, 120, dtype=np.uint64) * np.uint64(2)
    reports, others = (np.tile(form, (count, 1)) for _ in range(2))
    reports[:, 3:120:12] = chance.integers(1, 2**62, (count, 10), dtype=np.uint64) | FACT
    changed = chance.random(others.shape) < 0.125
    others[changed] = chance.integers(1, 2**62, int(changed.sum()), dtype=np.uint64)
    for bodies in (reports, others):
        found, verdicts = clusters(signed(list(bodies)), Judge(bodies.__getitem__))
        assert len(verdicts) < 24 * count
        assert len(set(found.tolist())) > 0.95 * count
    reprints = np.repeat(form[None], count, axis=0)
    reprints[np.arange(count), chance.integers(0, 120, count)] = chance.integers(1, 2**62, count, dtype=np.uint64)
    found, verdicts = clusters(signed(list(reprints)), Judge(reprints.__getitem__))
    assert len(verdicts) < 4 * count
    assert len(set(found.tolist())) == 1


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index of articles three of which are one text."""
    longer = [(LONG, "l1"), ("Дала хабары. " + LONG, "l2"), (LONG.replace("40", "45"), "l3")]
    chosen = settings(tmp_path)
    reindex(cleaned([*ARTICLES, *(_article(body, name) for body, name in longer)]), chosen)
    return chosen.index


def _article(body: str, name: str) -> Article:
    return replace(ARTICLES[0], id=name, title=name, body=body)


def test_a_run_keeps_what_the_next_one_needs(index: Path, tmp_path: Path) -> None:
    name, count = served(index)
    folder = index / manifest.GENERATIONS / name
    assert manifest.DUPLICATES in manifest.read(folder).files
    signatures, verdicts = file.read(folder)
    assert len(signatures) == count == len(ARTICLES) + 3
    assert verdicts.alike.sum() >= 2
    service = SearchService(settings(tmp_path, index=index))
    try:
        assert set(service.article("l1").duplicates) == {"l2", "l3"}
    finally:
        service.close()


def test_a_damaged_file_is_refused(index: Path, tmp_path: Path) -> None:
    folder = index / manifest.GENERATIONS / served(index)[0]
    data = bytearray((folder / manifest.DUPLICATES).read_bytes())
    data[10] ^= 1
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(folder / manifest.DUPLICATES, copy)
    file.read(copy)
    (copy / manifest.DUPLICATES).write_bytes(data)
    with pytest.raises(IndexCorrupt):
        file.read(copy)
