"""How the index reads a text, as JSON: the objects and how they are made."""

from collections.abc import Sequence

import msgspec

from search.kazakh.explained import Explained


class Reading(msgspec.Struct, kw_only=True):
    """One way to understand a token."""

    exact: str
    key: str
    stem: str
    lang: str
    rules: list[str]


class OtherName(msgspec.Struct, kw_only=True):
    """Another name of the same thing; `rule` is the row of the table that knows it («places:Астана»), or `date`."""

    text: str
    lang: str
    rule: str


class Name(msgspec.Struct, kw_only=True):
    """A name of one or more tokens, at the positions `first` to `last`; `kind`: abbreviation, place, date or site."""

    text: str
    kind: str
    first: int
    last: int
    others: list[OtherName]


class AnalyzedToken(msgspec.Struct, kw_only=True):
    """A token with its likeliest reading, the others under `readings`, and the name that it is part of, if it is.

    rules: what made the reading, in order: the way to the key (`fold`, `latin`, `arabic`, `homoglyphs`), endings taken
    off («case:да»), a unit («unit:миллион»), and last the weight of the stem in the lexicon («lexicon:noun=8»).
    """

    text: str
    start: int
    end: int
    position: int
    exact: str
    key: str
    stem: str
    lang: str
    rules: list[str]
    readings: list[Reading]
    name: Name | None


class AnalyzeAnswer(msgspec.Struct, kw_only=True):
    """How the index reads a text."""

    tokens: list[AnalyzedToken]


def analyze_answer(tokens: Sequence[Explained]) -> AnalyzeAnswer:
    """The tokens of a text."""
    return AnalyzeAnswer(tokens=[_token(token) for token in tokens])


def _token(explained: Explained) -> AnalyzedToken:
    token = explained.token
    first, *others = (
        Reading(exact=r.exact, key=r.key, stem=r.stem, lang=r.lang, rules=list(r.rules)) for r in token.readings
    )
    return AnalyzedToken(
        text=token.text,
        start=token.start,
        end=token.end,
        position=token.position,
        readings=others,
        name=msgspec.convert(explained.name, Name | None, from_attributes=True),
        **msgspec.structs.asdict(first),
    )
