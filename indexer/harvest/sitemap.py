"""Sitemaps and indexes of sitemaps (sitemaps.org): which pages there are, and which of them have changed.

A sitemap whose lastmod in its index is as before is not read again. Listing takes at most half of the time, so that
pages come from the first run on, however many sitemaps there are.
"""

import json
import zlib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from io import BytesIO
from typing import Final, NamedTuple

from lxml import etree

from indexer.addresses import Hosts, normal
from indexer.sources import Sitemap

from .answers import Answer, Refused
from .http import Client, Unreachable
from .job import Job
from .pages import Pages
from .problems import OutOfTime, Problem
from .unpack import GZIP, TooLarge, unpacked

MOST_BYTES: Final = 60_000_000
"""Of a sitemap, unpacked; 50 MiB are allowed by sitemaps.org."""

MOST_SITEMAPS: Final = 20_000
_DEEPEST: Final = 3


class Entry(NamedTuple):
    """What a sitemap says of a page, or an index of a sitemap."""

    is_sitemap: bool
    address: str
    lastmod: str


class Unreadable(ValueError):
    """A sitemap that is no XML, or may not be read."""


def harvest(job: Job, source: Sitemap) -> None:
    """Bring the store up to date.

    Raises:
        Problem: the sitemap cannot be had, or the server is down.
    """
    hosts = Hosts(source.address, source.hosts)
    with Client(job.agent, hosts, source.delay_s, job.ends(0.5), job.manners) as client:
        pages = Pages(job, client, source.revisit_s)
        listing = _Listing(job, source, client, pages, hosts)
        try:
            listing.read(source.address, "", 1)
        except OutOfTime:
            client.ends = job.ends()
            pages.fetch()
            raise
        if listing.others:
            job.say(f"left out, at a host that is none of this input (see hosts): such as {min(listing.others)}")
        problem = listing.problem
        if listing.whole:
            try:
                pages.all_listed()
            except Problem as many:
                problem = problem or str(many)
        client.ends = job.ends()
        pages.fetch()
        if problem:
            raise Problem(problem)


class _Listing:
    def __init__(self, job: Job, source: Sitemap, client: Client, pages: Pages, hosts: Hosts) -> None:
        self._job, self._source, self._client, self._pages, self._hosts = job, source, client, pages, hosts
        self._read: set[str] = set()
        self.others: set[str] = set()
        self.problem = ""
        self.whole = True

    def read(self, address: str, lastmod: str, depth: int) -> None:
        """Read a sitemap, and those that it names.

        Raises:
            Problem: the first of all cannot be had.
        """
        if address in self._read:
            return
        if len(self._read) >= MOST_SITEMAPS:
            self.problem, self.whole = f"more than {MOST_SITEMAPS:,} sitemaps; the rest is not read", False
            return
        self._read.add(address)
        known = json.loads(self._job.store.mark(address) or "{}")
        if lastmod and lastmod == known.get("lastmod") and not self._job.full:
            self._pages.as_before(address)
            return
        try:
            answer = self._client.get(
                address, MOST_BYTES, etag=known.get("etag", ""), modified=known.get("modified", "")
            )
            is_index = answer.status != 304 and self._take(answer, address, depth)
        except OutOfTime:
            raise
        except (Refused, Unreachable, Unreadable) as error:
            problem = str(error) if address in str(error) else f"{address}: {error}"
            if depth == 1:
                raise Problem(problem) from None
            self._job.tally.failed += 1
            self.problem = self.problem or problem
            self._pages.unknown(address)
            return
        if answer.status == 304:
            self._pages.as_before(address)
        elif not is_index:
            known = {"etag": answer.headers.get("etag", ""), "modified": answer.headers.get("last-modified", "")}
        if not is_index:  # an index is always read: it is short, and others stand behind it
            self._job.store.set_mark(address, json.dumps({**known, "lastmod": lastmod}))
            self._job.store.commit()
        self._job.moved = True

    def _take(self, answer: Answer, address: str, depth: int) -> bool:
        """List what a sitemap names; whether it is an index."""
        if answer.status != 200:
            raise Unreadable(f"the server answered {answer.status}")
        deeper = []
        for entry in entries(answer.body):
            target = normal(entry.address, answer.address)
            if entry.is_sitemap:
                deeper.append((target, entry.lastmod))
            elif target not in self._hosts:
                self._elsewhere(entry.address)
            elif self._is_wanted(target):
                self._pages.listed(target, entry.lastmod, address)
        if deeper and depth >= _DEEPEST:
            raise Unreadable(f"an index of sitemaps inside {depth - 1} others")
        for target, lastmod in deeper:
            if target in self._hosts:
                self.read(target, lastmod, depth + 1)
            else:
                self._elsewhere(target)
        return bool(deeper)

    def _is_wanted(self, address: str) -> bool:
        match, skip = self._source.match, self._source.skip
        if match and not any(fnmatchcase(address, one) for one in match):
            return False
        return not any(fnmatchcase(address, one) for one in skip)

    def _elsewhere(self, address: str) -> None:
        if len(self.others) < 1000:
            self.others.add(address[:200])


def entries(data: bytes) -> Iterator[Entry]:
    """What a sitemap names, one after another; it may be packed.

    Raises:
        Unreadable: it is no XML, holds a DTD, or is too large unpacked. What came before is right.
    """
    try:
        data = unpacked(data, MOST_BYTES) if data.startswith(GZIP) else data
    except TooLarge:
        raise Unreadable(f"larger than {MOST_BYTES:,} bytes when it is unpacked") from None
    except zlib.error:
        raise Unreadable("the gzip file is cut short or damaged") from None
    data = data.lstrip()  # some sites begin with an empty line, which no parser forgives
    tags = ("{*}url", "{*}sitemap")
    try:
        reader = etree.iterparse(
            BytesIO(data), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        for _, element in reader:
            if element.getroottree().docinfo.doctype:
                raise Unreadable("it holds a DTD, which no sitemap needs")
            is_sitemap = etree.QName(element).localname == "sitemap"
            address = (element.findtext("{*}loc") or "").strip()
            if address:
                yield Entry(is_sitemap, address, (element.findtext("{*}lastmod") or "").strip()[:40])
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"no XML: {error.msg}") from None
