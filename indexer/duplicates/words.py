"""The words of a body as numbers that no run changes: 64 bits of the hash of each fold key."""

import re
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.kazakh.fold import fold
from search.names import digest

Keys = NDArray[np.uint64]

LEAST_WORDS: Final = 12
"""Shorter bodies are captions and stock phrases, which articles share without being the same."""

FACT: Final = np.uint64(1)
"""The bit that marks a word which tells when or how much."""

_TIMES: Final = (
    "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан дүйсенбі сейсенбі сәрсенбі "
    "бейсенбі жұма сенбі жексенбі январ феврал апрел июн июл август сентябр октябр ноябр декабр понедельник вторник "
    "четверг пятниц суббот воскресен"
)
"""How the months and the days of the week begin in Kazakh and Russian, but for those that many other words begin as."""

_FACT: Final = re.compile(rf".*\d|{'|'.join(map(fold, _TIMES.split()))}", re.DOTALL)


def key_hashes(keys: Iterable[str]) -> Keys:
    """The hash of each fold key; odd if it tells when or how much: a number, a month, a day of the week."""
    held = list(keys)
    hashes = np.frombuffer(b"".join(digest(key.encode("utf-8", "surrogatepass")) for key in held), "<u8")
    facts = np.fromiter((_FACT.match(key) is not None for key in held), np.uint64, len(held))
    return hashes & ~FACT | facts
