"""The files of `deploy/`: a real nginx with our configuration before a real gunicorn, where there is an nginx."""

import itertools
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.indexes import publish
from tests.service import ROOT, Answer, Service, read, serving

SCALE = int(os.environ.get("SCALE", "1"))
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
pytestmark = pytest.mark.skipif(not (NGINX and shutil.which("openssl")), reason="no nginx or no openssl here")
MAIN = """
daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    types {{ }} default_type text/html;
    include {folder}/izde.conf;
}}
"""


class Proxy:
    """nginx with the configuration that is shipped, before a service; `log` is what it writes of requests."""

    def __init__(self, port: int, plain: int, service: Service, log: Path) -> None:
        self.port, self.plain, self.service, self.log = port, plain, service, log

    def connect(self) -> ssl.SSLSocket:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), 20))

    def send(self, data: bytes) -> Answer:
        with self.connect() as connection:
            connection.sendall(data)
            return read(connection)

    def get(self, path: str, *headers: str, method: str = "GET") -> Answer:
        lines = [f"{method} {path} HTTP/1.1", "Host: izde.example", "Connection: close", *headers, "", ""]
        return self.send("\r\n".join(lines).encode())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("nginx")
    publish(folder / "index")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=izde.example",
         "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"], check=True, capture_output=True,
    )  # fmt: skip
    log = folder / "access.jsonl"
    settings = {"site_url": "https://izde.example", "hosts": "izde.example", "access_log": log}
    with serving(folder, folder / "index", **settings, access_log_client="full", rate_limit="1000/minute") as service:
        port, plain = free_port(), free_port()
        text = (ROOT / "deploy/nginx.conf").read_text()
        for old, new in (("/etc/ssl/izde", str(folder)), ("127.0.0.1:8000", f"127.0.0.1:{service.port}"),
                         ("listen 443", f"listen 127.0.0.1:{port}"), ("listen 80", f"listen 127.0.0.1:{plain}"),
                         ("/var/log/nginx/izde.log", f"{folder}/nginx.log")):  # fmt: skip
            assert old in text
            text = text.replace(old, new)
        text = re.sub(r"listen \[::\].*\n", "", text).replace("rate=10r/s", "rate=1000r/s")
        (folder / "izde.conf").write_text(text)
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder))
        command = [NGINX or "", "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        assert "warn" not in checked.stderr
        running = subprocess.Popen(command)
        try:
            for _ in range(100):
                with socket.socket() as one:
                    if one.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield Proxy(port, plain, service, log)
        finally:
            running.terminate()
            running.wait(20)


def test_pages_data_and_files_come_through(proxy: Proxy) -> None:
    kinds = {"/kk/": "text/html", "/api/v1/search?q=a": "application/json", "/izde.css": "text/css",
             "/api/v1/search.csv": "text/csv", "/healthz": "application/json"}  # fmt: skip
    for path, kind in kinds.items():
        answer = proxy.get(path)
        assert answer.status == 200, (path, answer.raw)
        assert answer.headers["content-type"].startswith(kind)
        assert answer.raw.lower().count(b"strict-transport-security:") == 1
        assert answer.headers["server"] == "nginx"
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert proxy.get("/readyz").status == 404
    for path in ("/kk/", "/izde.css", "/static/izde.js", "/static/icon.svg", "/api/v1/search?q=a", "/kk/feed.atom"):
        packed = proxy.get(path, "Accept-Encoding: gzip")
        assert packed.headers["content-encoding"] == "gzip", path
        assert b"\r\nVary: Accept-Encoding\r\n" in packed.raw
    assert "max-age=2592000" in proxy.get("/izde.css").headers["cache-control"]
    tag = proxy.get("/kk/").headers["etag"]
    assert proxy.get("/kk/", f"If-None-Match: {tag}").status == 304
    assert proxy.get("/kk/none").status == 404


def test_plain_http_leads_to_https(proxy: Proxy) -> None:
    with socket.create_connection(("127.0.0.1", proxy.plain)) as connection:
        connection.sendall(b"GET /kk/?q=a HTTP/1.0\r\nHost: izde.example\r\n\r\n")
        answer = read(connection)
    assert (answer.status, answer.headers["location"]) == (301, "https://izde.example/kk/?q=a")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "CONNECT", "PROPFIND"])
def test_other_verbs_end_here(proxy: Proxy, method: str) -> None:
    assert proxy.get("/kk/", method=method).status in (400, 405)


def test_a_browser_that_asks_first_is_answered(proxy: Proxy) -> None:
    asked = ("Origin: https://a.example", "Access-Control-Request-Method: GET")
    assert proxy.get("/api/v1/search", *asked, method="OPTIONS").status == 204


def test_what_a_client_says_of_itself_is_replaced(proxy: Proxy) -> None:
    answer = proxy.get(
        "/kk/none", "X-Forwarded-For: 203.0.113.9", "X-Request-Id: 0123456789abcdef", "X-Forwarded-Proto: http"
    )
    given = answer.headers["x-request-id"]
    assert re.fullmatch(r"[0-9a-f]{32}", given)
    for _ in range(100):
        lines = [json.loads(line) for line in proxy.log.read_text().splitlines()]
        if found := [line for line in lines if line["request_id"] == given]:
            break
        time.sleep(0.05)
    assert [line["client"] for line in found] == ["127.0.0.1"]
    assert "203.0.113.9" not in proxy.log.read_text()


def test_what_is_too_large_is_refused(proxy: Proxy) -> None:
    assert proxy.get("/kk/search?q=" + "a" * 8_200).status == 414
    assert proxy.get("/kk/", *(f"X-{number}: {'a' * 60}" for number in range(500))).status == 400
    assert proxy.get("/kk/", "Content-Length: 10485760").status == 413
    assert proxy.get("/kk/search?q=" + "a" * 7000).status in (200, 400)


@pytest.mark.parametrize("size", [65_536, 1_000_000])
def test_what_is_far_too_large_is_not_even_read(proxy: Proxy, size: int) -> None:
    """The proxy answers and closes while the client still writes, which may cost the client the answer."""
    before = proxy.log.read_text().count("\n")
    for lines in ((f"GET /kk/search?q={'a' * size} HTTP/1.1",), ("GET /kk/ HTTP/1.1", f"X-Long: {'a' * size}")):
        with proxy.connect() as connection:
            try:
                connection.sendall("\r\n".join([*lines, "Host: izde.example", "", ""]).encode())
                raw = read(connection).raw
            except OSError:
                raw = b""
        assert not raw or raw.split()[1] in (b"400", b"414"), raw
    assert proxy.get("/healthz").status == 200
    said = [json.loads(line)["path"] for line in proxy.log.read_text().splitlines()[before:]]
    assert set(said) <= {"/healthz"}


SMUGGLED = b"GET /izde.css HTTP/1.1\r\nHost: izde.example\r\nX-Smuggled: 1\r\n\r\n"


def vectors() -> Iterator[bytes]:
    """Requests of which two servers could see different ends (CL.TE, TE.CL, TE.TE, and what else is ambiguous)."""
    chunked = b"0\r\n\r\n" + SMUGGLED
    name, value = b"Transfer-Encoding", b"chunked"
    codings = (
        b"%s: %s", b"%s : %s", b"%s: x%s", b"%s:\t%s", b"%s: %s\r\nTransfer-Encoding: x", b"%s: identity, %s",
        b" %s: %s",
        b"X: x\n%s: %s", b"%s: \x0b%s", b"%s\r\n: %s", b"%s: %s\x00", b'%s: "%s"',
        b"X: y\r\n\t%s: %s", b"%s: %s;a=b",
    )  # fmt: skip
    different = (b"Transfer_Encoding: chunked", b"Transfer-Encoding: chunKed", b"transfer-encoding: CHUNKED")
    for coding in (*(coding % (name, value) for coding in codings), *different):
        for length in (
            str(len(chunked)).encode(),
            b"5",
            b"0",
            b"+5",
            b"5\r\nContent-Length: 6",
            b"5, 6",
            b"0x5",
            b"5 ",
            b"\xd9\xa5",
        ):
            head = b"GET /kk/ HTTP/1.1\r\nHost: izde.example\r\nContent-Length: %s\r\n%s\r\n\r\n" % (length, coding)
            yield head + chunked
            yield head + b"1;a=\r\nx\r\n0\r\n\r\n" + SMUGGLED


def test_no_request_is_smuggled_past_the_proxy(proxy: Proxy) -> None:
    """What the service saw are the requests that the proxy passed on, one for one, each answered in its place."""
    many = 0
    for vector in itertools.islice(vectors(), 0, None, 1 if SCALE >= 20 else 3):
        many += 1
        with proxy.connect() as connection:
            connection.sendall(vector + b"GET /kk/none HTTP/1.1\r\nHost: izde.example\r\nConnection: close\r\n\r\n")
            raw = read(connection).raw
        # Whatever nginx took for a request of its own has an answer of its own; ids are given by nginx, one each.
        answered = re.findall(rb"\r\nX-Request-Id: ([0-9a-f]{32})\r\n", raw)
        assert len(answered) == len(set(answered)), vector
        seen = raw.count(b"HTTP/1.1 ")
        assert seen <= 3, (vector, raw)
    time.sleep(0.3)
    logged = [json.loads(line) for line in proxy.log.read_text().splitlines()]
    passed = (proxy.log.parent / "nginx.log").read_text().splitlines()
    forwarded = {json.loads(line)["request_id"] for line in passed}
    strangers = [line for line in logged if line["request_id"] not in forwarded and line["path"] != "/healthz"]
    assert many > 90
    assert strangers == [], "the service saw requests that the proxy did not send"
    assert proxy.get("/healthz").status == 200


def times(proxy: Proxy, count: int) -> list[float]:
    """Milliseconds that a page takes through the proxy, from the shortest on."""
    found = []
    for _ in range(count):
        began = time.perf_counter()
        assert proxy.get("/kk/").status == 200
        found.append((time.perf_counter() - began) * 1000)
    return sorted(found)


def drip(proxy: Proxy, slow: list[ssl.SSLSocket], over: threading.Event) -> None:
    """A byte a second of a request that never ends from every client; one that is put out comes back."""
    while not over.wait(1):
        for place, connection in enumerate(slow):
            try:
                connection.sendall(b"x")
            except OSError:
                connection.close()
                slow[place] = proxy.connect()
                slow[place].sendall(b"GET /kk/ HTTP/1.1\r\nHost: izde.example\r\nX-Slow: ")


def test_slow_clients_hold_nobody_up(proxy: Proxy) -> None:
    """Two hundred clients that never end their request, through the proxy: others are answered as ever."""
    quiet = times(proxy, 20 * SCALE)
    slow = [proxy.connect() for _ in range(200)]
    over = threading.Event()
    dripping = threading.Thread(target=drip, args=(proxy, slow, over))
    try:
        for connection in slow:
            connection.sendall(b"GET /kk/ HTTP/1.1\r\nHost: izde.example\r\nX-Slow: ")
        dripping.start()
        held = times(proxy, 20 * SCALE)
    finally:
        over.set()
        dripping.join()
        for connection in slow:
            connection.close()
    for name, found in (("quiet", quiet), ("200 slow clients", held)):
        print(f"{name}: {found[len(found) // 2]:.1f} ms, of 100 one over {found[len(found) * 99 // 100]:.1f}")  # noqa: T201
    assert held[len(held) // 2] < 1000, "a wide ceiling: a client that waits for others waits for seconds"
