"""Days told one after the other, the hours that are past, and things that share a name: each is judged by its own day."""

from typing import Any

import pytest

from integrations.model import Said
from tests.unit.agent.claims.judged import called
from tests.unit.agent.claims.listening import Turn, event, read
from tests.unit.agent.claims.test_nothing_there import CANCELLED, DATELESS, INBOX, TASKS, UNDONE, task

GUITAR = event("Guitar lesson", 13, "10:00", "11:00")
TAX = event("Tax adviser", 13, "14:30", "15:30")
LUNCH = event("Lunch with Rui", 15, "12:00", "13:00")
CHOIR = event("Choir", 16, "18:00", "19:30")
WEEK = Turn("what's on this week?", [read("12T09:00", "19T00:00", GUITAR, TAX, LUNCH, CHOIR)])
IN_TURN = (
    ("On Friday the choir starts at six, and before that you're free.", True), ("On Tuesday the tax adviser is at half past two, and before that you're free.", False),
    ("Friday ends with the choir, and at noon you're free.", True), ("Tuesday starts with the guitar lesson, and at three you're free.", False),
    ("Tuesday starts with the guitar lesson, and at three you're busy.", True), ("Friday ends with the choir, and at three you're busy.", False),
    ("Friday starts with the choir at six, and after that you're free.", True), ("Tuesday starts with the guitar lesson, and after that you're free.", False),
    ("Friday has the choir at six, then nothing.", True), ("Tuesday has the guitar lesson at ten, then nothing.", False),
    ("Wednesday is free, and so is Saturday.", True), ("Wednesday is free, and so is Thursday.", False), ("The guitar lesson is on Tuesday, and the day after is free.", True),
    ("Lunch is on Thursday at noon, and the rest of the day is free.", True), ("The guitar lesson is on Tuesday at ten, and the rest of the day is free.", False),
    ("On Friday you're busy from six to half past seven, that's the choir.", True), ("On Tuesday you're busy from six to half past seven, that's the choir.", False),
    ("Nothing until Tuesday.", True), ("You're free on Wednesday.", True), ("You're free on Thursday.", False), ("Thursday's completely booked.", False),
    ("By half past seven on Friday, when the choir is over, the calendar is empty.", True), ("By half past three on Tuesday, when the tax adviser is over, the calendar is empty.", True),
)  # fmt: skip


@pytest.mark.parametrize(("text", "so"), IN_TURN)
async def test_a_day_goes_on_until_another_is_told(text: str, *, so: bool) -> None:
    """What follows in the same sentence is of that day."""
    assert await WEEK.lets_go(text) is so


YOGA = event("Yoga", 12, "08:00", "09:05")
TODAY = Turn("what's on today?", [read("12T00:00", "13T00:00", YOGA, event("Lunch with Rui", 12, "12:00", "13:00"), event("Choir", 12, "18:00", "19:30"))])  # fmt: skip


def at_nine(*events: dict[str, Any]) -> Turn:
    """It is five past nine."""
    return Turn("am I free right now?", [read("12T00:00", "13T00:00", *events)])


PAST = (
    (TODAY, "Apart from lunch and the choir today is free.", True), (TODAY, "Apart from lunch today is free.", False), (TODAY, "Lunch at noon and the choir at six, nothing else.", True), (TODAY, "Lunch at noon, nothing else.", False),
    (at_nine(YOGA), "You're free right now.", True), (at_nine(event("Yoga", 12, "09:00", "09:30")), "You're free right now.", False), (at_nine(event("Yoga", 12, "09:05", "09:30")), "You're free right now.", False),
    (at_nine(event("Yoga", 12, "11:05", "12:30")), "You're free right now.", True),
)  # fmt: skip


@pytest.mark.parametrize(("turn", "text", "so"), PAST)
async def test_what_is_over_counts_no_more(turn: Turn, text: str, *, so: bool) -> None:
    """At the very minute, too."""
    assert await turn.lets_go(text) is so


SHARED = Turn("what about the guitar?", [read("12T09:00", "19T00:00", GUITAR, event("Guitar repair", 15, "16:00", "16:30"))])  # fmt: skip
SINCE = Turn("when is it now?", [read("16T00:00", "17T00:00", event("Choir", 16, "19:00", "20:30"))], before=[Said(text="when is the choir?"), *called(read("16T00:00", "17T00:00", CHOIR), turn="3")])  # fmt: skip
FACTS = "Next on their calendar: Mon 11:00–12:00 “Vet with Pixel”; Mon 16:30–17:15 “Parents' evening”."
WEDNESDAY = read("14T00:00", "15T00:00", event("Board meeting", 14, "10:00", "11:30"), event("Eye test", 14, "12:00", "12:45"), event("Swimming", 14, "17:00", "18:00"))  # fmt: skip
DAY = Turn("what's on on wednesday?", [WEDNESDAY])
DENTIST = Turn("do I have the dentist on Wednesday?", [WEDNESDAY])
UNREAD = Turn("am I busy at half past eleven?", facts=FACTS)
EDGES = Turn("what's on tomorrow?", [read("13T00:00", "14T00:00", event("Guitar lesson", 13, "11:00", "12:00"), TAX, event("Choir", 13, "18:00", "19:00"))])  # fmt: skip
BOTH = Turn("tasks and calendar for tomorrow?", [read("13T00:00", "14T00:00", GUITAR, TAX), TASKS.told[0]])
ONE_TASK = Turn("what's on my list?", [("list_tasks", {"result": {"tasks": [task("Invoice for Marta", "2026-10-14")], "which": "open", "list": None}})])  # fmt: skip
WHOSE = (
    (SHARED, "The guitar repair is on Thursday.", True), (SHARED, "The guitar repair is on Tuesday.", False), (SINCE, "The choir is at seven.", True), (SINCE, "The choir is at six.", False),
    (DAY, "You're free at one, but not at five because of swimming.", True), (DAY, "You're free at one, but not at five because of the eye test.", False), (DAY, "You're not free at half past ten.", True), (DAY, "You're not free at one.", False),
    (DENTIST, "Yes, you have the dentist on Wednesday.", False), (DENTIST, "Yes, your dentist is on Wednesday.", False),
    (UNREAD, "You're busy from eleven to noon, that's the vet.", True), (UNREAD, "You're busy from eleven to noon, that's the parents' evening.", False),
    (EDGES, "Apart from the tax adviser your afternoon is free.", True), (EDGES, "Apart from the choir your afternoon is free.", False), (EDGES, "The day after is empty, too.", False), (EDGES, "The day before is empty.", False),
    (BOTH, "You're free at three tomorrow.", False), (BOTH, "You're free at noon tomorrow.", True), (BOTH, "Nothing tomorrow.", False), (BOTH, "The invoice is still open.", True),
    (TASKS, "Apart from the passport on your list, there's nothing.", False), (DATELESS, "Apart from the photos on your list, there's nothing.", True), (TASKS, "The ficus is due today. That's all.", False), (DATELESS, "Sort the photos. That's all.", True),
    (TASKS, "The passport is overdue. There's nothing else before Wednesday.", False), (TASKS, "The passport and the ficus are due. Nothing else before Wednesday.", True), (TASKS, "The invoice is open.", True),
    (ONE_TASK, "Nothing is due before Wednesday.", True), (ONE_TASK, "Nothing's due until Thursday.", False), (ONE_TASK, "Nothing is due before Thursday.", False),
    (UNDONE, "There are no changes.", True), (INBOX, "Hugo wrote about the band. No, nothing urgent there.", True), (CANCELLED, "The choir is on Friday at six.", False), (CANCELLED, "You have the choir on Friday.", False),
    (DAY, "I could note it down, and you're free at half past ten.", False), (DAY, "I could note it down, and you're busy at one.", False), (DAY, "I could note it down, and there's nothing in the afternoon.", False), (DAY, "I could note it down, and there are two appointments.", False),
)  # fmt: skip


@pytest.mark.parametrize(("turn", "text", "so"), WHOSE)
async def test_each_is_judged_by_its_own_row(turn: Turn, text: str, *, so: bool) -> None:
    """Where names are alike, where two kinds of things were read, and after an offer."""
    assert await turn.lets_go(text) is so


INSTEAD = (
    (EDGES, "Apart from the choir your afternoon is free.", "You have three things tomorrow: Guitar lesson at 11 am, Tax adviser at 2:30 pm and Choir at 6 pm."),
    (EDGES, "You're busy all morning.", "You have three things tomorrow: Guitar lesson at 11 am, Tax adviser at 2:30 pm and Choir at 6 pm."),
    (INBOX, "Beatriz wrote about the lease. Nothing urgent there.", "Beatriz wrote about the lease. There are three mails: Beatriz Lopes about Lease renewal, Hugo Prata about Band practice and City Library about Overdue books."),
    (Turn("am I free on Friday?"), "Yes, you're free.", "Yes. I don't have that from your calendar, so I won't say it."),
)  # fmt: skip


@pytest.mark.parametrize(("turn", "text", "instead"), INSTEAD)
async def test_the_day_or_the_mails_are_told_instead(turn: Turn, text: str, instead: str) -> None:
    """As they are, or that nobody has looked."""
    assert await turn.said(text) == instead


ONE_BY_ONE = (
    (TASKS, "You need to water the ficus today.", True), (TASKS, "You need to water the ficus tomorrow.", False), (TASKS, "Renew the passport, water the ficus.", True), (TASKS, "Buy bread.", False), (TASKS, "Ficus and bread.", False),
    (TASKS, "There's one for Marta.", True), (TASKS, "There's one for Paulo.", False), (TASKS, "Another one about the photos.", True), (TASKS, "One is due on Wednesday.", True), (TASKS, "One is due on Thursday.", False),
    (TASKS, "The invoice is on your work list.", True), (TASKS, "The invoice is on your shopping list.", False), (TASKS, "You have to renew the passport by Friday.", False),
    (CANCELLED, "The choir on Friday at six is gone.", True), (CANCELLED, "The choir on Friday at five is gone.", False),
)  # fmt: skip


@pytest.mark.parametrize(("turn", "text", "so"), ONE_BY_ONE)
async def test_one_of_a_list_is_one_that_was_read(turn: Turn, text: str, *, so: bool) -> None:
    """By its name, its day and its list."""
    assert await turn.lets_go(text) is so
