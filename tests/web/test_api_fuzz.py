"""Random requests: the API never fails, and every answer is one that its description promises.

The seed is printed when a test fails; `SEED=` repeats it. `SCALE=` multiplies the number of requests.
"""

import os
import random
from urllib.parse import quote, quote_plus

import pytest

from tests.indexes import ARTICLES

SEED = int(os.environ.get("SEED", "20261123"))
REQUESTS = 1000 * int(os.environ.get("SCALE", "1"))

NAMES = [
    "q",
    "match",
    "in",
    "date_from",
    "date_to",
    "sort",
    "page",
    "per_page",
    "facets",
    "facet_limit",
    "facet_order",
    "prefix",
    "month",
    "histogram",
    "highlight",
    "snippets",
    "snippet_length",
    "category",
    "source",
    "author",
    "lang",
    "script",
    "year",
    "text",
    "cursor",
    "explain",
]
WORDS = [
    "форум",
    "форумға",
    "мектеп",
    '"су',
    'тасқыны"',
    "-қонақтар",
    "және",
    "нан",
    "forum",
    "школа",
    "school",
    "2018",
    "16.10.2018",
    "«Көкжар»",
    "(су*",
    "OR",
    "қала~2)",
    "NOT",
    "AND",
    "ЖӘНЕ",
    "ЕМЕС",
    "title:",
    "date:[x",
    "TO]",
    "?*?*",
    "қала~9",
    "جاڭا",
    "…",
    "—",
    "'",
    '"',
    "-",
    "\\",
    "<",
    ">",
    "&",
    "%",
]
ODD = ["", "0", "-1", "1", "2", "50", "51", "1000", "1001", "9" * 30, "NaN", "1.5", "٣", "none", "auto", "all",
    "year", "2018", "-2018",
       "2018-02-30", "smart", "html", "ranges", "newest", "category,year", "\\-Жедел", "--", "Құқық", "-Спорт", "kk",
       "a\r\nb",
       "\u202e", "\u2028", "\x1b[0m", "𐐀", "e\u0301" * 40]  # fmt: skip
BROKEN = [
    "%",
    "%zz",
    "%FF",
    "%00",
    "%ED%A0%80",
    "%C0%AF",
    "&",
    "&&",
    "=",
    "==",
    ";",
    "+",
    "%2B",
    "?",
    "#",
    "%26",
    "%25",
]
LANGUAGES = ["kk", "ru", "en", "de", "*", "", "ru;q=x", "kk-KZ,ru;q=0.9", "\x00", "a" * 500]


class Maker:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def text(self) -> str:
        kind = self.random.randrange(5)
        if kind == 0:
            return " ".join(self.random.choices(WORDS, k=self.random.choice([1, 2, 3, 6, 40])))
        if kind == 1:
            return self.random.choice(ODD)
        if kind == 2:
            title = self.random.choice(ARTICLES).title
            return title[self.random.randrange(len(title)) :]
        ceiling = self.random.choice([0x80, 0x500, 0x3000, 0x110000])
        length = self.random.choice([1, 3, 20, 120, 520])
        return "".join(chr(self.random.randrange(1, ceiling)) for _ in range(length)).encode(errors="replace").decode()

    def name(self) -> str:
        name = self.random.choice(NAMES)
        if self.random.random() < 0.03:
            at = self.random.randrange(len(name))
            name = name[:at] + self.random.choice(["", "x", "_", "ә", name]) + name[at + 1 :]
        return name

    def query(self) -> str:
        pairs = [
            f"{quote_plus(self.name())}={quote_plus(self.text())}"
            for _ in range(self.random.choice([0, 1, 1, 2, 2, 3, 8]))
        ]
        if self.random.random() < 0.1:
            pairs.insert(self.random.randint(0, len(pairs)), "".join(self.random.choices(BROKEN, k=3)))
        return "&".join(pairs)

    def path(self) -> str:
        kind = self.random.randrange(12)
        if kind < 7:
            return "/api/v1/search"
        if kind == 10:
            name = self.random.choice(["author", "category", "lang", "month", "autor", self.text().strip("/.") or "x"])
            return "/api/v1/facets/" + quote(name, safe="")
        if kind == 11:
            return "/api/v1/stats"
        if kind == 7:
            return "/api/v1/analyze"
        if kind == 8:
            article_id = self.random.choice([self.random.choice(ARTICLES).id, self.text().strip("/.") or "x"])
            return "/api/v1/articles/" + quote(article_id.replace("//", "/"), safe="")
        return self.random.choice(
            ["/healthz", "/readyz", "/api/v1/openapi.json", "/api/v1/x", "/api/", "/api/v1/articles/"]
        )

    def headers(self) -> dict[str, str]:
        headers = {"Accept-Language": self.random.choice(LANGUAGES)}
        if self.random.random() < 0.1:
            headers["If-None-Match"] = self.random.choice(["*", 'W/"x"', '"', "W/"])
        return headers


@pytest.mark.parametrize("part", range(4))
def test_no_request_makes_the_api_fail(api, part):
    seed = SEED + part
    print(f"SEED={seed}")  # noqa: T201 - pytest shows it when the test fails
    maker = Maker(seed)
    seen: dict[int, int] = {}
    for _ in range(REQUESTS):
        method = maker.random.choices(["GET", "HEAD", "POST", "IZDE"], [30, 1, 1, 1])[0]
        path, query, headers = maker.path(), maker.query(), maker.headers()
        given = (
            query if maker.random.random() < 0.9 else query.encode("utf-8") + bytes([maker.random.randrange(1, 256)])
        )
        response = api.get(path, given, method, headers=headers)
        status = response.status_code
        assert status in (200, 304, 400, 404, 405), (status, method, path, given, headers, response.data)
        seen[status] = seen.get(status, 0) + 1
    assert min(seen.get(status, 0) for status in (200, 400, 404, 405)) > REQUESTS / 100, seen
