"""The cache: what was used last stays, within the bytes that it may take, from however many threads."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from small_segments import SURFACES, Made, opened, seeded

from search.deadline import Deadline
from search.engines.base import Request
from search.engines.whoosh import WhooshEngine
from search.engines.whoosh.cache import MemoryCache
from search.query.nodes import Term, Words

OVERHEAD = 500
"""What an entry costs besides what it says."""


def test_what_was_used_last_stays() -> None:
    cache: MemoryCache[str] = MemoryCache(4 * OVERHEAD)
    for name in "абвг":
        cache.put(name, name * 2)
    assert cache.get("а") == "аа"
    cache.put("д", "дд")
    assert [cache.get(name) for name in "абвгд"] == ["аа", None, "вв", "гг", "дд"]
    assert cache.size == 4 * OVERHEAD


def test_a_value_may_be_nothing_much() -> None:
    cache: MemoryCache[float] = MemoryCache(10_000)
    cache.put(("жұп", 1), 0.0)
    assert cache.get(("жұп", 1)) == 0.0
    assert cache.get(("жұп", 2)) is None


def test_what_is_there_is_not_counted_twice() -> None:
    cache: MemoryCache[str] = MemoryCache(10_000)
    cache.put("а", "бірінші", 100)
    cache.put("а", "екінші", 700)
    assert cache.get("а") == "бірінші"
    assert cache.size == 100 + OVERHEAD


@pytest.mark.parametrize("limit", [0, 100, 1999])
def test_a_cache_without_room_keeps_nothing(limit: int) -> None:
    cache: MemoryCache[str] = MemoryCache(limit)
    cache.put("а", "а")
    assert (cache.get("а"), cache.size) == (None, 0)


def test_nothing_takes_more_than_a_quarter() -> None:
    cache: MemoryCache[str] = MemoryCache(8000)
    cache.put("ірі", "", 2001 - OVERHEAD)
    assert cache.get("ірі") is None
    cache.put("ірі", "", 2000 - OVERHEAD)
    assert cache.get("ірі") == ""
    cache.put("тағы", "", 2000 - OVERHEAD)
    assert cache.size == 4000


def test_clear_lets_go_of_everything() -> None:
    cache: MemoryCache[str] = MemoryCache(10_000)
    cache.put("а", "а", 300)
    cache.clear()
    assert (cache.get("а"), cache.size) == (None, 0)
    cache.put("а", "б")
    assert (cache.get("а"), cache.size) == ("б", OVERHEAD)


def test_the_limit_holds_from_several_threads() -> None:
    limit = 20_000
    cache: MemoryCache[tuple[int, int]] = MemoryCache(limit)
    source = seeded(1)
    asked = [[(source.randint(0, 60), 40 * source.randint(0, 60)) for _ in range(4000)] for _ in range(8)]

    def work(mine: list[tuple[int, int]]) -> int:
        found = 0
        for key, size in mine:
            held = cache.get(key)
            found += held is not None
            assert held is None or held[0] == key
            cache.put(key, (key, size), size)
            assert 0 <= cache.size <= limit
        return found

    with ThreadPoolExecutor(8) as pool:
        found = sum(pool.map(work, asked))
    assert 0 < found < 8 * 4000
    kept = [one for key in range(61) if (one := cache.get(key)) is not None]
    assert cache.size == sum(size + OVERHEAD for _, size in kept) > limit // 2


def test_what_an_engine_remembers_stays_within_its_limit(tmp_path: Path) -> None:
    made = Made([[]] * 200, [[SURFACES[number % 16], SURFACES[11], SURFACES[number % 7]] for number in range(200)])
    words = [Term("", stems or ("жоқ",), (exact,), key=key) for exact, key, stems in SURFACES]
    with opened(tmp_path, made):
        engine = WhooshEngine(tmp_path, cache_bytes=120_000)
    caches = engine._caches
    try:
        for one in (*words, *words):
            pair = (one, words[11])
            engine.search(Words(pair, pair), Request(), Deadline.never())
            assert 0 < caches.postings.size <= 90_000
            assert 0 < caches.words.size <= 15_000
            assert 0 < caches.pairs.size <= 15_000
    finally:
        engine.close()
    assert caches.postings.size == caches.words.size == caches.pairs.size == 0
