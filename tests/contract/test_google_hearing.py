"""Google's recognition on a real socket: each of its rules kept, and no word lost or doubled whatever it does."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from itertools import pairwise

import grpc
import pytest

from integrations.errors import RateLimited, Unavailable
from integrations.speech import Meter
from integrations.speech.google_cloud import GoogleCloud, Refused
from integrations.speech.google_recognizer import GoogleRecognizer
from integrations.speech.google_utterance import GoogleUtterance, Limits
from integrations.speech.sound import from_mulaw, to_mulaw
from tests.callers import within
from tests.emulators import tones
from tests.emulators.speech import Listener, Script, listening

RATE = 16_000
WINDOW = 1_024


@asynccontextmanager
async def hearing(
    listener: Listener, *, limits: Limits | None = None, meter: Meter | None = None
) -> AsyncIterator[GoogleRecognizer]:
    """A recogniser that is pointed at the listener."""
    async with listening(listener) as settings:
        cloud = GoogleCloud(settings)
        yield GoogleRecognizer(cloud, limits=limits or Limits(), meter=meter)
        await cloud.close()


def said(first: int, count: int) -> list[str]:
    """So many different words."""
    return [tones.word(number) for number in range(first, first + count)]


async def speak(utterance: GoogleUtterance, pcm: bytes, *, pace: float = 0.0, size: int = WINDOW) -> None:
    """Feed sound in windows, some time after each; without any, just so that others get their turn."""
    for start in range(0, len(pcm), size):
        utterance.feed(pcm[start : start + size])
        await asyncio.sleep(pace)


def spoken(words: Iterable[str], rate: int = RATE) -> bytes:
    return tones.sound(words, rate)


async def test_words_arrive_while_they_are_said_and_whole_at_the_end() -> None:
    """Partials grow, the final is every word, and asked again it stands."""
    listener, words = Listener(), said(0, 12)
    async with hearing(listener) as google:
        utterance, seen = google.utterance(rate=RATE), list[str]()
        for start in range(0, 12, 3):
            await speak(utterance, spoken(words[start : start + 3]))
            while len(seen) <= start // 3:
                heard = await utterance.partial()
                await asyncio.sleep(0.01)
                seen += [heard.text] if heard and len(heard.text.split()) == start + 3 else []
            assert await utterance.partial() is None, "nothing new was said"
        final = await utterance.final()
        assert final.text.split() == words
        assert final.confidence == pytest.approx(0.9)
        assert await utterance.final() == final
        assert len(seen) == 4
        assert all(longer.startswith(shorter) for shorter, longer in pairwise(seen))
        await utterance.close()


async def test_the_first_message_says_how_and_carries_no_sound() -> None:
    """V2, the implicit recogniser, interim results, early endpoints, hints; then only small messages of sound."""
    listener = Listener()
    async with hearing(listener) as google:
        utterance = google.utterance(rate=RATE, hints=["Anna Kowalczyk", "Q3 planning", "x" * 300, " "])
        await speak(utterance, spoken(said(0, 10)), size=60_000)
        await utterance.final()
        await utterance.close()
    stream = listener.streams[0]
    config, features = stream.head.streaming_config.config, stream.head.streaming_config.streaming_features
    assert stream.head.recognizer == "projects/house/locations/us/recognizers/_"
    assert config.model == "chirp_3"
    assert features.interim_results
    assert features.endpointing_sensitivity.name == "ENDPOINTING_SENSITIVITY_SHORT"
    assert not features.voice_activity_timeout
    (phrases,) = [one.inline_phrase_set for one in config.adaptation.phrase_sets]
    assert [phrase.value for phrase in phrases.phrases] == ["Anna Kowalczyk", "Q3 planning", "x" * 100]
    assert 0 < phrases.boost <= 20
    assert max(stream.sizes) == 3_200


@pytest.mark.parametrize(
    ("location", "channel", "model"),
    [("eu", "browser", "chirp_3"), ("global", "browser", "latest_short"), ("eu", "telephone", "telephony")],
)
async def test_the_model_fits_line_and_place(location: str, channel: str, model: str) -> None:
    """chirp_3 only where it is, telephony for telephones, which get no hints since it refuses them."""
    listener = Listener(location=location)
    async with hearing(listener) as google:
        utterance = google.utterance(rate=8_000, hints=["Anna"], channel=channel)  # type: ignore[arg-type]
        await speak(utterance, spoken(said(3, 4), 8_000))
        assert (await utterance.final()).text.split() == said(3, 4)
        await utterance.close()
    config = listener.streams[0].head.streaming_config.config
    assert config.model == model
    assert bool(config.adaptation.phrase_sets) == (channel == "browser")


async def test_a_telephone_is_heard_as_it_came() -> None:
    """8 kHz mu-law leaves byte for byte as the telephone sent it, never resampled."""
    listener = Listener()
    line = to_mulaw(spoken(said(40, 6), 8_000))
    async with hearing(listener) as google:
        utterance = google.utterance(rate=8_000, channel="telephone")
        await speak(utterance, from_mulaw(line))
        assert (await utterance.final()).text.split() == said(40, 6)
        await utterance.close()
    assert bytes(listener.streams[0].audio) == line
    decoding = listener.streams[0].head.streaming_config.config.explicit_decoding_config
    assert (decoding.encoding.name, decoding.sample_rate_hertz) == ("MULAW", 8_000)


async def test_a_stream_is_rolled_at_a_pause_and_no_word_is_lost() -> None:
    """Before Google's limit, in a pause: the old stream's late finals arrive, the new one goes on behind them."""
    listener = Listener(longest=10, endpoint=1.0, script=deque([Script(late=0.1), Script(late=0.1)]))
    words = said(0, 60)
    async with hearing(listener, limits=Limits(roll_after=4, roll_by=9)) as google:
        utterance = google.utterance(rate=RATE)
        for start in range(0, 60, 10):
            await speak(utterance, spoken(words[start : start + 10]) + tones.silence(0.4, RATE), pace=0.002)
        assert (await utterance.final()).text.split() == words
        await utterance.close()
    assert len(listener.streams) >= 3
    assert all(stream.half_closed for stream in listener.streams)
    assert [word for stream in listener.streams for word in stream.finals] == words


async def test_who_never_pauses_is_rolled_in_the_middle_of_a_word() -> None:
    """What the old stream hadn't settled is said again to the new one: nothing is cut in two, nothing doubled."""
    listener = Listener(longest=6, endpoint=0.07)
    words = said(100, 60)
    pcm = tones.sound(words, RATE, burst=0.2, gap=0.09)
    async with hearing(listener, limits=Limits(roll_after=4, roll_by=4.1)) as google:
        utterance = google.utterance(rate=RATE)
        await speak(utterance, pcm, pace=0.002)
        assert (await utterance.final()).text.split() == words
        await utterance.close()
    assert len(listener.streams) >= 3


@pytest.mark.parametrize("bare", [False, True])
async def test_a_stream_that_google_closes_is_opened_again(bare: bool) -> None:
    """A normal close, with or without its finals, costs no word."""
    script = deque([Script(close_at=1.1, bare=bare), Script(close_at=2.3, bare=bare)])
    listener, words = Listener(script=script, endpoint=0.07), said(7, 30)
    async with hearing(listener) as google:
        utterance = google.utterance(rate=RATE)
        await speak(utterance, tones.sound(words, RATE, gap=0.09), pace=0.001)
        assert (await utterance.final()).text.split() == words
        await utterance.close()
    assert len(listener.streams) == 3


async def test_google_may_end_a_stream_at_the_moment_we_do() -> None:
    """Closed normally while our last words were on their way: what it never heard is said again."""
    listener, words = Listener(script=deque([Script(close_at=1.0)]), endpoint=0.07), said(7, 12)
    async with hearing(listener) as google:
        utterance = google.utterance(rate=RATE)
        utterance.feed(tones.sound(words, RATE, gap=0.09))  # all at once: it is sent before Google has closed
        assert (await utterance.final()).text.split() == words
        await utterance.close()
    assert len(listener.streams) == 2


@pytest.mark.parametrize("script", [Script(early=0.4), Script(endless=True)])
async def test_an_end_that_is_told_wrong_doubles_nothing(script: Script) -> None:
    """Where a final ends may be told a little early, or not at all; the next stream repeats no word of it."""
    listener, words = Listener(script=deque([script] * 9)), said(20, 18)
    async with hearing(listener) as google:
        utterance = google.utterance(rate=RATE)
        for start in range(0, 18, 6):
            await speak(utterance, spoken(words[start : start + 6]), pace=0.001)
            assert (await utterance.final()).text.split() == words[: start + 6]
        await utterance.close()
    assert len(listener.streams) == 3


@pytest.mark.parametrize("code", [grpc.StatusCode.ABORTED, grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.INTERNAL])
async def test_a_stream_that_breaks_is_opened_again(code: grpc.StatusCode) -> None:
    """What wasn't settled when it broke is said again."""
    listener, words = Listener(script=deque([Script(abort_at=1.5, abort=code)])), said(7, 20)
    async with hearing(listener) as google:
        utterance = google.utterance(rate=RATE)
        await speak(utterance, spoken(words), pace=0.001)
        assert (await utterance.final()).text.split() == words
        await utterance.close()
    assert [stream.ended for stream in listener.streams] == [code.name, "ok"]


async def test_a_muted_microphone_is_no_error() -> None:
    """Without sound the stream is closed before Google would, and what is said next is heard from its first word."""
    listener = Listener(idle=0.6)
    async with hearing(listener, limits=Limits(idle=0.2)) as google:
        utterance = google.utterance(rate=RATE)
        await speak(utterance, spoken(said(0, 5)))
        await asyncio.sleep(0.8)
        await speak(utterance, spoken(said(5, 5)))
        assert (await utterance.final()).text.split() == said(0, 10)
        await utterance.close()
    assert [stream.ended for stream in listener.streams] == ["ok", "ok"]


async def test_a_breath_does_not_end_the_stream() -> None:
    """A final that is given up within a moment, because the person went on, leaves the stream open."""
    listener = Listener()
    async with hearing(listener) as google:
        utterance = google.utterance(rate=RATE)
        await speak(utterance, spoken(said(0, 3)))
        asked = asyncio.create_task(utterance.final())
        await asyncio.sleep(0.02)
        asked.cancel()
        await speak(utterance, spoken(said(3, 3)))
        assert (await utterance.final()).text.split() == said(0, 6)
        await utterance.close()
    assert len(listener.streams) == 1


async def test_a_turn_goes_on_after_its_final() -> None:
    """More sound after a final is heard by another stream and makes a longer final."""
    listener = Listener()
    async with hearing(listener) as google:
        utterance = google.utterance(rate=RATE)
        for start in (0, 4, 8):
            await speak(utterance, spoken(said(start, 4)))
            assert (await utterance.final()).text.split() == said(0, start + 4)
        await utterance.close()


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (grpc.StatusCode.PERMISSION_DENIED, Refused, "doesn't let me"),
        (grpc.StatusCode.UNAUTHENTICATED, Refused, "credentials"),
        (grpc.StatusCode.INVALID_ARGUMENT, Refused, "make sense"),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, RateLimited, "quota"),
    ],
)
async def test_a_refusal_is_told_and_not_asked_again(
    code: grpc.StatusCode, kind: type[Unavailable], words: str
) -> None:
    """What waiting doesn't cure is one call and one sentence."""
    asked = 0

    class Counting(Listener):
        async def recognize(self, requests, context):  # type: ignore[no-untyped-def]
            nonlocal asked
            asked += 1
            async for response in super().recognize(requests, context):
                yield response

    async with hearing(Counting(refuse=code)) as google:
        utterance = google.utterance(rate=RATE)
        await speak(utterance, spoken(said(0, 5)))
        with pytest.raises(kind, match=words):
            await utterance.final()
        await speak(utterance, spoken(said(0, 5)))
        with pytest.raises(kind, match=words):
            await utterance.partial()
        await utterance.close()
    assert asked == 1


async def test_a_place_google_does_not_know_is_a_refusal() -> None:
    """A recogniser path that doesn't fit the endpoint is told as such."""
    async with listening(Listener(location="eu")) as settings:
        cloud = GoogleCloud(settings.model_copy(update={"location": "us"}))
        utterance = GoogleRecognizer(cloud).utterance(rate=RATE)
        await speak(utterance, spoken(said(0, 5)))
        with pytest.raises(Refused, match="LOCATION"):
            await utterance.final()
        await utterance.close()
        await cloud.close()


@pytest.mark.parametrize("script", [Script(hang_at=0.5), Script(never=True)])
async def test_a_google_that_hangs_is_given_up_in_time(script: Script) -> None:
    """Nobody waits for an answer longer than the patience."""
    async with hearing(Listener(script=deque([script])), limits=Limits(patience=0.3)) as google:
        utterance = google.utterance(rate=RATE)
        await speak(utterance, spoken(said(0, 8)))
        with pytest.raises(Unavailable, match="isn't answering"):
            await utterance.final()
        await utterance.close()


async def test_nobody_there_is_told_in_time() -> None:
    """A port where nobody listens is a sentence, not a wait."""
    async with listening(Listener()) as settings:
        pass
    cloud = GoogleCloud(settings)
    utterance = GoogleRecognizer(cloud).utterance(rate=RATE)
    utterance.feed(spoken(said(0, 5)))
    with pytest.raises(Unavailable):
        await utterance.final()
    await utterance.close()
    await cloud.close()


async def test_silence_says_nothing_and_an_empty_utterance_opens_nothing() -> None:
    """No words are made of silence, and without sound there is no call."""
    listener = Listener()
    async with hearing(listener) as google:
        nothing = google.utterance(rate=RATE)
        assert (await nothing.final()).text == ""
        await nothing.close()
        assert listener.streams == []
        quiet = google.utterance(rate=RATE)
        quiet.feed(tones.silence(1, RATE) + b"\x01")
        assert (await quiet.final()).text == ""
        await quiet.close()


async def test_what_is_streamed_is_metered() -> None:
    """Every second that Google is sent counts, for that is what it costs."""
    meter = Meter()
    async with hearing(Listener(), meter=meter) as google:
        utterance = google.utterance(rate=RATE)
        await speak(utterance, tones.silence(3, RATE))
        await utterance.final()
        await utterance.close()
    assert meter.seconds_heard == pytest.approx(3)


async def test_hanging_up_cancels_the_call() -> None:
    """A closed utterance leaves no stream behind."""
    listener = Listener()
    async with hearing(listener) as google:
        utterance = google.utterance(rate=RATE)
        await speak(utterance, spoken(said(0, 5)))
        await within(20, lambda: bool(listener.streams))
        await utterance.close()
        assert await utterance.partial() is None
        await within(20, lambda: [stream.ended for stream in listener.streams] == ["cancelled"])


async def twelve_minutes(*, fast: float) -> tuple[Listener, list[str], list[str], float]:
    """A session of twelve minutes with a pause now and then; Google's own limits, so many times faster."""
    listener = Listener(script=deque([Script(late=0.2)] * 8))
    lines = [said(start, 12) for start in range(0, 12 * 240, 12)]  # 240 x (2.4 s + 0.6 s) = 12 minutes
    meter = Meter()
    async with hearing(listener, meter=meter) as google:
        utterance = google.utterance(rate=RATE)
        for line in lines:
            pcm = spoken(line) + tones.silence(0.6, RATE)
            await speak(utterance, pcm, size=3_200, pace=0.1 / fast)
        heard = await utterance.final()
        await utterance.close()
    return listener, [word for line in lines for word in line], heard.text.split(), meter.seconds_heard


async def test_twelve_minutes_are_heard_word_for_word() -> None:
    """Over three rolls and 2,880 words nothing is lost and nothing doubled (the sound fed as fast as it goes)."""
    listener, words, heard, seconds = await twelve_minutes(fast=1_000)
    assert heard == words
    assert len(listener.streams) == 4
    assert {stream.ended for stream in listener.streams} == {"ok"}
    assert 720 <= seconds < 725


@pytest.mark.slow
async def test_twelve_minutes_at_the_pace_of_speech() -> None:
    """The same in real time, where Google's limits are limits of the clock too."""
    listener, words, heard, _ = await twelve_minutes(fast=1)
    assert heard == words
    assert len(listener.streams) == 4
    assert {stream.ended for stream in listener.streams} == {"ok"}
