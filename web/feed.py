"""The newest hits of a search as an Atom feed (RFC 4287).

Written by `xml.py`: feed libraries stand on lxml, which stays out of what serves, and the format is a few elements.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element

from flask import Response

from search.model import Article, Hit, Page, Query, Sort
from search.settings import Settings
from search.site import Site

from . import canonical, param_table, tongues, xml
from .addresses import Addresses, quoted
from .highlight import written
from .plain import line
from .translate import gettext

TYPE: Final = "application/atom+xml"
ENTRIES: Final = 50
MATCHING: Final = frozenset(("q", "match", "in", "date_from", "date_to", "correct", "collapse"))
"""Parameters of a search that say what matches, besides the filters; all others are passed over."""
PASSAGE: Final = 400
"""Characters of the passage of an entry."""


def passed_over(settings: Settings) -> list[str]:
    """Parameters of a search that say nothing to a feed."""
    found = param_table.search_params(settings).values()
    return [param.name for param in found if param.name not in MATCHING and param.kind != "values"]


def asked(query: Query, settings: Settings) -> Query:
    """The search for the newest hits of a query, as the feed has them."""
    entries = min(ENTRIES, settings.max_per_page, settings.window)
    return replace(query, sort=Sort.NEWEST, per_page=entries, page=1, facets=(), snippets=1, snippet_length=PASSAGE)


def feed(page: Page, query: Query, addresses: Addresses, root: str, site: Site, settings: Settings) -> Response:
    """The feed of the hits of `query`.

    An article without a date is left out: nobody could tell when it came. An entry's id is the address of its page in
    the first language of the site, so that an article is the same in the feeds of all languages and searches.
    """
    hits = [hit for hit in page.hits if hit.article.published]
    language = addresses.locale
    names = {"xmlns:opensearch": xml.OPENSEARCH, "xml:lang": language}
    made = xml.root("feed", xml.ATOM, names)
    xml.add(made, "id", addresses.feed(query))
    xml.add(made, "title", _title(query, site))
    xml.add(made, "updated", moment(max((_published(hit.article) for hit in hits), default=page.index.indexed_at)))
    author = xml.add(made, "author")
    xml.add(author, "name", site.owner or site.name)
    xml.add(author, "uri", f"{root}/")
    xml.add(made, "link", attributes={"rel": "self", "type": TYPE, "href": addresses.feed(query)})
    html = {"rel": "alternate", "type": "text/html", "hreflang": language}
    listed = replace(addresses.plain(query), sort=Sort.NEWEST)
    xml.add(made, "link", attributes={**html, "href": addresses.page(listed)})
    description = {"rel": "search", "type": "application/opensearchdescription+xml"}
    xml.add(made, "link", attributes={**description, "href": f"{root}/{language}/opensearch.xml"})
    xml.add(made, "icon", f"{root}/static/icon-180.png")
    xml.add(made, "generator", "Izde")
    xml.add(made, "opensearch:totalResults", str(page.total))
    xml.add(made, "opensearch:itemsPerPage", str(len(hits)))
    first = Addresses(root, settings.language_list[0], settings)
    for hit in hits:
        _entry(made, hit, addresses, first)
    return xml.answer(made, TYPE)


def moment(when: datetime) -> str:
    """A moment after RFC 3339, whose offsets are whole minutes; those of the time before zones were not."""
    offset = when.utcoffset()
    if offset is None or offset.total_seconds() % 60:
        when = when.astimezone(UTC)
    return when.isoformat(timespec="seconds")


def _title(query: Query, site: Site) -> str:
    text = line(query.text, 80)
    return f"«{text}» – {site.name}" if text else f"{site.name}: {gettext('Соңғы мақалалар').lower()}"


def _entry(parent: Element, hit: Hit, addresses: Addresses, first: Addresses) -> None:
    article, path = hit.article, quoted(hit.article.id)
    tongue = tongues.of(article.lang, article.script, addresses.locale)
    made = xml.add(parent, "entry")
    if tongue.lang:
        made.set("xml:lang", tongue.lang)
    xml.add(made, "id", first.article_page(path))
    xml.add(made, "title", line(article.title) or gettext("(тақырыпсыз)"))
    xml.add(made, "published", moment(_published(article)))
    xml.add(made, "updated", moment(_published(article)))
    page = {"rel": "alternate", "type": "text/html", "href": addresses.article_page(path)}
    xml.add(made, "link", attributes=page)
    if url := canonical.web_address(article.url):
        xml.add(made, "link", attributes={"rel": "via", "href": url})
    if name := line(article.author):
        xml.add(xml.add(made, "author"), "name", name)
    for term in filter(None, map(line, (article.category, article.source))):
        xml.add(made, "category", attributes={"term": term, "label": term})
    passage = " ".join(written(snippet) for snippet in hit.snippets if snippet.text.strip())
    if passage:
        around = f'<p dir="rtl">{passage}</p>' if tongue.direction else f"<p>{passage}</p>"
        xml.add(made, "summary", around, {"type": "html"})


def _published(article: Article) -> datetime:
    """When; only articles that have a date are asked for it."""
    return article.published or datetime.min.replace(tzinfo=UTC)
