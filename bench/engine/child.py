"""One engine in a process of its own: `python -m bench.engine.child build|serve PEER INDEX CORPUS ARTICLES QUERIES`.

`build` prints seconds as JSON. `serve` prints `ready`, waits for a line, opens the index and prints seconds; then for
each line of stdin that names a class it asks all queries of that class, a line of answer each (`lines.py`), and a `.`.
"""

import gc
import json
import sys
import time
from pathlib import Path

from . import queries
from .corpus import Corpus
from .lines import answer_line
from .peers import peer


def build(name: str, index: Path, corpus: Corpus) -> dict[str, float]:
    """Seconds that building took, without the reading of the tokens, and what else was written for completion."""
    made = peer(name)
    began = time.perf_counter()
    made.build(index, corpus)
    seconds = time.perf_counter() - began - corpus.reading
    corpus.reading, began = 0.0, time.perf_counter()
    made.more(index, corpus)
    return {"seconds": seconds, "more": time.perf_counter() - began - corpus.reading}


def serve(name: str, index: Path, asks: list[queries.Ask]) -> None:
    """Answer until stdin ends."""
    made = peer(name)
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.perf_counter()
    searcher = made.open(index)
    print(f"{time.perf_counter() - began:.6f}", flush=True)
    for line in sys.stdin:
        lines = []
        for ask in asks:
            if ask.kind == line.strip():
                began = time.perf_counter()
                answer = searcher.ask(ask)
                lines.append(answer_line((time.perf_counter() - began) * 1e6, answer))
        print("\n".join([*lines, "."]), flush=True)
        gc.collect()
    searcher.close()


def main() -> None:
    """Build or serve."""
    action, name, index, folder, articles, count = sys.argv[1:]
    if action == "build":
        print(json.dumps(build(name, Path(index), Corpus(Path(folder), int(articles)))))
    else:
        serve(name, Path(index), queries.load(Path(folder), int(articles), int(count)))


if __name__ == "__main__":
    main()
