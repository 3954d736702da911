"""Which bodies are the same text."""

import pytest

from indexer.duplicates import LEAST_WORDS, cluster
from search.kazakh import Analyzer

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
