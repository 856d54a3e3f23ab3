"""A spoken conversation on a real socket: what is heard, said, cut off and kept."""

import asyncio
import wave
from pathlib import Path

from agent.events import Said
from tests.callers import FOLDER, Parrot, Script, Tones, called, murmur, question, talking
from voice.caller import call, calling

STORY = Said(text="It was a dark and stormy night, and the rain fell in torrents. It rained all night long.")


async def test_a_question_is_heard_and_answered() -> None:
    """Words come while they are spoken, then the final ones, then the answer as words and sound."""
    agent = Parrot([Said(text="Yes, you are free.")])
    async with called(agent, Script(["Am I free after three?"])) as caller:
        await caller.say(question())
        await caller.until(lambda: agent.told != [])

    kinds = [message["type"] for _, message in caller.events]
    interim = next(data for data in caller.said("user-transcription"))
    assert not interim["final"]
    assert caller.heard == "Am I free after three?"
    assert caller.reply == "Yes, you are free."
    assert agent.asked == ["Am I free after three?"]
    assert agent.told == [("turn-1", "Yes, you are free.", True)]
    wanted = ["user-started-speaking", "user-stopped-speaking", "bot-llm-text", "bot-started-speaking"]
    assert [kind for kind in kinds if kind in wanted] == wanted
    assert caller.said("bot-tts-text")
    ((waited,),) = [data["ttfb"] for data in caller.said("metrics") if "ttfb" in data]
    assert waited["processor"] == "voice-to-voice"
    assert 0.2 < waited["value"] < 5
    assert caller.v2v_ms is not None
    assert sum(packet.seconds for packet in caller.packets) > 0.8


async def test_an_answer_of_many_short_sentences_is_said_to_its_end() -> None:
    """However quickly its sound is made, none of it waits for ever."""
    counting = Said(text=" ".join(f"This is number {number}." for number in range(9)))
    agent = Parrot([counting])
    async with called(agent, Script(["Count."]), Tones(seconds=0.003)) as caller:
        await caller.say(question())
        await caller.until(lambda: agent.told != [], timeout=30)

    assert agent.told == [("turn-1", counting.text, True)]


async def test_speaking_over_the_answer_stops_the_sound() -> None:
    """It ends in the midst of it, and what was heard is what is kept. (How soon: `bench.v2v`, `bench.echo`.)"""
    agent = Parrot([STORY])
    async with called(agent, Script(["Tell me a story", "No, stop that"])) as caller:
        await caller.say(question())
        await caller.until(lambda: caller.answered_at is not None)
        await caller.hush(1.5)
        await caller.say(question())
        await caller.until(lambda: len(agent.asked) == 2)

    assert any(at > caller.began for at in caller.interruptions)
    ((_, text, whole), *_) = agent.told
    assert not whole
    assert STORY.text.startswith(text)
    assert 8 < len(text) < len(STORY.text)
    assert agent.asked[1] == "No, stop that"


async def test_a_murmur_does_not_end_the_answer() -> None:
    """After "mm-hmm" the answer goes on where its sound stopped, and is heard whole."""
    agent = Parrot([STORY])
    async with called(agent, Script(["Tell me a story", "Mm-hmm."])) as caller:
        await caller.say(question())
        await caller.until(lambda: caller.answered_at is not None)
        await caller.hush(1)
        await caller.say(murmur())
        await caller.until(lambda: agent.told != [])

    assert len(caller.interruptions) == 1
    assert agent.asked == ["Tell me a story"]
    assert agent.told == [("turn-1", STORY.text, True)]


async def test_the_client_can_ask_for_silence() -> None:
    """The message `stop` ends the answer at once and is acknowledged."""
    agent = Parrot([STORY])
    async with called(agent) as caller:
        await caller.say(question())
        await caller.until(lambda: caller.answered_at is not None)
        await caller.send("client-message", {"t": "stop"}, id="7")
        await caller.until(lambda: agent.told != [])
        await caller.hush(0.1)
        quiet_from = asyncio.get_running_loop().time()
        await caller.hush(0.5)

    assert not agent.told[0][2]
    assert not [packet for packet in caller.packets if packet.at > quiet_from]
    assert caller.said("server-response")[0]["d"] == {"stopped": True}


async def test_typed_words_join_the_conversation() -> None:
    """`send-text` is a turn like a spoken one, answered aloud; with `audio_response` off, in silence."""
    agent = Parrot([Said(text="Noted.")])
    async with called(agent) as caller:
        await caller.send("send-text", {"content": "add milk"})
        await caller.until(lambda: len(agent.told) == 1)
        sounded = len(caller.packets)
        await caller.send("send-text", {"content": "and eggs", "options": {"audio_response": False}})
        await caller.until(lambda: len(agent.told) == 2)

    assert agent.asked == ["add milk", "and eggs"]
    assert sounded > 0
    assert len(caller.packets) == sounded
    assert caller.reply == "Noted. Noted."


async def test_a_greeting_is_spoken_when_the_client_is_ready() -> None:
    """An agent that wants to speak first does."""
    async with called(Parrot(hello="Good morning.")) as caller:
        await caller.until(lambda: caller.answered_at is not None)

    assert caller.reply == "Good morning."


async def test_nothing_said_before_the_client_is_ready_is_lost() -> None:
    """Sound sent right after connecting counts, whether or not the client has said that it's ready."""
    agent, script = Parrot(), Script(["Am I free?"])
    async with talking(agent, hears=script) as place, calling(f"{place.url}/early") as caller:
        await caller.say(question())
        await caller.until(lambda: agent.asked != [])
    assert agent.asked == ["Am I free?"]


async def test_a_file_is_spoken_and_its_answer_kept(tmp_path: Path) -> None:
    """What `chronus hear` does: the words, the reply, the time between, and the reply's sound in a file."""
    agent = Parrot([Said(text="Yes, you are free.")])
    async with talking(agent, hears=Script(["Am I free?", "And after four?"])) as place:
        question_file = FOLDER / "question.wav"
        out = tmp_path / "answer.wav"
        hearing = await call(f"{place.url}/thread", question_file, out, follow_ups=(question_file,))

    assert (hearing.heard, hearing.reply) == ("Am I free? And after four?", "Yes, you are free. Yes, you are free.")
    assert hearing.v2v_ms is not None
    assert hearing.out == out
    with wave.open(str(out)) as file:
        assert file.getframerate() == 24000
        assert file.getnframes() > 24000
