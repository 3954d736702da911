"""Tokens: where the words and numbers of a cleaned text stand.

One expression, possessive where a quantifier repeats, so a text is read once and never twice. Words split at spaces,
punctuation, hyphens and slashes; numbers keep an inner comma or point, dates and times stay whole; an ending after an
abbreviation, a number or a closing quotation mark is passed over (`data/hyphen_suffixes.tsv`).
"""

import re
from itertools import pairwise

from .hyphen import END, LETTER, SUFFIX, fragment, kind
from .joints import has_line_end, in_look_alikes, mend, unglue_cases, without_ending
from .script import CYRILLIC, LATIN
from .units import SHORT_FORMS, SIGNS

# (start, end, form): a token of the cleaned text; the form is text[start:end] in its original case, cut to `MAX_FORM`.
# A bare tuple, because a reindex makes hundreds of millions of them.
Span = tuple[int, int, str]

# The longest Kazakh forms have about 40 letters; what is longer is noise and is compared by its beginning.
MAX_FORM = 64

APOSTROPHES = "'’‘ʼʻʹ`´"


_NUMBER = (
    r"\d{1,2}(?:\.\d{1,2}\.|/\d{1,2}/|-\d{1,2}-)\d{4}(?!\d)"
    r"|\d{4}-\d\d-\d\d(?![\d-])"
    r"|\d{1,2}:\d\d(?::\d\d)?(?![\d:])"
    r"|\d{1,3}(?: \d{3})++(?!\d)(?:[.,]\d++)?"
    r"|\d{1,3}(?:,\d{3}){2,}+(?!\d)"
    r"|\d++(?:(?:\.\d++)++|(?<!\d,\d),\d++(?!,\d))?"
)
# The last letter before the hyphen tells: a capital, a Latin letter, a digit, a sign; or a short form of a unit.
_ABBREVIATION = f"(?<=[{LATIN}0-9А-ЯЁӘҒҚҢӨҰҮҺІ%{SIGNS}]-)"
_UNIT = "(?i:" + "|".join(rf"(?<=\b{form}-)" for form in SHORT_FORMS) + ")"
_UNIT_WITH_POINT = "(?i:" + "|".join(rf"(?<=\b{form}\.-)" for form in SHORT_FORMS) + ")"
_TAIL = (
    f"-(?:(?:{_ABBREVIATION}|{_UNIT})(?={LETTER}){SUFFIX}"
    rf"|(?<=\d-)(?i:{kind('russian')}{END})"
    f"|(?i:{kind('particle')}{END}))"
    rf'|(?:[‰»”“"]|(?<!\d)%){{1,3}}+-(?={LETTER}){SUFFIX}'
    rf"|(?<=[\d%])(?={LETTER}){SUFFIX}"
    rf"|\.-{_UNIT_WITH_POINT}(?={LETTER}){SUFFIX}"
)
# In the 2017 Latin alphabet s' c' y' are letters, also at the end of a word.
_WORD = rf"{LETTER}++(?:[{APOSTROPHES}]{{1,2}}+{LETTER}++)*+(?:(?<=[scyACSY])['’](?!{LETTER}))?"
_SIGN = rf"[{SIGNS}]|%(?:(?<=\d%)|(?<=\d %))"
_TOKEN = re.compile(f"((?>{_NUMBER})(?![A-Za-z])|{_WORD}|{_SIGN})(?:{_TAIL})?")

_GLUED = re.compile(f"[A-Za-z]{{3}}(?=[{CYRILLIC}])|(?<=[{CYRILLIC}])[A-Za-z]{{3}}")
_LATIN_RUN = re.compile("[A-Za-z]{3,}")
# Letters whose shape is the same in both alphabets: a run of these alone is a Cyrillic word typed with look-alikes.
_SAME_SHAPE = frozenset("aceopxyiABCEHKMOPTXYI")
_CAPITAL = "А-ЯЁӘҒҚҢӨҰҮҺІ"
_SMALL = "а-яёәғқңөұүһі"
_CASES_MIXED = re.compile(f"[{_CAPITAL}](?:(?<=[{_SMALL}][{_CAPITAL}])|[{_CAPITAL}])[{_SMALL}]")


def tokenize(text: str) -> list[Span]:
    """The tokens of a cleaned text, from left to right, in time linear in its length."""
    spans = [(*match.span(1), match[1][:MAX_FORM]) for match in _TOKEN.finditer(text)]
    if _GLUED.search(text):
        spans = [part for span in spans for part in _unglue(text, span)]
    if _CASES_MIXED.search(text):
        spans = [part for span in spans for part in _unglue_cases(text, span)]
    return mend(text, spans, MAX_FORM) if has_line_end(text) else spans


def _unglue_cases(text: str, span: Span) -> list[Span]:
    if not _CASES_MIXED.search(span[2]):
        return [span]
    parts = unglue_cases(text, span)
    return parts if len(parts) > 1 else [without_ending(span)]


def _unglue(text: str, span: Span) -> list[Span]:
    """Splits a word where three or more Latin letters meet Cyrillic ones («GoogleChromeнұсқасын»)."""
    start, end, _ = span
    word = text[start:end]
    if not _GLUED.search(word) or in_look_alikes(word):
        return [span]
    cuts = {0, len(word)}
    for run in _LATIN_RUN.finditer(word):
        if not _SAME_SHAPE.issuperset(run[0]):
            cuts.update(run.span())
    parts = [(start + a, start + b, word[a:b][:MAX_FORM]) for a, b in pairwise(sorted(cuts))]
    if len(parts) > 1 and fragment(parts[-1][2]) == "ending":
        parts.pop()
    return [part for part in parts if part[2].strip(APOSTROPHES)]
