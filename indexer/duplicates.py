"""Which articles say the same: those whose bodies are the same words in the same order.

Words are compared by their fold keys, so a text that was printed again in another script, in capitals or with other
quotation marks is a duplicate too. The title does not count: editors change it.
"""

import hashlib
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from search.kazakh import Terms
from search.texts import Texts

LEAST_WORDS = 12
"""Shorter bodies are captions and stock phrases, which articles share without being the same."""

_DIGEST_BYTES = 10


def cluster(body: Terms) -> str:
    """The name of the cluster of a body: 20 hexadecimal digits, equal for equal texts; empty where it is too short."""
    if len(body.keys) < LEAST_WORDS:
        return ""
    return hashlib.blake2b(" ".join(body.keys).encode(), digest_size=_DIGEST_BYTES).hexdigest()


def clusters(texts: Texts) -> NDArray[np.uint32]:
    """Of each article the number of the first one whose body says the same: its own where there is none before it."""
    numbers: dict[str, int] = {}
    key_of = np.array([numbers.setdefault(key, len(numbers)) for _, key, _ in texts.surfaces], np.uint32)
    first: dict[bytes, int] = {}
    found = np.arange(len(texts.titles), dtype=np.uint32)
    with texts.flat.open("rb") as file:
        for number, (start, end) in enumerate(pairwise(texts.starts.tolist())):
            keys = key_of[np.fromfile(file, np.uint32, end - start)[texts.titles[number] :]]
            if len(keys) >= LEAST_WORDS:
                name = hashlib.blake2b(keys.tobytes(), digest_size=_DIGEST_BYTES).digest()
                found[number] = first.setdefault(name, number)
    return found
