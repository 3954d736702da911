"""WordPress: a server that answers as its REST interface does, and posts that change while they are read."""

import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

import pytest

from indexer.harvest import Harvest
from indexer.harvest.wordpress import AT_ONCE
from tests.sites import Site

PATH = "/wp-json/wp/v2/posts?"


def post(number: int, modified: str, title: str = "") -> dict[str, object]:
    return {
        "id": number,
        "date": "2026-11-20T09:00:00",
        "date_gmt": "2026-11-20T04:00:00",
        "modified": modified,
        "link": f"https://gazet.example/{number}",
        "title": {"rendered": title or f"{number}-жаңалық &#8212; жаңа"},
        "content": {"rendered": f"<p>{number}-мақаланың мәтіні.</p>"},
        "_embedded": {
            "author": [{"name": "А. Серік"}],
            "wp:term": [[{"taxonomy": "category", "name": "Қоғам"}], [{"taxonomy": "post_tag", "name": "көпір"}]],
        },
    }


@dataclass(slots=True)
class Blog:
    """posts: by id. old: before 5.7, without `modified_after`. before: called ahead of each answer."""

    posts: dict[int, dict[str, object]] = field(default_factory=dict)
    old: bool = False
    answers: int = 0

    def add(self, number: int, modified: str, title: str = "") -> None:
        self.posts[number] = post(number, modified, title)

    def __call__(self, handler: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        self.answers += 1
        asked = {name: values[0] for name, values in parse_qs(urlsplit(handler.path).query).items()}
        assert (asked["orderby"], asked["order"], asked["_embed"]) == ("modified", "asc", "author,wp:term")
        after = "" if self.old else asked.get("modified_after", "")
        rows = sorted(self.posts.values(), key=lambda one: (one["modified"], one["id"]))
        rows = [one for one in rows if str(one["modified"]) > after]
        size, page = int(asked["per_page"]), int(asked["page"])
        pages = -(-len(rows) // size)
        if page > max(pages, 1):
            return 400, {}, b'{"code":"rest_post_invalid_page_number"}'
        found = rows[(page - 1) * size : page * size]
        return 200, {"Content-Type": "application/json", "X-WP-TotalPages": str(pages)}, json.dumps(found).encode()


@pytest.fixture
def blog(site: Site) -> Blog:
    found = Blog()
    site.answers[PATH] = found
    return found


def moment(number: int) -> str:
    return f"2026-11-{1 + number // 1440:02}T{number // 60 % 24:02}:{number % 60:02}:00"


def test_posts_become_records(site: Site, blog: Blog, fetched) -> None:
    blog.add(7, moment(1))
    one = fetched("wordpress", address=site.address())
    assert one.harvest() == Harvest(fetched=1)
    [record] = one.read()
    assert record.values == {
        "id": 7,
        "title": "7-жаңалық &#8212; жаңа",
        "body": "<p>7-мақаланың мәтіні.</p>",
        "url": "https://gazet.example/7",
        "published": "2026-11-20T04:00:00Z",
        "category": ["Қоғам"],
        "author": ["А. Серік"],
    }


def test_only_what_was_modified_is_read_again(site: Site, blog: Blog, fetched) -> None:
    for number in range(120):
        blog.add(number, moment(number))
    one = fetched("wordpress", address=site.address())
    assert one.harvest() == Harvest(fetched=120)
    asked = blog.answers
    assert one.harvest() == Harvest(unchanged=120)
    assert blog.answers == asked + 1
    blog.add(5, moment(500), "Түзетілді")
    blog.add(200, moment(501))
    assert one.harvest() == Harvest(fetched=2, unchanged=119)
    assert one.titles()["5"] == "Түзетілді"


def test_posts_of_one_moment_are_all_read(site: Site, blog: Blog, fetched) -> None:
    for number in range(3 * AT_ONCE):
        blog.add(number, moment(1))
    blog.add(1000, moment(2))
    one = fetched("wordpress", address=site.address())
    assert one.harvest() == Harvest(fetched=3 * AT_ONCE + 1)


def test_none_is_passed_over_when_posts_move_while_they_are_read(site: Site, fetched) -> None:
    blog = Blog()
    for number in range(3 * AT_ONCE):
        blog.add(number, moment(number))

    def moving(handler: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        answer = blog(handler)
        blog.add(blog.answers, moment(5000 + blog.answers))  # an early one moves behind all
        return answer

    site.answers[PATH] = moving
    one = fetched("wordpress", address=site.address())
    one.harvest()
    assert len(one.titles()) == 3 * AT_ONCE


def test_posts_that_are_gone_leave_with_a_full_reading(site: Site, blog: Blog, fetched) -> None:
    for number in range(60):
        blog.add(number, moment(number))
    one = fetched("wordpress", address=site.address())
    one.harvest()
    del blog.posts[3]
    assert one.harvest() == Harvest(unchanged=60)
    assert one.harvest(full=True) == Harvest(unchanged=59, gone=1)
    assert "3" not in one.titles()


def test_a_server_before_modified_after_is_read_page_by_page(site: Site, blog: Blog, fetched) -> None:
    blog.old = True
    for number in range(2 * AT_ONCE + 10):
        blog.add(number, moment(number))
    one = fetched("wordpress", address=site.address())
    assert one.harvest() == Harvest(fetched=2 * AT_ONCE + 10)
    blog.add(5, moment(500), "Түзетілді")
    assert one.harvest() == Harvest(fetched=1, unchanged=2 * AT_ONCE + 9)


def test_it_goes_on_where_it_was_stopped(site: Site, blog: Blog, fetched) -> None:
    for number in range(4 * AT_ONCE):
        blog.add(number, moment(number))
    one = fetched("wordpress", address=site.address())

    def twice(handler: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        return (503, {"Retry-After": "9999"}, b"") if blog.answers == 2 else blog(handler)

    site.answers[PATH] = twice
    first = one.harvest()
    assert "left alone" in first.problem
    assert 0 < first.fetched < 4 * AT_ONCE
    assert len(one.titles()) == first.fetched
    site.answers[PATH] = blog
    assert one.harvest().fetched == 4 * AT_ONCE - first.fetched
    del blog.posts[0]
    assert one.harvest().gone == 0  # the reading that was stopped was a full one, and is done


def test_a_reading_that_runs_out_of_time_is_no_problem_while_it_gets_on(site: Site, blog: Blog, fetched) -> None:
    for number in range(6 * AT_ONCE):
        blog.add(number, moment(number))
    one = fetched("wordpress", harvest_s=1, address=site.address(), delay_s=0.3)
    first = one.harvest()
    assert (first.problem, 0 < first.fetched < 6 * AT_ONCE) == ("", True)
    assert "the next run goes on" in one.warnings[0]
    again = one.harvest()
    assert again.fetched > 0
    assert first.fetched + again.fetched <= 6 * AT_ONCE


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b"<html>", b'[{"id": {"a": 1}, "modified": 5}]'])
def test_answers_that_no_wordpress_gives(site: Site, fetched, body: bytes) -> None:
    site.answers[PATH] = (200, {"Content-Type": "application/json"}, body)
    one = fetched("wordpress", address=site.address())
    done = one.harvest()
    assert "no list of posts" in done.problem or done.fetched == 1


def test_a_closed_interface_is_said(site: Site, fetched) -> None:
    site.answers[PATH] = (401, {}, b"")
    assert "REST interface" in fetched("wordpress", address=site.address("/")).harvest().problem
