"""Server-sent events: a line to a page that stays open, and goes when nobody reads it."""

import asyncio
import json
from typing import Any

from fastapi.responses import StreamingResponse
from starlette.types import Message, Send

EVENT_STREAM = "text/event-stream"
SLOWEST = 20.0
"""Seconds a reader may take to take one event."""


class EventStream(StreamingResponse):
    """Whoever doesn't read what they asked for is let go: they hold a connection, and nothing else."""

    media_type = EVENT_STREAM

    def __init__(self, content: Any, *, slowest: float = SLOWEST) -> None:
        super().__init__(content, headers={"X-Accel-Buffering": "no"})  # nginx would keep it until it is full
        self._slowest = slowest

    async def stream_response(self, send: Send) -> None:
        """Each event within its time."""

        async def timely(message: Message) -> None:
            async with asyncio.timeout(self._slowest):
                await send(message)

        try:
            await super().stream_response(timely)
        except TimeoutError:
            return


def event(name: str, data: Any, *, id: str | None = None) -> str:
    """One event as it goes over the wire."""
    number = f"id: {id}\n" if id else ""
    return f"{number}event: {name}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n"
