"""The language and script of an article, by letters and a few frequent words."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from .arabic import arabic_keys
from .fold import fold
from .homoglyphs import repair
from .latin import latin_keys
from .script import Script, script_of
from .tables import rows


def _in_bytes(letters: frozenset[str]) -> bytes:
    """Small and capital letters as far as they are in KZ-1048."""
    both = "".join(sorted(letters))
    return (both + both.upper()).encode("kz1048", "ignore")


# The beginning of an article is enough.
_SAMPLE: Final = 20_000

# Lower-case letters that are sure to be what they look like.
_PLAIN = re.compile("[а-яёәғқңөұүһі'’ʼ ]*+")
# In the 2017 Latin alphabet an apostrophe is part of a letter.
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*+")
_NOT_KYRGYZ: Final = frozenset("әғқұһі")
_KYRGYZ: Final = frozenset("үөң")
# Long vowels are written twice in Kyrgyz; in Kazakh there are none, and in Russian they are rare.
_LONG_VOWELS: Final = ("аа", "оо", "уу", "өө", "үү", "ээ")
# Frequent in Russian; in Kazakh and Kyrgyz of borrowed words only. Bulgarian has the last of them often.
_RUSSIAN: Final = frozenset("вьщцёф")
_NOT_RUSSIAN: Final = frozenset("ъ")
_TURKIC: Final = frozenset("ы")
# In Latin alphabets Kazakh has one of these, letters with marks, and k, all of which only Spanish (no k), Azerbaijani,
# Uzbek and Crimean Tatar come near to.
_KAZAKH_ALONE: Final = frozenset("qñńǵ")
_KAZAKH_MARKED: Final = frozenset("äñğūşıöüáǵńóúý")
_KAZAKH_K: Final = frozenset("k")
_ELSEWHERE_LATIN: Final = frozenset("əçxwâ")
_FREQUENT_LETTERS: Final = frozenset("аеыинтлрдсмкбжшйоу")
# Kazakh and Uyghur alone have these Arabic letters, and Uyghur has those.
_KAZAKH_ARABIC: Final = frozenset("ەۇۋڭ")
_UYGHUR: Final = frozenset("ئېۈ")
# Letters of other Cyrillic alphabets: Ukrainian, Belarusian, Uzbek, Tajik, Serbian, Tatar, Bashkir.
_ELSEWHERE: Final = frozenset("їєґўҳӣӯҷјљњћђџҗҙҫҡ")
_NOT_KYRGYZ_BYTES, _FREQUENT_BYTES, _ELSEWHERE_BYTES = map(_in_bytes, (_NOT_KYRGYZ, _FREQUENT_LETTERS, _ELSEWHERE))
# Shares of a text's letters or words, set by reading crawled news of Kazakhstan: Kazakh prose has about a quarter of
# such letters and Kyrgyz a twentieth, while Russian articles with Kazakh names stay below one in a hundred.
_MANY: Final = 0.03
_SOME: Final = 0.005
_FEW_WORDS: Final = 0.02
# In two sentences of Russian a Kazakh name may make one letter in twenty.
_NAMES: Final = 0.1
_RUSSIAN_LETTERS: Final = 0.045
_LONG: Final = 0.01
_SENTENCE: Final = 80  # characters


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
    text = text[:_SAMPLE]
    if _surely_kazakh(text):
        return Detected("kk", "Cyrl")
    words: list[str] = _WORD.findall(text)
    scripts = list(map(_script, words))
    script = _main_script(words, scripts)
    if script == "":
        return Detected("", "")
    own = [word for word, its in zip(words, scripts, strict=True) if its == script]
    if script == "Cyrl":
        return Detected(_cyrillic_language(own), script)
    if script == "Latn":
        return Detected(_latin_language([word.lower() for word in own]), script)
    return Detected(_arabic_language(own), script)


def _surely_kazakh(text: str) -> bool:
    """Whether what follows can only come to Kazakh in Cyrillic letters, by counts that are quick; so of most articles.

    Every Cyrillic letter is part of a Cyrillic word, and no repair takes one of these away. The text is counted in
    KZ-1048, where a letter is a byte.
    """
    try:
        data = text.encode("kz1048")
    except UnicodeEncodeError:
        if _count(text.lower(), _ELSEWHERE):
            return False
        data = text.encode("kz1048", "replace")
    if len(data.translate(None, _ELSEWHERE_BYTES)) < len(data):
        return False
    other = data.translate(None, _NOT_KYRGYZ_BYTES)
    kazakh = len(data) - len(other)
    frequent = len(data) - len(other.translate(None, _FREQUENT_BYTES))
    return 2 * frequent > len(data) and kazakh >= _NAMES * len(data)


def _count(text: str, letters: frozenset[str]) -> int:
    return sum(map(text.count, letters))


def _script(word: str) -> Script:
    # The first letter tells it of almost every word, which is several times faster.
    return "Cyrl" if "\u0400" <= word[0] <= "\u052f" else script_of(word)


def _main_script(words: list[str], scripts: list[Script]) -> Script:
    letters: Counter[Script] = Counter()
    for script, word in zip(scripts, words, strict=True):
        letters[script] += len(word)
    del letters[""]
    return letters.most_common(1)[0][0] if letters else ""


def _cyrillic_language(words: list[str]) -> str:
    """What decides most texts is asked first, and of the text as a whole; the keys of words are dear and come last."""
    raw = " ".join(words).lower()
    repaired = raw if _PLAIN.fullmatch(raw) else " ".join(map(repair, words))
    words = repaired.split(" ")
    if _letter_share(raw, _ELSEWHERE) > _SOME and _folded_share(repaired) < _FEW_WORDS:
        return ""
    kazakh_letters = _letter_share(repaired, _NOT_KYRGYZ)
    like_russian = _letter_share(repaired, _RUSSIAN) >= _RUSSIAN_LETTERS > _letter_share(repaired, _NOT_RUSSIAN) * 9
    if kazakh_letters >= (_NAMES if like_russian else _MANY):
        return "kk"
    scores = {lang: _share(words, _FREQUENT[lang]) for lang in ("ru", "ky")}
    scores["kk"] = _folded_share(repaired)
    if kazakh_letters >= _MANY:
        return "ru" if scores["ru"] > scores["kk"] else "kk"
    like_russian = like_russian and scores["ky"] == 0 and _letter_share(repaired, _KYRGYZ) < _MANY
    if like_russian and kazakh_letters < _SOME and scores["kk"] < max(_NAMES, scores["ru"]):
        return "ru"
    # In a sentence and more, Kazakh has its own letters; a word such as бул is of both when it has not.
    told = scores["ky"] > 0 or scores["kk"] == 0 or len(repaired) >= _SENTENCE
    if told and kazakh_letters < _SOME and _like_kyrgyz(repaired, scores["ky"]):
        return "ky"
    best = max(scores, key=lambda lang: scores[lang])
    return best if scores[best] >= _FEW_WORDS else ""


def _like_kyrgyz(text: str, words: float) -> bool:
    """By letters or long vowels, where a frequent word (their share is `words`), ң or many ы tell it from Mongolian."""
    long = sum(map(text.count, _LONG_VOWELS)) / max(1, len(text) - text.count(" "))
    turkic = words > 0 or "ң" in text or _letter_share(text, _TURKIC) >= _MANY
    return turkic and (long >= _LONG or _letter_share(text, _KYRGYZ) >= _MANY)


def _latin_language(words: list[str]) -> str:
    english = _share(words, _FREQUENT["en"])
    kazakh = _kazakh_share(words, latin_keys)
    if max(english, kazakh) >= _FEW_WORDS:
        return "en" if english >= kazakh else "kk"
    text = " ".join(words)
    like_kazakh = min(_letter_share(text, _KAZAKH_ALONE), _letter_share(text, _KAZAKH_K)) >= _LONG
    like_kazakh = like_kazakh and _letter_share(text, _KAZAKH_MARKED) >= _MANY
    return "kk" if like_kazakh and _letter_share(text, _ELSEWHERE_LATIN) < _SOME else ""


def _arabic_language(words: list[str]) -> str:
    text = " ".join(words)
    if _letter_share(text, _KAZAKH_ARABIC) >= _MANY and _letter_share(text, _UYGHUR) < _SOME:
        return "kk"
    return "kk" if _kazakh_share(words, arabic_keys) >= _FEW_WORDS else ""


def _folded_share(text: str) -> float:
    """The share of frequent Kazakh words among words with a space between them; no key crosses a space."""
    return _share(fold(text).split(" "), _KAZAKH_KEYS)


def _kazakh_share(words: list[str], keys_of: Callable[[str], Sequence[str]]) -> float:
    """The share of frequent Kazakh words, by the first key of each word that has one."""
    keys: Counter[str] = Counter()
    for word, number in Counter(words).items():
        for key in keys_of(word)[:1]:
            keys[key] += number
    known = sum(keys[key] for key in _KAZAKH_KEYS)
    return known / keys.total() if known else 0.0


def _share(words: list[str], wanted: frozenset[str]) -> float:
    return sum(map(wanted.__contains__, words)) / len(words) if words else 0.0


def _letter_share(text: str, wanted: frozenset[str]) -> float:
    """Of the letters of words with a space between them."""
    total = len(text) - text.count(" ")
    return _count(text, wanted) / total if total else 0.0
