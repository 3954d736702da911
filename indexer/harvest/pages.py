"""Pages that a list names, such as a sitemap: which of them are due, and what comes of asking for each.

A page is due when it is new, when its stamp in the list has changed, when it was answered to be gone once, and now and
then where the list has no stamp. A page that is not listed, or answered to be gone, twice in a row, leaves.
"""

import time
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from indexer.page import MOST_BYTES, article, too_much

from .answers import Answer, Refused
from .http import Client, Unreachable
from .job import Job
from .problems import OutOfTime, Problem
from .store import encoded

_GONE: Final = (404, 410)
_TWICE: Final = 2
_MOST_FAILURES: Final = 5
"""So many pages in a row that a server does not give: it is down, and is left alone."""

_MOST_REFUSALS: Final = 20
"""So many pages in a row that a server forbids: it does not want us."""

_FORBIDDEN: Final = (401, 403)
_MANY: Final = 20
_MANY_OF: Final = 5
"""More than so many pages, and more than one in so many, that are missing at once look like an accident."""

_AT_ONCE: Final = 200
_KINDS: Final = ("", "text/html", "application/xhtml+xml", "application/xml", "text/xml")

_DUE: Final = """
FROM items WHERE tried < :round AND missing = 0 AND (:all OR fetched = 0 OR (wanted != '' AND wanted != stamp)
    OR lost = 1 OR ((wanted = '' OR problem != '') AND fetched < :before))
"""


class Pages:
    """The pages of one harvest. revisit_s: after how long a page without a stamp is asked for again."""

    def __init__(self, job: Job, client: Client, revisit_s: float) -> None:
        self._job, self._client, self._store = job, client, job.store
        self._round = job.store.next_round()
        self._due = {"round": self._round, "all": job.full, "before": int(time.time() - revisit_s)}
        self._failures = self._refusals = 0

    def listed(self, address: str, wanted: str, part: str = "", given: Mapping[str, Any] | None = None) -> None:
        """Note that a list (`part`) names a page with this stamp, and what it says of it."""
        self._store.write(
            "INSERT INTO items (key, wanted, part, given, seen) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
            " wanted = excluded.wanted, part = excluded.part, given = excluded.given, seen = excluded.seen,"
            " missing = 0",
            (address, wanted, part, encoded(given) if given else None, self._round),
        )
        if self._store.full():
            self._store.commit()

    def as_before(self, part: str) -> None:
        """Note that a list is as it was: what it did not name, it does not name now."""
        self._store.write(
            "UPDATE items SET seen = ? WHERE part = ? AND missing = 0 AND seen < ?", (self._round, part, self._round)
        )

    def unknown(self, part: str) -> None:
        """Note that a list could not be read: what it named may be there still."""
        self._store.write("UPDATE items SET seen = ? WHERE part = ? AND seen < ?", (self._round, part, self._round))

    def all_listed(self) -> None:
        """Every list was looked at: what none names is missing, and leaves the second time.

        Raises:
            Problem: too much is missing at once; nothing leaves. Where everything is looked at again, it is believed.
        """
        missing, stored = self._store.unseen(self._round), self._store.count()
        many = missing > _MANY and missing * _MANY_OF > stored
        if many and not self._job.full:
            said = f"{missing} of {stored} pages are no longer listed"
            raise Problem(f"{said}; they stay. If this is meant, run once with --full")
        self._store.write("UPDATE items SET missing = missing + 1 WHERE seen < ?", (self._round,))
        times = 1 if many else _TWICE
        gone = self._store.rows("SELECT count(*) FROM items WHERE missing >= ? AND record IS NOT NULL", (times,))
        self._store.write("DELETE FROM items WHERE missing >= ?", (times,))
        self._store.commit()
        self._job.tally.gone += gone[0][0]

    def fetch(self) -> None:
        """Ask for every page that is due, new ones first.

        Raises:
            OutOfTime: the time is over; the next harvest goes on.
            Problem: the server is down, or does not want us.
        """
        tally = self._job.tally
        try:
            while found := self._some():
                for key, etag, modified, given in found:
                    self._store.write("UPDATE items SET tried = ? WHERE key = ?", (self._round, key))
                    self._one(key, etag, modified, msgspec.json.decode(given) if given else {})
                    self._store.commit()
                    self._job.step()
        finally:
            tally.left = self._store.rows(f"SELECT count(*) {_DUE}", self._due)[0][0]
            same = "SELECT count(*) FROM items WHERE tried < ? AND record IS NOT NULL"
            tally.unchanged += self._store.rows(same, (self._round,))[0][0]

    def _some(self) -> list[tuple[Any, ...]]:
        # New ones, the newest first; then those that changed, in the same way; then those seen longest ago.
        order = "ORDER BY fetched > 0, wanted = stamp, CASE WHEN wanted != stamp THEN wanted END DESC, fetched, key"
        return self._store.rows(
            f"SELECT key, etag, modified, given {_DUE} {order} LIMIT {_AT_ONCE}",
            self._due,
        )

    def _one(self, key: str, etag: str, modified: str, given: dict[str, Any]) -> None:
        try:
            answer = self._client.get(key, MOST_BYTES, etag=etag, modified=modified)
        except Refused as refused:
            self._reject(key, str(refused), given)
            return
        except OutOfTime:
            self._store.write("UPDATE items SET tried = 0 WHERE key = ?", (key,))
            raise
        except Unreachable as problem:
            self._job.tally.failed += 1
            self._failures += 1
            if self._failures >= _MOST_FAILURES:
                raise Problem(f"{problem}; so were the {_MOST_FAILURES - 1} pages before it") from None
            return
        self._failures, self._job.moved = 0, True
        if answer.status == 304:
            self._is_fetched(key, "lost = 0, problem = ''")
            self._job.tally.unchanged += 1
        elif answer.status in _GONE or _is_home(answer.address, key):
            self._lost(key)
        elif answer.status != 200:
            self._reject(key, f"the server answered {answer.status}", given)
            self._forbidden(answer)
        elif answer.kind not in _KINDS:
            self._reject(key, f"no page but {answer.kind}; leave it out by skip", given)
        elif reason := too_much(answer.body):
            self._reject(key, reason, given)
        else:
            self._take(key, answer, given)

    def _forbidden(self, answer: Answer) -> None:
        self._refusals += answer.status in _FORBIDDEN
        if self._refusals >= _MOST_REFUSALS:
            self._store.commit()
            raise Problem(f"{answer.address}: the server answered {answer.status}, to {_MOST_REFUSALS} pages in a row")

    def _take(self, key: str, answer: Answer, given: dict[str, Any]) -> None:
        self._refusals = 0
        try:
            found = article(answer.body, answer.address, answer.charset)
        except Exception as error:  # whatever a hostile page does to a parser, it costs this page only
            self._reject(key, f"the page cannot be read: {type(error).__name__}: {error}", given)
            return
        said = {name: value for name, value in given.items() if value and (name != "body" or not found.get("body"))}
        record = {"url": answer.address, **found, **said, "id": key}
        changed = self._store.put(key, record, self._round)
        headers = (answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))
        self._store.write("UPDATE items SET etag = ?, modified = ? WHERE key = ?", (*headers, key))
        self._is_fetched(key, "lost = 0")
        if changed:
            self._job.tally.fetched += 1
        else:
            self._job.tally.unchanged += 1

    def _reject(self, key: str, reason: str, given: dict[str, Any]) -> None:
        """Keep the reason; what was fetched before, or the list says itself, stands in for the page."""
        self._job.tally.failed += 1
        if given.get("body") and not self._has_record(key):
            self._store.put(key, {**given, "id": key}, self._round)
        self._is_fetched(key, "problem = ?", reason)

    def _lost(self, key: str) -> None:
        had = self._has_record(key)
        self._is_fetched(key, "lost = lost + 1")
        left = self._store.write(
            "UPDATE items SET record = NULL, problem = '', etag = '', modified = '' WHERE key = ? AND lost >= ?",
            (key, _TWICE),
        )
        self._job.tally.gone += 1 if had and left else 0
        self._job.tally.failed += 0 if had else 1

    def _is_fetched(self, key: str, what: str, *values: object) -> None:
        self._store.write(
            f"UPDATE items SET fetched = ?, stamp = wanted, {what} WHERE key = ?",  # noqa: S608  # words of this file
            (int(time.time()), *values, key),
        )

    def _has_record(self, key: str) -> bool:
        return bool(self._store.rows("SELECT 1 FROM items WHERE key = ? AND record IS NOT NULL", (key,)))


def _is_home(address: str, key: str) -> bool:
    """Whether a page was answered by the front page, as some sites do for what is no longer there."""
    return address != key and urlsplit(address).path == "/" and urlsplit(key).path != "/"
