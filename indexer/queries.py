"""What readers asked, gathered from the query log: what an editor reads to add a synonym."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from search.querylog import Line, day_files, normalised

from .errors import QueryLogMissing

LONGEST_LINE = 65_536


class Frequent(msgspec.Struct, frozen=True):
    """A text that was asked `times`; `total`: its hits at the last time."""

    text: str
    times: int
    total: int


class Slow(msgspec.Struct, frozen=True):
    """A text with the milliseconds of its slowest search, and how often it was searched."""

    text: str
    took_ms: float
    times: int


class Queries(msgspec.Struct, frozen=True, kw_only=True):
    """What the log holds of some days.

    searches: lines, further pages and the like included; texts: different ones; textless: searches without a text.
    broken: lines that could not be read. zero: texts that found nothing the last time, though nothing was filtered.
    """

    first: date | None
    last: date | None
    searches: int
    texts: int
    textless: int
    broken: int
    frequent: tuple[Frequent, ...]
    zero: tuple[Frequent, ...]
    slow: tuple[Slow, ...]


@dataclass(slots=True)
class _Group:
    """The lines of one text; `plain` are those of first pages without filters, and in time."""

    times: int = 0
    found_nothing: int = 0
    searched: int = 0
    slowest: float = 0.0
    last: Line | None = None
    last_plain: Line | None = None

    def add(self, line: Line) -> None:
        """One more line."""
        if not line.cached:
            self.searched += 1
            self.slowest = max(self.slowest, line.took_ms)
        if line.page != 1:
            return
        self.times += 1
        if self.last is None or line.time >= self.last.time:
            self.last = line
        if line.filters or line.timed_out:
            return
        self.found_nothing += line.total == 0
        if self.last_plain is None or line.time >= self.last_plain.time:
            self.last_plain = line

    @property
    def still_nothing(self) -> bool:
        """Whether it found nothing when it was last asked."""
        return self.last_plain is not None and self.last_plain.total == 0


def gathered(folder: Path, days: int | None, top: int, today: date | None = None) -> Queries:
    """The log of the last `days` days (all if None), with the first `top` of each list.

    Raises:
        QueryLogMissing: there is no such folder, or it cannot be read.
    """
    groups: defaultdict[str, _Group] = defaultdict(_Group)
    searches = textless = broken = 0
    try:
        files = _files(folder, days, today or datetime.now(UTC).date())
        for line in (line for _, path in files for line in _lines(path)):
            if line is None:
                broken += 1
                continue
            searches += 1
            if text := _printable(normalised(line.text)):
                groups[text].add(line)
            else:
                textless += 1
    except OSError as error:
        raise QueryLogMissing(
            f"{folder}: no query log can be read there ({error.strerror}); the setting `query_log` names its folder"
        ) from None
    return Queries(
        first=files[0][0] if files else None,
        last=files[-1][0] if files else None,
        searches=searches,
        texts=len(groups),
        textless=textless,
        broken=broken,
        frequent=_frequent([(text, one, one.times) for text, one in groups.items()])[:top],
        zero=_frequent([(text, one, one.found_nothing) for text, one in groups.items() if one.still_nothing])[:top],
        slow=_slow(groups)[:top],
    )


def _frequent(rows: Sequence[tuple[str, _Group, int]]) -> tuple[Frequent, ...]:
    ordered = sorted(rows, key=lambda row: (-row[2], row[0]))
    return tuple(Frequent(text, times, group.last.total) for text, group, times in ordered if group.last and times)


def _slow(groups: dict[str, _Group]) -> tuple[Slow, ...]:
    ordered = sorted(groups.items(), key=lambda item: (-item[1].slowest, item[0]))
    return tuple(Slow(text, group.slowest, group.searched) for text, group in ordered if group.searched)


def _files(folder: Path, days: int | None, today: date) -> list[tuple[date, Path]]:
    return [(day, path) for day, path in day_files(folder) if days is None or today - day < timedelta(days)]


def _lines(path: Path) -> Iterator[Line | None]:
    """The lines of a file, None for each that is broken; blank ones are passed over."""
    with path.open("rb") as file:
        while raw := file.readline(LONGEST_LINE):
            whole = raw.endswith(b"\n")
            if not raw.strip():
                continue
            try:
                yield msgspec.json.decode(raw, type=Line)
            except msgspec.MsgspecError:
                yield None
                while not whole and (rest := file.readline(LONGEST_LINE)):
                    whole = rest.endswith(b"\n")


def _printable(text: str) -> str:
    """The text without what a terminal would act on."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)
