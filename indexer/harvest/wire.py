"""Connections that a clock can cut: whatever a server does, a request ends in the time it was given."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_POOLS: Final = 8


class Wire:
    """A pool of connections with a clock for the request that is under way.

    A timeout of a socket is for one read, and a server that sends a byte now and then never meets it.
    """

    def __init__(self) -> None:
        live: list[HTTPConnection] = []

        class Plain(HTTPConnection):
            def request(self, *args: Any, **options: Any) -> None:
                live[:] = [self]
                super().request(*args, **options)

        class Secure(HTTPSConnection):
            def request(self, *args: Any, **options: Any) -> None:
                live[:] = [self]
                super().request(*args, **options)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self._live = live
        self.pools = PoolManager(num_pools=_POOLS, maxsize=1)
        self.pools.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

    @contextmanager
    def clock(self, seconds: float) -> Iterator[None]:
        """Cut the connection if the block takes longer."""
        timer = threading.Timer(max(seconds, 0.0), self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def close(self) -> None:
        """Let go of all connections."""
        self.pools.clear()

    def _cut(self) -> None:
        for connection in self._live:
            sock = connection.sock
            if sock is not None:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
