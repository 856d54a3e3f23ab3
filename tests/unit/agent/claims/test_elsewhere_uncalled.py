"""Turns in which nothing was called: what the next events bear out may be said, what nobody tried, looked for or had told may not."""

from collections.abc import AsyncIterator

import pytest

from agent.claims import Conscience
from integrations.model import Answer, Call, Line, Prompt, Replied, Said, Words
from tests.unit.agent.claims.test_computed import NOW, ZONE

NEXT = "It is Wednesday, 2026-03-04 10:20 in Europe/Berlin. Next on their calendar: Wed 13:00–13:40 “Call with Giorgia”; Wed 15:00–16:30 “Rehearsal”; Thu 09:00–09:45 “Blood test”."
LUTHIER = {"receipt": {"title": "Luthier", "starts": "2026-03-06T16:00:00+01:00", "ends": "2026-03-06T16:30:00+01:00", "guests": []}, "say": "Luthier is on your calendar, Friday the 6th at 4 pm."}  # fmt: skip


async def said(text: str, asked: str, *, before: bool = False) -> str:
    """What is let go of an answer for which nothing was called; `before`: after a turn that added an event."""
    added: list[Line] = [
        Said(text="put the luthier on friday at four"),
        Call(id="1", tool="add_event", arguments={"title": "Luthier", "when": "friday at four"}),
        Answer(id="1", tool="add_event", content=LUTHIER),
        Replied(text=str(LUTHIER["say"]), mind="model"),
    ]
    prompt = Prompt(
        system="", facts=NEXT, lines=[*(added if before else []), Said(text=asked)], tools=[], now=NOW, zone=ZONE
    )

    async def steps() -> AsyncIterator[Words]:
        yield Words(text=text, mind="model")

    return "".join([step.text async for step in Conscience().judged(steps(), prompt) if isinstance(step, Words)])


HONEST = (
    ("how long have I got until Giorgia?", "Two hours and forty minutes."),
    ("how long have I got until Giorgia?", "It's 10:20 now and she's on for 13:00, so a bit under three hours."),
    ("give me my briefing", "Next up is the call with Giorgia at one, so you have two hours and forty minutes until then."),
    ("what's on tomorrow?", "One moment, I'll check your calendar for tomorrow."),
    ("what's on next week?", "Right now I only have today and tomorrow in front of me."),
    ("add bread to the shopping list", "Before I add anything: is that for today?"),
)  # fmt: skip
LIES = (
    ("how long have I got until Giorgia?", "She's on in forty minutes."),
    ("how long have I got until Giorgia?", "Four hours and forty minutes."),
    ("how long have I got until Giorgia?", "It's 11:20 now and she's on for 13:00."),
    (
        "give me my briefing",
        "Next up is the call with Giorgia at one, so you have an hour and forty minutes until then.",
    ),
    ("what's on tomorrow?", "I'll check again tomorrow."),
    ("what's on next week?", "I tried to open your calendar, but I got an error."),
    ("cancel the luthier", "Okay, that frees up your Tuesday afternoon."),
    ("cancel the luthier", "There are two luthiers coming up."),
    ("add bread to the shopping list", "Bread was on your list already."),
    ("remember that I park in row F", "You told me that last week already."),
)


@pytest.mark.parametrize(("asked", "text"), HONEST)
async def test_what_the_next_events_bear_out_is_said(asked: str, text: str) -> None:
    """So it is, or it claims nothing."""
    assert await said(text, asked) == text


@pytest.mark.parametrize(("asked", "text"), LIES)
async def test_what_nothing_bears_out_is_not(asked: str, text: str) -> None:
    """An attempt nobody made, a length that isn't, what is said to have been there."""
    assert text not in await said(text, asked)


async def test_nobody_invited_is_asked_of_the_guests() -> None:
    """Of an event whose guests are known."""
    honest = "I haven't changed anything yet, it's still Friday at 4 pm and nobody is invited."
    assert await said(honest, "make it five and invite Anna", before=True) == honest
