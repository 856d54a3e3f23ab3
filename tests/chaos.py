"""A network that fails on purpose: a TCP proxy whose connections are reset, go dead, or lose their client."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

Fault = Literal["reset", "half-open", "client killed"]

SOUND = 200
"""Bytes; a piece of the server's at least so long has sound in it, other messages come rarely."""


@dataclass(eq=False)
class Link:
    """One connection through the proxy."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    dead: bool = False
    """Nothing is passed on any more, in either direction, and nobody is told."""
    swallowed: list[tuple[float, int]] = field(default_factory=list)
    """What the server has sent into the void: when, and how many bytes."""

    def reset(self) -> None:
        """Both sides learn at once, rudely."""
        for writer in (self.client, self.server):
            _rudely(writer)

    def half_open(self) -> None:
        """Neither side learns anything."""
        self.dead = True

    def kill_client(self) -> None:
        """Its machine tells the server that nobody is there any more."""
        self.dead = True
        self.server.close()

    def strike(self, fault: Fault) -> None:
        """One of the three; the client gives the connection up at once, whatever the server knows."""
        {"reset": self.reset, "half-open": self.half_open, "client killed": self.kill_client}[fault]()
        _rudely(self.client)

    def close(self) -> None:
        """Both sides, politely."""
        for writer in (self.client, self.server):
            writer.close()

    def sounded_after(self, moment: float) -> list[float]:
        """When the server has sent sound into the void after that."""
        return [at for at, size in self.swallowed if at > moment and size >= SOUND]


class Chaos:
    """Passes everything on to a port of this machine, until it is told otherwise."""

    def __init__(self, port: int) -> None:
        self.to = port
        self.port = 0
        self.links: list[Link] = []

    @property
    def latest(self) -> Link:
        """The connection that was made last."""
        return self.links[-1]

    async def carry(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        """One connection, for as long as it lasts."""
        try:
            answers, server = await asyncio.open_connection("127.0.0.1", self.to)
        except OSError:
            client.close()
            return
        link = Link(client, server)
        self.links.append(link)
        try:
            await asyncio.gather(_forth(reader, link), _back(answers, link))
        finally:
            if not link.dead:
                link.close()


@asynccontextmanager
async def chaos(port: int) -> AsyncIterator[Chaos]:
    """In front of that port."""
    proxy = Chaos(port)
    listening = await asyncio.start_server(proxy.carry, "127.0.0.1", 0)
    proxy.port = listening.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        for link in proxy.links:
            link.close()
        listening.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(5):
                await listening.wait_closed()


async def _forth(reader: asyncio.StreamReader, link: Link) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            if not link.dead:
                link.server.write(data)
                await link.server.drain()
        if not link.dead:
            link.server.close()


async def _back(reader: asyncio.StreamReader, link: Link) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            if link.dead:
                link.swallowed.append((asyncio.get_running_loop().time(), len(data)))
            else:
                link.client.write(data)
                await link.client.drain()
        if not link.dead:
            link.client.close()


def _rudely(writer: asyncio.StreamWriter) -> None:
    """With a reset instead of a goodbye."""
    if (plug := writer.get_extra_info("socket")) is not None:
        with suppress(OSError):
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
