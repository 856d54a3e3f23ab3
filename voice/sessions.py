"""Live conversations: opened, counted and ended here, and nowhere else is a pipeline started."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from fastapi import WebSocket
from pipecat.frames.frames import LLMMessagesAppendFrame
from pipecat.pipeline.worker import PipelineParams, PipelineWorker, ProcessorUnusablePolicy
from pipecat.processors.frameworks.rtvi.observer import RTVIFunctionCallReportLevel, RTVIObserverParams
from pipecat.transports.base_transport import BaseTransport
from pipecat.workers.runner import WorkerRunner

from agent.conversation import Pressed
from integrations.errors import RateLimited, Unavailable
from voice.pipeline.assembly import Speech, assemble
from voice.pipeline.brain import Agent, Brain
from voice.pipeline.frames import Hearing, Leave, Manner, TurnTaken
from voice.pipeline.marks import MarkedPlayout
from voice.pipeline.playout import Playout
from voice.pipeline.telephone import TelephoneLine, TelephoneTransport
from voice.pipeline.turns import Complete
from voice.pipeline.wire import Browser, Line

log = logging.getLogger(__name__)

BROWSER_RATE = 24000
"""What Pipecat's browser clients play, whatever rate a frame names."""
PHONE_RATE = 8000
GOING_AWAY = 1001
FAREWELL = "I haven't heard anything for a while, so I'll hang up. Talk to you soon."
SILENT = 1.0
"""Seconds that a newer line waits for an older one to fall silent."""
LOOK, PAUSE = 0.1, 4
"""Seconds between two looks for a pause, and how many in a row have to find it quiet."""
WHAT_CLIENTS_SEE = RTVIObserverParams(function_call_report_level={"*": RTVIFunctionCallReportLevel.FULL})
"""The client is the person's own: it may see what is done for them."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """How sound comes and goes on one socket; rates in Hz."""

    line: Line
    transport: BaseTransport
    hears: int
    speaks: int
    playout: Playout
    client: bool = True
    """Whether a program listens that wants to know what goes on (RTVI), and says when it is ready to be greeted."""
    silence: float | None = None
    """Seconds in which nobody speaks, after which the line is closed; None: the usual ones."""
    nudge: str = ""
    """What is said first, before it is closed after as much silence again."""


def by_browser(websocket: WebSocket) -> Way:
    """Pipecat's frames."""
    line = Line(websocket)
    playout = Playout(BROWSER_RATE)
    playout.pulse = line.pulse
    transport = Browser(line, playout, rate=BROWSER_RATE)
    return Way(line=line, transport=transport, hears=16000, speaks=BROWSER_RATE, playout=playout)


def by_telephone(line: TelephoneLine, *, silence: float = 20.0) -> Way:
    """A provider's media socket whose stream has begun. Calls cost money: after a while of silence it is closed."""
    playout = MarkedPlayout(PHONE_RATE)
    playout.pulse = line.pulse
    transport = TelephoneTransport(line, playout)
    return Way(
        line=line, transport=transport, hears=PHONE_RATE, speaks=PHONE_RATE, playout=playout, client=False,
        silence=silence, nudge="Are you still there?",
    )  # fmt: skip


class Session:
    """One conversation on one socket."""

    def __init__(
        self, person: Hashable, conversation: Hashable, way: Way, worker: PipelineWorker, brain: Brain, manner: Manner
    ) -> None:
        self.person = person
        self.conversation = conversation
        self.manner = manner
        self._line, self._playout = way.line, way.playout
        self._worker = worker
        self._brain = brain
        self.open = asyncio.Event()
        """Set when the other side can be spoken to."""
        self.over = asyncio.Event()
        self.leaving = False
        self.nudged_at = -1
        """How many turns there had been when they were last asked whether they are there."""

    async def leave(self, reason: str, say: str, *, code: int = 1000, patience: float = 10.0) -> None:
        """Say goodbye after what is being said, then close."""
        self.leaving = True
        self._line.end(code, reason)
        await self._worker.queue_frame(Leave(reason, say, patience))

    async def give_way(self) -> None:
        """A newer line has come: fall silent now, then close. Returns once nothing more is said here."""
        self._line.end(1000, "elsewhere")
        self._playout.broke(self._line.alive_at)  # it may have been dead for a while
        await self._worker.queue_frame(Leave("elsewhere", "I'll go on over there.", patience=0, silently=True))
        with suppress(TimeoutError):
            async with asyncio.timeout(SILENT):
                await self._brain.left.wait()

    async def pause(self, within: float) -> bool:
        """Whether there is a moment, in so many seconds, in which nobody speaks."""
        loop = asyncio.get_running_loop()
        until, quiet = loop.time() + within, 0
        while not self.over.is_set() and quiet < PAUSE and loop.time() < until:
            await asyncio.sleep(LOOK)
            quiet = quiet + 1 if self._brain.at_pause else 0
        return quiet >= PAUSE

    async def say(self, text: str, turn_id: str = "") -> str:
        """Say something that nobody has asked for, or the rest of an earlier turn; what was heard of it."""
        return await self._brain.interject(text, turn_id)

    async def press(self, words: str, pressed: Pressed) -> None:
        """Take a key for a turn; `words` are how it stands in the thread."""
        now = asyncio.get_running_loop().time()
        await self._worker.queue_frame(TurnTaken(words, now, Hearing(pressed=pressed)))

    @property
    def untouched(self) -> bool:
        """Whether nobody has said anything here yet."""
        return self._brain.turns == 0 and self._brain.at_pause

    async def ask(self, words: str) -> None:
        """Answer this, as if the person had said it."""
        await self._worker.queue_frame(LLMMessagesAppendFrame([{"role": "user", "content": words}], run_llm=True))

    async def drop(self) -> None:
        """Close at once."""
        await self._worker.cancel()


Beside = Callable[[Session], Awaitable[None]]
"""What goes on beside a conversation, for as long as it is live."""


class Sessions:
    """Who is talking to us."""

    def __init__(self, speech: Speech, *, per_person: int = 2, silence: float = 300.0) -> None:
        self._speech = speech
        self._per_person = per_person
        self._silence = silence
        self._live: set[Session] = set()
        self._draining = False

    def __len__(self) -> int:
        return len(self._live)

    async def warm(self) -> None:
        """Load what is needed, so that the first turn isn't slow. Raises `Unavailable`."""
        await self._speech.warm()

    def admit(self, person: Hashable, conversation: Hashable = None) -> None:
        """Refuse what `converse` would refuse."""
        if self._draining:
            raise Unavailable("I'm about to restart. Please try again in a minute.", retry_after=30)
        others = [one for one in self._live if one.person == person and one.conversation != conversation]
        if self._per_person and len(others) >= self._per_person:
            raise RateLimited("You are already talking to me in as many places as I can manage.", retry_after=10)

    async def converse(
        self,
        way: WebSocket | Way,
        person: Hashable,
        agent: Agent,
        *,
        conversation: Hashable = None,
        complete: Complete | None = None,
        manner: Manner | None = None,
        hints: Sequence[str] = (),
        beside: Sequence[Beside] = (),
    ) -> None:
        """Talk on this accepted socket, a browser's unless it says otherwise, until one side hangs up.

        A newer line to the same conversation wins. `manner` may be changed while they talk; `hints` are words that are likely
        to be said; `beside` is what goes on meanwhile.
        """
        self.admit(person, conversation)
        manner = manner or Manner()
        way = way if isinstance(way, Way) else by_browser(way)
        brain = Brain(agent)
        worker = PipelineWorker(
            assemble(
                way.transport,
                self._speech,
                brain,
                rate=way.speaks,
                complete=complete,
                manner=manner,
                hints=hints,
                hears=way.hears,
                playout=way.playout,
            ),
            params=PipelineParams(audio_in_sample_rate=way.hears, audio_out_sample_rate=way.speaks),
            enable_turn_tracking=False,
            enable_rtvi=way.client,
            rtvi_observer_params=WHAT_CLIENTS_SEE,
            idle_timeout_secs=way.silence or self._silence,
            cancel_on_idle_timeout=False,
            processor_unusable_policy=ProcessorUnusablePolicy.CANCEL,
        )
        session = Session(person, conversation, way, worker, brain, manner)

        @worker.event_handler("on_idle_timeout")
        async def on_idle_timeout(_: PipelineWorker) -> None:
            if session.leaving:
                return
            if brain.bears:
                brain.bears -= 1
            elif way.nudge and session.nudged_at != brain.turns:
                session.nudged_at = brain.turns
                await session.say(way.nudge)
            else:
                await session.leave("silence", FAREWELL)

        async def greet(*_: object) -> None:
            await brain.greet()
            session.open.set()

        if way.client:
            worker.rtvi.add_event_handler("on_client_ready", greet)
        else:
            worker.add_event_handler("on_pipeline_started", greet)

        @way.transport.event_handler("on_client_disconnected")
        async def on_client_disconnected(*_: object) -> None:
            way.playout.broke(way.line.alive_at)
            await worker.cancel()

        await self._replace(person, conversation)
        self._live.add(session)
        tasks = [asyncio.ensure_future(aside(session)) for aside in beside]
        try:
            runner = WorkerRunner(handle_sigint=False, check_dangling_tasks=False)
            await runner.add_workers(worker)
            await runner.run()
        finally:
            self._live.discard(session)
            session.over.set()
            for task in tasks:
                task.cancel()

    async def _replace(self, person: Hashable, conversation: Hashable) -> None:
        """An older line falls silent before the newer one says a word."""
        older = [one for one in self._live if one.person == person and one.conversation == conversation]
        await asyncio.gather(*(one.give_way() for one in older))

    def find(self, person: Hashable, conversation: Hashable) -> Session | None:
        """The line of a conversation, while it is live in this process."""
        return next((one for one in self._live if (one.person, one.conversation) == (person, conversation)), None)

    def speak_like(self, person: Hashable, manner: Manner) -> None:
        """From the next clause on, wherever this person is talking to us in this process."""
        for session in self._live:
            if session.person == person:
                session.manner.voice, session.manner.speed = manner.voice, manner.speed

    def people(self) -> set[str]:
        """Who is talking to us in this process."""
        return {str(session.person) for session in self._live}

    async def dismiss(self, person: Hashable) -> None:
        """They were deleted: nothing of theirs goes on."""
        for session in list(self._live):
            if session.person == person:
                await session.leave("deleted", "Everything of yours is deleted. Goodbye.", patience=0)

    async def drain(self, patience: float = 8.0) -> None:
        """Take nobody new; let everybody's turn come to its end, say goodbye, close."""
        self._draining = True
        going = list(self._live)
        for session in going:
            await session.leave(
                "restart", "I have to restart. Please call again in a minute.", code=GOING_AWAY, patience=patience
            )
        with suppress(TimeoutError):
            async with asyncio.timeout(patience + 6):
                await asyncio.gather(*(session.over.wait() for session in going))
        for session in list(self._live):
            await session.drop()
