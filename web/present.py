"""Page → what the templates show: texts, links, marks. The templates decide nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType
from typing import Final

from markupsafe import Markup

from search.model import (
    LINK,
    Article,
    Collapse,
    DateRange,
    FacetOrder,
    Hit,
    IndexInfo,
    Match,
    Page,
    Query,
    Snippet,
    Sort,
    Stale,
)
from search.settings import Settings

from . import bars, formats, labels, notes, paging, panels, remarks, tongues
from .addresses import Addresses, quoted
from .frame import hidden
from .highlight import html
from .links import Neighbours, address, query_string
from .paging import Link
from .param_table import usual_sort
from .shown import Card, DateField, Dates, Day, Named, Results, Same
from .tongues import Tongue
from .translate import gettext, ngettext

LONG_LIST: Final = 6
"""Values of a facet, from which on their order may be chosen."""

MOST_COPIES: Final = 5
"""Of the articles hidden behind a hit: those that are named on the page of hits."""

NO_COPIES: Final[Mapping[str, Article]] = MappingProxyType({})


class Presenter:
    """Words and addresses for one reader: in `locale`, under `settings`."""

    def __init__(self, locale: str, settings: Settings) -> None:
        self.locale, self._settings = locale, settings
        self._addresses = Addresses("", locale, settings)

    def results(self, page: Page, query: Query, copies: Mapping[str, Article] = NO_COPIES) -> Results:
        """The page of hits; `query` is what the reader asked, as links carry it.

        copies: articles that are hidden behind hits, by their ids: as many of them as there are to name.
        """
        near = self._addresses.page_neighbours(query)
        asked = query_string(query, self._settings)
        count = ngettext("%(shown)s нәтиже", "%(shown)s нәтиже", page.total, shown=self.number(page.total))
        return Results(
            title=self._title(page, query, count),
            count=count,
            period=self._period(page),
            every_word=remarks.every_word(page, query, self._addresses, self._settings),
            forms=remarks.forms(page, query, near),
            remarks=tuple(remarks.remarks(page, query, near, self._addresses, self._settings)),
            suggestions=tuple(self._suggestions(page, query)),
            nothing="" if page.total else self._nothing(query),
            cards=tuple(self.card(hit, asked, near, copies) for hit in page.hits),
            first=(query.page - 1) * query.per_page + 1,
            chips=panels.chips(query, self._addresses.facets, self.locale, near),
            clear=self._addresses.page(panels.cleared(query)),
            panels=panels.panels(page.facets, query, self._addresses.facets, self.locale, near),
            bars=bars.bars(page.histogram, query, self.locale, near),
            sorts=self._sorts(query, near),
            matches=self._matches(query, near),
            orders=self._orders(page, query, near),
            sizes=paging.sizes(page, query, self._settings, near),
            paging=paging.paging(page, query, self._addresses.last_page(page), self._settings, self.locale, near),
            archive=self.archive(page.index),
        )

    def card(
        self, hit: Hit, asked: str = "", near: Neighbours | None = None, copies: Mapping[str, Article] = NO_COPIES
    ) -> Card:
        """A hit; its link carries the query string `asked`, so that the article can mark its words and lead back."""
        article = hit.article
        return Card(
            self.marked(hit.title),
            address(self._addresses.article(quoted(article.id)), asked),
            self.tongue(article),
            article.title.isupper(),
            *self.date(article),
            about=(*self.about(article)[:2], *self.length(article)),
            snippets=tuple(html(snippet) for snippet in hit.snippets if snippet.text.strip()),
            same=self._same(hit, copies, near) if near else None,
            label=gettext("Редакция таңдауы") if hit.pinned else "",
        )

    def named(self, article: Article) -> Named:
        """An article by its title, without marks and snippets."""
        title = " ".join(article.title.split()) or gettext("(тақырыпсыз)")
        href = self._addresses.article(quoted(article.id))
        capitals, about = title.isupper(), self.about(article)[:2]
        return Named(title, href, self.tongue(article), capitals, *self.date(article), about=about)

    def by_day(self, hits: Iterable[Hit]) -> tuple[Day, ...]:
        """Hits in their order, those of a day together."""
        return tuple(
            Day(day or gettext("Күні белгісіз"), iso, tuple(cards))
            for (day, iso), cards in groupby(map(self.card, hits), lambda card: (card.day, card.iso))
        )

    def archive(self, info: IndexInfo) -> str:
        """The size of the archive and the age of its index; of a stale one also since when articles may be missing."""
        articles = ngettext("%(shown)s мақала", "%(shown)s мақала", info.documents, shown=self.number(info.documents))
        when = formats.moment(info.indexed_at, self._settings.zone, self.locale)
        said = gettext("Мұрағатта %(articles)s бар. Индекс жаңартылған уақыт: %(when)s.", articles=articles, when=when)
        return f"{said} {self._stale(info.stale)}" if info.stale else said

    def _stale(self, stale: Stale) -> str:
        """That new articles may be missing, and since when."""
        if stale.since is None:
            return gettext(
                "Мұрағаттың соңғы рет қашан толықтырылғаны белгісіз. Жаңа мақалалар әзірге табылмауы мүмкін."
            )
        when = formats.moment(stale.since, self._settings.zone, self.locale)
        return gettext(
            "Мұрағат соңғы рет толықтырылған уақыт: %(when)s. Кейінгі мақалалар әзірге табылмауы мүмкін.", when=when
        )

    def ways_out(self, page: Page, query: Query) -> Iterable[Link]:
        """Other searches for a reader who found nothing, with their hits; last the whole archive."""
        for item in page.suggestions:
            yield self._way(notes.offer(item, self._addresses.facets), self._plain(item.query, query), item.total)
        if page.index.documents and (query.text.strip() or panels.cleared(query) != query):
            everything = replace(panels.cleared(query), text="", sort=None, match=Match.SMART)
            yield self._way(gettext("барлық мақаланы қарау"), everything, page.index.documents)

    def dates(self, query: Query, problems: Mapping[str, str]) -> Dates:
        """The form for a range of days; `problems` has sentences by the name of the field."""
        dates = query.dates or DateRange()
        ends = (("date_from", dates.first), ("date_to", dates.last))
        return Dates(
            tuple(
                DateField(name, labels.parameter(name), day.isoformat() if day else "", problems.get(name, ""))
                for name, day in ends
            ),
            hidden(query, self._settings, "date_from", "date_to", "year", "month"),
            bool(problems),
        )

    def search(self, query: Query) -> str:
        """The address of a search."""
        return self._addresses.page(query)

    def article(self, path: str) -> str:
        """The path of an article's page; `path` is its quoted id."""
        return self._addresses.article(path)

    def number(self, value: int) -> str:
        """A whole number as the reader's language writes it."""
        return formats.number(value, self.locale)

    def tongue(self, article: Article) -> Tongue:
        """The language and direction of an article in this reader's pages."""
        return tongues.of(article.lang, article.script, self.locale)

    def _title(self, page: Page, query: Query, count: str) -> str:
        asked = " ".join(query.text.split())[:80]
        start = f"{asked} — {count}" if asked else f"{gettext('Барлық мақалалар')} — {count}"
        if query.page == 1:
            return start
        return gettext("%(start)s, %(page)s-бет (барлығы %(pages)s)", start=start, page=query.page, pages=page.pages)

    def _period(self, page: Page) -> str:
        buckets = page.histogram.buckets if page.histogram else ()
        if not buckets:
            return ""
        first, last = buckets[0].first.year, buckets[-1].last.year
        return str(first) if first == last else f"{first}–{last}"

    def _suggestions(self, page: Page, query: Query) -> Iterable[Link]:
        """Other readings of a query that found something, each with the hits it has."""
        for item in page.suggestions if page.total else ():
            asked = self._plain(item.query, query)
            yield Link(f"{item.text} ({self.number(item.total)})", self._addresses.page(asked))

    def _same(self, hit: Hit, copies: Mapping[str, Article], near: Neighbours) -> Same | None:
        """The articles that are hidden behind a hit, and the search that shows them."""
        count = len(hit.duplicates)
        if not count:
            return None
        text = gettext("Мәтіні бірдей: %(count)s", count=self.number(count))
        articles = tuple(self.named(copies[one]) for one in hit.duplicates[:MOST_COPIES] if one in copies)
        return Same(text, articles, near.changed(collapse=Collapse.NONE))

    def _way(self, text: str, query: Query, total: int) -> Link:
        return Link(f"{text[:1].upper()}{text[1:]} ({self.number(total)})", self._addresses.page(query))

    @staticmethod
    def _plain(other: Query, query: Query) -> Query:
        """Another search as links carry it: with the counts that this one asks for."""
        return replace(other, facets=query.facets, histogram=query.histogram)

    def _nothing(self, query: Query) -> str:
        asked = " ".join(query.text.split())
        if asked:
            return gettext("«%(text)s» бойынша ештеңе табылмады.", text=asked)
        if panels.cleared(query) != replace(query, page=1):
            return gettext("Бұл сүзгілермен ештеңе табылмады.")
        return gettext("Мұрағатта әзірге мақала жоқ.")

    def marked(self, title: Snippet) -> Markup:
        """A title with its marks, or a word that there is none."""
        return html(title) if title.text.strip() else Markup("{}").format(gettext("(тақырыпсыз)"))

    def date(self, article: Article) -> tuple[str, str]:
        """The day of an article in words and in figures, empty where it has none."""
        if article.date is None:
            return "", ""
        return formats.day(article.date, self.locale), article.date.isoformat()

    @staticmethod
    def about(article: Article) -> tuple[str, ...]:
        """Section, source and author, those that there are."""
        return tuple(
            text for text in (article.category.strip(), article.source.strip(), article.author.strip()) if text
        )

    def length(self, article: Article) -> tuple[str, ...]:
        """How long it takes to read, where that is more than a minute and all of it may be shown."""
        minutes = formats.reading_minutes(article.body)
        if minutes < 2 or article.rights == LINK:
            return ()
        return (ngettext("оқуға %(shown)s минут", "оқуға %(shown)s минут", minutes, shown=self.number(minutes)),)

    def _sorts(self, query: Query, near: Neighbours) -> tuple[Link, ...]:
        current = query.sort or usual_sort(query)
        orders = Sort if query.text.strip() else (Sort.NEWEST, Sort.OLDEST)
        return tuple(Link(labels.sort(order), near.changed(sort=order), order is current) for order in orders)

    def _orders(self, page: Page, query: Query, near: Neighbours) -> tuple[Link, ...]:
        """The orders of the values in the filters, where a list is long enough for it to matter."""
        if all(len(facet.values) < LONG_LIST for facet in page.facets):
            return ()
        names = ((FacetOrder.COUNT, gettext("саны бойынша")), (FacetOrder.ALPHABET, gettext("әліпби бойынша")))
        return tuple(
            Link(name, near.changed(facet_order=order, page=query.page), order is query.facet_order)
            for order, name in names
        )

    def _matches(self, query: Query, near: Neighbours) -> tuple[Link, ...]:
        if not query.text.strip():
            return ()
        names = ((Match.SMART, gettext("барлық түрі")), (Match.EXACT, gettext("дәл осы түрі")))
        return tuple(Link(name, near.changed(match=match), match is query.match) for match, name in names)
