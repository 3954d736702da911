"""Whatever the sequence of runs, the index is the one that a full run makes of the same inputs.

An archive of files of several kinds is changed at random, run by run, and a dict of what it holds is kept beside. The
seed is printed when a test fails; `SEED=` repeats it, `SCALE=` multiplies the number of changes.
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import pytest

from indexer import ledger
from indexer.inputs.walk import slug_of
from search import manifest
from search.model import Collapse, Page, Query, Sort
from search.pointer import current_name
from search.service import SearchService
from search.settings import Settings
from tests.runs import Result, izde, serving

SEED = int(os.environ.get("SEED", "20261126"))
SCALE = int(os.environ.get("SCALE", "1"))
RUNS, CHANGES = 34, 80

WORDS = (
    "ауыл мектеп кітапхана мұғалім тасқын су көпір жол қала әкім жиын форум дәрігер аурухана егін диқан мал шопан"
    " театр әнші концерт кітап жазушы ақын тарих музей спорт жүлде чемпион бала ана отбасы үй құрылыс зауыт жұмыс"
).split()
ENDINGS = ("", "да", "ға", "ның", "лар", "лары", "ымыз")
SOURCES = ("Өрлеу", "Арай")
NOTE = "Материалды көшіріп басқанда сілтеме жасау міндетті."


@dataclass
class Archive:
    """Files on disk, and what they hold: by file a list of records, in order."""

    folder: Path
    random: Random
    files: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    number: int = 0

    def text(self, words: int) -> str:
        chosen = (self.random.choice(WORDS) + self.random.choice(ENDINGS) for _ in range(words))
        return " ".join(chosen).capitalize() + "."

    def record(self, name: str | None = None) -> dict[str, str]:
        self.number += 1
        chance = self.random.random
        parts = [self.text(self.random.randrange(5, 30)) for _ in range(self.random.randrange(1, 4))]
        if chance() < 0.3:
            parts.append(NOTE)
        year, month, day = (self.random.randrange(*ends) for ends in ((2010, 2026), (1, 13), (1, 29)))
        made = {"id": name or f"а{self.number}", "title": self.text(4), "body": "\n\n".join(parts)}
        if chance() < 0.9:
            made["date"] = f"{year}-{month:02}-{day:02}"
        return made | {"source": self.random.choice(SOURCES), "category": self.random.choice(("Қоғам", "Спорт"))}

    def change(self) -> None:
        """One change, of one kind or another."""
        kinds: list[Callable[[], None]] = [self.add, self.add, self.edit, self.edit, self.drop, self.move]
        kinds += [self.touch, self.same_id, self.reprint, self.spoil, self.new_file, self.remove_file]
        self.random.choice(kinds)()

    def add(self) -> None:
        self._some_file().append(self.record())

    def edit(self) -> None:
        held = self._some_file()
        if held:
            at = self.random.randrange(len(held))
            held[at] = self.record(held[at].get("id"))

    def drop(self) -> None:
        held = self._some_file()
        if held:
            del held[self.random.randrange(len(held))]

    def move(self) -> None:
        one, other = self._some_file(), self._some_file()
        if one:
            other.insert(self.random.randrange(len(other) + 1), one.pop(self.random.randrange(len(one))))

    def touch(self) -> None:
        path = self.folder / self.random.choice(sorted(self.files))
        if path.exists():
            os.utime(path)

    def same_id(self) -> None:
        one, other = self._some_file(), self._some_file()
        if one:
            other.append(self.record(self.random.choice(one).get("id")))

    def reprint(self) -> None:
        one, other = self._some_file(), self._some_file()
        if one and "body" in one[0]:
            self.number += 1
            other.append(
                {**one[0], "id": f"к{self.number}", "title": self.text(3), "body": f"{one[0]['body']} {self.text(2)}"}
            )

    def spoil(self) -> None:
        self._some_file().insert(0, {"broken": "{"} if self.random.random() < 0.5 else {"id": f"б{self.number}"})

    def new_file(self) -> None:
        if len(self.files) < 9:
            self.number += 1
            name = f"бөлім{self.number % 3}/{self.number}.{self.random.choice(('jsonl', 'jsonl', 'txt', 'csv'))}"
            self.files[name] = [self.record()]

    def remove_file(self) -> None:
        name = self.random.choice(sorted(self.files))
        if len(self.files) > 5 and (name.endswith(".txt") or sum(not one.endswith(".txt") for one in self.files) > 2):
            del self.files[name]

    def titles(self) -> dict[str, str]:
        """By id the title of every article: of two with one id, of the last."""
        held: dict[str, str] = {}
        for name in sorted(self.files):
            for one in self.files[name]:
                if "title" in one:
                    held[one["id"] if not name.endswith(".txt") else slug_of(name)] = one["title"]
        return held

    def write(self) -> None:
        """Bring the disk up to date; files that did not change are not written."""
        kept = set()
        for name, held in self.files.items():
            kept.add(name)
            path, data = self.folder / name, encoded(name, held)
            if not path.exists() or path.read_bytes() != data:
                path.parent.mkdir(exist_ok=True, parents=True)
                path.write_bytes(data)
        for path in [one for one in self.folder.rglob("*") if one.is_file()]:
            if path.relative_to(self.folder).as_posix() not in kept:
                path.unlink()

    def _some_file(self) -> list[dict[str, str]]:
        name = self.random.choice(sorted(name for name in self.files if not name.endswith(".txt")))
        return self.files[name]


def encoded(name: str, held: list[dict[str, str]]) -> bytes:
    if name.endswith(".txt"):
        one = held[0]
        return f"{one['title']}\n\n{one['category']}\n{one.get('date', '')}\n\n{one['body']}\n".encode()
    if name.endswith(".csv"):
        rows = ["id,title,body,date,source,category"]
        for one in held:
            cells = (one.get(key, "") for key in ("id", "title", "body", "date", "source", "category"))
            rows.append(",".join('"' + cell.replace('"', '""') + '"' for cell in cells))
        return "\n".join([*rows, ""]).encode()
    lines = ["{" if "broken" in one else json.dumps(one, ensure_ascii=False) for one in held]
    return "\n".join([*lines, ""]).encode()


def reindex(folder: Path, index: str, *more: str) -> Result:
    where = ("--index", folder / index, "--config", folder / "izde.toml")
    ended = izde("reindex", folder / "archive", *where, "--max-delete", "100%", "--max-errors", "100%", "-q", *more)
    assert ended.code in (0, 3), ended.err
    return ended


def generation(index: Path) -> Path:
    return index / manifest.GENERATIONS / (current_name(index) or "")


def parts(page: Page) -> tuple[object, ...]:
    return [(hit.article, hit.snippets) for hit in page.hits], page.total, page.duplicates_hidden, page.facets


def titles(index: Path) -> dict[str, str]:
    """What the index holds, by id."""
    with serving(index) as generations, generations.lease() as held:
        ids = ledger.read(generation(index)).ids()
        return {one.id: one.title for one in held.engine.get(ids) if one is not None}


def same_answers(folder: Path, random: Random) -> None:
    """Whatever is asked, both indexes answer alike; files that do not depend on the way are the same."""
    one, other = generation(folder / "index"), generation(folder / "whole")
    for name in (manifest.VOCABULARY, "written.izde", manifest.LEXICON, manifest.DUPLICATES):
        assert (one / name).read_bytes() == (other / name).read_bytes(), name
    first, second = ledger.read(one), ledger.read(other)
    assert first.digests() == second.digests()
    settings = Settings(index=folder / "index", deadline_ms=60_000, facet_ms=60_000)
    services = [SearchService(one) for one in (settings, replace(settings, index=folder / "whole"))]
    try:
        for _ in range(12):
            text = " ".join(random.choice(WORDS) + random.choice(ENDINGS) for _ in range(random.randrange(4)))
            asked = Query(
                text,
                sort=random.choice(list(Sort)),
                collapse=random.choice(list(Collapse)),
                facets=("category", "source", "year"),
                per_page=20,
            )
            pages = [service.search(asked) for service in services]
            assert parts(pages[0]) == parts(pages[1]), text
            scores, others = ([hit.score for hit in page.hits] for page in pages)
            assert scores == pytest.approx(others, abs=1e-9)
    finally:
        for service in services:
            service.close()


def begun(tmp_path: Path, random: Random) -> Archive:
    (tmp_path / "izde.toml").write_text("", "utf-8")
    archive = Archive(tmp_path / "archive", random)
    archive.files = {"а.jsonl": [archive.record() for _ in range(30)], "б.csv": [archive.record() for _ in range(20)]}
    archive.files["бөлім1/в.jsonl"] = [archive.record() for _ in range(20)]
    archive.write()
    reindex(tmp_path, "index")
    return archive


@pytest.mark.parametrize("part", range(2))
def test_a_sequence_of_runs_gives_what_a_full_run_gives(part: int, tmp_path: Path) -> None:
    seed = SEED + part
    print(f"SEED={seed}")  # noqa: T201  # pytest shows it when the test fails
    random = Random(seed)
    archive = begun(tmp_path, random)
    for run in range(RUNS * SCALE // 2):
        for _ in range(random.choice((1, 3, CHANGES, 2 * CHANGES - 4))):
            archive.change()
        archive.write()
        expected = archive.titles()
        reindex(tmp_path, "index", *(["--full", "--keep-learned"] if run % 9 == 8 else []))
        assert titles(tmp_path / "index") == expected
        if run % 4 == 0 or run == RUNS * SCALE // 2 - 1:
            shutil.rmtree(tmp_path / "whole", ignore_errors=True)
            shutil.copytree(tmp_path / "index", tmp_path / "whole")
            reindex(tmp_path, "whole", "--full", "--keep-learned")
            same_answers(tmp_path, random)
