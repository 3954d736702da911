"""Requests that are too large are refused at once, by a real gunicorn whose memory stays what it was."""

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service import Service, read, serving

AT_ONCE_S = 5.0
"""Wide against a busy machine; a request that waits for the end of a body would take ten."""
MOST_GROWTH = 5_000_000
LARGE = 10 * 1024 * 1024


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, index_folder: Path) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("sizes"), index_folder, workers=1) as running:
        for _ in range(30):
            running.get("/kk/search?q=%D1%84%D0%BE%D1%80%D1%83%D0%BC")
        yield running


def resident(service: Service) -> int:
    """Bytes of memory of the worker."""
    (worker,) = service.workers()
    status = Path(f"/proc/{worker}/status").read_text()
    return 1024 * int(status.partition("VmRSS:")[2].split()[0])


def head(*lines: str, path: str = "/api/v1/search") -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: izde.example", *lines, "", ""]).encode()


REQUESTS = {
    "an address of 64 KB": (head(path="/api/v1/search?q=" + "a" * 65_536), 414),
    "a path of 64 KB": (head(path="/kk/" + "%D2%9B" * 10_923), 414),
    "an address of 8 KB": (head(path="/api/v1/search?q=" + "a" * 8_000), 400),
    "1,000 headers": (head(*(f"X-{number}: a" for number in range(1000))), 431),
    "a header of 64 KB": (head("X-Large: " + "a" * 65_536), 431),
    "two lengths": (head("Content-Length: 5", "Content-Length: 6"), 400),
    "a length and chunks": (head("Content-Length: 5", "Transfer-Encoding: chunked"), 400),
    "a length below nothing": (head("Content-Length: -1"), 400),
    "a length that is no number": (head("Content-Length: ٣"), 400),
    "a folded header": (head("X-Folded: a", " b"), 400),
    "a header without a name": (head(": a"), 400),
    "a space before the colon": (head("Host : b"), 400),
    "two hosts": (head("Host: b"), 400),
    "another protocol": (b"GET / HTTP/9.9\r\nHost: a\r\n\r\n", 400),
    "no protocol": (b"GET /\r\n\r\n", 400),
}


@pytest.mark.parametrize("what", REQUESTS)
def test_what_is_too_large_or_ambiguous_is_refused_at_once(service: Service, what: str) -> None:
    request, status = REQUESTS[what]
    before, began = resident(service), time.monotonic()
    answer = service.send(request)
    assert answer.status == status, answer.raw
    assert time.monotonic() - began <= AT_ONCE_S
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert resident(service) - before <= MOST_GROWTH


def test_an_address_with_letters_that_are_not_escaped_is_told_to_escape_them(service: Service) -> None:
    answer = service.send("GET /api/v1/search?q=көпір HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    assert answer.status == 400
    assert "percent-encoded" in json.loads(answer.body)["detail"]


def pushed(service: Service, opening: bytes, piece: bytes, most: int) -> tuple[int, float, int]:
    """Send a body until the other side has had enough: the status, the seconds, the bytes that were taken."""
    began, sent = time.monotonic(), 0
    with service.connect() as connection:
        connection.sendall(opening)
        try:
            while sent < most:
                sent += connection.send(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        try:
            status = read(connection).status
        except (IndexError, OSError):  # the refusal was overtaken by the end of the connection
            status = 0
    return status, time.monotonic() - began, sent


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_body_of_ten_megabytes_is_refused_before_it_is_read(service: Service, method: str) -> None:
    before, workers = resident(service), service.workers()
    opening = f"{method} /api/v1/search HTTP/1.1\r\nHost: a\r\nContent-Length: {LARGE}\r\n\r\n".encode()
    status, seconds, _ = pushed(service, opening, b"a" * 65_536, LARGE)
    assert status in (0, 413)
    assert seconds <= AT_ONCE_S
    assert resident(service) - before <= MOST_GROWTH
    with service.connect() as connection:
        connection.sendall(opening + b"a" * 100)
        connection.shutdown(socket.SHUT_WR)
        assert read(connection).status == 413
    assert service.workers() == workers


def test_a_body_without_an_end_is_refused(service: Service) -> None:
    before, workers = resident(service), service.workers()
    opening = b"GET /kk/search HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    status, seconds, sent = pushed(service, opening, b"1000\r\n" + b"a" * 4096 + b"\r\n", 1_000_000_000)
    assert status in (0, 413)
    assert seconds <= AT_ONCE_S
    assert sent < LARGE
    assert resident(service) - before <= MOST_GROWTH
    with service.connect() as connection:
        connection.sendall(opening + b"1000\r\n" + b"a" * 4096 + b"\r\n")
        connection.shutdown(socket.SHUT_WR)
        assert read(connection).status == 413
    assert service.workers() == workers


def test_the_server_says_what_it_is_and_no_version(service: Service) -> None:
    assert service.get("/healthz").headers["server"] == "izde"


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "PATH_INFO"])
def test_no_header_of_a_client_chooses_the_path(service: Service, name: str) -> None:
    assert service.get("/healthz", f"{name}: /kk/help").body == b'{"status":"ok"}'
