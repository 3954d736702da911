"""Asks the worst queries of an index in this fresh process: `python -m tests.faults.worst INDEX SEED STEMS`.

Prints a line of JSON: for each query its address, status, seconds of processor time and of the clock, whether it ran
out of time; and the memory of the process in megabytes before and after.
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from search.service import SearchService
from search.settings import Settings
from tests.generated import Archive
from web import create_app

API = "/api/v1/"
FACETS = "category,source,author,lang,script,year,month"
EVERYTHING = {"facets": FACETS, "facet_limit": 100, "histogram": "day", "per_page": 100, "snippets": 5, "explain": 1}


def queries(archive: Archive, seed: int) -> Iterator[tuple[str, dict[str, object]]]:
    """The queries, each a path and its parameters."""
    chance = random.Random(seed)
    common = archive.stems[:40]
    rare = chance.sample(archive.stems, 40)
    long_stems = sorted(archive.stems, key=len, reverse=True)[:16]
    starts = sorted({stem[:2] for stem in archive.stems})
    for q in texts(common, rare, long_stems, starts):
        yield "search", {"q": q}
    heavy = " ".join(common[:32])
    for q in ("", common[0], heavy, " НЕМЕСЕ ".join(common[:30]), "қа* " * 16, f"{common[0]}~2 {rare[0]}~2"):
        yield "search", {"q": q, **EVERYTHING}
    for match in ("exact", "fuzzy"):
        yield "search", {"q": heavy, "match": match, **EVERYTHING}
    yield "search", {"q": " ".join(long_stems), "match": "fuzzy", "per_page": 100}
    yield "search", {"q": heavy, "page": 10, "per_page": 100}
    yield "search", {"q": "", "page": 50, "per_page": 20, "facets": FACETS, "facet_limit": 100}
    yield "search", {"q": heavy, "cursor": "*", "per_page": 100, "snippets": 5, "facets": FACETS}
    yield "search", {"q": heavy, "half_life": 36_500, "correct": "auto", "collapse": "none"}
    yield "search", {"q": heavy, "category": [f"-Айдар {n}" for n in range(90)], "author": [f"А{n}" for n in range(90)]}
    yield "search", {"q": "ajhev " * 80, "correct": "auto"}
    yield "search", {"q": "x" * 501}
    yield "search", {"q": "(" * 1000}
    yield "search", {"page": 2000}
    yield "search", {"cursor": "A" * 3000}
    yield "search", {"facets": "категория", "q": heavy}
    yield "facets/author", {"prefix": "а", "q": heavy, "facet_limit": 100}
    yield "suggest", {"q": "қ", "limit": 20}
    yield "suggest", {"q": heavy[:500], "limit": 20}
    yield "suggest", {"q": "ajhev " * 80}
    yield "analyze", {"text": heavy[:500]}
    yield "articles/g000001/similar", {"limit": 20}
    yield "articles/g004999", {}
    yield "stats", {}
    for language in ("kk", "ru"):
        yield f"/{language}/search", {"q": heavy, "per_page": 100}
        yield f"/{language}/article/g000002", {"q": heavy}


def texts(common: list[str], rare: list[str], long_stems: list[str], starts: list[str]) -> Iterator[str]:
    """Texts at the limits of the query language."""
    yield "аб* " * 16
    yield " ".join(f"{start}*" for start in starts[:16])
    yield " НЕМЕСЕ ".join(f"{start}*" for start in starts[-32:])
    yield " ".join(f"{start}*" for start in starts[40:72])
    yield " ".join(f"{stem}~2" for stem in long_stems)
    yield " ".join(f"{stem}~" for stem in rare[:32])
    yield " ".join(f"{stem}х~2" for stem in rare[:20])
    yield "(" * 500
    yield "(" * 250 + "а" + ")" * 249
    yield ("(а НЕМЕСЕ " * 40) + "б"
    yield "NOT " * 125
    yield "ЕМЕС а " * 70
    yield "-" * 500
    yield " ".join(f"-{stem}" for stem in common[:32])
    yield " ".join(f"-{start}*" for start in starts[:32])
    yield f'"{" ".join(common[:32])}"'
    yield f'"{" ".join([common[0]] * 32)}"'
    yield f'"{" ".join(common[:32])}"~50'
    yield f'"{" ".join([common[0]] * 16 + [common[1]] * 16)}"~50'
    yield " NEAR/50 ".join(common[:16])
    yield " НЕМЕСЕ ".join(common[:32])
    yield " ЖӘНЕ ".join(f"({a} НЕМЕСЕ {b}*)" for a, b in zip(common[:16], starts, strict=False))
    yield " ".join(common[:32])
    yield " ".join(rare[:32])
    yield " ".join([common[0]] * 32)
    yield " ".join(f"={stem}" for stem in common[:32])
    yield " ".join(f"тақырып:{start}*" for start in starts[:20])
    yield "автор:(" + " НЕМЕСЕ ".join(str(n) for n in range(32)) + ")"
    yield " ".join(f"күні:20{n:02d}" for n in range(32))
    yield "күні:..2024 НЕМЕСЕ күні:2014.."
    yield "а" * 500
    yield "ә" * 250 + "*"
    yield "ғ" * 100 + "~2"
    yield '"' * 500
    yield "*" * 500
    yield "а:" * 250
    yield " ".join("абвгдежзик")
    yield "\u0301" * 500
    yield "﷽" * 160
    yield "форум" * 100


def megabytes() -> float:
    """The memory of this process that is in use."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def main() -> None:
    """Ask all of them, after a few easy questions that bring in what every process needs."""
    index, seed, stems = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    settings = Settings(index=index)
    service = SearchService(settings)
    client = create_app(settings, service).test_client()
    archive = Archive(seed, stems)
    for address in ("/api/v1/search?q=мектеп&facets=year", "/kk/search?q=форум", "/api/v1/analyze?text=бала"):
        client.get(address)
    before, costs = megabytes(), []
    for path, given in queries(archive, seed):
        address = path if path.startswith("/") else API + path
        cpu, clock = time.process_time(), time.perf_counter()
        answer = client.get(address, query_string=urlencode(given, doseq=True))
        cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
        late = b'"timed_out":true' in answer.data
        costs.append((f"{address}?{given}"[:150], answer.status_code, round(cpu, 4), round(clock, 4), late))
    service.close()
    print(json.dumps({"costs": costs, "before": before, "after": megabytes()}))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
