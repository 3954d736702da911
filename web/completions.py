"""The answer of `/suggest`: its shape, and how it is made."""

import msgspec

from search.settings import Settings
from search.suggest import Completed, Suggested

from . import shapes
from .addresses import Addresses, quoted
from .answers import index
from .highlight import written
from .links import fresh
from .param_table import Highlight


class Completion(msgspec.Struct, kw_only=True):
    """What the text typed may become; never one without hits.

    kind: `word` (the text with its last word completed) or `title` (of an article, whose `id` it has).
    total: the hits of a search for it; 1 for a title.
    html: `text` as safe HTML, what was typed as `<mark>`.
    href: the search for a word, the article of a title.
    """

    text: str
    kind: str
    total: int
    html: str
    id: str | msgspec.UnsetType = msgspec.UNSET
    href: str


class SuggestLinks(msgspec.Struct, kw_only=True):
    """Absolute addresses of this answer, and of the search for the text as a page."""

    self: str
    html: str


class SuggestAnswer(msgspec.Struct, kw_only=True):
    """Suggestions, words first; `timed_out`: there was no time for all of them."""

    suggestions: list[Completion]
    timed_out: bool
    links: SuggestLinks
    index: shapes.Index
    took_ms: float


def suggest_answer(suggested: Suggested, limit: int, addresses: Addresses, settings: Settings) -> SuggestAnswer:
    """The suggestions for what is typed so far."""
    links = SuggestLinks(
        self=addresses.suggest(suggested.text, limit), html=addresses.page(fresh(settings, suggested.text))
    )
    return SuggestAnswer(
        suggestions=[_completion(one, addresses, settings) for one in suggested.suggestions],
        timed_out=suggested.timed_out,
        links=links,
        index=index(suggested.index),
        took_ms=round(suggested.took_ms, 1),
    )


def _completion(one: Completed, addresses: Addresses, settings: Settings) -> Completion:
    if one.id:
        kind, href = "title", addresses.article_api(quoted(one.id))
    else:
        kind, href = "word", addresses.api(fresh(settings, one.text.text), Highlight.HTML)
    return Completion(
        text=one.text.text,
        kind=kind,
        total=one.total,
        html=written(one.text),
        id=one.id or msgspec.UNSET,
        href=href,
    )
