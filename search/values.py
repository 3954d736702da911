"""The values of a field, looked up by words as people type them: in any script, case and inflection."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from threading import Lock
from typing import Final

from .kazakh import Analyzer
from .kazakh.spellings import beginnings, spellings, stem_beginnings, words
from .kazakh.tables import rows

Names = Mapping[str, tuple[str, ...]]


def _names() -> dict[str, dict[str, tuple[str, ...]]]:
    table: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row in rows("value_names"):
        table[row["field"]][row["value"]] = tuple(row["names"].split("|"))
    return table


NAMES: Final[Mapping[str, Names]] = _names()
"""By field, then by value: what people call values that are codes (`kk`: қазақ, казахский, kazakh)."""

_HIGHEST: Final = "\U0010ffff"


class FieldValues:
    """The values of one field of one generation. Safe to share between threads.

    values: every value and the number of articles that have it.
    names: other names of values, see `NAMES`.

    Built in time linear in the values (about 1 s and 30 MB for 50,000 names of people); stems are found when they are
    needed, and kept.
    """

    def __init__(self, values: Mapping[str, int], analyzer: Analyzer, names: Names | None = None) -> None:
        self._analyzer = analyzer
        self._values = sorted((value for value in values if value), key=lambda value: (-values[value], value))
        # A name stands for its value; places in _texts are what the words point to.
        self._texts = [
            (text, at) for at, value in enumerate(self._values) for text in (value, *(names or {}).get(value, ()))
        ]
        self._whole: dict[str, list[int]] = defaultdict(list)
        self._forms: list[str] = []
        self._stands: list[array[int]] = []
        self._stems: dict[int, frozenset[str]] = {}
        by_spelling: dict[str, set[int]] = defaultdict(set)
        numbers: dict[str, int] = {}
        for place, (text, _) in enumerate(self._texts):
            self._whole[_plain(text)].append(place)
            for form in words(text):
                number = numbers.setdefault(form, len(numbers))
                if number == len(self._forms):
                    self._forms.append(form)
                    self._stands.append(array("I"))
                    for spelling in spellings(form):
                        by_spelling[spelling].add(number)
                self._stands[number].append(place)
        self._plain = sorted(self._whole)
        self._spellings = sorted(by_spelling)
        self._words = [tuple(by_spelling[spelling]) for spelling in self._spellings]

    def matching(self, text: str) -> tuple[str, ...]:
        """The values that have every word of `text`, and those that are `text` but for case; the commonest first.

        A word is had if its fold key, its exact form or one of its stems is that of a word of the value.
        """
        found = self._with_all(map(self._same, words(text)))
        return self._sorted(found.union(self._whole.get(_plain(text), ())))

    def beginning(self, prefix: str) -> tuple[str, ...]:
        """The values where every word of `prefix` begins a word, and those that begin with it but for case.

        All of them if it is blank. The commonest first.
        """
        plain = _plain(prefix)
        if not plain:
            return tuple(self._values)
        first = bisect_left(self._plain, plain)
        alike = self._plain[first : bisect_left(self._plain, plain + _HIGHEST, first)]
        whole = (place for text in alike for place in self._whole[text])
        return self._sorted(self._with_all(map(self._beginning, words(prefix))).union(whole))

    def _same(self, form: str) -> Iterator[int]:
        """The numbers of words that are the same word."""
        for spelling in spellings(form):
            yield from self._from(spelling, exactly=True)
        stems = self._stems_of(form)
        for beginning in {beginning for stem in stems for beginning in stem_beginnings(stem)}:
            for number in self._from(beginning):
                if number not in self._stems:
                    self._stems[number] = self._stems_of(self._forms[number])
                if not stems.isdisjoint(self._stems[number]):
                    yield number

    def _beginning(self, form: str) -> Iterator[int]:
        for beginning in beginnings(form):
            yield from self._from(beginning)

    def _from(self, spelling: str, *, exactly: bool = False) -> Iterator[int]:
        """The numbers of the words with this spelling, or with one that begins so."""
        if not spelling:
            return
        first = bisect_left(self._spellings, spelling)
        for place in range(first, bisect_left(self._spellings, spelling + _HIGHEST, first)):
            if not exactly or self._spellings[place] == spelling:
                yield from self._words[place]

    def _with_all(self, words: Iterable[Iterable[int]]) -> set[int]:
        """The texts that have a word of each kind."""
        found: set[int] | None = None
        for numbers in words:
            here: set[int] = set()
            for number in set(numbers):
                here.update(self._stands[number])
            found = here if found is None else found & here
            if not found:
                break
        return found or set()

    def _sorted(self, texts: Iterable[int]) -> tuple[str, ...]:
        return tuple(self._values[at] for at in sorted({self._texts[place][1] for place in texts}))

    def _stems_of(self, form: str) -> frozenset[str]:
        return frozenset(stem for stems in self._analyzer.terms(form).stems for stem in stems)


class ValuesByField:
    """The values of every field of one generation, each field made ready when it is first asked for, and kept.

    values: the values of a field and the number of articles that have each, as `Engine.values` gives them.
    Safe to share between threads.
    """

    def __init__(self, values: Callable[[str], Mapping[str, int]], analyzer: Analyzer) -> None:
        self._values = values
        self._analyzer = analyzer
        self._ready: dict[str, FieldValues] = {}
        self._lock = Lock()

    def of(self, field: str) -> FieldValues:
        """The values of a field, codes under their names too; none for a field that the generation does not have."""
        ready = self._ready.get(field)
        if ready is None:
            with self._lock:  # a long list is made ready once, whoever asks
                ready = self._ready.get(field) or FieldValues(self._values(field), self._analyzer, NAMES.get(field))
                self._ready[field] = ready
        return ready


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
