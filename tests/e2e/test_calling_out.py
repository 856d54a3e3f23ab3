"""Chronus calls its owner, by each provider: code, ring, PIN, briefing heard; a machine, nobody; and it is called by each."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest

from agent.calling import Ringer
from integrations.store.database import open_database
from integrations.store.people import People
from integrations.weights import voice_name, whisper_name
from tests.e2e.conftest import Chronus, in_process
from tests.e2e.test_hearing import found
from tests.e2e.test_telephone import SETTINGS, heard, now, spoken, turns, understood, was_said
from tests.emulators.telephones import Line, Telephones, running
from tests.telephoned import KEY, NUMBER, OURS, PIN, PUBLIC, account, environment
from voice.phone_account import ring
from voice.phone_caller import Call, Rough, on_the_line

ROUGH = Rough(loss=0.02, jitter=0.04)


@pytest.fixture(scope="module")
def whisper() -> Path:
    found(voice_name(SETTINGS))
    return found(whisper_name(SETTINGS))


@pytest.fixture(
    scope="module", params=["twilio", *(pytest.param(one, marks=pytest.mark.slow) for one in ("telnyx", "plivo"))]
)
def provider(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def telephones(provider: str) -> Iterator[Telephones]:
    with running(account(provider), KEY) as telephones:
        yield telephones


@pytest.fixture(scope="module")
def chronus(
    tmp_path_factory: pytest.TempPathFactory, whisper: Path, provider: str, telephones: Telephones
) -> Iterator[Chronus]:
    """A real server that can be called, and calls; its owner's team meets today."""
    named = environment(provider, telephones.url)
    settings = {f"CHRONUS_PHONE__{name.upper()}": str(value) for name, value in named.items()}
    with in_process(tmp_path_factory.mktemp(provider) / "data", CHRONUS_PUBLIC_URL=PUBLIC, **settings) as chronus:
        telephones.server = chronus.url
        day = date.today()  # noqa: DTZ011, the owner lives where this machine is
        starts = datetime(day.year, day.month, day.day, 23).astimezone()
        ends = starts + timedelta(minutes=50)
        due = [
            {"title": title, "due": day.isoformat()}
            for title in ("Water the plants", "Pay the rent", "Call the plumber")
        ]
        chronus.demo(
            events=[{"title": "Team meeting", "starts": starts.isoformat(), "ends": ends.isoformat()}], tasks=due
        )
        hours = {"start": "03:00", "end": "03:01"}  # whatever the time is, nobody wants quiet
        chronus.client.patch("/v1/me", json={"quiet_hours": hours}).raise_for_status()
        chronus.client.put("/v1/me/phone", json={"number": NUMBER}).raise_for_status()
        chronus.client.put("/v1/me/pin", json={"pin": PIN}).raise_for_status()
        yield chronus


@pytest.fixture(autouse=True)
def _nothing_planned(telephones: Telephones) -> None:
    """What one test wanted of a call that was never made is no other test's."""
    telephones.outcomes.clear()


async def until(done: Callable[[], Any], timeout: float = 40.0) -> Any:
    """What it gives, once it gives something."""
    async with asyncio.timeout(timeout):
        while not (it := await asyncio.to_thread(done)):  # noqa: ASYNC110, it happens in another process
            await asyncio.sleep(0.1)
    return it


async def asked(server: Chronus, method: str, path: str, **more: Any) -> Any:
    return await asyncio.to_thread(lambda: server.client.request(method, path, **more))


async def rung(telephones: Telephones, before: int) -> Line:
    """The next call that the provider was asked for, once it was taken."""
    line: Line = await until(lambda: telephones.lines[before:] and telephones.lines[before])
    await until(lambda: line.answered or line.refused or line.over)
    return line


@asynccontextmanager
async def picked_up(server: Chronus, telephones: Telephones, line: Line) -> AsyncIterator[Call]:
    """The person holds the receiver; when they put it down the provider tells how long that was."""
    assert line.answered is not None, line.refused
    try:
        async with on_the_line(server.url, line.answered, line.id, account=telephones.account, rough=ROUGH) as call:
            yield call
    finally:
        await telephones.finish(line, 30)


async def verified(server: Chronus, telephones: Telephones) -> None:
    """By a code call, unless it was done."""
    if (await asked(server, "GET", "/v1/me/phone")).json()["verified"]:
        return
    refused = await asked(server, "POST", "/v1/phone/calls")
    assert refused.status_code == 409
    assert "verified" in refused.json()["title"]
    before = len(telephones.lines)
    call = (await asked(server, "POST", "/v1/me/phone/verify")).json()["call"]
    line = await rung(telephones, before)
    assert line.answered is not None
    assert line.answered.stream is None
    assert not line.machines
    said = re.sub(r"\D", "", line.answered.said)
    assert said[:6] == said[6:]
    wrong = f"{(int(said[:6]) + 1) % 1_000_000:06}"
    assert (await asked(server, "POST", "/v1/me/phone/verify", json={"code": wrong})).status_code == 422
    right = await asked(server, "POST", "/v1/me/phone/verify", json={"code": said[:6]})
    assert right.json() == {"verified": True, "call": None}
    assert (await asked(server, "POST", "/v1/me/phone/verify", json={"code": said[:6]})).status_code == 403
    kept = await until(lambda: one(server, call, "ended"))
    assert (kept["about"], kept["direction"], kept["from"]) == ("code", "out", OURS)
    assert NUMBER not in str(kept)


def one(server: Chronus, call: str, *states: str) -> dict[str, Any] | None:
    """A call, once it has come so far."""
    kept: dict[str, Any] = server.client.get(f"/v1/phone/calls/{call}").json()
    return kept if kept["state"] in states else None


async def test_it_calls_and_reads_the_briefing(chronus: Chronus, telephones: Telephones, whisper: Path) -> None:
    """Code, ring, taken, PIN, the briefing heard over a bad line, spoken over, hung up; it stands in the history with its thread."""
    await verified(chronus, telephones)
    before = len(telephones.lines)
    placed = await asked(chronus, "POST", "/v1/phone/calls", json={"about": "briefing"})
    assert placed.status_code == 202
    assert (await asked(chronus, "POST", "/v1/phone/calls")).status_code == 409
    call_id = placed.json()["id"]
    line = await rung(telephones, before)
    assert (line.to, line.sender, line.machines) == (NUMBER, OURS, True)
    async with picked_up(chronus, telephones, line) as call:
        await call.until(lambda: call.quiet and len(heard(call, 0)) > 2 * 8000 * 3)
        assert await was_said(
            whisper, heard(call, 0), "This is Chronus. Please enter your PIN, then press the pound key."
        )
        began = now()
        await call.press(f"{PIN}#")
        await call.until(lambda: len(heard(call, began)) > 2 * 8000 * 5)
        await call.say(spoken("What can you do?"))
        assert call.clears
        await call.answer()
        told = await understood(whisper, heard(call, began))
        await call.hang_up()
    assert "team meeting" in told or "here is your" in told
    kept = await until(lambda: one(chronus, call_id, "ended"))
    assert kept["seconds"] == 30
    thread = (await asked(chronus, "GET", f"/v1/chat/{kept['conversation_id']}")).json()["turns"]
    assert any(turn["channel"] == "phone" and "Team meeting" in turn["reply"] for turn in thread)
    briefing = (await asked(chronus, "GET", "/v1/briefing/today")).json()
    assert 0 < briefing["cursor"] < len(briefing["text"].split())


async def test_a_machine_hears_one_sentence_and_it_rings_again_later(chronus: Chronus, telephones: Telephones) -> None:
    """Nothing private, not even whom it is for; the second try is owed ten minutes later, and can be called off."""
    await verified(chronus, telephones)
    before = len(telephones.lines)
    telephones.outcomes.append("machine")
    placed = (await asked(chronus, "POST", "/v1/phone/calls")).json()
    line = await rung(telephones, before)
    assert line.answered is not None
    assert line.answered.stream is None
    assert line.answered.said == "This is Chronus. I'll try again later."
    await until(lambda: one(chronus, placed["id"], "machine"))
    again = (await asked(chronus, "GET", "/v1/phone/calls")).json()["items"][0]
    assert (again["state"], again["tries"]) == ("waiting", 2)
    later = datetime.fromisoformat(again["at"]) - datetime.fromisoformat(placed["at"])
    assert timedelta(minutes=9) < later < timedelta(minutes=12)
    assert (await asked(chronus, "DELETE", f"/v1/phone/calls/{again['id']}")).status_code == 204
    assert (await asked(chronus, "DELETE", f"/v1/phone/calls/{again['id']}")).status_code == 409


@pytest.mark.parametrize("outcome", ["busy", "no-answer"])
async def test_nobody_takes_it(chronus: Chronus, telephones: Telephones, outcome: Any) -> None:
    """It says so, and rings once more later."""
    await verified(chronus, telephones)
    before = len(telephones.lines)
    telephones.outcomes.append(outcome)
    placed = (await asked(chronus, "POST", "/v1/phone/calls")).json()
    line = await rung(telephones, before)
    await until(lambda: one(chronus, placed["id"], outcome.replace("-", "_")))
    await telephones.tell_again(line)
    tries = (await asked(chronus, "GET", "/v1/phone/calls")).json()["items"]
    again = [one for one in tries if one["state"] == "waiting"]
    assert len(again) == 1
    assert (await asked(chronus, "DELETE", f"/v1/phone/calls/{again[0]['id']}")).status_code == 204


async def test_it_stops_ringing_when_it_is_told_to(chronus: Chronus, telephones: Telephones) -> None:
    """From the page, while it rings."""
    await verified(chronus, telephones)
    before = len(telephones.lines)
    telephones.outcomes.append("nothing")
    placed = (await asked(chronus, "POST", "/v1/phone/calls")).json()
    await until(lambda: telephones.lines[before:] and one(chronus, placed["id"], "ringing"))
    await until(lambda: chronus.client.delete(f"/v1/phone/calls/{placed['id']}").status_code == 204)
    await until(lambda: telephones.lines[before].over)
    assert one(chronus, placed["id"], "cancelled")


async def test_the_page_is_told_of_quiet_hours(chronus: Chronus, telephones: Telephones) -> None:
    """409, with the hour at which they end; asked for all the same it rings."""
    await verified(chronus, telephones)
    all_day = {"start": "00:00", "end": "23:59"}
    await asked(chronus, "PATCH", "/v1/me", json={"quiet_hours": all_day})
    refused = await asked(chronus, "POST", "/v1/phone/calls")
    assert (refused.status_code, refused.json()["code"]) == (409, "quiet_hours")
    telephones.outcomes.append("nothing")
    placed = await asked(chronus, "POST", "/v1/phone/calls", json={"even_if_quiet": True})
    assert placed.status_code == 202
    await until(lambda: chronus.client.delete(f"/v1/phone/calls/{placed.json()['id']}").status_code == 204)
    await asked(chronus, "PATCH", "/v1/me", json={"quiet_hours": {"start": "03:00", "end": "03:01"}})


async def test_a_reminder_is_said_first(chronus: Chronus, telephones: Telephones, whisper: Path) -> None:
    """What rang and nobody heard; once it was heard on the telephone it is told nowhere else, and the conversation goes on."""
    await verified(chronus, telephones)
    await asked(chronus, "POST", "/v1/reminders", json={"text": "Water the plants", "when": "in one second"})
    told = await until(lambda: [one for one in unread(chronus) if one["about"] == "reminder"])
    before = len(telephones.lines)
    async with open_database(None, chronus.data) as database, database.work() as session:
        owner = await People(session).owner("UTC", datetime.now(UTC))
        ringer = Ringer(session, owner, datetime.now(UTC), able=True, a_day=0)
        wanted: dict[str, Any] = {
            "about": "reminder",
            "at": datetime.now(UTC),
            "even_if_quiet": True,
            "things": [told[0]["id"]],
        }
        await ringer.owe(number=NUMBER, key=None, **wanted)
    line = await rung(telephones, before)
    async with picked_up(chronus, telephones, line) as call:
        await call.until(lambda: call.quiet and len(heard(call, 0)) > 2 * 8000 * 3)
        began = now()
        await call.press(f"{PIN}#")
        async with asyncio.timeout(40):
            while "water the plants" not in await understood(whisper, heard(call, began)):  # noqa: ASYNC110, it is being said
                await asyncio.sleep(0.5)
        await call.until(lambda: call.quiet)  # who hangs up in the midst of it may be told again
        await call.hang_up()
    await until(lambda: not [one for one in unread(chronus) if one["about"] == "reminder"])


def unread(server: Chronus) -> list[dict[str, Any]]:
    return [one for one in server.client.get("/v1/notifications").json()["items"] if not one["read"]]


@pytest.mark.slow  # by Twilio it is tests/e2e/test_telephone.py's
async def test_it_is_called_the_same_by_each(chronus: Chronus, telephones: Telephones, whisper: Path) -> None:
    """A question over a bad line, its answer, and silence at once when it is spoken over; the call stands in the history."""
    call_id = {"telnyx": f"v3:{token_hex(20)}"}.get(telephones.account.provider, f"CA{token_hex(16)}")
    answered = await ring(chronus.url, telephones.account, call_id, NUMBER)
    async with on_the_line(chronus.url, answered, call_id, account=telephones.account, rough=ROUGH) as call:
        await call.listen()
        began = now()
        await call.press(f"{PIN}#")
        await call.listen()
        assert await was_said(whisper, heard(call, began), "Hello. What can I do for you?")
        await call.say(spoken("What can you do?"))
        await call.until(lambda: call.answered_at is not None and len(call.reply) > 50)
        silenced = len(call.clears)
        await call.say(spoken("What's on my calendar today?"))
        assert len(call.clears) > silenced
        await call.answer()
        assert call.marks > 3
        told = await understood(whisper, heard(call, call.voiced_until))
        await call.hang_up()
    assert "team meeting" in told
    calls = (await asked(chronus, "GET", "/v1/phone/calls")).json()["items"]
    last = next(one for one in calls if one["direction"] == "in")
    assert (last["to"], last["state"]) == (OURS, "answered")
    assert last["conversation_id"]
    spoken_over = [turn for turn in await asyncio.to_thread(turns, chronus) if turn["heard"] is not None]
    assert spoken_over


@pytest.mark.parametrize("wrong", ["signature", "nonce", "none"])
async def test_a_socket_with_a_wrong_signature_is_closed(chronus: Chronus, telephones: Telephones, wrong: str) -> None:
    """Where the provider signs its sockets, a signature that is there has to be right; the ticket alone doesn't do then."""
    call_id = f"CA{token_hex(16)}"
    answered = await ring(chronus.url, telephones.account, call_id, NUMBER)
    side = telephones.account.exchange
    right = dict(side.handshake(answered.stream or ""))
    if not right:
        pytest.skip("Telnyx signs no sockets")
    if wrong == "none":
        shown: dict[str, str] = {}
    elif wrong == "nonce" and "X-Plivo-Signature-V3-Nonce" in right:
        shown = right | {"X-Plivo-Signature-V3-Nonce": "another"}
    else:
        shown = {name: value[::-1] if "Nonce" not in name else value for name, value in right.items()}
    async with on_the_line(chronus.url, answered, call_id, account=telephones.account, handshake=shown) as call:
        await call.until(lambda: call.closed is not None or bool(call.packets))
    assert bool(call.packets) == (wrong == "none")
    assert (call.closed == 1008) == (wrong != "none")
