"""How likely a slip of the fingers is, so that of several known words the likelier one is read.

Shares among typing errors: a letter left out is common, a letter struck twice or two neighbours swapped leave a word
that little else explains, another letter in place of the right one is rarer, one too many is the rarest; the first
letter is hardly ever wrong. Chosen on query words with random slips; the exact figures matter little.
"""

from typing import Final

from ..vocabulary import spelling

LEFT_OUT: Final = 1.0
DOUBLED: Final = 2.0
SWAPPED: Final = 2.0
REPLACED: Final = 0.3
ADDED: Final = 0.15
SEVERAL: Final = 1.0
"""More than one slip: nothing is said about their kinds."""

OTHER_FIRST: Final = 0.1


def likelihood(typed: str, meant: str) -> float:
    """A weight above 0 for typing `typed` where `meant` was meant; only good for comparing.

    >>> likelihood("мекттеп", "мектеп") > likelihood("мекнтеп", "мектеп")
    True
    """
    first = 1.0 if typed[:1] == meant[:1] else OTHER_FIRST
    return first * _kind(typed, meant)


def _kind(typed: str, meant: str) -> float:
    begin, left, right = spelling.difference(typed, meant)
    match len(left), len(right):
        case 0, 1:
            return LEFT_OUT
        case 1, 0:
            return DOUBLED if left in (typed[begin - 1 : begin], typed[begin + 1 : begin + 2]) else ADDED
        case 1, 1:
            return REPLACED
        case 2, 2 if left == right[::-1]:
            return SWAPPED
    return SEVERAL
