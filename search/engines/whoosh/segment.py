"""A segment: some articles with their words, postings and texts, in files of their own that never change."""

from contextlib import ExitStack, closing
from pathlib import Path

from .exact_forms import ExactForms
from .fields import Fields
from .forward import Forward
from .stored import Stored
from .words import Words


class Segment:
    """A segment, open for reading; every question may raise IndexCorrupt. Its articles have numbers of its own."""

    def __init__(self, folder: Path) -> None:
        with ExitStack() as opened:
            self.articles = opened.enter_context(closing(Stored(folder)))
            self.words = opened.enter_context(closing(Words(folder)))
            self.forward = opened.enter_context(closing(Forward(folder)))
            self.fields = opened.enter_context(closing(Fields(folder)))
            self._opened = opened.pop_all()
        self.exact_forms = ExactForms(self.words, self.fields, self.forward)

    def close(self) -> None:
        """Let go of its files."""
        self._opened.close()
