"""Articles of the spool, analysed, in order: in this process when they are few, else in worker processes."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread

from search.engines.base import Document
from search.kazakh import Analyzer, Stemmer
from search.kazakh.lexicon import Lexicon
from search.model import Article

from .duplicates import cluster
from .errors import IndexerError
from .spool import Spool, articles

MANY = 3000
"""Articles from which on worker processes are worth their start."""

_CHUNK = 50
_AHEAD = 3
"""Chunks in work or waiting for each worker: enough to keep it busy, few enough to stay small in memory."""

Places = list[tuple[int, int]]


def default_workers(articles: int) -> int:
    """How many processes analyse so many articles: the building takes a processor of its own."""
    return 1 if articles < MANY else max(1, min(8, len(os.sched_getaffinity(0))))


def documents(spool: Spool, lexicon: Path, workers: int) -> Iterator[Document]:
    """The documents of all articles, newest first, analysed with this lexicon by so many processes."""
    places = [(entry.offset, entry.length) for entry in spool.newest_first()]
    if workers <= 1:
        analyse = Analysis(spool.path, lexicon)
        return chain.from_iterable(map(analyse, _chunks(places)))
    return _in_processes(spool.path, lexicon, places, workers)


class Analysis:
    """Reads and analyses a chunk of the spool."""

    def __init__(self, spool: Path, lexicon: Path) -> None:
        self._spool = spool
        self._analyzer = Analyzer(Stemmer(Lexicon.load(lexicon)))

    def __call__(self, places: Places) -> list[Document]:
        """The documents at these places."""
        return [self._document(article) for article in articles(self._spool, places)]

    def _document(self, article: Article) -> Document:
        title, body = (self._analyzer.terms(text, article.lang) for text in (article.title, article.body))
        return Document(article, title, body, cluster(body))


_analysis: list[Callable[[Places], list[Document]]] = []


def _start(spool: Path, lexicon: Path) -> None:
    """In a worker: a signal to the whole group is the parent's business, and the worker ends with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _analysis.append(Analysis(spool, lexicon))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(places: Places) -> list[Document]:
    return _analysis[0](places)


def _in_processes(spool: Path, lexicon: Path, places: Places, workers: int) -> Iterator[Document]:
    # Started anew rather than forked: a fork would hold the lock of the run as long as it lives.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_start, initargs=(spool, lexicon))
    waiting: deque[Future[list[Document]]] = deque()
    try:
        for chunk in _chunks(places):
            waiting.append(pool.submit(_work, chunk))
            if len(waiting) >= workers * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise IndexerError(
            "a process that analyses was ended, perhaps for lack of memory; the old index serves on."
            " Run again with --workers 1"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _chunks(places: Places) -> Iterator[Places]:
    return (places[start : start + _CHUNK] for start in range(0, len(places), _CHUNK))
