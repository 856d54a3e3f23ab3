"""Spoken to with a voice, Gemini thinks, Google keeps: nothing in between is a stand-in of ours."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from integrations.settings import Settings
from integrations.store.calendar_copies import CopiedEvent
from integrations.weights import voice_name
from tests.audio import piper, silence, write_wav
from tests.e2e.google_whole import Talker, talking
from tests.e2e.test_google_day import mail
from tests.e2e.test_hearing import found
from tests.emulators.gemini import calls, served_gemini
from tests.geminis import settings as gemini_settings
from voice.caller import Caller, calling, read_sound

SETTINGS = Settings(_env_file=None)
WISH = "Schedule a meeting with Anna tomorrow at 2 p.m."


async def test_a_meeting_spoken_of_is_at_google_after_a_spoken_yes(tmp_path: Path) -> None:
    """Heard by whisper, called by Gemini, asked aloud, a spoken yes: one event with its guest, one invitation, one row."""
    with served_gemini() as gemini:
        gemini.then(calls(("add_event", {"title": "Meeting with Anna", "when": "tomorrow at 2pm", "guests": ["Anna"]})))
        async with talking(tmp_path, gemini=gemini_settings(gemini), weights=SETTINGS.weights) as talker:
            talker.whole.mailbox.receive(mail("Hello", "Hi.", "Anna Berg <anna@example.org>"))
            await talker.fresh()
            async with calling((await talker.post("/v1/voice/connect"))["ws_url"]) as caller:
                await caller.ready()
                await speak(caller, tmp_path, WISH, expect="anna@example.org")
                assert talker.whole.calendar.live() == []
                assert talker.whole.calendar.mails == []
                told = await speak(caller, tmp_path, "Yes, invite Anna.", expect="on your calendar")
            await holds(talker)
        [turn] = gemini.turns
        assert "schedule a meeting with anna tomorrow" in json.dumps(turn.body["contents"]).lower()
        assert gemini.refused == []
    assert "Meeting with Anna" in told


async def speak(caller: Caller, folder: Path, words: str, *, expect: str) -> str:
    """Say it, and wait until the answer that came holds what is expected and was heard to its end."""
    before, turns = len(caller.said("bot-llm-text")), heard(caller)
    pcm = piper(words, voice=found(voice_name(SETTINGS))) + silence(0.3, 16_000)
    await caller.say(read_sound(write_wav(folder / "said.wav", pcm, 16_000)))

    def answer() -> str:
        return " ".join(str(data["text"]).strip() for data in caller.said("bot-llm-text")[before:])

    await caller.until(lambda: expect in answer(), timeout=60)
    await caller.until(lambda: heard(caller) > turns, timeout=60)  # a pause between two sentences is not its end
    return answer()


def heard(caller: Caller) -> int:
    """How many answers the server knows to have been heard out."""
    return sum(1 for data in caller.said("server-message") if data.get("type") == "turn" and data.get("heard"))


async def holds(talker: Talker) -> None:
    """One event, tomorrow at two, with Anna, who was written to once; and its row here."""
    [event] = talker.whole.calendar.live()
    starts = datetime.fromisoformat(event["start"]["dateTime"]).astimezone(ZoneInfo("Europe/Berlin"))
    tomorrow = (datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(days=1)).date()
    assert (event["summary"], starts.date(), starts.hour) == ("Meeting with Anna", tomorrow, 14)
    assert [one["email"] for one in event["attendees"]] == ["anna@example.org"]
    assert len(talker.whole.calendar.mails) == 1
    async with talker.database() as database, database.look() as session:
        [row] = (await session.scalars(select(CopiedEvent))).all()
    assert row.event == event["id"]
