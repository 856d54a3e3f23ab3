"""Sound becomes words at the right moments, and goes no further."""

import numpy as np
import pytest
from pipecat.frames.frames import (
    AudioRawFrame,
    Frame,
    InputAudioRawFrame,
    InterimTranscriptionFrame,
    TranscriptionFrame,
    VADUserStartedSpeakingFrame,
)
from pipecat.tests.utils import SleepFrame, run_test

from integrations.errors import Unavailable
from integrations.speech.sound import from_mulaw, to_mulaw
from tests.audio import Clip, at_rate, clips, noise
from tests.callers import Script, detector, judge, question
from voice.caller import Sound
from voice.pipeline.ears import Ears
from voice.pipeline.frames import Excuse
from voice.pipeline.turns import Ending


def played(sound: Sound, *, fast: float = 4.0) -> list[Frame]:
    """The sound as 20 ms frames, some times faster than it was spoken."""
    frames: list[Frame] = []
    for at in range(0, len(sound), 320):
        frames += [InputAudioRawFrame(sound[at : at + 320].tobytes(), 16000, 1), SleepFrame(0.02 / fast)]
    return frames


def silence(seconds: float) -> Sound:
    return np.zeros(int(16000 * seconds), np.int16)


async def listened(script: Script, *frames: Frame) -> list[Frame]:
    ears = Ears(script, detector(), judge(), Ending(lambda _: True))
    down, _ = await run_test(ears, frames_to_send=[*frames, SleepFrame(0.8)])
    return list(down)


async def test_a_question_is_noticed_followed_and_read() -> None:
    """Start, words while it lasts, words at its end; and no sound leaves the ears."""
    # as fast as it was spoken: partial words are looked for by the clock
    down = await listened(Script(["Am I free?"]), *played(question(), fast=1.0), *played(silence(0.3)))
    assert isinstance(down[0], VADUserStartedSpeakingFrame)
    assert [frame.text for frame in down if isinstance(frame, TranscriptionFrame)] == ["Am I free?"]
    assert [frame.text for frame in down if isinstance(frame, InterimTranscriptionFrame)] == ["Am"]
    assert not [frame for frame in down if isinstance(frame, AudioRawFrame)]


async def test_while_nobody_speaks_nothing_flows() -> None:
    """A quiet room, and a noisy one, cause no frame at all."""
    noise = np.random.default_rng(1).integers(-300, 300, 16000, dtype=np.int16)
    assert await listened(Script([""]), *played(silence(1)), *played(noise)) == []


async def test_the_first_syllable_is_kept() -> None:
    """What is read begins before the voice was noticed, and nothing of it is missing."""
    script = Script(["Am I free?"])
    spoken = np.concatenate((silence(0.6), question(), silence(0.3)))
    await listened(script, *played(spoken))
    read = np.frombuffer(bytes(script.fed[0]), np.int16)
    first = np.flatnonzero(np.abs(question()) > 500)[0]
    assert np.flatnonzero(np.abs(read) > 500)[0] > 1000
    assert np.array_equal(read[np.flatnonzero(np.abs(read) > 500)[0] :][:8000], question()[first : first + 8000])


async def test_a_telephone_is_heard_at_its_own_rate() -> None:
    """At 8 kHz the voice is noticed, and the recogniser gets the line's own samples: louder perhaps, never resampled."""
    script = Script(["Am I free?"])
    line = at_rate(question().tobytes(), 16000, 8000)
    frames = [InputAudioRawFrame(line[at : at + 320], 8000, 1) for at in range(0, len(line), 320)]
    ears = Ears(script, detector(), judge(), Ending(lambda _: True), rate=8000)
    sent = [one for frame in frames for one in (frame, SleepFrame(0.005))]
    quiet = [InputAudioRawFrame(bytes(320), 8000, 1) for _ in range(20)]
    down, _ = await run_test(ears, frames_to_send=[*sent, *quiet, SleepFrame(2)])
    assert [frame.text for frame in down if isinstance(frame, TranscriptionFrame)] == ["Am I free?"]
    fed = np.frombuffer(bytes(script.fed[0]), np.int16).astype(float)[4096:8192]
    sent_as = np.frombuffer(line, np.int16).astype(float)
    at = int(np.correlate(sent_as, fed).argmax())
    alike = [
        np.corrcoef(fed[one : one + 256], sent_as[at + one : at + one + 256])[0, 1]
        for one in range(0, 4096, 256)
        if np.abs(fed[one : one + 256]).max() > 500
    ]
    assert len(alike) > 4
    assert min(alike) > 0.999


@pytest.mark.parametrize(
    "clip", [clip for clip in clips() if clip.rate == 16000 and len(clip.words.split()) < 6], ids=lambda clip: clip.name
)
async def test_whoever_has_finished_sounds_so_by_telephone_too(clip: Clip) -> None:
    """Of people's whole phrases, the judge says of 8 kHz mu-law what it says of the microphone's sound."""
    sound = np.frombuffer(clip.pcm, np.int16)
    spoken = sound[: np.flatnonzero(np.abs(sound.astype(int)) > 250)[-1]].tobytes() + noise(0.35, 16000, level=0.0002)
    line = from_mulaw(to_mulaw(at_rate(spoken, 16000, 8000)))
    assert await judge().finished(spoken) > 0.5
    assert await judge().finished(line, 8000) > 0.5


async def test_sound_that_comes_in_one_piece_is_heard_whole() -> None:
    """A client that kept its sound until the line stood loses nothing."""
    script = Script(["Am I free?"])
    down = await listened(script, InputAudioRawFrame(question().tobytes(), 16000, 1), *played(silence(0.3)))
    assert [frame.text for frame in down if isinstance(frame, TranscriptionFrame)] == ["Am I free?"]


@pytest.mark.parametrize("frames", [[], played(silence(0.3))])
async def test_recognition_that_fails_is_excused(frames: list[Frame]) -> None:
    """The turn ends without words, and the reason is passed on to be said."""
    down = await listened(
        Script([""], fail=Unavailable("I can't hear.")), *played(question()), *frames, SleepFrame(0.4)
    )
    assert [frame.say for frame in down if isinstance(frame, Excuse)] == ["I can't hear."]
