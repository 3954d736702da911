"""Text typed while another keyboard layout was on: «ajhev» for форум, «ищщлы» for books.

Works on the text as typed, before it is cut into tokens, because signs and digits are letters on another layout.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from .tables import rows

# Words with more hyphens than this have them all read alike.
_MAX_HYPHENS: Final = 3

_NUMBER: Final = re.compile(r"[\d.,:/%]+")
SPACES: Final = re.compile(r"(\s+)")
"""What stretches are parted by; `split` keeps it."""

_LAST_SIGN: Final = re.compile(r"[.,;:?!]\Z")


@dataclass(frozen=True, slots=True)
class Layout:
    """What was typed on one layout with another in mind. on, meant: `english`, `kazakh` or `russian`.

    quoted: the letters where quotation marks stand for themselves.
    changed: the characters that another one is meant by; a text without any of them has no other reading.
    """

    on: str
    meant: str
    letters: dict[int, str]
    quoted: dict[int, str]
    changed: frozenset[str]

    def retype(self, text: str) -> str:
        """The text that the same keys give on the layout that was meant; other characters stay.

        >>> LAYOUTS[0].retype("0fpf0cnfy")
        'қазақстан'
        """
        return text.translate(self.letters)

    def readings(self, text: str) -> list[tuple[str, ...]]:
        """For each stretch of the text, spaces too, what may have been meant, without repeats.

        A number stays a number. A hyphen and a sign at the end of a word are either meant themselves or are letters;
        quotation marks in pairs are meant themselves.
        """
        return self.readings_of([stretch for stretch in SPACES.split(text) if stretch])

    def readings_of(self, stretches: Sequence[str]) -> list[tuple[str, ...]]:
        """The same for a text that was split at its spaces."""
        quotes = sum(stretch.count('"') for stretch in stretches) % 2 == 0
        letters = self.quoted if quotes else self.letters
        return [self._stretch(stretch, letters) for stretch in stretches]

    def _stretch(self, stretch: str, letters: dict[int, str]) -> tuple[str, ...]:
        if self.changed.isdisjoint(stretch) or _NUMBER.fullmatch(stretch):
            return (stretch,)
        if stretch.isalpha():
            return (stretch.translate(letters),)
        readings = self._hyphens(stretch, letters)
        if _LAST_SIGN.search(stretch):
            readings += [reading + stretch[-1] for reading in self._hyphens(stretch[:-1], letters)]
        return tuple(dict.fromkeys(readings))

    def _hyphens(self, word: str, letters: dict[int, str]) -> list[str]:
        parts = [part.translate(letters) for part in word.split("-")]
        letter, hyphens = letters.get(ord("-"), "-"), len(parts) - 1
        if letter == "-":
            return ["-".join(parts)]
        if hyphens > _MAX_HYPHENS:
            return [letter.join(parts), "-".join(parts)]
        return [
            parts[0] + "".join(sign + part for sign, part in zip(signs, parts[1:], strict=True))
            for signs in product((letter, "-"), repeat=hyphens)
        ]


def _layout(on: str, meant: str) -> Layout:
    pairs = {}
    for row in rows("keyboard"):
        pairs[row[f"{on}_shift"]] = row[f"{meant}_shift"]
    for row in rows("keyboard"):  # a sign that both give has the place that it has without Shift
        pairs[row[on]] = row[meant]
    changed = frozenset(typed for typed, other in pairs.items() if typed != other)
    return Layout(on, meant, str.maketrans(pairs), str.maketrans({**pairs, '"': '"'}), changed)


LAYOUTS: Final = (
    _layout("english", "kazakh"),
    _layout("english", "russian"),
    _layout("kazakh", "english"),
    _layout("russian", "english"),
)
"""The pairs that are mistaken for each other, the likeliest first."""
