"""The title where it stands at the head of the body once more, as exports and pages leave it there."""

import re
from typing import Final

_LEAST_GLUED: Final = 3
"""Words of a title that is taken off a word it is glued to."""


def without_title(body: str, title: str) -> str:
    r"""The body without its title on top: as a paragraph of its own, or glued to the first word.

    Never the whole body, and no more than once. A title that begins the first sentence stays: it may be a name; so does
    one that is the first line of a verse.

    >>> without_title("Мектеп ашылды!\n\nАралда мектеп бар.", "«Мектеп ашылды»")
    'Аралда мектеп бар.'
    >>> without_title("Жаңа мектеп ашылдыАралда мектеп бар.", "Жаңа мектеп ашылды")
    'Аралда мектеп бар.'
    >>> without_title("Қасым Жомарт Тоқаев келді.", "Қасым Жомарт Тоқаев")
    'Қасым Жомарт Тоқаев келді.'
    """
    if not _plain(title):
        return body
    first, _, rest = body.partition("\n\n")
    if rest and _plain(first) == _plain(title):
        return rest
    if body.startswith(title) and len(title.split()) >= _LEAST_GLUED:
        after = body[len(title) :]
        if after[:1].isupper() and title[-1].islower() and after[1:2].islower():
            return after
    return body


def _plain(text: str) -> str:
    """What is compared: letters and digits, in lower case."""
    return re.sub(r"[\W_]+", "", text.casefold())
