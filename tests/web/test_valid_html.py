"""200 pages of every kind, and what is none of them, before the checker of the HTML standard (validator.github.io).

The checker is a program of Java: `.ci/validator` brings it to var/; where it is not, the test skips and says so.
"""

import json
import os
import shutil
import subprocess
from collections import deque
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient

ROOT = Path(__file__).parents[2]
JAR = Path(os.environ.get("VNU_JAR", ROOT / "var" / "vnu.jar"))
MOST_PAGES = 200
BROKEN = (
    "/kk/жоқ",
    "/ru/article/жоқ",
    "/en/nothing?q=форум",
    "/kk/search?page=0&date_from=кеше&sort=x",
    "/ru/cite/x.bib",
)

pytestmark = pytest.mark.skipif(
    not (JAR.exists() and shutil.which("java")), reason=f"no Java, or no {JAR}: sh .ci/validator"
)


def crawled(client: FlaskClient) -> dict[str, bytes]:
    """Pages by their addresses, breadth first; of addresses with the same parameters only a few."""
    waiting, seen, shapes = deque(["/kk/", "/ru/", "/en/", *BROKEN]), set[str](), dict[tuple[str, ...], int]()
    pages: dict[str, bytes] = {}
    while waiting and len(pages) < MOST_PAGES:
        path = waiting.popleft()
        answer = client.get(path)
        if answer.mimetype != "text/html" or answer.status_code in (301, 302, 303):
            continue
        pages[path] = answer.data
        tree = html5lib.parse(answer.data, namespaceHTMLElements=False)
        for href in sorted({one.get("href", "") for one in tree.iter("a")} - seen):
            seen.add(href)
            parts = urlsplit(href)
            kinds = sorted({pair.partition("=")[0] for pair in parts.query.split("&")})
            shape = (*parts.path.split("/")[1:3], *kinds)
            shapes[shape] = shapes.get(shape, 0) + 1
            if shapes[shape] <= 5 and not parts.netloc and parts.path.startswith("/"):
                waiting.append(href)
    return pages


def test_the_checker_of_the_standard_finds_nothing(sample_app: Flask, tmp_path: Path) -> None:
    pages = crawled(sample_app.test_client())
    assert len(pages) == MOST_PAGES
    names = {}
    for number, (path, data) in enumerate(pages.items()):
        file = tmp_path / f"{number}.html"
        file.write_bytes(data)
        names[file.name] = path
    done = subprocess.run(
        ["java", "-jar", JAR, "--format", "json", "--exit-zero-always", tmp_path], capture_output=True, check=True
    )
    said = json.loads(done.stderr)["messages"]
    wrong = {
        (names[one["url"].rpartition("/")[2]], one["message"], one.get("extract", ""))
        for one in said
        if one["type"] != "info"
    }
    assert not wrong


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<!doctype html><title>x</title><p><div id=a><div id=a></p>", "utf-8")
    done = subprocess.run(["java", "-jar", JAR, tmp_path], capture_output=True, check=False, text=True)
    assert "Duplicate ID" in done.stderr
