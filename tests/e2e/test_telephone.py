"""Somebody calls: they show a PIN, ask, hear the answer over a bad line, speak over it, and hang up."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from integrations.settings import Settings
from integrations.speech.whisper import WhisperRecognizer
from integrations.weights import voice_name, whisper_name
from tests.audio import at_rate, clips, errors, flite, silence, words, write_wav
from tests.contract.test_speech import lacking
from tests.e2e.conftest import Chronus, in_process
from tests.e2e.test_hearing import found
from voice.caller import calling as browsing
from voice.exchanges import Answered
from voice.phone_account import Account, ring
from voice.phone_caller import Call, Rough, on_the_line

SETTINGS = Settings(_env_file=None)
TOKEN = "0123456789abcdef0123456789abcdef"
ACCOUNT = Account(public_url="https://chronus.example.org", token=TOKEN, sid="AC" + "1" * 32)
NUMBER, PIN = "+15551234567", "482915"
THIS_ONE = 0.6
"""Share of wrong words with which it is still this sentence: a small model hears a synthetic voice through a telephone."""
ROUGH = Rough(loss=0.02, jitter=0.04)


@pytest.fixture(scope="module")
def whisper() -> Path:
    found(voice_name(SETTINGS))
    return found(whisper_name(SETTINGS))


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory, whisper: Path) -> Iterator[Chronus]:
    """A real server with a telephone and somebody who calls it; their team meets tomorrow at three."""
    settings = {
        "CHRONUS_PUBLIC_URL": ACCOUNT.public_url,
        "CHRONUS_PHONE__PROVIDER": "twilio",
        "CHRONUS_PHONE__TWILIO_AUTH_TOKEN": TOKEN,
        "CHRONUS_LIMITS__CONVERSATIONS_PER_PERSON": "1",
    }
    with in_process(tmp_path_factory.mktemp("exchange") / "data", **settings) as chronus:
        day = date.today() + timedelta(days=1)  # noqa: DTZ011, the owner lives where this machine is
        starts = datetime(day.year, day.month, day.day, 15).astimezone()
        ends = starts + timedelta(hours=1)
        chronus.demo(events=[{"title": "Team meeting", "starts": starts.isoformat(), "ends": ends.isoformat()}])
        known(chronus)
        yield chronus


def known(server: Chronus) -> None:
    """A number and a PIN, and no guesses made yet."""
    server.client.put("/v1/me/phone", json={"number": NUMBER}).raise_for_status()
    server.client.put("/v1/me/pin", json={"pin": PIN}).raise_for_status()


def spoken(text: str) -> np.ndarray:
    """As a telephone carries it."""
    return np.frombuffer(at_rate(flite(text), 16000, 8000) + silence(0.2, 8000), np.int16)


async def understood(whisper: Path, pcm: bytes) -> str:
    """What another pair of ears makes of what came out of the receiver."""
    recognizer = WhisperRecognizer(whisper)
    utterance = recognizer.utterance(rate=8000, channel="telephone")
    utterance.feed(pcm)
    try:
        return " ".join(words((await utterance.final()).text))
    finally:
        recognizer.close()


async def was_said(whisper: Path, pcm: bytes, text: str) -> bool:
    """Whether it is this that came out of the receiver, and not something else."""
    wrong, said = errors(text, await understood(whisper, pcm))
    return wrong / said < THIS_ONE


def heard(call: Call, since: float) -> bytes:
    return b"".join(packet.pcm for packet in call.played if packet.at > since)


def now() -> float:
    return asyncio.get_running_loop().time()


@asynccontextmanager
async def calling(server: Chronus, rough: Rough | None = None) -> AsyncIterator[Call]:
    """On the line, with the question for the PIN still to be heard."""
    call_id = f"CA{token_hex(16)}"
    answered = await ring(server.url, ACCOUNT, call_id, NUMBER)
    async with on_the_line(server.url, answered, call_id, account=ACCOUNT, rough=rough) as call:
        yield call


def turns(server: Chronus) -> list[dict[str, Any]]:
    """What stands in the threads, the oldest first."""
    threads = server.client.get("/v1/chat").json()["items"]
    found = [server.client.get(f"/v1/chat/{thread['id']}").json()["turns"] for thread in threads]
    return sorted((turn for one in found for turn in one), key=lambda turn: str(turn["at"]))


async def test_a_call_from_the_first_ring_to_the_last_word(exchange: Chronus, whisper: Path) -> None:
    """Over a line that loses 2 % and is 40 ms late: PIN, question, right answer, barge-in, hang-up, and it stands in the thread."""
    async with calling(exchange, ROUGH) as call:
        await call.listen()
        assert await was_said(whisper, heard(call, 0), "Please enter your PIN, then press the pound key.")
        began = now()
        await call.press("111111#")
        await call.listen()
        assert await was_said(whisper, heard(call, began), "That was not it. You have two more tries.")
        assert await asyncio.to_thread(turns, exchange) == []
        began = now()
        await call.press(f"{PIN}#")
        await call.listen()
        assert await was_said(whisper, heard(call, began), "Hello. What can I do for you?")

        await call.say(spoken("What's on my calendar tomorrow?"))
        await call.answer()
        sounded = [heard(call, call.voiced_until)]
        assert call.marks > 3

        await call.say(spoken("What can you do?"))
        await call.until(lambda: call.answered_at is not None and len(call.reply) > 50)
        silenced = len(call.clears)
        await call.say(spoken("What's on my calendar tomorrow?"))
        assert len(call.clears) > silenced
        assert call.clears[silenced] > call.began
        await call.answer()
        sounded.append(heard(call, call.voiced_until))
        await call.hang_up()

    first, second, third = await kept(exchange, 3)
    assert {turn["channel"] for turn in (first, second, third)} == {"phone"}
    assert "calendar tomorrow" in " ".join(words(first["said"]))
    assert "Team meeting" in first["reply"]
    assert await was_said(whisper, sounded[0], first["reply"])
    assert first["heard"] is None
    assert second["heard"] is not None
    assert len(second["heard"]) < len(second["reply"])
    assert second["reply"].startswith(second["heard"])
    assert "Team meeting" in third["reply"]
    assert await was_said(whisper, sounded[1], third["reply"])
    assert exchange.log is not None
    assert PIN not in exchange.log.read_text()
    assert PIN not in str((first, second, third))


@pytest.mark.parametrize(
    "name", ["goforward", *(pytest.param(name, marks=pytest.mark.slow) for name in ("001", "003"))]
)
async def test_what_people_say_into_a_bad_line_is_done(name: str, exchange: Chronus) -> None:
    """A recording of a person, at 8 kHz with 2 % lost and 40 ms late, names a task: their words stand in the thread, in the reply and on the list."""
    clip = next((clip for clip in clips() if clip.name == name), None)
    if clip is None:
        lacking("pocketsphinx-testdata isn't installed (see deploy/apt-test.txt)")
    known(exchange)
    asked = await asyncio.to_thread(exchange.client.post, "/v1/chat", json={"text": "add something to my tasks"})
    assert asked.json()["reply"].endswith("?")
    before = len(await asyncio.to_thread(turns, exchange))
    async with calling(exchange, ROUGH) as call:
        await call.until(lambda: bool(call.played))
        await call.press(f"{PIN}#")
        await call.until(lambda: bool(call.clears))
        await call.listen()
        await call.say(np.frombuffer(at_rate(clip.pcm, clip.rate, 8000) + silence(0.2, 8000), np.int16))
        await call.answer()
        await call.hang_up()
    named = (await kept(exchange, before + 1))[-1]
    wrong, said = errors(clip.words, named["said"])
    assert wrong / said <= THIS_ONE, named["said"]
    heard_as = words(named["said"])
    assert " ".join(heard_as) in " ".join(words(named["reply"]))
    tasks = (await asyncio.to_thread(exchange.client.get, "/v1/tasks")).json()["items"]
    assert " ".join(heard_as) in [" ".join(words(task["title"])) for task in tasks]


async def kept(server: Chronus, number: int) -> list[dict[str, Any]]:
    """The turns, once so many stand there with what was heard of them."""
    async with asyncio.timeout(20):
        while len(there := await asyncio.to_thread(turns, server)) < number:  # noqa: ASYNC110, nothing tells
            await asyncio.sleep(0.1)
    return there[-number:]


async def test_three_wrong_pins_end_the_call(exchange: Chronus, whisper: Path) -> None:
    """The caller is told so, the line closes, and nothing that was said meanwhile was listened to."""
    known(exchange)
    before = len(await asyncio.to_thread(turns, exchange))
    async with calling(exchange) as call:
        for _ in range(3):
            await call.listen()
            await call.say(spoken("What's on my calendar tomorrow?"))
            began = now()
            await call.press("111111#")
        await call.until(lambda: call.closed is not None)
        assert await was_said(whisper, heard(call, began), "That was not it either. Goodbye.")
    assert call.closed == 1000
    assert len(await asyncio.to_thread(turns, exchange)) == before


async def test_a_pin_may_be_typed_over_the_question_and_begun_anew(exchange: Chronus, whisper: Path) -> None:
    """Whoever knows how it goes needn't listen; a star takes back what was pressed, and a pause ends it like the pound key."""
    known(exchange)
    async with calling(exchange) as call:
        await call.until(lambda: bool(call.played))
        began = now()
        await call.press(f"99*{PIN}")
        await call.until(lambda: bool(call.clears))
        await call.listen()
        assert await was_said(whisper, heard(call, began + 1), "Hello. What can I do for you?")


async def test_parallel_calls_guess_no_more_than_one_would(exchange: Chronus) -> None:
    """Five calls try three wrong PINs each: ten are looked at, then the telephone is locked, for the right one too, and the page tells."""
    known(exchange)

    async def guess() -> None:
        async with calling(exchange) as call:
            for _ in range(3):
                await call.press("111111#")
            await call.until(lambda: call.closed is not None, timeout=60)

    await asyncio.gather(*(guess() for _ in range(5)))
    phone = (await asyncio.to_thread(exchange.client.get, "/v1/me/phone")).json()
    assert phone["locked_until"] is not None
    answered = await ring(exchange.url, ACCOUNT, f"CA{token_hex(16)}", NUMBER)
    assert answered.stream is None
    assert "locked" in answered.said
    told = (await asyncio.to_thread(exchange.client.get, "/v1/notifications")).json()["items"]
    assert ["locked" in one["say"] for one in told if one["about"] == "phone"] == [True]
    known(exchange)
    assert (await ring(exchange.url, ACCOUNT, f"CA{token_hex(16)}", NUMBER)).stream is not None


async def test_a_caller_may_hang_up_at_any_moment(exchange: Chronus) -> None:
    """While they are asked, between two keys, while the PIN is looked at, while they are greeted: nothing goes wrong, and the next call is taken."""
    known(exchange)
    for keys, wait in (("", 0.3), ("1", 0.0), (PIN, 0.2), (f"{PIN}#", 0.0), (f"{PIN}#", 0.3), (f"{PIN}#", 1.5)):
        async with calling(exchange) as call:
            await call.until(lambda: bool(call.played))
            await call.press(keys)
            await asyncio.sleep(wait)
            if wait:
                await call.hang_up()  # otherwise the line just breaks
    async with calling(exchange) as call:
        await call.until(lambda: bool(call.played))
    assert exchange.log is not None
    lines = [json.loads(line) for line in exchange.log.read_text().splitlines() if line.startswith("{")]
    assert [line for line in lines if line["level"] in ("error", "critical")] == []


async def test_who_cannot_be_put_through_hears_why(exchange: Chronus) -> None:
    """A number that isn't known, and somebody who is talking elsewhere already: a sentence in the markup, and no socket."""
    known(exchange)
    await asyncio.to_thread(exchange.client.patch, "/v1/me", json={"phone_messages": False})
    unknown = await ring(exchange.url, ACCOUNT, f"CA{token_hex(16)}", "+15559990000")
    assert unknown.stream is None
    assert "don't know this number" in unknown.said
    await asyncio.to_thread(exchange.client.patch, "/v1/me", json={"phone_messages": True})
    assert (await ring(exchange.url, ACCOUNT, f"CA{token_hex(16)}", "+15559990000")).stream is not None


async def test_a_call_takes_the_conversation_over_from_the_browser(exchange: Chronus) -> None:
    """After its PIN, and not before; then only one of them speaks."""
    known(exchange)
    url = (await asyncio.to_thread(exchange.client.post, "/v1/voice/connect")).json()["ws_url"]
    async with browsing(url) as browser:
        await browser.ready()
        await browser.until(lambda: bool(browser.events))
        async with calling(exchange) as call:
            await call.until(lambda: bool(call.played))
            assert browser.closed is None
            await call.press(f"{PIN}#")
            await browser.until(lambda: browser.closed is not None, timeout=30)
    told = [data for data in browser.said("server-message") if data["type"] == "ended"]
    assert [data["reason"] for data in told] == ["elsewhere"]


async def test_a_socket_without_a_calls_ticket_hears_nothing(exchange: Chronus) -> None:
    """No ticket, another call's, a used one, a browser's: closed, and not a sound was made."""
    known(exchange)
    call_id = f"CA{token_hex(16)}"
    answered = await ring(exchange.url, ACCOUNT, call_id, NUMBER)
    assert answered.stream == "wss://chronus.example.org/v1/phone/twilio/media"
    ticket = answered.parameters["ticket"]
    browser = (
        (await asyncio.to_thread(exchange.client.post, "/v1/voice/connect")).json()["ws_url"].partition("ticket=")[2]
    )

    assert await refused(exchange, call_id, "")
    assert await refused(exchange, call_id, "x" * 43)
    assert await refused(exchange, call_id, browser)
    assert await refused(exchange, f"CA{token_hex(16)}", ticket)
    assert await refused(exchange, call_id, ticket)  # another call's use has used it up

    call_id = f"CA{token_hex(16)}"
    answered = await ring(exchange.url, ACCOUNT, call_id, NUMBER)
    async with on_the_line(exchange.url, answered, call_id, account=ACCOUNT) as call:
        await call.until(lambda: bool(call.packets))
    assert await refused(exchange, call_id, answered.parameters["ticket"])


async def refused(server: Chronus, call_id: str, ticket: str) -> bool:
    answered = Answered(stream="wss://chronus.example.org/v1/phone/twilio/media", parameters={"ticket": ticket})
    async with on_the_line(server.url, answered, call_id, account=ACCOUNT) as call:
        await call.until(lambda: call.closed is not None)
        return call.closed == 1008 and not call.packets


@pytest.mark.parametrize(
    "message", [b"\x00\x01", "{", "[]", '{"event":"start"}', '{"event":"stop"}', "x" * 65_000, None]
)
async def test_what_is_no_call_is_not_listened_to(message: bytes | str | None, exchange: Chronus) -> None:
    """Rubbish, and whoever says nothing at all for ten seconds, is hung up on."""
    async with connect(f"{exchange.url.replace('http', 'ws', 1)}/v1/phone/twilio/media") as socket:
        if message is not None:
            await socket.send(message)
        with pytest.raises(ConnectionClosed):
            await asyncio.wait_for(socket.recv(), 30)
    assert socket.close_code in (1003, 1008)


@pytest.mark.slow  # 40 seconds of speech
def test_what_the_command_does(exchange: Chronus, tmp_path: Path) -> None:
    """`chronus call`: what was heard, what was said, how long it took, and the sound of it."""
    known(exchange)
    question = write_wav(tmp_path / "q.wav", flite("What's on my calendar tomorrow?"), 16000)
    out = tmp_path / "r.wav"
    environment = os.environ | {
        "CHRONUS_PUBLIC_URL": ACCOUNT.public_url, "CHRONUS_PHONE__PROVIDER": "twilio", "CHRONUS_PHONE__TWILIO_AUTH_TOKEN": TOKEN,
    }  # fmt: skip
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "voice.cli",
        "call",
        str(question),
        "--out",
        str(out),
        "--server",
        exchange.url,
    ]
    done = subprocess.run(
        [*command, "--pin", PIN, "--json"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert "calendar tomorrow" in " ".join(words(told["heard"]))
    assert "Team meeting" in told["reply"]
    assert told["v2v_ms"] > 0
    assert out.stat().st_size > 8000

    done = subprocess.run([*command, "--pin", "111111"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "PIN" in done.stderr
