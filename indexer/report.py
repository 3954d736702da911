"""What a run did: JSON for machines, a few lines of Kazakh for people."""

from datetime import datetime

import msgspec

from .harvest import Harvest
from .printable import printable
from .records import Rejected

MOST_REMARKS = 100
"""Remarks that are listed for each input; all are counted."""


class Problem(msgspec.Struct, frozen=True):
    """A record that was rejected. `line` is 1-based, 0 where a file is one article."""

    input: str
    file: str
    line: int
    id: str
    reason: str

    @classmethod
    def of(cls, rejected: Rejected) -> "Problem":
        """The rejected record, in text that can be written."""
        values = (rejected.input, rejected.file, rejected.id, rejected.reason)
        name, file, one, reason = (printable(value) for value in values)
        return cls(name, file, rejected.line, one, reason)


class Remark(msgspec.Struct, frozen=True):
    """What was odd about an article that was accepted."""

    file: str
    line: int
    id: str
    remark: str


class InputReport(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of one input.

    read: records; each is an article of the index, or rejected now, or quarantined before, or a duplicate, or
    withdrawn, or held.
    rejected: records that the last run did not reject in the same way; quarantined: all that were rejected.
    duplicates: records whose id came again later; the last one counts.
    held: articles that may not be published yet. harvest: what fetching gave, None if nothing was fetched in this run.
    remarked: how many remarks there were; `remarks` lists the first hundred.
    """

    name: str
    read: int
    added: int
    changed: int
    removed: int
    unchanged: int
    rejected: int
    quarantined: int
    duplicates: int
    withdrawn: int = 0
    held: int = 0
    harvest: Harvest | None = None
    remarked: int
    remarks: tuple[Remark, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did; times in UTC, `seconds` from start to end, `bytes` on disk, `newest` the newest article's moment.

    generation: the one that is served afterwards; `previous` the one before the run, empty if there was none.
    errors: every record that was rejected, new or known.
    """

    generation: str
    previous: str
    started: datetime
    ended: datetime
    seconds: float
    added: int
    changed: int
    removed: int
    unchanged: int
    rejected: int
    quarantined: int
    duplicates: int
    withdrawn: int
    documents: int
    terms: int
    bytes: int
    newest: datetime | None
    languages: dict[str, int]
    scripts: dict[str, int]
    inputs: tuple[InputReport, ...]
    errors: tuple[Problem, ...]
    dry_run: bool

    @property
    def exit_code(self) -> int:
        """3 if records were rejected that the last run did not reject, or an input could not be fetched, else 0."""
        return 3 if self.rejected or any(one.harvest and one.harvest.problem for one in self.inputs) else 0


def to_json(report: Report) -> bytes:
    """One JSON object, with a newline."""
    return msgspec.json.encode(report) + b"\n"


def summary(report: Report, quarantine: str) -> str:
    """The report for people. `quarantine` is the file that lists the rejected records."""
    return "\n".join(
        [
            f"{_headline(report)}  ({_decimal(report.seconds)} с)",
            f"  қосылды {_n(report.added)} · өзгерді {_n(report.changed)} · жойылды {_n(report.removed)}"
            f" · өзгеріссіз {_n(report.unchanged)} · қате {_n(report.rejected)}",
            f"  мақала {_n(report.documents)} · сөз {_n(report.terms)}"
            f" · дискіде {_size(report.bytes)}{_newest(report)}",
            *_notes(report, quarantine),
        ]
    )


def _headline(report: Report) -> str:
    if report.dry_run:
        return "Байқап көру, индекс өзгерген жоқ"
    if report.generation == report.previous:
        return f"Өзгеріс жоқ: {report.generation}"
    return f"Индекс жаңартылды: {report.generation}"


def _newest(report: Report) -> str:
    return f" · ең жаңа {report.newest:%Y-%m-%d %H:%M}" if report.newest else ""


def _notes(report: Report, quarantine: str) -> list[str]:
    notes = []
    if report.duplicates:
        notes.append(f"  бір id-мен қайталанған {_n(report.duplicates)}, соңғысы алынды")
    if report.withdrawn:
        notes.append(f"  редакция алып тастаған {_n(report.withdrawn)}, индекске кірмеді")
    notes += [_fetched(one.name, one.harvest) for one in report.inputs if one.harvest]
    held = sum(one.held for one in report.inputs)
    if held:
        notes.append(f"  жариялану мерзімін күтіп тұрғаны {_n(held)}")
    remarked = sum(one.remarked for one in report.inputs)
    if remarked:
        notes.append(f"  ескертпе {_n(remarked)} (-v көрсетеді)")
    if report.quarantined > report.rejected:
        notes.append(f"  бұрыннан белгілі қате {_n(report.quarantined - report.rejected)}")
    if report.rejected and not report.dry_run:
        notes.append(f"  қателер: {quarantine}")
    return notes


def _fetched(name: str, done: Harvest) -> str:
    parts = [f"  {name}: жиналды {_n(done.fetched)}", f"өзгеріссіз {_n(done.unchanged)}"]
    rest = (("сәтсіз", done.failed), ("кетті", done.gone), ("келесіге қалды", done.left))
    return " · ".join([*parts, *(f"{what} {_n(number)}" for what, number in rest if number)])


def _n(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


def _decimal(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")


def _size(size: int) -> str:
    return f"{_n(size // 1_000_000)} МБ" if size >= 10_000_000 else f"{_decimal(size / 1_000_000)} МБ"
