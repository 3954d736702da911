"""A window on a text: a stretch of one paragraph, and the one at the beginning of a paragraph."""

from typing import NamedTuple

from .places import paragraph_end, paragraph_start, sentence_end, whole_words_end, with_quotes
from .reading import Range
from .sentences import signs


class Window(NamedTuple):
    """A stretch [start, end) of a text.

    cut_before, cut_after: whether it leaves out a part of a sentence there.
    marks: the ranges that are marked in it, in the text. units: what they show of the query, a bit for each unit.
    quality: how well it reads and how close together it shows them.
    """

    start: int
    end: int
    cut_before: bool
    cut_after: bool
    marks: tuple[Range, ...] = ()
    units: int = 0
    quality: float = 0.0


def opening(text: str, word: int, length: int) -> Window:
    """The window at the beginning of a paragraph of which `word` is the first letter or digit."""
    low, is_start = paragraph_start(text, word, length)
    high, is_end = paragraph_end(text, word, length)
    end = high
    if word + length < high:
        end = whole_words_end(text, word + length, word)
        end = end if end > word else word + length
    last = end if is_end and end == high else sentence_end(text, word + length // 2, end, high, signs(text[word:high]))
    start = with_quotes(text, low, word, last or end, length)
    return Window(start, last or end, cut_before=not is_start, cut_after=not last)
