"""Addresses in one form, and the hosts that an input may ask."""

import pytest

from indexer.addresses import Hosts, normal


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("HTTP://Gazet.KZ", "http://gazet.kz/"),
        ("https://gazet.kz:443/a#b", "https://gazet.kz/a"),
        ("https://gazet.kz:8443/a?x=1&y=%20", "https://gazet.kz:8443/a?x=1&y=%20"),
        ("https://газет.қаз/жол", "https://xn--80afhh0d.xn--80ao21a/%D0%B6%D0%BE%D0%BB"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("https://gazet.kz/a b", "https://gazet.kz/a%20b"),
        ("//gazet.kz/a", ""),
        ("javascript:alert(1)", ""),
        ("https:///a", ""),
        ("https://a@gazet.kz/", ""),
        ("https://gazet.kz:99999/", ""),
        ("https://gazet.kz/" + "a" * 3000, ""),
        ("https://" + "a" * 300 + ".kz/", ""),
    ],
)
def test_addresses_in_one_form(address, found):
    assert normal(address) == found
    assert normal(found) == found


def test_addresses_that_are_relative():
    assert normal("../b?c", "https://gazet.kz/x/y/z") == "https://gazet.kz/x/b?c"
    assert normal("//other.kz/b", "https://gazet.kz/") == "https://other.kz/b"
    assert normal("", "https://gazet.kz/") == ""


def test_hosts_of_an_input():
    hosts = Hosts("https://gazet.kz:8443/feed", ["www.gazet.kz", "img.gazet.kz:8080"])
    for good in ("https://gazet.kz:8443/a", "http://gazet.kz/", "https://www.gazet.kz/", "http://img.gazet.kz:8080/"):
        assert good in hosts
    for bad in ("https://gazet.kz:22/", "https://evil.kz/", "https://gazet.kz.evil.kz/", "https://www.gazet.kz:8443/"):
        assert bad not in hosts
