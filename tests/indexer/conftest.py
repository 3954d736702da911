import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from indexer.records import InputSpec

NOBODY = 65534


@pytest.fixture
def spec(tmp_path):
    """Makes the description of an input: of `tmp_path` unless told otherwise."""

    def make(path: Path = tmp_path, **options: object) -> InputSpec:
        return InputSpec(path, ZoneInfo("Asia/Almaty"), **options)

    return make


@pytest.fixture
def without_rights() -> Iterator[Path]:
    """An empty folder, and for the time of the test no more rights than any user has."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        for path in folder.rglob("*"):
            path.chmod(0o755)
        shutil.rmtree(folder)
