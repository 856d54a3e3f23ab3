"""What is said to be at the same time: of things that were read, of an hour that was looked for, of what was just written."""

import pytest

from integrations.model import Said
from tests.unit.agent.claims.judged import Told, called
from tests.unit.agent.claims.listening import Turn, event, free, read

BOARD = event("Board meeting", 14, "10:00", "11:30")
WEDNESDAY = read("14T00:00", "15T00:00", BOARD, event("Eye test", 14, "11:30", "12:15"), event("Interview", 14, "12:00", "12:30"), event("Swimming", 14, "17:00", "18:00"))  # fmt: skip
DAY = Turn("what's on on wednesday?", [WEDNESDAY])
LOOKED = Turn("could I do ten on wednesday?", [WEDNESDAY, free("14T10:00", "14T11:00", busy=[BOARD])])
CHOIR = event("Choir", 16, "18:00", "19:30")
FRIDAY = read("16T00:00", "17T00:00", event("Dentist", 16, "17:00", "18:00"), event("Dinner with Ana", 16, "19:00", "21:00"), event("Night bus", 16, "22:00", "23:30"))  # fmt: skip
MILK = ("add_task", {"receipt": {"id": "m", "title": "Milk", "list": "Tasks", "done": False}, "say": "Milk is on your list."})  # fmt: skip


def added(say: str) -> Told:
    """The choir, put on the calendar."""
    return "add_event", {"receipt": CHOIR, "say": say}


CLASH = added("Choir is on your calendar. It overlaps with Guitar lesson.")
WRITTEN = Turn("put the choir on friday at six", [CLASH])
CALM = Turn("put the choir on friday at six", [added("Choir is on your calendar.")])
READ_BEFORE = Turn("put the choir on friday at six", [added("Choir is on your calendar.")], before=[Said(text="what's on friday?"), *called(FRIDAY, turn="3")])  # fmt: skip
THEN = [Said(text="put the choir on friday at six"), *called(CLASH)]
LATER = Turn("does that clash with anything?", before=THEN)
MUCH_LATER = Turn("does that clash with anything?", before=[*THEN, Said(text="and milk"), *called(MILK, turn="5")])
TABLE = (
    (DAY, "The board meeting and the eye test overlap.", False), (DAY, "The eye test and the interview overlap.", True), (DAY, "The first two overlap.", False), (DAY, "Swimming clashes with the interview.", False),
    (DAY, "The trouble is at noon.", True), (DAY, "The trouble is at half past eleven.", False), (DAY, "The trouble is at quarter past twelve.", False), (DAY, "The interview clashes with something at noon.", True),
    (DAY, "The board meeting runs into the eye test.", False), (DAY, "The eye test runs into the interview.", True),
    (LOOKED, "Swimming gets in the way of it.", False), (LOOKED, "The board meeting gets in the way of it.", True),
    (WRITTEN, "It overlaps with the guitar lesson.", True), (WRITTEN, "The choir overlaps with something.", True), (WRITTEN, "It overlaps with the dentist.", False), (WRITTEN, "The choir overlaps with the opera.", False),
    (CALM, "The choir clashes with something.", False), (CALM, "It overlaps with the guitar lesson.", False), (CALM, "It doesn't clash with anything.", True),
    (LATER, "No, it doesn't clash with anything.", False), (LATER, "Yes, it overlaps with the guitar lesson.", True), (MUCH_LATER, "No, it doesn't clash with anything.", True),
    (READ_BEFORE, "It overlaps with the dentist.", False), (READ_BEFORE, "It overlaps with the dinner with Ana.", True), (READ_BEFORE, "It clashes with the dentist at half past five.", False), (READ_BEFORE, "It overlaps with the night bus.", False),
)  # fmt: skip


@pytest.mark.parametrize(("turn", "text", "so"), TABLE)
async def test_what_is_at_once(turn: Turn, text: str, *, so: bool) -> None:
    """What ends as the other begins isn't; what nobody has read only by its receipt's sentence."""
    assert await turn.lets_go(text) is so
