"""The file of synonyms and pinned results: what is read, what is passed over, and when a change is taken up."""

import gc
import logging
import os
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search.curated import MOST_BYTES, MOST_IN_ALL, read
from search.curation import CurationFile
from search.errors import CurationError
from search.kazakh import Analyzer
from search.settings import Settings

HEADER = "kind\twords\ttarget\treason"
ANALYZER = Analyzer()


@pytest.fixture
def written(tmp_path):
    """Writes the rows under the header; the path of the file."""

    def write(*rows, header=HEADER):
        path = tmp_path / "curation.tsv"
        path.write_text("\n".join([header, *rows, ""]), "utf-8")
        return path

    return write


def found(finder, text):
    """(typed, kind, other names) of each name in a query."""
    tokens = ANALYZER.analyze(text)
    return [
        (" ".join(token.text for token in tokens[span.first : span.end]), span.kind, [o.text for o in span.others])
        for span in finder.find(tokens)
    ]


def others(finder, text):
    return [name for _, _, names in found(finder, text) for name in names]


AI = "synonym\tЖИ|жасанды интеллект|ИИ|искусственный интеллект|AI\t\tоқырман бесеуін де тереді"


# The file.


def test_rows_are_read_with_comments_and_blank_lines_between(written):
    path = written(
        "# синонимдер", AI, "", "\t\t\t", "oneway\tтелеграм\tмессенджер | әлеуметтік  желі\tкері жағы тым көп табады",
        "pin\tқұжат тапсыру|құжат өткізу\ta01|b/2\tнұсқаулық\t",
    )  # fmt: skip
    said = read(path)
    assert said.problems == ()
    both, one_way = said.synonyms
    assert both.typed == both.others == ("ЖИ", "жасанды интеллект", "ИИ", "искусственный интеллект", "AI")
    assert (one_way.typed, one_way.others) == (("телеграм",), ("мессенджер", "әлеуметтік желі"))
    (pin,) = said.pins
    assert (pin.queries, pin.ids, pin.reason, pin.line) == (
        ("құжат тапсыру", "құжат өткізу"), ("a01", "b/2"), "нұсқаулық", 7,
    )  # fmt: skip


@pytest.mark.parametrize("header", ["\ufeff" + HEADER, HEADER + "\r"])
def test_a_file_saved_by_a_windows_editor_is_read(written, header):
    said = read(written(AI + "\r", header=header))
    assert len(said.synonyms) == 1
    assert said.synonyms[0].reason == "оқырман бесеуін де тереді"


def test_the_example_of_the_documentation_is_right(tmp_path):
    text = (Path(__file__).parents[2] / "docs" / "curation.md").read_text("utf-8")
    path = tmp_path / "example.tsv"
    path.write_text(text.split("```")[1].strip("\n"), "utf-8")
    said = read(path)
    assert (len(said.synonyms), len(said.pins), said.problems) == (2, 1, ())


def test_what_a_word_processor_leaves_between_letters_is_dropped(written):
    (row,) = read(written("synonym\tжа\u00adсан\u00adды\u00a0интеллект|ЖИ\u200b\t\tсебеп")).synonyms
    assert row.typed == ("жасанды интеллект", "ЖИ")


def test_an_empty_file_says_nothing(tmp_path):
    path = tmp_path / "empty.tsv"
    path.write_text("# әзірге бос\n\n", "utf-8")
    said = read(path)
    assert (said.synonyms, said.pins, said.problems) == ((), (), ())
    assert said.stamp


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("synonym ЖИ|жасанды интеллект себеп", "no tab"),
        ("synonim\tЖИ|жасанды интеллект\t\tсебеп", "one of synonym, oneway, pin"),
        ("synonym\tЖИ|жасанды интеллект", "reason is missing"),
        ("synonym\tЖИ|жасанды интеллект\t\t ", "reason is missing"),
        ("synonym\tЖИ\t\tсебеп", "two names"),
        ("synonym\tЖИ|ЖИ\t\tсебеп", "two names"),
        ("synonym\tЖИ\tжасанды интеллект\tсебеп", "write oneway"),
        ("synonym\t\t\tсебеп", "«words» is empty"),
        ("synonym\tа|б\t\tсебеп", "2 letters"),
        ("synonym\tмектеп|!?*\t\tсебеп", "2 letters"),
        ("synonym\tмектеп|" + "а" * 101 + "\t\tсебеп", "100 characters"),
        ("synonym\t" + "|".join(f"сөз{n}" for n in range(21)) + "\t\tсебеп", "20 are the most"),
        ("oneway\tтелеграм\t\tсебеп", "third column"),
        ("oneway\tтелеграм\tа\tсебеп", "2 letters"),
        ("pin\tмектеп\t | \tсебеп", "id"),
        ("pin\t\ta01\tсебеп", "«words» is empty"),
        ("pin\tмектеп\ta01\tсебеп\tартық", "5 columns"),
        ("pin\tмектеп\t" + "|".join(f"a{n}" for n in range(21)) + "\tсебеп", "20 are the most"),
        ("pin\tмек\x1b[31mтеп\ta01\tсебеп", "control characters"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_the_rest_works(written, row, told):
    said = read(written(row, AI))
    (problem,) = said.problems
    assert problem.line == 2
    assert told in problem.text
    assert len(said.synonyms) == 1


def test_names_beyond_the_limit_are_told_once(written):
    said = read(written(*[f"pin\tсөз{n}|тіркес{n}\ta{n}\tсебеп" for n in range(MOST_IN_ALL // 2 + 5)]))
    assert len(said.pins) == MOST_IN_ALL // 2
    assert [problem.line for problem in said.problems] == [MOST_IN_ALL // 2 + 2]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"{HEADER}\n".encode() + "synonym\tмектеп".encode("cp1251"), ":2: not UTF-8"),
        ("түр\tсөздер\n".encode(), ":1: the first line must be"),
        (b"kind words target reason\n", ":1: the first line must be"),
        (b"#" * (MOST_BYTES + 1), "larger than"),
        (b"\xff\xfe\x00k", ":1: not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, content, told):
    path = tmp_path / "broken.tsv"
    path.write_bytes(content)
    with pytest.raises(CurationError, match=told):
        read(path)


def test_what_is_no_file_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, tmp_path / "none.tsv"):
        with pytest.raises(CurationError):
            read(path)


# Synonyms.


def test_each_name_of_a_synonym_finds_the_others_in_any_inflection_and_script(written):
    names = CurationFile(written(AI), 0).current().names(ANALYZER)
    for typed in (
        "ЖИ-дің болашағы",
        "жи",
        "AI",
        "жасанды интеллектіге",
        "искусственного интеллекта",
        "jasandy intellekt",
    ):
        assert len(others(names, typed)) == 4, typed
    assert others(names, "интеллект") == []
    assert found(names, "искусственный интеллект")[0][1] == "site"


def test_a_one_way_name_is_not_found_the_other_way(written):
    names = CurationFile(written("oneway\tтелеграм\tмессенджер\tсебеп"), 0).current().names(ANALYZER)
    assert others(names, "телеграмда") == ["мессенджер"]
    assert others(names, "мессенджер") == []


def test_names_of_the_site_and_of_the_tables_stand_beside_each_other(written):
    names = CurationFile(written("synonym\tАҚШ|Штаттар\t\tсебеп", AI), 0).current().names(ANALYZER)
    (_, kind, both), (_, _, later) = found(names, "АҚШ-та жасанды интеллект")
    assert kind == "abbreviation"
    assert set(both) >= {"Штаттар", "Америка Құрама Штаттары"}
    assert len(both) == len(set(both))
    assert "ИИ" in later
    assert others(names, "ҮЕҰ") == others(ANALYZER.synonyms, "ҮЕҰ") != []


def test_a_date_may_have_a_name(written):
    names = CurationFile(written("synonym\tТәуелсіздік күні|16 желтоқсан\t\tмереке"), 0).current().names(ANALYZER)
    (span,) = found(names, "16 желтоқсан")
    assert span[1] == "date"
    assert "Тәуелсіздік күні" in span[2]
    assert "желтоқсанның 16-сы" in span[2]
    assert others(names, "тәуелсіздік күнінде") == ["16 желтоқсан"]


def test_the_longest_name_wins_and_none_stands_over_another(written):
    rows = ("synonym\tжаңа мектеп|жаңа оқу орны\t\tсебеп", "synonym\tжаңа мектеп үйі|жаңа ғимарат\t\tсебеп",
            "synonym\tмектеп|оқу орны\t\tсебеп")  # fmt: skip
    names = CurationFile(written(*rows), 0).current().names(ANALYZER)
    assert [typed for typed, _, _ in found(names, "мектеп жаңа мектеп үйінде жаңа мектепте")] == [
        "мектеп", "жаңа мектеп үйінде", "жаңа мектепте",
    ]  # fmt: skip


def test_a_shouted_query_and_awkward_ones_find_what_they_hold(written):
    names = CurationFile(written(AI), 0).current().names(ANALYZER)
    assert len(others(names, "ЖАСАНДЫ ИНТЕЛЛЕКТ")) == 4
    for text in ("", " ", "«»", "ЖИ" * 400, "\x00", "ЖИ " * 40):
        names.find(ANALYZER.analyze(text))


# Pins.

PINS = ("pin\tмектепке құжат тапсыру\ta01|a02\tнұсқаулық", "pin\tфутбол нәтижелері\tb1\tкесте",
        "pin\tболу\tc1\tкөмекші сөз ғана")  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["мектепке құжат тапсыру", "Мектеп құжаттарын тапсыру", "МЕКТЕПКЕ ҚҰЖАТ ТАПСЫРУ", "mektepke qujat tapsyru",
     '"мектепке құжат тапсыру"', "  мектепке,  құжат тапсыру? ", "мектепке құжаттар тапсыру және"],
)  # fmt: skip
def test_a_pin_is_found_in_any_inflection_and_script(written, text):
    assert CurationFile(written(*PINS), 0).current().pins(text, ANALYZER) == ("a01", "a02")


@pytest.mark.parametrize(
    "text",
    ["", "мектеп", "мектепке құжат", "құжат тапсыру мектепке", "мектепке құжат тапсыру кестесі", "\x00", '"',
     "мектепке -құжат тапсыру", "мектепке құжат* тапсыру", "мектепке НЕМЕСЕ құжат тапсыру",
     "күні:2018 мектепке құжат тапсыру"],
)  # fmt: skip
def test_another_query_has_no_pin(written, text):
    assert CurationFile(written(*PINS), 0).current().pins(text, ANALYZER) == ()


def test_rows_for_the_same_query_pin_one_after_the_other(written):
    rows = (*PINS, "pin\tмектеп құжатын тапсыру\ta02|a03\tтолықтыру")
    curation = CurationFile(written(*rows), 0).current()
    assert curation.pins("мектепке құжат тапсыру", ANALYZER) == ("a01", "a02", "a03")


# Taken up while the service runs.


def test_without_a_file_nothing_is_added():
    curation = CurationFile.of(Settings()).current()
    assert curation.stamp == ""
    assert curation.names(ANALYZER) is ANALYZER.synonyms
    assert curation.pins("мектеп", ANALYZER) == ()


def test_a_change_is_taken_up_and_has_another_stamp(written):
    file = CurationFile(written(AI), 0)
    first = file.current().stamp
    assert first
    written(AI, *PINS)
    assert file.current().stamp not in ("", first)
    assert file.current().pins("футбол нәтижесі", ANALYZER) == ("b1",)
    written(AI)
    assert file.current().stamp == first
    assert file.current().pins("футбол нәтижесі", ANALYZER) == ()


def test_a_file_that_comes_later_is_taken_up(tmp_path):
    path = tmp_path / "later.tsv"
    file = CurationFile(path, 0)
    assert file.current().stamp == ""
    path.write_text(f"{HEADER}\n{PINS[1]}\n", "utf-8")
    assert file.current().pins("футбол нәтижелері", ANALYZER) == ("b1",)


def test_the_file_is_looked_at_once_in_a_while(written):
    file = CurationFile(written(AI), 60_000)
    first = file.current().stamp
    written(*PINS)
    assert file.current().stamp == first


@pytest.mark.parametrize("broken", [b"\xff", b"rubbish\n", None])
def test_a_broken_or_missing_file_leaves_the_last_good_one_and_is_told_once(written, caplog, broken):
    path = written(*PINS)
    file = CurationFile(path, 0)
    first = file.current().stamp
    if broken is None:
        path.unlink()
    else:
        path.write_bytes(broken)
    with caplog.at_level(logging.WARNING, "izde.curation"):
        for _ in range(5):
            assert file.current().pins("футбол нәтижелері", ANALYZER) == ("b1",)
            assert file.current().stamp == first
    assert len(caplog.records) == 1
    written(AI)
    assert file.current().pins("футбол нәтижелері", ANALYZER) == ()


def test_a_broken_line_is_told_in_the_log_with_file_and_line(written, caplog):
    path = written(AI, "pin\tмектеп\t\tсебеп")
    with caplog.at_level(logging.WARNING, "izde.curation"):
        assert CurationFile(path, 0).current().stamp
    assert f"{path}:3: " in caplog.text


def test_an_analysis_that_is_no_longer_used_is_let_go(written):
    file = CurationFile(written(AI, *PINS), 0)
    analyzer = Analyzer()
    names = file.current().names(analyzer)
    file.current().pins("мектеп", analyzer)
    gone = weakref.ref(analyzer)
    del analyzer
    gc.collect()
    assert gone() is None
    assert names.find(ANALYZER.analyze("ЖИ"))


def test_threads_see_whole_files_only(written, tmp_path):
    """Every answer is that of one version of the file, while it is replaced."""
    path = written(*PINS)
    file = CurationFile(path, 0)
    versions = [f"{HEADER}\npin\tфутбол нәтижелері\tn{number}\tкесте\n" for number in range(30)]

    def ask(_):
        return {file.current().pins("футбол нәтижелері", ANALYZER) for _ in range(200)}

    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(ask, number) for number in range(4)]
        for number, text in enumerate(versions):
            new = tmp_path / f"new{number}"
            new.write_text(text, "utf-8")
            new.replace(path)
    allowed = {("b1",), *((f"n{number}",) for number in range(30))}
    assert all(future.result() <= allowed for future in answers)
    assert file.current().pins("футбол нәтижелері", ANALYZER) == ("n29",)
