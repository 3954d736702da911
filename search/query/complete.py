"""What the last word of a text may be, when only its beginning is typed: in any script, spelling or keyboard layout."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple, TypeVar

from ..kazakh import Analyzer
from ..kazakh.beginnings import Beginning, beginnings
from ..kazakh.clean import clean
from ..kazakh.fold import key_letters
from ..kazakh.layout import LAYOUTS
from ..kazakh.readings import is_plain
from ..kazakh.script import CYRILLIC, has_kazakh_letters, script_of
from ..kazakh.tokenize import APOSTROPHES, MAX_FORM
from ..vocabulary import Form, Vocabulary
from .retype import retype

Item = TypeVar("Item")

LOOKED_AT: Final = 64
"""Forms that are looked at for each way to read a beginning."""

BODY: Final = 0.001
"""What an article that has a word in its body adds to its use; one that has it in its title adds 1. Readers look for
what titles say, and a word of the body decides only among words that are in few titles."""

AGAIN: Final = 0.8
"""Another form of a stem counts so much less, and the next one less again, so that eight places show several words.
The word meant is among eight 0.0 to 0.4 points less often than without it; at .7 up to 1 point, at .5 up to 4."""

MOST_AGAIN: Final = 3

RARE: Final = 0.1
"""A spelling of a known word that so few of its articles have is a slip: «калада» beside «қалада»."""

DOUBTFUL: Final = 0.01
"""So much less likely is a word of which not every letter fits."""

PIECE: Final = 0.0001
"""So much less likely is a word that does not begin where people begin one: any whole word is likelier."""

_WEIGHT: Final = itemgetter(0)

_OPENING: Final = frozenset('«“„"(=-')
"""Signs that a word may begin after."""

_UNWANTED: Final = re.compile(r"(?<!\S)-\Z")
"""The sign before a word that is not to be found: there is nothing to suggest for it."""

_READINGS: Final = 4
"""Of one stretch on one keyboard layout."""


class Completion(NamedTuple):
    """A form that the last word may become, how much it is used, and its place in doubt: 0 where every letter fits."""

    form: Form
    use: float
    doubt: int


@dataclass(frozen=True, slots=True)
class Begun:
    """A text taken apart: what stands before its last word (`before`), the beginning typed of that, in small letters.

    starts: what the word's key may begin with. completions: the best first.
    """

    before: str
    typed: str
    starts: tuple[Beginning, ...]
    completions: tuple[Completion, ...]

    @property
    def likelihood(self) -> float:
        """The use of its commonest completion, less where that is in doubt, or a piece of what was typed."""
        use = max((one.use * DOUBTFUL**one.doubt for one in self.completions), default=0.0)
        return use * PIECE if self.is_piece else use

    @property
    def is_piece(self) -> bool:
        """Whether more stands right before the word than the signs that open one, as in `,fkf`."""
        stretch = self.before[_stretch(self.before) :]
        return not _OPENING.issuperset(stretch) or (len(stretch) > 1 and stretch.endswith("-"))


def begun(text: str, analyzer: Analyzer, vocabulary: Vocabulary) -> Begun:
    """The likeliest reading of a text whose last word is half typed; as typed where that is a word of some use."""
    text = clean(text).text
    found = _as_typed(text, vocabulary)
    if found.likelihood >= 1.0 and not found.is_piece:
        return found
    others = [one for one in _on_other_layouts(text, analyzer, vocabulary) if not (one.is_piece and found.completions)]
    return max((found, *others), key=lambda one: one.likelihood)


def varied(items: Iterable[tuple[float, str, Item]]) -> list[Item]:
    """Items of (weight, stem, item), the heaviest first, where each stem counts less whenever it comes again."""
    seen, weighed = dict[str, int](), list[tuple[float, Item]]()
    for weight, stem, item in sorted(items, key=_WEIGHT, reverse=True):
        times = seen.get(stem, 0)
        weighed.append((weight * AGAIN ** min(times, MOST_AGAIN) if times else weight, item))
        seen[stem] = times + 1
    return [item for _, item in sorted(weighed, key=_WEIGHT, reverse=True)]


def typed_part(word: str, reading: Begun) -> int:
    """How many letters at the beginning of a form are those that were typed; 0 if that cannot be said."""
    if word.startswith(reading.typed):
        return len(reading.typed)
    least = min((len(start.key) for start in reading.starts), default=0)
    first = 1
    if is_plain(word):  # of such a word the key has at most as many letters as its parts
        while first < len(word) and len(key_letters(word[:first])) < least:
            first += 1
    for count in range(first, len(word) + 1):
        if any(one.key.startswith(start.key) for one in beginnings(word[:count]) for start in reading.starts):
            return count
    return 0


def _as_typed(text: str, vocabulary: Vocabulary) -> Begun:
    last = _last(text)
    if last == len(text):
        return Begun(text, "", (), ())
    if _UNWANTED.search(text, 0, last):
        return Begun("", "", (), ())
    return _completed(text[:last], text[last:], vocabulary)


def _last(text: str) -> int:
    """Where the last word begins, if the text ends in one; else its end."""
    at = len(text)
    while at and (text[at - 1].isalnum() or text[at - 1] in APOSTROPHES):
        at -= 1
    return at


def _stretch(text: str) -> int:
    """Where the last stretch without white space begins; the end of a text that ends in some."""
    at = len(text)
    while at and not text[at - 1].isspace():
        at -= 1
    return at


def _on_other_layouts(text: str, analyzer: Analyzer, vocabulary: Vocabulary) -> Iterator[Begun]:
    at = _stretch(text)
    before, stretch = text[:at], text[at:]
    if not stretch or len(stretch) > MAX_FORM:
        return
    meant: str | None = None
    for layout in LAYOUTS:
        for reading in layout.readings(stretch)[0][:_READINGS]:
            last = _last(reading)
            if last < len(reading) and reading != stretch and _is_plain(reading, last):
                if meant is None:
                    meant = (before.strip() and retype(before, analyzer, vocabulary)) or before
                yield _completed(meant + reading[:last], reading[last:], vocabulary)


def _is_plain(stretch: str, last: int) -> bool:
    """Whether it is in one script and its last word is wanted."""
    scripts = {script_of(letter) for letter in stretch if letter.isalpha()}
    return len(scripts) == 1 and not _UNWANTED.search(stretch, 0, last)


def _completed(before: str, typed: str, vocabulary: Vocabulary) -> Begun:
    starts, small = beginnings(typed), typed.lower()
    as_it_stands = script_of(small) == "Cyrl" and has_kazakh_letters(before.lower() + small)
    found: dict[str, Completion] = {}
    for start in starts:
        for form in vocabulary.beginning_in_titles(start.key, LOOKED_AT):
            doubt = _doubt(small, start, form, as_it_stands)
            if form.exact not in found or doubt < found[form.exact].doubt:
                found[form.exact] = Completion(form, form.titles + BODY * form.df, doubt)
    return Begun(before, small, starts, tuple(_ordered(_one_spelling(found.values()))))


def _doubt(typed: str, start: Beginning, form: Form, as_it_stands: bool) -> int:
    """Whether another word is likelier: a text with any of the nine letters means all letters as they stand."""
    if as_it_stands:
        return int(not form.exact.startswith(typed))
    exact, letters = form.exact, start.letters
    if not CYRILLIC[0] <= exact[:1] <= CYRILLIC[-1] and script_of(exact) != "Cyrl":
        return 0
    # So many letters nearly always tell: few have none in the key. Those that begin alike have the same first ones.
    begins = _first_letters(exact[: len(letters)])
    return int(not (begins if len(begins) >= len(letters) else key_letters(exact)).startswith(letters))


_first_letters = lru_cache(256)(key_letters)


def _one_spelling(found: Iterable[Completion]) -> Iterator[Completion]:
    """Of the spellings of one key the commonest one in the commonest script, and those that are other words."""
    best: dict[str, Completion] = {}
    in_order = sorted(found, key=lambda one: (one.doubt, -one.use, one.form.exact))
    for one in in_order:
        best.setdefault(one.form.key, one)
    for one in in_order:
        first = best[one.form.key].form
        if one.form is first or (one.form.df > RARE * first.df and script_of(one.form.exact) == script_of(first.exact)):
            yield one


def _ordered(found: Iterable[Completion]) -> list[Completion]:
    """Those without doubt first, then the most used."""
    by_doubt: tuple[list[tuple[float, str, Completion]], ...] = ([], [])
    for one in found:
        by_doubt[one.doubt].append((one.use, one.form.stem, one))
    return [one for items in by_doubt for one in varied(items)]
