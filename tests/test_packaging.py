"""The wheel: what is in it, and that it serves from an environment and a folder of its own."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

ASK = """
import json, sys
import search, web, indexer, wsgi
assert all(str(m.__file__).startswith(sys.argv[1]) for m in (search, web, indexer, wsgi)), search.__file__
client = wsgi.app.test_client()
page = client.get("/kk/search?q=форумға")
found = client.get("/api/v1/search?q=форумға&highlight=none").get_json()
russian = client.get("/ru/").get_data(as_text=True)
print(json.dumps({"page": page.status_code, "total": found["total"], "russian": "Найти" in russian}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_holds_the_rooms_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"search", "indexer", "web", "wsgi.py"}
    wanted = subprocess.run(
        ["git", "ls-files", "search", "indexer", "web"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    if wanted.returncode == 0:
        files = [line for line in wanted.stdout.splitlines() if (ROOT / line).is_file() and line.isascii()]
        assert not set(files) - set(names)
    catalogue = "web/translations/ru/LC_MESSAGES/messages.mo"
    assert {"search/kazakh/data/lexicon.tsv", "web/templates/base.html", catalogue} <= set(names)


def test_the_wheel_serves_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    article = {"id": "a", "title": "Форум өтті", "body": "Көкжарда форум өтті.", "published": "2018-10-16"}
    (tmp_path / "a.jsonl").write_text(json.dumps(article, ensure_ascii=False), "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("IZDE_")}
    environment |= {"PYTHONPATH": str(place), "IZDE_INDEX": "index"}

    def run(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], cwd=tmp_path, env=environment, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("-c", "from indexer.cli import main; main()", "reindex", "a.jsonl")
    assert json.loads(run("-c", ASK, str(place))) == {"page": 200, "total": 1, "russian": True}
