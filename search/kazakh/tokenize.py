"""Tokens: where the words and numbers of a cleaned text stand.

Words split at spaces, punctuation, hyphens and slashes; numbers keep an inner comma or point, dates and times stay
whole; an ending after an abbreviation, a number or a closing quotation mark is passed over
(`data/hyphen_suffixes.tsv`). One expression knows all this, possessive where a quantifier repeats, so a text is read
once and never twice. It is slow, so it reads only what stands between two spaces and has a digit, a hyphen or another
sign that the expression looks at; everything else is words of letters.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from operator import itemgetter

from .hyphen import END, LETTER, SUFFIX, fragment, kind
from .joints import has_line_end, in_look_alikes, mend, unglue_cases, without_ending
from .script import CYRILLIC, LATIN
from .units import SHORT_FORMS, SIGNS

# (start, end, form): a token of the cleaned text; the form is text[start:end] in its original case, cut to `MAX_FORM`.
Span = tuple[int, int, str]
# The same of a whole text, without a tuple for each token: a reindex makes hundreds of millions of them.
Columns = tuple[list[int], list[int], list[str]]

# The longest Kazakh forms have about 40 letters; what is longer is noise and is compared by its beginning.
MAX_FORM = 64

APOSTROPHES = "'’‘ʼʻʹ`´"

# The most groups of three digits after the first: where the last of them has a fourth digit the groups are numbers of
# their own, and without a limit a long row of them would be read anew from each.
_GROUPS = 12
_NUMBER = (
    r"\d{1,2}(?:\.\d{1,2}\.|/\d{1,2}/|-\d{1,2}-)\d{4}(?!\d)"
    r"|\d{4}-\d\d-\d\d(?![\d-])"
    r"|\d{1,2}:\d\d(?::\d\d)?(?![\d:])"
    rf"|\d{{1,3}}(?: \d{{3}}){{1,{_GROUPS}}}+(?!\d)(?:[.,]\d++)?"
    rf"|\d{{1,3}}(?:,\d{{3}}){{2,{_GROUPS}}}+(?!\d)"
    r"|\d++(?:(?:\.\d++)++|(?<!\d,\d),\d++(?!,\d))?"
)
# The last letter before the hyphen tells: a capital, a Latin letter, a digit, a sign; or a short form of a unit.
_ABBREVIATION = f"(?<=[{LATIN}0-9А-ЯЁӘҒҚҢӨҰҮҺІ{SIGNS}]-)"
_UNIT = "(?i:" + "|".join(rf"(?<=\b{form}-)" for form in SHORT_FORMS) + ")"
_UNIT_WITH_POINT = "(?i:" + "|".join(rf"(?<=\b{form}\.-)" for form in SHORT_FORMS) + ")"
_TAIL = (
    f"-(?:(?:{_ABBREVIATION}|{_UNIT})(?={LETTER}){SUFFIX}"
    rf"|(?<=\d-)(?i:{kind('russian')}{END})"
    f"|(?i:{kind('particle')}{END}))"
    rf'|(?:[%‰»”“"]{{1,3}}+|(?<=\d) %)-(?={LETTER}){SUFFIX}'
    rf"|(?<=\d)%?(?={LETTER}){SUFFIX}"
    rf"|\.-{_UNIT_WITH_POINT}(?={LETTER}){SUFFIX}"
)
# In the 2017 Latin alphabet s' c' y' are letters, also at the end of a word.
_WORD = rf"{LETTER}++(?:[{APOSTROPHES}]{{1,2}}+{LETTER}++)*+(?:(?<=[scyACSY])['’](?!{LETTER}))?"
_SIGN = f"[{SIGNS}]"
_TOKEN = re.compile(f"((?=\\d)(?>{_NUMBER})(?![A-Za-z])|{_WORD}|{_SIGN})(?:{_TAIL})?")

# What makes a word more than letters for the expression above, and what is read by it: from the first of these signs
# to the next space, and on while the next word has one, because numbers are written with spaces.
SPECIAL = rf"\d{APOSTROPHES}%‰{SIGNS}\-"
_STRETCH = re.compile(f"[{SPECIAL}][^ ]*+(?: [^ {SPECIAL}]*+[{SPECIAL}][^ ]*+)*+")
_LETTERS = re.compile(f"([^\\W_{SPECIAL}]++)")

# Small letters of one alphabet, none of which is a sign of the expressions.
_SMALL_WORD = re.compile("[а-яёәғқңөұүһі]++|[a-z]++")

# Each begins with a class of characters, which is what the search for them is fast by.
_GLUED = re.compile(f"[A-Za-z][A-Za-z]{{2}}(?:(?=[{CYRILLIC}])|(?<=[{CYRILLIC}][A-Za-z]{{3}}))")
_LATIN_RUN = re.compile("[A-Za-z]{3,}")
# Letters whose shape is the same in both alphabets: a run of these alone is a Cyrillic word typed with look-alikes.
_SAME_SHAPE = frozenset("aceopxyiABCEHKMOPTXYI")
_CAPITAL = "А-ЯЁӘҒҚҢӨҰҮҺІ"
_SMALL = "а-яёәғқңөұүһі"
_CASES_MIXED = re.compile(f"[{_CAPITAL}](?:(?<=[{_SMALL}][{_CAPITAL}])|[{_CAPITAL}])[{_SMALL}]")


def tokenize(text: str) -> list[Span]:
    """The tokens of a cleaned text, from left to right, in time linear in its length."""
    starts, ends, forms = columns(text)
    return list(zip(starts, ends, forms, strict=True))


def columns(text: str) -> Columns:
    """The same as columns: starts, ends, forms."""
    starts, ends, forms = _read(text)
    glued, mixed, torn = _GLUED.search(text), _CASES_MIXED.search(text), has_line_end(text)
    if not (glued or mixed or torn):
        return starts, ends, forms
    spans = list(zip(starts, ends, forms, strict=True))
    if glued:
        spans = _split(text, spans, _GLUED, _unglue)
    if mixed:
        spans = _split(text, spans, _CASES_MIXED, _unglue_cases)
    if torn:
        spans = mend(text, spans, MAX_FORM)
    return [span[0] for span in spans], [span[1] for span in spans], [span[2] for span in spans]


def is_one_token(text: str) -> bool:
    """Whether a text is nothing but one word in small letters; so are most words, and it is seen at once."""
    return text.islower() and len(text) <= MAX_FORM and _SMALL_WORD.fullmatch(text) is not None


def _read(text: str) -> Columns:
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    for start, end, plain in _stretches(text):
        if plain:
            # Letters and what is between them in turn, beginning and ending with the latter.
            parts = _LETTERS.split(text[start:end])
            places = list(accumulate(map(len, parts), initial=start))
            starts += places[1:-1:2]
            ends += places[2::2]
            forms += parts[1::2]
        else:
            for match in _TOKEN.finditer(text, start, end):
                starts.append(match.start(1))
                ends.append(match.end(1))
                forms.append(match[1])
    if max(map(len, forms), default=0) > MAX_FORM:
        forms = [form[:MAX_FORM] for form in forms]
    return starts, ends, forms


def _stretches(text: str) -> Iterator[tuple[int, int, bool]]:
    """The text in parts (start, end, plain); a plain one is nothing but letters and what no token has."""
    done = 0
    for match in _STRETCH.finditer(text):
        start = max(done, text.rfind(" ", done, match.start()) + 1)
        if start > done:
            yield done, start, True
        yield start, match.end(), False
        done = match.end()
    if done < len(text):
        yield done, len(text), True


def _split(
    text: str, spans: list[Span], pattern: re.Pattern[str], split: Callable[[str, Span], list[Span]]
) -> list[Span]:
    """The spans, those split that have something of the pattern in them."""
    parts: list[Span] = []
    done = 0
    for match in pattern.finditer(text):
        index = bisect_right(spans, match.start(), lo=done, key=itemgetter(0)) - 1
        if index >= done:
            parts += spans[done:index]
            parts += split(text, spans[index])
            done = index + 1
    return parts + spans[done:]


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
