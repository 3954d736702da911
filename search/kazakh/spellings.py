"""The words of a text by their spellings alone, without stems: several times faster, for long lists of names."""

from .clean import clean
from .fold import key_letters
from .latin import completed
from .readings import Word, find_exact, find_keys, find_script
from .script import script_of
from .suffixes import elided
from .tokenize import tokenize

_SOFTENED = {"п": "бу", "к": "г"}
"""How a last letter is written before a vowel: кітабы, тауып, тұрағы."""


def words(text: str) -> list[str]:
    """The words of a text as they stand in it, in its order."""
    return [form for _, _, form in tokenize(clean(text).text)]


def spellings(form: str) -> tuple[str, ...]:
    """Every spelling to look a word up by, read in all ways that the word of a query would be, without repeats.

    Its exact form, its fold keys, and the letters of its key before any are joined. Words that begin alike have a
    spelling that begins alike, in whatever script each is written.

    >>> [spellings(form) for form in words("Qazaq әні")]
    [('qazaq', 'казак'), ('әні', 'ани')]
    """
    word = Word(form, None)
    find_script(word)
    find_exact(word)
    find_keys(word)
    letters = (key_letters(word.exact),) if word.script == "Cyrl" else ()
    return tuple(dict.fromkeys((word.exact, *(key for key, _ in word.keys), *letters)))


def beginnings(form: str) -> tuple[str, ...]:
    """Words that begin with `form`, in whatever script, have a spelling that begins with one of these."""
    if script_of(form) != "Latn":
        return spellings(form)
    return tuple(dict.fromkeys(spelling for longer in completed(form.lower()) for spelling in spellings(longer)))


def stem_beginnings(stem: str) -> tuple[str, ...]:
    """The key of every form of a stem begins with one of these; short forms of units aside, which look like nothing.

    >>> stem_beginnings("китап"), stem_beginnings("халик"), stem_beginnings("ru:новост")
    (('китап', 'китаб', 'китау'), ('халик', 'халиг', 'халк', 'халг'), ('новос',))
    """
    mark, _, marked = stem.rpartition(":")
    bare = marked.rstrip("-")
    if mark:  # Snowball's stems are of the exact form, and their last letter may have changed
        bare = key_letters(bare) if mark == "ru" else bare
        return (bare[:-1] if len(bare) > 2 else bare,)
    softened = [bare[:-1] + letter for letter in _SOFTENED.get(bare[-1:], "")]
    shortened = [bare[:-1]] if bare.endswith(("ст", "и")) else []  # журналисі, оқу
    return (bare, *softened, *shortened, *(short for short, full in elided().items() if full == bare))
