"""Speaking with Google's Text-to-Speech: streamed where the voice can be, in one piece where it can't."""

import asyncio
import re
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from grpc.aio import EOF, AioRpcError

from integrations.errors import RateLimited, Unavailable
from integrations.speech import Meter, Voice
from integrations.speech.google_cloud import GoogleCloud, Misunderstood, Refused, refusal
from integrations.speech.phrases import Phrases
from integrations.speech.sound import from_mulaw, from_pcm, from_wav, to_pcm
from integrations.speech.spoken import spoken

WHAT = "voice"
USUAL = "Chirp3-HD-Charon"
MOST = 4_800
"""Bytes of text in one request; Google takes 5,000."""
_SLOWEST, _FASTEST = 0.25, 2.0
_TERMS = "Google Cloud terms of service"
_FRESH = 3_600.0
"""Seconds for which Google's list of voices is believed."""


@dataclass(frozen=True, kw_only=True)
class Deadlines:
    """Seconds that a person is kept waiting before something else is tried."""

    first: float = 1.0
    """For the first sound of a stream."""
    stall: float = 1.5
    """Between two pieces of sound."""
    again: float = 1.5
    """For the second try."""
    whole: float = 3.0
    """For a text in one piece, of a voice that can't be streamed."""


class GoogleSynthesizer:
    """Synthesizer over Google's voices. `rate` 8000 asks for a telephone's own mu-law; short phrases are remembered."""

    name = "google"
    trouble: str | None = None

    def __init__(
        self,
        cloud: GoogleCloud,
        *,
        voice: str | None = None,
        rate: int = 24_000,
        deadlines: Deadlines | None = None,
        meter: Meter | None = None,
    ) -> None:
        self._cloud = cloud
        self._usual = voice or f"{cloud.language}-{USUAL}"
        self.rate = rate
        self._deadlines = deadlines or Deadlines()
        self._meter = meter or Meter()
        self._phrases = Phrases()
        self._whole_only: set[str] = set()
        self._listed: tuple[float, list[Voice]] | None = None

    async def speak(self, text: str, *, voice: str | None = None, speed: float = 1.0) -> AsyncGenerator[bytes, None]:
        """The text's sound, each piece as soon as Google sends it."""
        text = spoken(text)
        if not text:
            return
        name = self._named(voice)
        speed = min(_FASTEST, max(_SLOWEST, speed))
        if (known := self._phrases.get(text, name, speed)) is not None:
            yield known
            return
        whole = bytearray()
        for part in parts(text):
            self._meter.characters_spoken += len(part)
            async with aclosing(self._part(part, name, speed)) as pieces:
                async for pcm in pieces:
                    whole += pcm
                    yield pcm
        self._phrases.keep(bytes(whole), text, name, speed)

    async def voices(self) -> list[Voice]:
        """Google's voices for the language: the ones that can be streamed, or all where there are none."""
        now = asyncio.get_running_loop().time()
        if self._listed is None or now - self._listed[0] > _FRESH:
            self._listed = (now, await self._list())
        return self._listed[1]

    async def warm(self) -> None:
        """Find the credentials, connect, and see that Google answers."""
        await self.voices()

    def _named(self, voice: str | None) -> str:
        """Google's name of the voice; the usual one instead of one that Google doesn't have."""
        if not voice or not voice.startswith("google:"):
            return self._usual
        if self._listed and voice not in {one.id for one in self._listed[1]}:
            return self._usual
        return voice.removeprefix("google:")

    async def _list(self) -> list[Voice]:
        speaking = await self._cloud.speaking()
        from google.cloud.texttospeech import ListVoicesRequest

        try:
            answer = await speaking.list_voices(ListVoicesRequest(language_code=self._cloud.language), timeout=3.0)
        except AioRpcError as error:
            raise refusal(error, WHAT) from error
        names = sorted((one.name for one in answer.voices), key=lambda name: (name != self._usual, name))
        streamed = [name for name in names if _streams(name) or name == self._usual]
        return [_described(name) for name in streamed or names]

    async def _part(self, text: str, name: str, speed: float) -> AsyncGenerator[bytes, None]:
        """One request's worth of text. What fails before its first sound is tried once more, in one piece."""
        if _streams(name) and name not in self._whole_only:
            sounded = False
            try:
                async with aclosing(self._streamed(text, name, speed)) as pieces:
                    async for pcm in pieces:
                        sounded = True
                        yield pcm
                return
            except Misunderstood:
                if sounded:
                    raise
                self._whole_only.add(name)
            except (Refused, RateLimited):
                raise
            except Unavailable:
                if sounded:  # to begin anew would say the same words twice
                    raise
            patience = self._deadlines.again
        else:
            patience = self._deadlines.whole
        try:
            yield await self._whole(text, name, speed, patience)
        except Misunderstood:
            if name == self._usual:
                raise
            yield await self._whole(text, self._usual, speed, patience)

    async def _streamed(self, text: str, name: str, speed: float) -> AsyncGenerator[bytes, None]:
        speaking = await self._cloud.speaking()
        from google.cloud import texttospeech as tts

        encoding = tts.AudioEncoding.MULAW if self.rate == 8_000 else tts.AudioEncoding.PCM
        config = tts.StreamingSynthesizeConfig(
            voice=_selected(name),
            streaming_audio_config=tts.StreamingAudioConfig(
                audio_encoding=encoding, sample_rate_hertz=self.rate, speaking_rate=speed
            ),
        )
        call = speaking.streaming_synthesize()
        patience, odd = self._deadlines.first, b""
        try:
            # all of the text goes out at once: Google gives up on whoever sends nothing for five seconds
            async with asyncio.timeout(patience):
                await call.write(tts.StreamingSynthesizeRequest(streaming_config=config))
                await call.write(tts.StreamingSynthesizeRequest(input=tts.StreamingSynthesisInput(text=text)))
                await call.done_writing()
                response = await call.read()
            while response is not EOF:
                pcm, odd = _samples(odd + response.audio_content, mulaw=self.rate == 8_000)
                if pcm:
                    patience = self._deadlines.stall
                    yield pcm
                async with asyncio.timeout(patience):
                    response = await call.read()
        except AioRpcError as error:
            raise refusal(error, WHAT) from error
        except (TimeoutError, asyncio.InvalidStateError) as error:
            raise Unavailable(f"Google's {WHAT} isn't answering.") from error
        finally:
            call.cancel()

    async def _whole(self, text: str, name: str, speed: float, patience: float) -> bytes:
        speaking = await self._cloud.speaking()
        from google.cloud import texttospeech as tts

        request = tts.SynthesizeSpeechRequest(
            input=tts.SynthesisInput(text=text),
            voice=_selected(name),
            audio_config=tts.AudioConfig(
                audio_encoding=tts.AudioEncoding.LINEAR16, sample_rate_hertz=self.rate, speaking_rate=speed
            ),
        )
        try:
            answer = await speaking.synthesize_speech(request, timeout=patience)
            pcm, rate = from_wav(answer.audio_content)
        except AioRpcError as error:
            raise refusal(error, WHAT) from error
        except ValueError as error:
            raise Unavailable(f"Google's {WHAT} sent something that isn't sound.") from error
        return pcm if rate == self.rate else to_pcm(from_pcm(pcm, rate=rate, to=self.rate))


def parts(text: str) -> Iterator[str]:
    """The text in pieces that one request may hold, cut between sentences where that can be done."""
    piece = ""
    for sentence in re.split(r"(?<=[.!?…])\s+", text):
        for run in _runs(sentence):
            if piece and len(f"{piece} {run}".encode()) > MOST:
                yield piece
                piece = ""
            piece = f"{piece} {run}".strip()
    if piece:
        yield piece


def _runs(sentence: str) -> Iterator[str]:
    """A sentence, or where it is too long, so many words of it that they fit."""
    run = ""
    for word in sentence.split():
        if run and len(f"{run} {word}".encode()) > MOST:
            yield run
            run = ""
        run = f"{run} {word}".strip().encode()[:MOST].decode(errors="ignore")
    if run:
        yield run


def _samples(sound: bytes, *, mulaw: bool) -> tuple[bytes, bytes]:
    """Whole samples, and the half one that may be left."""
    if mulaw:
        return from_mulaw(sound), b""
    whole = len(sound) // 2 * 2
    return sound[:whole], sound[whole:]


def _streams(name: str) -> bool:
    return "-Chirp" in name and "-HD-" in name


def _selected(name: str) -> Any:
    from google.cloud.texttospeech import VoiceSelectionParams

    return VoiceSelectionParams(language_code="-".join(name.split("-")[:2]), name=name)


def _described(name: str) -> Voice:
    """Google's names are like en-US-Chirp3-HD-Charon."""
    pieces = name.split("-")
    plain = pieces[-1] if _streams(name) else " ".join(pieces[2:])
    return Voice(id=f"google:{name}", name=plain, engine="google", language="-".join(pieces[:2]), licence=_TERMS)
