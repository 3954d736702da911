"""Stored articles: what goes in comes out, smaller, and nothing damaged does."""

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.stored import DICTIONARY, SAMPLE, Stored, StoredWriter, dictionary
from search.errors import IndexCorrupt

WORDS = (
    "ауданда жаңа мектеп ашылды көктемгі тасқын суы бөгетке жетті әкім халыққа есеп берді егін орағы басталды".split()
)


def news(count: int, seed: int = 3) -> list[bytes]:
    """Articles of words in random order, as JSON."""
    chance = random.Random(seed)
    made = [" ".join(chance.choices(WORDS, k=150)) for _ in range(count)]
    return [f'{{"id":"{number}","title":"Жаңалық","body":"{body}"}}'.encode() for number, body in enumerate(made)]


def write(folder: Path, articles: list[bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    writer = StoredWriter(folder)
    for first in range(0, len(articles), 7):
        writer.add(articles[first : first + 7])
    writer.finish()
    return folder


def read(folder: Path, count: int) -> list[bytes]:
    stored = Stored(folder)
    try:
        return [stored.article(number) for number in range(count)]
    finally:
        stored.close()


@pytest.mark.parametrize("count", [0, 1, 40])
def test_a_small_archive_comes_back(tmp_path: Path, count: int) -> None:
    articles = news(count)
    assert read(write(tmp_path, articles), count) == articles


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[bytes]]:
    """More articles than the dictionary is made of."""
    articles = news(2 * SAMPLE // len(news(1)[0]))
    return write(tmp_path_factory.mktemp("large"), articles), articles


def test_several_come_at_once_in_any_order(large: tuple[Path, list[bytes]]) -> None:
    folder, articles = large
    stored = Stored(folder)
    last = len(articles) - 1
    for numbers in ([], [0], [last, 0, 7, 7, 3], list(range(last, -1, -5))):
        assert stored.articles(numbers) == [articles[number] for number in numbers]
    with pytest.raises(IndexCorrupt):
        stored.articles([0, last + 1])
    stored.close()


def test_a_large_archive_comes_back_and_is_small(large: tuple[Path, list[bytes]]) -> None:
    folder, articles = large
    assert read(folder, len(articles)) == articles
    assert (folder / "articles.izde").stat().st_size < 0.25 * sum(map(len, articles))


def test_threads_may_read_at_once(large: tuple[Path, list[bytes]]) -> None:
    folder, articles = large
    stored = Stored(folder)
    numbers = [number for at in range(8) for number in range(at, len(articles), 8)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(stored.article, numbers)) == [articles[number] for number in numbers]
    stored.close()


def test_the_same_articles_give_the_same_bytes(large: tuple[Path, list[bytes]], tmp_path: Path) -> None:
    folder, articles = large
    again = write(tmp_path / "again", articles)
    assert (again / "articles.izde").read_bytes() == (folder / "articles.izde").read_bytes()


@given(st.lists(st.binary(max_size=200), max_size=12))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, articles: list[bytes]) -> None:
    assert read(write(tmp_path_factory.mktemp("any"), articles), len(articles)) == articles


def test_the_dictionary_has_what_is_common_and_fits() -> None:
    made = dictionary([b"%s %d" % (article, number) for number, article in enumerate(news(300))])
    assert 0 < len(made) <= DICTIONARY
    assert all(word.encode() in made for word in WORDS)
    assert dictionary([]) == dictionary(news(1)) == b""


def test_a_number_without_an_article(tmp_path: Path) -> None:
    stored = Stored(write(tmp_path, news(3)))
    for number in (-1, 3, 1 << 40):
        with pytest.raises(IndexCorrupt):
            stored.article(number)
    stored.close()


def test_what_is_damaged_does_not_come_out(large: tuple[Path, list[bytes]], tmp_path: Path) -> None:
    folder, articles = large
    whole = (folder / "articles.izde").read_bytes()
    chance = random.Random(5)
    refused = 0
    for _ in range(20):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        (tmp_path / "articles.izde").write_bytes(damaged)
        try:
            assert read(tmp_path, len(articles)) == articles
        except IndexCorrupt:
            refused += 1
    assert refused >= 18, "only zeros between arrays are not covered by an article"
