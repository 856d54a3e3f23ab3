"""A conversation on a telephone line: what is heard and said at 8 kHz, cut off, vouched for by marks, and left."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
from fastapi import FastAPI, WebSocket

from agent.events import Said
from integrations.speech import Recognizer
from integrations.telephone import Started
from integrations.telephone.twilio import Twilio
from tests.callers import Parrot, Script, Tones, detector, judge, question
from tests.emulators.serve import served
from voice.exchanges import Answered
from voice.phone_account import Account
from voice.phone_caller import Call, Rough, as_telephoned, on_the_line
from voice.pipeline.assembly import Speech
from voice.pipeline.telephone import TelephoneLine
from voice.sessions import Sessions, by_telephone

STORY = Said(text="It was a dark and stormy night, and the rain fell in torrents. It rained all night long.")
ACCOUNT = Account(public_url="https://chronus.example.org", token="token", sid="AC1")


@asynccontextmanager
async def called(
    agent: Parrot, hears: Recognizer | None = None, *, silence: float = 300.0, rough: Rough | None = None
) -> AsyncIterator[Call]:
    """Somebody on the line to the agent, PIN or no PIN."""
    speech = Speech(hears or Script(["Am I free after three?"]), Tones(), detector(), judge())
    sessions = Sessions(speech)
    app = FastAPI()

    @app.websocket("/media")
    async def media(websocket: WebSocket) -> None:
        await websocket.accept()
        line = TelephoneLine(websocket, Twilio("token"))
        while not isinstance(event := await line.event(), Started):
            pass
        line.begin(event.stream_id)
        await sessions.converse(by_telephone(line, silence=silence), "somebody", agent)

    async with served(app, timeout_graceful_shutdown=2) as url:
        try:
            answered = Answered(stream="wss://chronus.example.org/media", parameters={})
            async with on_the_line(url, answered, "CA1", account=ACCOUNT, rough=rough) as call:
                yield call
        finally:
            await sessions.drain(0.0)


async def test_a_question_is_heard_and_answered_at_a_telephones_rate() -> None:
    """Greeted without asking, heard at 8 kHz, answered with sound, and the whole answer counts as heard."""
    agent, script = Parrot([Said(text="Yes, you are free.")], hello="Hello."), Script(["Am I free after three?"])
    async with called(agent, script) as call:
        await call.listen()
        await call.say(as_telephoned(question()))
        await call.answer()
        await call.until(lambda: agent.told != [])
    assert agent.asked == ["Am I free after three?"]
    assert agent.told == [("turn-1", "Yes, you are free.", True)]
    seconds = sum(packet.seconds for packet in call.reply)
    assert 0.5 < seconds < 1.5  # 0.04 s a letter, and the pause behind a sentence
    assert call.marks >= 5


async def test_speaking_over_the_answer_clears_the_line() -> None:
    """The sound stops, old marks prove nothing, and what was played is what counts as heard."""
    agent = Parrot([STORY])
    async with called(agent, Script(["Tell me a story", "No, stop that"])) as call:
        await call.say(as_telephoned(question()))
        await call.until(lambda: len(call.reply) > 75)
        await call.say(as_telephoned(question()))
        await call.until(lambda: len(agent.asked) == 2)
    assert any(at > call.began for at in call.clears)
    (_, text, whole), *_ = agent.told
    assert not whole
    assert STORY.text.startswith(text)
    assert 8 < len(text) < 80


async def test_what_a_bad_line_loses_is_silence() -> None:
    """A tenth of all pieces is lost, and the question is as long as it was."""
    script = Script(["Am I free after three?"])
    async with called(Parrot(), script, rough=Rough(loss=0.1, jitter=0.04)) as call:
        await call.say(as_telephoned(question()))
        await call.answer()
    fed = np.frombuffer(bytes(script.fed[0]), np.int16)
    assert len(fed) / 8000 > 0.95 * len(question()) / 16000


async def test_whoever_asks_us_to_wait_is_left_in_peace_three_times_as_long() -> None:
    """ "Hold on" is answered and put to nobody; only the third silence is broken by "are you still there?"."""
    agent = Parrot()
    async with called(agent, Script(["Hold on a second, please."]), silence=1.5) as call:
        await call.say(as_telephoned(question()))
        await call.answer()
        answered = [packet.at for packet in call.reply if packet.audible]
        await call.listen()
        broken = next(packet.at for packet in call.reply if packet.audible and packet.at > answered[-1])
    assert agent.asked == []
    assert broken - answered[-1] > 3


async def test_somebody_who_says_nothing_is_asked_then_left() -> None:
    """First "are you still there?", after as much silence again goodbye."""
    agent = Parrot()
    async with called(agent, silence=1.0) as call:
        await call.until(lambda: call.closed is not None, timeout=30)
    assert call.closed == 1000
    assert sum(packet.seconds for packet in call.played) > 3  # both sentences
