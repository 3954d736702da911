"""The fields of the advanced search and the text of a query that they make, both ways."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from search.query.levels import joined
from search.query.operators import may_have_operators
from search.query.parser import parse
from search.query.syntax import All, Any, Nearby, Part, Plain, Quoted, Sequence, Without, Word
from search.query.write import plain_words, written

NEAR_BY: Final = 5
MOST_NEAR: Final = 50

_QUOTES: Final = re.compile('["“”„‟]+')
_JOINT: Final = re.compile('"[^"]*"| (?:ЖӘНЕ|НЕМЕСЕ) ')
_JOINTS: Final[Mapping[str, tuple[str, str]]] = {"kk": (" ЖӘНЕ ", " НЕМЕСЕ "), "ru": (" И ", " ИЛИ ")}
_LATIN: Final = (" AND ", " OR ")


@dataclass(frozen=True, slots=True)
class Fields:
    """What is in the fields: texts as they are typed.

    words: any query; every: whether each of its plain words is required; anyway: one of these is enough.
    near: words that stand within `within` positions of one another.
    """

    words: str = ""
    every: bool = False
    phrase: str = ""
    anyway: str = ""
    without: str = ""
    near: str = ""
    within: int = NEAR_BY


def text(fields: Fields, language: str, facets: Iterable[str] = ()) -> str:
    """The query that asks for all that is in the fields, its operators in this language.

    facets: names of further facets, see `search.query.parser`.
    """
    facets = tuple(facets)
    if fields == Fields(words=fields.words):
        return fields.words.strip()
    said = _said(fields, facets)
    if _has_operators(said) and not may_have_operators(said):  # capitals alone would make words of them
        said = _said(_small(fields), facets)
    both, either = _JOINTS.get(language, _LATIN)
    return _JOINT.sub(lambda found: {" ЖӘНЕ ": both, " НЕМЕСЕ ": either}.get(found[0], found[0]), said)


def fields_of(query: str, facets: Iterable[str] = ()) -> Fields:
    """The fields that make a query which asks for the same; what has no field of its own stands among the words."""
    facets = tuple(facets)
    root = parse(query, fields=facets).root
    found = _Finding()
    for part in root.parts if isinstance(root, Sequence) else (root,) if root else ():
        found.take(part)
    fields = found.fields()
    again = parse(text(fields, "kk", facets), fields=facets).root
    return fields if found.sorted and _parts(again) == _parts(root) else Fields(words=query)


@dataclass(slots=True)
class _Finding:
    """Sorts the parts of a query into fields; the first that fits a field gets it."""

    every: All | None = None
    phrase: Quoted | None = None
    anyway: Any | None = None
    near: Nearby | None = None
    without: list[Part] = field(default_factory=list)
    rest: list[Part] = field(default_factory=list)

    @property
    def sorted(self) -> bool:
        """Whether any field but that of all the other words got something."""
        return bool(self.every or self.phrase or self.anyway or self.near or self.without)

    def take(self, part: Part) -> None:
        match part:
            case Quoted(exact=False) if not self.phrase:
                self.phrase = part
            case Nearby() if not self.near:
                self.near = part
            case Any(parts) if not self.anyway and all(map(_is_unit, parts)):
                self.anyway = part
            case Without(inner) if _is_unit(inner):
                self.without.append(inner)
            case All(parts) if not self.every and all(isinstance(one, Plain) and _is_unit(one) for one in parts):
                self.every = part
            case _:
                self.rest.append(part)

    def fields(self) -> Fields:
        if self.every and self.rest:
            self.rest.append(self.every)
            self.every = None
        words = self.every.parts if self.every else self.rest
        return Fields(
            " ".join(map(written, words)) if self.every else written(joined(Sequence, self.rest)),
            bool(self.every),
            self.phrase.text if self.phrase else "",
            " ".join(map(written, self.anyway.parts)) if self.anyway else "",
            " ".join(map(written, self.without)),
            self.near.text if self.near else "",
            self.near.within if self.near else NEAR_BY,
        )


def _said(fields: Fields, facets: tuple[str, ...]) -> str:
    """The query with Kazakh operators."""
    parts: list[Part] = []
    if words := parse(fields.words, fields=facets).root:
        parts.append(_every(words) if fields.every else words)
    if phrase := _unquoted(fields.phrase):
        parts.append(Quoted(phrase))
    if either := joined(Any, [*_units(fields.anyway, facets)]):
        parts.append(either)
    if near := _unquoted(fields.near):
        parts.append(Nearby(near, fields.within))
    parts += [Without(unit) for unit in _units(fields.without, facets)]
    return written(joined(Sequence, parts))


def _every(part: Part) -> Part:
    """The part with all its plain words joined by AND."""
    match part:
        case Plain(words):
            return joined(All, [Plain(word) for word in plain_words(words)]) or part
        case Sequence(parts):
            return Sequence(tuple(map(_every, parts)))
    return part


def _units(typed: str, facets: tuple[str, ...]) -> Iterator[Part]:
    """The words and phrases of a field, one by one, without the minus that some begin with."""
    root = parse(typed, fields=facets).root
    for part in root.parts if isinstance(root, Sequence | All | Any) else (root,) if root else ():
        inner = part.part if isinstance(part, Without) else part
        if isinstance(inner, Plain):
            yield from map(Plain, plain_words(inner.text))
        else:
            yield inner


def _is_unit(part: Part) -> bool:
    return isinstance(part, Word | Quoted) or (isinstance(part, Plain) and len(plain_words(part.text)) == 1)


def _unquoted(typed: str) -> str:
    return " ".join(_QUOTES.sub(" ", typed).split())


def _small(fields: Fields) -> Fields:
    return replace(
        fields, words=fields.words.lower(), phrase=fields.phrase.lower(), anyway=fields.anyway.lower(),
        without=fields.without.lower(), near=fields.near.lower(),
    )  # fmt: skip


def _has_operators(said: str) -> bool:
    return any(not joint.startswith('"') for joint in _JOINT.findall(said))


def _parts(root: Part | None) -> list[str]:
    """What a query asks for, whatever the order of what stands side by side and the signs around plain words."""
    parts = root.parts if isinstance(root, Sequence) else (root,)
    return sorted(repr(plain_words(part.text) if isinstance(part, Plain) else part) for part in parts)
