"""Where words were torn or glued by typesetting: line ends, missing spaces, endings that follow capitals.

    қатыс-⏎ты        one word, if the second line is an ending or no word by itself
    алғашқыҚазақстан two words, if both are known (АрселорМиттал is a name and stays one)
    БАҚта            the abbreviation; its ending is passed over, as in БАҚ-та

Sources: frequent words torn between syllables, of which three in four are joined again, against frequent hyphen pairs,
of which two in a hundred are joined wrongly; crawled news, where almost every word with a capital inside that has two
known halves is two words.
"""

import re
from itertools import pairwise

from .candidates import candidates
from .fold import fold
from .homoglyphs import repair
from .hyphen import SUFFIX, fragment
from .lexicon import default_lexicon
from .script import CYRILLIC
from .stem import LONGEST_WORD, choose
from .units import SHORT_FORMS

# (start, end, form), see `tokenize.Span`.
_Span = tuple[int, int, str]

_CAPITAL = "А-ЯЁӘҒҚҢӨҰҮҺІ"
_SMALL = "а-яёәғқңөұүһі"
_LINE_END = re.compile(r"(?:-|¬[ \t]{0,9})\r?\n[ \t]{0,9}")
_CASES_MEET = re.compile(f"(?<=[{_SMALL}])(?=[{_CAPITAL}][{_SMALL}])")
_ENDING_AFTER_CAPITALS = re.compile(f"(?<=[{_CAPITAL}]{{2}})(?=[{_SMALL}]){SUFFIX}")
_ALL_CAPITALS = re.compile(f"[{_CAPITAL}]{{2,6}}")
_MIN_GLUED = 4
_CYRILLIC_WORD = re.compile(f"[{CYRILLIC}]{{2,{LONGEST_WORD}}}")


def has_line_end(text: str) -> bool:
    """Whether a line of the text ends in a hyphen, or in what is left of a soft one; only then `mend` has work."""
    return "-\n" in text or "-\r" in text or "¬" in text


def mend(text: str, spans: list[_Span], longest: int) -> list[_Span]:
    """The spans with the words joined that a hyphen and a line end tore; offsets cover both parts."""
    mended: list[_Span] = []
    for span in spans:
        if mended and _LINE_END.fullmatch(text, mended[-1][1], span[0]):
            start, end, first = mended[-1]
            if text[end] == "¬" and span[2].islower():
                mended[-1] = (start, span[1], (first + span[2])[:longest])
                continue
            if fragment(span[2]) == "particle" or (fragment(span[2]) and first.lower() in SHORT_FORMS):
                continue  # сондай-⏎ақ, млн-⏎ға
            if _torn(first, span[2]):
                mended[-1] = (start, span[1], (first + span[2])[:longest])
                continue
        mended.append(span)
    return mended


def _torn(first: str, second: str) -> bool:
    if not (second.islower() and _CYRILLIC_WORD.fullmatch(first) and _CYRILLIC_WORD.fullmatch(second)):
        return False
    if fragment(second) == "ending":
        return True
    if first.lower() == second:  # бірте-⏎бірте
        return False
    known = _known(first) + _known(second)
    return known == 0 or (known == 1 and _known(first + second))


def unglue_cases(text: str, span: _Span) -> list[_Span]:
    """Splits a word where a small letter meets a capital and every part is a known word."""
    start, _, form = span
    cuts = [0, *(cut.start() for cut in _CASES_MEET.finditer(form)), len(form)]
    if len(cuts) == 2 or form != text[start : start + len(form)]:
        return [span]
    parts = [form[a:b] for a, b in pairwise(cuts)]
    if not all(len(part) >= _MIN_GLUED and _known(part) for part in parts):
        return [span]
    return [(start + a, start + b, form[a:b]) for a, b in pairwise(cuts)]


def in_look_alikes(word: str) -> bool:
    """Whether a word of both alphabets is a known one that was typed with look-alikes (қaлaмeн), and no two words."""
    repaired = repair(word)
    return _CYRILLIC_WORD.fullmatch(repaired) is not None and _known(repaired)


def without_ending(span: _Span) -> _Span:
    """An abbreviation without the ending that is written right after its capitals."""
    start, _, form = span
    ending = _ENDING_AFTER_CAPITALS.search(form)
    if ending is None or ending.end() != len(form) or not _ALL_CAPITALS.fullmatch(form, 0, ending.start()):
        return span
    return start, start + ending.start(), form[: ending.start()]


def _known(word: str) -> bool:
    """Whether the shipped lexicon knows a stem of the word; not the site's own, so that tokens never change."""
    key = fold(word.lower())
    return 1 < len(key) <= LONGEST_WORD and choose(candidates(key), default_lexicon()) is not None
