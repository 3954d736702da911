"""The ways from one page of hits to the others, and to pages of another size."""

from dataclasses import dataclass

from search.model import Page, Query
from search.settings import Settings

from . import formats
from .links import Neighbours
from .translate import gettext

MOST_PAGE_LINKS = 7
PER_PAGE = (10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Link:
    """A link, or where `href` is empty or `current` set, the place where the reader is."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Paging:
    """Links to pages; `gap` in `numbers` is a Link without text."""

    previous: str
    next: str
    numbers: tuple[Link, ...]
    end: str


def paging(page: Page, query: Query, last: int, settings: Settings, locale: str, near: Neighbours) -> Paging | None:
    """The links to other pages, if there are any; `last` is the last page that may be asked for."""
    if page.pages < 2:
        return None

    def at(number: int) -> str:
        return near.changed(page=number)

    window = formats.number(settings.window, locale)
    end = gettext("Алғашқы %(window)s нәтижені ғана парақтауға болады.", window=window)
    return Paging(
        at(query.page - 1) if query.page > 1 else "",
        at(query.page + 1) if query.page < last else "",
        tuple(Link(str(n) if n else "", at(n) if n else "", n == query.page) for n in page_numbers(query.page, last)),
        end if query.page == last < page.pages else "",
    )


def sizes(page: Page, query: Query, settings: Settings, near: Neighbours) -> tuple[Link, ...]:
    """The sizes a page may have, where there are hits enough for a choice."""
    if page.total <= min(PER_PAGE):
        return ()
    return tuple(
        Link(str(size), near.changed(per_page=size), size == query.per_page)
        for size in sorted({*PER_PAGE, settings.per_page, query.per_page})
        if size <= settings.max_per_page
    )


def page_numbers(current: int, last: int) -> list[int]:
    """The pages to link to: the first, the last and those around the current one; 0 stands for a gap.

    >>> page_numbers(6, 20)
    [1, 0, 5, 6, 7, 0, 20]
    """
    if last <= MOST_PAGE_LINKS:
        return list(range(1, last + 1))
    shown = sorted({1, last, *range(max(1, current - 1), min(last, current + 1) + 1)})
    out = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before == 2:
            out.append(number - 1)
        elif number - before > 2:
            out.append(0)
        out.append(number)
    return out
