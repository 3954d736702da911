"""The words of a generation: which forms, keys and stems its articles have, and in how many of them.

Engine-neutral: made once while the articles are indexed, one file.

    writer.py      counts the words of the articles and writes the file
    patching.py    makes the file of an older one and of what came and went
    written.py     how articles write their words: in small letters, with a capital
    file.py        the blocks of the file, their places and checksums
    columns.py     sorted columns of strings with counts, and what changes in them
    strings.py     a sorted column of strings
    capitals.py    whether a word is a name or an abbreviation
    spelling.py    the distance between two spellings, and the signs that rule most words out
    beginnings.py  the forms in the order of their keys
    reader.py      the questions: what is known, what is near, what begins so
"""

from .reader import Form, Near, Vocabulary
from .writer import VocabularyWriter, Word
from .written import Written

__all__ = ["Form", "Near", "Vocabulary", "VocabularyWriter", "Word", "Written"]
