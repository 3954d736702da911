"""The metrics of the last run as a text file, for the collector of that name of node-exporter."""

import time
from pathlib import Path
from typing import Final

import msgspec

from search.freshness import LAST, last_success

from .report import Report

PREFIX: Final = "izde_reindex_"

_COUNTS: Final = {
    "documents": "Articles in the index after the last run that succeeded.",
    "added": "Articles that the last successful run added.",
    "changed": "Articles that the last successful run changed.",
    "removed": "Articles that the last successful run removed.",
    "unchanged": "Articles that the last successful run left as they were.",
    "quarantined": "Records that could not be read in the last successful run, new and known ones.",
    "bytes": "Bytes of the index on disk after the last successful run.",
}


def write(path: Path, index: Path, report: Report | None, exit_code: int, seconds: float) -> None:
    """Put the metrics in the place of the file, all of them or none.

    report: of this run, None if it failed; its counts are those of the last success then. seconds: that it took.

    Raises:
        OSError: the file cannot be written; it is as it was.
    """
    from prometheus_client import CollectorRegistry, Gauge, write_to_textfile  # most runs have no use for it

    registry = CollectorRegistry()

    def put(name: str, value: float, help_: str) -> None:
        Gauge(PREFIX + name, help_, registry=registry).set(value)

    success = last_success(index)
    put("last_run_timestamp_seconds", time.time(), "When the last run ended, whatever came of it.")
    put("last_exit_code", exit_code, "What the last run left with: 0 or 3 where it succeeded.")
    put("duration_seconds", seconds, "How long the last run took.")
    at = success.timestamp() if success else 0
    put("last_success_timestamp_seconds", at, "When a run last succeeded; 0 if none ever did.")
    if known := report or last_report(index):
        for name, help_ in _COUNTS.items():
            put(name, getattr(known, name), help_)
        put("errors", known.rejected, "Records that the last successful run could not read and did not know of.")
        newest = known.newest.timestamp() if known.newest else 0
        put("newest_timestamp_seconds", newest, "The date of the newest article; 0 if none has one.")
    write_to_textfile(str(path), registry)


def last_report(index: Path) -> Report | None:
    """The report of the last run that succeeded, if there is one that can be read."""
    try:
        return msgspec.json.decode((index / LAST).read_bytes(), type=Report)
    except (OSError, msgspec.MsgspecError):
        return None
