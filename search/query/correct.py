"""Reads words that the index does not know as the nearest ones that it knows.

A word of four letters and more whose keys no article has is read as the known keys one edit away, taken together by
stem; the stem that most articles have wins, weighed by how likely the slip is (`slips.py`). Where none is near: keys
two edits away, for long words; then stems, because a small archive has few forms of a word. Stems raise the share of
slips that are read from .69 to .84 in an archive of 1,700 articles and change nothing in a large one.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import Final

from ..kazakh import Reading, Token, is_stop
from ..kazakh.fold import key_letters
from ..kazakh.lexicon import default_lexicon
from ..kazakh.script import script_of
from ..model import Note
from ..vocabulary import Form, Near, Vocabulary
from .slips import likelihood

MIN_LETTERS: Final = 4
MIN_LETTERS_TWO: Final = 8
"""Words with fewer letters have too many neighbours one edit, or two edits, away."""

OVER_STEM: Final = 20
"""A new form of a known stem may be one that no article has yet; it is a slip if near words are in so many times as
many articles as the stem."""

REAL_WORD: Final = 16
REAL_DF: Final = 5
"""A stem with so much weight in the shipped lexicon is a Kazakh word that the archive happens not to have; it is taken
for one that so many articles have. Half of the wrong corrections were of such words."""


HALF_TYPED: Final = 0.1
"""A last word is read as half typed if the words that begin so are in so many times as many articles as near ones."""

OFTEN: Final = 0.2
"""A form in so many times as many articles as the commonest one is as good a name for the word."""

_COMPLETIONS: Final = 64


def correct(
    tokens: Sequence[Token], vocabulary: Vocabulary, keep: Container[int] = (), *, half_typed: bool = False
) -> tuple[list[Token], list[Note]]:
    """The tokens with unknown words read as their corrections, and a note for each; `text` stays what was typed.

    keep: places in `tokens` that are not to be read anew. half_typed: the last token may be the beginning of a word.
    """
    corrected, notes = [], []
    for place, token in enumerate(tokens):
        last = half_typed and place == len(tokens) - 1
        readings = () if place in keep else correction(token, vocabulary, half_typed=last)
        if readings:
            notes.append(Note("typo", token.text, readings[0].exact))
            token = replace(token, readings=readings)
        corrected.append(token)
    return corrected, list(dict.fromkeys(notes))


def correction(token: Token, vocabulary: Vocabulary, *, half_typed: bool = False) -> tuple[Reading, ...]:
    """What an unknown word is read as, the commonest form first; empty for one that is known, short, or like no other.

    The readings of a form that may only be new stay, after those of the correction.
    """
    if is_known(token, vocabulary) or not (keys := _spellings(token)) or is_stop(token):
        return ()
    own = max(vocabulary.stem_df(stem) for stem in token.stems) or REAL_DF * any(map(_is_real, token.stems))
    group = _best_group((key, near) for key in keys for near in vocabulary.near(key))
    if own:
        often = sum(near.df for near in group) >= OVER_STEM * own
        return (*_readings(group, vocabulary), *token.readings) if often else ()
    if half_typed and (whole := _completion(keys, vocabulary)):
        near_df = sum(near.df for near in group)
        if sum(form.df for form in whole) >= HALF_TYPED * near_df:
            return tuple(Reading(form.exact, form.key, form.stem, "kk", ("typo",)) for form in whole)
    if not group:
        long = [key for key in keys if len(key) >= MIN_LETTERS_TWO]
        group = _best_group((key, near) for key in long for near in vocabulary.near(key, 2, same_start=1))
    if not group:
        stems = [reading.stem for reading in token.readings if reading.lang == "kk" and _is_word(reading.stem)]
        group = _best_group((stem, near) for stem in stems for near in vocabulary.near_stems(stem))
    return _readings(group, vocabulary)


def is_known(token: Token, vocabulary: Vocabulary) -> bool:
    """Whether articles have a word with one of its keys."""
    return any(vocabulary.knows(reading.key) for reading in token.readings)


def _completion(keys: Sequence[str], vocabulary: Vocabulary) -> list[Form]:
    """The forms that begin so of the stem that most articles have among them, in most articles first.

    Before them the one that readers are told of: the shortest of those that are nearly as common.
    """
    groups: defaultdict[str, list[Form]] = defaultdict(list)
    for form in dict.fromkeys(form for key in keys for form in vocabulary.beginning(key, _COMPLETIONS)):
        groups[form.stem].append(form)
    best = max(groups.values(), key=lambda forms: sum(form.df for form in forms), default=[])
    told = min(best, key=lambda form: (form.df < OFTEN * best[0].df, len(form.exact)), default=None)
    return sorted(best, key=lambda form: form is not told)


def _spellings(token: Token) -> list[str]:
    """What is compared with the known keys: those of the word, and its letters before any of them were joined."""
    keys = [reading.key for reading in token.readings if reading.lang == "kk"]
    exact = token.readings[0].exact
    if keys and script_of(exact) == "Cyrl":
        keys.append(key_letters(exact))
    return list(dict.fromkeys(key for key in keys if _is_word(key)))


def _is_real(stem: str) -> bool:
    lexicon = default_lexicon()
    return max(lexicon.nouns.get(stem, 0), lexicon.verbs.get(stem.removesuffix("-"), 0)) >= REAL_WORD


def _is_word(text: str) -> bool:
    return len(text.rstrip("-")) >= MIN_LETTERS and text.rstrip("-").isalpha()


def _best_group(found: Iterable[tuple[str, Near]]) -> list[Near]:
    """Of (typed, near) the near ones of the best stem, in most articles first; empty if there are none."""
    weights: defaultdict[str, float] = defaultdict(float)
    groups: defaultdict[str, dict[str, Near]] = defaultdict(dict)
    for typed, near in found:
        if near.text not in groups[near.stem]:
            weights[near.stem] += near.df * likelihood(typed, near.text)
            groups[near.stem][near.text] = near
    if not weights:
        return []
    best = max(weights, key=lambda stem: weights[stem])
    return sorted(groups[best].values(), key=lambda near: (-near.df, near.text))


def _readings(group: Sequence[Near], vocabulary: Vocabulary) -> tuple[Reading, ...]:
    return tuple(Reading(vocabulary.commonest(near.key), near.key, near.stem, "kk", ("typo",)) for near in group)
