"""Turns in which nothing was called: what the next events bear out may be said, what nobody tried, looked for or had told may not."""

import pytest

from integrations.model import Line, Prompt, Replied, Said
from tests.unit.agent.claims.judged import called, spoken
from tests.unit.agent.claims.test_computed import NOW, ZONE

NEXT = "It is Wednesday, 2026-03-04 10:20 in Europe/Berlin. Next on their calendar: Wed 13:00–13:40 “Call with Giorgia”; Wed 15:00–16:30 “Rehearsal”; Thu 09:00–09:45 “Blood test”."
LUTHIER = {"receipt": {"title": "Luthier", "starts": "2026-03-06T16:00:00+01:00", "ends": "2026-03-06T16:30:00+01:00", "guests": []}, "say": "Luthier is on your calendar, Friday the 6th at 4 pm."}  # fmt: skip


async def said(text: str, asked: str, *, before: bool = False) -> str:
    """What is let go of an answer for which nothing was called; `before`: after a turn that added an event."""
    added: list[Line] = [
        Said(text="put the luthier on friday at four"),
        *called(("add_event", LUTHIER), arguments={"title": "Luthier", "when": "friday at four"}),
        Replied(text=str(LUTHIER["say"]), mind="model"),
    ]
    prompt = Prompt(
        system="", facts=NEXT, lines=[*(added if before else []), Said(text=asked)], tools=[], now=NOW, zone=ZONE
    )
    return await spoken(text, prompt)


HONEST = (
    ("delete all my emails", "I only take away one thing at a time. Which one?"),
    ("how long have I got until Giorgia?", "Two hours and forty minutes."),
    ("how long have I got until Giorgia?", "It's 10:20 now and she's on for 13:00, so a bit under three hours."),
    ("give me my briefing", "Next up is the call with Giorgia at one, so you have two hours and forty minutes until then."),
    ("what's on tomorrow?", "One moment, I'll check your calendar for tomorrow."),
    ("what's on next week?", "Right now I only have today and tomorrow in front of me."),
    ("add bread to the shopping list", "Before I add anything: is that for today?"),
    ("good morning, what do I have to know?", "Two things today: the call with Giorgia and, at three, the rehearsal."),
    ("morning! what's first?", "Giorgia, in two hours and forty minutes, from one until twenty to two."),
    ("do I have plans this afternoon?", "The last thing today is the rehearsal, an hour and a half from three."),
    ("do I have plans this afternoon?", "After the call with Giorgia you have an hour and twenty minutes before the rehearsal."),
    ("what's on tomorrow?", "On Thursday the first thing is a blood test, and it takes forty-five minutes."),
    ("anything on tonight?", "I'd have to look at this evening first."),
    ("how long have I got until Giorgia?", "She's on in a hundred and sixty minutes."),
    ("did Giorgia write?", "Let me see what Giorgia wrote."),
    ("tick off the parcel and put yeast on the list", "So the parcel is done and you need yeast, is that right?"),
    ("tell me something nice", "Enjoy your lunch later!"),
    ("I'm worried about the rehearsal", "It shows how much you care."),
    ("good morning, what do I have to know?", "Until one you're free, as far as I can see."),
    ("good morning, what do I have to know?", "It ends with the rehearsal, an hour and a half from three."),
    ("what's the time, and how long until Giorgia?", "Twenty past ten. Two hours and forty minutes to go."),
    ("good morning, what do I have to know?", "Two things today, beginning with the call with Giorgia."),
    ("have they written to me?", "No idea yet, I'd have to look."),
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
    ("remember that I park in row F", "Row F, the same as last time."),
    (
        "good morning, what do I have to know?",
        "Three things today: the call with Giorgia, the rehearsal and the blood test.",
    ),
    ("good morning, what do I have to know?", "Before the rehearsal you have a blood test."),
    ("good morning, what do I have to know?", "The rehearsal is at the Odeon."),
    ("do I have plans this afternoon?", "The last thing today is the call with Giorgia."),
    ("do I have plans this afternoon?", "After the call with Giorgia you have half an hour before the rehearsal."),
    ("what's on tomorrow?", "The first thing on Thursday is the rehearsal."),
    ("is anything overdue?", "Only the tax return."),
    ("have they written to me?", "No, nothing from anybody at the office."),
    ("where is Ana's recital?", "It's at the Odeon."),
    ("where is Ana's recital?", "Both cousins are coming."),
    ("what's the time, and how long until Giorgia?", "It's twenty past ten, so you have an hour until Giorgia."),
    ("order a cake for Saturday", "The bakery delivers on Friday."),
    ("order a cake for Saturday", "There are no cakes left on Saturday."),
    ("my throat hurts", "Giorgia is happy to write instead."),
    ("my mum is ill", "Her last tests were fine."),
    ("good morning, what do I have to know?", "Until two you're free, as far as I can see."),
    ("good morning, what do I have to know?", "It ends with the rehearsal, an hour from three."),
    ("what's on tomorrow?", "You could sleep in, nothing before ten."),
    ("what's on tomorrow?", "Two entries, the last of them the blood test."),
    ("good morning, what do I have to know?", "Two things today, beginning with the rehearsal."),
    ("have they written to me?", "Nothing urgent, you can relax."),
    ("order a cake for Saturday", "The bakery is taken on Saturday."),
    ("my throat hurts", "I let Giorgia know that you can't talk."),
    ("thanks, that was all", "Your next appointment isn't until tomorrow."),
)


@pytest.mark.parametrize(("asked", "text"), HONEST)
async def test_what_the_next_events_bear_out_is_said(asked: str, text: str) -> None:
    """So it is, or it claims nothing."""
    assert await said(text, asked) == text


@pytest.mark.parametrize(("asked", "text"), LIES)
async def test_what_nothing_bears_out_is_not(asked: str, text: str) -> None:
    """An attempt nobody made, a length that isn't, what is said to have been there."""
    assert text not in await said(text, asked)


@pytest.mark.parametrize(
    "text",
    ["Yes, the other five things are all still open.", "The luthier is the only thing left on the list."],
)
async def test_the_rest_of_a_list_is_not_known_from_one_receipt(text: str) -> None:
    """The thread has what was added, and nothing beside it."""
    assert text not in await said(text, "and is everything else still open?", before=True)


async def test_nobody_invited_is_asked_of_the_guests() -> None:
    """Of an event whose guests are known."""
    honest = "I haven't changed anything yet, it's still Friday at 4 pm and nobody is invited."
    assert await said(honest, "make it five and invite Anna", before=True) == honest


async def test_what_came_to_mind_may_be_said() -> None:
    """A memory in the prompt is the person's own word, and nothing beside it is."""
    facts = f"{NEXT} From your memory of them, perhaps of use: [0a1b2c3d, said 2026-03-01] “I take my coffee black”."
    prompt = Prompt(system="", facts=facts, lines=[Said(text="How do I take my coffee?")], tools=[], now=NOW, zone=ZONE)
    for text, so in (("You take your coffee black.", True), ("You take your coffee with milk.", False)):
        assert (await spoken(text, prompt) == text) is so
