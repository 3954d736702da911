"""The query log: what a line holds, whatever was typed, and that it never gets in the way.

The seed is printed when a test fails; `SEED=` repeats it. `SCALE=` multiplies the number of texts.
"""

import json
import logging
import os
import random
import resource
import signal
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from multiprocessing import get_context
from pathlib import Path

import msgspec
import pytest

from search.errors import SettingsError
from search.model import Query
from search.querylog import CUT, Asked, Line, QueryLog, day_files, logged, normalised
from search.service import SearchService
from search.settings import Settings
from tests.indexes import publish

NOW = datetime(2026, 11, 26, 9, 30, 15, 999_999, tzinfo=UTC)
ASKED = Asked("форумға", 12, 3.14159, 1, "html", "kk", ("synonym", "typo"), True, False, "20261123T013000Z-8f2c")
SEED = int(os.environ.get("SEED", "20261126"))
SCALE = int(os.environ.get("SCALE", "1"))


def lines(folder):
    return [json.loads(line) for _, path in day_files(folder) for line in path.read_bytes().splitlines()]


def test_a_line_holds_what_was_asked_and_nothing_of_who_asked(tmp_path):
    QueryLog(tmp_path).write(ASKED, now=NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["queries-2026-11-26.jsonl"]
    assert lines(tmp_path) == [
        {
            "time": "2026-11-26T09:30:15Z", "text": "форумға", "total": 12, "took_ms": 3.1, "page": 1, "face": "html",
            "language": "kk", "notes": ["synonym", "typo"], "filters": True, "timed_out": False, "cached": False,
            "generation": "20261123T013000Z-8f2c",
        }
    ]  # fmt: skip
    assert "форумға" in next(tmp_path.iterdir()).read_text("utf-8")


def test_a_harvest_is_one_question_however_many_parts_it_has(tmp_path):
    publish(tmp_path)
    service = SearchService(Settings(index=tmp_path))
    pages, cursor = [], "*"
    while cursor:
        page = service.search(Query("форумға", per_page=3, cursor=cursor))
        pages.append(Asked.of(page, "api", "kk").page)
        cursor = page.next_cursor
    service.close()
    assert len(pages) > 2
    assert pages == [1] + [0] * (len(pages) - 1)


def test_an_answer_from_memory_is_logged_as_such(tmp_path):
    QueryLog(tmp_path).write(ASKED, cached=True, now=NOW)
    (line,) = lines(tmp_path)
    assert (line["cached"], line["took_ms"], line["total"]) == (True, 0, 12)


def test_the_file_is_for_others_neither_to_read_nor_to_write(tmp_path):
    QueryLog(tmp_path / "log").write(ASKED, now=NOW)
    assert (tmp_path / "log").stat().st_mode & 0o007 == 0
    assert next((tmp_path / "log").iterdir()).stat().st_mode & 0o027 == 0


def test_days_are_those_of_utc(tmp_path):
    almaty = timezone(timedelta(hours=5))
    QueryLog(tmp_path).write(ASKED, now=datetime(2026, 11, 27, 2, 0, tzinfo=almaty))
    assert [day for day, _ in day_files(tmp_path)] == [date(2026, 11, 26)]


def test_without_a_folder_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    QueryLog.of(Settings()).write(ASKED)
    assert list(tmp_path.iterdir()) == []


def test_the_settings_choose_folder_text_and_days(tmp_path):
    settings = Settings(query_log=str(tmp_path / "log"), query_log_text="full", query_log_days=7)
    long = replace(ASKED, text="сөз " * 40)
    QueryLog.of(settings).write(long)
    assert lines(tmp_path / "log")[0]["text"] == long.text
    with pytest.raises(SettingsError, match="query_log_text"):
        QueryLog.of(Settings(query_log_text="all"))


# The text.


def test_a_text_is_cut_and_cleaned():
    assert logged("а" * 100, "cut") == "а" * CUT
    assert logged(" жаңа\r\n\tмек\u00adтеп\u2028\x1b[31m \u202eекі\x00 ", "cut") == "жаңа мектеп [31m екі"
    assert logged("\ud800форум", "cut") == "форум"


def test_a_hash_is_the_same_for_the_same_text_and_tells_nothing():
    hashes = {logged(text, "hash") for text in ("Форумға", "  форумға ", "ФОРУМҒА")}
    assert len(hashes) == 1
    (one,) = hashes
    assert len(one) == 17
    assert one.startswith("#")
    assert logged("форумда", "hash") not in hashes
    assert logged(unicodedata.normalize("NFD", "й"), "hash") == logged("й", "hash")
    assert logged("\ud800", "hash")


@pytest.mark.parametrize(("one", "other"), [("Жаңа  МЕКТЕП", "жаңа мектеп"), ("и\u0306", "й"), ("\n а\t", "а")])
def test_texts_count_together(one, other):
    assert normalised(one) == normalised(other)


NASTY = (
    "\r\n\t\x00\x0b\x1b\x7f\x85\x9b\u2028\u2029\u202e\u200b\ufeff\ud800\udfff\"\\{}[],:'<>&\U0001f600\U000e0001 ағШ1"
)


@pytest.mark.parametrize("how", ["cut", "hash", "full"])
def test_one_search_is_one_line_whatever_is_in_it(tmp_path, how):
    """W7: line ends, escape sequences, bidirectional overrides, broken code points: none reaches the file as it is."""
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    order = random.Random(SEED)
    log = QueryLog(tmp_path, how)
    texts = ["".join(order.choices(NASTY, k=order.randrange(0, 200))) for _ in range(1_000 * SCALE)]
    texts += [NASTY * 20, '"}\n{"time":"', "x" * 4000]
    for text in texts:
        log.write(replace(ASKED, text=text), now=NOW)
    raw = next(tmp_path.iterdir()).read_bytes()
    written = raw.decode("utf-8").split("\n")
    assert written.pop() == ""
    assert len(written) == len(texts)
    assert all(line.isprintable() for line in written)
    for line, text in zip(written, texts, strict=True):
        decoded = msgspec.json.decode(line, type=Line)
        assert decoded.generation == ASKED.generation
        if how == "full":
            assert decoded.text == text.encode("utf-8", "replace").decode()
        else:
            assert len(decoded.text) <= CUT
            assert decoded.text.isprintable()


# Several at once.


def _write_many(folder, number):
    log = QueryLog(folder, "full")
    for count in range(100):
        log.write(replace(ASKED, text=f"{number}-{count} " + "ұзын " * 100), now=NOW)


def test_lines_of_several_processes_do_not_mix(tmp_path):
    context = get_context("spawn")
    workers = [context.Process(target=_write_many, args=(tmp_path, number)) for number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert {line["text"].split()[0] for line in lines(tmp_path)} == {f"{n}-{c}" for n in range(2) for c in range(100)}


def test_lines_of_eight_threads_do_not_mix(tmp_path):
    log = QueryLog(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: log.write(replace(ASKED, text=f"н{number}"), now=NOW), range(800)))
    assert sorted(line["text"] for line in lines(tmp_path)) == sorted(f"н{number}" for number in range(800))


# Old days.


def test_files_of_old_days_are_removed_when_a_day_begins(tmp_path):
    for day in ("2026-08-01", "2026-08-28", "2026-08-29", "2026-11-25", "2099-01-01"):
        (tmp_path / f"queries-{day}.jsonl").write_text("{}\n")
    others = ["queries-2020-99-99.jsonl", "queries-2020-01-01.jsonl.gz", "notes.txt"]
    for name in others:
        (tmp_path / name).write_text("stays")
    log = QueryLog(tmp_path, days=90)
    log.write(ASKED, now=NOW)
    kept = ["2026-08-29", "2026-11-25", "2026-11-26", "2099-01-01"]
    assert [day.isoformat() for day, _ in day_files(tmp_path)] == kept
    assert all((tmp_path / name).exists() for name in others)
    log.write(ASKED, now=NOW + timedelta(days=1))
    assert [day.isoformat() for day, _ in day_files(tmp_path)] == [
        "2026-11-25",
        "2026-11-26",
        "2026-11-27",
        "2099-01-01",
    ]


# What goes wrong.


def _no_folder(path: Path) -> Path:
    (path / "file").write_text("")
    return path / "file" / "log"


def _a_pipe(path: Path) -> Path:
    os.mkfifo(path / "queries-2026-11-26.jsonl")
    return path


def _a_link(path: Path) -> Path:
    (path / "queries-2026-11-26.jsonl").symlink_to(path / "elsewhere")
    return path


@pytest.mark.parametrize("broken", [_no_folder, _a_pipe, _a_link])
def test_what_cannot_be_written_is_told_once_and_passed_over(tmp_path, caplog, broken):
    log = QueryLog(broken(tmp_path))
    with caplog.at_level(logging.WARNING, "izde.querylog"):
        for _ in range(5):
            log.write(ASKED, now=NOW)
    assert len(caplog.records) == 1
    assert "the query log cannot be written" in caplog.text
    assert not (tmp_path / "elsewhere").exists()


def _write_on_a_small_disk(folder):
    """As in a child: no file may grow beyond a line and a half."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    log = QueryLog(folder)
    log.write(ASKED, now=NOW)
    size = next(folder.iterdir()).stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size * 3 // 2, resource.RLIM_INFINITY))
    log.write(ASKED, now=NOW)  # only half of it gets there
    log.write(ASKED, now=NOW)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    log.write(replace(ASKED, text="кейін"), now=NOW)


def test_a_full_disk_loses_the_lines_that_it_has_no_room_for_and_no_others(tmp_path):
    child = get_context("spawn").Process(target=_write_on_a_small_disk, args=(tmp_path,))
    child.start()
    child.join()
    assert child.exitcode == 0
    ((_, path),) = day_files(tmp_path)
    first, half, last = path.read_text("utf-8").splitlines()
    assert json.loads(first)["text"] == "форумға"
    assert first.startswith(half)
    assert json.loads(last)["text"] == "кейін"


def test_writing_goes_on_when_it_can(tmp_path, caplog):
    (tmp_path / "log").write_text("in the way")
    log = QueryLog(tmp_path / "log")
    log.write(ASKED, now=NOW)
    (tmp_path / "log").unlink()
    log.write(ASKED, now=NOW)
    assert len(lines(tmp_path / "log")) == 1
    for path in (tmp_path / "log").iterdir():
        path.unlink()
    (tmp_path / "log").rmdir()  # as an administrator may, while the service runs
    log.write(ASKED, now=NOW)
    log.write(ASKED, now=NOW)
    assert len(lines(tmp_path / "log")) == 1
