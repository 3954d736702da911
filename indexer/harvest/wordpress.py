"""WordPress sites by their REST interface: posts in the order in which they were modified, after the last one we have.

A post that is modified while pages of answers are read moves behind the others, so pages are not counted on: each
question asks for what was modified after the last post of the answer before it.
"""

from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from indexer.addresses import Hosts, host_of, normal
from indexer.sources import Wordpress

from .answers import Answer, Refused
from .http import Client
from .job import Job
from .passes import Pass
from .problems import Problem

MOST_BYTES: Final = 30_000_000
AT_ONCE: Final = 50
_INTERFACE: Final = "/wp-json/wp/v2/posts"
_MOMENT: Final = "%Y-%m-%dT%H:%M:%S"


def harvest(job: Job, source: Wordpress) -> None:
    """Take in posts that are new or modified; now and then look at all, so that those that are gone leave.

    Raises:
        Problem: the site does not answer as WordPress does.
    """
    base = source.address.partition("?")[0].rstrip("/")
    address = base if "/wp-json/" in base else base + _INTERFACE
    with Client(job.agent, Hosts(source.address, source.hosts), source.delay_s, job.ends(), job.manners) as client:
        current = Pass(job, source.full_every_s)
        cursor, number, knows = current.cursor, 1, True
        while True:
            posts, pages = _asked(client, _question(address, cursor if knows else "", number), number)
            # Before WordPress 5.7 a server knows no modified_after and gives all posts: page by page, then.
            knows = knows and not (cursor and posts and _modified(posts[0]) < cursor)
            for post in posts:
                current.take(str(post.get("id") or ""), _record(post))
            latest = max(map(_modified, posts), default="")
            if not posts or number >= (pages or number + (len(posts) == AT_ONCE)):
                break
            if knows and latest > cursor:
                cursor, number = latest, 1
                current.reached(cursor)
            else:
                number += 1
            job.check_time()
        current.reached(max(cursor, latest))
        current.finish()


def _question(address: str, cursor: str, number: int) -> str:
    after = f"&modified_after={_before(cursor)}" if cursor else ""
    order = f"?per_page={AT_ONCE}&page={number}&orderby=modified&order=asc{after}"
    return normal(f"{address}{order}&_embed=author,wp:term")


def _before(moment: str) -> str:
    """A moment less a second: `modified_after` leaves out the moment itself."""
    return (datetime.fromisoformat(moment) - timedelta(seconds=1)).strftime(_MOMENT)


def _modified(post: dict[str, Any]) -> str:
    """When a post was modified, in the time of the site, as WordPress compares it; empty if it does not say."""
    moment = post.get("modified")
    try:
        return datetime.fromisoformat(moment).strftime(_MOMENT) if isinstance(moment, str) else ""
    except ValueError:
        return ""


def _asked(client: Client, address: str, number: int) -> tuple[list[dict[str, Any]], int]:
    """The posts of an answer, and how many pages there are for the question; 0 if that is not said."""
    try:
        answer = client.get(address, MOST_BYTES)
    except Refused as refused:
        raise Problem(f"{host_of(address)}: {refused}") from None
    if answer.status == 400 and number > 1:  # what would have stood there was removed meanwhile
        return [], 0
    if answer.status != 200:
        raise Problem(f"{address}: the server answered {answer.status}; is the REST interface of WordPress open?")
    return _posts(answer), _number(answer.headers.get("x-wp-totalpages", ""))


def _posts(answer: Answer) -> list[dict[str, Any]]:
    try:
        # A byte that is no text in one post must not hide the others.
        return msgspec.json.decode(answer.body.decode("utf-8", "replace"), type=list[dict[str, Any]])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise Problem(f"{answer.address}: no list of posts: {error}") from None


def _number(text: str) -> int:
    return int(text[:9]) if text[:9].isdecimal() else 0


def _record(post: dict[str, Any]) -> dict[str, Any]:
    """The fields of an article; titles are HTML in WordPress, like texts."""
    embedded = post.get("_embedded")
    embedded = embedded if isinstance(embedded, dict) else {}
    authors, groups = (_list(embedded.get(name)) for name in ("author", "wp:term"))
    terms = [term for group in groups for term in _list(group) if isinstance(term, dict)]
    categories = [term.get("name") for term in terms if term.get("taxonomy") == "category"]
    moment = post.get("date_gmt")
    return {
        "id": post.get("id"),
        "title": _rendered(post.get("title")),
        "body": _rendered(post.get("content")) or _rendered(post.get("excerpt")),
        "url": post.get("link"),
        "published": f"{moment}Z" if isinstance(moment, str) and moment else post.get("date"),
        "category": [name for name in categories if isinstance(name, str)],
        "author": [one["name"] for one in authors if isinstance(one, dict) and isinstance(one.get("name"), str)],
    }


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _rendered(value: object) -> Any:
    return value.get("rendered") if isinstance(value, dict) else value
