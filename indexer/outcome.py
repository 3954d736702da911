"""What a run did, put together from what it took in and what it built."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from search.manifest import Manifest
from search.settings import Settings

from .changes import Changes
from .harvest import Harvest
from .intake import Intake
from .ledger import Ledger
from .ledger.columns import UNDATED, Finished
from .options import Outcome
from .report import Problem, Report
from .tally import Tally

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Begun:
    """A run as it began. previous: the generation that was served. before: its ledger, if it could be read."""

    previous: str
    started: datetime
    quarantine: Path
    settings: Settings
    harvests: Mapping[str, Harvest]
    before: Ledger | None


def outcome_of(
    begun: Begun, intake: Intake, tally: Tally, found: Changes, made: Manifest | None, *, dry_run: bool
) -> Outcome:
    """The report, and the ids behind its counts. made: the generation that is served now."""
    ended, records, finished = datetime.now(UTC), intake.reading.records, intake.finished
    before, ids = begun.before, records.read.id
    report = Report(
        generation=made.name if made else "",
        previous=begun.previous,
        started=begun.started,
        ended=ended,
        seconds=round((ended - begun.started).total_seconds(), 3),
        added=len(found.add),
        changed=len(found.change),
        removed=len(found.remove),
        unchanged=len(found.keep),
        rejected=len(intake.new),
        quarantined=len(intake.rejected),
        duplicates=tally.duplicates,
        withdrawn=tally.withdrawn,
        documents=int(finished.is_in.sum()),
        terms=made.terms if made else 0,
        bytes=size_of(made) if made else 0,
        newest=_newest(finished, begun.settings),
        languages=tally.of(finished.lang, records.langs),
        scripts=tally.of(finished.script, records.scripts),
        inputs=tally.inputs(found, begun.harvests),
        errors=tuple(map(Problem.of, intake.rejected.values())),
        dry_run=dry_run,
    )
    return Outcome(
        report,
        lambda: ids.strings(found.add),
        lambda: ids.strings(found.change),
        lambda: before.read.id.strings(found.remove) if before else [],
        begun.quarantine,
    )


def size_of(made: Manifest) -> int:
    """Bytes of a generation on disk."""
    return sum(entry.size for entry in made.files.values())


def _newest(finished: Finished, settings: Settings) -> datetime | None:
    moments = finished.moment[finished.is_in & (finished.moment != UNDATED)]
    return (
        datetime.fromtimestamp(0, settings.zone) + timedelta(microseconds=int(moments.max())) if len(moments) else None
    )
