"""Live conversations: opened, counted and ended here, and nowhere else is a pipeline started."""

import asyncio
import logging
from collections.abc import Hashable
from contextlib import suppress

from fastapi import WebSocket
from pipecat.pipeline.worker import PipelineParams, PipelineWorker, ProcessorUnusablePolicy
from pipecat.processors.frameworks.rtvi.observer import RTVIFunctionCallReportLevel, RTVIObserverParams
from pipecat.workers.runner import WorkerRunner

from integrations.errors import RateLimited, Unavailable
from voice.pipeline.assembly import Speech, assemble
from voice.pipeline.brain import Agent, Brain
from voice.pipeline.frames import Leave
from voice.pipeline.turns import Complete
from voice.pipeline.wire import Browser, Line

log = logging.getLogger(__name__)

BROWSER_RATE = 24000
"""What Pipecat's browser clients play, whatever rate a frame names."""
GOING_AWAY = 1001
WHAT_CLIENTS_SEE = RTVIObserverParams(function_call_report_level={"*": RTVIFunctionCallReportLevel.FULL})
"""The client is the person's own: it may see what is done for them."""


class Session:
    """One conversation on one socket."""

    def __init__(self, person: Hashable, conversation: Hashable, line: Line, worker: PipelineWorker) -> None:
        self.person = person
        self.conversation = conversation
        self._line = line
        self._worker = worker
        self.over = asyncio.Event()

    async def leave(self, reason: str, say: str, *, code: int = 1000, patience: float = 10.0) -> None:
        """Say goodbye after what is being said, then close."""
        self._line.end(code, reason)
        await self._worker.queue_frame(Leave(reason, say, patience))

    async def drop(self) -> None:
        """Close at once."""
        await self._worker.cancel()


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
        websocket: WebSocket,
        person: Hashable,
        agent: Agent,
        *,
        conversation: Hashable = None,
        complete: Complete | None = None,
    ) -> None:
        """Talk on this accepted socket until one side hangs up. A newer line to the same conversation wins."""
        self.admit(person, conversation)
        line = Line(websocket)
        transport = Browser(line, rate=BROWSER_RATE)
        brain = Brain(agent)
        worker = PipelineWorker(
            assemble(transport, self._speech, brain, rate=BROWSER_RATE, complete=complete),
            params=PipelineParams(audio_in_sample_rate=16000, audio_out_sample_rate=BROWSER_RATE),
            enable_turn_tracking=False,
            rtvi_observer_params=WHAT_CLIENTS_SEE,
            idle_timeout_secs=self._silence,
            cancel_on_idle_timeout=False,
            processor_unusable_policy=ProcessorUnusablePolicy.CANCEL,
        )
        session = Session(person, conversation, line, worker)

        @worker.event_handler("on_idle_timeout")
        async def on_idle_timeout(_: PipelineWorker) -> None:
            await session.leave("silence", "I haven't heard anything for a while, so I'll hang up. Talk to you soon.")

        @worker.rtvi.event_handler("on_client_ready")
        async def on_client_ready(_: object) -> None:
            await brain.greet()

        @transport.event_handler("on_client_disconnected")
        async def on_client_disconnected(*_: object) -> None:
            await worker.cancel()

        await self._replace(person, conversation)
        self._live.add(session)
        try:
            runner = WorkerRunner(handle_sigint=False, check_dangling_tasks=False)
            await runner.add_workers(worker)
            await runner.run()
        finally:
            self._live.discard(session)
            session.over.set()

    async def _replace(self, person: Hashable, conversation: Hashable) -> None:
        for older in self._live:
            if older.person == person and older.conversation == conversation:
                await older.leave("elsewhere", "I'll go on over there.", patience=0)

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
