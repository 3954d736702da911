"""One stretch of a query without spaces, with the signs of its own: `-тақырып:=сөз*`, `сөз~2`."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .fields import field_of

MOST_EDITS: Final = 2
_LEAST_BEGINNING: Final = 2
_HUGE: Final = 10_000

_BEGINS: Final = re.compile(r"[«\w]")
# A question mark is noted only where it cannot be one.
_MEANINGLESS: Final = re.compile(r"[*~\[\]{}^]|(?<=[^\W\d_])\?(?=\w)|\?(?=\*)|(?<=\*)\?")


@dataclass(slots=True)
class Signed:
    """What stands in a stretch: `core` is the word without its signs.

    minus: an odd number of them; field, typed: the field that is asked, and its name as typed.
    edits: None without a `~`; what was typed, however large.
    unread: signs that mean nothing here. star: a star after too short a beginning.
    no_value: it is the name of a field that nothing follows.
    """

    core: str
    minus: bool = False
    field: str = ""
    typed: str = ""
    exact: bool = False
    prefix: bool = False
    edits: int | None = None
    unread: str = ""
    star: bool = False
    no_value: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether no sign of it means anything."""
        return not (self.minus or self.field or self.exact or self.prefix or self.edits is not None)


def read_signs(chunk: str, names: Mapping[str, str], *, begins: bool, touches: bool) -> Signed:
    """The signs of a stretch; `begins` and `touches` as in `Piece`: where they stand decides what they mean.

    names: the fields that may be asked here, see `fields.field_names`. An empty `core` is what touches.
    """
    if not begins:
        return Signed(chunk, unread=unread_signs(chunk))
    signed = _before(chunk, names, touches=touches)
    if signed.no_value:
        signed.unread = unread_signs(chunk)
        return signed
    if "://" in signed.core or not _MEANINGLESS.search(signed.core):
        return signed
    return _after(signed)


def number(digits: str, default: int) -> int:
    """The number that ASCII digits write, at most 10,000; `default` for none."""
    if not digits:
        return default
    digits = digits.lstrip("0")
    return min(int(digits[:6] or 0), _HUGE)


def has_word(text: str) -> bool:
    """Whether there is anything in it to look for."""
    return any(map(str.isalnum, text))


def unread_signs(text: str) -> str:
    """The signs in a text that mean something elsewhere, each once."""
    return "".join(dict.fromkeys(_MEANINGLESS.findall(text)))


def _before(chunk: str, names: Mapping[str, str], *, touches: bool) -> Signed:
    """Minus, field and `=` taken off the beginning, where they are signs."""
    word = chunk.lstrip("-")
    minus = len(chunk) - len(word)
    name, colon, value = word.partition(":")
    field = field_of(name, names) if colon else None
    if field:
        word = value.lstrip("-")
    else:
        name, value = "", chunk
    exact = word.startswith("=")
    bare = word[1:] if exact else word
    if (not bare and touches) or (_BEGINS.match(bare) and has_word(bare)):
        minus += len(value) - len(word) if field else 0
        return Signed(bare, minus % 2 == 1, field or "", name, exact)
    if field and has_word(value):
        return Signed(value, minus % 2 == 1, field, name)
    return Signed(chunk, no_value=bool(field))


def _after(signed: Signed) -> Signed:
    """Star and tilde taken off the end, where they are signs."""
    core, tilde = signed.core, None
    at = core.rfind("~")
    if at > 0 and (at == len(core) - 1 or (core[at + 1 :].isascii() and core[at + 1 :].isdecimal())):
        core, tilde = core[:at], core[at + 1 :]
    word = core.rstrip("*")
    if not has_word(word) or _MEANINGLESS.search(word):
        signed.unread = unread_signs(signed.core)
        return signed
    if len(word) < len(core):
        signed.prefix = _is_beginning(word)
        signed.star = not signed.prefix
    if tilde is not None:
        if signed.exact or signed.prefix:
            signed.unread = "~"
        else:
            signed.edits = number(tilde, 1)
    if signed.is_plain:
        return signed
    signed.core = word
    return signed


def _is_beginning(word: str) -> bool:
    """Whether it ends in two letters or digits at least, not counting marks on them."""
    count = 0
    for letter in reversed(word):
        if letter.isalnum():
            count += 1
            if count == _LEAST_BEGINNING:
                return True
        elif unicodedata.category(letter)[0] not in "MC":
            break
    return False
