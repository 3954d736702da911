"""`izde reindex` with inputs that are fetched: what it says, leaves with, and goes on from."""

import fcntl
import json
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.indexer.harvest.test_feed_inputs import item, rss
from tests.runs import Result, izde, served
from tests.sites import Site

TEXT = "Көкжар ауданында жаңа кітапхана ашылды. Оған екі мыңнан астам кітап әкелінді, оқырман көп."
NAMES = [f"p{number:02}" for number in range(8)]


@pytest.fixture
def home(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder whose settings name a site."""
    monkeypatch.chdir(tmp_path)
    news(site, *NAMES)
    configure(site)
    return tmp_path


def news(site: Site, *names: str) -> None:
    for name in names:
        site.page(f"/{name}", f"{name} туралы жаңалық", f"{name}: {TEXT}")
    site.sitemap("/sitemap.xml", {f"/{name}": "2026-11-20" for name in names})


def configure(site: Site, more: str = "", **settings: object) -> None:
    lines = [f"{name} = {json.dumps(value)}" for name, value in {"index": "index", **settings}.items()]
    table = f'[[input]]\nkind = "sitemap"\nname = "gazet"\naddress = "{site.address("/sitemap.xml")}"\ndelay_s = 0\n'
    Path("izde.toml").write_text("\n".join([*lines, table, more]), "utf-8")


def reindex(*more: object) -> Result:
    return izde("reindex", "--config", "izde.toml", *more)


def report(*more: object) -> dict[str, object]:
    ended = reindex("--json", *more)
    return {**json.loads(ended.out), "code": ended.code, "err": ended.err}


def test_a_site_becomes_an_index(home: Path, site: Site) -> None:
    ended = reindex()
    assert (ended.code, ended.err) == (0, "")
    assert "gazet: жиналды 8 · өзгеріссіз 0" in ended.out
    assert served(home / "index")[1] == 8
    assert (home / "var" / "harvest" / "gazet.db").exists()
    again = report("--if-needed")
    harvest = {"fetched": 0, "unchanged": 8, "failed": 0, "gone": 0, "left": 0, "problem": ""}
    assert again["inputs"][0]["harvest"] == harvest
    assert again["generation"] == again["previous"]


def test_a_site_that_is_down_costs_what_is_new_only(home: Path, site: Site) -> None:
    assert reindex("-q").code == 0
    site.answers["/sitemap.xml"] = (500, {}, b"")
    ended = reindex("-q")
    assert ended.code == 3
    assert "izde: gazet: " in ended.err
    assert "answered 500, 3 times; what was fetched before is used" in ended.err
    assert served(home / "index")[1] == 8
    assert "answered 500" in report()["inputs"][0]["harvest"]["problem"]


def test_a_site_that_never_answered_is_no_input(home: Path, site: Site) -> None:
    site.answers["/sitemap.xml"] = (404, {}, b"")
    ended = reindex("-q")
    assert ended.code == 2
    assert "nothing was fetched yet" in ended.err
    assert "answered 404" in ended.err


def test_a_site_without_a_page_is_an_empty_input(home: Path, site: Site) -> None:
    site.sitemap("/sitemap.xml", {})
    ended = reindex("-q")
    assert (ended.code, "no article could be fetched" in ended.err) == (5, True)


def test_offline_asks_nothing(home: Path, site: Site) -> None:
    ended = reindex("--offline", "-q")
    assert (ended.code, "run without --offline" in ended.err) == (2, True)
    assert reindex("-q").code == 0
    site.paths()
    assert report("--offline")["inputs"][0]["harvest"] is None
    assert site.asked == []
    assert reindex("--offline", "--full").code == 2


def test_inputs_of_several_kinds_in_one_run(home: Path, site: Site) -> None:
    with sqlite3.connect("news.db") as base:
        base.execute("CREATE TABLE news (id, title, body, published)")
        base.executemany("INSERT INTO news VALUES (?, 'Базадан', 'Базадағы мәтін.', '2026-11-19 10:00')", [(1,), (2,)])
    base.close()
    (home / "a.jsonl").write_text(json.dumps({"id": "1", "title": "Файлдан", "body": "Мәтін."}), "utf-8")
    site.put("/feed", rss(item(1, "Арнадан")), "application/rss+xml")
    more = (
        '[[input]]\npath = "a.jsonl"\nname = "fail"\n'
        '[[input]]\nkind = "sql"\nname = "baza"\ndatabase = "sqlite:///news.db"\nquery = "SELECT * FROM news"\n'
        f'[[input]]\nkind = "feed"\nname = "arna"\naddress = "{site.address("/feed")}"\ndelay_s = 0\n'
    )
    configure(site, more)
    done = report()
    assert (done["code"], done["documents"], done["duplicates"]) == (0, 12, 0)
    assert {one["name"]: one["added"] for one in done["inputs"]} == {"gazet": 8, "fail": 1, "baza": 2, "arna": 1}
    asked = [one.path for one in site.asked]
    assert asked.count("/robots.txt") == 1  # what is known of a host is shared by inputs
    (home / "news.db").unlink()
    again = report()
    assert (again["code"], again["documents"]) == (3, 12)
    assert again["err"].startswith("izde: baza: ")


def test_an_input_is_chosen_by_its_name(home: Path, site: Site) -> None:
    (home / "a.jsonl").write_text(json.dumps({"id": "a", "title": "Бір", "body": "Мәтін."}), "utf-8")
    configure(site, '[[input]]\npath = "a.jsonl"\n')
    assert report("gazet")["documents"] == 8
    assert report("a.jsonl", "--max-delete", "100%")["documents"] == 1
    assert report()["documents"] == 9


def test_broken_pages_are_in_the_quarantine_with_their_address(home: Path, site: Site) -> None:
    site.answers["/p03"] = (403, {}, b"")
    done = report()
    assert (done["code"], done["documents"], done["rejected"]) == (3, 7, 1)
    assert done["errors"][0]["file"] == site.address("/p03")
    assert (report()["code"], report()["quarantined"]) == (0, 1)


def test_the_field_map_counts_when_records_are_read(home: Path, site: Site) -> None:
    reindex("-q")
    site.paths()
    configure(site, 'fields = { published = "title" }\n')
    assert report("--offline")["changed"] == 8
    assert site.asked == []


def test_two_runs_do_not_fetch_one_input_at_once(home: Path, site: Site) -> None:
    reindex("-q")
    site.paths()
    with (home / "var" / "harvest" / "gazet.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ended = reindex("-q", "--index", "other")
    assert (ended.code, "another run is fetching it now" in ended.err) == (3, True)
    assert site.asked == []
    assert served(home / "other")[1] == 8


def test_notes_are_not_for_quiet_runs(home: Path, site: Site, other_site: Site) -> None:
    site.sitemap("/sitemap.xml", {"/p00": "", other_site.address("/x"): ""})
    assert "none of this input" in reindex().err
    assert reindex("-q") == Result(0, "", "")


def test_the_report_of_an_older_version_is_read(home: Path) -> None:
    reindex("-q")
    last = home / "index" / "LAST.json"
    old = json.loads(last.read_text("utf-8"))
    for name in ("held", "harvest"):
        del old["inputs"][0][name]
    last.write_text(json.dumps(old), "utf-8")
    assert json.loads(izde("status", "--index", "index", "--json").out)["last"]["documents"] == 8


def test_a_damaged_store_is_named(home: Path, site: Site) -> None:
    reindex("-q")
    (home / "var" / "harvest" / "gazet.db").write_bytes(b"x" * 5000)
    ended = reindex("-q")
    assert (ended.code, "gazet.db: damaged" in ended.err) == (1, True)
    assert served(home / "index")[1] == 8


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_that_is_killed_goes_on_where_it_was(home: Path, site: Site, number: signal.Signals) -> None:
    text = Path("izde.toml").read_text("utf-8").replace("delay_s = 0", "delay_s = 0.1")
    Path("izde.toml").write_text(text, "utf-8")
    command = [sys.executable, "-c", "from indexer.cli import main; main()", "reindex", "-q", "--config", "izde.toml"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while len(site.asked) < 6:
        assert run.poll() is None
        assert time.monotonic() < until
        time.sleep(0.01)
    run.send_signal(number)
    assert run.communicate(timeout=60)[1] == b"" or number == signal.SIGTERM
    assert run.returncode in (-number, 143)
    before = {path for path in site.paths() if path != "/sitemap.xml"}
    assert 3 <= len(before) < 8
    done = report()
    assert (done["code"], done["documents"]) == (0, 8)
    # Only the page that was under way is asked for twice.
    assert len(before & set(site.paths())) <= 1


def test_an_embargo_of_days_ends_by_itself(home: Path, site: Site) -> None:
    now = datetime.now(UTC)
    records = [
        {"id": "old", "title": "Ескі", "body": "Мәтін.", "published": (now - timedelta(days=9)).isoformat()},
        {"id": "new", "title": "Жаңа", "body": "Мәтін.", "published": (now - timedelta(days=3)).isoformat()},
    ]
    Path("a.jsonl").write_text("\n".join(json.dumps(one) for one in records), "utf-8")

    def run(embargo: str) -> dict[str, object]:
        Path("izde.toml").write_text(f'index = "index"\n[[input]]\npath = "a.jsonl"\nembargo = {embargo}\n', "utf-8")
        return report()

    done = run('"7d"')
    assert (done["code"], done["documents"], done["rejected"], done["inputs"][0]["held"]) == (0, 1, 0, 1)
    assert "мерзімін күтіп тұрғаны 1" in reindex().out
    done = run('"2d"')
    assert (done["documents"], done["added"], done["inputs"][0]["held"]) == (2, 1, 0)


def test_an_embargo_until_a_day(home: Path, site: Site) -> None:
    Path("a.jsonl").write_text(json.dumps({"id": "a", "title": "Жаңа", "body": "Мәтін."}), "utf-8")
    table = '[[input]]\npath = "a.jsonl"\n'
    configure(site, f"{table}embargo = 2999-01-01\n")
    assert (report()["documents"], report()["inputs"][1]["held"]) == (8, 1)
    configure(site, f"{table}embargo = 2020-01-01\n")
    assert report()["documents"] == 9


def test_an_article_without_a_date_cannot_keep_an_embargo_of_days(home: Path, site: Site) -> None:
    Path("a.jsonl").write_text(json.dumps({"id": "a", "title": "Жаңа", "body": "Мәтін."}), "utf-8")
    configure(site, '[[input]]\npath = "a.jsonl"\nembargo = "7d"\nname = "b"\n')
    done = reindex("-q")
    assert done.code == 5
    assert "no date" in done.err
