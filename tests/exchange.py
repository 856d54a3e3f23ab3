"""A Chronus that can be talked to by browser and by telephone, can be restarted, and sits behind a network that fails."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI, WebSocket

from agent.commands import BuiltInMind
from agent.services import Services
from integrations.model import Call, Prompt, Understood, Words
from integrations.speech import Recognizer, Synthesizer
from integrations.store.phones import Phones
from integrations.telephone import Started
from integrations.telephone.twilio import Twilio
from tests.callers import detector, judge
from tests.chaos import Chaos, chaos
from tests.emulators.serve import served
from tests.worlds import World, open_world
from voice.calls import answer
from voice.pipeline.assembly import Speech
from voice.pipeline.telephone import TelephoneLine
from voice.security.pins import hash_of
from voice.sessions import Sessions, by_browser
from voice.strangers import take_message
from voice.talking import CURRENT, talk
from voice.telemetry import Figures
from voice.thread import Thread

PIN = "482915"


class Slow(BuiltInMind):
    """The built-in mind, thinking for a while before each step."""

    seconds = 0.0

    async def think(self, prompt: Prompt) -> AsyncIterator[Words | Call | Understood]:
        await asyncio.sleep(self.seconds)
        async for step in super().think(prompt):
            yield step


class Exchange:
    """One server and its network."""

    def __init__(self, folder: Path, hears: Recognizer, speaks: Synthesizer, stranger: str = "") -> None:
        self._stranger = stranger
        self._folder, self.hears, self._speaks = folder, hears, speaks
        self.mind = Slow()
        self.network: Chaos
        self.world: World
        self.services: Services
        self.sessions: Sessions
        self._stack: AsyncExitStack

    @property
    def browser(self) -> str:
        """Where a browser's line is."""
        return f"ws://127.0.0.1:{self.network.port}/voice"

    @property
    def telephone(self) -> str:
        """Where a provider finds the server."""
        return f"http://127.0.0.1:{self.network.port}"

    async def open(self) -> None:
        """Start, or start again, with what stands in the folder."""
        self._stack = AsyncExitStack()
        world = await self._stack.enter_async_context(open_world(self._folder, model=self.mind))
        self.world = world
        self.services = replace(world.services, recognizer=self.hears, synthesizer=self._speaks)
        self._stack.push_async_callback(self.services.assistant.drain)
        self._stack.push_async_callback(self.services.untold.drain)
        self.sessions = Sessions(Speech(self.hears, self._speaks, detector(), judge()))
        async with self.services.database.work() as session:
            await Phones(session, world.person.id).protect(await hash_of(PIN))
        port = await self._stack.enter_async_context(_served(self._app(), self.sessions))
        self.network.to = port

    async def close(self, *, patience: float = 0.0) -> None:
        """Stop as a restart does."""
        await self.sessions.drain(patience)
        await self._stack.aclose()

    async def owing(self) -> int:
        """How much is still to be told."""
        return len(await self.services.untold.find(self.world.person))

    def _app(self) -> FastAPI:
        app, figures = FastAPI(), Figures()
        services, sessions, person = self.services, self.sessions, self.world.person

        @app.websocket("/voice")
        async def voice(websocket: WebSocket) -> None:
            await websocket.accept()
            await talk(
                by_browser(websocket), person, Thread(services, person), services, sessions, conversation=CURRENT
            )

        @app.websocket("/v1/phone/twilio/media")
        async def media(websocket: WebSocket) -> None:
            await websocket.accept()
            line = TelephoneLine(websocket, Twilio("token"))
            while not isinstance(event := await line.event(), Started):
                pass
            line.begin(event.stream_id)
            if self._stranger:
                await take_message(line, person, self._stranger, services)
            else:
                await answer(line, person, services, sessions, figures)

        return app


@asynccontextmanager
async def exchange(
    folder: Path, hears: Recognizer, speaks: Synthesizer, *, stranger: str = ""
) -> AsyncIterator[Exchange]:
    """Open, and closed in the end. With a stranger's number, all calls are theirs."""
    found = Exchange(folder, hears, speaks, stranger)
    async with chaos(0) as found.network:
        await found.open()
        try:
            yield found
        finally:
            await found.close()


@asynccontextmanager
async def _served(app: FastAPI, sessions: Sessions) -> AsyncIterator[int]:
    async with served(app, log_level="error", timeout_graceful_shutdown=2) as url:
        try:
            yield int(url.rpartition(":")[2])
        finally:
            await sessions.drain(0.0)
