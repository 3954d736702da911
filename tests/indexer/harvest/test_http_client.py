"""The polite client against servers that are slow, broken, huge or sly."""

import gzip
import socket
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from urllib.parse import quote

import pytest

from indexer.addresses import Hosts
from indexer.harvest.answers import Refused
from indexer.harvest.http import Client, Limits, Unreachable
from indexer.harvest.problems import OutOfTime
from indexer.harvest.robots import Manners
from tests.sites import Site

QUICK = Limits(connect_s=2, read_s=0.3, request_s=0.6)


def client(site: Site, *, hosts: tuple[str, ...] = (), delay_s: float = 0, seconds: float = 20) -> Client:
    return Client("Izde/1 (+x)", Hosts(site.address("/"), hosts), delay_s, time.monotonic() + seconds, limits=QUICK)


def slowly(pieces: list[bytes], pause_s: float) -> Callable[[BaseHTTPRequestHandler], None]:
    """Writes a raw answer piece by piece."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        for piece in pieces:
            handler.wfile.write(piece)
            time.sleep(pause_s)

    return answer


def test_it_says_who_it_is_and_takes_the_answer(site: Site) -> None:
    site.put("/a", "сәлем", "text/html; charset=UTF-8", ETag='"1"')
    with client(site) as one:
        answer = one.get(site.address("/a"), 100)
    assert (answer.status, answer.body.decode(), answer.charset, answer.kind) == (200, "сәлем", "utf-8", "text/html")
    assert {asked.headers["user-agent"] for asked in site.asked} == {"Izde/1 (+x)"}
    assert [asked.path for asked in site.asked] == ["/robots.txt", "/a"]


def test_it_asks_conditionally(site: Site) -> None:
    site.put("/a", "бір", ETag='"1"', Last_Modified="Fri, 20 Nov 2026 04:00:00 GMT")
    with client(site) as one:
        assert one.get(site.address("/a"), 100, etag='"1"', modified="Fri, 20 Nov 2026 04:00:00 GMT").status == 304
    assert site.asked[-1].headers["if-modified-since"] == "Fri, 20 Nov 2026 04:00:00 GMT"


def test_it_waits_between_requests(site: Site) -> None:
    for name in "abc":
        site.put(f"/{name}", name)
    with client(site, delay_s=0.15) as one:
        for name in "abc":
            one.get(site.address(f"/{name}"), 100)
    gaps = [after.moment - before.moment for before, after in pairwise(site.asked)]
    assert len(gaps) == 3
    assert min(gaps) >= 0.15


def test_it_heeds_the_delay_that_robots_ask_for(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\n", "text/plain")
    for name in "ab":
        site.put(f"/{name}", name)
    with client(site) as one:
        for name in "ab":
            one.get(site.address(f"/{name}"), 100)
    assert site.asked[2].moment - site.asked[1].moment >= 0.3


def test_robots_are_obeyed_and_read_once(site: Site) -> None:
    site.put("/robots.txt", "User-agent: Izde\nDisallow: /admin\n\nUser-agent: *\nDisallow: /", "text/plain")
    site.put("/a", "бір")
    with client(site) as one:
        assert one.get(site.address("/a"), 100).status == 200
        assert one.get(site.address("/a"), 100).status == 200
        with pytest.raises(Refused, match=r"robots\.txt"):
            one.get(site.address("/admin/x"), 100)
    assert [asked.path for asked in site.asked] == ["/robots.txt", "/a", "/a"]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_robots_that_are_not_there_allow_everything(site: Site, status: int) -> None:
    site.answers["/robots.txt"] = (status, {}, b"Disallow: /")
    site.put("/a", "бір")
    with client(site) as one:
        assert one.get(site.address("/a"), 100).status == 200


@pytest.mark.parametrize("status", [429, 500, 503])
def test_robots_that_cannot_be_read_allow_nothing_now(site: Site, status: int) -> None:
    site.answers["/robots.txt"] = (status, {}, b"")
    site.put("/a", "бір")
    with client(site) as one:
        for _ in range(2):
            with pytest.raises(Unreachable, match=rf"robots\.txt: answered {status}, 3 times"):
                one.get(site.address("/a"), 100)
    assert [asked.path for asked in site.asked] == ["/robots.txt"] * 3


def test_robots_without_end_allow_nothing(site: Site) -> None:
    site.put("/robots.txt", b"# x\n" * 1_000_000, "text/plain")
    site.put("/a", "бір")
    with client(site) as one, pytest.raises(Refused, match=r"robots\.txt"):
        one.get(site.address("/a"), 100)


def test_it_follows_to_addresses_in_any_script(site: Site) -> None:
    site.answers["/a"] = (302, {"Location": "/жаңалық".encode().decode("latin-1")}, b"")
    site.put(quote("/жаңалық"), "бар")
    with client(site) as one:
        assert one.get(site.address("/a"), 100).address == site.address(quote("/жаңалық"))


def test_it_tries_again_when_a_server_fails_and_waits_longer_each_time(site: Site) -> None:
    answers = iter([(500, {}, b""), (502, {}, b""), (200, {}, b"ok")])
    site.answers["/a"] = lambda _: next(answers)
    with client(site, delay_s=0.05) as one:
        assert one.get(site.address("/a"), 100).body == b"ok"
    first, second, third = (asked.moment for asked in site.asked if asked.path == "/a")
    assert second - first >= 0.1
    assert third - second >= 0.2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_it_does_not_insist_on_what_is_refused(site: Site, status: int) -> None:
    site.answers["/a"] = (status, {}, b"body that nobody wants")
    with client(site) as one:
        answer = one.get(site.address("/a"), 100)
    assert (answer.status, answer.body) == (status, b"")
    assert site.paths() == ["/a"]


def test_it_comes_back_when_it_was_told_to(site: Site) -> None:
    answers = iter([(429, {"Retry-After": "1"}, b""), (200, {}, b"ok")])
    site.answers["/a"] = lambda _: next(answers)
    with client(site) as one:
        assert one.get(site.address("/a"), 100).body == b"ok"
    assert site.asked[-1].moment - site.asked[-2].moment >= 1


def test_it_leaves_a_server_alone_that_asks_for_a_long_pause(site: Site) -> None:
    site.answers["/a"] = (503, {"Retry-After": "7200"}, b"")
    began = time.monotonic()
    with client(site) as one, pytest.raises(Unreachable, match="left alone for 7200 s"):
        one.get(site.address("/a"), 100)
    assert time.monotonic() - began < 20
    assert site.paths() == ["/a"]


def test_it_follows_five_redirects(site: Site) -> None:
    for number in range(6):
        site.answers[f"/{number}"] = (302, {"Location": f"/{number + 1}"}, b"")
    site.put("/5", "бар")
    with client(site) as one:
        answer = one.get(site.address("/0"), 100)
        assert (answer.address, answer.body.decode()) == (site.address("/5"), "бар")
        site.answers["/5"] = (302, {"Location": "/6"}, b"")
        site.put("/6", "тым алыс")
        with pytest.raises(Refused, match="more than 5 times"):
            one.get(site.address("/0"), 100)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/", "https://", "gopher://x", ""])
def test_it_follows_to_pages_of_the_web_only(site: Site, location: str) -> None:
    site.answers["/a"] = (302, {"Location": location}, b"")
    with client(site) as one, pytest.raises(Refused, match="no address"):
        one.get(site.address("/a"), 100)


def test_nothing_is_asked_of_another_host(site: Site, other_site: Site) -> None:
    other_site.put("/secret", "құпия")
    site.answers["/same-name"] = (302, {"Location": other_site.address("/secret")}, b"")
    site.answers["/other-name"] = (301, {"Location": other_site.address("/secret", "localhost")}, b"")
    site.answers["/robots.txt"] = (302, {"Location": other_site.address("/secret")}, b"")
    with client(site) as one:
        for path in ("/same-name", "/other-name"):
            with pytest.raises(Refused, match="is no host of this input"):
                one.get(site.address(path), 100)
        with pytest.raises(Refused, match="is no host of this input"):
            one.get(other_site.address("/secret"), 100)
    assert other_site.asked == []


def test_hosts_that_the_input_names_may_be_asked(site: Site, other_site: Site) -> None:
    other_site.put("/b", "бар")
    site.answers["/a"] = (301, {"Location": other_site.address("/b", "localhost")}, b"")
    with client(site, hosts=(f"localhost:{other_site.port}",)) as one:
        assert one.get(site.address("/a"), 100).body.decode() == "бар"
    assert [asked.path for asked in other_site.asked] == ["/robots.txt", "/b"]


def test_a_huge_body_is_not_taken(site: Site) -> None:
    site.put("/a", b"x" * 3_000_000)
    with client(site) as one, pytest.raises(Refused, match="larger than 1,000 bytes"):
        one.get(site.address("/a"), 1000)


def test_a_packed_body_is_unpacked_up_to_the_limit(site: Site) -> None:
    site.put("/a", gzip.compress("сәлем".encode()), Content_Encoding="gzip")
    site.put("/bomb", gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip")
    site.put("/cut", gzip.compress(b"0" * 50_000)[:-9], Content_Encoding="gzip")
    with client(site) as one:
        assert one.get(site.address("/a"), 1000).body.decode() == "сәлем"
        with pytest.raises(Refused, match="when it is unpacked"):
            one.get(site.address("/bomb"), 100_000)
        with pytest.raises(Unreachable, match="damaged"):
            one.get(site.address("/cut"), 100_000)


def test_a_packing_that_was_not_asked_for(site: Site) -> None:
    site.put("/a", b"\x0b\x02\x80", Content_Encoding="br")
    with client(site) as one, pytest.raises(Refused, match="'br', which was not asked for"):
        one.get(site.address("/a"), 1000)


def test_what_is_known_of_a_host_is_shared(site: Site) -> None:
    manners = Manners()
    for path in ("/a", "/b"):
        site.put(path, path)
        ends = time.monotonic() + 20
        with Client("x", Hosts(site.address("/")), 0.2, ends, manners, QUICK) as one:
            one.get(site.address(path), 100)
    assert [asked.path for asked in site.asked] == ["/robots.txt", "/a", "/b"]
    assert site.asked[2].moment - site.asked[1].moment >= 0.2


HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "pieces",
    [
        [HEAD, *[b"X-%d: a\r\n" % number for number in range(100)]],
        [HEAD + b"Content-Length: 100\r\n\r\n", *[b"x"] * 100],
        [HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[b"1\r\nx\r\n"] * 100],
        [HEAD + b"\r\n", *[b"x"] * 100],
    ],
    ids=["headers", "body", "chunks", "body-without-length"],
)
def test_a_slow_drip_is_cut(site: Site, pieces: list[bytes]) -> None:
    site.answers["/a"] = slowly(pieces, 0.05)
    began = time.monotonic()
    with client(site) as one, pytest.raises(Unreachable, match=r"/a: .+, 3 times"):
        one.get(site.address("/a"), 1000)
    assert time.monotonic() - began < 3 * QUICK.request_s + 1.5


def test_a_body_that_ends_too_early_is_not_taken_for_whole(site: Site) -> None:
    for number, head in enumerate((b"Content-Length: 100\r\n\r\nx", b"Transfer-Encoding: chunked\r\n\r\n9\r\nx")):
        site.answers[f"/{number}"] = slowly([HEAD + head], 0)
        with client(site) as one, pytest.raises(Unreachable):
            one.get(site.address(f"/{number}"), 1000)


def test_a_server_that_does_not_answer(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with (
            Client("x", Hosts(address), 0, time.monotonic() + 20, limits=QUICK) as one,
            pytest.raises(Unreachable, match="timed out"),
        ):
            one.get(address, 100)
    with (
        Client("x", Hosts(address), 0, time.monotonic() + 20, limits=QUICK) as one,
        pytest.raises(Unreachable, match="Connection refused, 3 times"),
    ):
        one.get(address, 100)


def test_the_time_for_all_is_kept(site: Site) -> None:
    site.put("/a", "бір")
    began = time.monotonic()
    with client(site, delay_s=0.2, seconds=0.7) as one:

        def ask_on() -> None:
            for _ in range(100):
                one.get(site.address("/a"), 100)

        with pytest.raises(OutOfTime):
            ask_on()
    assert 1 <= len(site.paths()) <= 4
    assert time.monotonic() - began < 10
