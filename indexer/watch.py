"""Watches the inputs and runs `izde reindex` in a process of its own whenever something has changed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Final

from search.errors import SearchError
from search.settings import Settings

from .ending import note_failure
from .errors import IndexerError
from .file_changes import Watched, changes
from .pace import Due, Pace
from .specs import input_specs
from .textfile import last_report

_COMMAND: Final = (sys.executable, "-P", "-m", "indexer", "reindex", "-q", "--if-needed", "--stale-after", "0s")
"""A run at work is always told (exit code 4), so that no change is taken for read."""

_SAID: Final = {
    2: "it waits for a change of the settings or inputs",
    5: "it waits for the next change",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is watched and what is run. settings: a function that reads them anew.

    config: the file of the settings; arguments: of the command besides those that every run has.
    """

    inputs: Sequence[Path]
    settings: Callable[[], Settings]
    config: Path | None
    arguments: Sequence[str]
    poll_s: float | None = None


class Watch:
    """The loop of `izde watch`; SIGTERM and SIGINT end it, and a run at work by the same signal."""

    def __init__(self, plan: Plan, pace: Pace, every_s: float, say: Callable[[str], None]) -> None:
        self._plan, self._pace, self._every_s, self._say = plan, pace, every_s, say
        self._stop = Event()
        self._signal = 0
        self._child: subprocess.Popen[bytes] | None = None
        self._index = plan.settings().index

    def go(self) -> None:
        """Watch until a signal comes.

        Raises:
            SettingsError: the settings are wrong at the start. Later a wrong file of settings is told and waited for.
            InputError: there is no input at all.
        """
        where = self._look()
        before = {number: signal.signal(number, self._end) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self._stop.is_set():
                self._follow(where)
                where = self._looked_again(where)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        self._say("ended")

    def _look(self) -> Watched:
        """What the settings say is to be watched."""
        settings = self._plan.settings()
        specs = input_specs(self._plan.inputs, settings)
        fetched = [spec.name for spec in specs if spec.fetched]
        paths = [spec.path for spec in specs if not spec.fetched]
        self._index = settings.index
        self._pace.rhythm = self._pace.rhythm.with_every(self._every_s if fetched else None)
        for path in paths:
            there = os.path.exists(path)  # noqa: PTH110  # False, too, where a mount has failed
            self._say(f"watching {path}" if there else f"waiting for {path}, which does not exist")
        if fetched:
            self._say(f"fetching {', '.join(fetched)} every {self._every_s:.0f} s")
        if self._plan.config is not None:
            paths.append(self._plan.config)
        aside = [settings.index, settings.quarantine, settings.harvest]
        return Watched(paths, aside, self._plan.poll_s)

    def _looked_again(self, where: Watched) -> Watched:
        if self._stop.is_set():
            return where
        try:
            return self._look()
        except (SearchError, IndexerError) as error:
            self._say(f"{error}; the settings that were read before stay in use")
            return where

    def _follow(self, where: Watched) -> None:
        """Until the settings change, or the end."""
        for found in changes(where, self._stop, self._say):
            now = time.monotonic()
            if found:
                self._pace.changed(now)
            if self._plan.config in found:
                self._say(f"{self._plan.config} has changed")
                return
            if (due := self._pace.due(now)) and not self._stop.is_set():
                self._run(due)

    def _run(self, due: Due) -> None:
        self._pace.began()
        began = time.monotonic()
        offline = ["--offline"] if due is Due.READ and self._pace.rhythm.every_s is not None else []
        code = self._waited([*_COMMAND, *offline, *self._plan.arguments])
        now = time.monotonic()
        rest = self._pace.ended(due, code, now)
        if self._stop.is_set():
            return
        if code < 0:
            note_failure(self._index, 128 - code, f"the run was ended by signal {-code}")
        then = f"it is tried again in {rest:.0f} s" if rest else _SAID.get(code, "")
        self._say("; ".join(filter(None, (self._told(code, now - began), then))))

    def _waited(self, command: Sequence[str]) -> int:
        """The exit code of the command, once it has ended."""
        try:
            # In a group of its own: Ctrl+C reaches it once, through us.
            self._child = subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=0)  # noqa: S603  # ours
        except OSError as error:
            self._say(f"a run could not be started: {error.strerror}")
            return 1
        if self._signal:
            self._child.send_signal(self._signal)
        code = self._child.wait()
        self._child = None
        return code

    def _told(self, code: int, seconds: float) -> str:
        if code not in (0, 3):
            why = f"signal {-code}" if code < 0 else f"exit code {code}"
            return f"the run failed after {seconds:.1f} s ({why})"
        report = last_report(self._index)
        if report is None or report.generation == report.previous:
            return f"nothing to do ({seconds:.1f} s)"
        counts = f"{report.added} added, {report.changed} changed, {report.removed} removed, {report.rejected} rejected"
        return f"{report.generation} is served ({seconds:.1f} s): {counts}"

    def _end(self, number: int, _frame: FrameType | None) -> None:
        self._signal = number
        self._stop.set()
        if self._child is not None:
            self._child.send_signal(number)
