"""How the text of a query is understood: its keyboard layout, its tree, and what to tell the reader."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..deadline import Deadline
from ..kazakh import Analyzer, NameFinder
from ..model import Correct, Note, Query
from ..vocabulary import Form, Vocabulary
from .conditions import Values
from .expand import Bounds
from .following import Following
from .nodes import MatchAll, Node
from .parser import parse
from .retype import Counted, LayoutReader, Readings, chosen
from .rewrite import Rewriter
from .syntax import Limits, Parsed, Part, Plain, Quoted, Sequence, Without, Word
from .words import Sources, no_values


@dataclass(frozen=True, slots=True)
class Read:
    """A query as it is searched. `used`: its text after the corrections that the notes tell of."""

    node: Node
    notes: tuple[Note, ...] = ()
    used: str = ""


@dataclass(frozen=True, slots=True)
class QueryReader:
    """Reads queries for one generation. Without its vocabulary every word stays as it was typed.

    strict: every word is required. fields: names of the facets that a site has besides the built-in ones.
    """

    analyzer: Analyzer
    vocabulary: Vocabulary | None
    max_words: int
    names: NameFinder | None = None
    values: Values = no_values
    fields: tuple[str, ...] = ()
    strict: bool = False
    limits: Limits = field(default_factory=Limits)
    bounds: Bounds = field(default_factory=Bounds)
    deadline: Deadline = field(default_factory=Deadline.never)
    _layouts: dict[str, Readings] = field(default_factory=dict, repr=False, compare=False)
    _counted: Counted = field(default_factory=Counted, repr=False, compare=False)
    _trees: dict[str, Parsed] = field(default_factory=dict, repr=False, compare=False)

    def read(self, query: Query) -> Read:
        """The query as it is understood before anything is searched."""
        return self._read(query, self.meant(query, 1.0 if query.correct is Correct.SUGGEST else 0.0))

    def read_each(self, before: str, forms: Iterable[Form]) -> Iterator[Node]:
        """The trees of texts that begin with `before` and end with each of these words, as `read` understands them.

        forms: of the vocabulary, as they are written.
        """
        layouts = None if self.vocabulary is None else LayoutReader(self.analyzer, self.vocabulary, self._counted)
        sources = self._sources(as_typed=False)
        following = Following(before, sources, layouts, strict=self.strict) if layouts else None
        for form in forms:
            node = following.read(form) if following else None
            yield node or self.read(Query(before + form.written)).node

    def read_unfound(self, query: Query) -> Read | None:
        """Another reading of a query that found nothing; None if there is none."""
        meant = self.meant(query)
        return self._read(query, meant) if meant else None

    def meant(self, query: Query, least: float = 0.0) -> str | None:
        """What was meant, if it was typed on another layout (`retype`) and may be read so; else None."""
        if self.vocabulary is None or query.correct is Correct.OFF:
            return None
        if query.text not in self._layouts:
            bare = _is_bare(self._parsed(query.text).root)
            layouts = LayoutReader(self.analyzer, self.vocabulary, self._counted)
            self._layouts[query.text] = layouts.readings(query.text) if bare else ()
        return chosen(self._layouts[query.text], least)

    def _sources(self, *, as_typed: bool) -> Sources:
        return Sources(
            self.analyzer,
            self.vocabulary,
            self.names or self.analyzer.synonyms,
            self.values,
            self.max_words,
            as_typed=as_typed,
            bounds=self.bounds,
            deadline=self.deadline,
        )

    def _parsed(self, text: str) -> Parsed:
        if text not in self._trees:
            self._trees[text] = parse(text, self.limits, self.fields)
        return self._trees[text]

    def _read(self, query: Query, meant: str | None) -> Read:
        text = meant or query.text
        if not text.strip():
            return Read(MatchAll())
        sources = self._sources(as_typed=query.correct is Correct.OFF)
        rewriter = Rewriter(sources, query.match, query.scope, strict=self.strict)
        node = rewriter.rewrite(self._parsed(text))
        layout = (Note("layout", query.text, meant),) if meant else ()
        return Read(node, (*layout, *rewriter.notes), _used(text, rewriter.notes))


def _is_bare(root: Part | None) -> bool:
    """Whether a query has no sign that nobody types by a slip of the layout: operators, fields, stars, tildes.

    A minus and an equals sign may be the letters ө and һ.
    """
    match root:
        case Sequence(parts=parts):
            return all(map(_is_bare, parts))
        case Without(part=part):
            return _is_bare(part)
        case Word(prefix=prefix, fuzzy=fuzzy):
            return not prefix and not fuzzy
        case Plain() | Quoted() | None:
            return True
        case _:
            return False


def _used(text: str, notes: Iterable[Note]) -> str:
    """The text with the words that were read anew replaced by what they were read as."""
    meant = {note.source: note.target for note in notes if note.kind == "typo"}
    if not meant:
        return text
    words = "|".join(map(re.escape, sorted(meant, key=len, reverse=True)))
    return re.sub(rf"(?<!\w)(?:{words})(?!\w)", lambda match: meant[match[0]], text)
