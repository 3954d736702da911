"""Random requests: neither face ever fails, every answer is what its description promises, and none takes long.

The seed is printed when a test fails; `SEED=` repeats it. `SCALE=` multiplies the number of requests: 200 is a million.
"""

import os
import time

import pytest
from page_client import parsed
from request_maker import Maker

SEED = int(os.environ.get("SEED", "20261123"))
REQUESTS = 1000 * int(os.environ.get("SCALE", "1"))
LONGEST_S = 1.2
"""Of processor time: the machine may be busy with other tests. The limit on the clock is the deadline's business."""


@pytest.mark.parametrize("part", range(4))
def test_no_request_makes_the_api_fail(api, part):
    seed = SEED + part
    print(f"SEED={seed}")  # noqa: T201 - pytest shows it when the test fails
    maker = Maker(seed)
    seen: dict[int, int] = {}
    for _ in range(REQUESTS):
        method = maker.random.choices(["GET", "HEAD", "POST", "IZDE"], [30, 1, 1, 1])[0]
        path, query, headers = maker.path(), maker.query(), maker.headers()
        given = (
            query if maker.random.random() < 0.9 else query.encode("utf-8") + bytes([maker.random.randrange(1, 256)])
        )
        began = time.thread_time()
        response = api.get(path, given, method, headers=headers)
        took = time.thread_time() - began
        assert took <= LONGEST_S, (took, method, path, given)
        status = response.status_code
        assert status in (200, 304, 400, 404, 405), (seed, status, method, path, given, headers, response.data)
        seen[status] = seen.get(status, 0) + 1
    assert min(seen.get(status, 0) for status in (200, 400, 404, 405)) > REQUESTS / 100, seen


@pytest.mark.parametrize("part", range(2))
def test_no_request_makes_a_page_fail(pages, part):
    seed = SEED + 100 + part
    print(f"SEED={seed}")  # noqa: T201 - pytest shows it when the test fails
    maker = Maker(seed)
    seen: dict[int, int] = {}
    for _ in range(REQUESTS // 2):
        method = maker.random.choices(["GET", "HEAD", "POST", "IZDE"], [30, 1, 1, 1])[0]
        path, query, headers = maker.page(), maker.query(), maker.headers()
        began = time.thread_time()
        response = pages.client.open(path, method=method, query_string=query, headers=headers)
        took = time.thread_time() - began
        assert took <= LONGEST_S, (took, method, path, query)
        status = response.status_code
        assert status in (200, 302, 304, 308, 400, 404, 405), (seed, status, method, path, query, headers)
        seen[status] = seen.get(status, 0) + 1
        if response.mimetype == "text/html" and response.data and status not in (302, 308):
            parsed(response.text)
        response.close()
    assert min(seen.get(status, 0) for status in (200, 302, 400, 404, 405)) > 0, seen
