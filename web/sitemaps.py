"""Sitemaps (sitemaps.org): an index of them, and the articles whose canonical pages are here, a stretch to each."""

from typing import Final

from flask import Response

from search.listing import Listed, Listing
from search.model import IndexInfo
from search.settings import Settings

from . import canonical, xml
from .addresses import Addresses, quoted

TYPE: Final = "application/xml"

ARTICLES: Final = 5000
"""Articles that a sitemap looks at: a sixth of a second, and what it lists stays small enough to be kept in memory.
The protocol allows 50,000 addresses in a sitemap and 50,000 sitemaps in an index."""

MOST_SITEMAPS: Final = 50_000


def count(articles: int) -> int:
    """How many sitemaps so many articles fill; one at least, for the home pages."""
    return min(max(1, -(-articles // ARTICLES)), MOST_SITEMAPS)


def index(articles: int, info: IndexInfo, root: str) -> Response:
    """The index of the sitemaps; all of them changed with the generation."""
    made = xml.root("sitemapindex", xml.SITEMAP)
    for number in range(1, count(articles) + 1):
        entry = xml.add(made, "sitemap")
        xml.add(entry, "loc", f"{root}/sitemap-{number}.xml")
        xml.add(entry, "lastmod", info.indexed_at.isoformat(timespec="seconds"))
    return xml.answer(made, TYPE)


def sitemap(number: int, listing: Listing, root: str, settings: Settings) -> Response:
    """The sitemap of this number, from 1.

    The first has the home pages besides; so has one of whose articles none has its canonical page here, as a sitemap
    may not be empty.
    """
    made = xml.root("urlset", xml.SITEMAP)
    shown = [one for one in listing.articles if canonical.is_here(one.url, one.rights, settings)]
    if number == 1 or not shown:
        for code in settings.language_list:
            xml.add(xml.add(made, "url"), "loc", f"{root}/{code}/")
    for one in shown:
        entry = xml.add(made, "url")
        xml.add(entry, "loc", _page(one, root, settings))
        if one.day and one.day.year >= 1000:
            xml.add(entry, "lastmod", one.day.isoformat())
    return xml.answer(made, TYPE)


def _page(article: Listed, root: str, settings: Settings) -> str:
    """The article's page in its own language, if the site has that."""
    languages = settings.language_list
    code = article.lang if article.lang in languages else languages[0]
    return Addresses(root, code, settings).article_page(quoted(article.id))
