"""ArticleView → what the page of an article shows: its text with steps from mark to mark, its reference, its copies."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from search.model import LINK, Article, Hit, Query
from search.service import ArticleView

from . import panels
from .addresses import outward, quoted
from .citing import reference
from .highlight import numbered
from .paging import Link
from .present import Presenter
from .shown import Card, Named
from .tongues import Tongue
from .translate import gettext

KINDS = (("bib", "BibTeX"), ("ris", "RIS"))


@dataclass(frozen=True, slots=True)
class Cite:
    """The reference of an article, its address here, and the files that programs for references read."""

    text: str
    permalink: str
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the page of an article shows; `original` is empty where there is no web address.

    excerpt: whether there is one passage, because no more may be shown.
    marks: how many marked words of the text can be stepped through, from `#w1` on.
    """

    heading: str
    title: Markup
    tongue: Tongue
    capitals: bool
    day: str
    iso: str
    about: tuple[str, ...]
    paragraphs: tuple[Markup, ...]
    marks: str
    excerpt: bool
    original: str
    cite: Cite
    copies: tuple[Named, ...]
    similar: tuple[Card, ...]
    back: Link
    archive: str


def reading(
    view: ArticleView, query: Query, copies: Iterable[Article], similar: Iterable[Hit], present: Presenter, root: str
) -> Reading:
    """The page of an article, reached from the search `query`, under the address `root` of the site."""
    article = view.article
    narrowed = bool(query.text or panels.cleared(query) != query)
    back = gettext("Нәтижелерге қайту") if narrowed else gettext("Барлық мақалалар")
    paragraphs, marks = numbered(view.paragraphs, gettext("Алдыңғы табылған сөз"), gettext("Келесі табылған сөз"))
    day, iso = present.date(article)
    return Reading(
        article.title.strip() or gettext("(тақырыпсыз)"),
        present.marked(view.title),
        present.tongue(article),
        article.title.isupper(),
        day,
        iso,
        about=(*present.about(article), *present.length(article)),
        paragraphs=paragraphs,
        marks=present.number(marks) if marks else "",
        excerpt=article.rights == LINK,
        original=outward(article.url),
        cite=_cite(article, present, root),
        copies=tuple(present.named(one) for one in copies),
        similar=tuple(present.card(hit) for hit in similar),
        back=Link(back, present.search(query)),
        archive=present.archive(view.index),
    )


def _cite(article: Article, present: Presenter, root: str) -> Cite:
    path = quoted(article.id)
    permalink = root + present.article(path)
    files = tuple(Link(text, f"/{present.locale}/cite/{path}.{kind}") for kind, text in KINDS)
    return Cite(reference(article, permalink, present.locale), permalink, files)
