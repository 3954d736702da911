"""What a run did, counted by input."""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from .changes import Changes
from .harvest import Harvest
from .intake import Intake
from .ledger import Ledger
from .ledger.columns import ACCEPTED, HELD, Ints
from .ledger.tables import Numbers
from .printable import printable
from .report import InputReport


class Tally:
    """Counts of a run that took this in. before: the ledger that it is compared with."""

    def __init__(self, intake: Intake, before: Ledger | None) -> None:
        self._intake, self._before = intake, before
        last, accepted = intake.reading.choice.is_last, intake.kind == ACCEPTED
        self._twice = np.flatnonzero(accepted & ~last)
        self._out = np.flatnonzero(accepted & last & intake.reading.is_out)

    @property
    def duplicates(self) -> int:
        """Records whose id came again later."""
        return len(self._twice)

    @property
    def withdrawn(self) -> int:
        """Records of articles that stay out."""
        return len(self._out)

    def errors(self) -> list[tuple[str, int, int]]:
        """For each input its name, the records that were rejected, and those that were read."""
        rejected, read = self._by_input(self._rejected()), self._by_input(np.arange(len(self._intake.kind)))
        return [(printable(name), rejected[at], read[at]) for at, name in enumerate(self._names)]

    def inputs(self, changes: Changes, harvests: Mapping[str, Harvest]) -> tuple[InputReport, ...]:
        """The counts of each input, in the order they were read; then inputs that are gone, with what they held."""
        intake, names = self._intake, self._names
        new = Counter(one.input for one in intake.new)
        removed = self._removed(changes)
        columns = {
            "read": np.arange(len(intake.kind)),
            "added": changes.add,
            "changed": changes.change,
            "unchanged": changes.keep,
            "quarantined": self._rejected(),
            "duplicates": self._twice,
            "withdrawn": self._out,
            "held": np.flatnonzero(intake.kind == HELD),
        }
        counts = {name: [*self._by_input(some), 0] for name, some in columns.items()}
        shown = set(map(printable, names))
        gone = [name for name in removed if name not in shown]
        return tuple(
            InputReport(
                name=printable(name),
                removed=removed[printable(name)],
                rejected=new[name],
                harvest=harvests.get(name),
                remarked=intake.remarked[name],
                remarks=tuple(intake.remarks.get(name, ())),
                **{column: held[at] for column, held in counts.items()},
            )
            for at, name in [*enumerate(names), *((-1, name) for name in gone)]
        )

    def of(self, values: Ints, names: Numbers) -> dict[str, int]:
        """How many articles of the index have each value, by name."""
        counts = np.bincount(values[self._intake.finished.is_in], minlength=len(names))
        return {name: int(count) for name, count in sorted(zip(names.texts(), counts.tolist(), strict=True)) if count}

    @property
    def _names(self) -> list[str]:
        return self._intake.reading.inputs

    def _rejected(self) -> Ints:
        return np.array([*self._intake.rejected], np.int64)

    def _by_input(self, numbers: Ints) -> list[int]:
        """How many of these records each input has."""
        held: list[int] = np.bincount(self._intake.reading.input_of[numbers], minlength=len(self._names)).tolist()
        return held

    def _removed(self, changes: Changes) -> Counter[str]:
        """By the name of the input that an article came from, how many are gone."""
        if self._before is None:
            return Counter()
        files = self._before.found.file[changes.remove]
        counts = np.bincount(self._before.files.input[files], minlength=len(self._before.inputs)).tolist()
        return Counter(
            {printable(name): count for name, count in zip(self._before.inputs, counts, strict=True) if count}
        )
