"""Who a request comes from: only proxies that are trusted are believed."""

import random

import pytest

from search.errors import SettingsError
from web.clients import Clients, is_local, network

FORWARDED = "HTTP_X_FORWARDED_FOR"


def client(trusted: str, peer: str, forwarded: str | None = None) -> str:
    return Clients(trusted).client({"REMOTE_ADDR": peer} | ({FORWARDED: forwarded} if forwarded is not None else {}))


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "expected"),
    [
        ("127.0.0.1,::1", "198.51.100.7", None, "198.51.100.7"),
        ("127.0.0.1,::1", "127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1,::1", "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1,::1", "127.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1,::1", "198.51.100.7", "1.1.1.1", "198.51.100.7"),
        ("10.0.0.0/8", "10.1.2.3", "1.1.1.1, 203.0.113.9, 10.9.9.9", "203.0.113.9"),
        ("10.0.0.0/8", "10.1.2.3", "10.4.4.4, 10.9.9.9", "10.4.4.4"),
        ("2001:db8::/32", "2001:db8::1", "2a00::7", "2a00::7"),
        ("", "127.0.0.1", "1.1.1.1", "127.0.0.1"),
        ("0", "127.0.0.1", "1.1.1.1", "127.0.0.1"),
        ("1", "198.51.100.7", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        ("2", "198.51.100.7", "1.1.1.1, 203.0.113.9", "1.1.1.1"),
        ("2", "198.51.100.7", "203.0.113.9", "203.0.113.9"),
        ("2", "198.51.100.7", None, "198.51.100.7"),
        ("127.0.0.1", "127.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
        ("127.0.0.1", "127.0.0.1", "[2a00::7]:4711", "2a00::7"),
        ("127.0.0.1", "127.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "127.0.0.1", "unknown", ""),
        ("127.0.0.1", "127.0.0.1", "\x1b[31m, <b>", ""),
        ("127.0.0.1", "", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "", None, "127.0.0.1"),
    ],
)
def test_the_client(trusted: str, peer: str, forwarded: str | None, expected: str) -> None:
    assert client(trusted, peer, forwarded) == expected


def test_nobody_who_is_not_trusted_can_be_someone_else() -> None:
    """Whatever a client writes: without a trusted proxy it is its own address, with one that which the proxy saw."""
    chance, clients = random.Random(20261126), Clients("127.0.0.1,10.0.0.0/8")
    parts = [
        "1.1.1.1",
        "127.0.0.1",
        "10.0.0.1",
        "::1",
        "",
        " ",
        "x",
        "203.0.113.9:1",
        "[::1]",
        "\t",
        "unknown",
        "10.0.0.0/8",
    ]
    for _ in range(5000):
        forged = ",".join(chance.choices(parts, k=chance.randint(0, 60)))
        assert clients.client({"REMOTE_ADDR": "198.51.100.7", FORWARDED: forged}) == "198.51.100.7"
        through = {"REMOTE_ADDR": "10.0.0.9", FORWARDED: f"{forged}, 198.51.100.7, 10.0.0.1"}
        assert clients.client(through) == "198.51.100.7"


@pytest.mark.parametrize("wrong", ["localhost", "10.0.0.1/8", "127.0.0.1;::1", "-1", "*"])
def test_what_is_no_proxy(wrong: str) -> None:
    with pytest.raises(SettingsError, match="trusted_proxies"):
        Clients(wrong)


def test_who_is_counted_together() -> None:
    assert network("2001:db8:1:2:3::4") == network("2001:db8:1:2:ffff::") != network("2001:db8:1:3::4")
    assert network("203.0.113.9") == "203.0.113.9"
    assert network("") == ""
    assert is_local("127.0.0.9")
    assert is_local("::1")
    assert not is_local("10.0.0.1")
    assert not is_local("")
