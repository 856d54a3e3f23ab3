"""The way of a request, with everything the scaled-out shape has: Gemini, Google, PostgreSQL, Qdrant, and back with a confirmation."""

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
from pydantic import AnyHttpUrl, SecretStr
from sqlalchemy import select

from integrations.settings import DatabaseSettings, QdrantSettings, Settings
from integrations.store.calendar_copies import CopiedEvent
from integrations.store.changes import Change
from integrations.store.database import open_database
from integrations.weights import locate
from tests.conftest import Places
from tests.e2e.google_whole import Talker, talking
from tests.emulators.gemini import calls, says, served_gemini
from tests.emulators.qdrant import served_qdrant
from tests.geminis import settings as gemini_settings

WEIGHTS = Settings(_env_file=None).weights
LIKES = "I like meetings in the afternoon"


async def test_chat_request_flow(tmp_path: Path, places: Places) -> None:
    """Remembered in Qdrant and recalled; called by Gemini, at Google once, a row in PostgreSQL, a confirmation that is true."""
    locate("minilm", folder=WEIGHTS)
    with served_gemini() as gemini:
        gemini.then(calls(("remember", {"text": LIKES})), says("I'll keep that in mind."))
        gemini.then(calls(("recall", {"about": "when I like to meet"})))
        gemini.then(calls(("add_event", {"title": "Meeting", "when": "tomorrow at 2pm"})))
        gemini.then(says("It's on your calendar, in the afternoon as you like it."))
        async with (
            places("postgres") as place,
            served_qdrant() as qdrant,
            talking(
                tmp_path,
                gemini=gemini_settings(gemini),
                weights=WEIGHTS,
                database=DatabaseSettings(url=SecretStr(place.url or "")),
                qdrant=QdrantSettings(url=AnyHttpUrl(qdrant)),
            ) as talker,
        ):
            await talker.fresh()
            await talker.say(LIKES)
            await indexed(qdrant)
            done = await talker.say("Schedule a meeting tomorrow at 2pm")

            assert LIKES in json.dumps(gemini.turns[-1].body["contents"])
            assert done["reply"] == "It's on your calendar, in the afternoon as you like it."
            recalled, added = done["actions"]
            assert (recalled["tool"], added["tool"], added["ok"]) == ("recall", "add_event", True)
            await kept(talker, place.url or "", added["receipt"]["id"])
        assert gemini.refused == []


async def indexed(qdrant: str) -> None:
    """Until the memory's vector is there: it is made beside the conversation."""
    async with httpx.AsyncClient(base_url=qdrant) as http, asyncio.timeout(60):
        while True:
            found = await http.post("/collections/memories/points/count", json={})
            if found.status_code == 200 and found.json()["result"]["count"]:
                return
            await asyncio.sleep(0.1)


async def kept(talker: Talker, url: str, receipt: str) -> None:
    """What was confirmed is so, in each place."""
    [event] = talker.whole.calendar.live()
    zone = ZoneInfo("Europe/Berlin")
    starts = datetime.fromisoformat(event["start"]["dateTime"]).astimezone(zone)
    assert (starts.date(), starts.hour) == ((datetime.now(zone) + timedelta(days=1)).date(), 14)
    async with open_database(url, talker.data) as database, database.look() as session:
        [row] = (await session.scalars(select(CopiedEvent))).all()
        [change] = (await session.scalars(select(Change).where(Change.tool == "add_event"))).all()
    assert row.event == event["id"]
    assert change.receipt is not None
    assert change.receipt["id"] == receipt
