from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from api_client import ApiClient
from flask import Flask
from page_client import PageClient

from search.service import SearchService
from search.settings import Settings
from tests.indexes import publish
from tests.runs import izde
from web import create_app

SAMPLE = Path(__file__).parents[2] / "sample"
UNHURRIED = 30_000
"""Milliseconds for a query where its time is not what is tested: the machine may be busy."""


@pytest.fixture(autouse=True)
def similar_articles_have_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.SIMILAR_MS", UNHURRIED)


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of `tests.indexes.ARTICLES`; nobody writes into it."""
    folder = tmp_path_factory.mktemp("index")
    publish(folder)
    return folder


@pytest.fixture(scope="session")
def settings(index_folder: Path) -> Settings:
    return Settings(index=index_folder, deadline_ms=UNHURRIED, facet_ms=UNHURRIED)


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    service = SearchService(settings)
    yield create_app(settings, service)
    service.close()


@pytest.fixture(scope="session")
def sample_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application over the sample archive."""
    folder = tmp_path_factory.mktemp("sample")
    made = izde("reindex", SAMPLE, "--index", folder, "--quiet")
    assert made.code == 0, made.err
    settings = Settings(index=folder, deadline_ms=UNHURRIED, facet_ms=UNHURRIED)
    service = SearchService(settings)
    yield create_app(settings, service)
    service.close()


@pytest.fixture
def app_with() -> Iterator[Callable[..., Flask]]:
    """Makes an application of its own with the settings named."""
    services = []

    def make(**values: Any) -> Flask:
        settings = Settings(**{"deadline_ms": UNHURRIED, "facet_ms": UNHURRIED, **values})
        services.append(SearchService(settings))
        return create_app(settings, services[-1])

    yield make
    for service in services:
        service.close()


@pytest.fixture(scope="session")
def api(app: Flask) -> ApiClient:
    """Asks the API over the small index and checks every answer against the API description."""
    return ApiClient(app)


@pytest.fixture(scope="session")
def pages(app: Flask) -> PageClient:
    """Asks for pages over the small index and checks what every page promises."""
    return PageClient(app)
