"""`izde reindex` and the commands around it, from the command line to the index."""

import io
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import run as run_module
from indexer.progress import Progress
from indexer.report import Report
from search import manifest
from tests.indexes import ARTICLES
from tests.runs import Result, archive, izde, leftovers, served

KEYS = [
    "generation", "previous", "started", "ended", "seconds", "added", "changed", "removed",
    "unchanged", "rejected", "quarantined", "duplicates", "withdrawn", "documents", "terms", "bytes",
    "newest", "languages", "scripts", "inputs", "errors", "dry_run",
]  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an archive and an index of it."""
    monkeypatch.chdir(tmp_path)
    archive(tmp_path / "archive")
    assert reindex("-q") == Result(0, "", "")
    return tmp_path


def reindex(*more: object) -> Result:
    return izde("reindex", "archive", "--index", "index", *more)


def test_the_summary(home: Path) -> None:
    ended = reindex("--full")
    assert (ended.code, "built anew: --full" in ended.err) == (0, True)
    name, _ = served(home / "index")
    assert ended.out.startswith(f"Индекс жаңартылды: {name}  (")
    assert f"қосылды 0 · өзгерді 0 · жойылды 0 · өзгеріссіз {len(ARTICLES)} · қате 0" in ended.out
    assert f"мақала {len(ARTICLES)}" in ended.out


def test_json_has_the_documented_keys(home: Path) -> None:
    previous, _ = served(home / "index")
    archive(home / "archive", ARTICLES, bad=2)
    ended = reindex("--json", "--report", "report.json")
    assert ended.code == 3
    found = json.loads(ended.out)
    assert list(found) == KEYS == list(Report.__struct_fields__)
    assert json.loads(Path("report.json").read_text()) == found
    assert found["previous"] == previous
    assert (found["generation"], found["documents"]) == served(home / "index")
    assert (found["rejected"], found["quarantined"], found["dry_run"]) == (2, 2, False)
    assert found["inputs"][0]["read"] == len(ARTICLES) + 2
    assert set(found["errors"][0]) == {"input", "file", "line", "id", "reason"}
    assert found["errors"][0]["line"] == len(ARTICLES) + 1


def test_bad_records_are_listed_and_known_afterwards(home: Path) -> None:
    archive(home / "archive", ARTICLES, bad=2)
    first = reindex("-q")
    assert first.code == 3
    assert "қате 2" in first.out
    listed = next((home / "var" / "quarantine").iterdir())
    assert str(listed.relative_to(home)) in first.out
    assert [json.loads(line)["line"] for line in listed.read_text().splitlines()] == [55, 56]
    assert reindex("-q") == Result(0, "", "")
    assert "бұрыннан белгілі қате 2" in reindex().out
    assert "articles.jsonl:55" in reindex("-v").err


def test_many_bad_records_stop_it(home: Path) -> None:
    before = served(home / "index")
    archive(home / "archive", ARTICLES, bad=21)
    ended = reindex("-q")
    assert (ended.code, ended.out, ended.err.count("\n")) == (5, "", 1)
    assert served(home / "index") == before
    assert reindex("-q", "--max-errors", "100%").code == 3


def test_a_mass_removal_stops_it(home: Path) -> None:
    archive(home / "archive", ARTICLES[:10])
    ended = reindex()
    assert ended.code == 5
    assert "--max-delete 100%" in ended.err
    assert reindex("--max-delete", "100%", "-q").code == 0
    assert served(home / "index")[1] == 10


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nowhere",), 2, "nowhere"),
        (("archive", "--max-delete", "many"), 2, "--max-delete"),
        (("archive", "--max-errors", "101%"), 2, "--max-errors"),
        (("archive", "--stale-after", "soon"), 2, "--stale-after"),
        (("archive", "--keep", "0"), 2, "--keep"),
        (("archive", "--config", "missing.toml"), 2, "missing.toml"),
        (("archive", "--unknown"), 2, "--unknown"),
        ((), 2, "no input"),
        (("empty",), 5, "empty"),
        (("archive", "--index", "archive/articles.jsonl/x"), 2, "is no folder"),
        (("archive", "--index", "archive/articles.jsonl"), 2, "is no folder"),
    ],
)
def test_what_cannot_be_is_one_line(home: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    before = served(home / "index")
    (home / "empty").mkdir()
    ended = izde("reindex", "--index", "index", *arguments)
    assert ended.code == code
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert served(home / "index") == before
    assert leftovers(home / "index") == []


def test_a_dry_run_lists_on_stdout_and_sums_up_on_stderr(home: Path) -> None:
    before = served(home / "index")
    archive(home / "archive", ARTICLES[2:])
    ended = reindex("--dry-run")
    assert (ended.code, ended.out.splitlines()) == (0, ["- a00", "- a01"])
    assert "жойылды 2" in ended.err
    assert json.loads(reindex("--dry-run", "--json").out)["dry_run"] is True
    assert served(home / "index") == before


def test_if_needed(home: Path) -> None:
    before = served(home / "index")
    ended = reindex("--if-needed")
    assert (ended.code, ended.out.startswith("Өзгеріс жоқ")) == (0, True)
    assert served(home / "index") == before
    archive(home / "archive", ARTICLES[1:])
    assert reindex("--if-needed", "-q").code == 0
    assert served(home / "index")[1] == len(ARTICLES) - 1


def test_generations_kept(home: Path) -> None:
    for _ in range(3):
        assert reindex("-q", "--full", "--keep", "3").code == 0
    assert len(list((home / "index" / "generations").iterdir())) == 3
    assert reindex("-q", "--full").code == 0
    assert len(list((home / "index" / "generations").iterdir())) == 2


def test_inputs_of_the_settings(home: Path) -> None:
    archive(home / "other", ARTICLES[:3])
    Path("izde.toml").write_text(
        'index = "two"\n[[input]]\npath = "archive"\nname = "a"\n[[input]]\npath = "other"\nname = "b"\n'
    )
    ended = izde("reindex", "--config", "izde.toml", "--json")
    assert ended.code == 0, ended.err
    assert [one["added"] for one in json.loads(ended.out)["inputs"]] == [len(ARTICLES), 3]


def test_workers_and_memory(home: Path) -> None:
    assert reindex("-q", "--workers", "2", "--limit-mb", "16") == Result(0, "", "")
    assert served(home / "index")[1] == len(ARTICLES)


def test_an_unexpected_failure_is_one_line(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("бөлуге\nболмайды")

    before = served(home / "index")
    monkeypatch.setattr(run_module, "build", fail)
    (home / "var" / "log").mkdir(parents=True)
    ended = reindex("-q", "--full")
    assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
    assert "unexpected ZeroDivisionError" in ended.err
    details = Path(ended.err.split("details in ")[1].strip())
    assert details.parent == home / "var" / "log"
    assert "Traceback" in details.read_text()
    assert "Traceback" in reindex("-v", "--full").err
    assert served(home / "index") == before
    assert leftovers(home / "index") == []


def test_status(home: Path) -> None:
    name, _ = served(home / "index")
    ended = izde("status", "--index", "index")
    assert ended.code == 0
    assert f"* {name} · {len(ARTICLES)} мақала" in ended.out
    assert izde("status", "--index", "nowhere").code == 1
    assert not Path("nowhere").exists()


def test_status_says_how_many_records_were_rejected_and_where_they_are_listed(home: Path) -> None:
    assert "оқылмаған" not in izde("status", "--index", "index").out
    archive(home / "archive", bad=2)
    assert reindex("-q").code == 3
    assert "  оқылмаған жазба: 2, себебімен бірге var/quarantine ішінде" in izde("status", "--index", "index").out


def test_verify_names_what_builds_a_new_index_though_nothing_has_changed(home: Path) -> None:
    name, _ = served(home / "index")
    path = home / "index" / manifest.GENERATIONS / name / manifest.LEXICON
    raw = path.read_bytes()
    path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    ended = izde("verify", "--index", "index")
    assert (ended.code, "run `izde reindex --full`" in ended.out) == (1, True)
    assert reindex("-q", "--full").code == 0
    assert izde("verify", "--index", "index").out.startswith(f"{served(home / 'index')[0]}: бүтін")


def test_status_of_a_damaged_index(home: Path) -> None:
    old, _ = served(home / "index")
    assert reindex("-q", "--full").code == 0
    new, _ = served(home / "index")
    (home / "index" / manifest.GENERATIONS / new / manifest.LEXICON).write_bytes(b"")
    ended = izde("status", "--index", "index", "--json")
    found = json.loads(ended.out)
    assert (ended.code, found["current"], found["served"]) == (3, new, old)
    assert manifest.LEXICON in found["problem"]
    assert [bool(one["damage"]) for one in found["generations"]] == [True, False]
    assert found["last"]["generation"] == new
    (home / "index" / manifest.GENERATIONS / old / manifest.MANIFEST).unlink()
    assert izde("status", "--index", "index").code == 1


def test_verify(home: Path) -> None:
    name, _ = served(home / "index")
    assert izde("verify", "--index", "index").out == f"{name}: бүтін\n"
    path = home / "index" / manifest.GENERATIONS / name / manifest.ARTICLES
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])
    ended = izde("verify", "--index", "index")
    assert (ended.code, "SHA-256" in ended.out) == (1, True)
    assert izde("verify", "--index", "nowhere").code == 1


def test_rollback_and_forward(home: Path) -> None:
    old, _ = served(home / "index")
    archive(home / "archive", ARTICLES[1:])
    assert reindex("-q").code == 0
    new, _ = served(home / "index")
    assert izde("rollback", "--index", "index").out == f"Индекс қайтарылды: {old}\n"
    assert served(home / "index") == (old, len(ARTICLES))
    assert izde("rollback", "--index", "index").code == 1
    assert izde("rollback", "--index", "index", "--to", "nonsense").code == 1
    assert izde("rollback", "--index", "index", "--to", new).code == 0
    assert served(home / "index") == (new, len(ARTICLES) - 1)
    shutil.rmtree(home / "index" / manifest.GENERATIONS / old)
    assert izde("rollback", "--index", "index").code == 1


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each look at the clock is a second later."""
    seconds = iter(range(1_000_000))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(seconds)))
    yield
    monkeypatch.undo()


@pytest.mark.usefixtures("ticking")
def test_progress_in_a_log_is_a_line_now_and_then() -> None:
    stream = io.StringIO()
    with Progress(quiet=False, stream=stream).phase("талдау", 40) as step:
        for _ in range(40):
            step()
    lines = stream.getvalue().splitlines()
    assert len(lines) == 4
    assert lines[0] == "талдау: 10 / 40, тағы 30 с, 1 мақала/с"


def test_progress_on_a_terminal_is_a_bar() -> None:
    stream = Terminal()
    with Progress(quiet=False, stream=stream).phase("талдау", 3) as step:
        for _ in range(3):
            step()
    assert "талдау" in stream.getvalue()
    assert "мақала" in stream.getvalue()


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_quiet_progress(stream: io.StringIO) -> None:
    with Progress(quiet=True, stream=stream, every_s=0).phase("талдау") as step:
        step()
    assert stream.getvalue() == ""


def test_full_builds_even_if_nothing_changed(tmp_path: Path) -> None:
    articles, index = archive(tmp_path / "archive"), tmp_path / "index"
    assert izde("reindex", articles, "--index", index, "-q").code == 0
    first = (index / manifest.CURRENT).read_text()
    assert izde("reindex", articles, "--index", index, "-q", "--full").code == 0
    assert (index / manifest.CURRENT).read_text() != first
    assert izde("reindex", articles, "--index", index, "--full", "--if-needed").code == 2
