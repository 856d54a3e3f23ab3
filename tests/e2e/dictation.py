"""The page's double on a socket of its own, and what a test may ask of it."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import uvicorn

from tests.emulators.page_server import create_double


@dataclass
class Dictation:
    """The double, and what may be asked of it."""

    url: str

    async def post(self, path: str, body: Any = None) -> None:
        async with httpx.AsyncClient(base_url=self.url, cookies={"access": "yes"}) as client:
            (await client.post(path, json=body if body is not None else {})).raise_for_status()

    async def line(self, *steps: tuple[str, Any]) -> None:
        await self.post("/double/line", [{"type": kind, **extra(kind, data)} for kind, data in steps])

    async def remind(self, text: str, after: float) -> None:
        due = (datetime.now(UTC) + timedelta(seconds=after)).isoformat()
        await self.post("/v1/reminders", {"text": text, "due": due})

    async def reminders(self) -> list[dict[str, str]]:
        async with httpx.AsyncClient(base_url=self.url, cookies={"access": "yes"}) as client:
            items: list[dict[str, str]] = (await client.get("/v1/reminders")).json()["items"]
        return items

    async def google(self, **told: Any) -> None:
        """How Google stands; see the double."""
        await self.post("/double/google", told)

    async def google_saw(self) -> Any:
        async with httpx.AsyncClient(base_url=self.url) as client:
            return (await client.get("/double/google")).json()

    async def morning(self, **parts: Any) -> None:
        """What happens unasked; see the double."""
        await self.post("/double/morning", parts)

    async def saw(self) -> Any:
        """What has become of it."""
        async with httpx.AsyncClient(base_url=self.url, cookies={"access": "yes"}) as client:
            return (await client.get("/double/morning")).json()

    async def changed(self, what: str) -> None:
        """Tell the open pages that this is no longer as they show it."""
        await self.post("/double/tell", {"event": "changed", "data": {"what": what}})

    async def tell(self, about: str, say: str, link: str = "/", name: str = "told", **more: Any) -> None:
        """Tell the open pages something."""
        now = datetime.now(UTC).isoformat()
        one = {"id": name, "about": about, "say": say, "link": link, "at": now, "read": False} | more
        await self.post("/double/tell", {"event": "notification", "data": one})

    async def listened(self, pages: int = 1) -> None:
        """Wait until so many pages hear what is told."""
        async with asyncio.timeout(30):
            while True:
                if (await self.saw())["listening"] >= pages:
                    return
                await asyncio.sleep(0.05)

    async def told(self) -> list[str]:
        async with httpx.AsyncClient(base_url=self.url) as client:
            messages = (await client.get("/double/told")).json()
        return [str(message["data"].get("t", message["type"])) if message.get("data") else "" for message in messages]


def extra(kind: str, data: Any) -> dict[str, Any]:
    return {"seconds": data} if kind == "tone" else {"data": data}


@contextmanager
def running_double() -> Iterator[Dictation]:
    """A double of this test's own, gone with it."""
    server = uvicorn.Server(
        uvicorn.Config(create_double(), host="127.0.0.1", port=0, log_level="error", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Dictation(f"http://127.0.0.1:{port}")
    server.should_exit = server.force_exit = True
    thread.join(10)
