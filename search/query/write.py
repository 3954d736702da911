"""A tree of `syntax` back as text: what it parses to asks for the same."""

import re
from enum import IntEnum
from typing import Final
from unicodedata import combining

from .operators import is_operator
from .syntax import All, Any, Days, InField, Nearby, Part, Plain, Quoted, Sequence, Without, Word

_AND: Final = " ЖӘНЕ "
_OR: Final = " НЕМЕСЕ "
_DATE: Final = "күні"
_BETWEEN: Final = re.compile(r'[\s()"“”„‟]+')


_MAY_MEAN: Final = re.compile("[:*~]")


class _Binding(IntEnum):
    """How tight the text of a part holds together; in a place that needs more it stands in brackets."""

    ANY = 0
    ALL = 1
    SEQUENCE = 2
    SIGNED = 3
    UNIT = 4


def written(part: Part | None) -> str:
    """The text of a query for this tree.

    Plain words are without the signs around them, in quotation marks if they could be read as something else. Where the
    text has no small letter its operators are words, see `operators.may_have_operators`.
    """
    return _write(part)[0] if part else ""


def plain_words(text: str) -> list[str]:
    """The words of a plain text between spaces, quotation marks and brackets, without the signs around them."""
    return [word for chunk in _BETWEEN.split(text) if (word := _bare(chunk))]


def _bare(chunk: str) -> str:
    """Without the signs around it; stripped by hand, since an expression for the end of a text is quadratic."""
    start, end = 0, len(chunk)
    while start < end and not chunk[start].isalnum():
        start += 1
    while start < end and not (chunk[end - 1].isalnum() or combining(chunk[end - 1])):
        end -= 1
    return chunk[start:end]


def _write(part: Part) -> tuple[str, _Binding]:
    match part:
        case Plain(text):
            words = plain_words(text)
            quoted = (f'"{word}"' if is_operator(word) or _MAY_MEAN.search(word) else word for word in words)
            return " ".join(quoted), _Binding.UNIT if len(words) == 1 else _Binding.SEQUENCE
        case Word(text, exact, prefix, fuzzy):
            return f"{'=' * exact}{text}{'*' * prefix}{f'~{fuzzy}' if fuzzy else ''}", _Binding.UNIT
        case Quoted(text, exact):
            return f'{"=" * exact}"{text}"', _Binding.UNIT
        case Nearby(text, within):
            return f'"{text}"~{within}', _Binding.UNIT
        case Days(text=text):
            return f'{_DATE}:"{text}"' if " " in text else f"{_DATE}:{text}", _Binding.UNIT
        case InField(part=inner, typed=typed):
            return f"{typed}:{_in(inner, _Binding.UNIT)}", _Binding.UNIT
        case Without(inner):
            return f"-{_in(inner, _Binding.UNIT)}", _Binding.SIGNED
        case Sequence(parts):
            least = [_Binding.SEQUENCE if isinstance(inner, Plain) else _Binding.SIGNED for inner in parts]
            texts = map(_in, parts, least)
            return " ".join(filter(None, texts)), _Binding.SEQUENCE
        case All(parts):
            return _AND.join(filter(None, (_in(inner, _Binding.SEQUENCE) for inner in parts))), _Binding.ALL
        case Any(parts):
            return _OR.join(filter(None, (_in(inner, _Binding.ALL) for inner in parts))), _Binding.ANY


def _in(part: Part, least: _Binding) -> str:
    text, binding = _write(part)
    return f"({text})" if text and binding < least else text
