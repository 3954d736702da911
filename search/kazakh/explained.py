"""Why a text is read as it is: the rules of each reading with what chose its stem, and the names that it holds.

>>> from search.kazakh import Analyzer
>>> token = explained("ҮЕҰ-ның", Analyzer())[0]
>>> token.token.readings[0].rules, [(other.text, other.rule) for other in token.name.others]
(('fold', 'unknown stem'), [('үкіметтік емес ұйым', 'abbreviations:ҮЕҰ'), ('НПО', 'abbreviations:ҮЕҰ')])
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import Analyzer, NameFinder, Other, Reading, Span, Token
from .lexicon import Lexicon
from .stem import VERB_MARK


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text, its kind, and the other names of the same thing, each with the table row that knows it.

    first, last: the positions of its first and its last token.
    """

    text: str
    kind: str
    first: int
    last: int
    others: tuple[Other, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A token as a query has it, and the name that it is part of, None for most.

    The rules of its Kazakh readings end with what chose the stem: `lexicon:noun=8`, `lexicon:verb=3` are the weights of
    the stem there; `unknown stem` stands where it is not there and the endings alone decided.
    """

    token: Token
    name: Name | None


def explained(text: str, analyzer: Analyzer, finder: NameFinder | None = None) -> list[Explained]:
    """The tokens of a text, each with every reading and why; finder: knows the names, else those of the tables."""
    tokens = analyzer.analyze(text)
    spans = (finder or analyzer.synonyms).find(tokens)
    names = {at: _name(text, tokens, span) for span in spans for at in _places(span)}
    return [Explained(_with_choice(token, analyzer.lexicon), names.get(at)) for at, token in enumerate(tokens)]


def _places(span: Span) -> range:
    return range(span.first, span.end)


def _name(text: str, tokens: Sequence[Token], span: Span) -> Name:
    first, last = tokens[span.first], tokens[span.end - 1]
    others = tuple(other for other in span.others if other.text != text[first.start : last.end])
    return Name(text[first.start : last.end], span.kind, first.position, last.position, others)


def _with_choice(token: Token, lexicon: Lexicon | None) -> Token:
    return replace(token, readings=tuple(_chosen(reading, lexicon) for reading in token.readings))


def _chosen(reading: Reading, lexicon: Lexicon | None) -> Reading:
    if reading.lang != "kk" or lexicon is None:
        return reading
    return replace(reading, rules=(*reading.rules, _choice(reading, lexicon)))


def _choice(reading: Reading, lexicon: Lexicon) -> str:
    stem = reading.stem.removesuffix(VERB_MARK)
    kind, weights = ("verb", lexicon.verbs) if reading.stem.endswith(VERB_MARK) else ("noun", lexicon.nouns)
    weight = weights.get(stem + "и" if reading.rules[-1] == "final:и" else stem)
    return f"lexicon:{kind}={weight}" if weight else "unknown stem"
