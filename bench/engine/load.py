"""A load generator: threads that ask one path after another, each over a connection of its own."""

import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from threading import Thread


@dataclass(frozen=True, slots=True)
class Load:
    """What a stretch of load gave. times: milliseconds of each request; failed: those without an answer of 200."""

    seconds: float
    times: tuple[float, ...]
    failed: int


def load(port: int, paths: Sequence[str], clients: int, seconds: float, first: int = 0) -> Load:
    """So many clients ask these paths in turn, from the path with the number `first` on, for so long."""
    numbers, times, failures = count(first), list[float](), list[bytes]()
    requests = [f"GET {path} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n".encode("ascii") for path in paths]
    began = time.perf_counter()

    def client() -> None:
        while time.perf_counter() < began + seconds:
            start = time.perf_counter()
            status = _status(port, requests[next(numbers) % len(requests)])
            times.append((time.perf_counter() - start) * 1000)
            if b" 200 " not in status:
                failures.append(status)

    threads = [Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(time.perf_counter() - began, tuple(times), len(failures))


def _status(port: int, request: bytes) -> bytes:
    """The first line of an answer, which is read to its end; empty if there is none."""
    try:
        return _answered(port, request)
    except OSError:
        time.sleep(0.01)  # so that a server that is down is not asked as fast as can be
        return b""


def _answered(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        connection.sendall(request)
        first = part = connection.recv(1 << 18)
        while part:
            part = connection.recv(1 << 18)
    return first.partition(b"\r\n")[0]
