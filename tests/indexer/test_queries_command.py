"""`izde queries`: what an editor reads of the log."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from indexer.cli import izde
from search.querylog import Asked, QueryLog
from tests.runs import izde as run_as_program

TODAY = datetime.now(UTC).replace(hour=0, minute=0, second=1)


@pytest.fixture
def log(tmp_path):
    """Writes searches: text, total, milliseconds, days ago, and further fields of `Asked`."""
    folder = tmp_path / "log"

    def write(text, total=1, took_ms=1.0, ago=0, *, cached=False, page=1, filters=False, timed_out=False, second=0):
        asked = Asked(text, total, took_ms, page, "api", "kk", (), filters, timed_out, "20261123T013000Z-8f2c")
        when = TODAY - timedelta(days=ago) + timedelta(seconds=second)
        QueryLog(folder, "full", 3650).write(asked, cached=cached, now=when)
        return folder

    return write


def run(*args, **environment):
    return CliRunner().invoke(izde, ["queries", *map(str, args)], env=environment)


def found(*args, **environment):
    result = run(*args, "--json", **environment)
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_texts_that_differ_in_case_and_spaces_only_count_together(log):
    for text in ("Форумға", " форумға", "ФОРУМҒА ", "мектеп"):
        folder = log(text, 5)
    report = found("--log", folder)
    assert report["frequent"] == [
        {"text": "форумға", "times": 3, "total": 5}, {"text": "мектеп", "times": 1, "total": 5},
    ]  # fmt: skip
    assert (report["searches"], report["texts"], report["textless"], report["broken"]) == (4, 2, 0, 0)


def test_further_pages_and_searches_without_a_text_are_no_questions_of_their_own(log):
    log("форум", page=2)
    log("форум")
    log("форум", cached=True)
    folder = log("  ")
    report = found("--log", folder)
    assert report["frequent"] == [{"text": "форум", "times": 2, "total": 1}]
    assert (report["searches"], report["textless"]) == (4, 1)


def test_what_found_nothing_is_listed_by_how_often_it_was_asked(log):
    for _ in range(3):
        log("жасанды интелект", 0)
    log("әлеуметтік желі", 0)
    log("бұрын жоқ еді", 0)
    log("бұрын жоқ еді", 4, second=5)
    log("сүзгімен ғана", 0, filters=True)
    log("үлгермеді", 0, timed_out=True)
    folder = log("мектеп", 7)
    assert found("--log", folder)["zero"] == [
        {"text": "жасанды интелект", "times": 3, "total": 0}, {"text": "әлеуметтік желі", "times": 1, "total": 0},
    ]  # fmt: skip


def test_the_slow_ones_have_their_slowest_time(log):
    log("а* б*", took_ms=900.4)
    log("а* б*", took_ms=30)
    log("а* б*", took_ms=5_000, cached=True)
    folder = log("мектеп", took_ms=40)
    assert found("--log", folder)["slow"] == [
        {"text": "а* б*", "took_ms": 900.4, "times": 2}, {"text": "мектеп", "took_ms": 40.0, "times": 1},
    ]  # fmt: skip


def test_days_and_rows_can_be_bounded(log):
    for ago in range(5):
        folder = log(f"күн {ago}", ago=ago)
    assert found("--log", folder)["searches"] == 5
    recent = found("--log", folder, "--days", 2)
    assert [row["text"] for row in recent["frequent"]] == ["күн 0", "күн 1"]
    assert recent["first"] == (TODAY - timedelta(days=1)).date().isoformat()
    assert len(found("--log", folder, "--top", 3)["frequent"]) == 3


def test_broken_lines_are_counted_and_passed_over(log):
    folder = log("мектеп")
    (path,) = folder.iterdir()
    good = path.read_bytes()
    broken = [b"rubbish", b'{"time":1}', good[: len(good) // 2], b"\xff\xfe", b"null", b"x" * 200_000,
              good.strip().replace(b"Z\"", b"\"", 1)]  # fmt: skip
    path.write_bytes(good + b"\n\n" + b"\n".join(broken) + b"\n" + good + b'{"time":')
    report = found("--log", folder)
    assert (report["searches"], report["broken"]) == (2, len(broken) + 1)
    assert report["frequent"][0]["times"] == 2


def test_what_people_read(log):
    log("Форум", 12, 31.4)
    folder = log("форумм", 0, 2)
    (folder / "queries-2020-01-01.jsonl").write_text("жол емес\n", "utf-8")
    result = run("--log", folder)
    assert result.exit_code == 0
    today = TODAY.date().isoformat()
    assert result.output == (
        f"Сұраулар: 2020-01-01 – {today} · іздеу 2 · әртүрлі мәтін 2\n"
        "  оқылмаған жол 1\n"
        "\nЕң жиі сұралған\n  1 рет  форум · 12 нәтиже\n  1 рет  форумм · 0 нәтиже\n"
        "\nЕштеңе табылмаған\n  1 рет  форумм\n"
        "\nЕң баяу\n  31 мс  форум · 1 рет\n   2 мс  форумм · 1 рет\n"
    )


def test_nothing_in_the_log_acts_on_the_terminal(log):
    folder = log("\x1b[31mқызыл\x9b\u202e\u2028екі")
    for result in (run("--log", folder), run("--log", folder, "--json")):
        assert all(line.isprintable() for line in result.output.split("\n"))


def test_the_setting_names_the_folder(log, tmp_path):
    folder = log("мектеп")
    assert found(IZDE_QUERY_LOG=str(folder))["searches"] == 1
    config = tmp_path / "izde.toml"
    config.write_text(f'query_log = "{folder}"\n', "utf-8")
    assert found("--config", config)["searches"] == 1


def test_a_log_that_is_not_there_or_empty_is_said_clearly(tmp_path, log):
    missing = run_as_program("queries", "--log", tmp_path / "none")
    assert (missing.code, missing.out) == (1, "")
    assert "no query log can be read there" in missing.err
    (tmp_path / "empty").mkdir()
    empty = run("--log", tmp_path / "empty")
    assert empty.exit_code == 0
    assert "ешқандай іздеу жазылмаған" in empty.output
    assert run("--log", log("ескі", ago=9), "--days", 3).output.startswith(str(tmp_path))
    unset = run(IZDE_QUERY_LOG="")
    assert unset.exit_code == 2
    assert "IZDE_QUERY_LOG" in unset.output
