"""Who a request comes from, where proxies stand between: only those are believed that the settings name.

`X-Forwarded-For` is read from its end, which the proxy next to us wrote; what a client wrote there itself is further to
the front, and never reached.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Final

from search.errors import SettingsError

LOCAL: Final = "127.0.0.1"
"""What a client of this machine is called, also one that comes over a socket file."""

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_MOST_HOPS: Final = 32


class Clients:
    """Reads the address of a client from the environment of a request.

    trusted: addresses and networks of proxies, or the number of proxies that stand in line before the service; empty:
        whoever connects is the client.

    Raises:
        SettingsError: it is none of these.
    """

    def __init__(self, trusted: str) -> None:
        self._hops = int(trusted) if trusted.isascii() and trusted.isdecimal() else 0
        names = () if self._hops or trusted == "0" else tuple(filter(None, map(str.strip, trusted.split(","))))
        try:
            self._networks = tuple(ip_network(name) for name in names)
        except ValueError as error:
            raise SettingsError(
                f"trusted_proxies: {error}; give addresses, networks as 10.0.0.0/8, or a number"
            ) from None
        self._is_trusted = lru_cache(4096)(self._stands_in_networks)

    def client(self, environ: Mapping[str, Any]) -> str:
        """The address of the client: `LOCAL` for a socket file, empty where nobody can tell."""
        peer = environ.get("REMOTE_ADDR") or LOCAL
        forwarded = environ.get("HTTP_X_FORWARDED_FOR")
        if not forwarded or not (self._hops or self._is_trusted(peer)):
            return plain(peer)
        line = [peer, *reversed(forwarded.rsplit(",", _MOST_HOPS)[-_MOST_HOPS:])]
        if self._hops:
            return plain(line[min(self._hops, len(line) - 1)])
        return plain(next((one for one in line if not self._is_trusted(one)), line[-1]))

    def trusts(self, environ: Mapping[str, Any]) -> bool:
        """Whether the other side of the connection is a proxy that is believed."""
        return bool(self._hops) or self._is_trusted(environ.get("REMOTE_ADDR") or LOCAL)

    def _stands_in_networks(self, text: str) -> bool:
        return stands_in(text, self._networks)


def stands_in(text: str, networks: Iterable[Network]) -> bool:
    """Whether this is an address of one of the networks."""
    address = _parsed(text)
    return address is not None and any(address in network for network in networks)


@lru_cache(4096)
def plain(text: str) -> str:
    """An address in one way of writing, without a port or a zone; empty where it is none."""
    address = _parsed(text)
    return str(address) if address else ""


@lru_cache(4096)
def is_local(address: str) -> bool:
    """Whether this is an address of the loopback."""
    found = _parsed(address)
    return found is not None and found.is_loopback


@lru_cache(4096)
def network(address: str) -> str:
    """Those who are counted together with a client: an IPv6 site has 2**64 addresses for each of its networks."""
    found = _parsed(address)
    return str(IPv6Network((found, 64), strict=False)) if isinstance(found, IPv6Address) else address


@lru_cache(4096)
def _parsed(text: str) -> Address | None:
    text = text.strip()[:64]
    if text.startswith("["):  # [::1]:443
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:  # 192.0.2.1:443
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
