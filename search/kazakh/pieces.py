"""Many texts split at once: the same tokens as `split` finds, for a fraction of the time.

What stands between two spaces is split by itself, unless several such pieces in a row have digits or other signs that
reach across a space (10 000, 5 %-ға): these are one piece. So a piece that comes again is only looked up, and what it
holds is laid out on arrays. Texts with torn lines are split as a whole.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count, islice
from operator import sub
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from . import split
from .clean import Clean, clean
from .joints import has_line_end
from .readings import Lang
from .tokenize import MAX_FORM, SPECIAL, columns, is_one_token

_LONGEST: Final = 200
"""Characters of a piece that is remembered, so that what is remembered is bounded by the number of pieces."""

_SMALL: Final = "а-яёәғқңөұүһі"
_CAPITALS: Final = "А-ЯЁӘҒҚҢӨҰҮҺІ"

_SPECIAL = re.compile(f"[{SPECIAL}]")

# What most pieces are: one word, in small letters but for the first or in capitals alone, and signs that are no tokens.
_ONE_WORD = re.compile(
    f'[(«“"]*+([{_CAPITALS}]?[{_SMALL}]{{1,{MAX_FORM - 1}}}+|[{_CAPITALS}]{{1,{MAX_FORM}}}+)[,.;:!?)»”"…]*+'
).fullmatch

Array = NDArray[Any]
Number = Callable[[Iterable[str], Lang], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of some texts, one text after another: u32 each.

    lengths: how many each text has. starts, sizes: where a token starts in its text, and its length, in characters.
    forms: the number of its form. alone: whether it stands between spaces, in small letters and no other sign.
    """

    lengths: Array
    starts: Array
    sizes: Array
    forms: Array
    alone: NDArray[np.bool_]


class Pieces:
    """Splits texts, and remembers pieces of them.

    number: gives the number of each form in a text of a language, the same every time, until `forget` is called.
    """

    def __init__(self, number: Number) -> None:
        self._number = number
        self.forget()

    def forget(self) -> None:
        """Forget everything that was remembered; no text may be waiting."""
        self._next = count().__next__
        self._known: dict[Lang, defaultdict[str, int]] = {}
        # Of each piece: where its tokens begin below (-1 before they are looked for), how many, whether it is special.
        self._begins, self._counts, self._special = array("q"), array("I"), bytearray()
        self._starts, self._sizes, self._forms = array("I"), array("I"), array("I")
        self._alone = bytearray()
        self._told: dict[Lang, int] = {}
        # Pieces that are not split yet, and texts that are pieces of their own, split.
        self._waiting: dict[int, tuple[Lang, str]] = {}
        self._wholes: dict[int, tuple[Lang, list[int], list[int], list[str]]] = {}
        self._clear()

    def __len__(self) -> int:
        """How much is remembered, in pieces or tokens."""
        return max(len(self._begins), len(self._starts))

    def add(self, text: str, lang: Lang) -> None:
        """Take one more text."""
        cleaned = clean(text)
        pieces = cleaned.text.replace("\n", " ").split(" ")
        sizes = array("I", map(len, pieces))
        if has_line_end(cleaned.text) or max(sizes) > _LONGEST:
            number = self._next()
            self._wholes[number] = (lang, *split(text))
            self._ids.append(number)
            self._lengths.append(0)
            self._texts.append((lang, "", 1))
            return
        known = self._known.get(lang)
        if known is None:
            known = self._known[lang] = defaultdict(self._next)
        self._ids.extend(map(known.__getitem__, pieces))
        self._lengths.extend(sizes)
        if cleaned.begins:
            self._moved.append((len(self._texts), cleaned))
        self._texts.append((lang, cleaned.text, len(pieces)))

    def take(self) -> Tokens:
        """The tokens of all texts since the last time, one at least."""
        self._meet()
        ids, pieces = np.array(self._ids), np.array([count for *_, count in self._texts], np.int64)
        lengths = np.array(self._lengths, np.int64) + 1
        places = np.cumsum(lengths) - lengths
        firsts = np.cumsum(pieces) - pieces
        places -= np.repeat(places[firsts], pieces)
        self._join(ids, places, pieces, firsts)
        self._split(ids)
        counts = np.frombuffer(self._counts, np.uint32)[ids].astype(np.int64)
        owner = np.repeat(np.arange(len(ids)), counts)
        begins = np.frombuffer(self._begins, np.int64)[ids] - (np.cumsum(counts) - counts)
        at = np.repeat(begins, counts) + np.arange(len(owner))
        starts, sizes, forms = (np.frombuffer(one, np.uint32) for one in (self._starts, self._sizes, self._forms))
        tokens = Tokens(
            np.add.reduceat(counts, firsts).astype(np.uint32),
            (places[owner] + starts[at]).astype(np.uint32),
            sizes[at],
            forms[at],
            np.frombuffer(self._alone, np.bool_)[at],
        )
        self._move(tokens)
        self._clear()
        return tokens

    def _clear(self) -> None:
        self._ids, self._lengths = array("I"), array("I")
        self._texts: list[tuple[Lang, str, int]] = []
        self._moved: list[tuple[int, Clean]] = []

    def _move(self, tokens: Tokens) -> None:
        """Turn places in cleaned texts into those in the original ones, where these differ."""
        ends = np.cumsum(tokens.lengths)
        for number, cleaned in self._moved:
            part = slice(int(ends[number]) - int(tokens.lengths[number]), int(ends[number]))
            starts = tokens.starts[part].astype(np.int64)
            last = np.frombuffer(cleaned.ends, np.int64)[starts + tokens.sizes[part] - 1]
            tokens.starts[part] = np.frombuffer(cleaned.begins, np.int64)[starts]
            tokens.sizes[part] = last - tokens.starts[part]

    def _meet(self) -> None:
        """Note the pieces that are new, and split at once those that are one word."""
        told, search = len(self._begins), _SPECIAL.search
        fresh = {
            lang: list(islice(reversed(known.items()), len(known) - self._told.get(lang, 0)))[::-1]
            for lang, known in self._known.items()
        }
        self._told = {lang: len(known) for lang, known in self._known.items()}
        count = sum(map(len, fresh.values())) + sum(one >= told for one in self._wholes)
        self._begins.extend([-1] * count)
        self._counts.extend([0] * count)
        self._special.extend(bytes(count))
        for lang, items in fresh.items():
            starts, sizes, forms, numbers = [], [], [], []
            for piece, number in items:
                word = _ONE_WORD(piece)
                if word is None:
                    self._waiting[number] = lang, piece
                    self._special[number] = search(piece) is not None
                    continue
                start, end = word.span(1)
                starts.append(start)
                sizes.append(end - start)
                forms.append(word[1])
                numbers.append(number)
                self._alone.append(end - start == len(piece) and piece.islower())
            np.frombuffer(self._begins, np.int64)[numbers] = np.arange(len(numbers)) + len(self._starts)
            np.frombuffer(self._counts, np.uint32)[numbers] = 1
            self._starts.extend(starts)
            self._sizes.extend(sizes)
            self._forms.extend(self._number(forms, lang))

    def _join(self, ids: Array, places: Array, pieces: Array, firsts: Array) -> None:
        """Make one piece of special ones that follow each other; `ids` has it first, and then empty ones."""
        special = np.frombuffer(self._special, np.bool_)[ids]
        both = special[:-1] & special[1:]
        both[firsts[1:] - 1] = False
        if not both.any():
            return
        edges = np.flatnonzero(np.diff(np.concatenate([[False], both, [False]])))
        text_of = np.repeat(np.arange(len(pieces)), pieces)
        for first, last in edges.reshape(-1, 2).tolist():
            lang, text, _ = self._texts[text_of[first]]
            known = self._known[lang]
            piece = text[places[first] : places[last] + self._lengths[last]]
            if len(piece) > _LONGEST:
                ids[first] = self._next()
                self._wholes[int(ids[first])] = (lang, *columns(piece))
            else:
                ids[first] = known[piece]
            ids[first + 1 : last + 1] = known[""]
        self._meet()

    def _split(self, ids: Array) -> None:
        """Find the tokens of pieces whose tokens nobody asked for before, in the order in which they come."""
        new = ids[np.frombuffer(self._begins, np.int64)[ids] < 0]
        found, first = np.unique(new, return_index=True)
        for number in found[np.argsort(first)].tolist():
            whole = self._wholes.pop(number, None)
            piece = None
            if whole is None:
                lang, piece = self._waiting.pop(number)
                if is_one_token(piece):
                    starts, ends, forms = [0], [len(piece)], [piece]
                else:
                    starts, ends, forms = columns(piece)
            else:
                lang, starts, ends, forms = whole
            self._begins[number] = len(self._starts)
            self._counts[number] = len(forms)
            self._starts.extend(starts)
            self._sizes.extend(map(sub, ends, starts))
            self._forms.extend(self._number(forms, lang))
            alone = piece is None or forms == [piece]
            self._alone.extend(alone and form.islower() and form.isalpha() for form in forms)
