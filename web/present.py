"""Page, ArticleView → what the templates show: texts, links, marks. The templates decide nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from search.facets import own, table
from search.model import (
    LINK,
    Article,
    Collapse,
    Correct,
    DateRange,
    Hit,
    IndexInfo,
    Match,
    Page,
    Query,
    Snippet,
    Sort,
)
from search.service import ArticleView
from search.settings import Settings

from . import bars, formats, labels, notes, paging, panels, tongues
from .addresses import Addresses, quoted
from .answers import CORRECTIONS
from .frame import hidden
from .highlight import html
from .links import Neighbours, address, query_string
from .paging import Link
from .strict import strict
from .tongues import Tongue
from .translate import gettext, ngettext


@dataclass(frozen=True, slots=True)
class Card:
    """An article in a list; `label` says why it stands there, if not for its words."""

    title: Markup
    href: str
    tongue: Tongue
    capitals: bool
    day: str
    iso: str
    about: tuple[str, ...]
    snippets: tuple[Markup, ...]
    label: str = ""
    same: Link | None = None


@dataclass(frozen=True, slots=True)
class DateField:
    """An end of the range of days: the day that is set, or what was wrong with the one that was asked."""

    name: str
    label: str
    value: str
    problem: str


@dataclass(frozen=True, slots=True)
class Dates:
    """The form for a range of days; `hidden` is the rest of the search."""

    fields: tuple[DateField, ...]
    hidden: tuple[tuple[str, str], ...]
    troubled: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about what was done with the query, and the search that does not do it, if there is one."""

    text: str
    undo: Link | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """Everything the page of hits shows."""

    title: str
    count: str
    period: str
    every_word: Link | None
    remarks: tuple[Remark, ...]
    suggestions: tuple[Link, ...]
    nothing: str
    cards: tuple[Card, ...]
    first: int
    chips: tuple[panels.Chip, ...]
    clear: str
    panels: tuple[panels.Panel, ...]
    bars: bars.Bars
    sorts: tuple[Link, ...]
    forms: tuple[Link, ...]
    sizes: tuple[Link, ...]
    paging: paging.Paging | None
    archive: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the page of an article shows; `original` is empty where there is no web address.

    excerpt: whether there is one passage, because no more may be shown.
    """

    heading: str
    title: Markup
    tongue: Tongue
    capitals: bool
    day: str
    iso: str
    about: tuple[str, ...]
    paragraphs: tuple[Markup, ...]
    excerpt: bool
    original: str
    similar: tuple[Card, ...]
    back: Link
    archive: str


class Presenter:
    """Words and addresses for one reader: in `locale`, under `settings`."""

    def __init__(self, locale: str, settings: Settings) -> None:
        self._locale, self._settings = locale, settings
        self._addresses = Addresses("", locale, settings)
        self._table = table(settings.facets)

    def results(self, page: Page, query: Query) -> Results:
        """The page of hits; `query` is what the reader asked, as links carry it."""
        near = self._addresses.page_neighbours(query)
        asked = query_string(query, self._settings)
        count = ngettext("%(shown)s нәтиже", "%(shown)s нәтиже", page.total, shown=self._number(page.total))
        return Results(
            title=self._title(page, query, count),
            count=count,
            period=self._period(page),
            every_word=self._every_word(page, query),
            remarks=tuple(self._remarks(page, near)),
            suggestions=tuple(self._suggestions(page, query)),
            nothing="" if page.total else self._nothing(query),
            cards=tuple(self.card(hit, asked, near) for hit in page.hits),
            first=(query.page - 1) * query.per_page + 1,
            chips=panels.chips(query, self._table, self._locale, near),
            clear=self._addresses.page(panels.cleared(query)),
            panels=panels.panels(page.facets, query, self._table, self._locale, near),
            bars=bars.bars(page.histogram, query, self._locale, near),
            sorts=self._sorts(query, near),
            forms=self._forms(query, near),
            sizes=paging.sizes(page, query, self._settings, near),
            paging=paging.paging(page, query, self._addresses.last_page(page), self._settings, self._locale, near),
            archive=self.archive(page.index),
        )

    def card(self, hit: Hit, asked: str = "", near: Neighbours | None = None) -> Card:
        """A hit; its link carries the query string `asked`, so that the article can mark its words and lead back."""
        article = hit.article
        return Card(
            self._marked(hit.title),
            address(self._addresses.article(quoted(article.id)), asked),
            tongues.of(article.lang, article.script, self._locale),
            article.title.isupper(),
            *self._date(article),
            about=self._about(article)[:2],
            snippets=tuple(html(snippet) for snippet in hit.snippets if snippet.text.strip()),
            same=self._same(hit, near) if near else None,
            label=gettext("Редакция таңдауы") if hit.pinned else "",
        )

    def reading(self, view: ArticleView, query: Query, similar: Iterable[Hit] = ()) -> Reading:
        """The page of an article, reached from the search `query`, and articles like it."""
        article = view.article
        narrowed = bool(query.text or panels.cleared(query) != query)
        back = gettext("Нәтижелерге қайту") if narrowed else gettext("Барлық мақалалар")
        return Reading(
            article.title.strip() or gettext("(тақырыпсыз)"),
            self._marked(view.title),
            tongues.of(article.lang, article.script, self._locale),
            article.title.isupper(),
            *self._date(article),
            about=self._about(article),
            paragraphs=tuple(html(part) for part in view.paragraphs),
            excerpt=article.rights == LINK,
            original=article.url if article.url.lower().startswith(("http://", "https://")) else "",
            similar=tuple(self.card(hit) for hit in similar),
            back=Link(back, self._addresses.page(query)),
            archive=self.archive(view.index),
        )

    def archive(self, info: IndexInfo) -> str:
        """The size of the archive and the age of its index."""
        articles = ngettext("%(shown)s мақала", "%(shown)s мақала", info.documents, shown=self._number(info.documents))
        when = formats.moment(info.indexed_at, self._settings.zone, self._locale)
        return gettext("Мұрағатта %(articles)s бар. Индекс жаңартылған уақыт: %(when)s.", articles=articles, when=when)

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

    def _number(self, value: int) -> str:
        return formats.number(value, self._locale)

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

    def _every_word(self, page: Page, query: Query) -> Link | None:
        if not 0 < page.total_all_words < page.total:
            return None
        text = strict(page.used, page.notes, self._settings.max_query_chars, own(self._settings.facets))
        if not text:
            return None
        label = gettext("барлық сөзі бар мақала: %(count)s", count=self._number(page.total_all_words))
        return Link(label, self._addresses.page(replace(query, text=text, page=1)))

    def _remarks(self, page: Page, near: Neighbours) -> Iterable[Remark]:
        """The notes; the way back stands after the last of those that it undoes, since it undoes them all."""
        last = max((place for place, note in enumerate(page.notes) if note.kind in CORRECTIONS), default=-1)
        for place, note in enumerate(page.notes):
            undo = Link(gettext("Дәл терілгендей іздеу"), near.changed(correct=Correct.OFF)) if place == last else None
            yield Remark(notes.sentence(note), undo)
        if page.duplicates_hidden:
            count = page.duplicates_hidden
            hidden = ngettext(
                "Мәтіні бірдей %(shown)s мақала жасырылды.",
                "Мәтіні бірдей %(shown)s мақала жасырылды.",
                count,
                shown=self._number(count),
            )
            yield Remark(hidden, Link(gettext("Бәрін көрсету"), near.changed(collapse=Collapse.NONE)))
        if page.timed_out:
            yield Remark(gettext("Іздеу берілген уақытта аяқталмады: табылғанның бір бөлігі ғана көрсетілді."))

    def _suggestions(self, page: Page, query: Query) -> Iterable[Link]:
        """Other readings of a query that found something, each with the hits it has."""
        for item in page.suggestions if page.total else ():
            asked = self._plain(item.query, query)
            yield Link(f"{item.text} ({self._number(item.total)})", self._addresses.page(asked))

    def _same(self, hit: Hit, near: Neighbours) -> Link | None:
        """The articles that are hidden behind a hit, and the search that shows them."""
        count = len(hit.duplicates)
        if not count:
            return None
        text = ngettext(
            "Дәл осы мәтін тағы %(shown)s мақалада бар",
            "Дәл осы мәтін тағы %(shown)s мақалада бар",
            count,
            shown=self._number(count),
        )
        return Link(text, near.changed(collapse=Collapse.NONE))

    def _way(self, text: str, query: Query, total: int) -> Link:
        return Link(f"{text}: {self._number(total)}", self._addresses.page(query))

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

    def _marked(self, title: Snippet) -> Markup:
        return html(title) if title.text.strip() else Markup("{}").format(gettext("(тақырыпсыз)"))

    def _date(self, article: Article) -> tuple[str, str]:
        if article.date is None:
            return "", ""
        return formats.day(article.date, self._locale), article.date.isoformat()

    @staticmethod
    def _about(article: Article) -> tuple[str, ...]:
        return tuple(
            text for text in (article.category.strip(), article.source.strip(), article.author.strip()) if text
        )

    def _sorts(self, query: Query, near: Neighbours) -> tuple[Link, ...]:
        current = query.sort or (Sort.RELEVANCE if query.text.strip() else Sort.NEWEST)
        orders = Sort if query.text.strip() else (Sort.NEWEST, Sort.OLDEST)
        return tuple(Link(labels.sort(order), near.changed(sort=order), order is current) for order in orders)

    def _forms(self, query: Query, near: Neighbours) -> tuple[Link, ...]:
        if not query.text.strip():
            return ()
        names = ((Match.SMART, gettext("барлық түрі")), (Match.EXACT, gettext("дәл осы түрі")))
        return tuple(Link(name, near.changed(match=match), match is query.match) for match, name in names)
