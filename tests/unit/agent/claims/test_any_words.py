"""Whatever a mind says and whatever tools gave, judging it never breaks a turn."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.model import Prompt, Said
from tests.unit.agent.claims.judged import called, spoken

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 4, 10, 20, tzinfo=ZONE)
PIECES = st.sampled_from(
    ["I've sent ", "you have ", "three meetings ", "at 99:99 ", "at three, ", "tomorrow ", "the 99th ", "February 31st ", "Sarah wrote ", "nothing ", "free until ",
     "2026-99-99T99:99 ", "“", "\"", ". ", "? ", ", ", "\n", "- ", "**", "one to ", "from 10 to ", "is now ", "x" * 50, "ä", "🙂 ", "500 euros "]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=25).map("".join)


def content(text: str) -> dict[str, Any]:
    """Rows in which others have written."""
    mail = {
        "id": "1",
        "from": text,
        "subject": text,
        "snippet": text,
        "at": "2026-03-04T09:00:00+00:00",
        "unread": True,
    }
    event = {
        "id": "2",
        "title": text,
        "starts": "2026-03-05T09:00:00+01:00",
        "ends": "2026-03-05T10:00:00+01:00",
        "all_day": False,
    }
    return {"result": {"messages": [mail], "events": [event], "span": None, "conflicts": [["1", "2"]]}}


async def said(text: str, rows: str, size: int) -> str:
    """What is let go, or said instead."""
    lines = [Said(text=rows), *called(("search_email", content(rows)), arguments={"query": rows})]
    facts = f"It is now. Next on their calendar: Wed 14:00 “{rows}”; Thu 99:99 “x”."
    prompt = Prompt(system="", facts=facts, lines=lines, tools=[], now=NOW, zone=ZONE)
    return await spoken(text, prompt, size)


@settings(max_examples=40)
@given(text=TEXTS, rows=TEXTS, size=st.integers(1, 40))
async def test_no_words_break_a_turn(text: str, rows: str, size: int) -> None:
    """Any words over any rows are judged without an error."""
    await said(text, rows, size)


async def test_words_without_an_end_are_not_held_for_ever() -> None:
    """A mind that never breathes is heard all the same."""
    text = "la " * 2000
    assert (await said(text, "", 9)).split() == text.split()
