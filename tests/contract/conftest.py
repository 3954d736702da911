from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from contract_corpus import ARCHIVE, COPIES

from search.engines import ENGINES
from search.engines.base import Document, Engine, newest_first
from search.engines.memory import MemoryEngine
from search.facets import FACETS, FacetSpec

KINDS = ("memory", *ENGINES)


def open_engine(
    kind: str, documents: Iterable[Document], folder: Path, facets: Mapping[str, FacetSpec] = FACETS
) -> Engine:
    if kind == "memory":
        return MemoryEngine(documents, facets=facets)
    builder = ENGINES[kind].builder(folder, memory_mb=16, facets=facets)
    for document in sorted(documents, key=lambda one: newest_first(one.article)):
        builder.add(document)
    builder.finish()
    return ENGINES[kind].open(folder)


@pytest.fixture(scope="module", params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = open_engine(request.param, reversed(ARCHIVE), tmp_path_factory.mktemp("archive"))
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=KINDS)
def copies(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine over articles that say the same."""
    opened = open_engine(request.param, reversed(COPIES), tmp_path_factory.mktemp("copies"))
    yield opened
    opened.close()


@pytest.fixture(params=KINDS)
def make_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Engine]]:
    opened: list[Engine] = []

    def make(*documents: Document, facets: Mapping[str, FacetSpec] = FACETS) -> Engine:
        folder = tmp_path / str(len(opened))
        folder.mkdir()
        opened.append(open_engine(request.param, documents, folder, facets))
        return opened[-1]

    yield make
    for one in opened:
        one.close()
