"""The article of an HTML page: its text without what is around it, and what the page says of it.

From JSON-LD, OpenGraph and other `<meta>`, microdata and `<time>`, each before the next; the text by trafilatura
(Barbaresi 2021, «Trafilatura: a web scraping library and command-line tool for text discovery and extraction»).
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from search.kazakh.language import detect

from . import dates
from .page_body import body_of, headings
from .page_charset import text_of
from .page_data import PageData, kinds, page_data, texts
from .page_title import title_of

MOST_BYTES: Final = 4_000_000
MOST_TAGS: Final = 20_000
"""Of a page, ten times what long articles have; extraction looks at some tags once for every other one."""

_MOST_ATTRIBUTES: Final = 200

_DATES: Final = (
    "article:published_time og:published_time datepublished article:published published_time publishdate pubdate"
    " publish-date publish_date publication_date date.issued dc.date.issued dcterms.issued dc.date dcterms.date"
    " dcterms.created parsely-pub-date sailthru.date mediator_published_time cxenseparse:recs:publishtime date"
).split()
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONG_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9:-]{0,30})[^<>]{2000,}>?")
_HIDDEN: Final = ("aside", "nav", "footer")
_ZONE: Final = ZoneInfo("UTC")


def article(html: bytes, url: str = "", charset: str = "") -> dict[str, Any]:
    """The article of a page, under the names of an article's fields; what the page does not say is missing.

    url: where the page was found. charset: the encoding that the header of the answer named.
    Keys, each a text that is not empty: title, body (paragraphs, with blank lines between), url (the canonical address,
    else the given one), published (as the page writes it), category, source (name of the site), lang; author is a text
    or a list of them. A date is taken from marked places only, never from the text, and `lang` only where the text does
    not tell another language: themes are translated less often than articles. A page that is `too_much`, or without
    any text, gives no title and no body.
    """
    found: dict[str, Any] = {"url": url}
    tree = None if too_much(html) else _tree(text_of(html, charset))
    if tree is not None:
        heads, head = headings(tree), _text(tree.find(".//title"))
        data = page_data(tree, (*heads, head))
        site = _site(data)
        title = title_of(data, heads, head, site, url)
        found |= {
            "title": title,
            "url": _address(tree, data, url),
            "published": _published(tree, data),
            "category": _category(tree, data, title),
            "author": _authors(tree, data, site),
            "source": site,
        }
        declared = _declared_language(tree, data)
        found["body"] = body_of(tree, title, "\n\n".join(texts(data.article.get("articleBody"))))
        told = detect(f"{title}\n{found['body'][:2000]}").lang
        found["lang"] = declared if told in ("", declared) else ""
    return {key: value for key, value in found.items() if value}


def too_much(html: bytes) -> str:
    """In words why `article` will not look into a page, or empty."""
    if len(html) > MOST_BYTES:
        return f"larger than the page of an article may be ({MOST_BYTES:,} bytes)"
    if html.count(b"<") > MOST_TAGS:
        return f"more tags than the page of an article may have ({MOST_TAGS:,})"
    return ""


def _tree(text: str) -> HtmlElement | None:
    """The parsed page; None if there is nothing in it."""
    # As bytes: lxml refuses texts that declare an encoding.
    data = _LONG_TAG.sub(_few_attributes, _NOT_XML.sub("", text)).encode()
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return document_fromstring(data, parser) if data.strip() else None
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _few_attributes(tag: "re.Match[str]") -> str:
    """The tag, or its name alone: the parser compares each attribute with each."""
    return tag[0] if tag[0].count("=") + len(tag[0].split()) <= _MOST_ATTRIBUTES else f"<{tag[1]}>"


def _text(element: HtmlElement | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _site(data: PageData) -> str:
    named = data.named("og:site_name", "application-name", "article:publisher", "dc.publisher", "twitter:domain")
    nodes = (text for node in data.nodes if "website" in kinds(node) for text in texts(node.get("name")))
    return _first((*named[:1], *texts(data.article.get("publisher")), *nodes, *named[1:]))


def _first(found: Iterable[str], *unwanted: str) -> str:
    """The first text, on one line, that is neither empty, unwanted nor an address."""
    lines = (" ".join(text.split()) for text in found)
    return next((line for line in lines if line and line not in unwanted and "://" not in line), "")


def _address(tree: HtmlElement, data: PageData, url: str) -> str:
    """The canonical address; a home page is none for a page below it."""
    links = [
        one.get("href") or "" for one in tree.iter("link") if "canonical" in (one.get("rel") or "").lower().split()
    ]
    page = data.article.get("mainEntityOfPage")
    given: tuple[str, ...] = (
        *links,
        *data.named("og:url"),
        *texts(page, "@id"),
        *texts(data.article.get("url"), "@id"),
    )
    home = ""
    for one in given:
        try:
            whole = urljoin(url, one.strip())
            parts = urlsplit(whole)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname:
            if parts.path.strip("/") or parts.query:
                return whole
            home = home or whole
    return url or home


def _published(tree: HtmlElement, data: PageData) -> str:
    """The first date that can be read; else the first that is given, for the remark."""
    given = [text for text in _dates(tree, data) if text]
    return _first((*(text for text in given if dates.parse(text, _ZONE).value), *given))


def _dates(tree: HtmlElement, data: PageData) -> Iterator[str]:
    yield from texts(data.article.get("datePublished"))
    yield from data.named(*_DATES)
    for one in tree.xpath("//*[@itemprop='datePublished']")[:5]:
        yield one.get("content") or one.get("datetime") or _text(one)
    times = [one for one in tree.iter("time") if not _inside(one, _HIDDEN)]
    own = [one for one in times if _inside(one, ("article", "main"))]
    # Several times outside of an article belong to a list of articles.
    for one in own[:1] or (times if len(times) == 1 else [one for one in times if one.get("pubdate") is not None][:1]):
        text = one.get("datetime") or _text(one)
        if dates.looks_like_date(text):
            yield text


def _inside(element: HtmlElement, tags: tuple[str, ...]) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _category(tree: HtmlElement, data: PageData, title: str) -> str:
    marked = (_text(one) for one in tree.xpath("//a[contains(concat(' ', @rel, ' '), ' category ')]")[:3])
    crumbs = (name for node in data.nodes if "breadcrumblist" in kinds(node) for name in _crumbs(node)[1:])
    named = (*texts(data.article.get("articleSection")), *data.named("article:section", "articlesection"))
    return _first((*named, *marked, *crumbs), title)


def _crumbs(node: dict[str, Any]) -> list[str]:
    """The names of a list of breadcrumbs; the first is the home page."""
    items = node.get("itemListElement")
    out = []
    for item in items[:20] if isinstance(items, list) else []:
        if isinstance(item, dict):
            out += (texts(item.get("name")) or texts(item.get("item")))[:1]
    return out


def _authors(tree: HtmlElement, data: PageData, site: str) -> str | list[str]:
    """Who wrote it, without addresses and the site's own name."""
    marked = tree.xpath("//*[@itemprop='author']|//a[contains(concat(' ', @rel, ' '), ' author ')]")[:3]
    groups = (
        texts(data.article.get("author")),
        data.named("article:author", "author", "dc.creator", "parsely-author"),
        [_text(one) for one in marked],
    )
    for group in groups:
        names = list(dict.fromkeys(name for one in group if (name := _first([one]))))
        names = [name for name in names if name.casefold() != site.casefold()]
        if names:
            return names[0] if len(names) == 1 else names
    return ""


def _declared_language(tree: HtmlElement, data: PageData) -> str:
    given = (tree.get("lang") or "", *data.named("og:locale", "language"))
    return _first((*texts(data.article.get("inLanguage"), "alternateName"), *given)).lower()[:2]
