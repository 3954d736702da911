"""Which articles say the same: those whose bodies are the same words in the same order.

Words are compared by their fold keys, so a text that was printed again in another script, in capitals or with other
quotation marks is a duplicate too. The title does not count: editors change it.
"""

import hashlib

from search.kazakh import Terms

LEAST_WORDS = 12
"""Shorter bodies are captions and stock phrases, which articles share without being the same."""

_DIGEST_BYTES = 10


def cluster(body: Terms) -> str:
    """The name of the cluster of a body: 20 hexadecimal digits, equal for equal texts; empty where it is too short."""
    if len(body.keys) < LEAST_WORDS:
        return ""
    return hashlib.blake2b(" ".join(body.keys).encode(), digest_size=_DIGEST_BYTES).hexdigest()
