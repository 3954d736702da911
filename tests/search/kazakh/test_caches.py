import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from itertools import product

from search import kazakh
from search.kazakh import Analyzer
from search.kazakh.caches import Cache

MOST_BYTES = 12_000_000
"""A wide ceiling for a half of the words that may be remembered: of all of them at most 16 MB is meant."""


def words(number: int) -> list[str]:
    """Different Kazakh words, so many."""
    first, second = "бас тау қол көл жол сөз".split(), "лық шы сыз дас ты дай ма ба ге".split()
    ends = "лар ы ның ға да дан мен ымыз ыңыз дағы ға дейін".split()
    endless = ("".join(letters) for letters in product("абдеклмнрст", repeat=4))
    return [
        a + middle + b + c
        for middle, (a, b, c), _ in zip(
            endless, list(product(first, second, ends)) * number, range(number), strict=False
        )
    ]


def test_a_value_is_remembered_apart_for_each_kind():
    cache: Cache[str, int] = Cache(10)
    cache.put("ru", "сөз", 1)
    assert cache.get("ru", "сөз") == 1
    assert cache.get("en", "сөз") is None
    assert cache.young("ru") == {"сөз": 1}
    assert cache.young("en") == {}


def test_the_bound_holds_for_all_kinds_together():
    cache: Cache[int, int] = Cache(100)
    for number in range(1000):
        cache.put(number % 4, f"сөз{number}", number)
        assert len(cache) <= 100
    assert len(cache) > 40
    assert cache.get(999 % 4, "сөз999") == 999


def test_what_is_asked_for_stays():
    cache: Cache[str, int] = Cache(100)
    cache.put("", "жиі", 1)
    for number in range(1000):
        cache.put("", f"сөз{number}", number)
        assert cache.get("", "жиі") == 1
    assert cache.get("", "сөз5") is None


def test_half_is_left_when_it_is_full():
    cache: Cache[str, int] = Cache(100)
    for number in range(51):  # the first generation is full
        cache.put("", f"сөз{number}", number)
    assert [cache.get("", f"сөз{number}") for number in range(51)] == list(range(51))


def test_threads_share_a_cache():
    cache: Cache[str, str] = Cache(64)

    def work(number: int) -> bool:
        word = f"сөз{number % 200}"
        cache.put("", word, word)
        return cache.get("", word) in (word, None)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(5000)))
    assert len(cache) <= 64 + 8  # each thread may be about to add one


def test_an_analyzer_remembers_no_more_than_it_may(monkeypatch):
    monkeypatch.setattr(kazakh, "_MAX_COLUMNS", 300)
    monkeypatch.setattr(kazakh, "_MAX_READINGS", 100)
    analyzer = Analyzer()
    for lang in ("kk", "ru", "en", None):
        analyzer.terms(" ".join(words(1000)), lang)
        analyzer.analyze(" ".join(words(300)), lang)
    assert 200 < analyzer.remembered <= 400
    assert len(analyzer._stems) <= 10_000


def test_the_words_of_an_analyzer_take_little_memory():
    analyzer = Analyzer()
    analyzer.terms("мектеп school школа 1 VIII", "ru")
    text = " ".join(words(7_000))
    tracemalloc.start()
    try:
        for lang in ("kk", "ru", "en"):
            analyzer.terms(text, lang)
        analyzer.analyze(text[:10_000])
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert analyzer.remembered > 14_000
    assert held < MOST_BYTES
