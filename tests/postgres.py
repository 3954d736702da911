"""A PostgreSQL server for tests, in a folder of its own, where one is installed."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_START_S = 30


@contextmanager
def running() -> Iterator[str]:
    """The URL of a new, empty database; its server ends with the block. Skips where there is no server."""
    initdb, postgres = _program("initdb"), _program("postgres")
    if initdb is None or postgres is None:
        pytest.skip("no PostgreSQL server is installed")
    user = _user()
    # Not below the folder of pytest: that is closed to other users, again and again by every run that begins.
    folder = Path(tempfile.mkdtemp(prefix="izde-postgres-"))
    try:
        if user is not None:
            os.chown(folder, user, -1)
        with _serving(initdb, postgres, folder, user) as url:
            yield url
    finally:
        shutil.rmtree(folder)


@contextmanager
def _serving(initdb: str, postgres: str, folder: Path, user: int | None) -> Iterator[str]:
    data = folder / "data"
    made = subprocess.run(
        [initdb, "-D", data, "-U", "izde", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        user=user, cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    port = _free_port()
    options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [postgres, "-D", data, "-p", str(port), *options], user=user, cwd=folder, stdout=log, stderr=log
        )
    try:
        _wait(port, server)
        yield f"postgresql+psycopg://izde@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait()


def _program(name: str) -> str | None:
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return next((str(path) for path in newest), shutil.which(name))


def _user() -> int | None:
    """PostgreSQL does not run as root."""
    if os.geteuid():
        return None
    try:
        return pwd.getpwnam("postgres").pw_uid
    except KeyError:
        return pwd.getpwnam("nobody").pw_uid


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _START_S
    while True:
        assert server.poll() is None, "the server ended"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < until, "the server did not begin"
            time.sleep(0.05)
        else:
            return
