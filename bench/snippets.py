"""Measures the time that titles, passages and forms of hits take: `python -m bench.snippets [SHARED_DIR]`.

Page: 20 running articles (median length of the news there), a query of three words of one of them; milliseconds of
processor time a page, the median and the 95th percentile over many pages, after as many others to warm up as a worker
sees in a minute. Again: the same page asked a second time. Long: one body put together from all texts, of so many
characters, with words that it has, one that it has not, and none; the first time and again. Then a page of 20 such
bodies, under the deadline of a query.
"""

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from search.deadline import Deadline
from search.hits import fair_share, shown
from search.kazakh import Analyzer
from search.model import Article, Match, Query, Scope
from search.query.nodes import Node
from search.query.parser import parse
from search.query.rewrite import Rewriter
from search.query.words import Sources
from search.snippets import Matcher

FILES = ("mdbkd_news", "ntrex_news", "akorda_speeches")
HITS = 20
PAGES = 200
MOST_CHARS = 1_000_000
DEADLINE_MS = 1000
ABSENT = "құмырсқабек"
"""A word that no text has."""


def articles(shared: Path) -> list[Article]:
    """The articles of the shared corpus, or those of the sample archive where it is absent."""
    files = [shared / f"corpus/{name}.jsonl" for name in FILES]
    if not all(file.exists() for file in files):
        files = sorted(Path("sample").rglob("*.jsonl"))
    found = []
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                found.append(Article(str(len(found)), record.get("title") or "", record["body"], lang="kk"))
    return found


def node_of(text: str, analyzer: Analyzer) -> Node:
    """The tree of a query."""
    return Rewriter(Sources(analyzer), Match.SMART, Scope.ALL).rewrite(parse(text))


def page(hits: Sequence[Article], node: Node, analyzer: Analyzer, query: Query) -> float:
    """Milliseconds of processor time for what is shown of the hits."""
    began = time.process_time()
    matcher = Matcher(node, analyzer)
    for article in hits:
        shown(article, matcher, query, MOST_CHARS, Deadline.never())
    return (time.process_time() - began) * 1000


def pages(found: list[Article], query: Query) -> None:
    """Print the times of pages of hits, each new to the worker, and of each again."""
    chance, analyzer = random.Random(1), Analyzer()
    news = [article for article in found if len(article.body) < 20_000]
    first, again, chars = [], [], []
    for _ in range(2 * PAGES):
        hits = chance.sample(news, min(HITS, len(news)))
        words = [word for word in hits[0].body.split() if len(word) > 4]
        node = node_of(" ".join(chance.sample(words, min(3, len(words)))), analyzer)
        first.append(page(hits, node, analyzer, query))
        again.append(page(hits, node, analyzer, query))
        chars.append(sum(len(article.body) for article in hits))
    print(f"{len(hits)} hits of {median(chars) / len(hits):.0f} characters, {query.snippets} passages each")
    for name, times in (("page", first[PAGES:]), ("page, again", again[PAGES:])):
        print(f"{name:32}{median(times):8.1f} ms    95 % below {quantiles(times, n=20)[-1]:.1f} ms")


def long(found: list[Article], query: Query, chars: int) -> None:
    """Print the times of one body of so many characters."""
    text = "\n".join(article.body for article in found)
    body = (text * (chars // len(text) + 1))[:chars]
    for name, words in (("its words", "мектеп ауыл"), ("and an absent one", f"мектеп {ABSENT}"), ("none", ABSENT)):
        analyzer = Analyzer()
        node = node_of(words, analyzer)
        times = [page([Article("1", "", body, lang="kk")], node, analyzer, query) for _ in range(4)]
        print(f"{f'{chars:,} characters, {name}':40}{times[0]:8.1f} ms cold, {median(times[1:]):8.1f} ms again")


def long_page(found: list[Article], query: Query, chars: int, milliseconds: float) -> None:
    """Print the time of a page of long bodies under a deadline, and how many of them were cut short by it."""
    text = "\n".join(article.body for article in found) * 2
    bodies = [text[at * len(text) // 2 // HITS :][:chars] for at in range(HITS)]
    for name, words in (("its words", "мектеп ауыл"), ("and an absent one", f"мектеп {ABSENT}"), ("none", ABSENT)):
        analyzer, deadline, began = Analyzer(), Deadline(milliseconds), time.perf_counter()
        matcher = Matcher(node_of(words, analyzer), analyzer)
        read = 0
        for at, body in enumerate(bodies):
            share = fair_share(deadline, HITS - at)
            read += shown(Article("1", "", body, lang="kk"), matcher, query, MOST_CHARS, share)[-1]
        took = (time.perf_counter() - began) * 1000
        print(f"{f'{HITS} x {chars:,}, {name}':40}{took:8.1f} ms of {milliseconds:.0f}, cold; {read} read to the end")


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--snippets", type=int, default=2)
    parser.add_argument("--length", type=int, default=200)
    args = parser.parse_args()
    found = articles(args.shared)
    query = Query(snippets=args.snippets, snippet_length=args.length)
    pages(found, query)
    for chars in (100_000, 1_000_000):
        long(found, query, chars)
        long_page(found, query, chars, DEADLINE_MS)


if __name__ == "__main__":
    main()
