"""Measures what the memory for answers saves: `python -m bench.caching INDEX [--rounds N]`.

For a few queries on both faces, the median time of a whole request in this process: made anew, given from memory, and
told to the client that has it already (304). The times are of the application without a server around it.
"""

import argparse
import statistics
import time
from pathlib import Path

from flask.testing import FlaskClient

from search.settings import Settings
from web import create_app

QUERIES = ("форумға", "мұғалім жалақысы", '"жаңа мектеп"', "тасқын", "futbol", "")


def timed(client: FlaskClient, address: str, rounds: int, **headers: str) -> float:
    """The median time of a request, in milliseconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def main() -> None:
    """Print a row for each query and face."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--rounds", type=int, default=50)
    given = parser.parse_args()
    anew = create_app(Settings(index=given.index, cache_mb=0)).test_client()
    kept = create_app(Settings(index=given.index)).test_client()
    print(f"{'address':44} {'anew':>8} {'memory':>8} {'304':>8}   ms")
    for path in ("/api/v1/search", "/kk/search"):
        for query in QUERIES:
            address = f"{path}?q={query}"
            anew.get(address)
            tag = kept.get(address).headers["ETag"]
            rows = (
                timed(anew, address, given.rounds),
                timed(kept, address, given.rounds),
                timed(kept, address, given.rounds, If_None_Match=tag),
            )
            print(f"{address:44} " + " ".join(f"{row:8.2f}" for row in rows))


if __name__ == "__main__":
    main()
