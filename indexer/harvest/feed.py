"""Feeds, RSS and Atom: their items, or the pages that these lead to. What a feed no longer names stays in the store."""

import time
from io import BytesIO
from typing import Any, Final

import feedparser

from indexer.addresses import Hosts, normal
from indexer.sources import Feed

from .answers import Answer, Refused
from .http import Client
from .job import Job
from .pages import Pages
from .problems import Problem
from .store import digest

MOST_BYTES: Final = 10_000_000
MOST_ITEMS: Final = 10_000


def harvest(job: Job, source: Feed) -> None:
    """Take in what is new in the feed.

    Raises:
        Problem: the feed cannot be had, or is none.
    """
    hosts = Hosts(source.address, source.hosts)
    with Client(job.agent, hosts, source.delay_s, job.ends(), job.manners) as client:
        pages = Pages(job, client, source.revisit_s) if source.pages else None
        answer = _asked(job, client, source.address)
        if answer.status == 200:
            _take(job, _items(answer), pages, hosts)
            job.store.set_mark("etag", answer.headers.get("etag", ""))
            job.store.set_mark("modified", answer.headers.get("last-modified", ""))
            job.store.commit()
        elif pages is None:
            job.tally.unchanged += job.store.count()
        if pages is not None:
            pages.fetch()


def _asked(job: Job, client: Client, address: str) -> Answer:
    known = ("", "") if job.full else (job.store.mark("etag"), job.store.mark("modified"))
    try:
        answer = client.get(address, MOST_BYTES, etag=known[0], modified=known[1])
    except Refused as refused:
        raise Problem(f"{address}: {refused}") from None
    if answer.status not in (200, 304):
        raise Problem(f"{address}: the server answered {answer.status}")
    return answer


def _items(answer: Answer) -> list[dict[str, str]]:
    """The items as article fields."""
    if b"<!ENTITY" in answer.body.replace(b"\0", b""):  # in UTF-16, too
        raise Problem(f"{answer.address}: no feed: it declares entities, which no feed needs")
    headers = {"content-type": answer.headers.get("content-type", ""), "content-location": answer.address}
    try:
        # Bytes are wrapped: given as they are, they might be taken for the name of a file.
        found = feedparser.parse(
            BytesIO(answer.body), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except Exception as error:  # of a feed that is damaged enough, anything
        raise Problem(f"{answer.address}: no feed: {error}") from None
    if not found.get("version") and not found.entries:
        raise Problem(f"{answer.address}: no feed: {found.get('bozo_exception', 'no RSS and no Atom')}")
    lang = found.feed.get("language", "")
    return [_item(entry, answer.address, lang) for entry in found.entries[:MOST_ITEMS]]


def _item(entry: Any, base: str, lang: object) -> dict[str, str]:
    bodies = [_text(content, "value") for content in entry.get("content", ())]
    link = normal(_text(entry, "link"), base)
    return {
        "id": _text(entry, "id") or link,
        "title": _text(entry, "title"),
        "body": max([*bodies, ""], key=len) or _text(entry, "summary"),
        "url": link,
        "published": _moment(entry, "published") or _moment(entry, "updated"),
        "category": next(filter(None, (_text(tag, "term") for tag in entry.get("tags", ()))), ""),
        "author": ", ".join(filter(None, (_text(author, "name") for author in entry.get("authors", ())))),
        "lang": lang if isinstance(lang, str) else "",
        "updated": _moment(entry, "updated"),
    }


def _text(entry: Any, name: str) -> str:
    """A text of an item; empty where there is none."""
    # As a plain dict: feedparser gives one date for the other where it is missing, with a warning.
    value = dict.get(entry, name)
    return value if isinstance(value, str) else ""


def _moment(entry: Any, name: str) -> str:
    """A date of an item, with its zone; as the feed writes it where feedparser does not know the form."""
    parsed = dict.get(entry, f"{name}_parsed")
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", parsed) if parsed else _text(entry, name)


def _take(job: Job, items: list[dict[str, str]], pages: Pages | None, hosts: Hosts) -> None:
    """Store the items, or note their pages. An item without guid and link has no id, and is told when it is read."""
    number = 0 if pages else job.store.next_round()
    for item in reversed(items):  # the newest are first in a feed; of two with one id the newest is to stay
        updated = item.pop("updated")
        if pages is None:
            job.took(job.store.put(item["id"] or f"item {digest(repr(item))}", item, number))
        elif item["url"] and item["url"] in hosts:
            pages.listed(item["url"], updated or item["published"] or digest(repr(item)), given=item)
        else:
            job.tally.failed += 1
            job.say(f"an item leads to a host that is none of this input (see hosts): {item['url'] or item['title']}")
        if job.store.full():
            job.store.commit()
    job.tally.unchanged += 0 if pages else job.store.unseen(number)
