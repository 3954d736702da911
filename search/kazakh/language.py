"""The language and script of an article, by letters and a few frequent words."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from .arabic import arabic_keys
from .fold import fold
from .homoglyphs import repair
from .latin import latin_keys
from .script import Script, script_of
from .tables import rows

# The beginning of an article is enough.
_SAMPLE: Final = 20_000

# In the 2017 Latin alphabet an apostrophe is part of a letter.
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*+")
_NOT_KYRGYZ: Final = frozenset("әғқұһі")
_KYRGYZ: Final = frozenset("үөң")
# Kazakh and Uyghur alone have these Arabic letters, and Uyghur has those.
_KAZAKH_ARABIC: Final = frozenset("ەۇۋڭ")
_UYGHUR: Final = frozenset("ئېۈ")
# Letters of other Cyrillic alphabets: Ukrainian, Belarusian, Uzbek, Tajik, Serbian, Tatar, Bashkir.
_ELSEWHERE: Final = frozenset("їєґўҳӣӯҷјљњћђџҗҙҫҡ")
# Shares of a text's letters or words, set by reading crawled news of Kazakhstan: Kazakh prose has about a quarter of
# such letters and Kyrgyz a twentieth, while Russian articles with Kazakh names stay below one in a hundred.
_MANY: Final = 0.03
_SOME: Final = 0.005
_FEW_WORDS: Final = 0.02


@dataclass(frozen=True, slots=True)
class Detected:
    """lang: `kk`, `ru`, `en`, `ky`, or empty if unknown. script: `Cyrl`, `Latn`, `Arab`, or empty without letters."""

    lang: str
    script: Script


def _words(lang: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("language_words") if row["lang"] == lang)


_FREQUENT: Final = {lang: _words(lang) for lang in ("ru", "en", "ky")}
_KAZAKH_KEYS: Final = frozenset(fold(word) for word in _words("kk"))


def detect(text: str) -> Detected:
    """The main language and script of a text; the first 20,000 characters decide.

    >>> detect("Бұл кітап пен қалам туралы ертегі")
    Detected(lang='kk', script='Cyrl')
    """
    words: list[str] = _WORD.findall(text[:_SAMPLE])
    script = _main_script(words)
    if script == "":
        return Detected("", "")
    own = [word for word in words if script_of(word) == script]
    if script == "Cyrl":
        return Detected(_cyrillic_language(own), script)
    if script == "Latn":
        return Detected(_latin_language([word.lower() for word in own]), script)
    return Detected(_arabic_language(own), script)


def _main_script(words: list[str]) -> Script:
    letters: Counter[Script] = Counter()
    for word in words:
        letters[script_of(word)] += len(word)
    del letters[""]
    return letters.most_common(1)[0][0] if letters else ""


def _cyrillic_language(words: list[str]) -> str:
    repaired = [repair(word) for word in words]
    kazakh_words = _share([fold(word) for word in repaired], _KAZAKH_KEYS)
    raw = [word.lower() for word in words]
    if _letter_share(raw, _ELSEWHERE) > _SOME and kazakh_words < _FEW_WORDS:
        return ""
    kazakh_letters = _letter_share(repaired, _NOT_KYRGYZ)
    if kazakh_letters >= _MANY:
        return "kk"
    scores = {lang: _share(repaired, _FREQUENT[lang]) for lang in ("ru", "ky")}
    if kazakh_letters < _SOME and _letter_share(repaired, _KYRGYZ) >= _MANY and scores["ky"] > 0:
        return "ky"
    scores["kk"] = kazakh_words
    best = max(scores, key=lambda lang: scores[lang])
    return best if scores[best] >= _FEW_WORDS else ""


def _latin_language(words: list[str]) -> str:
    english = _share(words, _FREQUENT["en"])
    kazakh = _share([key for word in words for key in latin_keys(word)[:1]], _KAZAKH_KEYS)
    if max(english, kazakh) < _FEW_WORDS:
        return ""
    return "en" if english >= kazakh else "kk"


def _arabic_language(words: list[str]) -> str:
    if _letter_share(words, _KAZAKH_ARABIC) >= _MANY and _letter_share(words, _UYGHUR) < _SOME:
        return "kk"
    keys = [key for word in words for key in arabic_keys(word)[:1]]
    return "kk" if _share(keys, _KAZAKH_KEYS) >= _FEW_WORDS else ""


def _share(words: list[str], wanted: frozenset[str]) -> float:
    return sum(word in wanted for word in words) / len(words) if words else 0.0


def _letter_share(words: list[str], wanted: frozenset[str]) -> float:
    total = sum(map(len, words))
    return sum(char in wanted for word in words for char in word) / total if total else 0.0
