"""From spooled articles to a complete generation in a folder; nothing outside of the folder changes."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from search import engines, facets, manifest
from search.engines.base import Stats
from search.kazakh import Terms
from search.manifest import Manifest
from search.settings import Settings
from search.vectors import default_vectors
from search.vocabulary import VocabularyWriter, Word
from search.vocabulary.capitals import written

from . import fingerprints, pipeline
from .analysis import default_workers, documents
from .files import remove_tree
from .fingerprints import Fingerprints
from .own_lexicon import lexicon_of
from .progress import Progress
from .sample import Sample, together
from .spool import Spool
from .workspace import SCRATCH


def build(
    folder: Path,
    name: str,
    spool: Spool,
    made_of: Fingerprints,
    settings: Settings,
    progress: Progress,
    workers: int | None = None,
) -> Manifest:
    """Make the generation `name` in its building folder: lexicon, engine, fingerprints and, last of all, the manifest.

    workers: processes that analyse; by the number of articles if None.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    lexicon = folder / manifest.LEXICON
    lexicon_of(settings.lexicon, spool, progress).save(lexicon)
    _index(folder, spool, lexicon, settings, progress, workers or default_workers(len(spool.entries)))
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


def _index(folder: Path, spool: Spool, lexicon: Path, settings: Settings, progress: Progress, workers: int) -> None:
    place = folder / manifest.ENGINE
    place.mkdir()
    kind, table = engines.kind(settings.engine), facets.table(settings.facets)
    builder = kind.builder(place, memory_mb=settings.memory_mb, facets=table)
    words, sample = VocabularyWriter(), Sample()
    try:
        with progress.phase("талдау", len(spool.entries)) as step:
            for document in documents(spool, lexicon, workers):
                builder.add(document)
                as_written = written(document.article.body)
                words.add(chain(_words(document.title), _words(document.body)), document.title.exacts, as_written)
                sample.add(document)
                step()
        with progress.phase("жазу"):
            words.write(folder / manifest.VOCABULARY)
            builder.finish(together(default_vectors(), sample))
    except BaseException:
        builder.abort()
        raise


def _words(terms: Terms) -> Iterable[Word]:
    return zip(terms.exacts, terms.keys, terms.stems, strict=True)


def _stats(folder: Path, engine: str) -> Stats:
    opened = engines.kind(engine).open(folder / manifest.ENGINE)
    try:
        return opened.stats()
    finally:
        opened.close()
