"""Slugs: ASCII names for URLs and files."""

import re

from unidecode import unidecode

# The 2021 Latin alphabet without its diacritics. Unidecode alone writes ә as @ and қ as k'.
_KAZAKH = str.maketrans(
    {"ә": "a", "ғ": "g", "қ": "q", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i", "ь": "", "ъ": ""}
)
_NOT_SLUG = re.compile("[^a-z0-9]+")
_NOT_UNICODE = re.compile("[\ud800-\udfff]")


def slug(text: str, limit: int = 80) -> str:
    """A lower-case ASCII slug of at most `limit` characters, cut between words where there is a choice.

    Empty where the text has nothing that can be written in ASCII.

    >>> slug("Қазақстан тәуелсіздігі — 30 жыл")
    'qazaqstan-tauelsizdigi-30-zhyl'
    """
    # More of the text than this is never needed; unidecode would read all of it.
    text = _NOT_UNICODE.sub("", text[: limit * 10]).lower().translate(_KAZAKH)
    ascii_text = _NOT_SLUG.sub("-", unidecode(text).lower()).strip("-")
    if len(ascii_text) <= limit:
        return ascii_text
    whole_words, hyphen, _ = ascii_text[: limit + 1].rpartition("-")
    return whole_words if hyphen else ascii_text[:limit]
