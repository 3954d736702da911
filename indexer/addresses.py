"""Addresses of the web in one form, so that each page has one, and the hosts that an input may ask."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

LONGEST: Final = 2000
"""Characters of an address; a longer one is none."""

_PORTS: Final = {"http": 80, "https": 443}
_KEPT: Final = "!$%&'()*+,-./:;=?@[]_~"


def normal(address: str, base: str = "") -> str:
    """The address with its host in ASCII and lower case, the usual port and the fragment left out, in ASCII throughout.

    base: where the address stands, if it may be relative. Empty if it is no address of http or https, holds a user or a
    password, or is too long.

    >>> normal("HTTPS://Gazet.KZ:443/a?b=1#c"), normal("жаңалық", "https://gazet.kz/a/")
    ('https://gazet.kz/a?b=1', 'https://gazet.kz/a/%D0%B6%D0%B0%D2%A3%D0%B0%D0%BB%D1%8B%D2%9B')
    """
    address = address.strip()
    if not address:
        return ""
    try:
        parts = urlsplit(urljoin(base, address) if base else address)
        host, port = (parts.hostname or "").encode("idna").decode("ascii").lower(), parts.port
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or not host or parts.username is not None or set(host) & set(" /\\@"):
        return ""
    host = f"[{host}]" if ":" in host else host
    place = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    path, query = quote(parts.path or "/", _KEPT), quote(parts.query, _KEPT)
    found = urlunsplit((parts.scheme, place, path, query, ""))
    return found if len(found) <= LONGEST else ""


def host_of(address: str) -> str:
    """Scheme, host and port of an address in its normal form: what robots.txt and pauses are for."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


class Hosts:
    """The hosts that an input may ask: that of its address, and further ones; each at the usual ports or the given."""

    def __init__(self, address: str, others: Iterable[str] = ()) -> None:
        self._allowed: set[tuple[str, int]] = set()
        for one in (address, *(normal(f"http://{other}") for other in others)):
            parts = urlsplit(one)
            host = parts.hostname or ""
            self._allowed |= {(host, port) for port in (parts.port, *_PORTS.values()) if port}

    def __contains__(self, address: str) -> bool:
        """Whether an address in its normal form is at one of them."""
        parts = urlsplit(address)
        return (parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)) in self._allowed
