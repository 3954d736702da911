"""The examples of docs/api.md, run by a real curl against a real service."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.indexes import publish
from tests.service import ROOT, Service, serving

pytestmark = pytest.mark.skipif(not shutil.which("curl"), reason="no curl here")
EXAMPLES = re.findall(r"^curl .*$", (ROOT / "docs" / "api.md").read_text("utf-8"), re.M)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder: Path = tmp_path_factory.mktemp("documented")
    publish(folder / "index")
    with serving(folder, folder / "index") as running:
        yield running


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize("line", EXAMPLES)
def test_an_example_is_answered_as_it_stands(service: Service, line: str) -> None:
    command = line.replace("http://127.0.0.1:8000", f"http://127.0.0.1:{service.port}")
    assert command != line
    command = re.sub("^curl ", "curl -sS -o /dev/null -w '%{http_code}' ", command)
    ended = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (ended.stdout, ended.stderr) == ("200", "")
