"""The stem lexicon of a build: the shipped one, or that with the stems of the archive's own words counted on top."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from search.errors import SettingsError
from search.kazakh.fold import fold
from search.kazakh.lexicon import Lexicon, default_lexicon

from .learn import learn
from .learn_sources import words
from .progress import Progress
from .spool import Place, articles

SHIPPED, ARCHIVE = "shipped", "archive"
MOST_WORDS = 5_000_000
"""Words of the archive that are counted, the newest articles first; more change nothing."""


def lexicon_of(choice: str, spool: Path, places: Iterable[Place], progress: Progress) -> Lexicon:
    """The lexicon that the setting `lexicon` asks for. places: of the articles in the spool, the newest first.

    Raises:
        SettingsError: there is no such choice.
        OSError: the spool cannot be read.
    """
    if choice not in (SHIPPED, ARCHIVE):
        raise SettingsError(f"lexicon: {choice!r} is no choice; there are {SHIPPED} and {ARCHIVE}")
    shipped = default_lexicon()
    if choice == SHIPPED:
        return shipped
    with progress.phase("сөздік"):
        return on_top(shipped, learn(_counts(spool, places)))


def on_top(one: Lexicon, other: Lexicon) -> Lexicon:
    """Both lexicons as one: evidence adds up."""
    nouns, verbs = Counter(one.nouns), Counter(one.verbs)
    nouns.update(other.nouns)
    verbs.update(other.verbs)
    return Lexicon(dict(nouns), dict(verbs), one.notes)


def _counts(spool: Path, places: Iterable[Place]) -> Counter[str]:
    counts: Counter[str] = Counter()
    read = 0
    for article in articles(spool, iter(places)):
        found = [fold(word) for text in (article.title, article.body) for word in words(text)]
        counts.update(found)
        read += len(found)
        if read >= MOST_WORDS:
            break
    return counts
