"""Pipecat's own evals, held with the real pipeline, the real built-in mind and real local keepers."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI, WebSocket
from pipecat.evals.fastapi_transport import EvalFastAPIWebsocketTransport
from pipecat.evals.scenario import EvalScenarioFile, EvalScriptScenario
from pipecat.evals.serializer import EvalSerializer, parse_eval_connect
from pipecat.evals.session import EvalSession, EvalSessionParams
from pipecat.evals.transport import EvalTransportParams
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.workers.runner import WorkerRunner

from integrations.speech import Channel, Utterance, Voice
from tests.emulators.serve import served
from tests.evals.worldfile import furnish
from tests.worlds import World, open_world
from voice.pipeline.assembly import Speech, assemble
from voice.pipeline.brain import Brain
from voice.sessions import WHAT_CLIENTS_SEE
from voice.thread import Thread

SCENARIOS = [
    scenario
    for path in sorted((Path(__file__).parent / "scenarios").glob("*.yaml"))
    for scenario in EvalScenarioFile.load(path)
]


class NoRecognizer:
    """These scenarios are typed; sound has its own tests."""

    name = "none"
    trouble = None

    def utterance(self, *, rate: int, hints: Sequence[str] = (), channel: Channel = "browser") -> Utterance:
        raise NotImplementedError

    async def warm(self) -> None:
        """Nothing to load."""


class NoVoice:
    """Nobody listens."""

    name = "none"
    trouble = None
    rate = 24000

    async def speak(self, text: str, *, voice: str | None = None, speed: float = 1.0) -> AsyncGenerator[bytes, None]:
        """A tenth of a second of silence."""
        yield bytes(4800)

    async def voices(self) -> list[Voice]:
        """None."""
        return []

    async def warm(self) -> None:
        """Nothing to load."""


def eval_app(world: World) -> FastAPI:
    """A bot that an eval harness can connect to, made of our own pieces."""
    app = FastAPI()
    speech = Speech(NoRecognizer(), NoVoice())

    @app.websocket("/ws")
    async def ws(websocket: WebSocket) -> None:
        await websocket.accept()
        flags = parse_eval_connect(await websocket.receive_json())
        assert flags is not None
        params = EvalTransportParams(audio_in_enabled=True, audio_out_enabled=True, serializer=EvalSerializer())
        transport = EvalFastAPIWebsocketTransport(websocket, params, flags)
        brain = Brain(Thread(world.services, world.person, channel="voice"))
        worker = PipelineWorker(
            assemble(transport, speech, brain, rate=24000, complete=None),
            params=PipelineParams(audio_in_sample_rate=16000, audio_out_sample_rate=24000),
            rtvi_observer_params=WHAT_CLIENTS_SEE,
            enable_turn_tracking=False,
        )

        @transport.event_handler("on_client_disconnected")
        async def gone(*_: object) -> None:
            await worker.cancel()

        runner = WorkerRunner(handle_sigint=False, check_dangling_tasks=False)
        await runner.add_workers(worker)
        await runner.run()

    return app


@asynccontextmanager
async def bot(folder: Path) -> AsyncIterator[str]:
    async with open_world(folder) as world:
        await furnish(world)
        async with served(eval_app(world)) as address:
            yield f"{address.replace('http', 'ws', 1)}/ws"


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
async def test_a_scenario_passes(scenario: EvalScriptScenario, tmp_path: Path) -> None:
    """What the scenario expects of the conversation comes to pass."""
    async with bot(tmp_path) as url:
        session = EvalSession.from_scenario(scenario, url, params=EvalSessionParams(default_timeout_ms=8000))

        result = await asyncio.wait_for(session.run(), 60)

    assert result.passed, result.failures
