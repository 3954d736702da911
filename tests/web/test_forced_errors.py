"""Every class of exception, thrown where the service is asked, on both faces: nothing of the inside is shown."""

import inspect
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from page_client import PageClient

from search import errors as search_errors
from search.errors import SearchError
from web.errors import LAST_RESORT

SECRET = "/srv/secret-place/izde-0.1.0"
LANGUAGES = ("kk", "ru", "en")
INSIDE = re.compile(
    r"secret|/srv|Traceback|File \"|line \d|\.py\b|[A-Z]\w*(Error|Exception)\b|site-packages|gunicorn|werkzeug|flask"
    r"|whoosh|python|\b\d+\.\d+\.\d+\b",
    re.IGNORECASE,
)
ENDS = ("search", "search.csv", "articles/a00", "articles/a00/similar", "facets/source", "stats", "suggest?q=a",
        "analyze?text=a")  # fmt: skip
PAGES = ("", "search?q=a", "article/a00")
METHODS = ("search", "article", "similar", "facet", "suggest", "analyze", "export", "statistics", "info")
STATUS = {
    "QueryError": 400, "TooLong": 400, "BadParameter": 400, "OutsideWindow": 400, "QueryTimeout": 400,
    "CursorExpired": 410, "ArticleNotFound": 404, "ArticleWithdrawn": 410, "FacetNotFound": 404,
    "EngineError": 503, "Unavailable": 503, "IndexMissing": 503, "IndexCorrupt": 503, "IndexFormatTooNew": 503,
}  # fmt: skip
ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "TooLong": (501, 500), "BadParameter": ("q", SECRET), "OutsideWindow": (1000,), "CursorExpired": (SECRET,),
    "ArticleNotFound": ("a00",), "ArticleWithdrawn": ("a00",), "ExportTimeout": (1, 2), "FacetNotFound": ("source",),
    "IndexMissing": (Path(SECRET),), "IndexCorrupt": (Path(SECRET), SECRET), "IndexFormatTooNew": (Path(SECRET), 2, 1),
}  # fmt: skip


def ours() -> list[Exception]:
    kinds = [kind for _, kind in inspect.getmembers(search_errors, inspect.isclass) if issubclass(kind, SearchError)]
    return [kind(*ARGUMENTS.get(kind.__name__, (SECRET,))) for kind in kinds]


def others() -> list[Exception]:
    special = {
        UnicodeEncodeError: ("utf-8", SECRET, 0, 1, SECRET), UnicodeDecodeError: ("utf-8", b"x", 0, 1, SECRET),
        UnicodeTranslateError: (SECRET, 0, 1, SECRET), ExceptionGroup: (SECRET, [ValueError(SECRET)]),
        OSError: (5, SECRET, SECRET), BrokenPipeError: (32, SECRET), StopIteration: (SECRET,),
    }  # fmt: skip
    kinds = [kind for kind in vars(__builtins__ if inspect.ismodule(__builtins__) else __import__("builtins")).values()
             if inspect.isclass(kind) and issubclass(kind, Exception) and not issubclass(kind, Warning)]  # fmt: skip
    return [kind(*special.get(kind, (SECRET,))) for kind in dict.fromkeys(kinds)]


@pytest.fixture
def failing(index_folder: Path, app_with: Callable[..., Flask]) -> Callable[[Exception], Flask]:
    """An application whose service meets an exception, whatever it is asked."""

    def make(error: Exception) -> Flask:
        app = app_with(index=index_folder)

        def fail(*_: object, **__: object) -> None:
            raise error

        for name in METHODS:
            setattr(app.extensions["izde"].service, name, fail)
        return app

    return make


@pytest.mark.parametrize("error", [*ours(), *others()], ids=lambda error: type(error).__name__)
def test_nothing_of_the_inside_is_shown(
    failing: Callable[[Exception], Flask], error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    app = failing(error)
    expected = STATUS.get(type(error).__name__, 500)
    languages = LANGUAGES if isinstance(error, SearchError | MemoryError | OSError) else ("kk",)
    client, pages = app.test_client(), PageClient(app)
    for path in ENDS:
        titles = set()
        for language in languages:
            caplog.clear()
            answer = client.get(f"/api/v1/{path}", headers={"Accept-Language": language})
            assert answer.status_code == expected, path
            assert answer.content_type == "application/problem+json; charset=utf-8"
            problem = answer.json
            assert problem["instance"] == answer.headers["X-Request-Id"]
            assert not INSIDE.search(answer.text.replace(problem["instance"], "")), answer.text
            titles.add(problem["title"])
            told = [record for record in caplog.records if record.levelno >= logging.WARNING]
            assert [problem["instance"] in record.getMessage() for record in told] == [True] * (expected >= 500)
        assert len(titles) == len(languages)
    for path in PAGES:
        for language in languages:
            page = pages.get(f"/{language}/{path}", expected)
            assert not INSIDE.search(page.text.replace(page.headers["X-Request-Id"], "")), page.text
            assert len(page.headers["X-Request-Id"]) == 32
    assert client.get("/healthz").status_code == 200


def test_a_page_that_cannot_be_made_is_answered_all_the_same(
    failing: Callable[[Exception], Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = failing(MemoryError(SECRET))

    def fail(*_: object, **__: object) -> None:
        raise MemoryError(SECRET)

    monkeypatch.setattr("web.errors.render", fail)
    monkeypatch.setattr("web.errors.json_response", fail)
    for path in ("/kk/", "/api/v1/search"):
        answer = app.test_client().get(path)
        request_id = answer.headers["X-Request-Id"]
        assert (answer.status_code, answer.text) == (500, LAST_RESORT.format(request_id))
        assert "Content-Security-Policy" in answer.headers
        assert answer.headers["X-Request-Id"]
