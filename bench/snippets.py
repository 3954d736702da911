"""Measures what showing hits costs, part by part: `python -m bench.snippets [SHARED_DIR] [--index INDEX]`.

Ten hits: the best ones for two words of one article, both required; what it takes to fetch the stored articles, to
find the words in them, to mark them and to choose passages, and `search.hits` as a whole with all that lies between.
Milliseconds of processor time a page: of each page the best of some turns, then the median and the 95th percentile of
all pages. The index is the given one, or is made of the shared corpus.

Long: one body put together from many texts, of so many characters, that is analysed and marked as the page of an
article is; with words that it has, and with none. The first time and again.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from search.answer import Answering
from search.curation import Curation
from search.deadline import Deadline
from search.engines.base import RawPage
from search.generations import Generation, Generations
from search.hits import hits, located
from search.kazakh import Analyzer
from search.model import Article, Match, Query, Scope
from search.query.nodes import MatchAll, Node
from search.query.parser import parse
from search.query.rewrite import Rewriter
from search.query.words import Sources
from search.settings import Settings
from search.snippets import Matcher, passages

FILES: Final = ("mdbkd_news", "ntrex_news", "akorda_speeches")
HITS: Final = 10
PAGES: Final = 100
TURNS: Final = 7
DRAWN: Final = 1000
"""Queries are drawn from so many of the newest articles."""
MOST_CHARS: Final = 1_000_000
ABSENT: Final = "құмырсқабек"
"""A word that no text has."""

Page = tuple[Query, Node, RawPage]


def files(shared: Path) -> list[Path]:
    """The shared corpus, or the sample archive where it is absent."""
    found = [shared / f"corpus/{name}.jsonl" for name in FILES]
    return found if all(file.exists() for file in found) else sorted(Path("sample").rglob("*.jsonl"))


def built(paths: Sequence[Path], folder: Path) -> Path:
    """An index of these files."""
    command = [sys.executable, "-c", "from indexer.cli import main; main()", "reindex", *map(str, paths)]
    subprocess.run([*command, "--index", str(folder)], check=True, stdout=subprocess.DEVNULL, cwd=Path.cwd())
    return folder


def drawn(generation: Generation, query: Query) -> list[Page]:
    """Pages of ten hits, for words that stand in one article."""
    chance = random.Random(1)
    answering = Answering(generation, Settings(), Curation(), Deadline.never())

    def ask(node: Node, limit: int) -> RawPage:
        asked = Query(per_page=limit, facets=())
        return generation.engine.search(node, answering.request(asked, node), Deadline.never())

    newest = generation.engine.get([one for one, _ in ask(MatchAll(), DRAWN).hits])
    words = [
        [word for word in article.body.split() if len(word) > 4 and word.isalpha()] for article in newest if article
    ]
    words = [one for one in words if len(one) > 1]
    found: list[Page] = []
    for _ in range(20 * PAGES):
        node = answering.reader.read(Query(" AND ".join(chance.sample(chance.choice(words), 2)))).node
        raw = ask(node, HITS)
        if len(raw.hits) == HITS:
            found.append((query, node, raw))
        if len(found) == PAGES:
            break
    return found


def best(part: Callable[[], object]) -> float:
    """Milliseconds of processor time, the best of some turns."""
    times = []
    for _ in range(TURNS):
        began = time.process_time()
        part()
        times.append(time.process_time() - began)
    return min(times) * 1000


def parts(generation: Generation, page: Page) -> dict[str, float]:
    """Milliseconds for each part of showing a page."""
    query, node, raw = page
    engine, ids = generation.engine, [one for one, _ in raw.hits]
    matcher = Matcher(node, generation.analyzer)
    articles = [article for article in engine.get(ids) if article]
    places = located(engine, ids, matcher)
    both = list(zip(articles, places, strict=True))

    def mark() -> list[tuple[object, tuple[object, bool]]]:
        return [
            (
                matcher.located(article.title, Scope.TITLE, place.title),
                matcher.located(article.body, Scope.BODY, place.body),
            )
            for article, place in both
        ]

    bodies = [(article, matcher.located(article.body, Scope.BODY, place.body)[0]) for article, place in both]
    asked = (matcher.weights, query.snippets, query.snippet_length)
    return {
        "fetch": best(lambda: engine.get(ids)),
        "locate": best(lambda: located(engine, ids, matcher)),
        "mark": best(mark),
        "passages": best(lambda: [passages(article.body, marks, *asked, article.title) for article, marks in bodies]),
        "as a whole": best(lambda: hits(generation, query, node, raw, MOST_CHARS, Deadline.never())),
    }


def ten_hits(index: Path, query: Query) -> None:
    """Print what pages of ten hits cost."""
    generations = Generations(index, 0)
    with generations.lease() as generation:
        measured = [parts(generation, page) for page in drawn(generation, query)]
        print(f"{len(measured)} pages of {HITS} hits among {generation.manifest.documents:,}")
        for name in measured[0]:
            times = [one[name] for one in measured]
            print(f"{name:16}{median(times):8.3f} ms    95 % below {quantiles(times, n=20)[-1]:.3f} ms")
    generations.close()


def texts(paths: Sequence[Path]) -> list[Article]:
    """The articles of these files."""
    found = []
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                found.append(Article(str(len(found)), record.get("title") or "", record["body"], lang="kk"))
    return found


def long(found: Sequence[Article], chars: int) -> None:
    """Print the times of one body of so many characters."""
    text = "\n".join(article.body for article in found)
    body = (text * (chars // len(text) + 1))[:chars]
    for name, words in (("its words", "мектеп ауыл"), ("none", ABSENT)):
        analyzer = Analyzer()
        matcher = Matcher(Rewriter(Sources(analyzer), Match.SMART, Scope.ALL).rewrite(parse(words)), analyzer)
        times = []
        for _ in range(4):
            began = time.process_time()
            matcher.paragraphs(body, "kk")
            times.append((time.process_time() - began) * 1000)
        print(f"{f'{chars:,} characters, {name}':40}{times[0]:8.1f} ms cold, {median(times[1:]):8.1f} ms again")


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--index", type=Path, help="an index that is there already")
    parser.add_argument("--snippets", type=int, default=1)
    parser.add_argument("--length", type=int, default=200)
    args = parser.parse_args()
    query = Query(snippets=args.snippets, snippet_length=args.length)
    paths = files(args.shared)
    with tempfile.TemporaryDirectory() as folder:
        ten_hits(args.index or built(paths, Path(folder) / "index"), query)
    for chars in (100_000, 1_000_000):
        long(texts(paths), chars)


if __name__ == "__main__":
    main()
