"""A number for each process that lives, given again when it has died: files that are named after it stay few."""

import fcntl
import os
from typing import Final

FOLDER: Final = "IZDE_METRICS_FOLDER"
"""The variable by which the master tells its workers the folder that they count in."""


class Slot:
    """The smallest number that no other living process of the folder has; it is this process's until it ends.

    A worker that takes the place of another one counts on in its files, so counters never fall.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._owner = 0
        self._number = 0

    def __call__(self) -> int:
        """The number; a process that was forked takes one of its own.

        Raises:
            OSError: the folder is gone or cannot be written.
        """
        if self._owner != os.getpid():
            self._number, self._owner = self._taken(), os.getpid()
        return self._number

    def _taken(self) -> int:
        number = 1
        while not self._take(number):
            number += 1
        return number

    def _take(self, number: int) -> bool:
        """The lock goes with the process: the file is never closed."""
        file = os.open(f"{self._folder}/slot-{number}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            return False
        return True
