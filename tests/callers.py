"""Callers, and quick stand-ins for who answers them: real sockets and real sound, no models to wait for."""

import asyncio
import functools
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from fastapi import FastAPI, WebSocket

from agent.events import Event, Finished, Said
from integrations.errors import ChronusError
from integrations.speech import Channel, Heard, Recognizer, Synthesizer, Voice
from tests.emulators.serve import served
from voice.caller import Caller, Sound, calling, read_sound
from voice.pipeline.assembly import Speech
from voice.pipeline.brain import Agent
from voice.pipeline.frames import Hearing, Manner
from voice.pipeline.silero import Detector
from voice.pipeline.smart_turn import Judge
from voice.sessions import Sessions

FOLDER = Path(__file__).parent / "unit" / "voice"

detector = functools.cache(Detector)
judge = functools.cache(Judge)


def question() -> Sound:
    """A synthetic voice asks "Am I free after three?"."""
    return read_sound(FOLDER / "question.wav")


def murmur() -> Sound:
    """The same voice says "Mm-hmm."."""
    return read_sound(FOLDER / "murmur.wav")


@dataclass
class Script:
    """A recognizer that knows beforehand what it will hear, one utterance after the other."""

    lines: Sequence[str]
    fail: ChronusError | None = None
    name: str = "script"
    trouble: str | None = None
    fed: list[bytearray] = field(default_factory=list)
    """The sound of each utterance."""
    hinted: tuple[str, ...] = ()
    """The hints of the last one."""

    def utterance(self, *, rate: int, hints: Sequence[str] = (), channel: Channel = "browser") -> "ScriptedUtterance":
        self.hinted = tuple(hints)
        self.fed.append(bytearray())
        return ScriptedUtterance(self, len(self.fed) - 1, rate)

    async def warm(self) -> None:
        return None


@dataclass
class ScriptedUtterance:
    """Hears its line in full after a second, the first word of it before."""

    script: Script
    number: int
    rate: int

    def feed(self, pcm: bytes) -> None:
        self.script.fed[self.number] += pcm

    async def partial(self) -> Heard | None:
        return Heard(text=self._line().partition(" ")[0])

    async def final(self) -> Heard:
        if self.script.fail:
            raise self.script.fail
        return Heard(text=self._line())

    async def close(self) -> None:
        return None

    def _line(self) -> str:
        return self.script.lines[min(self.number, len(self.script.lines) - 1)]


@dataclass
class Tones:
    """A synthesizer that hums: a while for every letter, in pieces, after a short think."""

    rate: int = 24000
    seconds: float = 0.04
    fail: ChronusError | None = None
    name: str = "tones"
    trouble: str | None = None
    asked: list[str] = field(default_factory=list)
    manners: list[tuple[str | None, float]] = field(default_factory=list)
    """Voice and speed of each text."""

    async def speak(self, text: str, *, voice: str | None = None, speed: float = 1.0) -> AsyncGenerator[bytes, None]:
        self.asked.append(text)
        self.manners.append((voice, speed))
        if self.fail:
            raise self.fail
        await asyncio.sleep(0.02)
        time = np.arange(int(self.rate * self.seconds * len(text))) / self.rate
        pcm = (np.sin(time * 2 * np.pi * 220) * 8000).astype(np.int16).tobytes()
        for start in range(0, len(pcm), 4000):
            yield pcm[start : start + 4000]

    async def voices(self) -> list[Voice]:
        return [Voice(id="tones:a", name="A", engine="tones", language="en-US")]

    async def warm(self) -> None:
        return None


@dataclass
class Parrot:
    """An agent that says what it was given to say, and remembers what was heard of it."""

    answer: Sequence[Event] = (Said(text="You said something."),)
    hello: str | None = None
    asked: list[str] = field(default_factory=list)
    told: list[tuple[str, str, bool]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """What wasn't begun when the line was gone."""
    pause: float = 0.0
    """Seconds before each event."""

    async def reply(self, words: str, hearing: Hearing) -> AsyncIterator[Event]:
        self.asked.append(words)
        turn = f"turn-{len(self.asked)}"
        for event in self.answer:
            await asyncio.sleep(self.pause)
            yield event
        text = " ".join(event.text for event in self.answer if isinstance(event, Said))
        yield Finished(answer={"conversation_id": "thread", "turn_id": turn, "reply": text})

    async def heard(self, turn_id: str, text: str, whole: bool) -> None:
        self.told.append((turn_id, text, whole))

    def let_go(self, words: str, hearing: Hearing) -> None:
        self.left.append(words)

    async def dropped(self, turn_id: str, text: str) -> None:
        self.told.append((turn_id, text, False))

    def greeting(self) -> str | None:
        return self.hello


@dataclass
class Place:
    """A running server that talks."""

    url: str
    sessions: Sessions


@asynccontextmanager
async def talking(
    agent: Agent,
    *,
    hears: Recognizer | None = None,
    speaks: Synthesizer | None = None,
    manner: Manner | None = None,
    per_person: int = 2,
    silence: float = 300.0,
) -> AsyncIterator[Place]:
    """Serve conversations with the agent on a real socket; the path is the name of the conversation."""
    speech = Speech(hears or Script(["Am I free after three?"]), speaks or Tones(), detector(), judge())
    sessions = Sessions(speech, per_person=per_person, silence=silence)
    app = FastAPI()

    @app.websocket("/{conversation}")
    async def voice(websocket: WebSocket, conversation: str) -> None:
        await websocket.accept()
        try:
            await sessions.converse(websocket, "somebody", agent, conversation=conversation, manner=manner)
        except ChronusError as refusal:
            await websocket.close(1013, refusal.say)

    async with served(app, timeout_graceful_shutdown=2) as url:
        try:
            yield Place(url.replace("http", "ws"), sessions)
        finally:
            await sessions.drain(0.0)


@asynccontextmanager
async def called(
    agent: Agent, hears: Recognizer | None = None, speaks: Synthesizer | None = None, manner: Manner | None = None
) -> AsyncIterator[Caller]:
    """A caller on the line to the agent, heard and ready."""
    async with (
        talking(agent, hears=hears, speaks=speaks, manner=manner) as place,
        calling(f"{place.url}/thread") as caller,
    ):
        await caller.ready()
        yield caller


async def within(seconds: float, done: Callable[[], bool]) -> None:
    """Wait, without a sound, until something has happened."""
    async with asyncio.timeout(seconds):
        while not done():  # noqa: ASYNC110, it happens in code that knows nothing of us
            await asyncio.sleep(0.01)
