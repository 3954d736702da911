"""What a page costs besides the engine: `python -m bench.reading INDEX QUERIES [--warm N] [--most N] [--alone]`.

QUERIES: lines of text, or JSON Lines with `query`. Each is asked once, after N others that warm the process up, so
nothing is fast because it was asked before; words come again as they do in a file of real queries. Processor time of
the thread in milliseconds: half of the queries stay below, in brackets 95 %. `reading`: from the text to the tree,
other keyboard layouts included; `rest`: neither that nor the engine nor the passages of hits. `suggestion`: the same
text with four letters of its last word. `--alone`: queries are only read, with nothing in between: the arrays of the
engine push the code of the reading out of the processor's caches. First of all the time to open the index, as a new
process and again.
"""

import argparse
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from search import answer
from search.answer import Answering
from search.curation import Curation
from search.deadline import Deadline
from search.generations import Generation, Generations
from search.model import Interval, Query
from search.query.reading import QueryReader
from search.service import SearchService
from search.settings import Settings

PARTS = ("page", "engine", "passages", "reading", "rest", "suggestion")
GROUPS = {"1 word": range(1, 2), "2 words": range(2, 3), "3 words": range(3, 4), "4–5": range(4, 6), "6–8": range(6, 9)}
LETTERS = 4

Spent = dict[str, float]


def queries(path: Path) -> list[str]:
    """The texts in a file, each once."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    return list(dict.fromkeys(str(json.loads(line)["query"]) if line.startswith("{") else line for line in lines))


@contextmanager
def timed(owner: Any, names: Iterable[str], part: str, spent: Spent) -> Iterator[None]:
    """Inside, what the functions take is added to a part; what one of them takes inside another counts once."""
    depth = 0

    def outer(inner: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            nonlocal depth
            began, depth = time.thread_time(), depth + 1
            try:
                return inner(*given, **more)
            finally:
                depth -= 1
                if not depth:
                    spent[part] += time.thread_time() - began

        return call

    with patch.multiple(owner, **{name: outer(getattr(owner, name)) for name in names}):
        yield


def asked(service: SearchService, text: str, spent: Spent) -> Spent:
    """The parts of one page, as the face asks for it, and of one suggestion."""
    spent.clear()
    began = time.thread_time()
    service.search(Query(text, per_page=10, facets=("category", "source", "year"), histogram=Interval.AUTO, snippets=1))
    page = time.thread_time() - began
    parts = {"page": page, **{part: spent[part] for part in ("engine", "passages", "reading")}}
    parts["rest"] = page - sum(parts[part] for part in ("engine", "passages", "reading"))
    *before, last = text.split() or [""]
    began = time.thread_time()
    service.suggest(" ".join([*before, last[:LETTERS]]))
    return parts | {"suggestion": time.thread_time() - began}


def read(generation: Generation, settings: Settings, text: str) -> Spent:
    """The reading of a query by itself."""
    began = time.thread_time()
    reader = Answering(generation, settings, Curation(), Deadline.never()).reader
    reader.read(Query(text))
    reader.meant(Query(text))
    return dict.fromkeys(PARTS, 0.0) | {"reading": time.thread_time() - began}


def opened(index: Path) -> float:
    """What opening an index takes."""
    began = time.thread_time()
    generations = Generations(index, 1000)
    with generations.lease():
        took = time.thread_time() - began
    generations.close()
    return took


def row(name: str, values: list[Spent]) -> str:
    """A line of the table."""
    cells = []
    for part in PARTS:
        times = sorted(one[part] * 1000 for one in values)
        cells.append(f"{statistics.median(times):6.2f} ({times[len(times) * 95 // 100]:6.2f})")
    return f"{name:8} {len(values):5} " + " ".join(cells)


def main() -> None:
    """Print the time to open, then a line for each number of words."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--warm", type=int, default=300)
    parser.add_argument("--most", type=int, default=3000)
    parser.add_argument("--alone", action="store_true")
    given = parser.parse_args()
    print(f"open {opened(given.index) * 1000:.1f} ms, again {opened(given.index) * 1000:.1f}")
    settings = Settings(index=given.index, deadline_ms=60_000, facet_ms=60_000)
    service = SearchService(settings)
    texts = queries(given.queries)[: given.most]
    spent: Spent = defaultdict(float)
    found: dict[str, list[Spent]] = defaultdict(list)
    with ExitStack() as stack:
        generation = stack.enter_context(Generations(given.index, 1000).lease())
        stack.enter_context(timed(type(generation.engine), ("search", "totals", "newest"), "engine", spent))
        stack.enter_context(timed(answer, ("hits",), "passages", spent))
        stack.enter_context(timed(QueryReader, ("read", "read_unfound", "meant"), "reading", spent))
        for number, text in enumerate(texts):
            parts = read(generation, settings, text) if given.alone else asked(service, text, spent)
            if number >= given.warm:
                words = len(text.split())
                found[next((name for name, counts in GROUPS.items() if words in counts), "more")].append(parts)
    print(f"{'words':8} {'asked':>5} " + " ".join(f"{part:>15}" for part in PARTS))
    for name in (*GROUPS, "more"):
        if found[name]:
            print(row(name, found[name]))


if __name__ == "__main__":
    main()
