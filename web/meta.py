"""What the head of a page tells programs: search engines, and sites where someone shares its address."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from search.model import Article, Query
from search.service import ArticleView
from search.settings import Settings
from search.site import Site

from . import canonical
from .addresses import Addresses, quoted
from .feed import moment
from .plain import line
from .tongues import of as tongue_of

DESCRIPTION: Final = 200
_TERRITORIES: Final = {"kk": "kk_KZ", "ru": "ru_RU", "en": "en_US"}
_UNSAFE: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""JSON may hold these as they are; in a page `</script>` and `<!--` would end or change the block that it stands in."""


@dataclass(frozen=True, slots=True)
class Meta:
    """The head of a page; texts are empty where there is nothing to say.

    canonical: the address that search engines should keep. robots: what they may do, if not everything.
    kind: `article` or `website`, as Open Graph has it. properties: further ones of it. data: JSON-LD, safe in HTML.
    alternates: the page in every language, by `hreflang`; none where the canonical address is elsewhere.
    """

    title: str
    description: str
    canonical: str
    robots: str = ""
    kind: str = "website"
    locale: str = ""
    image: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()
    data: Markup | None = None


def home(addresses: Addresses, root: str, site: Site, settings: Settings, lead: str) -> Meta:
    """The head of the home page."""
    here, locale = f"{root}/{addresses.locale}/", _locale(addresses.locale)
    alternates = _alternates(settings, lambda code: f"{root}/{code}/")
    return Meta(site.name, lead, here, locale=locale, image=image(root), alternates=alternates)


def results(addresses: Addresses, root: str, query: Query, title: str) -> Meta:
    """The head of a page of hits: search engines follow its links, and leave the page itself out."""
    here, locale = addresses.page(query), _locale(addresses.locale)
    return Meta(title, "", here, robots="noindex, follow", locale=locale, image=image(root))


def article(view: ArticleView, addresses: Addresses, root: str, site: Site, settings: Settings, title: str) -> Meta:
    """The head of an article's page."""
    found = view.article
    path = quoted(found.id)
    here = addresses.article_page(path)
    elsewhere = canonical.source(found.url, found.rights, settings)
    properties = (
        ("article:published_time", moment(found.published) if found.published else ""),
        ("article:section", line(found.category)),
        ("article:author", line(found.author)),
    )
    description = line(found.body, DESCRIPTION)
    return Meta(
        title=line(title, 300),
        description=description,
        canonical=elsewhere or here,
        kind="article",
        locale=_locale(addresses.locale),
        image=image(root),
        properties=tuple((name, value) for name, value in properties if value),
        alternates=() if elsewhere else _alternates(settings, lambda code: _page(root, code, path, settings)),
        data=in_page(news_article(found, elsewhere or here, here, description, site, root, line(title, 300))),
    )


def news_article(
    found: Article, address: str, here: str, description: str, site: Site, root: str, title: str
) -> dict[str, object]:
    """The article as https://schema.org/NewsArticle, without its text, which is the page's."""
    tag = tongue_of(found.lang, found.script, "").lang
    publication = line(found.source) or site.owner or site.name
    publisher: dict[str, object] = {"@type": "NewsMediaOrganization", "name": publication}
    if publication in (site.name, site.owner):
        publisher["url"] = f"{root}/"
    values: dict[str, object] = {
        "headline": title,
        "description": description,
        "datePublished": moment(found.published) if found.published else "",
        "articleSection": line(found.category),
        "inLanguage": tag,
        "author": {"@type": "Person", "name": line(found.author)} if line(found.author) else "",
        "publisher": publisher,
        "mainEntityOfPage": address,
        "url": here,
        "image": image(root),
    }
    known = {name: value for name, value in values.items() if value}
    return {"@context": "https://schema.org", "@type": "NewsArticle", **known}


def in_page(data: dict[str, object]) -> Markup:
    """JSON that may stand in a `<script>` of any type: nothing in it is markup, whatever the texts say."""
    return Markup(json.dumps(data, ensure_ascii=False).translate(_UNSAFE))  # noqa: S704  # escaped as JSON escapes


def image(root: str) -> str:
    """The picture that stands for the site."""
    return f"{root}/static/icon-512.png"


def _page(root: str, code: str, path: str, settings: Settings) -> str:
    return Addresses(root, code, settings).article_page(path)


def _alternates(settings: Settings, page: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    """`page` in every language; a reader of any other gets the first."""
    codes = settings.language_list
    return (*((code, page(code)) for code in codes), ("x-default", page(codes[0])))


def _locale(code: str) -> str:
    return _TERRITORIES.get(code, code)
