"""A conversation that Google hears and speaks, on real sockets; and one that goes on when Google doesn't."""

import asyncio
import wave
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from agent.events import Said
from integrations.settings import Settings, SpeechSettings
from integrations.speech.google_cloud import GoogleCloud
from integrations.speech.google_recognizer import GoogleRecognizer
from integrations.speech.google_synthesizer import GoogleSynthesizer
from integrations.speech.spared_recognizer import SparedRecognizer
from integrations.speech.spared_synthesizer import SparedSynthesizer
from tests.callers import Parrot, Script, Tones, called, question, talking, within
from tests.e2e.conftest import UNLIMITED, Chronus, in_thread
from tests.emulators import tones
from tests.emulators.speaking import Line, Speaker, speaking
from tests.emulators.speech import Listener, listening
from tests.emulators.speech import Script as Course
from voice.caller import Caller, calling
from voice.pipeline.frames import Manner
from voice.sessions import BROWSER_RATE

ASKED = "Am I free after three?"
KORE = "google:en-US-Chirp3-HD-Kore"


@asynccontextmanager
async def both(listener: Listener, speaker: Speaker) -> AsyncIterator[SpeechSettings]:
    """Settings that point at both emulators."""
    async with listening(listener) as hears, speaking(speaker) as speaks:
        yield hears.model_copy(update={"tts_endpoint": speaks.tts_endpoint, "recognizer": "auto"})


@asynccontextmanager
async def google(listener: Listener, speaker: Speaker) -> AsyncIterator[tuple[GoogleRecognizer, GoogleSynthesizer]]:
    async with both(listener, speaker) as settings:
        cloud = GoogleCloud(settings)
        yield GoogleRecognizer(cloud), GoogleSynthesizer(cloud)
        await cloud.close()


def sounded(caller: Caller) -> list[str]:
    """The words of what the caller heard, where they were tones."""
    return [word for word in tones.words(b"".join(p.pcm for p in caller.packets), BROWSER_RATE) if word != tones.CUT]


async def test_google_hears_the_question_and_speaks_the_answer() -> None:
    """In the person's voice and at their speed, word for word, to the caller's ear."""
    listener, speaker = Listener(transcript=ASKED), Speaker()
    agent = Parrot([Said(text="w1 w2 w3. w4 w5 w6.")])
    async with (
        google(listener, speaker) as (hears, speaks),
        called(agent, hears, speaks, Manner(KORE, 1.1)) as caller,
    ):
        await caller.say(question())
        await caller.until(lambda: agent.told != [])
    assert agent.asked == [ASKED]
    assert sounded(caller) == ["w1", "w2", "w3", "w4", "w5", "w6"]
    assert {(call.voice, round(call.speed, 2)) for call in speaker.calls} == {(KORE[7:], 1.1)}
    assert [call.text for call in speaker.calls] == ["w1 w2 w3.", "w4 w5 w6."], "one call a sentence"


@pytest.mark.parametrize("course", [Course(hang_at=0.5), Course(abort_at=0.5)])
async def test_a_turn_is_not_lost_with_google(course: Course) -> None:
    """Google fails while the person speaks; the spare reads the turn and it is answered within three seconds."""
    listener = Listener(transcript="never heard", script=deque([course] * 9))
    agent = Parrot([Said(text="w1 w2.")])
    async with (
        google(listener, Speaker()) as (hears, speaks),
        called(agent, SparedRecognizer(hears, Script([ASKED])), speaks) as caller,
    ):
        await caller.say(question())
        async with asyncio.timeout(3):
            await caller.until(lambda: caller.answered_at is not None)
        await caller.until(lambda: agent.told != [])
    assert agent.asked == [ASKED]


async def test_an_answer_is_not_lost_with_google() -> None:
    """Google fails at the second sentence; the spare voice says it, and nothing is said twice."""
    speaker = Speaker(script=deque([Line(), Line(hang=True), Line(hang=True)]))
    agent, spare = Parrot([Said(text="w1 w2 w3. w4 w5 w6.")]), Tones(seconds=0.02)
    async with (
        google(Listener(transcript=ASKED), speaker) as (hears, speaks),
        called(agent, hears, SparedSynthesizer([speaks, spare])) as caller,
    ):
        await caller.say(question())
        await caller.until(lambda: agent.told != [])
    assert spare.asked == ["w4 w5 w6."]
    assert agent.told == [("turn-1", "w1 w2 w3. w4 w5 w6.", True)]


async def test_an_interruption_cancels_what_google_is_saying() -> None:
    """Speaking over the answer reaches Google: nothing more is made for nobody."""
    speaker = Speaker(piece=0.1, pace=0.1)
    agent = Parrot([Said(text=" ".join(tones.word(n) for n in range(60)))])
    async with (
        google(Listener(transcript=ASKED), speaker) as (hears, speaks),
        called(agent, hears, speaks) as caller,
    ):
        await caller.say(question())
        await caller.until(lambda: caller.answered_at is not None)
        await caller.say(question())
        await within(5, lambda: speaker.calls[0].cancelled)


async def test_another_voice_is_heard_from_the_next_sentence_on() -> None:
    """Changed in the middle of a conversation, without hanging up."""
    speaks = Tones()
    agent = Parrot([Said(text="Yes, you are.")])
    async with talking(agent, speaks=speaks) as place, calling(f"{place.url}/thread") as caller:
        await caller.ready()
        await caller.say(question())
        await caller.until(lambda: len(agent.told) == 1)
        place.sessions.speak_like("somebody else", Manner("tones:b", 2.0))
        place.sessions.speak_like("somebody", Manner("tones:a", 1.25))
        await caller.say(question())
        await caller.until(lambda: len(agent.told) == 2)
    assert speaks.manners[0] == (None, 1.0)
    assert speaks.manners[-1] == ("tones:a", 1.25)


async def asked(work: Any, *arguments: Any, **named: Any) -> Any:
    """Done in a thread: the emulators live in this loop."""
    return await asyncio.to_thread(work, *arguments, **named)


@asynccontextmanager
async def served(folder: Path, listener: Listener, speaker: Speaker) -> AsyncIterator[Chronus]:
    """A whole Chronus that hears and speaks with Google."""
    async with both(listener, speaker) as speech:
        settings = Settings(_env_file=None, data=folder, weights=folder / "none", limits=UNLIMITED, speech=speech)
        chronus = in_thread(settings)
        server = await asked(chronus.__enter__)
        try:
            yield server
        finally:
            await asked(chronus.__exit__, None, None, None)


async def test_voices_are_listed_chosen_and_tried(tmp_path: Path) -> None:
    """Over HTTP: what there is, a sample of each, the person's own choice; and nothing that isn't there."""
    speaker = Speaker()
    async with served(tmp_path, Listener(), speaker) as chronus:
        listed = (await asked(chronus.client.get, "/v1/voice/voices")).json()
        assert listed["next"] is None
        assert {"id": KORE, "name": "Kore", "engine": "google", "language": "en-US"}.items() <= listed["items"][
            1
        ].items()
        me = (await asked(chronus.client.patch, "/v1/me", json={"voice": KORE, "speed": 1.5})).json()
        assert (me["voice"], me["speed"], me["synthesizer"]) == (KORE, 1.5, "google")
        for wrong in ({"voice": "google:nobody"}, {"speed": 0.1}, {"speed": 9}, {"speed": None, "pitch": 1}):
            assert (await asked(chronus.client.patch, "/v1/me", json=wrong)).status_code in {400, 422}
        assert (await asked(chronus.client.get, "/v1/me")).json()["voice"] == KORE
        sample = await asked(chronus.client.get, f"/v1/voice/voices/{KORE}/sample", params={"speed": 2})
        assert sample.headers["content-type"] == "audio/wav"
        with wave.open(BytesIO(sample.content)) as sound:
            assert sound.getframerate() == 24_000
            assert sound.getnframes() > 12_000
        assert (speaker.calls[-1].voice, speaker.calls[-1].speed) == (KORE[7:], 2.0)
        assert (await asked(chronus.client.get, "/v1/voice/voices/google:nobody/sample")).status_code == 404
        assert (await asked(chronus.stranger.get, "/v1/voice/voices")).status_code == 401
        assert (await asked(chronus.client.patch, "/v1/me", json={"voice": ""})).json()["voice"] is None


async def test_a_whole_turn_with_google(tmp_path: Path) -> None:
    """From the ticket to the spoken answer: hints from the person's own things, their voice, and what it cost."""
    listener, speaker = Listener(transcript="What's my next meeting?"), Speaker()
    async with served(tmp_path, listener, speaker) as chronus:
        await asked(chronus.demo)
        await asked(chronus.client.patch, "/v1/me", json={"voice": KORE, "speed": 1.25})
        url = (await asked(chronus.client.post, "/v1/voice/connect")).json()["ws_url"]
        async with calling(url) as caller:
            await caller.ready()
            await caller.say(question())
            await caller.until(lambda: caller.reply != "" and caller.answered_at is not None, timeout=20)
        metrics = (await asked(chronus.client.get, "/metrics")).text
    assert caller.heard == "What's my next meeting?"
    assert {(call.voice, call.speed) for call in speaker.calls} == {(KORE[7:], 1.25)}
    hinted = _hints(listener)
    assert "Stand-up" in hinted or any("tand" in hint for hint in hinted), hinted
    seconds = next(line for line in metrics.splitlines() if line.startswith("chronus_speech_streamed_seconds_total"))
    assert float(seconds.split()[1]) > 1


def _hints(listener: Listener) -> Sequence[str]:
    config = listener.streams[0].head.streaming_config.config
    return [phrase.value for one in config.adaptation.phrase_sets for phrase in one.inline_phrase_set.phrases]
