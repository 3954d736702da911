"""What a check of `izde doctor` says: one line each."""

from typing import Literal

import msgspec

Level = Literal["ok", "warning", "error"]


class Finding(msgspec.Struct, frozen=True):
    """level: `error` where something does not work, `warning` where it may not for long, else `ok`.

    subject: what was looked at, in a word or two. what: how it is. where: a path, a setting or an address, empty if
    there is none. advice: what to do, empty where nothing is to be done.
    """

    level: Level
    subject: str
    what: str
    where: str = ""
    advice: str = ""

    def line(self) -> str:
        """All of it on one line."""
        text = f"{self.level:<8} {self.subject}: {self.what}"
        text += f" ({self.where})" if self.where else ""
        text += f"; {self.advice}" if self.advice else ""
        return text


def ok(subject: str, what: str, where: object = "") -> Finding:
    """All is well."""
    return _finding("ok", subject, what, where, "")


def warning(subject: str, what: str, where: object = "", advice: str = "") -> Finding:
    """Something is odd, or will not be well for long."""
    return _finding("warning", subject, what, where, advice)


def error(subject: str, what: str, where: object = "", advice: str = "") -> Finding:
    """Something does not work."""
    return _finding("error", subject, what, where, advice)


def _finding(level: Level, *texts: object) -> Finding:
    """Names of files can hold anything; what is said can be printed and stays on its line."""
    return Finding(level, *("".join(one if one.isprintable() else "?" for one in str(text)) for text in texts))
