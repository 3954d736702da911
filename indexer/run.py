"""A run of the indexer from records to a published generation; what each step means is in the module it calls."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from search import manifest
from search.errors import IndexCorrupt
from search.manifest import Manifest
from search.pointer import current_name
from search.settings import Settings
from search.withdrawn import read as read_withdrawn

from . import fingerprints, pipeline, quarantine, workspace
from .build import build
from .errors import SafetyStop
from .files import replace_durably
from .fingerprints import Fingerprints
from .harvest import Harvest
from .intake import Intake
from .interrupt import Interrupts
from .limits import Limit
from .lock import locked
from .plan import Plan, guard_errors, guard_removal, plan
from .processes import Crew
from .progress import Progress
from .publish import prune, publish
from .records import Cleaned, Rejected
from .report import Problem, Report, to_json
from .space import LEAST, build_bytes, check_room, told
from .spool import Spool

Records = Iterable[Cleaned | Rejected]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How to run.

    workers: processes that analyse, by the number of articles if None.
    lock_wait_s: how long to wait for another run, in seconds.
    stale_after: the age of the last success up to which another run at work is no failure.
    dry_run: stop before building. if_needed: stop there too if nothing changed.
    """

    max_delete: Limit
    max_errors: Limit
    stale_after: timedelta
    workers: int | None = None
    lock_wait_s: float = 0
    dry_run: bool = False
    if_needed: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did, and what it read, for those who want more than the report."""

    report: Report
    plan: Plan
    quarantine: Path


def run(
    records: Records,
    settings: Settings,
    options: Options,
    progress: Progress,
    say: Say,
    crew: Crew | None = None,
    harvests: Mapping[str, Harvest] | None = None,
) -> Outcome:
    """Index these records and publish the result.

    say: takes warnings, one line each. crew: the processes that read, if they are to analyse, too. harvests: what
    fetching gave, by input; it may fill while records are read.

    Raises:
        Busy: another run is at work, and the last success is fresh.
        IndexerError: the run failed; unless it is NotDurable, the old index serves.
        Interrupted: a signal came before anything was published.
    """
    lock = locked(settings.index, options.lock_wait_s, options.stale_after)
    with Interrupts() as interrupts, told(settings.index), lock:
        workspace.prepare(settings.index)
        made = _Run(settings, options, progress, say, interrupts, crew, {} if harvests is None else harvests)
        return made.go(records)


class _Run:
    def __init__(
        self,
        settings: Settings,
        options: Options,
        progress: Progress,
        say: Say,
        interrupts: Interrupts,
        crew: Crew | None,
        harvests: Mapping[str, Harvest],
    ) -> None:
        self.settings, self.options, self.progress, self.say = settings, options, progress, say
        self.interrupts, self.crew, self.harvests = interrupts, crew, harvests
        self.index = settings.index
        self.started = datetime.now(UTC)
        self.name = workspace.new_name(self.index, self.started)
        self.quarantine = quarantine.path_of(settings.quarantine, self.started)
        self.current = current_name(self.index) or ""
        self.before = fingerprints.previous(self.index)
        self.withdrawn = frozenset(one.id for one in read_withdrawn(self.index))
        if self.current and (self.before is None or self.before.manifest.name != self.current):
            say(f"{self.current}: damaged; this run is compared with the one before it")

    def go(self, records: Records) -> Outcome:
        check_room(self.index, LEAST + (_size(self.before.manifest) if self.before else 0))
        with (
            workspace.building(self.index, self.name) as folder,
            Spool(folder / workspace.SCRATCH / "articles") as spool,
        ):
            intake = Intake(spool, self.before.fingerprints.rejected if self.before else (), self.withdrawn)
            intake.take(records)
            made_of = fingerprints.of(spool, intake.rejected)
            changes = self._compare(intake, made_of)
            if self.options.dry_run:
                return self._outcome(intake, changes, self._made_before())
            if self.options.if_needed and self._nothing_to_do(changes, made_of):
                outcome = self._outcome(intake, changes, self._made_before())
            else:
                made = self._publish(folder, spool, made_of)
                outcome = self._outcome(intake, changes, made)
                self._prune(made.name)
            self._keep(outcome.report)
            return outcome

    def _compare(self, intake: Intake, made_of: Fingerprints) -> Plan:
        """What changed, unless it looks like an accident."""
        if not self.options.dry_run:
            self._list_rejected(intake)
        guard_errors(intake.errors(), self.options.max_errors, str(self.quarantine))
        before = self.before.fingerprints.digests() if self.before else {}
        changes = plan(before, made_of.digests())
        if not made_of.articles:
            raise SafetyStop(f"no article could be read, {len(intake.rejected)} were rejected; the old index serves on")
        guard_removal(changes, len(before), self.options.max_delete, self.withdrawn)
        return changes

    def _list_rejected(self, intake: Intake) -> None:
        try:
            quarantine.append(self.quarantine, self.name, [Problem.of(one) for one in intake.new])
        except OSError as error:
            self.say(f"{self.quarantine}: the rejected records could not be listed: {error.strerror}")

    def _nothing_to_do(self, changes: Plan, made_of: Fingerprints) -> bool:
        """Whether the generation that is served is whole and is what a build would give."""
        before = self.before
        if before is None or before.manifest.name != self.current or not changes.is_empty:
            return False
        if before.fingerprints.rejected != made_of.rejected:
            return False
        made = before.manifest
        try:
            manifest.check_sizes(workspace.path_of(self.index, made.name), made)
        except IndexCorrupt:
            return False
        return made.engine == self.settings.engine and made.pipeline == pipeline.fingerprint(self.settings)

    def _publish(self, folder: Path, spool: Spool, made_of: Fingerprints) -> Manifest:
        needed = build_bytes(spool.bytes)
        check_room(self.index, needed)
        with told(self.index, needed):
            workers = self.options.workers
            made = build(folder, self.name, spool, made_of, self.settings, self.progress, workers, self.crew)
            publish(self.index, self.name, len(spool.entries), self.interrupts.hold)
        return made

    def _made_before(self) -> Manifest | None:
        return self.before.manifest if self.before else None

    def _prune(self, current: str) -> None:
        """Once CURRENT is flipped nothing fails the run any more; what could not be done is said."""
        for problem in prune(self.index, self.settings.keep, current, self.current):
            self.say(problem)

    def _keep(self, report: Report) -> None:
        try:
            replace_durably(self.index / workspace.LAST, to_json(report))
        except OSError as error:
            self.say(f"{self.index / workspace.LAST}: the report could not be kept: {error.strerror}")

    def _outcome(self, intake: Intake, changes: Plan, made: Manifest | None) -> Outcome:
        ended = datetime.now(UTC)
        spool = intake.spool
        report = Report(
            generation=made.name if made else "",
            previous=self.current,
            started=self.started,
            ended=ended,
            seconds=round((ended - self.started).total_seconds(), 3),
            added=len(changes.add),
            changed=len(changes.change),
            removed=len(changes.remove),
            unchanged=len(changes.keep),
            rejected=len(intake.new),
            quarantined=len(intake.rejected),
            duplicates=intake.duplicates(),
            withdrawn=intake.withdrawn(),
            documents=len(spool.entries),
            terms=made.terms if made else 0,
            bytes=_size(made) if made else 0,
            newest=spool.newest,
            languages=dict(sorted(spool.count(1).items())),
            scripts=dict(sorted(spool.count(2).items())),
            inputs=intake.inputs(changes, self.before.fingerprints if self.before else None, self.harvests),
            errors=tuple(Problem.of(one) for one in intake.rejected),
            dry_run=self.options.dry_run,
        )
        return Outcome(report, changes, self.quarantine)


def _size(made: Manifest) -> int:
    return sum(entry.size for entry in made.files.values())
