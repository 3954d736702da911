"""The list of records that were rejected: a file a day, one JSON object a line."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from .report import Problem


def path_of(folder: Path, now: datetime) -> Path:
    """The file of this day (UTC)."""
    return folder / f"{now:%Y%m%d}.jsonl"


def append(path: Path, run: str, problems: Sequence[Problem]) -> None:
    """Add the records that this run rejected and the last one did not.

    Raises:
        OSError: the file cannot be written.
    """
    if not problems:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [msgspec.json.encode({"run": run, **msgspec.to_builtins(one)}) for one in problems]
    with path.open("ab") as file:
        file.write(b"\n".join(lines) + b"\n")
