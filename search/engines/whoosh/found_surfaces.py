"""Which tokens of a few articles are which words of a query, by their surfaces alone: no postings are read."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...query.nodes import Prefix, Term
from .lexicon import Lexicon, encoded
from .words import Words

Array = NDArray[Any]
Ints = NDArray[np.int64]

_FEW: Final = 16
"""So many forms are looked up one by one; of more it is asked which of the articles' own forms are among them."""


def answering(forms: Words, tokens: Ints, words: Sequence[Term | Prefix]) -> tuple[Ints, Ints]:
    """The places of those tokens that are any of the words, and the number of the word: in that order.

    tokens: the surfaces of a few articles. One that is several words is there for each.
    """
    keys: list[Ints] = [np.zeros(0, np.int64)]
    several = False
    by_stem = [(number, word) for number, word in enumerate(words) if isinstance(word, Term) and not word.exact]
    by_exact = [(number, word) for number, word in enumerate(words) if isinstance(word, Prefix) or word.exact]
    if by_stem:
        stems, owner = forms.listed("stem", tokens)
        for number, term in by_stem:
            known = _numbers(forms.stems, term.stems)
            several |= len(known) > 1
            keys.append(owner[_any_of(stems, known)] * len(words) + number)
    if by_exact:
        exacts = forms.exact_of(tokens)
        for number, word in by_exact:
            known = _forms(forms.exacts, word.exacts, exacts)
            keys.append(np.flatnonzero(_any_of(exacts, known)) * len(words) + number)
    key = np.concatenate(keys)
    key.sort()
    if several:  # of one word a surface may have more than one
        key = np.concatenate([key[:1], key[1:][key[1:] != key[:-1]]])
    token = key // max(1, len(words))
    return token, key - token * len(words)


def _forms(lexicon: Lexicon, forms: Sequence[str], held: Ints) -> Sequence[int]:
    """The numbers of forms, or of those of them that articles have: `held` are the numbers of all that they have."""
    if len(forms) <= _FEW:
        return _numbers(lexicon, forms)
    first, last = lexicon.place(encoded(min(forms))), lexicon.place(encoded(max(forms)))
    alike = np.unique(held[(held >= first) & (held <= last)])
    wanted = frozenset(forms)
    both = zip(alike.tolist(), lexicon.texts(alike), strict=True)
    return [number for number, text in both if text in wanted]


def _numbers(lexicon: Lexicon, texts: Iterable[str]) -> Sequence[int]:
    return [number for text in texts if (number := lexicon.find(text)) >= 0]


def _any_of(values: Ints, wanted: Sequence[int]) -> NDArray[np.bool_]:
    if len(wanted) > _FEW:
        return np.isin(values, wanted)
    found = np.zeros(len(values), np.bool_)
    for one in wanted:
        found |= values == one
    return found
