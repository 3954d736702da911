"""The keys that a half-typed word may begin with.

The key of a beginning is not always the beginning of the key: letters that are typed as two (sh, تش), and those that
the key joins (`fold.settle`), are known only when the second one is there. So each such pair is finished as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from .arabic import LETTER_GROUPS as ARABIC_GROUPS
from .arabic import arabic_exact, arabic_spellings
from .fold import key_letters, settle
from .homoglyphs import repair
from .latin import LETTER_GROUPS as LATIN_GROUPS
from .latin import MAX_READINGS, latin_letters, latin_spellings
from .script import script_of
from .tokenize import APOSTROPHES, MAX_FORM

_NO_APOSTROPHES: Final = str.maketrans(dict.fromkeys(APOSTROPHES))
_I_WITH_SIGN: Final = "ىي"
_I: Final = "ي"
"""The letter и is written with two signs, which the key joins, or with one."""

_REMEMBERED: Final = 512
"""What is typed, and the beginnings of words that fit it: asked for again with each word and each letter."""

_VOWELS: Final = frozenset("аеоу")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the key of a word begins with, and its key letters before any are joined."""

    key: str
    letters: str


@lru_cache(_REMEMBERED)
def beginnings(typed: str) -> tuple[Beginning, ...]:
    """The beginnings of the keys of all words that may begin as `typed` does, one word without spaces; likeliest first.

    None is the beginning of another one. Empty for a text without letters and digits, and for one longer than any word.

    >>> [beginning.key for beginning in beginnings("bass")]
    ['басс', 'басш']
    """
    if len(typed) > MAX_FORM:
        return ()
    word = repair(typed)
    match script_of(word):
        case "Latn":
            spelled = [one for whole in _finished(word, LATIN_GROUPS) for one in _latin(whole)]
        case "Arab":
            word = arabic_exact(word).replace(_I_WITH_SIGN, _I)
            spelled = [one for whole in _finished(word, ARABIC_GROUPS) for one in arabic_spellings(whole)]
        case "Cyrl":
            plain = word.translate(_NO_APOSTROPHES)
            spelled = [_cyrillic(plain), *([_cyrillic(plain.replace("э", "а"))] if "э" in plain else [])]
        case _:
            spelled = [word] if word.isalnum() else []
    found = [Beginning(settle(letters), letters) for letters in spelled]
    found += [Beginning(f"{one.key[:-1]}е", one.letters) for one in found if _may_join(one.key)]
    return tuple(one for place, one in enumerate(found) if one.key and not _is_held(place, found))


def _is_held(place: int, found: Sequence[Beginning]) -> bool:
    """Whether every word that begins so begins as another one, too."""
    key = found[place].key
    return any(
        key.startswith(other.key) and (other.key != key or at < place) for at, other in enumerate(found) if other.key
    )


def _cyrillic(word: str) -> str:
    letters = key_letters(word)
    return latin_letters(letters) if any("a" <= letter <= "\u024f" for letter in letters) else letters


def _may_join(key: str) -> bool:
    """Whether an е that follows would take the place of the last letter."""
    return key.endswith("и") and key[-2:-1] in _VOWELS


def _latin(word: str) -> Iterator[str]:
    """Its spellings before other letters, which is no place for those at the end, and by itself."""
    yield from (spelling.removesuffix("а") for spelling in islice(latin_spellings(word + "а"), MAX_READINGS))
    yield from islice(latin_spellings(word), MAX_READINGS)


def _finished(word: str, groups: Sequence[str]) -> Iterable[str]:
    """The word, and with every group of letters finished that its end may have begun."""
    yield word
    for group in groups:
        for begun in range(1, len(group)):
            if word.endswith(group[:begun]):
                yield word + group[begun:]
