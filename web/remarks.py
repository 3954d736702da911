"""What was done with a query, each with the search that does not do it, where there is one."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from search.facets import own
from search.model import Collapse, Correct, Match, Note, Page, Query
from search.settings import Settings

from . import formats, notes
from .addresses import Addresses
from .answers import CORRECTIONS
from .links import Neighbours
from .paging import Link
from .shown import Forms, Remark
from .strict import strict
from .translate import gettext, ngettext

MOST_FORMS: Final = 8
"""Forms of words that are named above the hits."""


def remarks(page: Page, query: Query, near: Neighbours, addresses: Addresses, settings: Settings) -> Iterable[Remark]:
    """The notes; the way back stands after the last of those that it undoes, since it undoes them all."""
    last = max((place for place, note in enumerate(page.notes) if note.kind in CORRECTIONS), default=-1)
    for place, note in enumerate(page.notes):
        if note.kind == "fallback" and not page.total:
            continue  # nothing was found in this way either
        undo = _back(note, page, query, addresses, settings)
        if place == last:
            undo = Link(gettext("Дәл терілгендей іздеу"), near.changed(correct=Correct.OFF))
        yield Remark(notes.sentence(note), undo)
    if page.duplicates_hidden:
        count = page.duplicates_hidden
        hidden = ngettext(
            "Мәтіні бірдей %(shown)s мақала біріктірілді.",
            "Мәтіні бірдей %(shown)s мақала біріктірілді.",
            count,
            shown=formats.number(count, addresses.locale),
        )
        yield Remark(hidden, Link(gettext("Бәрін көрсету"), near.changed(collapse=Collapse.NONE)))
    if page.timed_out:
        yield Remark(gettext("Іздеу берілген уақытта аяқталмады: табылғанның бір бөлігі ғана көрсетілді."))


def every_word(page: Page, query: Query, addresses: Addresses, settings: Settings) -> Link | None:
    """The search for the articles with every word, where the answer has others too."""
    if not 0 < page.total_all_words < page.total:
        return None
    text = strict(page.used, page.notes, settings.max_query_chars, own(settings.facets))
    if not text:
        return None
    label = gettext("барлық сөзі бар мақала: %(count)s", count=formats.number(page.total_all_words, addresses.locale))
    return Link(label, addresses.page(replace(query, text=text, page=1)))


def forms(page: Page, query: Query, near: Neighbours) -> Forms | None:
    """The words found in the hits of this page, in all the forms that they have there, the commonest first."""
    if query.match is not Match.SMART:
        return None
    found: dict[str, int] = {}
    for hit in page.hits:
        for form in hit.matched_forms:
            found[form] = found.get(form, 0) + 1
    if len(found) < 2:
        return None
    named = sorted(found, key=lambda form: -found[form])[:MOST_FORMS]
    words = f"{', '.join(named)}…" if len(found) > MOST_FORMS else f"{', '.join(named)}."
    return Forms(words, Link(gettext("Тек дәл терілген түрі"), near.changed(match=Match.EXACT)))


def _back(note: Note, page: Page, query: Query, addresses: Addresses, settings: Settings) -> Link | None:
    """The search without what a note tells of, if it can be asked for."""
    match note.kind, note.reason:
        case "operator", "":
            text = _small(query.text, note.source)
            label = gettext("Жай сөз ретінде іздеу")
        case "stopwords", _:
            text = strict(page.used, (), settings.max_query_chars, own(settings.facets))
            label = gettext("Бәрі міндетті болсын")
        case _:
            return None
    if not text or text == query.text:
        return None
    return Link(label, addresses.page(replace(query, text=text, page=1)))


def _small(text: str, operators: str) -> str:
    """The text with these words in small letters, so that they are no operators."""
    words = set(operators.replace(",", " ").split())
    return " ".join(word.lower() if word.strip("()") in words else word for word in text.split())
