"""The pages: home, results, an article, each in every language of the site."""

from dataclasses import replace

from flask import Blueprint, redirect, request
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as AnyResponse

from search.errors import BadParameter, OutsideWindow
from search.facets import DEFAULT_FACETS, table
from search.model import Article, Interval, Page, Query
from search.querylog import Asked
from search.settings import Settings

from . import bars, explain, locale, meta, panels, params
from .api import Room
from .caching import Made
from .frame import asked_box, fingerprint, render
from .links import fresh, query_string
from .lost import counting
from .paging import Link
from .present import MOST_COPIES as SHOWN_COPIES
from .present import Presenter
from .reading import reading
from .translate import gettext

NEWEST = 12
SIMILAR = 4
SIMILAR_MS = 200
"""Time for what stands below an article; the article itself does not wait for more."""

MOST_COPIES = 20
"""Of the articles that say the same as one: those that its page names."""

STATIC_AGE_S = 30 * 86_400
"""Every address of a static file in a page carries the version of the face."""

EXAMPLES = ("форумға", "мұғалім жалақысы", '"жаңа мектеп"', "тасқын", "futbol")
MOST_EXAMPLES = 3


def blueprint(settings: Settings) -> Blueprint:
    """`/` and the pages under `/LANGUAGE/`."""
    pages = Blueprint("pages", __name__)
    codes = ",".join(f'"{code}"' for code in settings.language_list)
    language = f"/<any({codes}):language>"
    pages.add_url_rule("/", "root", _root)
    pages.add_url_rule(f"{language}/", "home", _home)
    pages.add_url_rule(f"{language}/search", "search", _search)
    pages.add_url_rule(f"{language}/article/<path:article_id>", "article", _article)
    pages.record_once(lambda state: _install(state, settings))
    return pages


def _install(state: BlueprintSetupState, settings: Settings) -> None:
    app = state.app
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = STATIC_AGE_S
    app.extensions["izde.face"] = fingerprint(settings)


def _root() -> AnyResponse:
    response = redirect(f"/{locale.accepted(Room.current().settings)}/", 302)
    response.headers["Vary"] = "Accept-Language"
    return response


def _home(language: str) -> AnyResponse:
    room = Room.current()

    def made() -> Made:
        present = Presenter(language, room.settings)
        newest = room.service.search(Query(per_page=NEWEST, facets=(), snippets=0))
        lead = gettext("Жаңалықтар мұрағатынан қазақша іздеу")
        response = render(
            "home.html",
            days=present.by_day(newest.hits),
            examples=[Link(text, present.search(fresh(room.settings, text))) for text in _examples(room)],
            archive=present.archive(newest.index),
            meta=meta.home(room.addresses(), room.root, room.site, room.settings, lead),
        )
        return Made(response, newest.index, _is_whole(newest))

    # The box of the page holds the text that was asked for.
    box = asked_box(room.settings)
    return room.caching.answered((request.path, box), made)


def _examples(room: Room) -> list[str]:
    """The first examples that find anything in this archive."""
    found: list[str] = []
    for text in EXAMPLES:
        if len(found) < MOST_EXAMPLES and room.service.search(counting(text)).total:
            found.append(text)
    return found


def _search(language: str) -> AnyResponse:
    room = Room.current()
    given = params.pairs(request.query_string)
    asked = params.read(given, room.settings, strict=False)
    return room.caching.answered(_what(asked, room), lambda: _results(language, given, asked, room))


def _results(language: str, given: params.Pairs, asked: params.Asked, room: Room) -> Made | AnyResponse:
    query, problems = _plain(asked.query), asked.problems
    try:
        page = room.service.search(_shown(query, room))
    except OutsideWindow as error:
        query, problems = replace(query, page=1), (*problems, BadParameter("page", str(error), code=error.code))
        page = room.service.search(_shown(query, room))
    present = Presenter(language, room.settings)
    if query.page > max(1, page.pages):
        return redirect(present.search(replace(query, page=1)), 302)
    why = explain.explained(problems, given, room.settings)
    results = present.results(page, query, _copies(page, room))
    response = render(
        "search.html",
        query=query,
        results=results,
        meta=meta.results(room.addresses(), room.root, query, results.title),
        problems=why.others,
        dates=present.dates(query, why.fields),
        ways_out=list(present.ways_out(page, query)) if not page.total else [],
    )
    return Made(response, page.index, _is_whole(page), Asked.of(page, "html", language))


def _article(language: str, article_id: str) -> AnyResponse:
    room = Room.current()
    asked = params.read(params.pairs(request.query_string), room.settings, strict=False)
    query = _plain(asked.query)
    if len(query.text) > room.settings.max_query_chars:
        query = replace(query, text="")

    def made() -> Made:
        view = room.service.article(article_id, query)
        present = Presenter(language, room.settings)
        similar = room.service.similar(article_id, SIMILAR, SIMILAR_MS)
        copies = room.service.titles(view.duplicates[:MOST_COPIES]).values()
        shown = reading(view, query, copies, similar.hits, present, room.root)
        about = meta.article(view, room.addresses(), room.root, room.site, room.settings, shown.heading)
        response = render("article.html", query=query, article=shown, meta=about)
        return Made(response, view.index, keep=not similar.timed_out)

    return room.caching.answered((request.path, query_string(query, room.settings)), made)


def _copies(page: Page, room: Room) -> dict[str, Article]:
    """What is hidden behind the hits, as much of it as is named."""
    return room.service.titles([one for hit in page.hits for one in hit.duplicates[:SHOWN_COPIES]])


def _what(asked: params.Asked, room: Room) -> tuple[str, ...]:
    """What a page of hits depends on; where something was wrong, the page shows it as it was given."""
    if asked.problems:
        return request.path, request.query_string.decode("latin-1")
    return request.path, query_string(_plain(asked.query), room.settings)


def _plain(query: Query) -> Query:
    """The query without what only the API can choose: it would make the links longer and change nothing."""
    return replace(query, facets=DEFAULT_FACETS, histogram=Interval.NONE, explain=False)


def _shown(query: Query, room: Room) -> Query:
    """The query with the counts that the page shows."""
    return replace(query, facets=panels.shown(table(room.settings.facets)), histogram=bars.interval(query))


def _is_whole(page: Page) -> bool:
    """Whether there was time for everything."""
    return not page.timed_out and not page.truncated
