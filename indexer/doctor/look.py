"""What the checks of `izde doctor` are given to look at."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from search.settings import Settings

from ..state import State
from .finding import Finding


@dataclass(frozen=True, slots=True)
class Look:
    """An installation. settings: as far as they could be read; config: their file, None if there is none.

    state: what `izde status` says of the index folder, None if it could not be looked at. now: in UTC.
    """

    settings: Settings
    config: Path | None
    environ: Mapping[str, str]
    state: State | None
    now: datetime

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.settings.index


Check = Callable[[Look], Iterator[Finding]]
"""Says what it finds; it may raise whatever it likes, which is told as a finding, too."""
