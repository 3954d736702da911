"""Where sentences end, as far as signs and capitals tell."""

import re
from typing import Final

_SIGNS: Final = ".!?…؟۔"
_AFTER: Final = re.compile(r"[»\"”“’')\]]*+(\s++)")
_OPENING: Final = " \t\u00a0«\"“„‘'([–—-"
_SHORT: Final = frozenset(
    "ж жж г гг ғ ғғ т тт тг мың млн млрд трлн км м см мм кг гр га л қ обл ауд көш ул пр үй пәт акад проф доц ред "
    "құр авт қар мыс мәс сағ мин сек тел бет стр др св им р д ш с в шығ бөл ст п j jj y yy".split()
)
"""Words that are written short with a point, after which a sentence goes on."""
_LONG: Final = 5
"""Letters that none of them has."""


def signs(text: str) -> str:
    """The signs at the end of sentences that a text has."""
    return "".join([sign for sign in _SIGNS if sign in text])


def last_end(text: str, low: int, high: int, limit: int, some: str) -> tuple[int, int, int] | None:
    """The last sentence that ends with a sign in [low, high) and is followed by another one that begins before `limit`.

    Its first sign, its end behind its last sign and what that closes, and the beginning of the next one.
    some: the signs that the text has, see `signs`.
    """
    while True:
        sign = -1
        for one in some:
            at = text.rfind(one, low, high)
            if at > sign:
                sign = at
        if sign < 0:
            return None
        high = sign
        while high > low and text[high - 1] in _SIGNS:
            high -= 1
        after = _AFTER.match(text, sign + 1, limit)
        if after is None:
            continue
        end, begin = after.span(1)
        if begin >= limit or (not text[begin].isupper() and _goes_on(text, begin)):
            continue
        if high < end - 1 or text[sign] != "." or not _is_short(text, sign):
            return high, end, begin


def _goes_on(text: str, begin: int) -> bool:
    """Whether what begins here begins no sentence: its first letter is small."""
    first = text[begin]
    return first.islower() or (first in _OPENING and text[begin : begin + 6].lstrip(_OPENING)[:1].islower())


def _is_short(text: str, sign: int) -> bool:
    """Whether a point stands after an initial, or after a word that is written short with it."""
    before = text[sign - _LONG if sign > _LONG else 0 : sign]
    if before.isalpha() and len(before) == _LONG:
        return False
    begin = len(before)
    while begin > 0 and before[begin - 1].isalpha():
        begin -= 1
    word = before[begin:]
    return word.lower() in _SHORT or (len(word) == 1 and word.isupper())
