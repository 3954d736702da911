"""Words that stand for many: all that begin alike (`мектеп*`), all that are spelled nearly so (`мектеп~`).

What they stand for is looked up in the vocabulary, so engines see ordinary forms and stems. One query never stands for
more than `Bounds.expanded` of them: what comes after that is searched as it was typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ..deadline import Deadline
from ..kazakh import Token
from ..kazakh.fold import key_letters
from ..kazakh.script import script_of
from ..model import Note, Scope
from ..vocabulary import Near, Vocabulary
from .nodes import Prefix, Term

_FUZZY: Final = 3
_FUZZY_TWO: Final = 8
"""Words with fewer letters have too many neighbours one edit, or two edits, away."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many forms a `word*`, how many words a `word~`, and how many both in one query stand for at most."""

    beginnings: int = 256
    near: int = 64
    expanded: int = 1024


class Expander:
    """Expands the words of one query; `notes` says what there was no room or no time for."""

    def __init__(self, vocabulary: Vocabulary | None, bounds: Bounds, deadline: Deadline) -> None:
        self._vocabulary = vocabulary
        self._bounds = bounds
        self._deadline = deadline
        self._room = bounds.expanded
        self.notes: list[Note] = []

    def prefix(self, text: str, token: Token, scope: Scope, *, exact: bool) -> Prefix:
        """The forms that begin as the token does: in any script and without the Kazakh letters, unless `exact`."""
        most = min(self._bounds.beginnings, self._left(text))
        if self._vocabulary is None or not most:
            return Prefix(text, token.exacts, scope)
        if exact:
            found = self._vocabulary.beginning_exact(token.readings[0].exact, most)
        else:
            every = {form for start in beginnings(token) for form in self._vocabulary.beginning(start, most)}
            found = tuple(sorted(every, key=lambda form: (-form.df, form.exact)))[:most]
        self._room -= len(found)
        return Prefix(text, tuple(dict.fromkeys(form.exact for form in found)), scope)

    def fuzzy(self, term: Term, token: Token, distance: int) -> Term:
        """The term with the stems and forms of the words at most so many edits away, those that begin alike first.

        Words of fewer than 3 letters stay as they are, and of fewer than 8 are at most one edit away from others.
        """
        keys = list(dict.fromkeys(reading.key for reading in token.readings if reading.lang == "kk"))
        keys = [key for key in keys if len(key) >= _FUZZY and key.isalpha()]
        most = min(self._bounds.near, self._left(term.text)) if keys else 0
        if self._vocabulary is None or not most:
            return term
        found = [near for key in keys for near in self._near(self._vocabulary, key, distance)]
        found = list({near.key: near for near in reversed(found)}.values())
        found.sort(key=lambda near: (near.key[:1] != keys[0][:1], near.distance, -near.df, near.text))
        chosen = found[:most]
        self._room -= len(chosen)
        stems = dict.fromkeys([*term.stems, *(near.stem for near in chosen)])
        forms = dict.fromkeys([*term.exacts, *(self._vocabulary.commonest(near.key) for near in chosen)])
        return replace(term, stems=tuple(stems), exacts=tuple(filter(None, forms)), exact=False)

    def _near(self, words: Vocabulary, key: str, distance: int) -> Sequence[Near]:
        """Known words, and known stems: a small archive has few forms of a word."""
        if distance > 1 and len(key) >= _FUZZY_TWO:
            return (*words.near(key, 2, same_start=1), *words.near_stems(key, 2, same_start=1))
        return (*words.near(key), *words.near_stems(key))

    def _left(self, text: str) -> int:
        """The room that is left for a word; 0 also where there is no time."""
        if self._room > 0 and not self._deadline.passed:
            return self._room
        self.notes.append(Note("truncated", text, reason="expansions"))
        return 0


def beginnings(token: Token) -> tuple[str, ...]:
    """The fold keys that a word which begins so may begin with: letters at its end may yet be joined to the next."""
    exact = token.readings[0].exact
    keys = [reading.key for reading in token.readings if reading.lang in ("", "kk")] or [token.readings[0].key]
    if script_of(exact) == "Cyrl":
        keys.append(key_letters(exact))
    return tuple(dict.fromkeys(filter(None, keys)))
