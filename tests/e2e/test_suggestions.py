"""Suggestions and memory over HTTP, on a real server: from what is known to something on the calendar, and back."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

import jobs.memory  # noqa: F401, it registers its job
from agent.opening import open_services
from integrations.settings import Settings
from jobs.run import JOBS, Owed
from tests.e2e.conftest import Chronus, Start
from tests.e2e.google_whole import talking

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def chronus(start: Start) -> Iterator[Chronus]:
    """A server of the test's own, whose owner works at every hour: the test runs at any."""
    with start() as chronus:
        always = {
            "zone": "Europe/Berlin",
            "working_days": [1, 2, 3, 4, 5, 6, 7],
            "working_hours": {"start": "00:00", "end": "23:59"},
            "quiet_hours": {"start": "03:00", "end": "03:01"},
        }
        chronus.client.patch("/v1/me", json=always).raise_for_status()
        yield chronus


def items(answer: httpx.Response) -> list[dict[str, Any]]:
    answer.raise_for_status()
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def overlaps(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two things share a moment."""
    a, b = (datetime.fromisoformat(one[name]) for name in ("starts", "ends"))
    c, d = (datetime.fromisoformat(other[name]) for name in ("starts", "ends"))
    return a < d and c < b


def test_proactive_suggestion_flow(chronus: Chronus) -> None:
    """Tasks and calendar give a suggestion for a truly free slot; a yes puts it on the calendar, undo takes it off, a no quiets its kind."""
    now = datetime.now(BERLIN)
    busy = [(30, 60), (120, 180), (300, 420), (900, 1000)]
    for begins, ends in busy:
        event = {"title": "Taken", "place": "Kastanienallee 12", "starts": (now + timedelta(minutes=begins)).isoformat(),
                 "ends": (now + timedelta(minutes=ends)).isoformat()}  # fmt: skip
        chronus.client.post("/v1/calendar/events", json=event).raise_for_status()
    due = (now + timedelta(days=1)).date().isoformat()
    chronus.client.post("/v1/tasks", json={"title": "Write the report", "due": due}).raise_for_status()
    chronus.client.post("/v1/tasks", json={"title": "Sort the photos"}).raise_for_status()
    before = items(chronus.client.get("/v1/calendar/events"))

    first, second = items(chronus.client.get("/v1/suggestions"))

    assert (first["kind"], first["task"]["title"], first["state"]) == ("deadline", "Write the report", "open")
    assert "due tomorrow" in first["why"]
    assert "free" in first["text"]
    assert datetime.fromisoformat(first["starts"]) > now
    assert not any(overlaps(first, event) for event in before)
    assert not overlaps(first, second)
    assert items(chronus.client.get("/v1/suggestions")) == [first, second]

    accepted = chronus.client.post(f"/v1/suggestions/{first['id']}/accept")
    again = chronus.client.post(f"/v1/suggestions/{first['id']}/accept")

    assert accepted.status_code == again.status_code == 200
    assert again.json() == accepted.json()
    assert accepted.json()["suggestion"]["state"] == "accepted"
    change = accepted.json()["change"]
    new = [event for event in items(chronus.client.get("/v1/calendar/events")) if event["title"] == "Write the report"]
    assert [(datetime.fromisoformat(one["starts"]), one["id"]) for one in new] == [
        (datetime.fromisoformat(first["starts"]), change["receipt"]["id"])
    ]
    assert change["id"] in [one["id"] for one in items(chronus.client.get("/v1/changes"))]

    dismissed = chronus.client.post(f"/v1/suggestions/{second['id']}/dismiss").json()
    chronus.client.post("/v1/tasks", json={"title": "Read the handbook"}).raise_for_status()

    assert dismissed["state"] == "dismissed"
    assert items(chronus.client.get("/v1/suggestions")) == []  # of that kind nothing is offered for a while
    assert chronus.client.post(f"/v1/suggestions/{second['id']}/accept").status_code == 409

    chronus.client.post(f"/v1/changes/{change['id']}/undo").raise_for_status()
    assert "Write the report" not in [event["title"] for event in items(chronus.client.get("/v1/calendar/events"))]
    with chronus.somebody_else() as stranger:
        assert stranger.post(f"/v1/suggestions/{first['id']}/accept").status_code == 404
        assert stranger.post(f"/v1/suggestions/{second['id']}/dismiss").status_code == 404


async def fold_again(chronus: Chronus, conversation_id: str, turn_id: str) -> str | None:
    """The job that is asked for when a conversation has ended, beside the running server, as a worker would do it."""
    settings = Settings(_env_file=None, data=chronus.data, weights=chronus.data / "no-weights")
    async with open_services(settings, speech=False) as services:
        person = await services.owner()
        owed = Owed(
            job="memory.fold", person_id=person.id, slot=f"{conversation_id}:{turn_id}", due=services.clock(),
            arguments={"conversation_id": conversation_id},
        )  # fmt: skip
        return await JOBS["memory.fold"](services, owed)


def test_memory_and_context_flow(chronus: Chronus) -> None:
    """Said in passing, folded into a memory with quote and date, used in a suggestion and an answer, forgotten, and not learned again."""
    day = datetime.now(BERLIN) + timedelta(days=1)
    habit = f"I play the cello on {day:%A}s at 4 pm"
    said = chronus.client.post("/v1/chat", json={"text": f"By the way, {habit}.", "conversation_id": "new"}).json()
    assert items(chronus.client.get("/v1/memory")) == []

    first = asyncio.run(fold_again(chronus, said["conversation_id"], said["turn_id"]))
    again = asyncio.run(fold_again(chronus, said["conversation_id"], said["turn_id"]))

    assert (first, again) == ("1 new memory from a conversation.", "0 new memories from a conversation.")
    [memory] = items(chronus.client.get("/v1/memory"))
    assert (memory["text"], memory["quote"], memory["origin"]) == (habit, habit, "said")
    assert abs(datetime.fromisoformat(memory["at"]) - datetime.now(UTC)) < timedelta(minutes=5)

    [one] = [one for one in items(chronus.client.get("/v1/suggestions")) if one["kind"] == "habit"]
    assert (one["title"], datetime.fromisoformat(one["starts"]).astimezone(BERLIN).hour) == ("Cello", 16)
    assert one["why"] == f"You told me: you play the cello on {day:%A}s at 4 pm."
    answer = chronus.client.post("/v1/chat", json={"text": "what do you know about the cello?"}).json()
    assert answer["reply"] == f"You told me: You play the cello on {day:%A}s at 4 pm."

    chronus.client.delete(f"/v1/memory/{memory['id']}").raise_for_status()

    assert items(chronus.client.get("/v1/suggestions")) == []
    assert "cello" not in chronus.client.get("/v1/suggestions?state=all").text
    assert (
        asyncio.run(fold_again(chronus, said["conversation_id"], said["turn_id"]))
        == "0 new memories from a conversation."
    )
    assert items(chronus.client.get("/v1/memory")) == []


async def test_a_yes_at_google_happens_once(tmp_path: Path) -> None:
    """Pressed twice at once while Google's answer is lost: one event in the account, one line in the ledger, one undo."""
    async with talking(tmp_path) as talker:
        me = {"working_days": [1, 2, 3, 4, 5, 6, 7], "working_hours": {"start": "00:00", "end": "23:59"}, "quiet_hours": {"start": "03:00", "end": "03:01"}}  # fmt: skip
        answer = await talker.browser.http.patch("/v1/me", json=me, headers={"Origin": talker.browser.url})
        answer.raise_for_status()
        talker.whole.todo.add("Call Anna")
        await talker.fresh()
        [one] = (await talker.get("/v1/suggestions"))["items"]
        talker.whole.google.trouble("lost", "calendar.events.insert")

        first, second = await asyncio.gather(*(talker.post(f"/v1/suggestions/{one['id']}/accept") for _ in range(2)))

        assert first["change"]["id"] == second["change"]["id"]
        inserted = [asked for asked in talker.whole.google.asked if asked.method == "calendar.events.insert"]
        assert len({asked.body["id"] for asked in inserted}) == 1
        found = (await talker.get("/v1/calendar/events"))["items"]
        assert [(event["title"], event["source"]) for event in found] == [("Call Anna", "google")]
        await talker.post(f"/v1/changes/{first['change']['id']}/undo")
        assert (await talker.get("/v1/calendar/events"))["items"] == []
