"""One generation, opened after a check of what was written."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from . import engines, manifest
from .engines.base import Engine
from .errors import IndexCorrupt
from .histogram import Calendar
from .kazakh import Analyzer, Stemmer
from .kazakh.caches import Cache
from .kazakh.lexicon import Lexicon, LexiconError
from .manifest import Manifest
from .model import Stale
from .values import ValuesByField
from .vocabulary import Vocabulary

Counts = tuple[int, int]
"""The hits of a text, and those of them that hold all of its words."""

_MOST_COUNTS: Final = 8192


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation that is open for questions.

    values: the values of its fields, by the words in them.
    calendar: its articles by the buckets of a chart.
    counts: of texts that were suggested, by the stamp of what the site says besides (`Curation.stamp`).
    degraded: why it is not the one that CURRENT names, if so.
    withdrawn: changes with the articles that are kept back from it (`Withdrawn.stamp`).
    stale: set where the last success of the indexer is too long ago.
    """

    name: str
    manifest: Manifest
    engine: Engine
    analyzer: Analyzer
    vocabulary: Vocabulary
    values: ValuesByField
    calendar: Calendar
    counts: Cache[str, Counts]
    degraded: str = ""
    withdrawn: str = ""
    stale: Stale | None = None

    def close(self) -> None:
        """Let go of all files; it must not be asked any more."""
        self.engine.close()
        self.vocabulary.close()


def open_generation(folder: Path, degraded: str = "") -> Generation:
    """The generation in this folder, after a check of its manifest, of its files' sizes and of the lexicon's hash.

    The vocabulary and the engine check their own files as far as they read them, when they first do.

    Raises:
        IndexCorrupt: a file is not what was written.
        IndexFormatTooNew: a newer Izde wrote it.
        Unavailable: it was made for an engine that this Izde does not have.
    """
    made = manifest.read(folder)
    manifest.check_sizes(folder, made)
    kind = engines.kind(made.engine)
    lexicon = _lexicon(folder, made)
    vocabulary = Vocabulary.open(folder / manifest.VOCABULARY)
    try:
        engine = kind.open(folder / manifest.ENGINE)
    except BaseException:
        vocabulary.close()
        raise
    analyzer = Analyzer(Stemmer(lexicon))
    values = ValuesByField(engine.values, analyzer)
    calendar = Calendar(lambda: engine.stats().days)
    counts: Cache[str, Counts] = Cache(_MOST_COUNTS)
    generation = Generation(made.name, made, engine, analyzer, vocabulary, values, calendar, counts, degraded)
    if (found := engine.stats().documents) != made.documents:
        generation.close()
        raise IndexCorrupt(folder, f"it holds {found} articles, {made.documents} were written")
    return generation


def _lexicon(folder: Path, made: Manifest) -> Lexicon:
    manifest.check_hash(folder, made, manifest.LEXICON)
    path = folder / manifest.LEXICON
    try:
        return Lexicon.load(path)
    except (OSError, LexiconError) as error:
        raise IndexCorrupt(path, f"it cannot be read ({error})") from error
