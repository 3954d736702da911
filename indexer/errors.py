"""What stops a run on purpose, each with the exit code of the command.

IndexerError            1   the root: the run failed, the old index serves
├── InputError          2   an input path that never existed
├── EmptyInput          5   an input that exists but holds no file of a known kind, or no record
├── IndexLocked         4   another run holds the lock, and the last success is too long ago
├── SafetyStop          5   what would be published looks like an accident
├── NoSpace             6   no space or no permission where the index is written
├── NoMemory            6   less memory is free than a run needs
├── NotDurable          1   published, but the disk did not confirm it
├── QueryLogMissing     1   there is no query log to read
└── BackupDamaged       1   the file to restore is no backup, or not what was written

Interrupted             130 (SIGINT), 143 (SIGTERM): no error, so that nothing catches it by accident
"""


class IndexerError(Exception):
    """The root of every error of the write path; `exit_code` is what `izde` leaves with."""

    exit_code = 1


class InputError(IndexerError):
    """An input path that does not exist."""

    exit_code = 2


class EmptyInput(IndexerError):
    """An input that exists, but holds no file of a known kind or no record."""

    exit_code = 5


class IndexLocked(IndexerError):
    """Another run holds the lock."""

    exit_code = 4


class SafetyStop(IndexerError):
    """What would be published looks like an accident, such as most articles gone; the old index serves."""

    exit_code = 5


class NoSpace(IndexerError):
    """No space, or no permission, where the index is to be written."""

    exit_code = 6


class NoMemory(IndexerError):
    """Less memory is free than a run needs; nothing was begun."""

    exit_code = 6


class NotDurable(IndexerError):
    """The new generation is served, but the disk did not confirm that it would be after a power cut."""


class QueryLogMissing(IndexerError):
    """There is no query log to read."""


class BackupDamaged(IndexerError):
    """The file to restore is no backup, or not what was written; nothing was changed."""


class Interrupted(BaseException):
    """The run was asked to end by a signal; nothing was published."""

    def __init__(self, signal: int) -> None:
        super().__init__("interrupted; nothing was published")
        self.exit_code = 128 + signal
