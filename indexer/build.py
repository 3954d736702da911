"""From spooled articles to a complete generation in a folder; nothing outside of the folder changes."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search import engines, facets, manifest
from search.engines.base import Stats
from search.manifest import Manifest
from search.settings import Settings
from search.texts import Texts
from search.vectors import StemVectors

from . import fingerprints, pipeline
from .analysis import Words, default_workers, workers
from .duplicates import file as duplicates
from .duplicates.alike import Judge
from .duplicates.bodies import Bodies
from .duplicates.clustering import clusters
from .duplicates.signatures import Signatures
from .files import remove_tree
from .fingerprints import Fingerprints
from .own_lexicon import lexicon_of
from .processes import Crew, Workers
from .progress import Progress
from .sample import Sample
from .spool import Spool
from .workspace import SCRATCH

_SHARE = 3
"""The part of the memory that the engine inverts with; the words, and what learns beside it, need the rest."""


def build(
    folder: Path,
    name: str,
    spool: Spool,
    made_of: Fingerprints,
    settings: Settings,
    progress: Progress,
    processes: int | None = None,
    crew: Crew | None = None,
) -> Manifest:
    """Make the generation `name` in its building folder: lexicon, engine, fingerprints and, last of all, the manifest.

    processes: those that analyse; by the number of articles if None. crew: whose they are; they end with the build.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    lexicon = folder / manifest.LEXICON
    lexicon_of(settings.lexicon, spool, progress).save(lexicon)
    count, crew = processes or default_workers(len(spool.entries)), crew or Crew()
    try:
        _index(folder, spool, settings, progress, workers(crew, spool, lexicon, settings.facets, count))
    finally:
        crew.close()
    fingerprints.write(folder, made_of)
    remove_tree(folder / SCRATCH)
    stats = _stats(folder, settings.engine)
    made = Manifest(
        name=name,
        engine=settings.engine,
        created=datetime.now(UTC),
        documents=stats.documents,
        newest=spool.newest.date() if spool.newest else None,
        terms=stats.terms,
        tokens=stats.tokens,
        pipeline=pipeline.fingerprint(settings),
        files={path: manifest.measure(folder / path) for path in manifest.listed(folder)},
    )
    (folder / manifest.MANIFEST).write_bytes(manifest.encode(made))
    return made


def _index(folder: Path, spool: Spool, settings: Settings, progress: Progress, who: Workers) -> None:
    place = folder / manifest.ENGINE
    place.mkdir()
    kind, table = engines.kind(settings.engine), facets.table(settings.facets)
    builder = kind.builder(place, memory_mb=max(1, settings.memory_mb // _SHARE), facets=table)
    try:
        words = Words(who)
        with progress.phase("талдау", len(spool.entries)) as step:
            for batch in words.batches(spool):
                builder.take(batch)
                step(len(batch.ids))
        with progress.phase("сөздер", len(words), "сөз") as step:
            texts = builder.texts(words.rows(step))
        with progress.phase("жазу"):
            vectors = who.later("vectors", Sample.of(texts))
            written = who.later("vocabulary", (folder / manifest.VOCABULARY, texts, words.cases()))

            def learnt() -> StemVectors:
                known: StemVectors = vectors()
                written()  # before `finish` goes on, because it removes the file of the texts in the end
                return known

            builder.finish(learnt, _alike(folder, texts))
    except BaseException:
        builder.abort()
        raise


def _alike(folder: Path, texts: Texts) -> NDArray[np.uint64]:
    """Which articles say the same, as `clusters` has it; the next run finds in the folder what that goes by."""
    bodies = Bodies(texts)
    signatures = Signatures.of(bodies.steps())
    found, verdicts = clusters(signatures, Judge(bodies))
    duplicates.write(folder, signatures, verdicts)
    return found


def _stats(folder: Path, engine: str) -> Stats:
    opened = engines.kind(engine).open(folder / manifest.ENGINE)
    try:
        return opened.stats()
    finally:
        opened.close()
