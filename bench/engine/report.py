"""Tables and a plot of what was measured."""

import csv
import math
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from statistics import median

from .measure import Row
from .peers import OURS, PEERS
from .processes import Built
from .queries import CLASSES

AGAINST = "tantivy"
AIMS = {
    "full": "0.8; whole ranking 1.0",
    "question": "whole ranking 0.8",
    **dict.fromkeys(("common", "or", "newest", "deep"), "0.5"),
    "typo": "0.3",
    "phrase": "1.2",
    "prefix": "0.9",
    "rare": "1.0",
    "filter": "1.0",
}
"""How many times as long as Tantivy's one field the engine may take."""
COLOURS = {
    "izde": "#0a7f5a",
    "ranked": "#3fae85",
    "whole": "#9bd6bd",
    "tantivy": "#d1495b",
    "lucene": "#edae49",
    "sqlite": "#30638e",
    "whoosh": "#8d8d8d",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """An engine around the run: seconds to open; bytes of its process's own before, after that and at the end."""

    seconds: float
    bytes_before: int
    bytes_opened: int
    bytes_after: int


def head() -> str:
    """When and where this is measured."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    where = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {where}; load {load}.\n\n"


def markdown(rows: Sequence[Row], built: Mapping[str, Built], opened: Mapping[str, Opened], articles: int) -> str:
    """Three tables: times, ratios, and what building and memory cost."""
    names = list(built)
    by = {(row.kind, row.peer): row for row in rows}
    kinds = [kind for kind in CLASSES if any((kind, name) in by for name in names)]
    times = []
    for kind in kinds:
        some = next(by[kind, name] for name in ("izde", *names) if (kind, name) in by)
        hits = f" ({median(some.hits):,.0f})" if median(some.hits) >= 0 else ""
        times.append([CLASSES[kind] + hits, *(_time(by.get((kind, name))) for name in names)])
    pairs = [(name, AGAINST) for name in OURS] + [("izde", name) for name in names if name not in (*OURS, AGAINST)]
    pairs = [pair for pair in pairs if set(pair) <= set(names)]
    ratios = [
        [CLASSES[kind], AIMS.get(kind, ""), *(_ratio(by.get((kind, one)), by.get((kind, two))) for one, two in pairs)]
        for kind in kinds
    ]
    costs = [[PEERS[name], *_costs(built[name], opened[name], articles)] for name in names]
    parts = (
        f"Milliseconds, {articles:,} articles: half of the queries stay below, in brackets 95 %; `!`: answers that"
        " differ from those of the others.",
        table(["class (median hits)", *(PEERS[name] for name in names)], times),
        "How many times as long, by half of the queries and by 95 %:" if pairs else "",
        table(["class", "to reach", *(f"{PEERS[one]} ÷ {PEERS[two]}" for one, two in pairs)], ratios) if pairs else "",
        table(
            ["", "articles/s", "for completion", "peak", "index", "÷ text", "open", "USS before", "USS", "after"], costs
        ),
    )
    return "\n\n".join(filter(None, parts))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write_csv(path: Path, rows: Sequence[Row]) -> None:
    """A line for each class and engine."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("class", "engine", "p50_ms", "p95_ms", "median_hits", "queries", "disagreed"))
        for row in rows:
            shown = (f"{row.quantile(0.5):.4f}", f"{row.quantile(0.95):.4f}", f"{median(row.hits):.0f}")
            lines.writerow((row.kind, row.peer, *shown, len(row.times), row.disagreed))


def growth(folder: Path) -> str:
    """How the medians grow with the articles, of all tables in a folder: milliseconds, and the last by the first."""
    files = sorted(folder.glob("engines-*.csv"), key=lambda file: int(file.stem.split("-")[1]))
    found: dict[tuple[str, str], dict[str, float]] = {}
    for path in files:
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                found.setdefault((row["class"], row["engine"]), {})[path.stem] = float(row["p50_ms"])
    rows = []
    for (kind, name), times in found.items():
        values = [times.get(path.stem) for path in files]
        known = [value for value in values if value is not None]
        shown = (_short(value) if value is not None else "–" for value in values)
        rows.append(
            [CLASSES[kind], PEERS[name], *shown, f"× {_short(known[-1] / known[0])}" if len(known) > 1 else "–"]
        )
    return table(["class", "", *(f"{int(path.stem.split('-')[1]):,}" for path in files), "growth"], rows)


def plot(rows: Sequence[Row], articles: int) -> str:
    """The medians as bars on a logarithmic scale, as SVG."""
    names = list(dict.fromkeys(row.peer for row in rows))
    kinds = list(dict.fromkeys(row.kind for row in rows))
    low = 10 ** math.floor(math.log10(min(row.quantile(0.5) for row in rows)))
    high = 10 ** math.ceil(math.log10(max(row.quantile(0.5) for row in rows)))
    left, width, bar, gap, top = 230, 700, 9, 12, 50

    def x(value: float) -> float:
        return left + width * (math.log10(value) - math.log10(low)) / (math.log10(high) - math.log10(low))

    parts, y = [], float(top)
    for kind in kinds:
        shown = [row for row in rows if row.kind == kind]
        middle = y + bar * len(shown) / 2 + 4
        parts.append(f'<text x="{left - 8}" y="{middle}" text-anchor="end">{escape(CLASSES[kind])}</text>')
        for row in shown:
            value = row.quantile(0.5)
            parts.append(
                f'<rect x="{left}" y="{y:.1f}" width="{max(1.0, x(value) - left):.1f}" height="{bar - 1}"'
                f' fill="{COLOURS[row.peer]}"><title>{escape(PEERS[row.peer])}: {value:.2f} ms</title></rect>'
            )
            y += bar
        y += gap
    value = low
    while value <= high:
        parts.append(f'<line x1="{x(value):.1f}" x2="{x(value):.1f}" y1="{top - 6}" y2="{y}" stroke="#ccc"/>')
        parts.append(f'<text x="{x(value):.1f}" y="{y + 14}" text-anchor="middle">{value:g} ms</text>')
        value *= 10
    place = 20
    for name in names:
        parts.append(f'<rect x="{place}" y="14" width="10" height="10" fill="{COLOURS[name]}"/>')
        parts.append(f'<text x="{place + 14}" y="23">{escape(PEERS[name])}</text>')
        place += 36 + 7 * len(PEERS[name])
    size = f'width="{left + width + 60}" height="{y + 30:.0f}"'
    title = f"<title>Median times, {articles:,} articles</title>"
    style = "<style>text{font:11px sans-serif}</style>"
    back = '<rect width="100%" height="100%" fill="white"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{title}{style}{back}{"".join(parts)}</svg>\n'


def _time(row: Row | None) -> str:
    if row is None:
        return "–"
    wrong = f" **!{row.disagreed}**" if row.disagreed else ""
    return f"{_short(row.quantile(0.5))} ({_short(row.quantile(0.95))}){wrong}"


def _ratio(mine: Row | None, other: Row | None) -> str:
    if mine is None or other is None:
        return "–"
    middle, high = (_short(mine.quantile(share) / other.quantile(share)) for share in (0.5, 0.95))
    return f"{middle} ({high})"


def _costs(built: Built, opened: Opened, articles: int) -> list[str]:
    return [
        f"{articles / built.seconds:,.0f}",
        f"{built.more:.1f} s" if built.more > 0.01 else "–",
        f"{built.peak / 1e6:,.0f} MB",
        f"{built.size / 1e6:,.0f} MB",
        f"{built.size / built.text:.2f}",
        f"{opened.seconds * 1000:,.0f} ms",
        *(f"{size / 1e6:,.0f} MB" for size in (opened.bytes_before, opened.bytes_opened, opened.bytes_after)),
    ]


def _short(value: float) -> str:
    return f"{value:.2f}" if value < 9.995 else f"{value:,.0f}" if value >= 99.95 else f"{value:.1f}"
