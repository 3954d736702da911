"""Page, ArticleView, Token → the JSON objects of `shapes.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import floor
from urllib.parse import quote, urlencode

import msgspec
from flask_babel import gettext

from search.kazakh.explained import Explained
from search.model import Correct, Facet, Hit, IndexInfo, Page, Query, Snippet
from search.service import ArticleView
from search.settings import Settings

from . import labels, shapes
from .highlight import html
from .links import query_string, with_value, without_value
from .notes import offer, sentence
from .params import Highlight

_DIGITS = 4
"""Of a score, after the point."""

MOST_DUPLICATES = 20
"""Of the ids behind a hit; `collapse=none` lists them all."""

CORRECTIONS = ("layout", "synonym", "typo")
"""The notes of what `correct=off` undoes."""


class Addresses:
    """Absolute addresses under `root` (no slash at its end), the pages in `locale`."""

    def __init__(self, root: str, locale: str, settings: Settings) -> None:
        self._root, self.locale, self._settings = root, locale, settings

    def api(self, query: Query, highlight: Highlight) -> str:
        """The address of a search in the API."""
        return self._with(f"{self._root}/api/v1/search", query_string(query, self._settings, highlight))

    def facet_api(self, name: str, prefix: str, query: Query, highlight: Highlight) -> str:
        """The address of one facet in the API."""
        given = [query_string(query, self._settings, highlight), urlencode({"prefix": prefix}) if prefix else ""]
        return self._with(f"{self._root}/api/v1/facets/{name}", "&".join(filter(None, given)))

    def stats_api(self) -> str:
        """The address of the statistics in the API."""
        return f"{self._root}/api/v1/stats"

    def page(self, query: Query) -> str:
        """The address of a search as a page."""
        return self._with(f"{self._root}/{self.locale}/search", query_string(query, self._settings))

    def article_api(self, path: str) -> str:
        """The address of an article in the API; `path` is its quoted id."""
        return f"{self._root}/api/v1/articles/{path}"

    def article(self, path: str) -> str:
        """The path of an article's page."""
        return f"/{self.locale}/article/{path}"

    def article_page(self, path: str) -> str:
        """The absolute address of an article's page."""
        return self._root + self.article(path)

    def last_page(self, page: Page) -> int:
        """The last page of these hits that may be asked for: the window may end before the hits do."""
        return max(1, min(page.pages, self._settings.window // page.query.per_page))

    @staticmethod
    def _with(path: str, query: str) -> str:
        return f"{path}?{query}" if query else path


def search_answer(page: Page, highlight: Highlight, addresses: Addresses) -> shapes.SearchAnswer:
    """The whole answer to a search."""
    query = page.query
    return shapes.SearchAnswer(
        query=_asked(page, highlight, addresses),
        total=page.total,
        total_all_words=page.total_all_words,
        total_is_exact=not page.timed_out,
        duplicates_hidden=page.duplicates_hidden,
        truncated=list(page.truncated),
        timed_out=page.timed_out,
        page=query.page,
        per_page=query.per_page,
        pages=page.pages,
        results=[_result(hit, highlight, addresses) for hit in page.hits],
        facets={facet.field: facet_group(facet, query, highlight, addresses) for facet in page.facets},
        histogram=_histogram(page),
        suggestions=[
            shapes.Suggestion(
                kind=item.kind,
                q=item.text,
                text=offer(item),
                total=item.total,
                href=addresses.api(item.query, highlight),
            )
            for item in page.suggestions
        ],
        links=_links(page, highlight, addresses),
        index=index(page.index),
        took_ms=round(page.took_ms, 1),
    )


def facet_group(facet: Facet, query: Query, highlight: Highlight, addresses: Addresses) -> shapes.FacetGroup:
    """The values of a facet, each with the search that chooses it, or lets go of it."""
    values = []
    for item in facet.values:
        chosen = item.selected or item.excluded
        target = (without_value if chosen else with_value)(query, facet.field, item.value)
        values.append(
            shapes.FacetValue(
                value=item.value,
                label=labels.value(facet.field, item.value, addresses.locale),
                count=item.count,
                selected=item.selected,
                excluded=item.excluded,
                href=addresses.api(target, highlight),
            )
        )
    return shapes.FacetGroup(values=values, other=facet.other, missing=facet.missing, truncated=facet.truncated)


def article_answer(view: ArticleView, addresses: Addresses) -> shapes.ArticleAnswer:
    """An article."""
    article = view.article
    path = quoted(article.id)
    return shapes.ArticleAnswer(
        id=article.id,
        title=article.title,
        body=article.body,
        url=article.url,
        page_url=addresses.article(path),
        published=article.published,
        date=article.date,
        category=article.category,
        source=article.source,
        author=article.author,
        lang=article.lang,
        script=article.script,
        links=shapes.ArticleLinks(self=addresses.article_api(path), html=addresses.article_page(path)),
        index=index(view.index),
    )


def analyze_answer(tokens: Sequence[Explained]) -> shapes.AnalyzeAnswer:
    """The tokens of a text."""
    return shapes.AnalyzeAnswer(tokens=[_token(token) for token in tokens])


def index(info: IndexInfo) -> shapes.Index:
    """The generation that answered. What exactly is damaged is in the log: it names files of the server."""
    reason = gettext("Индекс зақымдалған, сондықтан оның соңғы бүтін нұсқасы қолданылып тұр.") if info.degraded else ""
    return shapes.Index(
        generation=info.generation, documents=info.documents, indexed_at=info.indexed_at, degraded=reason
    )


def quoted(article_id: str) -> str:
    """An id as part of a path."""
    return quote(article_id, safe="/")


def _asked(page: Page, highlight: Highlight, addresses: Addresses) -> shapes.AskedQuery:
    query = page.query
    filters: dict[str, list[str] | str] = {
        item.field: [*item.include, *(f"-{value}" for value in item.exclude)] for item in query.filters
    }
    if query.dates and query.dates.first:
        filters["date_from"] = query.dates.first.isoformat()
    if query.dates and query.dates.last:
        filters["date_to"] = query.dates.last.isoformat()
    as_typed = addresses.api(replace(query, correct=Correct.OFF, page=1), highlight)
    notes = [
        shapes.Note(
            kind=note.kind,
            from_=note.source,
            to=note.target,
            text=sentence(note),
            undo=as_typed if note.kind in CORRECTIONS else None,
        )
        for note in page.notes
    ]
    return shapes.AskedQuery(q=query.text, used=page.used, match=query.match, notes=notes, filters=filters)


def _result(hit: Hit, highlight: Highlight, addresses: Addresses) -> shapes.Result:
    article = hit.article
    return shapes.Result(
        id=article.id,
        url=article.url,
        page_url=addresses.article(quoted(article.id)),
        title=_ranges(hit.title) if highlight is Highlight.RANGES else article.title,
        title_html=str(html(hit.title)) if highlight is Highlight.HTML else msgspec.UNSET,
        snippets=[_snippet(snippet, highlight) for snippet in hit.snippets],
        matched_forms=list(hit.matched_forms),
        duplicates=shapes.Duplicates(count=len(hit.duplicates), ids=list(hit.duplicates[:MOST_DUPLICATES])),
        pinned=hit.pinned,
        published=article.published,
        date=article.date,
        category=article.category,
        source=article.source,
        author=article.author,
        lang=article.lang,
        script=article.script,
        score=round(hit.score, _DIGITS),
        explanation=msgspec.UNSET if hit.explanation is None else _rounded(hit.explanation, hit.score),
    )


def _rounded(parts: Mapping[str, float], score: float) -> dict[str, float]:
    """The parts, each rounded up or down, so that they add up to the rounded score."""
    scale = 10**_DIGITS
    units = {name: floor(part * scale) for name, part in parts.items()}
    missing = round(round(score, _DIGITS) * scale) - sum(units.values())
    for name in sorted(parts, key=lambda name: units[name] - parts[name] * scale)[:missing]:
        units[name] += 1
    return {name: count / scale for name, count in units.items()}


def _snippet(snippet: Snippet, highlight: Highlight) -> str | shapes.Ranges:
    match highlight:
        case Highlight.HTML:
            return str(html(snippet))
        case Highlight.RANGES:
            return _ranges(snippet)
        case Highlight.NONE:
            return snippet.text


def _ranges(snippet: Snippet) -> shapes.Ranges:
    return shapes.Ranges(text=snippet.text, marks=list(snippet.marks))


def _histogram(page: Page) -> shapes.Histogram | None:
    if page.histogram is None:
        return None
    return shapes.Histogram(
        interval=page.histogram.interval,
        buckets=[
            shapes.Bucket(key=bucket.key, from_=bucket.first, to=bucket.last, count=bucket.count, of=bucket.of)
            for bucket in page.histogram.buckets
        ],
    )


def _links(page: Page, highlight: Highlight, addresses: Addresses) -> shapes.Links:
    query, last = page.query, addresses.last_page(page)

    def at(number: int) -> str:
        return addresses.api(replace(query, page=number), highlight)

    return shapes.Links(
        self=at(query.page),
        first=at(1),
        prev=at(min(query.page - 1, last)) if query.page > 1 else None,
        next=at(query.page + 1) if query.page < last else None,
        last=at(last),
        html=addresses.page(query),
    )


def _token(explained: Explained) -> shapes.AnalyzedToken:
    token = explained.token
    first, *others = (
        shapes.Reading(exact=r.exact, key=r.key, stem=r.stem, lang=r.lang, rules=list(r.rules)) for r in token.readings
    )
    return shapes.AnalyzedToken(
        text=token.text,
        start=token.start,
        end=token.end,
        position=token.position,
        readings=others,
        name=msgspec.convert(explained.name, shapes.Name | None, from_attributes=True),
        **msgspec.structs.asdict(first),
    )
