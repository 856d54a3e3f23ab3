"""Google's voices on a real socket: each of their rules kept, the first sound at once, no word said twice."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

import grpc
import pytest

from integrations.errors import RateLimited, Unavailable
from integrations.speech import Meter
from integrations.speech.google_cloud import GoogleCloud, Refused
from integrations.speech.google_synthesizer import Deadlines, GoogleSynthesizer, parts
from integrations.speech.sound import from_wav
from tests.callers import within
from tests.emulators import tones
from tests.emulators.speaking import Line, Speaker, speaking, wav

KORE = "google:en-US-Chirp3-HD-Kore"
NEURAL = "google:en-US-Neural2-C"
SHORT = Deadlines(first=0.3, stall=0.3, again=0.3, whole=0.3)


@asynccontextmanager
async def voiced(speaker: Speaker, **how: Any) -> AsyncIterator[GoogleSynthesizer]:
    """A synthesizer that is pointed at the speaker."""
    async with speaking(speaker) as settings:
        cloud = GoogleCloud(settings)
        yield GoogleSynthesizer(cloud, **how)
        await cloud.close()


async def say(google: GoogleSynthesizer, text: str, **how: Any) -> list[bytes]:
    return [piece async for piece in google.speak(text, **how)]


async def _gather(sound: AsyncIterator[bytes], pieces: list[bytes]) -> None:
    async for piece in sound:
        pieces += [piece]


def words(pieces: list[bytes], rate: int = 24_000) -> list[str]:
    return tones.words(b"".join(pieces), rate)


async def test_a_sentence_is_streamed_word_for_word() -> None:
    """Config first, then the text, in the person's voice and speed; headerless, whole samples, small pieces."""
    speaker = Speaker(torn=True)
    async with voiced(speaker) as google:
        pieces = await say(google, "w1 w2 w3 w4 w5.", voice=KORE, speed=1.25)
    assert words(pieces) == ["w1", "w2", "w3", "w4", "w5"]
    assert not pieces[0].startswith(b"RIFF")
    assert all(len(piece) % 2 == 0 for piece in pieces)
    (call,) = speaker.calls
    assert (call.method, call.voice, call.rate, call.encoding) == ("stream", KORE[7:], 24_000, "PCM")
    assert call.speed == pytest.approx(1.25)


async def test_the_first_sound_is_passed_on_at_once() -> None:
    """It is there while the second piece hasn't left Google: nothing collects half a second first."""
    speaker = Speaker(piece=0.05, pace=5.0)
    async with voiced(speaker) as google, aclosing(google.speak("w1 w2 w3.")) as voice:
        first = await anext(voice)
        assert len(first) == 2 * 24_000 * 0.05
        assert speaker.calls[0].pieces == 1


async def test_a_telephone_gets_its_own_sound() -> None:
    """At 8 kHz Google is asked for mu-law, which is brought to samples and never resampled."""
    speaker = Speaker()
    async with voiced(speaker, rate=8_000) as google:
        assert words(await say(google, "w7 w8 w9"), 8_000) == ["w7", "w8", "w9"]
    assert (speaker.calls[0].encoding, speaker.calls[0].rate) == ("MULAW", 8_000)


async def test_a_voice_that_cannot_be_streamed_speaks_all_the_same() -> None:
    """Its sound comes in one piece, without the header, however long that is: what a request may hold sounds for minutes."""
    speaker, long = Speaker(), [tones.word(number) for number in range(1_000)]
    async with voiced(speaker) as google:
        assert words(await say(google, "w1 w2 w3", voice=NEURAL)) == ["w1", "w2", "w3"]
        assert words(await say(google, " ".join(long), voice=NEURAL)) == long
    assert [call.method for call in speaker.calls] == ["whole", "whole"]


async def test_a_stream_that_google_does_not_understand_is_asked_for_once() -> None:
    """Then that voice speaks in one piece, now and later."""
    speaker = Speaker(script=deque([Line(refuse=grpc.StatusCode.INVALID_ARGUMENT)]))
    async with voiced(speaker) as google:
        assert words(await say(google, "w1 w2")) == ["w1", "w2"]
        assert words(await say(google, "w3 w4")) == ["w3", "w4"]
    assert [call.method for call in speaker.calls][:2] == ["stream", "whole"]


async def test_a_voice_that_is_gone_is_replaced() -> None:
    """A voice that Google no longer has costs nobody the sentence."""
    async with voiced(Speaker()) as google:
        assert words(await say(google, "w1 w2", voice="google:en-US-Gone-X")) == ["w1", "w2"]
        await google.voices()
        assert words(await say(google, "w1 w3", voice="google:en-US-Gone-X")) == ["w1", "w3"]


async def test_text_is_made_fit_and_never_too_long() -> None:
    """No markup, links or emoji reach Google, and a long text goes in requests of at most 5,000 bytes."""
    speaker = Speaker()
    async with voiced(speaker) as google:
        await say(google, "**Lunch** <b> & 🎉 at https://example.org/x?y=1")
        assert speaker.calls[0].text == "Lunch b and at a link to example dot org"
        long = " ".join(f"w{n} ü." if n % 9 == 0 else f"w{n}" for n in range(1_400))
        heard = words(await say(google, long))
    asked = speaker.calls[1:]
    assert len(asked) == 2
    assert all(len(call.text.encode()) <= 5_000 for call in asked)
    assert len(heard) == len(long.replace("ü.", "u").split())
    assert " ".join(call.text for call in asked).split() == long.split()


def test_even_one_endless_word_fits() -> None:
    """A text without a space is cut to what a request holds."""
    assert all(len(part.encode()) <= 5_000 for part in parts("ä" * 9_000))
    assert list(parts("One. Two.")) == ["One. Two."]
    assert list(parts("")) == []


@pytest.mark.parametrize("line", [Line(hang=True), Line(refuse=grpc.StatusCode.UNAVAILABLE), Line(abort_after=0)])
async def test_what_fails_before_its_first_sound_is_tried_once_more(line: Line) -> None:
    """In one piece, within the deadline; the person hears the sentence."""
    speaker = Speaker(script=deque([line]))
    async with voiced(speaker, deadlines=SHORT) as google:
        assert words(await say(google, "w1 w2 w3")) == ["w1", "w2", "w3"]
    assert [call.method for call in speaker.calls] == ["stream", "whole"]


@pytest.mark.parametrize("line", [Line(hang=True), Line(refuse=grpc.StatusCode.UNAVAILABLE)])
async def test_one_retry_is_all(line: Line) -> None:
    """Then the sentence fails, soon, and somebody else may say it."""
    speaker = Speaker(script=deque([line] * 9))
    async with voiced(speaker, deadlines=SHORT) as google:
        async with asyncio.timeout(2):
            with pytest.raises(Unavailable, match="isn't answering"):
                await say(google, "w1 w2 w3")
    assert len(speaker.calls) == 2


@pytest.mark.parametrize("line", [Line(abort_after=2), Line(hang_after=2)])
async def test_what_fails_in_the_middle_is_not_begun_anew(line: Line) -> None:
    """What came is passed on, then it is told: the same words are never said twice."""
    speaker, pieces = Speaker(piece=0.2, script=deque([line])), list[bytes]()
    async with voiced(speaker, deadlines=SHORT) as google:
        with pytest.raises(Unavailable):
            await _gather(google.speak("w1 w2 w3 w4"), pieces)
    assert words(pieces) == ["w1", "w2"]
    assert len(speaker.calls) == 1


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (grpc.StatusCode.PERMISSION_DENIED, Refused),
        (grpc.StatusCode.UNAUTHENTICATED, Refused),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, RateLimited),
    ],
)
async def test_a_refusal_is_told_as_what_it_is(code: grpc.StatusCode, kind: type[Unavailable]) -> None:
    """Rights, credentials and quota are no matter of trying again."""
    speaker = Speaker(script=deque([Line(refuse=code)] * 3))
    async with voiced(speaker) as google:
        with pytest.raises(kind):
            await say(google, "w1 w2 w3")


async def test_nobody_listening_cancels_the_call() -> None:
    """An interruption reaches Google: no more is made, or paid for."""
    speaker = Speaker(piece=0.05, pace=0.05)
    async with voiced(speaker) as google:
        voice = google.speak(" ".join(f"w{n}" for n in range(100)))
        await anext(voice)
        await voice.aclose()
        await within(2, lambda: speaker.calls[0].cancelled)
    assert speaker.calls[0].pieces < 10


async def test_a_slow_listener_does_not_let_the_stream_run_dry() -> None:
    """All of the text is given at once, so that Google's five seconds without input never come."""
    speaker = Speaker(idle=0.2)
    async with voiced(speaker) as google:
        pieces = []
        async for piece in google.speak("w1 w2 w3"):
            pieces += [piece]
            await asyncio.sleep(0.15)
    assert words(pieces) == ["w1", "w2", "w3"]


async def test_a_short_phrase_is_paid_for_once() -> None:
    """Said before in that voice and at that speed, it costs nothing and needs nobody."""
    speaker, meter = Speaker(), Meter()
    async with voiced(speaker, meter=meter) as google:
        first = await say(google, "w1 w2.")
        assert b"".join(await say(google, "w1 w2.")) == b"".join(first)
        assert len(speaker.calls) == 1
        await say(google, "w1 w2.", speed=1.5)
        await say(google, "w1 w2.", voice=KORE)
    assert len(speaker.calls) == 3
    assert meter.characters_spoken == 18


async def test_voices_are_listed_with_the_usual_one_first() -> None:
    """Those of the language that can be streamed."""
    async with voiced(Speaker(), voice="en-US-Chirp3-HD-Kore") as google:
        listed = await google.voices()
    assert [(voice.id, voice.name, voice.language) for voice in listed] == [
        (KORE, "Kore", "en-US"),
        ("google:en-US-Chirp3-HD-Charon", "Charon", "en-US"),
    ]


@pytest.mark.parametrize("speed", [0.1, 5.0])
async def test_a_speed_beyond_the_voices_is_the_nearest_it_has(speed: float) -> None:
    """Google takes 0.25 to 2."""
    speaker = Speaker()
    async with voiced(speaker) as google:
        assert await say(google, "w1 w2", speed=speed)
    assert 0.25 <= speaker.calls[0].speed <= 2.0


def test_samples_are_found_wherever_they_stand() -> None:
    """A header that is longer than usual is no click and no lost sample; what isn't 16-bit mono is refused."""
    assert from_wav(wav(b"\x01\x02\x03\x04", 24_000)) == (b"\x01\x02\x03\x04", 24_000)
    for broken in (b"", b"RIFF", b"ID3" + bytes(100), wav(b"", 24_000)[:30]):
        with pytest.raises(ValueError, match=r"no|not"):
            from_wav(broken)
