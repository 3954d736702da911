from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.specs import input_specs
from search.settings import Settings
from tests.sites import Fetched, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def other_site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def fetched(tmp_path: Path) -> Callable[..., Fetched]:
    """Makes an input of the keys of its table, as the settings would describe it."""

    def make(kind: str, harvest_s: int = 30, **keys: Any) -> Fetched:
        table = {"kind": kind, "name": "gazet", **keys}
        if kind != "sql":
            table = {"delay_s": 0, **table}
        settings = Settings(
            harvest=tmp_path / "harvest", harvest_s=harvest_s, inputs=(table,), contact="https://izde.example"
        )
        [spec] = input_specs([], settings)
        return Fetched(spec, settings)

    return make
