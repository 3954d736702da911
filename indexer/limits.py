"""Limits that are given as a number or as a share: `500`, `20%`."""

import re
from dataclasses import dataclass

from search.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `number` records, or at most the `percent` of all."""

    number: int | None = None
    percent: float | None = None

    @classmethod
    def parse(cls, text: str, where: str) -> "Limit":
        """The limit that this text says.

        Raises:
            SettingsError: it says none; the message names `where` it stands.
        """
        match = re.fullmatch(r"([0-9]{1,12})|([0-9]{1,3}(?:\.[0-9]{1,6})?)%", text.strip())
        if not match or (match[2] and float(match[2]) > 100):
            raise SettingsError(f"{where}: {text!r} is no limit; write a number like 500 or a share like 20%")
        return cls(int(match[1])) if match[1] else cls(percent=float(match[2]))

    def exceeded(self, part: int, whole: int, floor: int = 0) -> bool:
        """Whether `part` of `whole` is more than the limit; a share counts only above `floor` records."""
        if self.number is not None:
            return part > self.number
        return part > floor and part * 100 > (self.percent or 0) * whole

    def __str__(self) -> str:
        return str(self.number) if self.number is not None else f"{self.percent:g}%"
