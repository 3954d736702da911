"""The last files of a generation: its ledger, and the manifest that says what there is."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from search import engines, manifest
from search.engines.base import Stats
from search.manifest import Manifest
from search.settings import Settings

from . import ledger, pipeline
from .files import remove_tree
from .intake import Intake
from .ledger import Ledger
from .workspace import SCRATCH


def ledger_of(intake: Intake, learnt: int) -> Ledger:
    """What a run read, for the next one. learnt: see `Ledger`."""
    reading, records = intake.reading, intake.reading.records
    return Ledger(
        inputs=tuple(reading.inputs),
        specs=tuple(reading.found.hashes),
        shown=records.shown.texts(),
        sources=records.sources.texts(),
        langs=records.langs.texts(),
        scripts=records.scripts.texts(),
        files=reading.files(),
        found=reading.stands(),
        read=records.read,
        finished=intake.finished,
        rejected=intake.for_ledger(),
        repeated=reading.choice.repeated,
        learnt=learnt,
    )


def seal(
    folder: Path, name: str, settings: Settings, known: Ledger, base: Manifest | None, carried: Collection[str]
) -> Manifest:
    """Write the ledger and, last of all, the manifest of the generation `name` in its building folder.

    carried: files that are those of `base`.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    ledger.write(folder, known)
    remove_tree(folder / SCRATCH)
    stats = _stats(folder, settings.engine)
    days = stats.days
    newest = max(days, default=None)
    made = Manifest(
        name=name,
        engine=settings.engine,
        created=datetime.now(UTC),
        documents=stats.documents,
        newest=newest if isinstance(newest, date) else None,
        terms=stats.terms,
        tokens=stats.tokens,
        pipeline=pipeline.fingerprint(settings),
        files={
            path: base.files[path] if base is not None and path in carried else manifest.measure(folder / path)
            for path in manifest.listed(folder)
        },
    )
    (folder / manifest.MANIFEST).write_bytes(manifest.encode(made))
    return made


def _stats(folder: Path, engine: str) -> Stats:
    opened = engines.kind(engine).open(folder / manifest.ENGINE)
    try:
        found = opened.stats()
        return replace(found, days=dict(found.days))
    finally:
        opened.close()
