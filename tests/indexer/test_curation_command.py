"""`izde curation`: the file of synonyms and pinned results, checked against an index."""

import json

import pytest
from click.testing import CliRunner

from indexer.cli import izde
from tests.indexes import publish
from tests.runs import izde as run_as_program

GOOD = """# Редакция файлы
kind\twords\ttarget\treason
synonym\tмектеп|лицей\t\tоқырман екеуін де тереді
oneway\tаяқдоп\tжүгіру\tсынақ
pin\tазаматтар форумы|форум\ta04|орыс 1\tнегізгі мақала
"""


@pytest.fixture(scope="session")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("curation-index")
    publish(folder)
    return folder


@pytest.fixture
def run(index, tmp_path):
    def start(content, *args, **environment):
        path = tmp_path / "curation.tsv"
        path.write_text(content, "utf-8")
        return CliRunner().invoke(izde, ["curation", str(path), "--index", str(index), *args], env=environment)

    return start


def test_a_good_file_is_shown_with_what_its_names_find(run):
    result = run(GOOD, "--json")
    assert result.exit_code == 0
    shown = json.loads(result.output)
    both, one_way = shown["synonyms"]
    assert [name["name"] for name in both["typed"]] == ["мектеп", "лицей"]
    assert both["typed"][0]["articles"] > 8
    assert both["typed"][1]["articles"] == 0
    assert (one_way["oneway"], one_way["others"][0]["articles"] > 0) == (True, True)
    (pin,) = shown["pins"]
    assert pin["queries"] == ["азаматтар форумы", "форум"]
    assert [article["id"] for article in pin["articles"]] == ["a04", "орыс 1"]
    assert pin["articles"][1]["title"] == "В Кокжаре открыли новую школу"
    assert pin["reason"] == "негізгі мақала"
    assert shown["problems"] == []


def test_an_abbreviation_counts_only_where_it_is_spelled_so(run):
    row = "synonym\tСУ|су тасқыны|СУДЫҢ\t\tсынақ\n"
    typed = json.loads(run(GOOD + row, "--json").output)["synonyms"][2]["typed"]
    counts = {name["name"]: name["articles"] for name in typed}
    assert counts["СУ"] > 0 == counts["СУДЫҢ"]


def test_the_file_in_force_does_not_change_what_is_counted(run, index, tmp_path):
    alone = json.loads(run(GOOD, "--json").output)
    in_force = json.loads(run(GOOD, "--json", IZDE_CURATION=str(tmp_path / "curation.tsv")).output)
    assert in_force == alone


def test_broken_lines_and_missing_articles_are_an_exit_code_of_their_own(run):
    broken = run(GOOD + "pin\tсу тасқыны\ta04\t\n")
    assert broken.exit_code == 3
    assert "6-жол: the reason is missing" in broken.output
    missing = run(GOOD + "pin\tсу тасқыны\tжоқ-id\tсынақ\n")
    assert missing.exit_code == 3
    assert "жоқ-id · МҰНДАЙ МАҚАЛА ЖОҚ" in missing.output


def test_what_people_read(run, tmp_path):
    result = run(GOOD)
    assert result.exit_code == 0
    text = result.output
    assert text.startswith(f"{tmp_path / 'curation.tsv'}: синоним 2 · бекітілген сұрау 1\n")
    assert "лицей (0)" in text
    assert "4-жол: аяқдоп (0) → жүгіру (" in text
    assert "себебі: оқырман екеуін де тереді" in text
    assert "«азаматтар форумы», «форум»" in text
    assert "орыс 1 · В Кокжаре открыли новую школу" in text


def test_the_setting_names_the_file(index, tmp_path):
    path = tmp_path / "curation.tsv"
    path.write_text(GOOD, "utf-8")
    runner = CliRunner()
    assert runner.invoke(izde, ["curation", "--index", str(index)], env={"IZDE_CURATION": str(path)}).exit_code == 0
    unset = runner.invoke(izde, ["curation", "--index", str(index)], env={"IZDE_CURATION": ""})
    assert unset.exit_code == 2
    assert "IZDE_CURATION" in unset.output


def test_a_file_or_an_index_that_cannot_be_read_is_said(index, tmp_path):
    path = tmp_path / "curation.tsv"
    path.write_text("түр\tсөз\n", "utf-8")
    broken = run_as_program("curation", path, "--index", index)
    assert (broken.code, broken.out) == (2, "")
    assert f"{path}:1: the first line must be" in broken.err
    path.write_text(GOOD, "utf-8")
    assert run_as_program("curation", path, "--index", tmp_path / "none").code == 1
