"""The service as it runs at a site: `izde serve` with gunicorn and its workers, on a socket of the loopback."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
READY_S = 60


@dataclass(frozen=True)
class Answer:
    """What came back for a request: all of it, and its parts."""

    raw: bytes

    @property
    def status(self) -> int:
        return int(self.raw.split(b" ", 2)[1])

    @property
    def headers(self) -> dict[str, str]:
        lines = self.raw.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
        return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}

    @property
    def body(self) -> bytes:
        return self.raw.partition(b"\r\n\r\n")[2]


class Service:
    """A service that runs. The socket is ours: it stays when the service is started anew."""

    def __init__(self, listener: socket.socket, folder: Path, environ: dict[str, str]) -> None:
        self._listener, self._folder, self._environ = listener, folder, environ
        self.port: int = listener.getsockname()[1]
        self.stderr = folder / "stderr"
        self.process = self._started()

    def _started(self) -> "subprocess.Popen[bytes]":
        environ = os.environ | {"PYTHONPATH": str(ROOT), "IZDE_BIND": f"fd://{self._listener.fileno()}"} | self._environ
        with self.stderr.open("ab") as stderr:
            return subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "-c", "python:web.gunicorn_conf", "wsgi:app"],
                cwd=self._folder, env=environ, pass_fds=(self._listener.fileno(),), stdout=stderr, stderr=stderr,
            )  # fmt: skip

    def workers(self) -> set[int]:
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return set(map(int, path.read_text().split()))

    def reload(self) -> None:
        self.process.send_signal(signal.SIGHUP)

    def restart(self) -> None:
        self.end()
        self.process = self._started()

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(READY_S)

    def connect(self, timeout: float = READY_S) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout)

    def send(self, data: bytes) -> Answer:
        """The answer to these bytes."""
        with self.connect() as connection:
            connection.sendall(data)
            return read(connection)

    def get(self, path: str, *headers: str) -> Answer:
        lines = [f"GET {path} HTTP/1.1", "Host: izde.example", *headers, "", ""]
        return self.send("\r\n".join(lines).encode("latin-1"))


def read(connection: socket.socket) -> Answer:
    """What comes until the other side ends it."""
    parts = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except ConnectionResetError:  # after an answer to what was not read to its end
        pass
    return Answer(b"".join(parts))


@contextmanager
def serving(folder: Path, index: Path, **settings: object) -> Iterator[Service]:
    """A service over this index, whose files are in `folder`."""
    environ = {f"IZDE_{name.upper()}": str(value) for name, value in {"index": index, **settings}.items()}
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        service = Service(listener, folder, environ)
        try:
            assert service.get("/healthz").status == 200, service.stderr.read_text()
            yield service
        finally:
            service.end()
