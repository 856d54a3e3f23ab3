"""The emulators of Google's speech are as strict as Google: what it refuses they refuse, with its status."""

import asyncio
from typing import Any

import grpc
import pytest
from google.cloud import speech_v2 as stt
from google.cloud import texttospeech as tts

from integrations.speech.google_cloud import GoogleCloud
from integrations.speech.google_recognizer import first_message
from tests.emulators.speaking import Speaker, speaking
from tests.emulators.speech import Listener, listening

Code = grpc.StatusCode
Audio = stt.StreamingRecognizeRequest
CHARON = "en-US-Chirp3-HD-Charon"


def head(**how: Any) -> stt.StreamingRecognizeRequest:
    """A first message as we send it, but for what a test changes."""
    usual: dict[str, Any] = {"model": "chirp_3", "language": "en-US", "rate": 16_000, "mulaw": False, "hints": []}
    place = how.pop("place", "us")
    return first_message("house", place, **(usual | how))


def hinted(model: str, boost: float) -> stt.StreamingRecognizeRequest:
    """A first message with a phrase."""
    message = head(model=model)
    phrases = {"phrases": [{"value": "Anna"}], "boost": boost}
    message.streaming_config.config.adaptation = stt.SpeechAdaptation(phrase_sets=[{"inline_phrase_set": phrases}])
    return message


async def refused(call: Any, *messages: Any, wait: float = 0.0) -> grpc.StatusCode:
    """The status that the messages end in."""
    try:
        for message in messages:
            await call.write(message)
            await asyncio.sleep(0.05)  # a refusal must not meet the next message on its way
        await asyncio.sleep(wait)
        await call.done_writing()
        async for _ in call:
            pass
    except (grpc.aio.AioRpcError, asyncio.InvalidStateError):
        pass
    status: grpc.StatusCode = await call.code()
    return status


@pytest.mark.parametrize(
    "messages",
    [
        [Audio(audio=b"\x00" * 100)],
        [Audio(recognizer="projects/x/locations/us/recognizers/_")],
        [head(place="eu")],
        [head(model="nobody")],
        [head(rate=4_000)],
        [hinted("telephony", 10)],
        [hinted("chirp_3", 21)],
        [hinted("chirp_3", -1)],
        [head(), Audio(audio=b"\x00" * 15_362)],
        [head(), head()],
    ],
)
async def test_hearing_refuses_what_google_refuses(messages: list[Any]) -> None:
    """Each of these is INVALID_ARGUMENT; the message as we send it is none."""
    async with listening(Listener()) as settings:
        cloud = GoogleCloud(settings)
        stubs = await cloud.hearing()
        assert await refused(stubs.streaming_recognize(), head(), Audio(audio=b"\x00" * 3_200)) is Code.OK
        assert await refused(stubs.streaming_recognize(), *messages) is Code.INVALID_ARGUMENT
        await cloud.close()


@pytest.mark.parametrize(
    ("listener", "messages"),
    [
        (Listener(idle=0.1), [head(), Audio(audio=bytes(3_200))]),
        (Listener(longest=0.3), [head(), *[Audio(audio=bytes(9_600))] * 3]),
    ],
)
async def test_hearing_gives_up_like_google(listener: Listener, messages: list[Any]) -> None:
    """Too long without sound, and too long altogether, are ABORTED (409)."""
    async with listening(listener) as settings:
        cloud = GoogleCloud(settings)
        assert await refused((await cloud.hearing()).streaming_recognize(), *messages, wait=0.3) is Code.ABORTED
        await cloud.close()


async def test_chirp_is_not_everywhere() -> None:
    """At `global` there is none."""
    async with listening(Listener(location="global")) as settings:
        cloud = GoogleCloud(settings)
        stubs = await cloud.hearing()
        assert await refused(stubs.streaming_recognize(), head(place="global")) is Code.INVALID_ARGUMENT
        fine = head(place="global", model="latest_short")
        assert await refused(stubs.streaming_recognize(), fine, Audio(audio=bytes(3_200))) is Code.OK
        await cloud.close()


def config(name: str = CHARON, *, encoding: Any = tts.AudioEncoding.PCM, speed: float = 1.0) -> Any:
    """A first message to a voice."""
    audio = tts.StreamingAudioConfig(audio_encoding=encoding, sample_rate_hertz=24_000, speaking_rate=speed)
    voice = tts.VoiceSelectionParams(language_code="en-US", name=name)
    return tts.StreamingSynthesizeRequest(
        streaming_config=tts.StreamingSynthesizeConfig(voice=voice, streaming_audio_config=audio)
    )


def words(text: str) -> Any:
    return tts.StreamingSynthesizeRequest(input=tts.StreamingSynthesisInput(text=text))


@pytest.mark.parametrize(
    "messages",
    [
        [words("w1")],
        [config()],
        [config("en-US-Neural2-C"), words("w1")],
        [config("en-US-Nobody"), words("w1")],
        [config("de-DE-Chirp3-HD-Kore"), words("w1")],
        [config(encoding=tts.AudioEncoding.LINEAR16), words("w1")],
        [config(speed=2.5), words("w1")],
        [config(), words("ä" * 2_501)],
        [config(), config()],
    ],
)
async def test_speaking_refuses_what_google_refuses(messages: list[Any]) -> None:
    """Each of these is INVALID_ARGUMENT; the messages as we send them are none."""
    async with speaking(Speaker()) as settings:
        cloud = GoogleCloud(settings)
        stubs = await cloud.speaking()
        assert await refused(stubs.streaming_synthesize(), config(), words("w1")) is Code.OK
        assert await refused(stubs.streaming_synthesize(), *messages) is Code.INVALID_ARGUMENT
        await cloud.close()


async def test_speaking_gives_up_like_google() -> None:
    """Too long without input is ABORTED (409), and a Chirp voice takes no SSML."""
    async with speaking(Speaker(idle=0.1)) as settings:
        cloud = GoogleCloud(settings)
        stubs = await cloud.speaking()
        assert await refused(stubs.streaming_synthesize(), config(), words("w1"), wait=0.3) is Code.ABORTED
        request = tts.SynthesizeSpeechRequest(
            input=tts.SynthesisInput(ssml="<speak>w1</speak>"),
            voice=tts.VoiceSelectionParams(language_code="en-US", name=CHARON),
            audio_config=tts.AudioConfig(audio_encoding=tts.AudioEncoding.LINEAR16, sample_rate_hertz=24_000),
        )
        with pytest.raises(grpc.aio.AioRpcError) as told:
            await stubs.synthesize_speech(request)
        assert told.value.code() is Code.INVALID_ARGUMENT
        await cloud.close()
