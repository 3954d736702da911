"""Which articles say the same: those whose bodies are the same words in the same order.

Words are compared by their fold keys, so a text that was printed again in another script, in capitals or with other
quotation marks is a duplicate too. The title does not count: editors change it.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.kazakh import Terms
from search.texts import Texts

LEAST_WORDS = 12
"""Shorter bodies are captions and stock phrases, which articles share without being the same."""

_DIGEST_BYTES = 10
_STEP = 1 << 16
"""Tokens that are read together, if no article has more."""


def cluster(body: Terms) -> str:
    """The name of the cluster of a body: 20 hexadecimal digits, equal for equal texts; empty where it is too short."""
    if len(body.keys) < LEAST_WORDS:
        return ""
    return hashlib.blake2b(" ".join(body.keys).encode(), digest_size=_DIGEST_BYTES).hexdigest()


def clusters(texts: Texts) -> NDArray[np.uint64]:
    """Of each article a number that it shares with those whose bodies say the same; 0 where that is too short to tell.

    The number depends on the words alone, so articles of different runs can be compared.
    """
    keys = [key.encode("utf-8", "surrogatepass") for _, key, _ in texts.surfaces]
    found = np.zeros(len(texts.titles), np.uint64)
    starts, first = texts.starts, 0
    with texts.flat.open("rb") as file:
        while first < len(found):
            last = max(first + 1, int(np.searchsorted(starts, starts[first] + _STEP, "right")) - 1)
            flat = np.fromfile(file, np.uint32, int(starts[last] - starts[first])).tolist()
            bodies = (starts[first:last] + texts.titles[first:last] - starts[first]).tolist()
            ends = (starts[first + 1 : last + 1] - starts[first]).tolist()
            found[first:last] = [_number(keys, flat[start:end]) for start, end in zip(bodies, ends, strict=True)]
            first = last
    return found


def _number(keys: Sequence[bytes], words: list[int]) -> int:
    if len(words) < LEAST_WORDS:
        return 0
    digest = hashlib.blake2b(b" ".join(map(keys.__getitem__, words)), digest_size=8).digest()
    return int.from_bytes(digest, "little") or 1
