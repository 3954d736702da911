"""What browsers, proxies and this worker may keep of an answer, and when it need not be made again."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from flask import Response, abort, current_app, g, request
from werkzeug.wrappers import Response as AnyResponse

from search.errors import EngineError
from search.model import IndexInfo, Stale
from search.querylog import Asked, QueryLog
from search.service import SearchService
from search.settings import Settings

from . import hosts, locale
from .kept import KeptAnswer, KeptAnswers

_CONDITIONS: Final = frozenset(("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_RANGE"))
"""Headers of a request that may have another answer than the whole one."""

State = tuple[str, bool, str, Stale | None]


@dataclass(frozen=True, slots=True)
class Made:
    """An answer as it was made.

    index: the generation that it came from. keep: False for an answer that another try may better.
    asked: what the query log is to say of it.
    """

    response: Response
    index: IndexInfo
    keep: bool = True
    asked: Asked | None = None


class Caching:
    """Gives answers: by its tag where the client has it already, from memory, or made anew."""

    def __init__(self, settings: Settings, service: SearchService, log: QueryLog) -> None:
        self._settings, self._service, self._log = settings, service, log
        self.kept = KeptAnswers(settings.cache_mb * 1_000_000)

    def answered(self, what: Iterable[str], make: Callable[[], Made | AnyResponse]) -> AnyResponse:
        """The answer to `what`; `make` makes it. What is not `Made`, such as a redirect, is passed on as it is.

        what: everything that the answer depends on besides the generation, language, host and settings, written in one
            way only. Nothing is searched for an answer that the client has, or that is in memory.
        """
        what = tuple(what)
        current = self._current()
        if current:
            key, tags = self._key(_state(current), what), request.if_none_match
            if tags and tags.contains_weak(_tag(key)) and not tags.star_tag:
                return _labelled(Response(status=304), key, self._settings)
            if kept := self.kept.get(key):
                g.from_memory = True
                self._tell(kept.asked, current, cached=True)
                return _labelled(Response(kept.body, headers=list(kept.headers)), key, self._settings)
        made = make()
        if not isinstance(made, Made):
            return made
        self._tell(made.asked, made.index)
        if not made.keep:
            return unkept(made.response)
        # What the site says besides is read before the answer is made: what changes meanwhile has a key of its own.
        state = (*_state(made.index)[:2], (current or made.index).curation, made.index.stale)
        if not current or state != _state(current):
            key = self._key(state, what)
        # An answer of several searches is of one generation only if that is still served.
        if self.kept.most_bytes and (current := self._current()) and state == _state(current):
            headers = tuple(made.response.headers.items())
            self.kept.put(key, KeptAnswer(made.response.get_data(), headers, made.asked))
        return _labelled(made.response, key, self._settings)

    def _tell(self, asked: Asked | None, index: IndexInfo, *, cached: bool = False) -> None:
        """A search for the log, and for the metrics of this request."""
        if asked:
            self._log.write(asked, cached=cached)
            g.asked, g.degraded = asked, bool(index.degraded)

    def _current(self) -> IndexInfo | None:
        try:
            return self._service.info()
        except EngineError:  # whoever makes the answer finds out whether that matters
            return None

    def _key(self, state: State, what: tuple[str, ...]) -> str:
        return repr((_face(), state, locale.current(self._settings), hosts.root(self._settings), what))


def _state(info: IndexInfo) -> State:
    """What an answer depends on of an index."""
    return info.generation, bool(info.degraded), info.curation, info.stale


def cached(response: Response, parts: Iterable[str], settings: Settings, *, keep: bool = True) -> Response:
    """An answer that this worker does not keep, because it is a stream or made at once, with a tag of its parts.

    keep: False for an answer that another try may better.
    """
    if not keep:
        return unkept(response)
    return _labelled(response, repr((_face(), *parts, locale.current(settings))), settings)


def _labelled(response: Response, key: str, settings: Settings) -> Response:
    response.set_etag(_tag(key), weak=True)
    response.headers["Vary"] = "Accept-Language"
    response.headers["Cache-Control"] = f"public, max-age={settings.page_cache_s}, stale-while-revalidate=300"
    if not _CONDITIONS.isdisjoint(request.environ):
        response.make_conditional(request)
        response.headers.pop("Date", None)  # the server gives one
        if response.status_code == 412:
            response.close()
            abort(412)
    return response


def unkept(response: Response) -> Response:
    """The answer with a word that nobody may keep it."""
    response.headers["Vary"] = "Accept-Language"
    response.headers["Cache-Control"] = "no-store"
    return response


def _face() -> str:
    return str(current_app.extensions["izde.face"])


def _tag(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=12).hexdigest()
