"""What the parser tells of a query: one note for each reason, however often it applies."""

from collections.abc import Iterable
from typing import Final

from ..model import Note

_BETWEEN: Final = {"signs": "", "brackets": " "}


class Remarks:
    """Gathers what happened, in the order of first mention."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], dict[str, str]] = {}

    def dropped(self, reason: str, source: str) -> None:
        """`source` was left out; of `signs` each counts by itself."""
        for one in source if reason == "signs" else (source,):
            self.add("dropped", reason, one)

    def add(self, kind: str, reason: str, source: str, target: str = "") -> None:
        """`source` was read as `target`, or in the way that `kind` and `reason` say."""
        self._found.setdefault((kind, reason), {}).setdefault(source, target)

    def notes(self) -> tuple[Note, ...]:
        """The notes; what the same reason applied to is joined, with commas unless it is signs."""
        return tuple(
            Note(kind, _join(told, reason), _join(filter(None, told.values()), reason), reason)
            for (kind, reason), told in self._found.items()
        )


def _join(texts: Iterable[str], reason: str) -> str:
    return _BETWEEN.get(reason, ", ").join(texts)
