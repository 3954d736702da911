"""Which bodies are the same text."""

from array import array
from pathlib import Path

import numpy as np
import pytest

from indexer.duplicates import LEAST_WORDS, cluster, clusters
from search.engines.whoosh.tokens import Tokens
from search.kazakh import Analyzer, Row
from search.rows import rows_of

ANALYZER = Analyzer()
CYRILLIC = (
    "Көктемде Қарасай ауылында жаңа мектеп ашылды. Мектепте екі жүз бала оқиды, олар енді көрші ауылға қатынамайды."
)
LATIN = "Köktemde Qarasai auylynda jaña mektep aşyldy. Mektepte eki jüz bala oqidy, olar endi körşi auylğa qatynamaidy."


def named(text: str, lang: str = "kk") -> str:
    return cluster(ANALYZER.terms(text, lang))


def test_the_same_text_has_the_same_cluster() -> None:
    assert named(CYRILLIC) == named(CYRILLIC) != ""
    assert len(named(CYRILLIC)) == 20


@pytest.mark.parametrize(
    "other",
    [
        CYRILLIC.upper(),
        CYRILLIC.replace(" ", "  \n"),
        "«" + CYRILLIC.replace(",", " –") + "»",
        LATIN,
        CYRILLIC.replace("Қ", "К").replace("ө", "о"),
    ],
)
def test_script_case_marks_and_spaces_do_not_count(other: str) -> None:
    assert named(other) == named(CYRILLIC)


def test_one_word_more_or_in_another_place_is_another_text() -> None:
    words = CYRILLIC.split()
    assert named(CYRILLIC + " Бүгін") != named(CYRILLIC)
    assert named(" ".join([words[1], words[0], *words[2:]])) != named(CYRILLIC)
    assert named(CYRILLIC.replace("екі жүз", "үш жүз")) != named(CYRILLIC)


def test_words_do_not_run_together() -> None:
    tail = " ".join(CYRILLIC.split()[:LEAST_WORDS])
    assert named("бал ата " + tail) != named("ба лата " + tail)


def test_captions_are_in_no_cluster() -> None:
    words = CYRILLIC.split()
    assert named(" ".join(words[: LEAST_WORDS - 1])) == ""
    assert named(" ".join(words[:LEAST_WORDS])) != ""
    assert named("") == ""


def test_articles_of_an_index_say_the_same_where_their_names_do(tmp_path: Path) -> None:
    bodies = [CYRILLIC, "қысқа", LATIN, CYRILLIC + " Бүгін", "қысқа", CYRILLIC.upper(), ""]
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
    texts = Tokens(tmp_path / "flat", rows, np.array(starts), np.array(titles), 1000)
    found = clusters(texts).tolist()
    assert found[0] == found[2] == found[5] != 0
    assert found[3] not in (0, found[0])
    assert [found[short] for short in (1, 4, 6)] == [0, 0, 0]
