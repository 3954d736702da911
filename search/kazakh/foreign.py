"""Russian and English: Snowball stems for their words, ASCII for letters that no table of ours knows."""

import re
from threading import Lock

import Stemmer
from unidecode import unidecode

RUSSIAN_MARK = "ru:"
ENGLISH_MARK = "en:"

_RUSSIAN_WORD = re.compile("[а-яё]+")
_ENGLISH_WORD = re.compile("[a-z]+")
_russian = Stemmer.Stemmer("russian", maxCacheSize=0)
_english = Stemmer.Stemmer("english", maxCacheSize=0)
# A PyStemmer object holds one buffer and must not be used by two threads at once.
_lock = Lock()


def russian(word: str) -> str | None:
    """The marked Russian stem of a lower-case word, None if it has other letters than Russian ones.

    >>> russian("новостями"), russian("қала")
    ('ru:новост', None)
    """
    if not _RUSSIAN_WORD.fullmatch(word):
        return None
    with _lock:
        return RUSSIAN_MARK + str(_russian.stemWord(word.replace("ё", "е")))


def english(word: str) -> str | None:
    """The marked English stem of a lower-case word, None if it has other letters than ASCII ones.

    >>> english("elections"), english("ëlections")
    ('en:elect', None)
    """
    if not _ENGLISH_WORD.fullmatch(word):
        return None
    with _lock:
        return ENGLISH_MARK + str(_english.stemWord(word))


def ascii_letters(letter: str) -> str:
    """What a foreign Latin letter is written with in lower-case ASCII; empty where nothing fits.

    >>> ascii_letters("ł"), ascii_letters("đ")
    ('l', 'd')
    """
    return re.sub("[^a-z]", "", unidecode(letter).lower())
