"""Archives at the edges: one article, one of the greatest size, none that has a word."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from search.model import Article, Query
from search.service import SearchService
from tests.runs import archive, izde, settings

LIMIT = 2_000_000
"""The default of `article_bytes`."""

WORDS = ("қала", "мектеп", "жаңбыр", "көпір", "наурыз", "тасқын", "жеміс", "аспан", "өзен", "дала")
ENDINGS = ("", "лар", "да", "дан", "ға", "ның", "мен", "дағы", "лары", "сыз")


@contextmanager
def served(folder: Path, *articles: Article) -> Iterator[SearchService]:
    """The service over these articles, as the command indexed them."""
    done = izde("reindex", archive(folder / "archive", articles), "--index", folder / "index", "-q")
    assert (done.code, done.err) == (0, "")
    service = SearchService(settings(folder))
    try:
        yield service
    finally:
        service.close()


def body_of(size: int, last: str) -> str:
    """A text of so many bytes in paragraphs of invented words, of which the last one stands only there."""
    lines, length = [], 0
    number = 0
    end = f"\n\nСоңында {last} айтылды."
    while length < size:
        line = " ".join(f"{WORDS[(number + at) % 10]}{ENDINGS[(number * 7 + at * 3) % 10]}" for at in range(20)) + "."
        lines.append(line)
        length += len(line.encode()) + 2
        number += 1
    text = "\n\n".join(lines).encode()[: size - len(end.encode())].decode(errors="ignore")
    return text + "." * (size - len(text.encode()) - len(end.encode())) + end


def test_an_archive_of_one_article_is_searched_and_suggested_from(tmp_path: Path) -> None:
    with served(tmp_path, Article("жалғыз", "Көкжарда көпір салынды", "Көпір екі ауылды қосты.")) as service:
        page = service.search(Query("көпірлер"))
        assert [hit.article.id for hit in page.hits] == ["жалғыз"]
        assert page.hits[0].snippets[0].text == "Көпір екі ауылды қосты."
        assert service.search(Query("көпир")).total == 1, "a slip is corrected by the only text there is"
        assert next(one.text.text for one in service.suggest("көп", 10).suggestions) == "көпір"
        assert service.similar("жалғыз", 5).hits == ()
        assert service.search(Query("теңіз")).total == 0


def test_an_article_as_large_as_is_allowed_is_searched_to_its_last_word(tmp_path: Path) -> None:
    title = "Ең ұзын мақала"
    body = body_of(LIMIT - len(title.encode()), "күнбағыс")
    assert len(title.encode()) + len(body.encode()) == LIMIT
    with served(tmp_path, Article("ұзын", title, body), Article("қысқа", "Күнбағыс өсті", "Дала сарғайды.")) as service:
        page = service.search(Query("күнбағыстың"))
        assert {hit.article.id for hit in page.hits} == {"ұзын", "қысқа"}
        phrase = service.search(Query('"соңында күнбағыс айтылды"'))
        assert [hit.article.id for hit in phrase.hits] == ["ұзын"]
        assert service.search(Query("тасқындары")).hits[0].snippets[0].marks
        view = service.article("ұзын")
        assert view.article is not None
        assert view.article.body == body


def test_one_byte_more_is_rejected_and_says_which_setting_allows_it(tmp_path: Path) -> None:
    body = body_of(LIMIT, "күнбағыс")
    long, short = Article("ұзын", "А", body), Article("қысқа", "Күнбағыс өсті", "Дала сарғайды.")
    done = izde("reindex", archive(tmp_path / "archive", [long, short]), "--index", tmp_path / "index", "-v")
    assert done.code == 3
    assert "article_bytes" in done.err


@pytest.mark.parametrize("text", ["!!! — …", "🐪", "* * *"])
def test_an_archive_without_a_word_is_served(tmp_path: Path, text: str) -> None:
    with served(tmp_path, Article("белгі", "", text), Article("екінші", "—", "")) as service:
        assert service.search(Query("")).total == 2
        assert service.search(Query("көпір")).total == 0
        assert service.suggest("к", 10).suggestions == ()
        view = service.article("белгі")
        assert view.article is not None
        assert view.article.body == text
