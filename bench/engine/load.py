"""A load generator: threads that ask one path after another, each over a connection of its own.

It shares the processors with the servers, so a request must cost it little: about a tenth of what the servers need.
"""

import socket
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from threading import Thread

_PATIENCE = struct.pack("ll", 30, 0)
"""Seconds and microseconds that a server may take; the system watches over it, at no cost for each read."""


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
        buffer = bytearray(1 << 16)
        while time.perf_counter() < began + seconds:
            start = time.perf_counter()
            answer = status(port, requests[next(numbers) % len(requests)], buffer)
            times.append((time.perf_counter() - start) * 1000)
            if b" 200 " not in answer:
                failures.append(answer)

    threads = [Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(time.perf_counter() - began, tuple(times), len(failures))


def status(port: int, request: bytes, buffer: bytearray) -> bytes:
    """Ask the port on this machine; the first line of the answer, which is read to its end; empty if there is none."""
    try:
        return _answered(port, request, buffer)
    except OSError:
        time.sleep(0.01)  # so that a server that is down is not asked as fast as can be
        return b""


def _answered(port: int, request: bytes, buffer: bytearray) -> bytes:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _PATIENCE)
        connection.connect(("127.0.0.1", port))
        connection.sendall(request)
        got = connection.recv_into(buffer)
        first = bytes(buffer[: min(got, 100)])
        while got:
            got = connection.recv_into(buffer)
    return first.partition(b"\r\n")[0]
