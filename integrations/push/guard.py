"""Where a browser may have itself told: an address comes from outside, and must not lead us into our own network."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from integrations.errors import Denied, Unavailable

KNOWN = (
    "fcm.googleapis.com",
    ".push.services.mozilla.com",
    ".notify.windows.com",
    ".push.apple.com",
)
"""The push services of the browsers there are; one that begins with a dot stands for every name below it."""
_WRAPPED = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"), ip_network("2002::/16"))
"""Addresses within which another one stands."""


Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Where a name leads: addresses. Raises `OSError`."""


async def resolve(host: str, port: int) -> list[str]:
    """As the system finds it."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


class Guard:
    """Lets through the known services by https; with `loopback` also this machine, for a stand-in of theirs."""

    def __init__(self, hosts: Sequence[str] = KNOWN, *, loopback: bool = False, resolve: Resolve = resolve) -> None:
        self._hosts = tuple(host.lower() for host in hosts)
        self._loopback, self._resolve = loopback, resolve

    def check(self, endpoint: str) -> None:
        """Raises `Denied`."""
        try:
            parts = urlsplit(endpoint)
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            host, port, parts = "", None, urlsplit("")
        if self._loopback and parts.scheme in ("http", "https") and host == "127.0.0.1":
            return
        plain = parts.scheme == "https" and port in (None, 443) and "@" not in parts.netloc and endpoint.isascii()
        if not plain or not self._known(host):
            raise Denied("I don't know that push service.")

    async def address(self, host: str, port: int) -> str:
        """Where the name leads now; whoever connects has to connect there. Raises `Denied` and `Unavailable`."""
        try:
            addresses = await self._resolve(host, port)
        except OSError as error:
            raise Unavailable("I can't find that push service right now.") from error
        if not addresses or not all(self._public(ip_address(one.partition("%")[0])) for one in addresses):
            raise Denied("That push service leads into a private network.")
        return addresses[0]

    def _known(self, host: str) -> bool:
        return any(host == known or (known.startswith(".") and host.endswith(known)) for known in self._hosts)

    def _public(self, address: IPv4Address | IPv6Address) -> bool:
        if self._loopback and address.is_loopback:
            return True
        if isinstance(address, IPv6Address):
            if address.ipv4_mapped is not None:
                return self._public(address.ipv4_mapped)
            if any(address in wrapped for wrapped in _WRAPPED):
                return False
        return address.is_global and not address.is_multicast
