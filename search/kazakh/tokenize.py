"""Tokens: where the words and numbers of a cleaned text stand.

One expression, possessive where a quantifier repeats, so a text is read once and never twice. Words split at spaces,
punctuation, hyphens and slashes; numbers keep an inner comma or point, dates and times stay whole; an ending after an
abbreviation, a number or a closing quotation mark is passed over (`data/hyphen_suffixes.tsv`).
"""

import re
from itertools import pairwise

from .script import CYRILLIC, LATIN
from .tables import rows

# (start, end, form): a token of the cleaned text; the form is text[start:end] in its original case, cut to `MAX_FORM`.
# A bare tuple, because a reindex makes hundreds of millions of them.
Span = tuple[int, int, str]

# The longest Kazakh forms have about 40 letters; what is longer is noise and is compared by its beginning.
MAX_FORM = 64

APOSTROPHES = "'’‘ʼʻʹ`´"


def _kind(kind: str) -> str:
    words = [word for row in rows("hyphen_suffixes") if row["kind"] == kind for word in row["suffixes"].split()]
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_LETTER = "[^\\W_ʼʻʹ]"
_END = f"(?!{_LETTER})"
_INFLECTION = f"{_kind('plural')}?{_kind('possessive')}?{_kind('case')}?"
_SUFFIX = f"(?i:(?:{_INFLECTION}|{_kind('derivation')}{_kind('case')}?){_END})"
_NUMBER = (
    r"\d{1,2}\.\d{1,2}\.\d{4}(?!\d)"
    r"|\d{1,2}:\d\d(?::\d\d)?(?![\d:])"
    r"|\d{1,3}(?: \d{3})++(?!\d)(?:[.,]\d++)?"
    r"|\d{1,3}(?:,\d{3}){2,}+(?!\d)"
    r"|\d++(?:(?:\.\d++)++|(?<!\d,\d),\d++(?!,\d))?"
)
# The last letter before the hyphen tells: a capital, a Latin letter or a digit.
_ABBREVIATION_END = f"(?<=[{LATIN}0-9А-ЯЁӘҒҚҢӨҰҮҺІ])"
_TAIL = (
    f'(?:{_ABBREVIATION_END}|[%‰»”“"]{{1,3}}+)-(?={_LETTER}){_SUFFIX}'
    rf"|(?<=\d)(?={_LETTER}){_SUFFIX}"
    rf"|(?<=\d)-(?i:{_kind('russian')}{_END})"
    f"|-(?i:{_kind('particle')}{_END})"
)
# In the 2017 Latin alphabet s' c' y' are letters, also at the end of a word.
_WORD = rf"{_LETTER}++(?:[{APOSTROPHES}]{{1,2}}+{_LETTER}++)*+(?:(?<=[scyACSY])['’](?!{_LETTER}))?"
_TOKEN = re.compile(f"((?>{_NUMBER})(?![A-Za-z])|{_WORD})(?:{_TAIL})?")

_GLUED = re.compile(f"[A-Za-z]{{3}}(?=[{CYRILLIC}])|(?<=[{CYRILLIC}])[A-Za-z]{{3}}")
_LATIN_RUN = re.compile("[A-Za-z]{3,}")
# Letters whose shape is the same in both alphabets: a run of these alone is a Cyrillic word typed with look-alikes.
_SAME_SHAPE = frozenset("aceopxyiABCEHKMOPTXYI")
_BARE_SUFFIX = re.compile(_SUFFIX)


def tokenize(text: str) -> list[Span]:
    """The tokens of a cleaned text, from left to right, in time linear in its length."""
    spans = [(*match.span(1), match[1][:MAX_FORM]) for match in _TOKEN.finditer(text)]
    if _GLUED.search(text):
        return [part for span in spans for part in _unglue(text, span)]
    return spans


def _unglue(text: str, span: Span) -> list[Span]:
    """Splits a word where three or more Latin letters meet Cyrillic ones («GoogleChromeнұсқасын»)."""
    start, end, _ = span
    word = text[start:end]
    if not _GLUED.search(word):
        return [span]
    cuts = {0, len(word)}
    for run in _LATIN_RUN.finditer(word):
        if not _SAME_SHAPE.issuperset(run[0]):
            cuts.update(run.span())
    parts = [(start + a, start + b, word[a:b][:MAX_FORM]) for a, b in pairwise(sorted(cuts))]
    if len(parts) > 1 and _BARE_SUFFIX.fullmatch(parts[-1][2]):
        parts.pop()
    return [part for part in parts if part[2].strip(APOSTROPHES)]
