"""Takes the text of a query apart: words, "phrases", -word and -"phrase".

Total: every text gives clauses. What cannot be read as asked is read as plain words, or left out, and a note says so.

    text    = { "-" quoted | "-" chunk | quoted | plain }
    quoted  = a straight or curly quotation mark, anything but a quotation mark, a quotation mark
    chunk   = characters without white space and quotation marks, beginning with a letter, a digit or «

A minus counts only where a word could begin, so «сондай-ақ» and «2019 - 2020» stay what they are. Guillemets are
part of names in Kazakh news («Нұр Отан»), so they never ask for a phrase.
"""

import re

from ..model import Note
from .syntax import Limits, Parsed, Part, Plain, Quoted, Sequence, Without

_PIECE = re.compile(
    r"""
      (?P<minus> (?<!\S)- (?= ["“”„‟«\w] ) )?
      (?: ["“”„‟] (?P<quoted> [^"“”„‟]* ) (?P<closed> ["“”„‟] )?
        | (?P<chunk> [^\s"“”„‟]+ )
        | \s+ )
    """,
    re.VERBOSE,
)
_UNSUPPORTED = re.compile(r"[()\[\]{}*~^]")


def parse(text: str, limits: Limits = Limits(), fields: tuple[str, ...] = ()) -> Parsed:  # noqa: B008
    """The tree of `text`; linear in its length."""
    del limits, fields
    clauses: list[Part] = []
    notes: list[Note] = []
    plain: list[str] = []

    def end_plain() -> None:
        if words := "".join(plain).strip():
            clauses.append(Plain(words))
        plain.clear()

    for piece in _PIECE.finditer(text):
        quoted, chunk = piece["quoted"], piece["chunk"]
        if quoted is not None and not piece["closed"]:
            notes.append(Note("dropped", '"', reason="quote"))
            plain.append(quoted)
        elif piece["minus"]:
            end_plain()
            clauses.append(Without(Plain(quoted if quoted is not None else chunk)))
        elif quoted is not None:
            end_plain()
            clauses.append(Quoted(quoted))
        else:
            plain.append(piece[0])
    end_plain()
    if signs := "".join(dict.fromkeys(_UNSUPPORTED.findall(text))):
        notes.append(Note("dropped", signs, reason="signs"))
    root = Sequence(tuple(clauses)) if len(clauses) > 1 else clauses[0] if clauses else None
    return Parsed(root, tuple(notes))
