"""One request is one line of JSON without control characters, whatever was sent; asked of a real gunicorn.

`SCALE=20` sends 10,000 hostile requests. The seed is printed when a test fails; `SEED=` repeats it.
"""

import json
import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from search.settings import Settings
from tests.service import Answer, Service, serving
from web.clients import Clients
from web.log_lines import RequestLines

SEED = int(os.environ.get("SEED", "20261126"))
REQUESTS = 500 * int(os.environ.get("SCALE", "1"))
NASTY = (
    "\r\n", "\n", "\r", "\x1b[31m", "\x1b]0;a\x07", "\0", "\u2028", "\u2029", "\x85", "\x9b2J", "\u202e", "\ufeff", '"',
    '"}\n{"time":"', "\\", "\\n", "%0a", "{{", "\x7f", "\ud800", "қала", "😀", "a" * 300, "\t", "\u200b", "' OR 1=1",
)  # fmt: skip
FIELDS = {"time", "request_id", "method", "path", "status", "bytes", "ms", "query", "client", "agent"}


@pytest.fixture
def service(tmp_path: Path, index_folder: Path) -> Iterator[Service]:
    log = {"access_log": tmp_path / "access.jsonl", "access_log_query": "full", "access_log_client": "full"}
    with serving(tmp_path, index_folder, **log, access_log_agent="yes", rate_limit="off", max_requests=200) as running:
        yield running


def lines(path: Path, wanted: int = 0) -> list[bytes]:
    """What stands in a log; a line is written after its answer was sent."""
    for _ in range(100):
        found = path.read_bytes().split(b"\n")
        if len(found) > wanted:
            break
        time.sleep(0.05)
    assert found[-1] == b""
    return found[:-1]


def hostile(chance: random.Random) -> bytes:
    """A request with something nasty in some part of it: escaped, or as it is."""

    def text(escape: bool) -> bytes:
        made = "".join(chance.choices(NASTY, k=chance.randint(1, 3)))
        return quote(made, errors="surrogatepass").encode() if escape else made.encode("utf-8", "surrogatepass")

    is_escaped = chance.random() < 0.7
    method = chance.choice([b"GET", b"HEAD", b"POST", text(False)[:8] if not is_escaped else b"GET"])
    path = b"/kk/search" if chance.random() < 0.5 else b"/" + text(True)
    head = b"%s %s?q=%s&%s HTTP/1.1\r\nHost: izde.example\r\n" % (method, path, text(is_escaped), text(True))
    for name in (b"User-Agent", b"X-Forwarded-For", b"X-Request-Id", b"Referer", b"X-Forwarded-Host"):
        value = text(False).replace(b"\r", b"").replace(b"\n", b"") if chance.random() < 0.5 else text(True)
        head += name + b": " + value + b"\r\n"
    return head + b"\r\n"


def test_a_hostile_request_is_one_line(service: Service, tmp_path: Path) -> None:
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    chance, statuses = random.Random(SEED), dict[int, int]()
    before = len(lines(tmp_path / "access.jsonl", 1))
    ids = set()
    for number in range(REQUESTS):
        answer = service.send(hostile(chance))
        statuses[answer.status] = statuses.get(answer.status, 0) + 1
        ids.add(answer.headers["x-request-id"])
        assert answer.status < 500, (number, answer.raw)
    found = lines(tmp_path / "access.jsonl", before + REQUESTS)[before:]
    assert len(found) == len(ids) == REQUESTS
    for line in found:
        text = line.decode("utf-8")
        assert text.isprintable(), line
        assert len(line) < 4096
        assert set(json.loads(text)) <= FIELDS
    assert {json.loads(line)["request_id"] for line in found} == ids
    assert {200, 400, 404} <= set(statuses), statuses
    for line in lines(service.stderr)[1:]:
        assert line.decode().isprintable(), line


def test_nothing_of_who_asked_and_what_by_default(tmp_path: Path, index_folder: Path) -> None:
    path = tmp_path / "access.jsonl"
    with serving(tmp_path, index_folder, access_log=path) as service:
        answer = service.get(
            "/kk/search?q=%D1%81%D1%8B%D1%80", "User-Agent: Browser-77", "X-Forwarded-For: 203.0.113.9",
            "Cookie: id=4711", "Referer: http://r/",
        )  # fmt: skip
        line = json.loads(lines(path, 2)[1])
    assert set(line) == {"time", "request_id", "method", "path", "status", "bytes", "ms"}
    assert line["request_id"] == answer.headers["x-request-id"]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/kk/search", 200)
    assert line["bytes"] == len(answer.body)


@pytest.mark.parametrize(
    ("how", "address", "shown"),
    [("cut", "203.0.113.9", "203.0.113.0/24"), ("cut", "2001:db8:1:2::3", "2001:db8:1::/48"),
     ("full", "203.0.113.9", "203.0.113.9"), ("hash", "203.0.113.9", "#")],
)  # fmt: skip
def test_the_address_as_the_setting_says(how: str, address: str, shown: str) -> None:
    made = RequestLines(Settings(access_log_client=how), Clients("127.0.0.1"))
    environ = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": address}
    one, two = (json.loads(made.line(environ, 200, 0, 1.0))["client"] for _ in range(2))
    assert one == two
    assert one.startswith(shown)
    assert address not in one or how == "full"


def test_logrotate_moves_the_file_and_no_line_is_lost(service: Service, tmp_path: Path) -> None:
    path, old = tmp_path / "access.jsonl", tmp_path / "access.jsonl.1"
    for _ in range(20):
        service.get("/healthz")
    lines(path, 21)
    path.rename(old)
    service.process.send_signal(signal.SIGUSR1)
    for _ in range(100):
        if path.exists():
            break
        time.sleep(0.05)
    time.sleep(0.3)  # the workers are told one after another
    for _ in range(20):
        service.get("/healthz")
    assert len(lines(old)) + len(lines(path, 20 - (len(lines(old)) - 21))) == 41


def test_errors_are_one_line_with_the_id_of_the_request(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    with serving(tmp_path, tmp_path / "index", access_log="stderr") as service:
        answers: list[Answer] = [service.get("/api/v1/search?q=%0a%1b"), service.get("/kk/")]
        time.sleep(0.2)
        found = [json.loads(line) for line in lines(service.stderr)]
    assert [answer.status for answer in answers] == [503, 503]
    for answer in answers:
        told = [line for line in found if line.get("request_id") == answer.headers["x-request-id"]]
        assert len(told) == 2
        event = next(line for line in told if "message" in line)
        assert (event["level"], event["logger"]) == ("WARNING", "izde.web")


def test_a_log_that_cannot_be_written_is_told_as_a_line_and_stops_nobody(tmp_path: Path, index_folder: Path) -> None:
    with serving(tmp_path, index_folder, access_log=tmp_path / "none" / "access.jsonl") as service:
        assert service.get("/healthz").status == 200
        told = [json.loads(line) for line in service.stderr.read_bytes().splitlines() if b"access log" in line]
    assert told
    assert all("cannot be written: No such file or directory" in one["message"] for one in told)
