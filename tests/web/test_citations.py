"""An article as BibTeX and as RIS."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask

from indexer.withdrawals import withdraw
from search.model import LINK, Article
from tests.indexes import publish

NOON = datetime.fromisoformat("2018-10-16T12:00+06:00")
LETTERS = "ә і ң ғ ү ұ қ ө һ"
AWKWARD = (
    "\\ { } $ & # % _ ^ ~", "{{{ жабылмаған", "}}} ашылмаған", '"тырнақша" ‘бір’', "@article{x,}", "\u202eкері",
    "\x00\x0b\x1b\x85\ufffe", "екі\nжол\r\nER  - \r\nTY  - NEWS", "\u2028", LETTERS, "% түсініктеме", "and, and",
    "]]></script>",
)  # fmt: skip


def entry(text: str) -> tuple[str, str, dict[str, str]]:
    """Type, key and fields of the one BibTeX entry of a file, read as BibTeX reads: by counting braces."""
    found = re.match(r"@(\w+)\{([^\s,{}\"#%'()=~\\]+),\n", text)
    assert found, text
    fields, at = dict[str, str](), found.end()
    while text[at] != "}":
        name, _, rest = text[at:].partition(" = ")
        assert re.fullmatch(r"  [a-z]+", name), name
        assert name.strip() not in fields
        length = _length(rest) if rest.startswith("{") else rest.index(",")
        fields[name.strip()] = rest[1 : length - 1] if rest.startswith("{") else rest[:length]
        at += len(name) + 3 + length
        assert text[at : at + 2] == ",\n", text[at:]
        at += 2
    assert text[at:] == "}\n"
    return found[1], found[2], fields


def _length(text: str) -> int:
    """Of a value in braces."""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return at + 1
    raise AssertionError(f"braces do not close: {text}")


def tags(data: bytes) -> list[tuple[str, str]]:
    """The lines of the one RIS record of a file."""
    lines = data.decode().split("\r\n")
    assert lines[-1] == ""
    pairs = [(line[:2], line[6:]) for line in lines[:-1]]
    assert all(re.match("[A-Z][A-Z0-9]  - ", line) for line in lines[:-1]), lines
    names = [name for name, _ in pairs]
    assert names[0] == "TY"
    assert names.count("ER") == names.count("TY") == 1
    assert pairs[-1] == ("ER", "")
    return pairs


def test_what_is_known_of_an_article_is_cited(app: Flask) -> None:
    client = app.test_client()
    answer = client.get("/kk/cite/a34.bib")
    assert answer.content_type == "application/x-bibtex; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="izde-a34.bib"'
    kind, key, fields = entry(answer.get_data(as_text=True))
    assert (kind, key) == ("article", "izde-a34")
    assert fields == {
        "title": "{Қарасайда азаматтар форумы өтті}", "author": "{Дәурен Мақсатұлы}", "journal": "Дала хабары",
        "year": "2021", "month": "mar", "day": "11", "keywords": "Құқық", "language": "kk", "url": "https://example.org/34",
    }  # fmt: skip
    answer = client.get("/kk/cite/a34.ris")
    assert answer.content_type == "application/x-research-info-systems; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="izde-a34.ris"'
    assert tags(answer.data) == [
        ("TY", "NEWS"), ("ID", "izde-a34"), ("TI", "Қарасайда азаматтар форумы өтті"), ("AU", "Дәурен Мақсатұлы"),
        ("T2", "Дала хабары"), ("PY", "2021"), ("DA", "2021/03/11/"), ("LA", "kk"), ("KW", "Құқық"),
        ("UR", "https://example.org/34"), ("L2", "http://localhost/kk/article/a34"), ("DP", "Ізде"), ("ER", ""),
    ]  # fmt: skip


def test_an_article_of_which_nothing_is_known(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(tmp_path, [Article("x", " ", "")])
    client = app_with(index=tmp_path).test_client()
    kind, _, fields = entry(client.get("/en/cite/x.bib").get_data(as_text=True))
    assert kind == "misc"
    assert fields == {"title": "{(no title)}", "url": "http://localhost/en/article/x"}
    names = [name for name, _ in tags(client.get("/en/cite/x.ris").data)]
    assert names == ["TY", "ID", "TI", "UR", "DP", "ER"]


@pytest.mark.parametrize("payload", AWKWARD)
def test_awkward_texts_break_no_citation(app_with: Callable[..., Flask], tmp_path: Path, payload: str) -> None:
    publish(
        tmp_path,
        [
            Article(
                "x", f"Сөз {payload}", "Мәтін.", f"https://a.example/ә?{payload}", NOON, payload, payload, payload, "kk"
            )
        ],
    )
    client = app_with(index=tmp_path).test_client()
    text = client.get("/kk/cite/x.bib").get_data(as_text=True)
    _, _, fields = entry(text)
    left = re.sub(r"\\(?:text\w+\{\}|[$&#%_])", "", fields["title"][1:-1])
    assert not set("\\{}$&#%_^~") & set(left), left
    assert re.fullmatch(r"https://a\.example/[!-~]*", fields["url"])
    assert not set('{}\\"') & set(fields["url"])
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\ufffe]", text)
    found = dict(tags(client.get("/kk/cite/x.ris").data))
    assert found["TI"].startswith("Сөз")
    assert payload != LETTERS or (LETTERS in fields["title"] and LETTERS in found["TI"])


IDS = (
    "a//b",
    "бір екі",
    "x?y&z=<b>'\"",
    "50%",
    "]]>",
    "\u202eкері",
    "😀",
    "a.bib",
    "a.ris",
    "a",
    "A",
    "-",
    "ұзын" * 60,
    'a";b',
)


def test_ids_are_found_and_named_apart(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(tmp_path, (Article(one, f"Сөз {n}", f"Мәтін {n}.", published=NOON) for n, one in enumerate(IDS)))
    client, names = app_with(index=tmp_path).test_client(), set()
    for n, one in enumerate(IDS):
        for kind in ("bib", "ris"):
            answer = client.get(f"/kk/cite/{quote(one, safe='/')}.{kind}")
            assert answer.status_code == 200, one
            assert f"Сөз {n}" in answer.get_data(as_text=True)
            (name,) = re.fullmatch(
                r'attachment; filename="([A-Za-z0-9.-]+)"', answer.headers["Content-Disposition"]
            ).groups()  # type: ignore[union-attr]
            names.add(name)
    assert len(names) == 2 * len(IDS)


def test_what_is_not_there_is_not_cited(app: Flask, app_with: Callable[..., Flask], tmp_path: Path) -> None:
    client = app.test_client()
    for path in ("/kk/cite/none.bib", "/kk/cite/a34", "/kk/cite/a34.txt", "/kk/cite/.bib", "/tr/cite/a34.bib"):
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (404, "text/html"), path
        assert "Content-Disposition" not in answer.headers
    publish(
        tmp_path,
        [Article("x", "Көпір", "Көпір салынды.", "https://a.example/", NOON, rights=LINK), Article("y", "Су", "Су.")],
    )
    client = app_with(index=tmp_path, poll_ms=0).test_client()
    assert "салынды" not in client.get("/kk/cite/x.bib").get_data(as_text=True)
    assert client.get("/kk/cite/y.bib").status_code == 200
    withdraw(tmp_path, ["y"], "себеп")
    for kind in ("bib", "ris"):
        assert client.get(f"/kk/cite/y.{kind}").status_code == 410


def test_citations_are_kept(app: Flask) -> None:
    client = app.test_client()
    first = client.get("/kk/cite/a34.bib")
    assert client.get("/kk/cite/a34.bib", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    head = client.head("/kk/cite/a34.bib")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Disposition"] == first.headers["Content-Disposition"]
