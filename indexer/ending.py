"""How a run ended, kept for those who watch over it: INDEX/FAILED.json, and a file of metrics."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

import click
import msgspec

from search.errors import EngineError, SearchError
from search.freshness import FAILED, Failure
from search.settings import Settings

from . import textfile
from .errors import IndexerError, IndexLocked, Interrupted
from .files import replace_durably
from .report import Report

_MOST_CHARS: Final = 2000


class Ending:
    """Stands around everything that one run does; `succeeded` tells it of a success.

    A run that was interrupted, or that found another one at work, has not failed; a dry run leaves nothing. What cannot
    be written is said, and fails nothing.

    say: takes warnings, one line each.
    """

    def __init__(self, settings: Settings, say: Callable[[str], None], *, dry_run: bool = False) -> None:
        self._settings, self._say, self._dry_run = settings, say, dry_run
        self._report: Report | None = None
        self._began = time.monotonic()

    def succeeded(self, report: Report) -> None:
        """The run has done what it was to do."""
        self._report = report

    def __enter__(self) -> "Ending":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._dry_run:
            return
        if self._report is not None:
            self._end(self._report.exit_code)
        elif error is not None and (code := exit_code(error)):
            self._end(code, None if _is_no_failure(error) else _message(error))

    def _end(self, code: int, message: str | None = None) -> None:
        index = self._settings.index
        if self._report is not None:
            with suppress(OSError):  # one that stays is older than the success, so nobody believes it
                (index / FAILED).unlink(missing_ok=True)
        elif message is not None:
            note_failure(index, code, message)
        if self._settings.metrics_file:
            path = Path(self._settings.metrics_file)
            try:
                textfile.write(path, index, self._report, code, time.monotonic() - self._began)
            except OSError as problem:
                self._say(f"{path}: the metrics could not be written: {problem.strerror}")


def note_failure(index: Path, code: int, message: str) -> None:
    """Keep what a run failed of, for `izde status`, `/metrics` and people; where that cannot be, it is not kept."""
    failure = Failure(datetime.now(UTC), code, message[:_MOST_CHARS])
    with suppress(OSError):
        replace_durably(index / FAILED, msgspec.json.encode(failure) + b"\n")


def exit_code(error: BaseException) -> int:
    """What `izde` leaves with when this ends a command."""
    match error:
        case IndexerError() | Interrupted() | click.ClickException():
            return error.exit_code
        case KeyboardInterrupt() | click.Abort():
            return 130
        case SearchError() if not isinstance(error, EngineError):
            return 2
        case SystemExit():
            return error.code if isinstance(error.code, int) else int(error.code is not None)
    return 1


def _is_no_failure(error: BaseException) -> bool:
    return isinstance(error, Interrupted | IndexLocked | KeyboardInterrupt | click.Abort)


def _message(error: BaseException) -> str:
    known = isinstance(error, IndexerError | SearchError | click.ClickException)
    text = " ".join(str(error).split())
    return text if known and text else f"{type(error).__name__}: {text}"
