"""The language and direction of a text inside a page, as HTML says them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

_USUAL_SCRIPT = {"kk": "Cyrl", "ru": "Cyrl", "en": "Latn"}


@dataclass(frozen=True, slots=True)
class Tongue:
    """`lang` and `dir` of a text; empty where they are those of the page. attributes: both, for its element."""

    lang: str
    direction: str
    attributes: Markup


@lru_cache(256)
def of(lang: str, script: str, page: str) -> Tongue:
    """How a text in this language and script is marked in a page in the language `page`.

    A language that is no language code is passed over; a text in Arabic script without a language is taken for Kazakh.
    """
    known = lang if re.fullmatch("[a-z]{2,3}", lang) else ""
    arabic = script == "Arab"
    tag = known or ("kk" if arabic else "")
    if tag and script in ("Cyrl", "Latn", "Arab") and _USUAL_SCRIPT.get(tag, script) != script:
        tag = f"{tag}-{script}"
    shown, direction = "" if tag == page else tag, "rtl" if arabic else ""
    pairs = (("lang", shown), ("dir", direction))
    attributes = Markup().join(Markup(' {}="{}"').format(name, value) for name, value in pairs if value)
    return Tongue(shown, direction, attributes)
