"""The hits of a search in one stream: the order is made at once, the texts come a batch at a time."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .errors import ExportTimeout
from .model import Hit, IndexInfo

BATCH = 100
BATCH_MS = 5000
"""Time for the passages of a batch. Only articles as long as books need more; those left show their beginning."""


@dataclass(frozen=True, slots=True)
class Export:
    """Hits that are still to be read, all from the generation `index`, which stays open until `close`.

    total: hits of the search; rows: those of them that come, if nothing goes wrong on the way.
    timed_out: the deadline of the search passed, so the order is a rough one and the total may be too small.
    """

    index: IndexInfo
    total: int
    rows: int
    timed_out: bool
    read: Callable[[int, int], tuple[Hit, ...]]
    seconds: float
    close: Callable[[], object] = bool

    def batches(self) -> Iterator[tuple[Hit, ...]]:
        """The hits, up to `BATCH` at a time; the generation is let go of after the last.

        Raises:
            ExportTimeout: there are more, but the time is over.
            EngineError: the index turns out to be damaged.
        """
        end = time.monotonic() + self.seconds
        try:
            for start in range(0, self.rows, BATCH):
                if time.monotonic() > end:
                    raise ExportTimeout(start, self.rows)
                yield self.read(start, min(start + BATCH, self.rows))
        finally:
            self.close()
