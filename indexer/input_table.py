"""One `[[input]]` table of the settings: every value is checked as it is taken, and a wrong one says what is right."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from search.errors import SettingsError
from search.freshness import age

from .addresses import normal

_FOREVER_S: Final = 10 * 365 * 86_400


class InputTable:
    """A table as it stands in the file; `where` is how messages call it.

    Every method that takes a value raises SettingsError where the value cannot be.
    """

    def __init__(self, values: object, number: int) -> None:
        self.where = f"[[input]] {number}"
        if not isinstance(values, Mapping):
            raise SettingsError(f"{self.where}: inputs are tables, each under a line [[input]]")
        self.values: Mapping[str, Any] = values

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def only(self, keys: Sequence[str]) -> None:
        """Refuse every other key."""
        wrong = next((key for key in self.values if key not in keys), None)
        if wrong is not None:
            raise SettingsError(f"{self.where}: unknown key {wrong!r}{nearest(wrong, keys)}")

    def text(self, key: str, default: str | None = "") -> str:
        """A text that is not empty; it must be there if the default is None."""
        if key not in self.values:
            if default is None:
                raise SettingsError(f"{self.where}: {key} is missing")
            return default
        value = self.values[key]
        if not (isinstance(value, str) and value):
            raise self._wrong(key, "text")
        return value

    def choice(self, key: str, choices: Sequence[str]) -> str:
        """One of these; the first is the default."""
        value = self.text(key, choices[0])
        if value not in choices:
            raise SettingsError(f"{self.where}: {key} = {value!r}{nearest(value, choices)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A text or a list of texts."""
        value = self.values.get(key, [])
        items = [value] if isinstance(value, str) else value
        if not (isinstance(items, list) and all(isinstance(item, str) and item for item in items)):
            raise self._wrong(key, "text or a list of texts")
        return tuple(items)

    def flag(self, key: str) -> bool:
        """True or false; false is the default."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def number(self, key: str, default: float, most: float) -> float:
        """A number from 0 to `most`."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            raise self._wrong(key, f"a number from 0 to {most:g}")
        return float(value)

    def length(self, key: str, default: str) -> float:
        """A length of time such as `7d`, in seconds."""
        return min(age(self.text(key, default), f"{self.where}: {key}").total_seconds(), _FOREVER_S)

    def address(self, key: str) -> str:
        """An address of http or https, in its normal form; it must be there."""
        value = self.text(key, None)
        found = normal(value)
        if not found:
            raise self._wrong(key, "an address such as https://gazet.example/feed, without a password in it")
        return found

    def _wrong(self, key: str, right: str) -> SettingsError:
        return SettingsError(f"{self.where}: {key} = {self.values[key]!r} must be {right}")


def nearest(word: str, right: Sequence[str]) -> str:
    """The end of a message: the right word that is likely meant, else all of them."""
    near = get_close_matches(word, right, 1, 0.5)
    return f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(right)}"
