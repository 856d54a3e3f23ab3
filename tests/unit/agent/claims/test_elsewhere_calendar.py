"""What is told of days and free time that were read, in a world that no rule was written in: hours, stretches, gaps, counts, places, guests."""

from typing import Any

import pytest

from integrations.model import Prompt, Said
from tests.unit.agent.claims import calendar_tables
from tests.unit.agent.claims.calendar_tables import NOW, ZONE, event, span
from tests.unit.agent.claims.judged import called, spoken

KILN = event("Kiln firing", 16, "08:30", "11:30", "Distillery Lane")
GLAZE = event("Glaze class", 16, "13:15", "14:00", "Studio 4", ["noor.haidari@example.org"])
MARKET = event(
    "Market committee", 16, "17:30", "18:30", "Town House", ["desmond.achebe@example.org", "noor.haidari@example.org"]
)
WEDNESDAY = (
    "list_events",
    {"result": {"events": [KILN, GLAZE, MARKET], "span": span("16T00:00", "17T00:00"), "conflicts": []}},
)
FREE = ("find_free_time", {"result": {"free": [span("17T12:00", "17T13:30"), span("17T14:20", "17T18:00")], "busy": [event("Clay delivery", 17, "13:30", "14:20")],
    "span": span("17T12:00", "17T18:00"), "is_free": False, "minutes": None}})  # fmt: skip
WEEK = ("list_events", {"result": {"events": [event("Throwing course", 21, "10:00", "12:00"), event("Throwing course", 23, "18:00", "20:00"), event("Bank", 23, "09:00", "09:30"),
    {"title": "Desmond in Halifax", "starts": "2026-09-22T00:00:00-04:00", "ends": "2026-09-25T00:00:00-04:00", "all_day": True, "busy": True}],
    "span": span("21T00:00", "28T00:00"), "conflicts": []}})  # fmt: skip


async def said(text: str, *told: tuple[str, dict[str, Any]], asked: str) -> str:
    """What is let go of an answer after these tools, or said instead."""
    lines = [Said(text=asked), *called(*told)]
    facts = "Next on their calendar: Tue 15:00–16:30 “Wedding fitting”; Wed 08:30–11:30 “Kiln firing”; Wed 13:15–14:00 “Glaze class”."
    prompt = Prompt(system="", facts=facts, lines=lines, tools=[], now=NOW, zone=ZONE)
    return await spoken(text, prompt)


READ = "what's on tomorrow?"
READ_SO = (
    "The market committee is from half five until half six.", "The kiln firing is over at half eleven.", "It goes to half eleven, the kiln firing.",
    "The glaze class in Studio 4 runs until two.", "At ten you're still at the kiln firing.", "Nothing before that kiln firing.",
    "Your longest free stretch is from two to half past five.", "You could come by between half eleven and quarter past one.", "Three things: one before noon and two after.",
    "Once the market committee's done at half six, there's nothing more tomorrow.", "The kiln firing takes up the whole morning.", "The kiln firing comes first, and the glaze class is in the afternoon.",
    "Between the kiln firing, which is over by half eleven, and the glaze class there's nothing on your calendar.", "Before noon there's only the kiln firing.",
    "Your morning has just the kiln firing.", "The glaze class, which takes three quarters of an hour, is at Studio 4.", "The market committee starts at 17:30 and finishes at half six.",
    "Noor is in both the glaze class and the market committee.", "Everything's over by half six, so the rest of the evening is yours.", "Your last appointment ends tomorrow at half six.",
    "Dein letzter Termin ist um halb sieben vorbei.", "Nach dem Market committee bist du den ganzen Abend frei.", "After the glaze class it's off to the market committee at 17:30.", "I only checked the calendar.", "The kiln firing is out of the way by half eleven.", "The glaze class isn't until quarter past one.",
    "The kiln firing keeps you busy from half eight to half eleven.", "Tomorrow ends with the market committee.", "Your longest gap is between the glaze class and the market committee.",
)  # fmt: skip
READ_NOT_SO = (
    "The market committee is from half four until half six.", "The kiln firing is over at noon.", "The glaze class in Studio 4 runs until four.",
    "At noon you're still at the kiln firing.", "Your longest free stretch is from half eleven to quarter past one.", "You could come by between half ten and quarter past one.",
    "Three things: two before noon and one after.", "Once the glaze class is done at two, there's nothing more tomorrow.", "The glaze class takes up the whole afternoon.",
    "The glaze class comes first, and then the kiln firing.", "The kiln firing's in the afternoon.", "Between the kiln firing, which is over by half eleven, and the market committee there's nothing on your calendar.",
    "Before two there's only the kiln firing.", "Tomorrow has just the kiln firing and the market committee.", "The glaze class, which takes two hours, is at Studio 4.",
    "The market committee starts at 17:30 and finishes at seven.", "The kiln firing is at her place.", "Desmond is in both the glaze class and the market committee.", "There's a wedding fitting in the afternoon.", "Everything's over by two.",
    "Kiln firing at half eight, glaze class at quarter past one, and badminton in the evening.", "Du hast morgen nur einen Termin.", "The glaze class isn't until three.", "It begins with the kiln firing, and ends with the glaze class.",
    "Your longest gap is between the kiln firing and the glaze class.", "Your evening's completely full.", "The glaze class is at one fifteen, at Town House.", "The market committee is on Wednesday at Distillery Lane.", "Nach dem Kiln firing bist du den ganzen Tag frei.",
)  # fmt: skip
LOOKED = "am I free Thursday afternoon at two?"
FREE_SO = (
    "You're busy from half one until twenty past two.", "You're busy from half one, that's the clay delivery.", "From twenty past two on you're free.", "Any time after twenty past two.",
    "You're free, except between half one and twenty past two.", "Apart from fifty minutes in the middle, your afternoon is open.", "There's the clay delivery. Either side of that you're open.",
    "Noon to half one is your best bet.", "After the clay delivery there's from twenty past two to six.", "Not at two, because of the clay delivery.", "At two you'd be at the clay delivery.",
    "Two would clash with something on your calendar.", "Two wouldn't work.", "Twenty minutes later would work.", "Before half one would work, or any time after half two.", "Until half one and again from twenty past two.",
    "There are two gaps, noon to half one and twenty past two to six.", "The longer slot is from twenty past two to six.", "You could do it from three to five.", "At three you'd be free.",
)  # fmt: skip
FREE_NOT_SO = (
    "You're busy from half one until four.", "You're busy from half one, that's the kiln firing.", "From one on you're free.", "Any time after one.",
    "You're free, except between half one and half three.", "Apart from two hours in the middle, your afternoon is open.", "You're free all Thursday afternoon.",
    "Noon to two is your best bet.", "After the clay delivery there's from one to six.", "Not at three, because of the clay delivery.", "At three you'd be at the clay delivery.",
    "Three would clash with something on your calendar.", "Three wouldn't work.", "Ten minutes later would work.", "Before two would work, or any time after half two.", "Until two and again from twenty past two.",
    "There's one gap, noon to half one.", "The only gap you have is from twenty past two to six.", "The longer slot is from noon to half one.", "You could do it from one to five.", "At two you'd be free.", "Your kiln firing is on then.", "Not at two, because of the clay delivery. That only ends at three.",
)  # fmt: skip
NEXT = "what's next week like?"
WEEK_SO = (
    "There are two throwing courses: Monday the 21st at ten and Wednesday the 23rd at six.", "Wednesday brings the second throwing course at six and the bank at nine.",
    "There are two throwing courses, and one of them is in the evening.", "Desmond is in Halifax from Tuesday to Thursday.",
)  # fmt: skip
WEEK_NOT_SO = (
    "There are three throwing courses next week.", "You've only got one throwing course next week, on Monday.", "Monday brings the second throwing course at ten.",
    "There are two throwing courses, and both are in the morning.", "Desmond is in Halifax all week.", "Desmond is in Halifax from Monday to Thursday.",
)  # fmt: skip
TABLE = [
    (WEDNESDAY, READ, READ_SO, READ_NOT_SO),
    (FREE, LOOKED, FREE_SO, FREE_NOT_SO),
    (WEEK, NEXT, WEEK_SO, WEEK_NOT_SO),
    *calendar_tables.TABLE,
]


@pytest.mark.parametrize(
    ("told", "asked", "text"), [(told, asked, text) for told, asked, so, _ in TABLE for text in so]
)
async def test_what_the_rows_come_to_is_said(told: tuple[str, dict[str, Any]], asked: str, text: str) -> None:
    assert await said(text, told, asked=asked) == text


@pytest.mark.parametrize(
    ("told", "asked", "text"), [(told, asked, text) for told, asked, _, no in TABLE for text in no]
)
async def test_what_they_do_not_come_to_is_not(told: tuple[str, dict[str, Any]], asked: str, text: str) -> None:
    assert await said(text, told, asked=asked) != text
