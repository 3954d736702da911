"""Takes the text of a query apart into the tree of `syntax`: docs/query.md has the whole language.

Total: every text gives a tree. What cannot be read as asked is read as plain words, or left out, and a note says so.
One pass over the pieces with a stack of brackets: no recursion, time linear in the length of the text.

    query    = any
    any      = all  { OR all }
    all      = sequence { AND sequence }
    sequence = unit { unit }                        plain words side by side are one Plain, as typed
    unit     = { NOT } near | { NOT } [ "-" ] [ field ":" ] [ "=" ] ( word | quoted | "(" any ")" )
    near     = word-or-quoted NEAR word-or-quoted { NEAR word-or-quoted }
    word     = characters without white space, quotation marks and brackets, with "*" or "~2" at its end
"""

from collections.abc import Iterable

from .days import days
from .fields import DATE, field_names
from .levels import Before, Level, wrapped
from .operators import Operator, has_operator_words, operators, positions
from .remarks import Remarks
from .signs import MOST_EDITS, Signed, has_word, read_signs, unread_signs
from .syntax import Days, Limits, Nearby, Parsed, Part, Plain, Quoted, Word
from .tokens import Kind, begins, has_signs, pieces, touches


def parse(text: str, limits: Limits = Limits(), fields: Iterable[str] = ()) -> Parsed:  # noqa: B008 - frozen
    """The tree of `text`, which stays inside the limits, and the notes.

    fields: names of facets that can be asked for besides those of `fields`.
    """
    if has_signs(text) or has_operator_words(text):
        return _Parser(text, limits, tuple(fields)).parse()
    words = text.strip()
    return Parsed(Plain(words) if words else None, ())


class _Parser:
    """One pass over a text.

    Open brackets are levels on a stack; `_run` is where the plain words begin and end that were read last, and `_nots`
    are the words of negation before the next unit. `_wordless` is asked for if there is nothing else.
    """

    def __init__(self, text: str, limits: Limits, fields: tuple[str, ...]) -> None:
        self._text = text
        self._limits = limits
        self._names = field_names(fields)
        self._pieces = pieces(text)
        self._operators = operators(text, self._pieces)
        self._nears = Operator.NEAR in self._operators.values()
        self._remarks = Remarks()
        self._level = Level(self._remarks)
        self._outer: list[Level] = []
        self._skipped: set[int] = set()
        self._run: tuple[int, int] | None = None
        self._nots: list[str] = []
        self._wordless: Part | None = None

    def parse(self) -> Parsed:
        at = 0
        while at < len(self._pieces):
            at = self._read(at)
        root = self._end()
        return Parsed(root or self._wordless, self._remarks.notes())

    def _read(self, at: int) -> int:
        """Reads the piece at this place of the list; the place of the next one."""
        piece = self._pieces[at]
        match piece.kind:
            case Kind.WORD if operator := self._operators.get(at):
                self._operate(operator, piece.inner)
            case Kind.WORD:
                return self._word(at, Signed(piece.inner))
            case Kind.CHUNK:
                return self._chunk(at)
            case Kind.QUOTED:
                return self._quoted(at, Signed(""))
            case Kind.OPEN:
                return self._open(at, Signed(""))
            case Kind.CLOSE:
                self._close(at)
            case Kind.STRAY if piece.inner in "()":
                self._remarks.dropped("brackets", piece.inner)
            case Kind.STRAY:
                self._remarks.dropped("quote", '"')
        return at + 1

    def _chunk(self, at: int) -> int:
        piece = self._pieces[at]
        signed = self._signed(at)
        if signed.no_value:
            self._remarks.dropped("field", piece.inner)
        if signed.core:
            return self._word(at, signed)
        touched = self._pieces[at + 1]
        return self._quoted(at + 1, signed) if touched.kind is Kind.QUOTED else self._open(at + 1, signed)

    def _operate(self, operator: Operator, word: str) -> None:
        self._end_run()
        if operator is Operator.NOT:
            self._nots.append(word)
            return
        self._drop_nots()
        self._level.join(Operator.AND if operator is Operator.NEAR else operator, word)

    def _signed(self, at: int) -> Signed:
        names = {} if self._level.inside else self._names
        return read_signs(
            self._pieces[at].inner, names, begins=begins(self._pieces, at), touches=touches(self._pieces, at)
        )

    def _word(self, at: int, signed: Signed) -> int:
        piece = self._pieces[at]
        plain = signed.is_plain and DATE not in (signed.field, self._level.inside)
        if plain and self._nears and (after := self._near(at)):
            return after
        if signed.unread:
            self._remarks.dropped("signs", signed.unread)
        if signed.star:
            self._remarks.dropped("star", piece.inner)
        if plain and not (self._nots and has_word(signed.core)):
            self._run = (self._run[0] if self._run else piece.start, piece.end)
            return at + 1
        edits = min(signed.edits or 0, MOST_EDITS)
        if edits < (signed.edits or 0):
            self._remarks.add("truncated", "fuzzy", piece.inner, f"{signed.core}~{edits}")
        marked = signed.exact or signed.prefix or edits
        self._add(Word(signed.core, signed.exact, signed.prefix, edits) if marked else Plain(signed.core), signed)
        return at + 1

    def _quoted(self, at: int, signed: Signed) -> int:
        piece = self._pieces[at]
        plain = signed.is_plain and DATE not in (signed.field, self._level.inside)
        if plain and self._nears and (after := self._near(at)):
            return after
        if unread := unread_signs(piece.inner):
            self._remarks.dropped("signs", unread)
        within = self._within(piece.near) if piece.near else 0
        if within and signed.exact:
            self._remarks.dropped("signs", "=")
        part = Nearby(piece.inner, within) if within else Quoted(piece.inner, signed.exact)
        if has_word(piece.inner):
            self._add(part, signed)
        else:
            self._end_run()
            self._drop_nots()
            self._wordless = self._wordless or part
        return at + 1

    def _near(self, at: int) -> int:
        """Reads a chain of words joined by NEAR from this place on; the place after it, 0 if there is none."""
        words = [self._operand(at)]
        joints = []
        while words[-1] and self._operators.get(at + 1) is Operator.NEAR:
            joints.append(self._pieces[at + 1].inner)
            words.append(self._operand(at + 2))
            at += 2
        if not words[-1]:
            words.pop()
            at -= 2
        if len(words) < 2:
            return 0
        joints = joints[: len(words) - 1]
        self._add(Nearby(" ".join(words), max(1, *map(self._within, joints))), Signed(""))
        for word in words:
            self._remarks.dropped("signs", unread_signs(word))
        for joint in joints:
            self._level.understood(joint)
        return at + 1

    def _operand(self, at: int) -> str:
        """The word or the phrase at this place, if it has no signs; else nothing."""
        piece = self._pieces[at] if at < len(self._pieces) else None
        if piece is None or not has_word(piece.inner) or at in self._operators or piece.near:
            return ""
        if piece.kind is Kind.CHUNK:
            signed = self._signed(at)
            return piece.inner if signed.is_plain and signed.core and not signed.no_value else ""
        return piece.inner if piece.kind in (Kind.WORD, Kind.QUOTED) else ""

    def _within(self, typed: str) -> int:
        """The positions that `NEAR/3` or `~3` asks for, no more than the limit."""
        asked = positions(typed)
        if asked > self._limits.within:
            self._remarks.add("truncated", "near", typed, f"{typed.rstrip('0123456789')}{self._limits.within}")
        return min(asked, self._limits.within)

    def _open(self, at: int, signed: Signed) -> int:
        self._end_run()
        minus = signed.minus != bool(len(self._nots) % 2)
        depth = self._level.depth + 1 + minus + bool(signed.field)
        if depth > self._limits.depth:
            self._remarks.dropped("brackets", f"{'-' if minus else ''}{signed.typed}{':' if signed.field else ''}(")
            self._skipped.add(at)
            return at + 1
        if signed.exact:
            self._remarks.dropped("signs", "=")
        self._outer.append(self._level)
        self._level = Level(
            self._remarks,
            depth,
            self._level.inside or signed.field,
            Before(minus, signed.field, signed.typed, tuple(self._nots)),
        )
        self._nots = []
        return at + 1

    def _close(self, at: int) -> None:
        opened = self._pieces[at].other
        if opened in self._skipped:
            self._remarks.dropped("brackets", ")")
            return
        part, before = self._end(), self._level.before
        self._level = self._outer.pop()
        self._nots = [*before.nots]
        if part is not None:
            field = "" if before.field == DATE else before.field
            self._put(wrapped(part, field, before.typed, minus=before.minus))
            return
        if before.typed:
            self._remarks.dropped("field", f"{before.typed}:")
        elif opened == at - 1:
            self._remarks.dropped("brackets", "()")
        self._drop_nots()

    def _add(self, leaf: Plain | Word | Quoted | Nearby, signed: Signed) -> None:
        """Adds a leaf with what stood before it; one that should be a date becomes days, or goes."""
        self._end_run()
        field, minus = signed.field, signed.minus != bool(len(self._nots) % 2)
        part: Part = leaf
        if self._level.depth + minus + bool(field) > self._limits.depth:
            self._remarks.dropped("brackets", f"{'-' if minus else ''}{signed.typed}{':' if field else ''}")
            field, minus = "", False
        if DATE in (field, self._level.inside):
            self._remarks.dropped("signs", _signs_of(leaf))
            dates = days(leaf.text)
            if dates is None:
                self._remarks.dropped("date", f"{signed.typed}:{leaf.text}" if field else leaf.text)
                self._drop_nots()
                return
            part, field = Days(dates, leaf.text), ""
        self._put(wrapped(part, field, signed.typed, minus=minus))

    def _end(self) -> Part | None:
        """Ends the level: its tree."""
        self._end_run()
        self._drop_nots()
        return self._level.tree()

    def _end_run(self) -> None:
        if self._run is None:
            return
        plain = Plain(self._text[slice(*self._run)])
        self._run = None
        if has_word(plain.text):
            self._level.add(plain)
        else:
            self._wordless = self._wordless or plain

    def _put(self, part: Part) -> None:
        """Adds a part that the words of negation before it are about."""
        self._level.add(part)
        for word in self._nots:
            self._level.understood(word)
        self._nots = []

    def _drop_nots(self) -> None:
        for word in self._nots:
            self._remarks.dropped("operator", word)
        self._nots = []


def _signs_of(leaf: Plain | Word | Quoted | Nearby) -> str:
    """The signs that make a leaf more than its text."""
    match leaf:
        case Word(_, exact, prefix, fuzzy):
            return "=" * exact + "*" * prefix + "~" * bool(fuzzy)
        case Quoted(exact=True):
            return "="
        case Nearby():
            return "~"
        case Plain() | Quoted():
            return ""
