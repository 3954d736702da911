"""One question to one generation: how it is read, what the engine finds, what is shown of it."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from . import counting, cursor, facets, histogram
from .curation import Curation
from .cursor import Position
from .deadline import Deadline
from .engines.base import RawPage, Request, Totals
from .export import BATCH_MS, Export
from .generation import Generation
from .hits import hits
from .model import (
    Collapse,
    FacetPage,
    Histogram,
    Hit,
    IndexInfo,
    Interval,
    Match,
    Note,
    Page,
    Query,
    Sort,
    Suggestion,
)
from .query.expand import Bounds
from .query.nodes import Ids, MatchAll, Node, Or
from .query.reading import QueryReader, Read
from .query.syntax import Limits
from .settings import Settings
from .wider import loosest, ways

MOST_SUGGESTIONS = 6


@dataclass(frozen=True)
class Answering:
    """Answers questions from one generation until `deadline`. position: where a harvest goes on."""

    generation: Generation
    settings: Settings
    curation: Curation
    deadline: Deadline
    position: Position | None = None

    @property
    def info(self) -> IndexInfo:
        """What answers."""
        return info(self.generation, self.curation.stamp)

    @property
    def stamp(self) -> str:
        """Changes with what an answer depends on besides the generation."""
        return self.info.curation

    def page(self, query: Query, began: float) -> Page:
        """The page of hits that `query` asks for; `began`: when it came, by `time.perf_counter`."""
        read, raw, pins = self._found(query)
        next_cursor = ""
        if query.cursor:
            raw, next_cursor = self._harvested(query, read, raw)
        notes = (*read.notes, Note("fallback")) if raw.grown else read.notes
        shown, all_shown = self._hits(query, read, raw, pins, self.deadline)
        suggestions, all_counted = self._suggestions(query, read, raw)
        return Page(
            query=query,
            hits=shown,
            total=raw.total,
            total_all_words=raw.total_all_words,
            facets=tuple(counting.shown(raw, query, facets.table(self.settings.facets))),
            histogram=self._histogram(query, raw),
            notes=notes,
            index=self.info,
            took_ms=(time.perf_counter() - began) * 1000,
            timed_out=raw.timed_out,
            used=read.used,
            suggestions=suggestions,
            duplicates_hidden=raw.articles - raw.total if query.collapse is Collapse.DUPLICATES else 0,
            truncated=(
                *raw.truncated,
                *(() if all_counted else ("suggestions",)),
                *(() if all_shown else ("snippets",)),
            ),
            next_cursor=next_cursor,
        )

    def export(self, query: Query) -> Export:
        """The hits of a search, as many as an export holds."""
        asked = replace(query, per_page=self.settings.export_rows, facets=(), histogram=Interval.NONE, explain=False)
        read, raw, pins = self._found(asked)

        def rows(start: int, end: int) -> tuple[Hit, ...]:
            part = replace(raw, hits=raw.hits[start:end], duplicates=raw.duplicates[start:end])
            return self._hits(query, read, part, pins, Deadline(BATCH_MS))[0]

        return Export(self.info, raw.total, len(raw.hits), raw.timed_out, rows, self.settings.export_s)

    def facet(self, name: str, prefix: str, query: Query, began: float) -> FacetPage:
        """The values of a facet whose words begin with those of `prefix`, counted in the search `query`.

        `other` counts values that begin so too; `missing` is that of the whole search.
        """
        asked = replace(query, facets=(name,), histogram=Interval.NONE, sort=Sort.NEWEST, page=1, per_page=1)
        raw = self._found(asked)[1]
        wanted = self.generation.values.of(name).beginning(prefix) if prefix.strip() and raw.facets else None
        facet = next(counting.shown(raw, asked, facets.table(self.settings.facets), wanted))
        return FacetPage(query, prefix, facet, self.info, (time.perf_counter() - began) * 1000)

    def nodes(self, query: Query) -> Iterator[Node]:
        """What may have led a reader to an article: the query, or what was read into it because it found nothing."""
        yield self.reader.read(query).node
        if other := self.reader.read_unfound(query):
            yield other.node

    @cached_property
    def reader(self) -> QueryReader:
        """Reads queries for this generation."""
        generation, settings = self.generation, self.settings
        return QueryReader(
            generation.analyzer,
            generation.vocabulary,
            settings.max_query_words,
            names=self.curation.names(generation.analyzer),
            values=self._values,
            fields=facets.own(settings.facets),
            strict=settings.words == "all",
            limits=Limits(settings.max_depth),
            bounds=Bounds(settings.max_beginnings, settings.max_near, settings.max_expanded),
            deadline=self.deadline,
        )

    def _values(self, field: str, words: str, beginning: bool) -> tuple[str, ...]:
        # The first look into a long list takes a while; the engine will say that the time is up.
        if self.deadline.passed:
            return ()
        values = self.generation.values.of(field)
        return values.beginning(words) if beginning else values.matching(words)

    def request(self, query: Query, node: Node, pinned: tuple[str, ...] = ()) -> Request:
        """What a query asks of the engine; pinned: the articles that the site puts first."""
        sort = query.sort or (Sort.NEWEST if isinstance(node, MatchAll) else Sort.RELEVANCE)
        return Request(
            filters=query.filters,
            dates=query.dates,
            sort=sort,
            offset=self.position.given if self.position else (query.page - 1) * query.per_page,
            limit=query.per_page,
            facets=query.facets,
            facet_ms=self.settings.facet_ms,
            histogram=query.histogram,
            grow_below=self._grow_below(query),
            collapse=query.collapse is Collapse.DUPLICATES,
            half_life=query.half_life,
            pinned=pinned,
            explain=query.explain,
            prefer=self.settings.preferred,
        )

    def count(self, query: Query) -> int:
        """How many hits a query has; 0 if there was no time to count them."""
        node = self.reader.read(query).node
        return self.generation.engine.search(node, self._count_request(query), self.deadline).total

    def totals(self, nodes: Sequence[Node]) -> list[Totals | None]:
        """The hits of texts that were read as these trees, and those that hold all words; None without time."""
        plain = Query()
        return self.generation.engine.totals(
            nodes,
            self.deadline,
            grow_below=self._grow_below(plain),
            collapse=plain.collapse is Collapse.DUPLICATES,
        )

    def _count_request(self, query: Query) -> Request:
        return Request(
            filters=query.filters,
            dates=query.dates,
            sort=Sort.NEWEST,
            limit=0,
            facet_ms=self.settings.facet_ms,
            grow_below=self._grow_below(query),
            collapse=query.collapse is Collapse.DUPLICATES,
            half_life=query.half_life,
            explain=query.explain,
        )

    def _grow_below(self, query: Query) -> int:
        return 0 if query.match is Match.EXACT else self.settings.grow_below

    def _found(self, query: Query) -> tuple[Read, RawPage, tuple[str, ...]]:
        """How the query was read, what was found, and what the site puts first among that."""
        reader, search = self.reader, self.generation.engine.search
        read = reader.read(query)
        if pins := self._pins(query):
            read = replace(read, node=Or((read.node, Ids(pins))))
        raw = search(read.node, self.request(query, read.node, pins), self.deadline)
        if raw.total == 0 and not raw.timed_out and (other := reader.read_unfound(query)):
            found = search(other.node, self.request(query, other.node), self.deadline)
            if found.total:
                return other, found, ()
        return read, raw, pins

    def _pins(self, query: Query) -> tuple[str, ...]:
        """What the site puts first for this query, where the order is its own."""
        if not query.text.strip() or query.sort not in (None, Sort.RELEVANCE):
            return ()
        return self.curation.pins(query.text, self.generation.analyzer)

    def _hits(
        self, query: Query, read: Read, raw: RawPage, pins: tuple[str, ...], deadline: Deadline
    ) -> tuple[tuple[Hit, ...], bool]:
        """The hits as they are shown, and whether there was time to look for all their passages."""
        shown, cut_short = hits(self.generation, query, read.node, raw, self.settings.snippet_chars, deadline)
        if pins:
            shown = tuple(replace(hit, pinned=True) if hit.article.id in pins else hit for hit in shown)
        return shown, not cut_short

    def _harvested(self, query: Query, read: Read, raw: RawPage) -> tuple[RawPage, str]:
        """The hits of a harvest and the cursor after them; none, and the same place again, if the time was over."""
        reading = cursor.read_as(read.node, self.settings.grow_below)
        if self.position:
            cursor.check(self.position, reading)
        given = self.position.given if self.position else 0
        if raw.timed_out:
            raw = replace(raw, hits=(), parts=(), duplicates=())
        elif given + len(raw.hits) >= raw.total:
            return raw, ""
        place = Position(self.generation.name, given + len(raw.hits), cursor.asked(query), reading)
        return raw, cursor.encoded(place)

    def _histogram(self, query: Query, raw: RawPage) -> Histogram | None:
        if query.histogram is Interval.NONE or "histogram" in raw.truncated:
            return None
        interval = raw.interval if raw.days else Interval.YEAR
        return histogram.build(interval, raw.days, self.generation.calendar)

    def _suggestions(self, query: Query, read: Read, raw: RawPage) -> tuple[tuple[Suggestion, ...], bool]:
        """Other searches that have hits; and whether there was time to count them all."""
        found: list[Suggestion] = []
        for kind, other, dropped in self._ways(query, read, raw):
            if len(found) == MOST_SUGGESTIONS:
                break
            if self.deadline.passed:
                return tuple(found), False
            same = any(one.query == other or one.kind == kind == "dates" for one in found)
            if not same and not (kind == "loosest" and found) and (total := self.count(other)):
                found.append(Suggestion(kind, other, total, dropped))
        return tuple(found), True

    def _ways(self, query: Query, read: Read, raw: RawPage) -> Iterable[tuple[str, Query, tuple[str, str]]]:
        if not any(note.kind == "layout" for note in read.notes) and (meant := self.reader.meant(query)):
            yield "layout", replace(query, text=meant, page=1), ("", "")
        if raw.articles == 0 and not raw.timed_out and (query.text.strip() or query.filters or query.dates):
            own = facets.own(self.settings.facets)
            yield from ways(query, own)
            yield loosest(query, own)


def info(generation: Generation, curation: str = "") -> IndexInfo:
    """The generation that answers; curation: the stamp of the site's synonyms and pins."""
    manifest = generation.manifest
    return IndexInfo(
        generation.name,
        manifest.documents,
        manifest.created,
        manifest.newest,
        degraded=generation.degraded,
        curation=curation + generation.withdrawn,
        stale=generation.stale,
    )
