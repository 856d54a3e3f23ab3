"""Turns in which nothing was called: what is of the clock, of their own words or of the next events may be said; what nobody can know may not."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.unit.agent.claims.turns import Turn, before

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 5, 14, 8, 15, tzinfo=PARIS)
"""A Thursday."""
NEXT = "Next on their calendar: Thu 09:30–10:00 “Physio with Lucie”; Thu 14:00–15:30 “Choir rehearsal”; Fri 11:00–12:15 “Tyre change”."
MORNING = Turn(NOW, PARIS, NEXT)
ADDED = {"receipt": {"title": "Boiler service", "starts": "2026-05-19T16:00:00+02:00", "ends": "2026-05-19T17:00:00+02:00", "guests": []}, "say": "Boiler service is on your calendar, Tuesday the 19th at 4 pm."}  # fmt: skip
AFTER_ADDING = Turn(NOW, PARIS, NEXT, before("put the boiler service on tuesday at four", ("add_event", ADDED), replied="Boiler service is on your calendar, Tuesday the 19th at 4 pm."))  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "text", "so"),
    [
        ("what's on tomorrow?", "I haven't looked at your calendar yet.", True),
        ("what's on tomorrow?", "I had a look and your Friday is wide open.", False),
        ("anything new in my mail?", "I've gone through your inbox, all quiet.", False),
        ("anything new in my mail?", "No, I haven't checked your mail today.", True),
        ("when do I have to leave?", "Your first appointment is at half past nine.", True),
        ("when do I have to leave?", "Your first appointment is at half past ten.", False),
        ("thanks, bye!", "Your next appointment is the physio at half past nine.", True),
        ("thanks, bye!", "Your next appointment is the choir rehearsal at nine.", False),
        ("thanks, bye!", "Your first meeting starts in an hour and a quarter.", True),
        ("thanks, bye!", "Your first meeting starts in half an hour.", False),
        ("what's on tomorrow?", "Eleven o'clock, and it's the tyre change.", True),
        ("what's on tomorrow?", "Nine o'clock.", False),
        ("is there anything tomorrow?", "Only the dentist.", False),
        ("is there anything tomorrow?", "Just a second.", True),
        ("is there anything tomorrow?", "Kettle, toaster, lamp.", True),
        ("what's on today?", "Two things.", True),
        ("what's on today?", "Three things.", False),
        ("how many appointments have I got today?", "You have two appointments.", True),
        ("how many appointments have I got today?", "You have four appointments.", False),
        ("how many mails have I got?", "You have two things.", False),
        ("when's my choir rehearsal?", "At two.", True),
        ("when's my choir rehearsal?", "At three.", False),
        ("when's my choir rehearsal?", "At half past nine.", False),
        ("what day is it?", "It's Thursday.", True),
        ("what day is it?", "It's Friday.", False),
        ("what day is it?", "Today's Thursday the fourteenth.", True),
        ("what's the time?", "Quarter past eight.", True),
        ("what's the time?", "Quarter past nine.", False),
        ("what's next week like?", "Next week starts on Monday the eighteenth.", True),
        ("what's on today?", "That depends.", True),
        ("what's on today?", "That's very kind of you.", True),
        ("is there anything tomorrow?", "Your old kettle.", False),
        ("how many appointments have I got today?", "You have one appointment today.", False),
        ("what's on at the weekend?", "I don't have Saturday and Sunday in front of me, only today and tomorrow.", True),
        ("what's on at the weekend?", "No plans at the weekend.", False),
        ("anything new in my mail?", "Only offers.", False),
        ("anything new in my mail?", "From Lucie, or from anybody?", True),
        ("what's on today?", "Morning, Nora! Where shall I begin?", True),
        ("what's on today?", "Tomorrow, let's see.", True),
        ("what's on today?", "That means Lucie and the choir.", True),
        ("what's on today?", "That means Marc and the choir.", False),
    ],
)  # fmt: skip
async def test_of_their_day_the_next_events_are_known(asked: str, text: str, *, so: bool) -> None:
    """What they bear out, and the clock; a look that nobody had isn't told."""
    assert await MORNING.lets_go(text, asked=asked) is so


@pytest.mark.parametrize(
    ("asked", "text", "so"),
    [
        ("cancel the physio", "Physio's off.", False),
        ("cancel the physio", "The physio with Lucie is still on at half past nine.", True),
        ("cancel the physio", "So the physio is to be cancelled.", True),
        ("book a table at Chez Paul", "Your table is booked.", False),
        ("book a table at Chez Paul", "The reservation is made.", False),
        ("book a table at Chez Paul", "It's all sorted.", False),
        ("book a table at Chez Paul", "A booking would be best.", True),
        ("book a table at Chez Paul", "Chez Paul is open until eleven.", False),
        ("book a table at Chez Paul", "A table at Chez Paul that you can reach on foot.", True),
        ("put rice on my list", "There's rice on it already.", False),
        ("put rice on my list", "I already have the rice, do you want anything else with it?", True),
        ("move the tyre change", "There's a tyre change on Friday at eleven.", True),
        ("move the tyre change", "There's a tyre change on Saturday at eleven.", False),
        ("move the tyre change", "The garage opens at seven.", False),
        ("cancel the osteopath", "The osteopath is no longer booked.", False),
        ("tell Lucie I'm late", "Lucie says you can come at ten instead.", False), ("tell Lucie I'm late", "Lucie says that's fine.", False),
        ("tell Lucie I'm late", "One line to Lucie that you're late.", True),
        ("tell Lucie I'm late", "Done, Lucie knows that you're late.", False),
        ("put rice on my list", "Any kind of rice, or basmati?", True),
        ("put rice on my list", "Two things, then, rice goes on the list?", True),
        ("put rice on my list", "Rice: brown, set.", False),
        ("tell Lucie I'm late", "Lucie's been told.", False),
        ("remember that my locker is locker B", "You usually use locker D.", False),
        ("remember that my locker is locker B", "You usually use locker B.", True),
        ("my knee hurts since yesterday", "So your knee has hurt since yesterday.", True),
        ("my knee hurts", "Your knee was bad last week already.", False),
        ("my knee hurts", "Lucie has seen your knee.", False),
        ("my knee hurts", "Lucie will know what to do.", True),
        ("my knee hurts", "Lucie has her physio at half past nine.", True),
        ("good night", "Your list is empty.", False),
        ("good night", "I see nothing tomorrow.", False),
        ("good night", "Every task is done.", False),
        ("good night", "Sleep well, the day was long.", True),
    ],
)  # fmt: skip
async def test_asked_for_a_deed_or_nothing_at_all_nothing_has_come_about(asked: str, text: str, *, so: bool) -> None:
    """What others do, what was before, what is on a list: of that nobody has told."""
    assert await MORNING.lets_go(text, asked=asked) is so


@pytest.mark.parametrize(
    ("asked", "text", "so"),
    [
        ("when is it again?", "It's on Tuesday at four.", True),
        ("when is it again?", "It's on Tuesday at five.", False),
        ("what did I just add?", "You added the boiler service.", True),
        ("what did I just add?", "You added the window cleaner.", False),
    ],
)
async def test_what_was_written_before_is_known(asked: str, text: str, *, so: bool) -> None:
    """The receipt of an earlier turn bears it out."""
    assert await AFTER_ADDING.lets_go(text, asked=asked) is so
