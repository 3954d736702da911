"""Measures what spelling costs: `python -m bench.variants [SHARED_DIR]`.

The judged queries typed in each spelling of `retyped.py`, and with one slip in one word, through the whole search:
nDCG@10 and, in brackets, the difference from the canonical spelling.
"""

import argparse
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import numpy as np

from search.kazakh import Analyzer

from .judged import SETS, Scores, Served, served, short, signed, table
from .retyped import Typed, one_typo, spellings

SEEDS = (1, 2, 3)


def retyped(one: Served, typed: Typed) -> dict[str, str]:
    """The queries of a set in another spelling."""
    return {query: typed(text) for query, text in one.judged.queries.items()}


def typos(one: Served, analyzer: Analyzer) -> tuple[Scores, int]:
    """With one slip each: the scores of all seeds together, and how many queries could not have one."""
    scores, same = [], 0
    for seed in SEEDS:
        queries = retyped(one, partial(one_typo, analyzer=analyzer, seed=seed))
        same = sum(queries[query] == text for query, text in one.judged.queries.items())
        scores.append(one.scores(queries))
    return np.concatenate(scores), same


def shown(scores: Scores, canonical: Scores) -> str:
    """`.801 (−.007)`."""
    return f"{short(scores.mean())} ({signed(scores.mean() - canonical.mean())})"


def worst(one: Served, typed: Mapping[str, str], scores: Scores, canonical: Scores, most: int) -> None:
    """Print the queries that lose most, as typed and as read."""
    order = np.argsort(scores - canonical, kind="stable")[:most]
    names = list(one.judged.queries)
    for place in order.tolist():
        if scores[place] < canonical[place]:
            lost = f"{short(canonical[place])} → {short(scores[place])}"
            print(f"    {one.name} {names[place]} {lost}  {one.judged.queries[names[place]]} ← {typed[names[place]]}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show N queries of each that lose most")
    args = parser.parse_args()
    ways, analyzer = spellings(args.shared), Analyzer()
    with served(args.shared / "relevance" / name for name in SETS) as sets:
        canonical = [one.scores() for one in sets]
        rows = [["canonical", *(short(scores.mean()) for scores in canonical)]]
        for name, typed in ways.items():
            row = [name]
            for one, base in zip(sets, canonical, strict=True):
                queries = retyped(one, typed)
                scores = one.scores(queries)
                row.append(shown(scores, base))
                worst(one, queries, scores, base, args.worst)
            rows.append(row)
            print(*row, sep="  ", flush=True)
        found = [typos(one, analyzer) for one in sets]
        rows.append(["one slip", *(shown(scores, base) for (scores, _), base in zip(found, canonical, strict=True))])
        print()
        print(table(["typed", *(one.name for one in sets)], rows))
        for one, (_, same) in zip(sets, found, strict=True):
            print(f"{one.name}: {same} of {len(one.judged.queries)} queries have no word of five letters to slip in")


if __name__ == "__main__":
    main()
