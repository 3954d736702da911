"""A run of the indexer from inputs to a published generation; what each step means is in the module it calls."""

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from search.engines.articles import encode
from search.errors import IndexCorrupt
from search.manifest import Manifest
from search.pointer import current_name
from search.settings import Settings
from search.withdrawn import read as read_withdrawn

from . import ledger, pipeline, quarantine, workspace
from .base import Base
from .build import Building, build, update
from .changes import Changes, changes, guard_errors, guard_removal
from .errors import SafetyStop
from .files import replace_durably
from .harvest import Harvest
from .intake import Intake
from .interrupt import Interrupts
from .ledger import Ledger
from .lock import locked
from .options import Options, Outcome
from .outcome import Begun, outcome_of, size_of
from .processes import Crew
from .progress import Progress
from .publish import prune, publish
from .reading import Reading
from .report import Problem, Report, to_json
from .sealing import ledger_of, seal
from .space import LEAST, build_bytes, check_room, told
from .spool import Spool
from .survey import Survey
from .tally import Tally

LEARN_AGAIN = 2
"""When an archive has so many times the articles that it was learnt from, it is learnt from anew."""

MOST_MOVED = 1000
"""Files, and records, that were read again though nothing is new: with more, a generation notes that they were."""

Say = Callable[[str], None]
Read = Callable[[Ledger | None, bool], Survey]
"""Looks at the inputs; given is what the run before read, and whether everything is to be read whatever that was."""


def run(
    read: Read,
    settings: Settings,
    options: Options,
    progress: Progress,
    say: Say,
    crew: Crew | None = None,
    harvests: Mapping[str, Harvest] | None = None,
) -> Outcome:
    """Bring the index up to date with the inputs, and publish the result.

    say: takes warnings, one line each. crew: the processes that read, if they are to analyse, too. harvests: what
    fetching gave, by input; it may fill while inputs are read.

    Raises:
        Busy: another run is at work, and the last success is fresh.
        IndexerError: the run failed; unless it is NotDurable, the old index serves.
        Interrupted: a signal came before anything was published.
    """
    lock = locked(settings.index, options.lock_wait_s, options.stale_after)
    with Interrupts() as interrupts, told(settings.index), lock:
        workspace.prepare(settings.index)
        made = _Run(settings, options, progress, say, interrupts, crew, {} if harvests is None else harvests)
        with closing(made):
            return made.go(read)


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
        self._listed = False
        self.name = workspace.new_name(self.index, self.started)
        self.quarantine = quarantine.path_of(settings.quarantine, self.started)
        self.current = current_name(self.index) or ""
        self.base = _base(self.index)
        self.withdrawn = frozenset(one.id for one in read_withdrawn(self.index))
        if self.current and (self.base is None or self.base.manifest.name != self.current):
            say(f"{self.current}: damaged; this run is compared with the one before it")

    def go(self, read: Read) -> Outcome:
        base = self.base
        check_room(self.index, LEAST)
        try:
            return self._go(read, self._why_all())
        except IndexCorrupt as error:
            if base is None or self.options.full:
                raise
            return self._go(read, f"{base.manifest.name} is damaged ({error})")

    def close(self) -> None:
        """Let go of the generation before."""
        if self.base is not None:
            self.base.close()

    def _go(self, read: Read, why_all: str) -> Outcome:
        before = self.base.ledger if self.base else None
        with (
            workspace.building(self.index, self.name) as folder,
            Spool(folder / workspace.SCRATCH / "articles") as spool,
            closing(Reading(read(before, bool(why_all)), before, self.withdrawn)) as reading,
        ):
            why_all = why_all or self._why_learn(reading)
            if why_all:
                reading.need_all()
            intake = Intake(reading, spool, before, self.base.get if self.base else None)
            with self.progress.phase("оқу", reading.needed) as step:
                intake.take(step, fail_fast=self.options.fail_fast)
            tally = Tally(intake, before)
            found = self._compare(intake, tally)
            made = self.base.manifest if self.base else None
            if not self.options.dry_run and not self._nothing_to_do(intake, found, why_all):
                if why_all and self.base:
                    self.progress.note(f"everything is built anew: {why_all}")
                made = self._publish(folder, intake, found, why_all)
            if made and not self.options.dry_run:
                self._prune(made.name)
            begun = Begun(self.current, self.started, self.quarantine, self.settings, self.harvests, before)
            outcome = outcome_of(begun, intake, tally, found, made, dry_run=self.options.dry_run)
            if not self.options.dry_run:
                self._keep(outcome.report)
            return outcome

    def _why_all(self) -> str:
        """Why everything must be built anew, or empty."""
        if self.options.full:
            return "--full"
        if self.base is None:
            return "there is no index yet"
        if self.base.manifest.name != self.current:
            return f"{self.current} is damaged"
        try:
            self.base.check()
        except IndexCorrupt as error:
            return f"{self.current} is damaged ({error})"
        if self.base.manifest.pipeline != pipeline.fingerprint(self.settings):
            return "the analysis, the engine or the facets have changed"
        return ""

    def _why_learn(self, reading: Reading) -> str:
        """Why everything should be built anew that could be built on, or empty."""
        articles, learnt = reading.articles, self.base.ledger.learnt if self.base else 0
        if articles > LEARN_AGAIN * learnt:
            return f"the index learnt from {learnt} articles, there are {articles} now"
        return ""

    def _compare(self, intake: Intake, tally: Tally) -> Changes:
        """What changed, unless it looks like an accident."""
        if not self.options.dry_run:
            self._list_rejected(intake)
        guard_errors(tally.errors(), self.options.max_errors, str(self.quarantine))
        before = self.base.ledger if self.base else None
        found = changes(intake.reading.records.read.key, intake.finished, before)
        if not intake.finished.is_in.any():
            raise SafetyStop(f"no article could be read, {len(intake.rejected)} were rejected; the old index serves on")
        if before is not None:
            gone = sum(one not in self.withdrawn for one in before.read.id.strings(found.remove))
            guard_removal(gone, int(before.finished.is_in.sum()), self.options.max_delete)
        return found

    def _list_rejected(self, intake: Intake) -> None:
        if self._listed:  # by a first try, which found the index before damaged
            return
        self._listed = True
        try:
            quarantine.append(self.quarantine, self.name, [Problem.of(one) for one in intake.new])
        except OSError as error:
            self.say(f"{self.quarantine}: the rejected records could not be listed: {error.strerror}")

    def _nothing_to_do(self, intake: Intake, found: Changes, why_all: str) -> bool:
        """Whether the generation that is served is whole and is what a build would give."""
        base = self.base
        if base is None or why_all or not found.is_empty or not intake.same_rejected:
            return False
        reading = intake.reading
        return reading.is_read_as(base.ledger) and reading.moved <= MOST_MOVED

    def _publish(self, folder: Path, intake: Intake, found: Changes, why_all: str) -> Manifest:
        spool, base = intake.spool, self.base
        needed = build_bytes(spool.bytes) + (size_of(base.manifest) if base and not why_all else 0)
        check_room(self.index, needed)
        ids = intake.reading.records.read.id
        how = Building(folder, ids, self.settings, self.progress, self.options.workers, self.crew)
        with told(self.index, needed):
            carried: list[str] = []
            learnt = base.ledger.learnt if base else 0
            if base is None or why_all:
                build(how, spool, intake.places(), base.folder if base and self.options.keep_learnt else None)
                learnt = learnt if self.options.keep_learnt else int(intake.finished.is_in.sum())
            else:
                carried = self._update(how, base, intake, found)
            known = ledger_of(intake, learnt)
            made = seal(folder, self.name, self.settings, known, base.manifest if base else None, carried)
            publish(self.index, self.name, int(intake.finished.is_in.sum()), self.interrupts.hold, carried)
        return made

    def _update(self, how: Building, base: Base, intake: Intake, found: Changes) -> list[str]:
        spool, before = intake.spool, base.ledger
        ids = intake.reading.records.read.id
        gone, replaced = before.read.id.strings(found.remove), ids.strings(found.change)
        chosen = intake.places(np.concatenate([found.add, found.change]))
        first = len(spool)
        for article in base.articles([*gone, *replaced]):
            spool.add(0, encode(article), None)
        spool.flush()
        left = np.arange(first, len(spool))
        return update(how, base.folder, spool, chosen, gone, left, link=self.options.link)

    def _prune(self, current: str) -> None:
        """Once CURRENT is flipped nothing fails the run any more; what could not be done is said."""
        for problem in prune(self.index, self.settings.keep, current, self.current):
            self.say(problem)

    def _keep(self, report: Report) -> None:
        try:
            replace_durably(self.index / workspace.LAST, to_json(report))
        except OSError as error:
            self.say(f"{self.index / workspace.LAST}: the report could not be kept: {error.strerror}")


def _base(index: Path) -> Base | None:
    found = ledger.previous(index)
    return Base(workspace.path_of(index, found.manifest.name), found.manifest, found.ledger) if found else None
