"""Runs of the indexer for tests: records, settings, archives on disk, and the command in this process."""

import contextlib
import io
import json
import pickle
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

import numpy as np

from indexer.cleaning import Cleaning, Seen
from indexer.cli import main
from indexer.collecting import Collector
from indexer.crumbs import keys
from indexer.inputs.walk import Walk
from indexer.kept import Kept
from indexer.ledger import Ledger
from indexer.limits import Limit
from indexer.looks import Look
from indexer.options import Options, Outcome
from indexer.processes import Alone
from indexer.progress import Progress
from indexer.records import Cleaned, InputSpec, Rejected
from indexer.run import run
from indexer.survey import Survey
from search import manifest
from search.deadline import Deadline
from search.engines.base import Request
from search.freshness import FAILED, LAST
from search.generations import Generations
from search.model import Article
from search.names import names_of
from search.query.nodes import MatchAll
from search.settings import Settings
from tests.indexes import ARTICLES

OPTIONS = Options(
    max_delete=Limit(percent=20), max_errors=Limit(percent=20), stale_after=timedelta(hours=24), lock_wait_s=0
)


def cleaned(articles: Iterable[Article] = ARTICLES, name: str = "archive") -> list[Cleaned]:
    """The articles as the reading half gives them."""
    return [Cleaned(article, name, "a.jsonl", line) for line, article in enumerate(articles, 1)]


def rejected(number: int, name: str = "archive") -> list[Rejected]:
    """So many records that could not be read."""
    return [Rejected(name, "bad.jsonl", line, f"bad{line}", "not JSON") for line in range(1, number + 1)]


def settings(folder: Path, **changes: object) -> Settings:
    """Settings that write nowhere but below the folder, with time enough on a busy machine."""
    here = Settings(index=folder / "index", quarantine=folder / "quarantine", deadline_ms=60_000, facet_ms=60_000)
    return replace(here, **changes)  # type: ignore[arg-type]


def reindex(
    records: Iterable[Cleaned | Rejected], chosen: Settings, warnings: list[str] | None = None, **changes: object
) -> Outcome:
    """Run in this process, without a word."""
    options = replace(OPTIONS, **changes)  # type: ignore[arg-type]
    held = list(records)

    def read(before: Ledger | None, _: bool) -> Survey:
        return survey_of(held, before)

    return run(read, chosen, options, Progress(quiet=True), (warnings if warnings is not None else []).append)


def survey_of(records: Sequence[Cleaned | Rejected], before: Ledger | None = None) -> Survey:
    """The first pass over records that stand in no file; each is new."""
    names = list(dict.fromkeys(one.input for one in records))
    places = list(dict.fromkeys((names.index(one.input), one.file) for one in records))
    places.sort(key=lambda place: place[0])
    collector, kept = Collector(before), Kept()
    for one in sorted(records, key=lambda one: places.index((names.index(one.input), one.file))):
        collector.new(places.index((names.index(one.input), one.file)), one.line, one.file)
        if isinstance(one, Rejected):
            collector.told(Seen(b"", rejected=one))
        else:
            article = one.article
            collector.told(Seen(pickle.dumps(one), article.id, article.source, keys(article)))
            kept.put(pickle.dumps(one))
    specs = [InputSpec(Path(name), ZoneInfo("Asia/Almaty"), name=name) for name in names]
    looks = [_unread(spec, [file for at, file in places if at == number]) for number, spec in enumerate(specs)]
    found = Survey(specs, kept, looks=looks, prefixes=[""] * len(specs), hashes=[""] * len(specs))
    found.records, found.who = collector.records(), Alone(Cleaning, specs)
    return found


def _unread(spec: InputSpec, files: list[str]) -> Look:
    nothing = np.zeros(len(files), np.bool_)
    walk = Walk(spec, spec.path, files, [(0, -1, -1) for _ in files])
    names = names_of(files)
    return Look(walk, names, names, ~nothing, np.full(len(files), -1), nothing, nothing)


def archive(folder: Path, articles: Sequence[Article] = ARTICLES, bad: int = 0) -> Path:
    """A folder with these articles as JSON lines, and so many lines that are not JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(_record(article), ensure_ascii=False) for article in articles]
    text = "\n".join([*lines, *("{" for _ in range(bad)), ""])
    (folder / "articles.jsonl").write_text(text, "utf-8")
    return folder


def _record(article: Article) -> dict[str, str]:
    fields = ("id", "title", "body", "url", "category", "source", "author", "lang")
    record = {name: getattr(article, name) for name in fields if getattr(article, name)}
    return record | ({"published": article.published.isoformat()} if article.published else {})


@dataclass(frozen=True, slots=True)
class Result:
    """What the command left with and printed."""

    code: int
    out: str
    err: str


def izde(*arguments: object) -> Result:
    """The `izde` command, in this process."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    arguments = ("izde", *map(str, arguments))
    with (
        patch.object(sys, "argv", list(arguments)),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as error:
            code = error.code
    assert isinstance(code, int)
    return Result(code, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def serving(index: Path) -> Iterator[Generations]:
    """The index as a reader sees it."""
    generations = Generations(index, poll_ms=0)
    try:
        yield generations
    finally:
        generations.close()


def served(index: Path) -> tuple[str, int]:
    """The name of the generation that a reader gets, and its articles; it must not be a stand-in."""
    with serving(index) as generations, generations.lease() as generation:
        assert not generation.degraded
        return generation.name, generation.engine.search(MatchAll(), Request(), Deadline.never()).total


def leftovers(index: Path) -> list[str]:
    """What lies in an index folder and should not."""
    allowed = {".lock", manifest.CURRENT, manifest.GENERATIONS, LAST, FAILED}
    stray = [path.name for path in index.iterdir() if path.name not in allowed]
    for path in (index / manifest.GENERATIONS).iterdir():
        if path.name.startswith("."):
            stray.append(path.name)
        else:
            made = manifest.read(path)
            stray += sorted(set(manifest.listed(path)) ^ set(made.files))
            stray += [one.name for one in path.iterdir() if one.is_dir() and one.name != manifest.ENGINE]
    return stray
