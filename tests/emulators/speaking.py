"""Google's Text-to-Speech on a real gRPC socket, as strict as the real one, saying words as tones."""

import asyncio
import struct
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.cloud import texttospeech as tts

from integrations.settings import SpeechSettings
from integrations.speech.sound import to_mulaw
from tests.emulators import tones
from tests.emulators.speech import bind, serving

MOST = 5_000
VOICES = ("en-US-Chirp3-HD-Charon", "en-US-Chirp3-HD-Kore", "en-US-Neural2-C", "de-DE-Chirp3-HD-Kore")
STREAMED = {tts.AudioEncoding.PCM, tts.AudioEncoding.ALAW, tts.AudioEncoding.MULAW, tts.AudioEncoding.OGG_OPUS}
Code = grpc.StatusCode


@dataclass(frozen=True, kw_only=True)
class Line:
    """How one call goes."""

    refuse: grpc.StatusCode | None = None
    hang: bool = False
    """Never answer."""
    abort_after: int | None = None
    """Pieces of sound before it breaks."""
    hang_after: int | None = None


@dataclass
class Said:
    """What was asked in one call."""

    method: str
    text: str = ""
    voice: str = ""
    rate: int = 0
    speed: float = 0.0
    encoding: str = ""
    cancelled: bool = False
    pieces: int = 0


@dataclass
class Speaker:
    """The synthesizer."""

    delay: float = 0.0
    """Seconds until its first sound."""
    piece: float = 0.1
    """Seconds of sound in a piece."""
    torn: bool = False
    """Pieces end in the middle of a sample."""
    pace: float = 0.0
    """Seconds between two pieces."""
    idle: float = 5.0
    script: deque[Line] = field(default_factory=deque)
    calls: list[Said] = field(default_factory=list)

    def _next(self) -> Line:
        return self.script.popleft() if self.script else Line()

    async def stream(self, requests: AsyncIterator[Any], context: Any) -> AsyncIterator[Any]:
        """`StreamingSynthesize`."""
        call, line = Said("stream"), self._next()
        self.calls.append(call)
        try:
            if line.refuse:
                await context.abort(line.refuse, "refused by the test")
            head: Any = await anext(requests, None)
            if head is None or "streaming_config" not in head or head.input.text:
                await context.abort(Code.INVALID_ARGUMENT, "the first message is the config and nothing else")
            voice, audio = head.streaming_config.voice, head.streaming_config.streaming_audio_config
            call.voice, call.rate, call.speed = voice.name, audio.sample_rate_hertz, audio.speaking_rate
            call.encoding = tts.AudioEncoding(audio.audio_encoding).name
            if wrong := _wrong(voice, audio, streaming=True):
                await context.abort(Code.INVALID_ARGUMENT, wrong)
            async for piece in self._inputs(requests, context, call, line):
                call.pieces += 1
                yield tts.StreamingSynthesizeResponse(audio_content=piece)
        except asyncio.CancelledError:
            call.cancelled = True
            raise

    async def _inputs(self, requests: AsyncIterator[Any], context: Any, call: Said, line: Line) -> AsyncIterator[bytes]:
        given = 0
        while True:
            try:
                async with asyncio.timeout(self.idle):
                    request = await anext(requests)
            except StopAsyncIteration:
                break
            except TimeoutError:
                await context.abort(Code.ABORTED, "Stream aborted due to long duration elapsed without input sent.")
            if "streaming_config" in request or not request.input.text:
                await context.abort(Code.INVALID_ARGUMENT, "only input after the first message")
            if len(request.input.text.encode()) > MOST:
                await context.abort(Code.INVALID_ARGUMENT, "more than 5000 bytes")
            call.text += request.input.text
            if line.hang:
                await asyncio.sleep(3600)
            await asyncio.sleep(self.delay)
            sound = spoken(request.input.text, call.rate, call.speed)
            size = int(call.rate * self.piece) * 2
            size += self.torn
            if call.encoding == "MULAW":
                sound, size = to_mulaw(sound), size // 2
            for start in range(0, len(sound), size):
                if line.abort_after == given:
                    await context.abort(Code.INTERNAL, "aborted by the test")
                if line.hang_after == given:
                    await asyncio.sleep(3600)
                yield sound[start : start + size]
                given += 1
                await asyncio.sleep(self.pace)
        if not call.text:
            await context.abort(Code.INVALID_ARGUMENT, "no input")

    async def whole(self, request: Any, context: Any) -> Any:
        """`SynthesizeSpeech`."""
        call, line = Said("whole", request.input.text), self._next()
        self.calls.append(call)
        voice, audio = request.voice, request.audio_config
        call.voice, call.rate, call.speed = voice.name, audio.sample_rate_hertz, audio.speaking_rate
        call.encoding = tts.AudioEncoding(audio.audio_encoding).name
        if line.refuse:
            await context.abort(line.refuse, "refused by the test")
        wrong = _wrong(voice, audio, streaming=False)
        if request.input.ssml and "Chirp" in voice.name:
            wrong = "Chirp voices take no SSML"
        if not request.input.text or len(request.input.text.encode()) > MOST:
            wrong = "no text, or more than 5000 bytes"
        if wrong:
            await context.abort(Code.INVALID_ARGUMENT, wrong)
        if line.hang:
            await asyncio.sleep(3600)
        await asyncio.sleep(self.delay)
        return tts.SynthesizeSpeechResponse(audio_content=wav(spoken(call.text, call.rate, call.speed), call.rate))

    async def voices(self, request: Any, context: Any) -> Any:
        """`ListVoices`."""
        line = self.script[0] if self.script and self.script[0].refuse else None
        if line and line.refuse:
            await context.abort(line.refuse, "refused by the test")
        found = [name for name in VOICES if name.startswith(request.language_code)]
        return tts.ListVoicesResponse(voices=[{"name": name, "language_codes": [name[:5]]} for name in found])


def _wrong(voice: Any, audio: Any, *, streaming: bool) -> str | None:
    if voice.name not in VOICES:
        return f"Voice '{voice.name}' does not exist."
    if not voice.name.startswith(voice.language_code):
        return "Requested language code doesn't match the voice."
    if streaming and "Chirp3-HD" not in voice.name:
        return "Currently, only Chirp 3: HD voices are supported for streaming synthesis."
    if streaming and audio.audio_encoding not in STREAMED:
        return "Unsupported audio encoding."
    if not 0.25 <= (audio.speaking_rate or 1.0) <= 2.0:
        return "speaking_rate out of range"
    return None


def spoken(text: str, rate: int, speed: float) -> bytes:
    """The text's words as tones: 0.2 s each at speed 1."""
    words = "".join(letter if letter.isalnum() else " " for letter in text).split()
    speed = speed or 1.0
    return tones.sound(words, rate, burst=max(0.105, tones.BURST / speed), gap=max(0.02, tones.GAP / speed))


def wav(pcm: bytes, rate: int) -> bytes:
    """A WAV file as Google makes them may carry more than samples: 44 bytes are no safe guess."""
    form = struct.pack("<HHIIHH", 1, 1, rate, rate * 2, 2, 16)
    note = b"Lavf\x01"
    body = b"WAVE" + b"fmt " + struct.pack("<I", len(form)) + form
    body += b"LIST" + struct.pack("<I", len(note)) + note + b"\x00" + b"data" + struct.pack("<I", len(pcm)) + pcm
    return b"RIFF" + struct.pack("<I", len(body)) + body


@asynccontextmanager
async def speaking(speaker: Speaker) -> AsyncIterator[SpeechSettings]:
    """Settings that point at this synthesizer."""
    methods = {
        "StreamingSynthesize": bind(
            "stream_stream", speaker.stream, tts.StreamingSynthesizeRequest, tts.StreamingSynthesizeResponse
        ),
        "SynthesizeSpeech": bind(
            "unary_unary", speaker.whole, tts.SynthesizeSpeechRequest, tts.SynthesizeSpeechResponse
        ),
        "ListVoices": bind("unary_unary", speaker.voices, tts.ListVoicesRequest, tts.ListVoicesResponse),
    }
    async with serving("google.cloud.texttospeech.v1.TextToSpeech", methods) as address:
        yield SpeechSettings(synthesizer="google", tts_endpoint=address, insecure=True)
