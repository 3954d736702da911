"""Page, ArticleView, Similar → the JSON objects of `shapes.py`."""

from collections.abc import Mapping
from dataclasses import replace
from math import floor

import msgspec

from search.cursor import START
from search.model import Correct, Facet, Hit, IndexInfo, Page, Query, Snippet
from search.service import ArticleView
from search.similar import Similar

from . import labels, shapes
from .addresses import Addresses, outward, quoted
from .highlight import written
from .links import Neighbours
from .notes import offer, sentence
from .param_table import Highlight
from .translate import gettext

_DIGITS = 4
"""Of a score, after the point."""

MOST_DUPLICATES = 20
"""Of the ids behind a hit; `collapse=none` lists them all."""

CORRECTIONS = ("layout", "synonym", "typo")
"""The notes of what `correct=off` undoes."""


def search_answer(page: Page, highlight: Highlight, addresses: Addresses) -> shapes.SearchAnswer:
    """The whole answer to a search."""
    query = page.query
    neighbours = addresses.api_neighbours(query, highlight)
    return shapes.SearchAnswer(
        query=_asked(page, neighbours),
        total=page.total,
        total_all_words=page.total_all_words,
        total_is_exact=not page.timed_out,
        duplicates_hidden=page.duplicates_hidden,
        truncated=list(page.truncated),
        timed_out=page.timed_out,
        page=query.page,
        per_page=query.per_page,
        pages=page.pages,
        cursor=shapes.Cursor(next=page.next_cursor or None) if query.cursor else msgspec.UNSET,
        results=[result(hit, highlight, addresses) for hit in page.hits],
        facets={facet.field: facet_group(facet, neighbours, addresses.locale) for facet in page.facets},
        histogram=_histogram(page),
        suggestions=[
            shapes.Suggestion(
                kind=item.kind,
                q=item.text,
                text=offer(item, addresses.facets),
                total=item.total,
                href=addresses.api(_anew(item.query), highlight),
            )
            for item in page.suggestions
        ],
        links=_links(page, highlight, addresses, neighbours),
        index=index(page.index),
        took_ms=round(page.took_ms, 1),
    )


def facet_group(facet: Facet, neighbours: Neighbours, locale: str) -> shapes.FacetGroup:
    """The values of a facet, each with the search that chooses it, or lets go of it."""
    name, values = facet.field, []
    for item in facet.values:
        chosen = item.selected or item.excluded
        values.append(
            shapes.FacetValue(
                value=item.value,
                label=labels.value(name, item.value, locale),
                count=item.count,
                selected=item.selected,
                excluded=item.excluded,
                href=(neighbours.without_value if chosen else neighbours.with_value)(name, item.value),
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
        url=outward(article.url),
        page_url=addresses.article(path),
        published=article.published,
        date=article.date,
        category=article.category,
        source=article.source,
        author=article.author,
        lang=article.lang,
        script=article.script,
        rights=article.rights,
        duplicates=list(view.duplicates),
        links=shapes.ArticleLinks(
            self=addresses.article_api(path), html=addresses.article_page(path), similar=addresses.similar(path)
        ),
        index=index(view.index),
    )


def similar_answer(found: Similar, article_id: str, limit: int, addresses: Addresses) -> shapes.SimilarAnswer:
    """Articles like one; `limit`: how many were asked for, 0 for the usual number."""
    path = quoted(article_id)
    return shapes.SimilarAnswer(
        results=[result(hit, Highlight.NONE, addresses) for hit in found.hits],
        timed_out=found.timed_out,
        links=shapes.SimilarLinks(self=addresses.similar(path, limit), article=addresses.article_api(path)),
        index=index(found.index),
        took_ms=round(found.took_ms, 1),
    )


def index(info: IndexInfo) -> shapes.Index:
    """The generation that answered. What exactly is damaged is in the log: it names files of the server."""
    reason = gettext("Индекс зақымданған, сондықтан оның соңғы бүтін нұсқасы қолданылып тұр.") if info.degraded else ""
    return shapes.Index(
        generation=info.generation,
        documents=info.documents,
        indexed_at=info.indexed_at,
        degraded=reason,
        stale=info.stale is not None,
    )


def _asked(page: Page, neighbours: Neighbours) -> shapes.AskedQuery:
    query = page.query
    filters: dict[str, list[str] | str] = {
        item.field: [*item.include, *(f"-{value}" for value in item.exclude)] for item in query.filters
    }
    if query.dates and query.dates.first:
        filters["date_from"] = query.dates.first.isoformat()
    if query.dates and query.dates.last:
        filters["date_to"] = query.dates.last.isoformat()
    notes = [
        shapes.Note(
            kind=note.kind,
            from_=note.source,
            to=note.target,
            text=sentence(note),
            undo=neighbours.changed(correct=Correct.OFF) if note.kind in CORRECTIONS else None,
        )
        for note in page.notes
    ]
    return shapes.AskedQuery(q=query.text, used=page.used, match=query.match, notes=notes, filters=filters)


def result(hit: Hit, highlight: Highlight, addresses: Addresses) -> shapes.Result:
    """A hit."""
    article = hit.article
    return shapes.Result(
        id=article.id,
        url=outward(article.url),
        page_url=addresses.article(quoted(article.id)),
        title=_ranges(hit.title) if highlight is Highlight.RANGES else article.title,
        title_html=written(hit.title) if highlight is Highlight.HTML else msgspec.UNSET,
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
            return written(snippet)
        case Highlight.RANGES:
            return _ranges(snippet)
        case Highlight.NONE:
            return snippet.text


def _ranges(snippet: Snippet) -> shapes.Ranges:
    return shapes.Ranges(text=snippet.text, marks=list(snippet.marks))


def _anew(query: Query) -> Query:
    """The query from its first page, or the beginning of its harvest."""
    return replace(query, page=1, cursor=START if query.cursor else "")


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


def _links(page: Page, highlight: Highlight, addresses: Addresses, neighbours: Neighbours) -> shapes.Links:
    query, last = page.query, addresses.last_page(page)
    html_page, feed = addresses.page(query), addresses.feed(query)
    files = addresses.exports(query, highlight, ("csv", "jsonl"))
    if query.cursor:
        here = addresses.api(replace(query, page=1), highlight)
        going_on = addresses.api(replace(query, cursor=page.next_cursor), highlight) if page.next_cursor else None
        first = neighbours.changed()
        return shapes.Links(
            self=here, first=first, prev=None, next=going_on, last=None, html=html_page, feed=feed, **files
        )
    return shapes.Links(
        self=neighbours.changed(page=query.page),
        first=neighbours.changed(),
        prev=neighbours.changed(page=min(query.page - 1, last)) if query.page > 1 else None,
        next=neighbours.changed(page=query.page + 1) if query.page < last else None,
        last=neighbours.changed(page=last),
        html=html_page,
        feed=feed,
        **files,
    )
