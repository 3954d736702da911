"""Runs: the one at work, the last ones, what they rejected and what they left behind."""

import os
import re
import socket
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from search.errors import SettingsError
from search.freshness import age

from ..lock import LOCK
from ..workspace import LAST, leftovers
from .finding import Finding, error, ok, warning
from .look import Look

_MOST_REASONS = 3


def lock(look: Look) -> Iterator[Finding]:
    """Who holds the lock, and whether that can be."""
    place = look.index / LOCK
    if look.state is None or not place.exists():
        return
    if not os.access(place, os.R_OK):
        yield warning(
            "lock", "this user may not read it", place, "it must be readable, to see whether a run is at work"
        )
        return
    holder = look.state.running
    if holder is None:
        yield ok("lock", "nobody holds it", place)
        return
    told = f"held by process {holder.pid} on {holder.host} since {holder.started:%Y-%m-%d %H:%M} UTC"
    if holder.host == socket.gethostname() and not Path(f"/proc/{holder.pid}").exists():
        advice = "a process that this one began may still live; fuser -v shows who has the file"
        yield error("lock", f"{told}, which does not live any more", place, advice)
    elif look.now - holder.started > _stale_after(look):
        yield warning("lock", f"{told}, longer than stale_after", place, "look what it does; SIGTERM ends it in order")
    else:
        yield ok("lock", told, place)


def last_success(look: Look) -> Iterator[Finding]:
    """How old the index is."""
    found = look.state
    if found is None or not look.index.is_dir():
        return
    if found.last_success is None:
        yield warning("last run", "none has succeeded yet", look.index, "run `izde reindex`")
        return
    passed = look.now - found.last_success
    told = f"succeeded {found.last_success:%Y-%m-%d %H:%M} UTC, {_hours(passed)} ago"
    if passed > _stale_after(look):
        advice = "see whether the timer or cron runs, and run `izde reindex` by hand to see what it says"
        yield warning("last run", f"{told}, longer than stale_after = {look.settings.stale_after}", look.index, advice)
    else:
        yield ok("last run", told, look.index)
    if found.failed is not None:
        told = f"failed {found.failed.time:%Y-%m-%d %H:%M} UTC with exit code {found.failed.exit_code}"
        yield warning("last run", f"{told}: {found.failed.message}", look.index, "see the message, and run it by hand")


def rejected(look: Look) -> Iterator[Finding]:
    """How many records could not be read in the last run, and why most of them."""
    folder = look.settings.quarantine
    above = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    if not os.access(above, os.W_OK | os.X_OK) and look.state and os.access(look.index, os.W_OK):
        yield error("quarantine", "this user may not write there", above, "set quarantine, or change its owner")
    last = look.state.last if look.state else None
    if last is None:
        if (look.index / LAST).exists():
            yield warning("quarantine", "the report of the last run cannot be read", look.index / LAST, "run it again")
        return
    if not last.quarantined:
        yield ok("quarantine", "no record was rejected", folder)
        return
    counted = Counter(_alike(one.reason) for one in last.errors).most_common(_MOST_REASONS)
    reasons = "; ".join(f"{count} × {reason}" for reason, count in counted)
    told = f"{last.quarantined} of {last.quarantined + last.documents} records were rejected: {reasons}"
    share = last.quarantined > last.documents // 100
    yield (warning if share else ok)("quarantine", told, folder)


def left_behind(look: Look) -> Iterator[Finding]:
    """What runs that were killed have left."""
    if look.state is None or look.state.running or not look.index.is_dir():
        return
    found = leftovers(look.index)
    if found:
        size = sum(file.lstat().st_size for one in found for file in (one, *one.rglob("*")))
        told = f"{len(found)} of runs that were killed, {size / 1e6:,.0f} MB"
        yield warning("leftovers", told, found[0], "nothing to do: the next run removes them")
    else:
        yield ok("leftovers", "none", look.index)


def _alike(reason: str) -> str:
    """What reasons that differ in names and numbers only have in common."""
    text = re.sub(r"'[^']{0,300}'|\"[^\"]{0,300}\"|«[^»]{0,300}»|https?://\S{1,2000}", "…", reason)
    return re.sub(r"\d+", "N", text)[:100]


def _stale_after(look: Look) -> timedelta:
    try:
        return age(look.settings.stale_after, "stale_after")
    except SettingsError:
        return timedelta(days=1)  # `settings` says what is wrong with it


def _hours(passed: timedelta) -> str:
    hours = passed.total_seconds() / 3600
    return f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.0f} h" if hours >= 2 else f"{hours * 60:.0f} min"
