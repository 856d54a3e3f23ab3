"""A reply is said clause by clause, at the pace it is heard, and what was heard is known to the word."""

import asyncio

import numpy as np
from pipecat.frames.frames import (
    Frame,
    InterruptionFrame,
    TTSAudioRawFrame,
    TTSStartedFrame,
    TTSStoppedFrame,
    TTSTextFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.tests.utils import SleepFrame, run_test

from integrations.errors import Unavailable
from tests.callers import Tones
from voice.pipeline.frames import Cut, GoOn, Reply, ReplyEnded, ReplyHeard, ReplyStarted, ReplyWords
from voice.pipeline.mouth import Mouth

Heard = list[tuple[str, bool]]


class Wire(FrameProcessor):
    """What the mouth sends, and when."""

    def __init__(self) -> None:
        super().__init__()
        self.packets: list[tuple[float, bytes]] = []

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, TTSAudioRawFrame):
            self.packets.append((asyncio.get_running_loop().time(), frame.audio))
        await self.push_frame(frame, direction)

    @property
    def seconds(self) -> float:
        return sum(len(pcm) for _, pcm in self.packets) / 48000


def saying(text: str, reply: Reply | None = None) -> list[Frame]:
    reply = reply or Reply("asked")
    return [ReplyStarted(reply), ReplyWords(text, reply=reply), ReplyEnded(reply)]


async def said(tones: Tones, *frames: Frame) -> tuple[Wire, list[Frame], Heard]:
    wire = Wire()
    down, up = await run_test(Pipeline([Mouth(tones), wire]), frames_to_send=frames)
    heard = [(frame.text, frame.whole) for frame in up if isinstance(frame, ReplyHeard)]
    return wire, list(down), heard


async def test_a_reply_is_said_and_heard_whole() -> None:
    """Its clauses come as text with their sound between a start and a stop."""
    wire, down, heard = await said(Tones(seconds=0.01), *saying("You have two things, lunch and tea. Nothing else."))
    kinds = [type(frame) for frame in down if isinstance(frame, TTSStartedFrame | TTSStoppedFrame | TTSTextFrame)]
    texts = [frame.text for frame in down if isinstance(frame, TTSTextFrame)]
    assert texts == ["You have two things,", "lunch and tea.", "Nothing else."]
    assert kinds == [TTSStartedFrame, *[TTSTextFrame] * 3, TTSStoppedFrame]
    assert heard == [("You have two things, lunch and tea. Nothing else.", True)]
    assert 0.4 < wire.seconds < 1.0


async def test_sound_is_never_far_ahead_of_the_ear() -> None:
    """What a client that can't flush would play on is a quarter of a second, and there is never a gap."""
    wire, _, _ = await said(Tones(seconds=0.02), *saying("It was a dark and stormy night and it rained."))
    began, ahead, lead = wire.packets[0][0], 0.0, []
    for at, pcm in wire.packets:
        lead.append(ahead - (at - began))
        ahead += len(pcm) / 48000
    assert max(lead) < 0.3
    assert min(lead[5:-3]) > 0.05


async def test_other_rates_are_brought_to_the_clients() -> None:
    """A voice of 22050 Hz keeps its pitch and its length."""
    wire, _, _ = await said(Tones(rate=22050, seconds=0.02), *saying("Hello there you"))
    sound = np.frombuffer(b"".join(pcm for _, pcm in wire.packets), np.int16).astype(np.float64)
    loudest = np.argmax(np.abs(np.fft.rfft(sound))) * 24000 / len(sound)
    assert abs(loudest - 220) < 6
    assert abs(wire.seconds - 15 * 0.02) < 0.02


async def test_an_interruption_silences_at_once_and_a_cut_tells_what_was_heard() -> None:
    """No sound after the interruption, and the words up to there."""
    story = "It was a dark and stormy night and it rained all night long."
    wire, _, heard = await said(
        Tones(seconds=0.02),
        *saying(story),
        SleepFrame(0.5),
        InterruptionFrame(),
        SleepFrame(0.3),
        Cut(),
        SleepFrame(0.1),
    )
    ((text, whole),) = heard
    assert not whole
    assert story.startswith(text)
    assert 10 < len(text) < 35
    assert wire.packets[-1][0] - wire.packets[0][0] < 0.6


async def test_after_a_false_alarm_it_goes_on_where_it_stopped() -> None:
    """The part that was sent but not played is sent again; nothing else is."""
    story = "It was a dark and stormy night."
    plain, _, _ = await said(Tones(seconds=0.02), *saying(story))
    wire, _, heard = await said(
        Tones(seconds=0.02), *saying(story), SleepFrame(0.3), InterruptionFrame(), SleepFrame(0.2), GoOn()
    )
    assert heard == [(story, True)]
    assert 0.1 < wire.seconds - plain.seconds < 0.3


async def test_a_voice_that_fails_is_reported_and_nothing_counts_as_heard() -> None:
    """The client learns of it; the reply is over."""
    _, down, heard = await said(Tones(fail=Unavailable("I lost my voice.")), *saying("Hello."))
    assert heard == [("", False)]
    assert not [frame for frame in down if isinstance(frame, TTSAudioRawFrame)]


async def test_a_silent_reply_is_read_whole() -> None:
    """What is only shown needs no voice."""
    tones = Tones()
    _, _, heard = await said(tones, *saying("Noted, thanks.", Reply("x", aloud=False)))
    assert heard == [("Noted, thanks.", True)]
    assert tones.asked == []


async def test_a_reply_cut_before_its_first_sound_was_not_heard() -> None:
    """A cut that overtakes the words ends them."""
    reply = Reply("asked", live=False)
    wire, _, heard = await said(Tones(), Cut(), *saying("Too late.", reply))
    assert heard == [("", False)]
    assert not wire.packets
