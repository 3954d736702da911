"""The site's own synonyms and pinned results at work: taken up as soon as their file changes, for each generation.

A file that is gone or cannot be read leaves what was read last in use, and is told once in the log.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from weakref import WeakKeyDictionary

from . import curated
from .curated import Curated
from .errors import CurationError
from .kazakh import Analyzer, NameFinder, is_stop
from .kazakh.script import has_kazakh_letters
from .kazakh.site_names import SiteName, SiteNames
from .query.parser import parse
from .query.syntax import Plain, Quoted
from .settings import Settings
from .watched import Watched

_log = logging.getLogger("izde.curation")

Asked = tuple[str, ...]
"""The words of a query as they are compared: the likeliest stem of each, without stop words."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What a file says, in the stems of one analysis."""

    names: NameFinder
    pins: Mapping[Asked, tuple[str, ...]]


class Curation:
    """What one version of the file says; nothing by default. Safe to share between threads.

    It holds nothing of an analysis for longer than others do. stamp: changes with what the file says, empty where there
    is none.
    """

    def __init__(self, said: Curated = Curated()) -> None:  # noqa: B008  # frozen
        self.stamp = said.stamp
        self._said = said
        self._lock = Lock()
        self._made: WeakKeyDictionary[Analyzer, _Made] = WeakKeyDictionary()

    def names(self, analyzer: Analyzer) -> NameFinder:
        """What finds names in a query: the site's and those of the tables."""
        return self._for(analyzer).names

    def pins(self, text: str, analyzer: Analyzer) -> tuple[str, ...]:
        """The articles that are pinned to a query of this text, in any inflection and script; mostly none.

        Only to plain words and to a phrase: a query with operators asks for something of its own.
        """
        pins = self._for(analyzer).pins
        return pins.get(_asked(text, analyzer), ()) if pins else ()

    def _for(self, analyzer: Analyzer) -> _Made:
        with self._lock:
            made = self._made.get(analyzer)
            if made is None:
                made = self._made[analyzer] = _make(self._said, analyzer)
            return made


class CurationFile:
    """The file at `path`, looked at once in `poll_ms`; `None` is no file. Safe to share between threads."""

    def __init__(self, path: Path | None, poll_ms: int) -> None:
        self._file = Watched(path, poll_ms) if path is not None else None
        self._lock = Lock()
        self._current = Curation()

    @classmethod
    def of(cls, settings: Settings) -> "CurationFile":
        """The file that the settings name."""
        return cls(Path(settings.curation) if settings.curation else None, settings.poll_ms)

    def current(self) -> Curation:
        """What it says now; to be asked for anew for each question."""
        with self._lock:
            if self._file is not None and self._file.changed():
                self._read(self._file.path)
            return self._current

    def _read(self, path: Path) -> None:
        try:
            said = curated.read(path)
        except CurationError as error:
            _log.warning("%s; what was read before stays in use", error)
            return
        for problem in said.problems:
            _log.warning("%s:%d: %s", path, problem.line, problem.text)
        if said.stamp != self._current.stamp:
            self._current = Curation(said)


def _make(said: Curated, analyzer: Analyzer) -> _Made:
    names: NameFinder = analyzer.synonyms
    if said.synonyms:
        rows = [SiteName(row.typed, row.others, f"curation:{row.line}") for row in said.synonyms]
        names = SiteNames(analyzer.analyze, names, rows)
    pins: dict[Asked, tuple[str, ...]] = {}
    for pin in said.pins:
        for query in pin.queries:
            if asked := _asked(query, analyzer):
                pins[asked] = tuple(dict.fromkeys((*pins.get(asked, ()), *pin.ids)))[: curated.MOST_NAMES]
    return _Made(names, pins)


def _asked(text: str, analyzer: Analyzer) -> Asked:
    match parse(text).root:
        case Plain(text=words) | Quoted(text=words):
            tokens = analyzer.analyze(words)
        case _:
            return ()
    letterless = not has_kazakh_letters(words.lower())
    content = [token for token in tokens if not is_stop(token, letterless=letterless)]
    return tuple(token.readings[0].stem for token in content or tokens)
