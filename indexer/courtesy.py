"""A run stands back: what else the machine does goes first, for processors, disks and memory."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_EXPENDABLE: Final = "500"


def stand_back(nice: int) -> None:
    """Let this process, and those that it begins, be as nice as that at least; 0 changes nothing.

    The disk follows: without a class of its own for it, Linux takes it from the niceness. Where memory runs out in
    spite of all, the system is to end a run, from which nothing is lost, before a service or a database.
    """
    if not nice:
        return
    with suppress(OSError):  # what may not be had was a courtesy only
        if os.getpriority(os.PRIO_PROCESS, 0) < nice:
            os.setpriority(os.PRIO_PROCESS, 0, nice)
    with suppress(OSError, ValueError):
        place = Path("/proc/self/oom_score_adj")
        if int(place.read_text("ascii")) < int(_EXPENDABLE):
            place.write_text(_EXPENDABLE, "ascii")
