"""Whether runs begin by themselves, where systemd is at work."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from .finding import Finding, ok, warning
from .look import Look

_BOOTED: Final = Path("/run/systemd/system")
_TIMER, _SERVICE = "izde-reindex.timer", "izde-reindex.service"
_PATIENCE_S: Final = 5


def timer(look: Look) -> Iterator[Finding]:
    """The timer of deploy/, and how its last run ended."""
    if shutil.which("systemctl") is None or not _BOOTED.is_dir():
        return
    if _is("active", _TIMER):
        yield ok("timer", "active", _TIMER)
    elif look.state and look.state.last_success and look.now - look.state.last_success < timedelta(days=1):
        yield ok("timer", "not active, but runs come from elsewhere", _TIMER)
    else:
        yield warning("timer", "not active", _TIMER, f"systemctl enable --now {_TIMER}, or a line for cron")
    if _is("failed", _SERVICE):
        yield warning("timer", "its last run failed", _SERVICE, f"journalctl -u {_SERVICE} -e says why")


def _is(what: str, unit: str) -> bool:
    command = ["systemctl", f"is-{what}", "--quiet", unit]
    return subprocess.run(command, timeout=_PATIENCE_S, check=False).returncode == 0  # noqa: S603  # no shell, no input
