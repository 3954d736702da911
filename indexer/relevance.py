"""Judged sets and what is measured on them.

A set is a folder with `docs.jsonl` (article records), `queries.jsonl` (id, query) and `qrels.tsv` (query, 0, document,
gain). Measures: nDCG@10 with gains as they are and log2 discount (Järvelin and Kekäläinen 2002), MRR@10, and recall at
10 and 100, each averaged over the queries that have a relevant document.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import fmean

from .errors import InputError

CUT = 10
DEPTH = 100
"""How many documents of a query are ranked and written to a run."""

Run = Mapping[str, Sequence[str]]
"""Query id → document ids, best first."""


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """queries: id → text. gains: query id → document id → gain above zero."""

    docs: Path
    queries: Mapping[str, str]
    gains: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Measures:
    """Means over `queries` judged queries, each from 0 to 1."""

    queries: int
    ndcg10: float
    mrr10: float
    recall10: float
    recall100: float


def load(folder: Path) -> JudgedSet:
    """The judged set in a folder.

    Raises:
        InputError: a file is missing or a line of it cannot be read; the message names file and line.
    """
    queries: dict[str, str] = {}
    gains: dict[str, dict[str, float]] = {}
    for number, line in _lines(folder / "queries.jsonl"):
        try:
            record = json.loads(line)
            queries[str(record["id"])] = str(record["query"])
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{folder / 'queries.jsonl'}:{number}: expected an object with id and query") from error
    for number, line in _lines(folder / "qrels.tsv"):
        cells = line.split("\t")
        try:
            query, _, document, gain = cells
            if float(gain) > 0:
                gains.setdefault(query, {})[document] = float(gain)
        except ValueError as error:
            raise InputError(f"{folder / 'qrels.tsv'}:{number}: expected query, 0, document, gain") from error
    judged = {query: text for query, text in queries.items() if query in gains}
    if not judged:
        raise InputError(f"{folder}: no query of queries.jsonl has a relevant document in qrels.tsv")
    return JudgedSet(folder / "docs.jsonl", judged, gains)


def measure(judged: JudgedSet, run: Run) -> Measures:
    """What a run is worth; a query without an answer counts as zero."""
    each = [_measured(run.get(query, ()), judged.gains[query]) for query in judged.queries]
    return Measures(len(each), *(fmean(column) for column in zip(*each, strict=True)))


def ndcg(ranked: Sequence[str], gains: Mapping[str, float]) -> float:
    """nDCG@10 of one query."""
    found = sum(gains.get(document, 0.0) / log2(rank + 2) for rank, document in enumerate(ranked[:CUT]))
    ideal = sum(gain / log2(rank + 2) for rank, gain in enumerate(sorted(gains.values(), reverse=True)[:CUT]))
    return found / ideal


def _measured(ranked: Sequence[str], gains: Mapping[str, float]) -> tuple[float, float, float, float]:
    first = next((rank for rank, document in enumerate(ranked[:CUT], 1) if document in gains), None)
    within = [sum(document in gains for document in ranked[:depth]) / len(gains) for depth in (CUT, DEPTH)]
    return ndcg(ranked, gains), 1 / first if first else 0.0, within[0], within[1]


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path}: cannot be read ({error}); a judged set has docs.jsonl, queries.jsonl, qrels.tsv"
        ) from error
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
