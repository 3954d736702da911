"""Where sentences begin, as far as signs and capitals tell."""

import re
from typing import Final

_SIGNS: Final = frozenset(".!?…؟۔")
# One sign stands alone in front, so that the search runs to it without trying the rest anywhere else; that no sign is
# before it keeps a long row of signs from being read again from each of them.
_END: Final = re.compile(r"[.!?…؟۔](?<![.!?…؟۔][.!?…؟۔])[.!?…؟۔]*+[»\"”“’')\]]*+\s++")
_OPENING: Final = " \t\u00a0«\"“„‘'([–—-"
_SHORT: Final = frozenset(
    "ж жж г гг ғ ғғ т тт тг мың млн млрд трлн км м см мм кг гр га л қ обл ауд көш ул пр үй пәт акад проф доц ред "
    "құр авт қар мыс мәс сағ мин сек тел бет стр др св им р д ш с в шығ бөл ст п j jj y yy".split()
)
"""Words that are written short with a point, after which a sentence goes on."""
_LONG: Final = 5
"""Letters that none of them has."""


def sentences(text: str, start: int, end: int) -> list[int]:
    """The places in [start, end) where a sentence begins after the end of another one; not `start` itself."""
    if start and text[start - 1] in _SIGNS:
        while start < end and text[start] in _SIGNS:
            start += 1
    found = []
    for match in _END.finditer(text, start, end):
        sign, begin = match.span()
        if begin < end and not _goes_on(text, begin) and not (text[sign + 1].isspace() and _is_short(text, sign)):
            found.append(begin)
    return found


def _goes_on(text: str, begin: int) -> bool:
    """Whether what begins here begins no sentence: its first letter is small."""
    first = text[begin]
    return first.islower() or (first in _OPENING and text[begin : begin + 6].lstrip(_OPENING)[:1].islower())


def _is_short(text: str, sign: int) -> bool:
    """Whether a sign is a point after an initial, or after a word that is written short with it."""
    before = text[max(0, sign - _LONG) : sign]
    if text[sign] != "." or (len(before) == _LONG and before.isalpha()):
        return False
    begin = len(before)
    while begin > 0 and before[begin - 1].isalpha():
        begin -= 1
    word = before[begin:]
    return word.lower() in _SHORT or (len(word) == 1 and word.isupper())
