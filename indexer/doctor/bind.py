"""The address of the service: whether it can be listened on, and who does already."""

import errno
import http.client
import ipaddress
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from .finding import Finding, error, ok, warning
from .look import Look

_LISTENING: Final = "0A"
_GUNICORN: Final = "gunicorn"
SERVER: Final = "izde"
"""What the service says it is, in its answers."""
_WAIT_S: Final = 2


def bind(look: Look) -> Iterator[Finding]:
    """Listen there for a moment; where somebody does already, see who it is."""
    given = look.settings.bind
    if given.startswith(("unix:", "fd://")):
        yield ok("bind", "no address of the network", given)
        return
    host, sign, port = given.rpartition(":")
    try:
        number = int(port)
        address = ipaddress.ip_address({"localhost": "127.0.0.1"}.get(host, host.strip("[]")) or "::")
    except ValueError:
        number = -1
    if not sign or not 0 <= number < 65_536:
        yield warning("bind", "not HOST:PORT with an address in numbers, so it was not looked at", given)
        return
    yield _tried(address, number, given)


def _tried(address: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int, given: str) -> Finding:
    kind = socket.AF_INET if address.version == 4 else socket.AF_INET6
    try:
        with socket.socket(kind, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((str(address), port))
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            who = _listeners(port)
            if any(_GUNICORN in name for name in who):
                return ok("bind", f"the service listens: {', '.join(who)}", given)
            if _answers(address, port):
                return ok("bind", "the service answers there", given)
            told = f"taken by {', '.join(who) or 'a process of another user'}"
            return warning("bind", told, given, "if that is not the service, set bind to another port")
        if problem.errno == errno.EACCES:
            return error("bind", "this user may not listen there", given, "take a port above 1023, behind a proxy")
        advice = "set bind to an address of this machine, such as 127.0.0.1:8000"
        return error("bind", f"it cannot be listened on: {problem.strerror}", given, advice)
    return ok("bind", "free; the service does not listen now", given)


def _answers(address: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int) -> bool:
    """Whether Izde answers there: a socket of systemd belongs to root, whose files nobody else may look at."""
    local = "127.0.0.1" if address.version == 4 else "::1"
    asked = http.client.HTTPConnection(local if address.is_unspecified else str(address), port, timeout=_WAIT_S)
    try:
        asked.request("GET", "/healthz", headers={"Host": "localhost"})
        return asked.getresponse().headers.get("Server") == SERVER
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def _listeners(port: int) -> list[str]:
    """Processes that listen on the port, as far as this user may see them."""
    sockets = set(_sockets(port))
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdecimal() and sockets & _held(process):
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            program = _GUNICORN if _GUNICORN in command else command.split(" ")[0]
            found.append(f"{program} (process {process.name})")
    return found[:3]


def _sockets(port: int) -> Iterator[str]:
    for name in ("tcp", "tcp6"):
        try:
            rows = Path("/proc/net", name).read_text("ascii").splitlines()[1:]
        except OSError:
            continue
        for row in map(str.split, rows):
            if row[3] == _LISTENING and int(row[1].rpartition(":")[2], 16) == port:
                yield f"socket:[{row[9]}]"


def _held(process: Path) -> set[str]:
    held = set()
    with suppress(OSError):  # another user's, or gone meanwhile
        for one in (process / "fd").iterdir():
            with suppress(OSError):
                held.add(str(one.readlink()))
    return held
