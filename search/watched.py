"""A small file that people change while the service runs: looked at once in a while, read when it changed."""

import time
from pathlib import Path


class Watched:
    """The file at `path`, which may be absent. Not for several threads at once: who has it has a lock.

    poll_ms: how often it is looked at, in milliseconds.
    """

    def __init__(self, path: Path, poll_ms: int) -> None:
        self.path = path
        self._poll_s = poll_ms / 1000
        self._look_at = 0.0
        self._seen: object = None

    def changed(self) -> bool:
        """Whether it is time to look, and the file is not as it was at the last look; True for the first one."""
        now = time.monotonic()
        if now < self._look_at:
            return False
        self._look_at = now + self._poll_s
        before, self._seen = self._seen, self._state()
        return self._seen != before

    def _state(self) -> object:
        """What changes when the file does; its absence, too."""
        try:
            found = self.path.stat()
        except OSError as error:
            return error.errno
        return found.st_mtime_ns, found.st_size, found.st_ino
