"""Pipecat as it comes, with the same models and answers: `python -m bench.peer_stock PORT WHISPER_FOLDER VOICE.onnx`."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from fastapi import FastAPI, WebSocket
from loguru import logger
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.frames.frames import (
    Frame,
    LLMContextFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    LLMTextFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import LLMContextAggregatorPair, LLMUserAggregatorParams
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.serializers.protobuf import ProtobufFrameSerializer
from pipecat.services.piper.tts import PiperTTSService
from pipecat.services.whisper.stt import WhisperSTTService
from pipecat.transports.websocket.fastapi import FastAPIWebsocketParams, FastAPIWebsocketTransport
from pipecat.workers.runner import WorkerRunner

from bench.replies import replies


class Answering(FrameProcessor):
    """Always has something to say."""

    def __init__(self, sentences: Iterator[str]) -> None:
        super().__init__()
        self._sentences = sentences

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, LLMContextFrame):
            await self.push_frame(LLMFullResponseStartFrame())
            await self.push_frame(LLMTextFrame(next(self._sentences)))
            await self.push_frame(LLMFullResponseEndFrame())
        else:
            await self.push_frame(frame, direction)


async def converse(websocket: WebSocket, whisper: Path, voice: Path, sentences: Iterator[str]) -> None:
    """One conversation, put together as pipecat's own examples do it."""
    params = FastAPIWebsocketParams(
        audio_in_enabled=True, audio_out_enabled=True, serializer=ProtobufFrameSerializer(), allowed_origins=[]
    )
    transport = FastAPIWebsocketTransport(websocket, params)
    turns = LLMContextAggregatorPair(
        LLMContext(), user_params=LLMUserAggregatorParams(vad_analyzer=SileroVADAnalyzer())
    )
    settings = WhisperSTTService.Settings(model=str(whisper))
    worker = PipelineWorker(
        Pipeline(
            [
                transport.input(),
                WhisperSTTService(device="cpu", compute_type="int8", settings=settings),
                turns.user(),
                Answering(sentences),
                PiperTTSService(download_dir=voice.parent, settings=PiperTTSService.Settings(voice=voice.stem)),
                transport.output(),
                turns.assistant(),
            ]
        )
    )

    @transport.event_handler("on_client_disconnected")
    async def on_client_disconnected(*_: object) -> None:
        await worker.cancel()

    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)
    await runner.run()


async def serve(port: int, whisper: Path, voice: Path) -> None:
    logger.remove()
    app, sentences = FastAPI(), replies()

    @app.websocket("/v1/voice")
    async def talk(websocket: WebSocket) -> None:
        await websocket.accept()
        await converse(websocket, whisper, voice, sentences)

    await uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning")).serve()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
