"""Harvests and exports while the index is built anew under them: every article once, or told honestly."""

import json
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from indexer.limits import Limit
from search.engines.base import newest_first
from search.errors import CursorExpired
from search.model import Article, Collapse, Query
from search.service import SearchService
from tests.faults.conftest import SCALE, SEED, Server
from tests.indexes import ARTICLES
from tests.runs import archive, cleaned, reindex, settings

IZDE = Path(sys.executable).with_name("izde")
PER_PAGE = 7
SERVED_PER_PAGE = 5


def version(number: int) -> list[Article]:
    """The archive after so many changes: some articles gone, some new, all titles changed."""
    kept = [one for at, one in enumerate(ARTICLES) if at % 9 != number % 9]
    new = [replace(ARTICLES[at], id=f"zhana-{number}-{at}") for at in range(5)]
    return [replace(one, title=f"{one.title}, {number}-нұсқа") for one in (*kept, *new)]


def ordered(articles: Sequence[Article]) -> list[str]:
    return [one.id for one in sorted(articles, key=newest_first)]


@pytest.mark.parametrize(
    ("runs", "whole"),
    [
        ((0, 0, 0, 0, 0, 0, 0, 0), True),
        ((1, 0, 0, 0, 0, 0, 0, 0), True),
        ((0, 0, 1, 0, 1, 1, 1, 1), True),
        ((1, 1, 1, 1, 1, 1, 1, 1), True),
        ((2, 0, 0, 0, 0, 0, 0, 0), False),
        ((0, 1, 3, 0, 0, 0, 0, 0), True),
        ((0, 0, 0, 0, 0, 3, 0, 0), False),
    ],
)
def test_a_harvest_between_runs(tmp_path: Path, runs: tuple[int, ...], whole: bool) -> None:
    """runs: how many there are after each page. Two generations are kept, and one that is in use stays open."""
    chosen = settings(tmp_path, poll_ms=0)
    reindex(cleaned(version(0)), chosen)
    service = SearchService(chosen)
    number, ids, cursor, gone = 0, list[str](), "*", False
    for more in (*runs, 0, 0):
        try:
            page = service.search(Query(cursor=cursor, per_page=PER_PAGE, facets=(), collapse=Collapse.NONE))
        except CursorExpired:
            gone = True
            break
        ids += [hit.article.id for hit in page.hits]
        cursor = page.next_cursor
        if not cursor:
            break
        for _ in range(more):
            number += 1
            reindex(cleaned(version(number)), chosen, max_delete=Limit(percent=100))
    assert gone is not whole
    assert ids == ordered(version(0))[: len(ids) if gone else None]
    again = service.search(Query(cursor="*", per_page=100, facets=(), collapse=Collapse.NONE))
    assert [hit.article.id for hit in again.hits] == ordered(version(number))
    service.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A real server with two workers, and the folder of its archive and index."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "izde.toml").write_text(f'quarantine = "{folder / "quarantine"}"\npoll_ms = 50\ndeadline_ms = 20000\n')
    reindex(cleaned(version(0)), settings(folder))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = "127.0.0.1:{1}".format(*free.getsockname())
    command = [IZDE, "serve", "--index", folder / "index", "--config", folder / "izde.toml", "--bind", address]
    with subprocess.Popen([*map(str, command), "--workers", "2"], stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout
        assert address in served.stdout.readline()
        yield f"http://{address}/api/v1/", folder
        served.terminate()
        served.wait(30)


def asked(address: str, **given: object) -> tuple[int, bytes]:
    try:
        with urlopen(f"{address}?{urlencode(given)}", timeout=60) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def harvest(address: str) -> tuple[str, list[str]] | None:
    """The generation and the ids of a harvest; None if it was told that it cannot go on."""
    cursor, ids, generations = "*", list[str](), set[str]()
    while cursor:
        status, body = asked(address + "search", cursor=cursor, per_page=SERVED_PER_PAGE)
        answer = json.loads(body)
        if status != 200:
            assert (status, answer["errors"][0]["code"]) == (410, "cursor-expired")
            return None
        ids += [hit["id"] for hit in answer["results"]]
        generations.add(answer["index"]["generation"])
        cursor = answer["cursor"]["next"]
    assert len(generations) == 1
    return generations.pop(), ids


def test_harvests_and_exports_of_a_server_while_runs_replace_its_index(site: tuple[str, Path], server: Server) -> None:
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    address, folder = site
    chance = random.Random(SEED)
    names = {current(folder): ordered(version(0))}
    whole: list[tuple[str, list[str]]] = []
    told = 0

    def run(number: int) -> None:
        archive(folder / "archive", version(number))
        server.start(
            "reindex", folder / "archive", "--index", folder / "index", "--config", folder / "izde.toml", "-q",
            "--max-delete", "100%",
        )  # fmt: skip

    for number in range(1, 5 * SCALE + 1):
        run(number)
        for _ in range(chance.choice([1, 2, 3])):
            if found := harvest(address):
                whole.append(found)
            else:
                told += 1
            status, body = asked(address + "search.jsonl", collapse="none", snippets=0)
            rows = [json.loads(line)["id"] for line in body.decode().split("\n")[:-1]]
            assert status == 200
            assert rows in names.values() or rows == ordered(version(number))
        ended = server.ended()
        assert ended.code == 0, ended.output
        names[current(folder)] = ordered(version(number))

    for name, ids in whole:
        assert ids == names[name]
    assert len(whole) > told
    deadline = time.monotonic() + 30
    while harvest(address) != (current(folder), names[current(folder)]):
        assert time.monotonic() < deadline


def current(folder: Path) -> str:
    return (folder / "index" / "CURRENT").read_text().strip()
