"""What stands around the pages: descriptions, feeds, sitemaps, citations, the embeddable box, the site's own files."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from search.model import IndexInfo
from search.settings import Settings

from . import caching, citation, feed, opensearch, params, robots, sitemaps
from .addresses import Addresses, quoted
from .api import Room
from .caching import Made
from .errors import BadParameters
from .links import query_string
from .translate import gettext

FILES_AGE_S = 3600
"""For files that other sites load under an address that stays the same."""


def blueprint(settings: Settings) -> Blueprint:
    """The routes; those that are for readers in every language of the site."""
    around = Blueprint("around", __name__)
    codes = ",".join(f'"{code}"' for code in settings.language_list)
    language = f"/<any({codes}):language>"
    around.add_url_rule("/opensearch.xml", "opensearch", _opensearch)
    around.add_url_rule(f"{language}/opensearch.xml", "opensearch_in", _opensearch)
    around.add_url_rule(f"{language}/suggestions.json", "suggestions", _suggestions)
    around.add_url_rule(f"{language}/feed.atom", "feed", _feed)
    around.add_url_rule(f"{language}/cite/<path:article_id>.bib", "bibtex", _bibtex)
    around.add_url_rule(f"{language}/cite/<path:article_id>.ris", "ris", _ris)
    around.add_url_rule("/sitemap.xml", "sitemaps", _sitemaps)
    around.add_url_rule("/sitemap-<int:number>.xml", "sitemap", _sitemap)
    around.add_url_rule("/robots.txt", "robots", _robots)
    around.add_url_rule("/site.webmanifest", "manifest", _manifest)
    around.add_url_rule("/site/logo", "logo", _logo)
    around.add_url_rule("/embed.js", "embed", _embed)
    around.add_url_rule("/favicon.ico", "icon", _icon)
    return around


def _answered(kind: str, what: tuple[str, ...], make: Callable[[], Made]) -> AnyResponse:
    """As `Caching.answered`; where the client has the answer, what it is told of it is told of this media type."""
    response = Room.current().caching.answered(what, make)
    if response.status_code == 304:
        response.mimetype = kind
    return response


def _opensearch(language: str = "") -> AnyResponse:
    room = Room.current()
    root, language = room.root, language or room.addresses().locale
    response = opensearch.description(root, language, room.site, room.settings)
    return caching.cached(response, ("opensearch", root, response.get_data(as_text=True)), room.settings)


def _suggestions(language: str) -> AnyResponse:
    room = Room.current()
    text = request.args.get("q", "")[: room.settings.max_query_chars]

    def made() -> Made:
        found = room.service.suggest(text, opensearch.SUGGESTIONS)
        addresses = Addresses(room.root, language, room.settings)
        return Made(opensearch.suggestions(found, addresses, room.settings), found.index, keep=not found.timed_out)

    return _answered(opensearch.SUGGESTIONS_TYPE, (request.path, text), made)


def _feed(language: str) -> AnyResponse:
    room = Room.current()
    given, without = params.pairs(request.query_string), feed.passed_over(room.settings)
    asked = params.read(given, room.settings, strict=False, without=without)
    if asked.problems:
        raise BadParameters(asked.problems)
    query = feed.asked(asked.query, room.settings)

    def made() -> Made:
        page = room.service.search(query)
        addresses = Addresses(room.root, language, room.settings)
        response = feed.feed(page, asked.query, addresses, room.root, room.site, room.settings)
        return Made(_dated(response, page.index), page.index, keep=not page.timed_out)

    return _answered(feed.TYPE, (request.path, query_string(query, room.settings)), made)


def _bibtex(language: str, article_id: str) -> AnyResponse:
    return _cite(language, article_id, "bib")


def _ris(language: str, article_id: str) -> AnyResponse:
    return _cite(language, article_id, "ris")


def _cite(language: str, article_id: str, kind: str) -> AnyResponse:
    room = Room.current()

    def made() -> Made:
        view = room.service.article(article_id)
        page = Addresses(room.root, language, room.settings).article_page(quoted(article_id))
        cited = citation.source(view.article, page, room.site.name, gettext("(тақырыпсыз)"))
        text = citation.bibtex(cited) if kind == "bib" else citation.ris(cited)
        response = Response(text.encode(), content_type=f"{citation.TYPES[kind]}; charset=utf-8")
        name = citation.name(article_id, kind)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return Made(response, view.index)

    return _answered(citation.TYPES[kind], (request.path,), made)


def _sitemaps() -> AnyResponse:
    room = Room.current()

    def made() -> Made:
        listing = room.service.listing(0, 1)
        response = sitemaps.index(listing.total, listing.index, room.root)
        return Made(_dated(response, listing.index), listing.index)

    return _answered(sitemaps.TYPE, (request.path,), made)


def _sitemap(number: int) -> AnyResponse:
    room = Room.current()
    if not 1 <= number <= sitemaps.MOST_SITEMAPS:
        abort(404)

    def made() -> Made:
        listing = room.service.listing((number - 1) * sitemaps.ARTICLES, sitemaps.ARTICLES)
        if number > sitemaps.count(listing.total):
            abort(404)
        response = sitemaps.sitemap(number, listing, room.root, room.settings)
        return Made(_dated(response, listing.index), listing.index)

    return _answered(sitemaps.TYPE, (request.path,), made)


def _dated(response: Response, index: IndexInfo) -> Response:
    """The answer with the time of the index, where nothing but the index made it what it is.

    With synonyms, pins or withdrawn articles of the site it may be newer than the index, and only its tag tells.
    """
    if not index.curation and not index.degraded:
        response.last_modified = index.indexed_at
    return response


def _robots() -> AnyResponse:
    room = Room.current()
    response = Response(robots.text(room.root), mimetype="text/plain")
    return caching.cached(response, ("robots", response.get_data(as_text=True)), room.settings)


def _manifest() -> AnyResponse:
    room = Room.current()
    response = robots.manifest(room.site, room.settings)
    return caching.cached(response, ("manifest", response.get_data(as_text=True)), room.settings)


def _logo() -> AnyResponse:
    room = Room.current()
    logo = room.site.logo
    if logo is None:
        abort(404)
    return caching.cached(Response(logo.data, mimetype=logo.kind), ("logo", logo.stamp), room.settings)


def _embed() -> AnyResponse:
    """The script that other sites load."""
    response = current_app.send_static_file("embed.js")
    response.headers["Cache-Control"] = f"public, max-age={FILES_AGE_S}, stale-while-revalidate={24 * FILES_AGE_S}"
    return response


def _icon() -> AnyResponse:
    return current_app.send_static_file("favicon.ico")
