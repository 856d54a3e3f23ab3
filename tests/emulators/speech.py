"""Google's Speech-to-Text V2 on a real gRPC socket, as strict as the real one, hearing words made of tones."""

import asyncio
import re
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
import grpc.aio
from google.cloud import speech_v2 as stt

from integrations.settings import SpeechSettings
from integrations.speech.sound import from_mulaw
from tests.emulators.tones import Ear

MOST = 15_000
CHIRP_3 = {"us", "eu", "asia-northeast1", "asia-southeast1"}
MODELS = {"chirp_3", "chirp_2", "telephony", "telephony_short", "latest_long", "latest_short"}
Code = grpc.StatusCode


@dataclass(frozen=True, kw_only=True)
class Script:
    """How one stream goes. Seconds are of sound, unless said otherwise."""

    close_at: float | None = None
    """Close normally, behind the next word, after giving the finals."""
    bare: bool = False
    """Close without giving the finals, even in the middle of a word."""
    abort_at: float | None = None
    abort: grpc.StatusCode = Code.UNAVAILABLE
    hang_at: float | None = None
    """Read on and never answer again."""
    late: float = 0.0
    """Seconds of waiting between the client's last message and the last finals."""
    early: float = 0.0
    """Finals say that they end so much earlier than they do."""
    endless: bool = False
    """Finals don't say where they end."""
    never: bool = False
    """After the client's last message nothing comes any more."""


@dataclass
class Stream:
    """What happened on one stream."""

    head: stt.StreamingRecognizeRequest
    metadata: dict[str, str] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    audio: bytearray = field(default_factory=bytearray, repr=False)
    finals: list[str] = field(default_factory=list)
    half_closed: bool = False
    ended: str = ""


@dataclass
class Listener:
    """The recogniser; `scale` makes its limits of time come sooner."""

    location: str = "us"
    longest: float = 300.0
    idle: float = 10.0
    endpoint: float = 0.5
    """Seconds of silence after which words become final."""
    script: deque[Script] = field(default_factory=deque)
    streams: list[Stream] = field(default_factory=list)
    refuse: grpc.StatusCode | None = None
    transcript: str | None = None
    """What it makes of any sound, for tests that speak with a person's voice."""

    async def recognize(self, requests: AsyncIterator[Any], context: Any) -> AsyncIterator[Any]:
        """`StreamingRecognize`."""
        if self.refuse:
            await context.abort(self.refuse, "refused by the test")
        head: Any = await anext(requests, None)
        if head is None:
            await context.abort(Code.INVALID_ARGUMENT, "no first message")
        if wrong := self._wrong(head):
            await context.abort(Code.INVALID_ARGUMENT, wrong)
        metadata = {str(key): str(value) for key, value in context.invocation_metadata()}
        stream = Stream(head, metadata)
        self.streams.append(stream)
        turn = _Turn(self, stream, self.script.popleft() if self.script else Script(), context)
        try:
            async for response in turn.answers(requests):
                yield response
            stream.ended = stream.ended or ("cancelled" if context.cancelled() else "ok")
        finally:
            stream.ended = stream.ended or "cancelled"

    def _wrong(self, head: Any) -> str | None:
        config = head.streaming_config.config
        place = re.fullmatch(r"projects/[^/]+/locations/([^/]+)/recognizers/_", head.recognizer)
        decoding = config.explicit_decoding_config
        phrases = [
            (phrase.value, phrase.boost or inline.boost)
            for one in config.adaptation.phrase_sets
            for inline in [one.inline_phrase_set]
            for phrase in inline.phrases
        ]
        checks = {
            "the first message carries recognizer and streaming_config": "streaming_config" in head
            and bool(head.recognizer),
            "the first message carries no audio": not head.audio,
            f"expected resource location to be {self.location}": bool(place) and place[1] == self.location,  # type: ignore[index]
            f"model {config.model!r} does not exist": config.model in MODELS,
            f"the model {config.model} is not here": config.model != "chirp_3" or self.location in CHIRP_3,
            "no language": bool(config.language_codes),
            "bad encoding": decoding.encoding in {1, 2, 3} and decoding.audio_channel_count == 1,
            "bad sample rate": 8_000 <= decoding.sample_rate_hertz <= 48_000,
            "this model does not support adaptation": not (phrases and config.model.startswith("telephony")),
            "boost must be in (0, 20]": all(0 < boost <= 20 for _, boost in phrases),
            "phrase too long": all(0 < len(value) <= 100 for value, _ in phrases),
        }
        return next((words for words, fine in checks.items() if not fine), None)


class _Turn:
    """One stream under way."""

    def __init__(self, listener: Listener, stream: Stream, script: Script, context: Any) -> None:
        self._listener, self._stream, self._script, self._context = listener, stream, script, context
        config = stream.head.streaming_config.config.explicit_decoding_config
        self._rate, self._mulaw = config.sample_rate_hertz, config.encoding == 2
        self._ear = Ear(self._rate)
        self._waiting: list[str] = []
        self._opened = asyncio.get_running_loop().time()

    async def answers(self, requests: AsyncIterator[Any]) -> AsyncIterator[Any]:
        script = self._script
        while True:
            try:
                async with asyncio.timeout(self._listener.idle):
                    request = await anext(requests)
            except StopAsyncIteration:
                break
            except TimeoutError:
                await self._abort(Code.ABORTED, "Stream timed out after receiving no more client requests.")
            await self._check(request)
            found = self._ear.listen(from_mulaw(request.audio) if self._mulaw else request.audio)
            if script.hang_at is not None and self._seconds >= script.hang_at:
                async for _ in requests:
                    pass
                await asyncio.sleep(3600)
            for response in self._heard(found):
                yield response
            if script.abort_at is not None and self._seconds >= script.abort_at:
                await self._abort(script.abort, "aborted by the test")
            if script.close_at is not None and self._seconds >= script.close_at and (script.bare or self._ear.quiet):
                if not script.bare:
                    for response in self._last():
                        yield response
                return
        self._stream.half_closed = True
        if script.never:
            await asyncio.sleep(3600)
        await asyncio.sleep(script.late)
        for response in self._last():
            yield response

    @property
    def _seconds(self) -> float:
        return self._ear.heard / self._rate

    async def _check(self, request: Any) -> None:
        if request.recognizer or "streaming_config" in request or not request.audio:
            await self._abort(Code.INVALID_ARGUMENT, "only audio after the first message")
        if len(request.audio) > MOST:
            await self._abort(Code.INVALID_ARGUMENT, "Audio chunk can be of a maximum of 15360 bytes")
        self._stream.sizes.append(len(request.audio))
        self._stream.audio += request.audio
        open_for = asyncio.get_running_loop().time() - self._opened
        if max(self._seconds, open_for) > self._listener.longest:
            await self._abort(Code.ABORTED, "Max duration of 5 minutes reached for stream.")

    async def _abort(self, code: grpc.StatusCode, words: str) -> None:
        self._stream.ended = code.name
        await self._context.abort(code, words)

    def _heard(self, found: list[tuple[str, int]]) -> list[Any]:
        if self._listener.transcript is not None:
            return []
        self._waiting += [text for text, _ in found]
        if self._waiting and self._ear.quiet >= self._listener.endpoint:
            return [self._message(final=True)]
        return [self._message(final=False)] if found else []

    def _last(self) -> list[Any]:
        if self._listener.transcript is not None:
            self._waiting = self._listener.transcript.split()
            return [self._message(final=True)]
        self._waiting += [text for text, _ in self._ear.flush()]
        return [self._message(final=True)] if self._waiting else []

    def _message(self, *, final: bool) -> Any:
        """A message as Google forms it: what is settled, or a stable part and one that may still change."""
        texts = [f" {text}" if at or self._stream.finals else text for at, text in enumerate(self._waiting)]
        if not final:
            parts = [("".join(texts[:-1]), 0.9), (texts[-1], 0.01)]
            results = [
                {"alternatives": [{"transcript": text}], "stability": stability} for text, stability in parts if text
            ]
            return stt.StreamingRecognizeResponse(results=results)
        self._stream.finals += self._waiting
        self._waiting = []
        heard = max(0, self._ear.heard - int(self._script.early * self._rate)) * (not self._script.endless)
        seconds, part = divmod(heard * 1_000_000_000 // self._rate, 1_000_000_000)
        settled = {
            "alternatives": [{"transcript": "".join(texts), "confidence": 0.9}],
            "is_final": True,
            "result_end_offset": {"seconds": seconds, "nanos": part},
        }
        return stt.StreamingRecognizeResponse(results=[settled])


def bind(kind: str, function: Any, request: Any, response: Any) -> Any:
    """A generic handler over proto-plus types."""
    make = getattr(grpc, f"{kind}_rpc_method_handler")
    return make(function, request_deserializer=request.deserialize, response_serializer=response.serialize)


@asynccontextmanager
async def serving(service: str, methods: dict[str, Any], *, tls: Any = None) -> AsyncIterator[str]:
    """A gRPC server on loopback; its address. `tls`: what `grpc.ssl_server_credentials` gives."""
    server = grpc.aio.server()
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(service, methods),))
    port = server.add_secure_port("localhost:0", tls) if tls else server.add_insecure_port("127.0.0.1:0")
    await server.start()
    try:
        yield f"{'localhost' if tls else '127.0.0.1'}:{port}"
    finally:
        await server.stop(None)


@asynccontextmanager
async def listening(listener: Listener, *, tls: Any = None) -> AsyncIterator[SpeechSettings]:
    """Settings that point at this recogniser."""
    types = (stt.StreamingRecognizeRequest, stt.StreamingRecognizeResponse)
    methods = {"StreamingRecognize": bind("stream_stream", listener.recognize, *types)}
    async with serving("google.cloud.speech.v2.Speech", methods, tls=tls) as address:
        place = {"endpoint": address, "insecure": tls is None, "location": listener.location}
        yield SpeechSettings(recognizer="google", project="house", **place)
