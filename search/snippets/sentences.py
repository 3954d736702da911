"""Where sentences begin, as far as signs and capitals tell."""

import re
from typing import Final

_END: Final = re.compile(r"(?<![.!?…؟۔])[.!?…؟۔]++[»\"”“’')\]]*+\s++")
_OPENING: Final = " \t\u00a0«\"“„‘'([–—-"
_SHORT: Final = frozenset(
    "ж жж г гг ғ ғғ т тт тг мың млн млрд трлн км м см мм кг гр га л қ обл ауд көш ул пр үй пәт акад проф доц ред "
    "құр авт қар мыс мәс сағ мин сек тел бет стр др св им р д ш с в шығ бөл ст п j jj y yy".split()
)
"""Words that are written short with a point, after which a sentence goes on."""


def sentences(text: str, start: int, end: int) -> list[int]:
    """The places in [start, end) where a sentence begins after the end of another one; not `start` itself."""
    return [found.end() for found in _END.finditer(text, start, end) if found.end() < end and _is_end(text, found)]


def _is_end(text: str, found: re.Match[str]) -> bool:
    following = text[found.end() : found.end() + 6].lstrip(_OPENING)[:1]
    if following.islower():
        return False
    if found[0].rstrip() != ".":
        return True
    begin = found.start()
    while begin > 0 and found.start() - begin < 8 and text[begin - 1].isalpha():
        begin -= 1
    word = text[begin : found.start()]
    return not (word.lower() in _SHORT or (len(word) == 1 and word.isupper()))
