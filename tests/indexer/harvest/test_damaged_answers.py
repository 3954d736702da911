"""Answers that were damaged at random: read as far as they go, or refused in our own words, never anything else."""

import os
import random

import pytest

from indexer.harvest.answers import Answer
from indexer.harvest.feed import _items
from indexer.harvest.problems import Problem
from indexer.harvest.sitemap import Unreadable, entries
from indexer.harvest.wordpress import _posts, _record
from tests.indexer.harvest.test_feed_inputs import ATOM, item, rss
from tests.indexer.harvest.test_wordpress_inputs import post

SEED = int(os.environ.get("SEED", "0")) or random.randrange(1 << 30)
SCALE = int(os.environ.get("SCALE", "1"))
PIECES = [*rb"""< > & ]]> <![CDATA[ <!-- <url> <item> <id/> &#xD800; null { [ " """.split(), b"\0", b"\xff"]


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some taken out, doubled or put in."""
    for _ in range(chance.randint(1, 4)):
        start, length = chance.randrange(len(data) + 1), chance.choice((0, 1, 3, 40))
        piece = chance.choice((b"", data[start : start + length] * 2, chance.choice(PIECES)))
        data = data[:start] + piece + data[start + length :]
    return data


def test_sitemaps() -> None:
    chance = random.Random(SEED)
    rows = "".join(f"<url><loc>http://h/{n}</loc><lastmod>2026-11-20</lastmod></url>" for n in range(5))
    whole = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode()
    refused = 0
    for _ in range(1000 * SCALE):
        data = damaged(whole, chance)
        try:
            assert len(list(entries(data))) <= 10, f"{SEED=}"
        except Unreadable:
            refused += 1
        except Exception as error:
            pytest.fail(f"{SEED=} {data!r}: {error!r}")
    assert 0 < refused < 1000 * SCALE


@pytest.mark.parametrize("text", [rss(item(1, "Бірінші"), item(2, "Екінші")), ATOM], ids=["rss", "atom"])
def test_feeds(text: str) -> None:
    chance = random.Random(SEED)
    found = 0
    for _ in range(150 * SCALE):
        data = damaged(text.encode(), chance)
        try:
            items = _items(Answer("http://h/feed", 200, {}, data))
        except Problem:
            continue
        except Exception as error:
            pytest.fail(f"{SEED=} {data!r}: {error!r}")
        found += len(items)
        assert all(isinstance(value, str) for one in items for value in one.values()), f"{SEED=} {items}"
    assert found


def test_posts() -> None:
    chance = random.Random(SEED)
    whole = repr([post(1, "2026-11-20T09:00:00")]).replace("'", '"').encode()
    strange: list[object] = [
        None,
        5,
        [],
        {},
        [[]],
        [{}],
        "x",
        {"rendered": 5},
        [None],
        {"author": 5, "wp:term": [5, [5]]},
    ]
    for _ in range(500 * SCALE):
        data = damaged(whole, chance)
        try:
            records = list(map(_record, _posts(Answer("http://h/posts", 200, {}, data))))
        except Problem:
            continue
        assert len(records) <= 2, f"{SEED=}"
    for value in strange:
        for key in post(1, ""):
            _record({**post(1, ""), key: value})
