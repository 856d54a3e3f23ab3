"""When one engine fails another goes on: nothing heard is lost, nothing said is said twice, and the first comes back."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import NoReturn

import grpc
import pytest
from google.auth.exceptions import DefaultCredentialsError

from integrations.errors import Unavailable
from integrations.settings import SpeechSettings
from integrations.speech import Channel, Heard, Meter, Voice
from integrations.speech.breaker import Breaker
from integrations.speech.google_cloud import GoogleCloud, Refused
from integrations.speech.google_recognizer import GoogleRecognizer
from integrations.speech.google_synthesizer import Deadlines, GoogleSynthesizer
from integrations.speech.google_utterance import Limits
from integrations.speech.spared_recognizer import SparedRecognizer
from integrations.speech.spared_synthesizer import SparedSynthesizer, unsaid
from tests.callers import within
from tests.emulators import tones
from tests.emulators.speaking import Line, Speaker, speaking, spoken
from tests.emulators.speech import Listener, Script, listening

RATE = 16_000
FAST = Limits(patience=0.8, breath=0.01)
SOON = Deadlines(first=0.2, stall=0.2, again=0.2, whole=0.2)


class Clock:
    """Time that a test moves on."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class LocalEar:
    """A recogniser in this process that hears words made of tones."""

    name = "local"
    trouble = None

    def __init__(self, fail: Unavailable | None = None) -> None:
        self.fail = fail
        self.utterances = 0

    def utterance(self, *, rate: int, hints: Sequence[str] = (), channel: Channel = "browser") -> "LocalUtterance":
        self.utterances += 1
        return LocalUtterance(rate, self.fail)

    async def warm(self) -> None:
        if self.fail:
            raise self.fail


class LocalUtterance:
    def __init__(self, rate: int, fail: Unavailable | None) -> None:
        self._rate, self._fail, self._pcm = rate, fail, bytearray()

    def feed(self, pcm: bytes) -> None:
        self._pcm += pcm

    async def partial(self) -> Heard | None:
        return await self.final()

    async def final(self) -> Heard:
        if self._fail:
            raise self._fail
        return Heard(text=" ".join(tones.words(bytes(self._pcm), self._rate)))

    async def close(self) -> None:
        self._pcm.clear()


@dataclass
class LocalVoice:
    """A voice in this process that says tones, and may break off."""

    name: str = "local"
    rate: int = 22_050
    trouble: str | None = None
    breaks_after: int | None = None
    fails_at: str | None = None
    asked: list[str] = field(default_factory=list)

    async def speak(self, text: str, *, voice: str | None = None, speed: float = 1.0) -> AsyncGenerator[bytes, None]:
        self.asked.append(text)
        pcm, size = spoken(text, self.rate, speed), int(self.rate * 0.2) * 2
        for number, start in enumerate(range(0, len(pcm), size)):
            if number == self.breaks_after or text == self.fails_at:
                raise Unavailable("I lost my voice.")
            yield pcm[start : start + size]

    async def voices(self) -> list[Voice]:
        return [Voice(id=f"{self.name}:a", name="A", engine=self.name, language="en-US")]

    async def warm(self) -> None:
        return None


@asynccontextmanager
async def ears(listener: Listener, local: LocalEar, clock: Clock) -> AsyncIterator[SparedRecognizer]:
    async with listening(listener) as settings:
        cloud = GoogleCloud(settings)
        yield SparedRecognizer(GoogleRecognizer(cloud, limits=FAST), local, breaker=Breaker(clock=clock))
        await cloud.close()


@asynccontextmanager
async def mouth(speaker: Speaker, local: LocalVoice, clock: Clock) -> AsyncIterator[SparedSynthesizer]:
    async with speaking(speaker) as settings:
        cloud = GoogleCloud(settings)
        google = GoogleSynthesizer(cloud, deadlines=SOON)
        yield SparedSynthesizer([google, local], breakers=[Breaker(clock=clock), Breaker(clock=clock)])
        await cloud.close()


def said(first: int, count: int) -> list[str]:
    return [tones.word(number) for number in range(first, first + count)]


async def hear(recognizer: SparedRecognizer, words: list[str]) -> list[str]:
    """One turn, and the words that were heard."""
    utterance = recognizer.utterance(rate=RATE)
    pcm = tones.sound(words, RATE)
    for start in range(0, len(pcm), 1_024):
        utterance.feed(pcm[start : start + 1_024])
        await asyncio.sleep(0)
    try:
        return (await utterance.final()).text.split()
    finally:
        await utterance.close()


async def say(synthesizer: SparedSynthesizer, text: str, *, voice: str | None = None) -> list[str]:
    pcm = b"".join([piece async for piece in synthesizer.speak(text, voice=voice)])
    return [word for word in tones.words(pcm, synthesizer.rate) if word != tones.CUT]


@pytest.mark.parametrize(
    "script",
    [Script(hang_at=0.5), Script(never=True), Script(abort_at=0.5, abort=grpc.StatusCode.PERMISSION_DENIED)],
)
async def test_a_turn_google_loses_is_read_by_the_spare(script: Script) -> None:
    """From its first word, within the patience, whichever way Google fails."""
    local = LocalEar()
    async with ears(Listener(script=deque([script] * 4)), local, Clock()) as recognizer:
        async with asyncio.timeout(3):
            assert await hear(recognizer, said(0, 8)) == said(0, 8)
        assert recognizer.name == "local"
        assert recognizer.trouble


async def test_partials_go_on_when_google_is_gone() -> None:
    """The spare reads on in the middle of a turn."""
    async with ears(Listener(refuse=grpc.StatusCode.UNAUTHENTICATED), LocalEar(), Clock()) as recognizer:
        utterance = recognizer.utterance(rate=RATE)
        utterance.feed(tones.sound(said(0, 4), RATE))
        heard = None
        async with asyncio.timeout(2):
            while heard is None:
                await asyncio.sleep(0.01)
                heard = await utterance.partial()
        assert heard.text.split() == said(0, 4)
        utterance.feed(tones.sound(said(4, 4), RATE))
        assert (await utterance.final()).text.split() == said(0, 8)
        await utterance.close()


async def test_google_is_left_alone_for_a_while_and_then_hears_again() -> None:
    """Half a minute without it, then one turn tries; it went well, so everybody is back."""
    clock, local, listener = Clock(), LocalEar(), Listener(script=deque([Script(never=True)]))
    async with ears(listener, local, clock) as recognizer:
        assert await hear(recognizer, said(0, 4)) == said(0, 4)
        assert await hear(recognizer, said(4, 4)) == said(4, 4)
        assert (len(listener.streams), local.utterances) == (1, 2)
        clock.now += 31
        assert await hear(recognizer, said(8, 4)) == said(8, 4)
        assert (len(listener.streams), local.utterances) == (2, 2)
        assert (recognizer.name, recognizer.trouble) == ("google", None)


async def test_one_trial_at_a_time() -> None:
    """While somebody tries, the others go on with the spare; a trial that fails opens it again."""
    clock = Clock()
    breaker = Breaker(clock=clock)
    breaker.failed(Unavailable())
    assert (breaker.open, breaker.allows()) == (True, False)
    clock.now += 31
    assert [breaker.allows(), breaker.allows()] == [True, False]
    breaker.failed(Unavailable())
    assert not breaker.allows()
    clock.now += 31
    assert breaker.allows()
    clock.now += 11  # the one who tried has hung up without a word
    assert breaker.allows()
    breaker.worked()
    assert [breaker.allows(), breaker.allows()] == [True, True]
    breaker.failed(Refused("no"))
    clock.now += 60
    assert not breaker.allows(), "what waiting doesn't cure is tried rarely"


async def test_two_who_fail_are_told() -> None:
    """Where the spare can't hear either, its own sentence is what is said."""
    local = LocalEar(Unavailable("I can't hear at all."))
    async with ears(Listener(refuse=grpc.StatusCode.UNAVAILABLE), local, Clock()) as recognizer:
        with pytest.raises(Unavailable, match="at all"):
            await hear(recognizer, said(0, 4))


async def test_a_spare_that_is_there_is_enough_to_begin() -> None:
    """Neither a Google without credentials nor a missing whisper keeps the other from hearing."""
    async with ears(Listener(), LocalEar(Unavailable("no model")), Clock()) as recognizer:
        await recognizer.warm()
    lost = GoogleRecognizer(GoogleCloud(SpeechSettings(recognizer="google"), discover=_no_credentials))
    await SparedRecognizer(lost, LocalEar()).warm()
    with pytest.raises(Unavailable):
        await SparedRecognizer(lost, LocalEar(Unavailable("no model"))).warm()


@pytest.mark.parametrize("line", [Line(hang=True), Line(refuse=grpc.StatusCode.UNAVAILABLE)])
async def test_a_sentence_google_does_not_begin_is_said_by_the_spare(line: Line) -> None:
    """Whole, once, within the deadline; the next one doesn't wait for Google at all, and later Google is back."""
    clock, local = Clock(), LocalVoice()
    speaker = Speaker(script=deque([line, line]))
    async with mouth(speaker, local, clock) as synthesizer:
        async with asyncio.timeout(3):
            assert await say(synthesizer, "w1 w2 w3") == ["w1", "w2", "w3"]
        assert await say(synthesizer, "w4 w5 w6") == ["w4", "w5", "w6"]
        assert (len(speaker.calls), synthesizer.name) == (2, "local")
        clock.now += 31
        assert await say(synthesizer, "w7 w8 w9") == ["w7", "w8", "w9"]
        assert (len(speaker.calls), synthesizer.name, synthesizer.trouble) == (3, "google", None)


@pytest.mark.parametrize("pieces", [1, 3, 5, 8])
async def test_a_sentence_google_breaks_off_is_ended_by_the_spare(pieces: int) -> None:
    """The spare goes on behind what was heard: in order, no word twice, and at most the one at the seam is lost."""
    local, speaker = LocalVoice(), Speaker(piece=0.2)
    async with mouth(speaker, local, Clock()) as synthesizer:
        for at in range(0, 60, 10):  # by then its pace is known
            await say(synthesizer, " ".join(said(30 + at, 10)))
        speaker.script.append(Line(abort_after=pieces))
        heard = await say(synthesizer, " ".join(said(10, 10)))
    assert heard[:pieces] == said(10, pieces)
    assert sorted(set(heard), key=heard.index) == heard
    assert heard == [word for word in said(10, 10) if word in heard]
    assert len(heard) >= 9


async def test_a_local_voice_that_breaks_off_has_a_spare_too() -> None:
    """Piper failing in the middle of a sentence is followed by espeak-ng, at another rate."""
    piper, espeak = LocalVoice(name="piper", breaks_after=3), LocalVoice(name="espeak", rate=16_000)
    synthesizer = SparedSynthesizer([piper, espeak], meter=(meter := Meter()))
    heard = await say(synthesizer, "w11 w12 w13 w14 w15 w16 w17 w18")
    assert heard[:3] == ["w11", "w12", "w13"]
    assert sorted(set(heard), key=heard.index) == heard
    assert heard[-1] == "w18"
    assert meter.spare_spoken == 1
    assert await say(synthesizer, "w21 w22") == ["w21", "w22"]
    assert len(piper.asked) == 1, "it is left alone for a while"


async def test_between_sentences_nothing_is_reckoned() -> None:
    """A voice that fails at the second sentence is followed by one that says all of that, and the third."""
    piper, espeak = LocalVoice(name="piper", fails_at="w14 w15."), LocalVoice(name="espeak")
    synthesizer = SparedSynthesizer([piper, espeak])
    assert await say(synthesizer, "w11 w12 w13. w14 w15. Dr. w16 w17 w18.") == [
        "w11", "w12", "w13", "w14", "w15", tones.word(tones.number("Dr")), "w16", "w17", "w18",
    ]  # fmt: skip
    assert espeak.asked == ["w14 w15.", "Dr. w16 w17 w18."]


async def test_when_every_voice_fails_it_is_told() -> None:
    """The last one's sentence."""
    silent = [LocalVoice(name="a", breaks_after=0), LocalVoice(name="b", breaks_after=0)]
    synthesizer = SparedSynthesizer(silent)
    for _ in range(2):
        with pytest.raises(Unavailable, match="lost my voice"):
            await say(synthesizer, "w1 w2")


async def test_the_wanted_voice_chooses_the_engine() -> None:
    """A person with a local voice hears that one, though Google is first."""
    local, speaker = LocalVoice(), Speaker()
    async with mouth(speaker, local, Clock()) as synthesizer:
        assert await say(synthesizer, "w1 w2", voice="local:a") == ["w1", "w2"]
        assert (local.asked, speaker.calls) == (["w1 w2"], [])
        assert {voice.engine for voice in await synthesizer.voices()} == {"google", "local"}


async def test_voices_are_listed_though_google_is_away() -> None:
    """Those of the engines that answer."""
    async with mouth(Speaker(script=deque([Line(refuse=grpc.StatusCode.UNAVAILABLE)])), LocalVoice(), Clock()) as voice:
        assert [one.id for one in await voice.voices()] == ["local:a"]


async def test_an_interruption_reaches_the_engine_behind() -> None:
    """Closing the composed voice cancels Google's call."""
    speaker = Speaker(piece=0.05, pace=0.05)
    async with mouth(speaker, LocalVoice(), Clock()) as synthesizer:
        voice = synthesizer.speak(" ".join(said(0, 60)))
        await anext(voice)
        await voice.aclose()
        await within(2, lambda: speaker.calls[0].cancelled)
        assert synthesizer.trouble is None, "to be interrupted is no failure"


def test_what_was_not_said_yet_begins_at_a_word() -> None:
    """Reckoned from the sound that came, never further back than that."""
    text = "one two three four five six"
    assert unsaid(text, 0.0, 0.1) == text
    assert unsaid(text, 0.4, 0.1) == "two three four five six"
    assert unsaid(text, 1.4, 0.1) == "four five six"
    assert unsaid(text, 9.0, 0.1) == ""


def _no_credentials() -> NoReturn:
    raise DefaultCredentialsError("none")  # type: ignore[no-untyped-call]
