"""How often something may be done: `120/minute`, or `off` for as often as one likes."""

import re
from dataclasses import dataclass
from typing import Final

from .errors import SettingsError

SECONDS: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
OFF: Final = "off"

_RATE: Final = re.compile(rf"([1-9][0-9]{{0,8}})/({'|'.join(SECONDS)})")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many times (`count`) in so many `seconds`."""

    count: int
    seconds: int


def rate(text: str, where: str) -> Rate | None:
    """The rate that a text gives; None for `off`.

    Raises:
        SettingsError: it gives none; `where` says in the message where the text stands.

    >>> rate("120/minute", "rate_limit")
    Rate(count=120, seconds=60)
    """
    if text == OFF:
        return None
    if found := _RATE.fullmatch(text):
        return Rate(int(found[1]), SECONDS[found[2]])
    raise SettingsError(f"{where}: {text!r} is no rate; rates look like 120/minute, or `{OFF}`")
