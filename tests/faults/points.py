"""Every call to the system that changes a disk is a point at which something can happen: death, an error, a halt."""

import builtins
import errno
import io
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.faults.disk import Disk

_CALLS = ("fsync", "rename", "replace", "mkdir", "rmdir", "unlink", "posix_fallocate")


class Points:
    """Counts points; at point `at` it does `how`: `kill`, `stop`, an error by name, or `EIO+` for one that stays.

    Or `power FOLDER`: the folder has the tree `disk`, whose changes are noted; `cut` then tells what would be lost.
    """

    def __init__(self, at: int, how: str) -> None:
        self.at = at
        self.how = how
        self.passed = 0
        self.disk: Disk | None = None
        if how.startswith("power "):
            folder = Path(how.removeprefix("power "))
            self.disk = Disk(folder / "disk", folder / "shadow")

    def install(self) -> None:
        """From now on every point of this process is passed here."""
        if self.disk is not None:
            self.disk.install()
        for name in _CALLS:
            setattr(os, name, self._wrapped(getattr(os, name)))
        opened = io.open

        def open_(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
            if not set(mode) & set("wax") or isinstance(file, int):
                return opened(file, mode, *args, **kwargs)
            self.reach()
            existed = Path(file).exists()
            made = self._file(file, mode, *args, **kwargs)
            if self.disk is not None:
                self.disk.opened(file, existed)
            return made

        io.open = builtins.open = open_  # type: ignore[assignment]

    def reach(self) -> None:
        """One point more."""
        self.passed += 1
        if self.passed == self.at or (self.how.endswith("+") and 0 < self.at < self.passed):
            self._happen()

    def _happen(self) -> None:
        if self.disk is not None:
            self.cut()
            os.kill(os.getpid(), signal.SIGKILL)
        elif self.how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif self.how == "stop":
            os.kill(os.getpid(), signal.SIGSTOP)
        else:
            number = getattr(errno, self.how.rstrip("+"))
            raise OSError(number, os.strerror(number))

    def cut(self) -> None:
        """Note what a power cut at this moment may undo."""
        if self.disk is not None:
            self.disk.dump(self.disk.root.parent / "cut")

    def _wrapped(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            self.reach()
            return call(*args, **kwargs)

        return wrapped

    def _file(
        self,
        file: Any,
        mode: str,
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        opener: Callable[[str, int], int] | None = None,
    ) -> Any:
        points = self

        class Raw(io.FileIO):
            def write(self, data: Any, /) -> int:
                points.reach()
                return super().write(data)

        raw = Raw(file, mode.replace("b", "").replace("t", ""), opener=opener)
        buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, encoding, errors, newline)
