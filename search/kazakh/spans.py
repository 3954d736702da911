"""Where the tokens of a short text stand in it, as it was typed, and their forms.

Queries are words of letters with spaces between them, most of them; such a text is read by one plain expression, which
takes a fifth of the time that cleaning and the tokeniser's own expressions take.
"""

import re
from typing import Final

from .clean import clean
from .tokenize import MAX_FORM, Span, tokenize

_CAPITAL: Final = "А-ЯЁӘҒҚҢӨҰҮҺІ"
_SMALL: Final = "а-яёәғқңөұүһі"
_ENDS: Final = "?!,.;:"
"""Signs between words that have no meaning for the tokeniser."""

_MOST: Final = f"{{1,{MAX_FORM - 1}}}+"
_WORD: Final = rf"(?:[{_CAPITAL}]?+[{_SMALL}]{_MOST}|[{_CAPITAL}]{_MOST}|[A-Za-z]{_MOST})"
_PLAIN: Final = re.compile(rf" *+(?:{_WORD}(?:[{_ENDS}]++ *+| ++|\Z))*+")
_PLAIN_WORDS: Final = re.compile(rf"[^ {_ENDS}]++")

_SIGNS: Final = r";,.\[\]="
_PARTED: Final = re.compile(rf"[A-Za-z][{_SIGNS}]++[A-Za-z0-9]|[A-Za-z0-9][{_SIGNS}]++[A-Za-z]")


def spans(text: str) -> list[Span]:
    """The tokens of a text that was not cleaned: (start, end, form), the range in the text and the cleaned form.

    >>> spans("жаңа мектеп?")
    [(0, 4, 'жаңа'), (5, 11, 'мектеп')]
    """
    if _PLAIN.fullmatch(text):
        return [(match.start(), match.end(), match[0]) for match in _PLAIN_WORDS.finditer(text)]
    cleaned = clean(text)
    found = tokenize(cleaned.text)
    if not cleaned.begins:
        return found
    return [(*cleaned.original(start, end), form) for start, end, form in found]


def are_plain(text: str) -> bool:
    """Whether a text is nothing but words of letters, each of which is a token by itself, and spaces between them.

    >>> are_plain("жаңа мектеп"), are_plain("мектеп-лицей"), are_plain("5 мектеп")
    (True, False, False)
    """
    return _PLAIN.fullmatch(text) is not None


def one_form(stretch: str) -> str | None:
    """The only form, in small letters, that a word in ASCII without spaces and hyphens can have, if there is one.

    Empty where there are several tokens; None where there is no quick answer. Nothing is said of numbers.

    >>> one_form(";fyf"), one_form("vt;le"), one_form("it's")
    ('fyf', '', None)
    """
    core = stretch.strip(";,.[]=")
    if core.isalnum():
        return core.lower() if len(core) <= MAX_FORM else None
    return "" if _PARTED.search(core) else None
