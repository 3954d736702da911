"""Articles that may not be published yet: before a day, or for so many days after their own date."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from search.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Embargo:
    """until: nothing is published before it, aware. days: an article is published so many days after its date."""

    until: datetime | None = None
    days: int = 0

    def holds(self, published: datetime | None, now: datetime) -> bool | None:
        """Whether an article is held back now; None where that cannot be told, since it has no date."""
        if self.until is not None:
            return now < self.until
        return None if published is None else now < published + timedelta(days=self.days)


def embargo(value: object, zone: ZoneInfo, where: str) -> Embargo:
    """What the settings say: a date, of TOML or as `2026-12-01`, whose day begins in this zone; or days, as `7d`.

    Raises:
        SettingsError: it is neither; the message names `where` it stands.
    """
    match = re.fullmatch(r"([0-9]{1,4})d", value) if isinstance(value, str) else None
    if match:
        return Embargo(days=int(match[1]))
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        day = None
    if not isinstance(day, date) or isinstance(day, datetime):
        raise SettingsError(f"{where}: {value!r} is neither a date, such as 2026-12-01, nor days, such as 7d")
    return Embargo(until=datetime.combine(day, time(), zone))
