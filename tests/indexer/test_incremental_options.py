"""What the options of an incremental run do, and what it does when the index before cannot be used."""

import errno
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import finishing, ledger, pipeline
from indexer import run as run_module
from indexer.inputs import jsonl
from indexer.inputs.lines import Line
from indexer.inputs.walk import InputFile
from search import manifest
from search.model import Article
from search.pointer import current_name
from tests.indexes import ARTICLES
from tests.runs import Result, archive, izde, leftovers, served

PARTS = {"а": ARTICLES[:20], "б": ARTICLES[20:40], "в": ARTICLES[40:]}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an archive of three parts, indexed."""
    monkeypatch.chdir(tmp_path)
    for name, articles in PARTS.items():
        write(name, articles)
    assert reindex().code == 0
    return tmp_path


def write(name: str, articles: Sequence[Article], bad: int = 0) -> Path:
    path = archive(Path("archive") / name, articles, bad) / "articles.jsonl"
    os.utime(path, ns=(1_600_000_000_000_000_001, 1_600_000_000_000_000_001))
    return path


def reindex(*more: object) -> Result:
    return izde("reindex", "archive", "--index", "index", "-q", "--max-delete", "50%", *more)


def report(*more: object) -> dict[str, object]:
    ended = reindex("--json", *more)
    assert ended.code in (0, 3), ended.err
    found: dict[str, object] = json.loads(ended.out)
    return found


def counts(*more: object) -> tuple[object, ...]:
    found = report(*more)
    return tuple(found[name] for name in ("added", "changed", "removed", "unchanged"))


def ids() -> set[str]:
    return set(ledger.read(generation()).ids())


def generation() -> Path:
    return Path("index") / manifest.GENERATIONS / (current_name(Path("index")) or "")


def test_a_run_without_changes_makes_nothing(home: Path) -> None:
    before = served(home / "index")
    assert counts() == (0, 0, 0, len(ARTICLES))
    assert served(home / "index") == before


def test_a_change_within_the_same_second_and_of_the_same_size_is_seen(home: Path) -> None:
    changed = replace(ARTICLES[0], title=ARTICLES[0].title[::-1])
    write("а", [changed, *PARTS["а"][1:]])
    assert counts() == (0, 1, 0, len(ARTICLES) - 1)


def test_records_that_moved_within_a_file_are_not_read_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    original = run_module.Intake.take

    def take(self: run_module.Intake, *given: object, **more: object) -> None:
        read.append(self.reading.needed)
        original(self, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(run_module.Intake, "take", take)
    write("а", PARTS["а"][::-1])
    assert counts() == (0, 0, 0, len(ARTICLES))
    write("а", [*PARTS["а"], replace(ARTICLES[0], id="жаңа")])
    assert counts() == (1, 0, 0, len(ARTICLES))
    assert read == [0, 1]


def test_what_had_to_be_read_in_another_way_is_read_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after an upgrade that reads records otherwise, and makes the same of them."""
    before = served(home / "index")
    monkeypatch.setattr(pipeline, "_PARSERS", ("feedparser",))
    assert counts() == (0, 0, 0, len(ARTICLES))
    after = served(home / "index")
    assert after != before
    assert counts() == (0, 0, 0, len(ARTICLES))
    assert served(home / "index") == after


def test_a_file_that_could_not_be_read_once_is_read_by_the_next_run(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a mount fails for a moment: nothing of the file has changed."""
    bad = write("а", [*PARTS["а"], replace(ARTICLES[0], id="жаңа")])
    original = jsonl.lines

    def lines(file: InputFile) -> Iterator[Line]:
        for line in original(file):
            if file.path.resolve() == home / bad and line.number > 15:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            yield line

    monkeypatch.setattr(jsonl, "lines", lines)
    found = report()
    assert (found["rejected"], found["removed"]) == (1, 5)
    monkeypatch.undo()
    monkeypatch.chdir(home)
    assert counts() == (6, 0, 0, len(ARTICLES) - 5)


def test_a_record_that_is_not_found_again_is_read_by_the_next_run(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that have not changed are read once more where what their publication repeats has; then one fails."""
    with monkeypatch.context() as patched:
        patched.setattr(finishing, "_read_again", lambda *_: [])
        patched.setattr(run_module, "LEARN_AGAIN", 0)  # everything is wanted
        assert counts() == (0, 0, 0, len(ARTICLES))
    needed: list[int] = []
    original = run_module.Intake.take

    def take(self: run_module.Intake, *given: object, **more: object) -> None:
        needed.append(self.reading.needed)
        original(self, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(run_module.Intake, "take", take)
    assert counts() == counts() == (0, 0, 0, len(ARTICLES))
    assert needed == [len(ARTICLES), len(ARTICLES)]


def test_what_is_withdrawn_is_not_read_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert izde("withdraw", ARTICLES[0].id, "--index", "index", "--reason", "сынақ").code == 0
    assert counts() == (0, 0, 1, len(ARTICLES) - 1)
    original = run_module.Intake.take

    def take(self: run_module.Intake, *given: object, **more: object) -> None:
        assert self.reading.needed == 0
        original(self, *given, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(run_module.Intake, "take", take)
        assert counts() == (0, 0, 0, len(ARTICLES) - 1)
    assert izde("withdraw", "--undo", ARTICLES[0].id, "--index", "index").code == 0
    assert counts() == (1, 0, 0, len(ARTICLES) - 1)


def test_no_delete_keeps_what_is_gone_until_the_next_run(home: Path) -> None:
    (home / "archive" / "а" / "articles.jsonl").unlink()
    write("б", PARTS["б"][5:])
    assert counts("--no-delete") == (0, 0, 0, len(ARTICLES))
    new = replace(ARTICLES[0], id="жаңа")
    write("в", [*PARTS["в"], new])
    assert counts("--no-delete") == (1, 0, 0, len(ARTICLES))
    assert ids() == {*(one.id for one in ARTICLES), "жаңа"}
    back = replace(ARTICLES[0], title="Қайта келді")
    write("в", [*PARTS["в"], new, back])
    assert counts("--no-delete") == (0, 1, 0, len(ARTICLES))
    added, _, removed, _ = counts()
    assert (added, removed) == (0, 24)
    assert ids() == {*(one.id for one in (*PARTS["б"][5:], *PARTS["в"], back)), "жаңа"}


def test_since_looks_at_new_files_alone(home: Path) -> None:
    write("а", PARTS["а"][:10])
    path = write("б", [*PARTS["б"], replace(ARTICLES[0], id="жаңа")])
    os.utime(path)
    # The moment at which a file became what it is cannot be set back, so the border is put ahead of one of them.
    assert counts("--since", "2100-01-01") == (0, 0, 0, len(ARTICLES))
    assert counts("--since", "1h") == (1, 0, 0, len(ARTICLES))
    assert counts() == (0, 0, 10, len(ARTICLES) - 9)
    said = reindex("--since", "кеше")
    assert (said.code, "24h or 2d, or a date like 2026-11-01" in said.err) == (2, True)
    assert reindex("--since", "2026-13-01").code == 2


def test_the_quarantine_is_tried_again_where_it_is_asked_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("а", PARTS["а"], bad=2)
    assert reindex().code == 3
    assert reindex().code == 0
    tried: list[str] = []
    original = jsonl._object

    def counted(text: str) -> object:
        tried.append(text)
        return original(text)

    monkeypatch.setattr(jsonl, "_object", counted)
    assert reindex().code == 0
    assert tried == []
    found = report("--retry-quarantine")
    assert (found["rejected"], found["quarantined"], len(tried)) == (0, 2, 2)


def test_fail_fast_stops_at_the_first_new_rejection(home: Path) -> None:
    before = served(home / "index")
    write("а", PARTS["а"], bad=2)
    ended = reindex("--fail-fast")
    assert (ended.code, served(home / "index")) == (5, before)
    assert "articles.jsonl:21: broken JSON" in ended.err
    assert reindex().code == 3
    assert reindex("--fail-fast").code == 0


def test_links_are_shared_and_copies_are_not(home: Path) -> None:
    def inodes() -> set[int]:
        return {path.stat().st_ino for path in generation().rglob("*.izde")}

    first = inodes()
    write("а", PARTS["а"][1:])
    reindex()
    second = inodes()
    write("а", PARTS["а"][2:])
    reindex("--link")
    assert not first & second
    assert len(second & inodes()) >= 4
    assert izde("verify", "--index", "index").code == 0


@pytest.mark.parametrize(
    "name",
    [
        "engine/s0/postings.izde",
        "engine/vectors.izde",
        manifest.VOCABULARY,
        manifest.LEXICON,
        manifest.DUPLICATES,
        "written.izde",
    ],
)
def test_a_damaged_index_is_not_built_on(home: Path, name: str) -> None:
    path = generation() / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 16
    path.write_bytes(data)
    write("а", PARTS["а"][1:])
    ended = izde("reindex", "archive", "--index", "index")
    assert ended.code == 0
    assert "everything is built anew" in ended.err
    assert "damaged" in ended.err
    name_now, held = served(home / "index")
    assert held == len(ARTICLES) - 1
    assert f"{name_now}: бүтін" in izde("verify", "--index", "index").out
    assert not leftovers(home / "index")


def test_learning_is_kept_where_it_is_asked_for(home: Path) -> None:
    first = generation()
    assert reindex("--full", "--keep-learned").code == 0
    for name in (manifest.LEXICON, "engine/vectors.izde", manifest.VOCABULARY):
        assert (first / name).read_bytes() == (generation() / name).read_bytes()
    assert reindex("--keep-learned").code == 2


def test_an_archive_that_grew_is_learnt_from_anew(home: Path) -> None:
    more = [replace(one, id=f"{one.id}-{n}") for one in ARTICLES for n in range(2)]
    write("г", more)
    ended = izde("reindex", "archive", "--index", "index")
    assert f"learnt from {len(ARTICLES)} articles, there are {3 * len(ARTICLES)} now" in ended.err
    assert ledger.read(generation()).learnt == 3 * len(ARTICLES)


@pytest.mark.parametrize("both", [("--full", "--since", "1h"), ("--full", "--no-delete"), ("--full", "--offline")])
def test_options_that_exclude_each_other(home: Path, both: tuple[str, ...]) -> None:
    assert reindex(*both).code == 2
