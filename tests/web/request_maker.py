"""Random requests for both faces: right ones, nearly right ones, and junk."""

import random
from urllib.parse import quote, quote_plus

from tests.indexes import ARTICLES
from web.api import ENDS, PREFIX

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
    "collapse",
    "half_life",
    "correct",
    "limit",
    "explain",
    "utm_source",
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
    "мектеп*",
    "аб*",
    "=форумға",
    "форум~2",
    '"су тасқыны"~3',
    "NEAR",
    "ЖАНЫНДА",
    "NEAR/3",
    "НЕМЕСЕ",
    "ИЛИ",
    "НЕ",
    "(((",
    ")))",
    "тақырып:форум",
    "автор:Әсел",
    "айдар:Құқық",
    "дереккөз:(Ел",
    "күні:2018-10..2018-12",
    "date:..2018",
    "тіл:kk",
    "script:",
    "year:2018",
    "::",
    "..",
]
OPERATORS = [
    "AND",
    "OR",
    "NOT",
    "ЖӘНЕ",
    "НЕМЕСЕ",
    "ЕМЕС",
    "И",
    "ИЛИ",
    "НЕ",
    "-",
    "(",
    ")",
    '"',
    "~",
    "~2",
    "*",
    "=",
    ":",
]
ODD = ["", "0", "-1", "1", "2", "50", "51", "1000", "1001", "9" * 30, "NaN", "1.5", "٣", "none", "auto", "all",
    "year", "2018", "-2018",
       "2018-02-30", "smart", "html", "ranges", "newest", "category,year", "\\-Жедел", "--", "Құқық", "-Спорт", "kk",
       "*", "csv", "duplicates", "relevance", "inf", "-0", "+1", "1e9", "０", "36501", "a\r\nb",
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
        kind = self.random.randrange(6)
        if kind == 5:
            pieces = self.random.choices([*OPERATORS, *WORDS], k=self.random.choice([2, 5, 9, 30, 200]))
            return self.random.choice(["", " "]).join(pieces)
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
        """Most often a search, else any end of the API, with an id or a name that may be none."""
        kind = self.random.randrange(16)
        if kind < 7:
            return "/api/v1/search"
        if kind == 7:
            return self.random.choice(
                ["/healthz", "/readyz", "/api/v1/openapi.json", "/api/v1/x", "/api/", "/api/v1/articles/"]
            )
        path = self.random.choice(ENDS).path
        facet = self.random.choice(["author", "category", "lang", "month", "autor", self.text().strip("/.") or "x"])
        return PREFIX + path.replace("{article_id}", self.article()).replace("{name}", quote(facet, safe=""))

    def page(self) -> str:
        """A page, most often of hits."""
        language = self.random.choice(["kk", "ru", "en"])
        kind = self.random.randrange(10)
        if kind < 7:
            return f"/{language}/search"
        if kind == 7:
            return f"/{language}/article/{self.article()}"
        return self.random.choice(["/", f"/{language}/", "/de/search", f"/{language}/x", "/favicon.ico", "/kk"])

    def article(self) -> str:
        """The quoted id of an article, or something that is none."""
        article_id = self.random.choice([self.random.choice(ARTICLES).id, self.text().strip("/.") or "x"])
        return quote(article_id.replace("//", "/"), safe="")

    def headers(self) -> dict[str, str]:
        headers = {"Accept-Language": self.random.choice(LANGUAGES)}
        if self.random.random() < 0.1:
            headers["If-None-Match"] = self.random.choice(["*", 'W/"x"', '"', "W/"])
        return headers
