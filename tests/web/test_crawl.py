from collections import deque
from urllib.parse import urlsplit

from page_client import PageClient

MOST_PAGES = 150


def test_every_link_leads_somewhere(pages: PageClient) -> None:
    """Breadth first from the home pages; of addresses with the same set of parameters only a few are followed."""
    waiting, seen, shapes = deque(["/kk/", "/ru/", "/en/"]), set[str](), dict[tuple[str, ...], int]()
    visited = 0
    while waiting and visited < MOST_PAGES:
        path = waiting.popleft()
        answer = pages.client.get(path)
        assert answer.status_code == 200, path
        answer.close()
        if answer.mimetype != "text/html":
            continue
        visited += 1
        for href in sorted(pages.get(path).hrefs() - seen):
            seen.add(href)
            parts = urlsplit(href)
            shape = (*parts.path.split("/")[1:3], *sorted({pair.partition("=")[0] for pair in parts.query.split("&")}))
            shapes[shape] = shapes.get(shape, 0) + 1
            if shapes[shape] <= 4:
                waiting.append(href)
    assert visited == MOST_PAGES
