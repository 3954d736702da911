"""New generations under load: no request fails, no page is of two generations, and the new one is live soon.

`SCALE=4` gives 20 swaps. The figures are printed with `-s`.
"""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from socket import create_server
from threading import Event, Thread
from urllib.parse import quote

from search.model import Article
from tests.faults.conftest import SCALE
from tests.indexes import ARTICLES
from tests.runs import cleaned, izde, reindex
from tests.runs import settings as settings_of

_SCHOOL = quote("мектеп")
PATHS = (
    f"/api/v1/search?q={_SCHOOL}&facets=category,year",
    f"/kk/search?q={_SCHOOL}",
    "/api/v1/search",
    f"/ru/search?q={_SCHOOL}&sort=newest",
)
CLIENTS, SWAPS = 8, 5 * SCALE
LIVE_S = 2.0
"""A new generation is live after so long; the tests allow ten times that, for machines that do much else."""


@dataclass(slots=True)
class Seen:
    """What clients were answered: failures, pages of more than one generation, and when each generation was seen.

    first, last: moments at which an answer of this generation was first, and at which one was last asked for.
    """

    failed: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    first: dict[int, float] = field(default_factory=dict)
    last: dict[int, float] = field(default_factory=dict)
    answers: int = 0


def archive_of(number: int) -> list[Article]:
    """The articles of one generation: each says in its title which one it is."""
    return [replace(one, title=f"Буын {number} мектеп {place}") for place, one in enumerate(ARTICLES[:12])]


def numbers(path: str, body: bytes) -> set[int]:
    """The generations that an answer shows."""
    text = body.decode()
    if path.startswith("/api/"):
        return {int(hit["title"].split()[1]) for hit in json.loads(text)["results"]}
    words = text.replace("<mark>", "").replace("</mark>", "").split("Буын ")[1:]
    return {int(word.split()[0]) for word in words}


def ask(port: int, path: str, seen: Seen) -> None:
    asked = time.monotonic()
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
    except (OSError, http.client.HTTPException) as error:
        seen.failed.append(f"{path}: {error!r}")
        return
    if answer.status != 200:
        seen.failed.append(f"{path}: {answer.status}")
        return
    seen.answers += 1
    found = numbers(path, body)
    if len(found) != 1:
        seen.mixed.append(f"{path}: {found}")
        return
    (number,) = found
    seen.first.setdefault(number, time.monotonic())
    seen.last[number] = max(asked, seen.last.get(number, 0))


@contextmanager
def service(index: Path) -> Iterator[int]:
    """The service on a port of its own, with two workers."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {"IZDE_DEADLINE_MS": "60000", "IZDE_FACET_MS": "60000"}
    command = [Path(sys.executable).with_name("izde"), "serve", "--index", index, "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while True:
            trial = Seen()
            ask(port, PATHS[0], trial)
            if not trial.failed:
                break
            assert time.monotonic() < until, trial.failed
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(60)


def test_swaps_under_load(tmp_path: Path) -> None:
    chosen = settings_of(tmp_path, max_delete="100%")
    reindex(cleaned(archive_of(0)), chosen)
    seen, ended, flipped = Seen(), Event(), dict[int, float]()

    def client(number: int, port: int) -> None:
        while not ended.is_set():
            ask(port, PATHS[number % len(PATHS)], seen)
            number += 1
            time.sleep(0.02)

    with service(chosen.index) as port:
        clients = [Thread(target=client, args=(number, port)) for number in range(CLIENTS)]
        for one in clients:
            one.start()
        try:
            for number in range(1, SWAPS + 1):
                reindex(cleaned(archive_of(number)), chosen)
                flipped[number] = time.monotonic()
                wait_until_seen(seen, number)
                time.sleep(LIVE_S / 2)
        finally:
            time.sleep(LIVE_S)
            ended.set()
            for one in clients:
                one.join()
    live = [seen.first[number] - flipped[number] for number in flipped]
    gone = [max(0.0, seen.last[number - 1] - flipped[number]) for number in flipped]
    print(f"{SWAPS} swaps, {seen.answers} answers; new seen after {max(live):.2f} s, old until {max(gone):.2f} s")  # noqa: T201
    assert seen.failed == []
    assert seen.mixed == []
    assert seen.answers > 10 * SWAPS
    assert max(live) < 10 * LIVE_S
    assert max(gone) < 10 * LIVE_S
    assert izde("status", "--index", chosen.index).code == 0


def wait_until_seen(seen: Seen, number: int) -> None:
    until = time.monotonic() + 10 * LIVE_S
    while number not in seen.first and time.monotonic() < until:
        time.sleep(0.05)
