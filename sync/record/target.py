"""Which addresses events may go to: never this machine or its neighbours, unless the installation says so."""

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Sequence[str]]

NAT64, LOCAL_NAT64 = IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48")
"""RFC 6052 and RFC 8215: IPv4 addresses inside IPv6 ones."""

PRINTABLE = re.compile(r"[\x21-\x7e]{1,500}")


class BadTarget(ValueError):
    """Nothing is sent there: `code` says why (`not_an_address`, `not_https`, `private`, `unknown_host`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Target:
    """An address that was checked: `place` is the very IP address to connect to, so that no second look-up can differ."""

    scheme: str
    host: str
    port: int
    path: str
    place: str


def resolve(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise BadTarget("unknown_host") from error
    return [str(entry[4][0]) for entry in found]


def checked(url: str, allowed: Sequence[Network] = (), look_up: Resolve = resolve) -> Target:
    """Check an address and look its host up, just before it is used; raises `BadTarget`.

    One private address among several is enough to refuse: a name server must not choose for us. Plain HTTP is for the
    networks in `allowed`.
    """
    target = parsed(url)
    places = [target.host] if _literal(target.host) else list(look_up(target.host, target.port))
    addresses = [ip_address(place.partition("%")[0]) for place in places]
    if not addresses:
        raise BadTarget("unknown_host")
    near = [address for address in addresses if not _is_public(address)]
    if any(not _within(address, allowed) for address in near):
        raise BadTarget("private")
    if target.scheme == "http" and len(near) < len(addresses):
        raise BadTarget("not_https")
    return Target(target.scheme, target.host, target.port, target.path, str(addresses[0]))


def parsed(url: str) -> Target:
    """The parts of an address, not looked up yet; raises `BadTarget`."""
    if PRINTABLE.fullmatch(url) is None:
        raise BadTarget("not_an_address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadTarget("not_an_address") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise BadTarget("not_an_address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname, port or (443 if parts.scheme == "https" else 80), path, "")


def _literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_public(address: Address) -> bool:
    """Whether the whole world reaches it; an IPv4 address that travels inside an IPv6 one counts as what it is."""
    if isinstance(address, IPv6Address):
        if address in LOCAL_NAT64:
            return False
        if address in NAT64:
            return _is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return _is_public(inner)
    return address.is_global and not address.is_multicast


def _within(address: Address, allowed: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in allowed)
