"""Our pipeline with an agent that answers at once, by browser and telephone: `python -m bench.peer_ours PORT WHISPER_FOLDER VOICE.onnx`."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import uvicorn
from fastapi import FastAPI, WebSocket
from loguru import logger

from agent.commands import complete
from agent.events import Event, Finished, Said
from bench.replies import replies
from integrations.speech.piper import PiperSynthesizer
from integrations.speech.whisper import WhisperRecognizer
from integrations.telephone import HungUp, Started
from integrations.telephone.twilio import Twilio
from voice.pipeline.assembly import Speech
from voice.pipeline.frames import Hearing
from voice.pipeline.telephone import TelephoneLine
from voice.sessions import Sessions, by_telephone


class Answering:
    """Always has something to say."""

    def __init__(self) -> None:
        self._replies = replies()

    async def reply(self, words: str, hearing: Hearing) -> AsyncIterator[Event]:  # noqa: ARG002, it doesn't care
        text = next(self._replies)
        yield Said(text=text)
        yield Finished(answer={"conversation_id": "bench", "turn_id": "turn", "reply": text, "understood": words})

    async def heard(self, *_: object) -> None:
        return None

    def let_go(self, *_: object) -> None:
        return None

    async def dropped(self, *_: object) -> None:
        return None

    def greeting(self) -> str | None:
        return None


async def serve(port: int, whisper: Path, voice: Path) -> None:
    logger.remove()
    speech = Speech(WhisperRecognizer(whisper), PiperSynthesizer(voice))
    await speech.warm()
    sessions, agent, app = Sessions(speech, per_person=0), Answering(), FastAPI()

    @app.websocket("/v1/voice")
    async def converse(websocket: WebSocket) -> None:
        await websocket.accept()
        await sessions.converse(websocket, "somebody", agent, conversation=id(websocket), complete=complete)

    @app.websocket("/v1/phone/twilio/media")
    async def telephone(websocket: WebSocket) -> None:
        await websocket.accept()
        line = TelephoneLine(websocket, Twilio("token"))
        while not isinstance(event := await line.event(), Started):
            if isinstance(event, HungUp):
                return
        line.begin(event.stream_id)
        way = by_telephone(line, silence=300.0)
        await sessions.converse(way, "somebody", agent, conversation=id(websocket), complete=complete)

    await uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning")).serve()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
