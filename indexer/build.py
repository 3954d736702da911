"""From spooled articles to a generation in a folder: all of it in one go, or an older one with what changed since.

Nothing outside of the folder changes.
"""

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search import engines, facets, manifest
from search.engines.building import Clusters, IndexAssembly
from search.kazakh.lexicon import Lexicon
from search.names import Names
from search.settings import Settings
from search.texts import Texts
from search.vectors import StemVectors
from search.vocabulary import Written
from search.vocabulary.counting import Counted, counted
from search.vocabulary.patching import patch
from search.vocabulary.written import patched

from .analysis import WRITTEN, Cases, Casing, Words, default_workers, every, workers
from .duplicates import file as duplicates
from .duplicates.alike import Judge
from .duplicates.bodies import Bodies
from .duplicates.clustering import clusters
from .duplicates.signatures import Signatures, joined
from .duplicates.words import Keys, key_hashes
from .ledger.columns import Ints
from .loose_texts import loose, write_flat
from .own_lexicon import lexicon_of
from .processes import Crew, Workers
from .progress import Progress
from .sample import Sample
from .spool import Spool
from .workspace import SCRATCH

Hashes = NDArray[np.uint64]

_SHARE = 3
"""The part of the memory that the engine inverts with; the words, and what learns beside it, need the rest."""


@dataclass(frozen=True, slots=True)
class Building:
    """Where and how a generation is built.

    ids: of all records of the run, by their numbers. processes: those that analyse; by the number of articles if None.
    crew: whose they are; they end with the build.
    """

    folder: Path
    ids: Names
    settings: Settings
    progress: Progress
    processes: int | None = None
    crew: Crew | None = None


def build(how: Building, spool: Spool, chosen: Ints, learnt: Path | None = None) -> None:
    """Make lexicon, vocabulary and engine of these places of the spool.

    learnt: a generation whose lexicon and vectors are taken instead of learning anew.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    settings = how.settings
    order = spool.newest_first(how.ids, chosen)
    lexicon = how.folder / manifest.LEXICON
    if learnt is None:
        lexicon_of(settings.lexicon, spool.path, spool.at(order), how.progress).save(lexicon)
    else:
        Lexicon.load(learnt / manifest.LEXICON).save(lexicon)
    count, crew = how.processes or default_workers(len(order)), how.crew or Crew()
    try:
        _index(how, spool, order, workers(crew, spool.path, lexicon, settings.facets, count), learnt)
    finally:
        crew.close()


def update(
    how: Building, base: Path, spool: Spool, chosen: Ints, gone: Sequence[str], left: Ints, *, link: bool = False
) -> list[str]:
    """Make them of an older generation, `base`, and of what changed; the files that are still those of the older one.

    chosen: the places of new and changed articles in the spool. gone: ids that leave. left: the places of articles as
    the older generation has them, of those that leave or are replaced. link: see `EngineKind.assembly`.

    Raises:
        IndexCorrupt: a file of the older generation is not what was written.
        OSError: the disk is full, or the folder cannot be written.
    """
    with closing(how.crew or Crew()) as crew:
        shutil.copyfile(base / manifest.LEXICON, how.folder / manifest.LEXICON)
        place, settings = how.folder / manifest.ENGINE, how.settings
        place.mkdir()
        kind, table = engines.kind(settings.engine), facets.table(settings.facets)
        made = kind.assembly(place, base / manifest.ENGINE, memory_mb=_memory(settings), facets=table, link=link)
        try:
            made.remove(gone)
            _assemble(how, base, made, spool, chosen, left, crew)
        except BaseException:
            made.abort()
            raise
    return [f"{manifest.ENGINE}/{name}" for name in made.carried]


def _assemble(
    how: Building, base: Path, made: IndexAssembly, spool: Spool, chosen: Ints, left: Ints, crew: Crew
) -> None:
    count = how.processes or default_workers(len(chosen) + len(left))
    words = Words(workers(crew, spool.path, how.folder / manifest.LEXICON, how.settings.facets, count))
    with how.progress.phase("талдау", len(chosen)) as step:
        for batch in words.batches(spool.at(spool.newest_first(how.ids, chosen))):
            made.take(batch)
            step(len(batch.ids))
    # Words that only those have which leave are numbered behind all others, and are no part of the new segment.
    own, casing, flat = len(words), Casing(), how.folder / SCRATCH / "left"
    lengths = write_flat(flat, words.batches(spool.at(left), casing))
    rows = words.rows(_quietly)
    texts = made.texts(rows[:own])
    with how.progress.phase("жазу"):
        less = counted(loose(flat, lengths, rows))
        _patch(how.folder, base, counted(texts), less, words.cases(rows[:own]), words.cases(rows, casing))
        made.finish(_alike_with(how.folder, base, texts))


def _index(how: Building, spool: Spool, order: Ints, who: Workers, learnt: Path | None) -> None:
    folder, settings, progress = how.folder, how.settings, how.progress
    place = folder / manifest.ENGINE
    place.mkdir()
    kind, table = engines.kind(settings.engine), facets.table(settings.facets)
    builder = kind.builder(place, memory_mb=_memory(settings), facets=table)
    try:
        words = Words(who)
        with progress.phase("талдау", len(order)) as step:
            for batch in words.batches(spool.at(order)):
                builder.take(batch)
                step(len(batch.ids))
        with progress.phase("сөздер", len(words), "сөз") as step:
            rows = words.rows(step)
            cases = words.cases(rows)
            texts = builder.texts(rows)
            del rows
        with progress.phase("жазу"):
            vectors = _vectors(who, texts) if learnt is None else partial(kind.vectors, learnt / manifest.ENGINE)
            written = who.later("vocabulary", (folder, texts, cases))

            def known() -> StemVectors:
                found = vectors()
                written()  # before `finish` goes on, because it removes the file of the texts in the end
                return found

            builder.finish(known, _alike(folder, texts))
    except BaseException:
        builder.abort()
        raise


def _vectors(who: Workers, texts: Texts) -> Callable[[], StemVectors]:
    return who.later("vectors", Sample.of(texts))


def _alike(folder: Path, texts: Texts) -> Hashes:
    """Which articles say the same, as `clusters` has it; the next run finds in the folder what that goes by."""
    bodies = Bodies(texts)
    signatures = Signatures.of(bodies.steps())
    found, verdicts = clusters(signatures, Judge(bodies))
    duplicates.write(folder, signatures, verdicts)
    return found


def _alike_with(folder: Path, base: Path, texts: Texts) -> Clusters:
    """The same, of the articles of an older generation and of these texts."""
    bodies, (old, known) = Bodies(texts), duplicates.read(base)
    every = joined(old, Signatures.of(bodies.steps()))

    def found(origin: Ints, keys: Callable[[int], list[str]]) -> Hashes:
        signatures = every.taken(np.where(origin >= 0, origin, len(old) - 1 - origin))

        def words(number: int) -> Keys:
            place = int(origin[number])
            return key_hashes(keys(place)) if place >= 0 else bodies(-1 - place)

        numbers, verdicts = clusters(signatures, Judge(words), known)
        duplicates.write(folder, signatures, verdicts)
        return numbers

    return found


def _patch(folder: Path, base: Path, more: Counted, less: Counted, came: Cases, left: Cases) -> None:
    """Make the vocabulary of the older one."""
    changed = Written()
    for word, articles in every(came):
        changed.add(word, articles)
    for word, articles in every(left):
        changed.add(word, -articles)
    written = patched(base / WRITTEN, folder / WRITTEN, changed)
    patch(base / manifest.VOCABULARY, folder / manifest.VOCABULARY, more, less, written, changed.words())


def _memory(settings: Settings) -> int:
    return max(1, settings.memory_mb // _SHARE)


def _quietly(_: int = 1) -> None:
    pass
