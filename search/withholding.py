"""A generation as it may be shown: without the articles that were withdrawn since it was built."""

from collections import OrderedDict
from dataclasses import replace
from threading import Lock
from typing import Final

from .engines.withheld import Withheld
from .errors import ArticleWithdrawn
from .generation import Generation
from .withdrawn import Withdrawn, WithdrawnFile

_KEPT: Final = 8
"""Generations, by versions of the list, of which it is known what they hold of it."""


class Withholding:
    """What is withdrawn, for the generations that are served. Safe to share between threads."""

    def __init__(self, file: WithdrawnFile) -> None:
        self._file = file
        self._lock = Lock()
        self._held: OrderedDict[tuple[str, str], frozenset[str]] = OrderedDict()

    def shown(self, generation: Generation) -> Generation:
        """The generation without what is withdrawn; the same where it holds nothing of it, as after the next run."""
        withdrawn = self._file.current()
        if not withdrawn.ids and not withdrawn.problem:
            return generation
        degraded = generation.degraded or withdrawn.problem
        ids = self._of(generation, withdrawn)
        engine = Withheld(generation.engine, ids) if ids else generation.engine
        return replace(generation, engine=engine, withdrawn=withdrawn.stamp, degraded=degraded)

    def refuse(self, article_id: str) -> None:
        """Say so if an article is withdrawn.

        Raises:
            ArticleWithdrawn: it is.
        """
        if article_id in self._file.current().ids:
            raise ArticleWithdrawn(article_id)

    def _of(self, generation: Generation, withdrawn: Withdrawn) -> frozenset[str]:
        """Those that the generation holds."""
        key = generation.name, withdrawn.stamp
        with self._lock:
            if (known := self._held.get(key)) is not None:
                self._held.move_to_end(key)
                return known
        ids = sorted(withdrawn.ids)
        found = generation.engine.get(ids)
        held = frozenset(one for one, article in zip(ids, found, strict=True) if article is not None)
        with self._lock:
            self._held[key] = held
            if len(self._held) > _KEPT:
                self._held.popitem(last=False)
        return held
