"""Texts that come again and again (publications, languages, names of files), as numbers."""

from collections.abc import Iterable


class Numbers:
    """Numbers texts as they come, from 0 on; those that are `given` come first."""

    def __init__(self, given: Iterable[str] = ()) -> None:
        self._numbers: dict[str, int] = {}
        for text in given:
            self.of(text)

    def __len__(self) -> int:
        return len(self._numbers)

    def of(self, text: str) -> int:
        """The number of a text."""
        return self._numbers.setdefault(text, len(self._numbers))

    def texts(self) -> tuple[str, ...]:
        """The texts by their numbers."""
        return tuple(self._numbers)
