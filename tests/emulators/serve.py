"""Put an app on a real loopback socket."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

SOON = 0.005


class _Prompt(uvicorn.Server):
    """Goes as soon as it is told to; uvicorn itself looks ten times a second, twice over, and tests start thousands."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.go = asyncio.Event()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self.go.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for one in sockets or []:
            one.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        try:
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110, uvicorn tells nobody
                    await asyncio.sleep(SOON)
                for server in self.servers:
                    await server.wait_closed()
        except TimeoutError:
            for task in self.server_state.tasks:
                task.cancel()
        await self.lifespan.shutdown()


@asynccontextmanager
async def served(app: FastAPI, **config: Any) -> AsyncIterator[str]:
    """Serve `app` on a free port for as long as the block lasts; give its address. `config` is uvicorn's."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = _Prompt(uvicorn.Config(app, **{"log_level": "warning", "ws": "websockets-sansio"} | config))
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.go.set()
            await running
