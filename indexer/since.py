"""From when on a run is to look at files: an age, or a date."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from search.errors import SettingsError
from search.freshness import age

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def since_ns(text: str, zone: ZoneInfo) -> int:
    """The moment, in nanoseconds since 1970. text: an age such as `24h`, or a date with or without a time.

    Raises:
        SettingsError: it is neither.
    """
    if re.match(r"[0-9]{4}-", text):
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            raise SettingsError(f"--since: {text!r} is no date such as 2026-11-01 or 2026-11-01T09:30") from None
        moment = found if found.tzinfo else found.replace(tzinfo=zone)
    else:
        try:
            moment = datetime.now(UTC) - age(text, "--since")
        except SettingsError as error:
            raise SettingsError(f"{error}, or a date like 2026-11-01") from None
    return (moment - _EPOCH) // timedelta(microseconds=1) * 1000
