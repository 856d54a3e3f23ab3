"""What is said instead of a claim that isn't so, word for word: the receipt's sentence, the refusal's, what was read, or that it wasn't done."""

import pytest

from integrations.model import Answer, Call, Said
from tests.unit.agent.claims.judged import Told
from tests.unit.agent.claims.streams import calendar, event, said

DAY = calendar(event("Swim squad", "07:00", "08:15"), event("Eye test", "11:20", "11:50", place="Mariahilfer Straße 9"), event("Call with Noor", "16:45", "17:15"))  # fmt: skip
MOVED: Told = ("change_event", {"receipt": {"id": "p", "title": "Eye test", "starts": "2026-05-15T09:00:00+02:00", "ends": "2026-05-15T09:30:00+02:00"}, "say": "Eye test is now on Friday the 15th at 9 am."})  # fmt: skip
BOOKS: Told = ("add_task", {"receipt": {"id": "t", "title": "Return the library books", "due": None, "list": "Errands", "done": False}, "say": "Return the library books is on your errands list."})  # fmt: skip
RINGS: Told = ("set_reminder", {"receipt": {"id": "r", "text": "Water the basil", "due": "2026-05-13T18:00:00+02:00"}, "say": "I'll remind you today at 6 pm: Water the basil."})  # fmt: skip
NO_CHOIR: Told = ("cancel_event", {"error": "not_found", "say": "I found no event called “choir”."})
NO_LIST: Told = ("add_task", {"error": "not_found", "say": "You have no list called “attic”."})
WAITS: Told = ("send_email", {"error": "needs_approval", "say": "This mails Noor about Thursday. Shall I send it?", "pending": {"id": "x", "tool": "send_email", "arguments": {"to": ["noor@example.com"]}}})  # fmt: skip
SHUT: Told = ("list_events", {"error": "unavailable", "say": "I can't reach your calendar just now."})
TASKS: Told = ("list_tasks", {"result": {"tasks": [{"title": "Descale the kettle", "due": "2026-05-15", "list": "Errands", "done": False}, {"title": "Oil the hinges", "due": None, "list": "Tasks", "done": False}], "which": "open", "list": None}})  # fmt: skip
RINGING: Told = ("list_reminders", {"result": {"reminders": [{"id": "r", "text": "Water the basil", "due": "2026-05-13T18:00:00+02:00"}]}})  # fmt: skip
BINS: Told = ("list_reminders", {"result": {"reminders": [{"id": "b", "text": "Put the bins out", "due": "2026-05-14T20:00:00+02:00"}, {"id": "r", "text": "Water the basil", "due": "2026-05-13T18:00:00+02:00"}]}})  # fmt: skip
MAIL: Told = ("search_email", {"result": {"messages": [{"from": "Noor Haddad <noor@example.com>", "subject": "Thursday", "at": "2026-05-12T09:00:00+02:00", "snippet": "Half past four suits me.", "unread": True, "important": False}]}})  # fmt: skip
MEMORY: Told = ("recall", {"result": {"memories": [{"text": "Noor is allergic to hazelnuts", "origin": "said"}]}})
CHANGES: Told = ("list_changes", {"result": {"changes": [{"id": "1", "tool": "add_task", "arguments": {}, "say": BOOKS[1]["say"], "receipt": BOOKS[1]["receipt"], "undone_at": None}], "span": None}})  # fmt: skip

WHOLE = "You have three things tomorrow: Swim squad at 7 am, Eye test at 11:20 am and Call with Noor at 4:45 pm."
EYES = "Eye test is tomorrow from 11:20 to 11:50 am, at Mariahilfer Straße 9."
ON_FRIDAY = "Eye test is now on Friday the 15th at 9 am."
ON_THE_LIST = "Return the library books is on your errands list."
NOT_FROM = "I don't have that from your {}, so I won't say it."

INSTEAD: tuple[tuple[str, tuple[Told, ...], str], ...] = (
    ("I've moved the eye test to ten.", (MOVED,), ON_FRIDAY),
    ("I've moved the eye test to ten. It's at eleven. And I've put the milk on your list.", (MOVED, BOOKS), f"{ON_FRIDAY} {ON_THE_LIST}"),
    ("I've cancelled choir.", (NO_CHOIR,), "I found no event called “choir”."),
    ("I've cancelled choir.", (NO_CHOIR, NO_LIST), "I found no event called “choir”."),
    ("It's on your attic list.", (NO_CHOIR, NO_LIST), "You have no list called “attic”."),
    ("I've sent it to Noor.", (WAITS,), "This mails Noor about Thursday. Shall I send it?"),
    ("I've set a reminder.", (), "I haven't set a reminder for that."),
    ("I've added a reminder.", (WAITS,), "I haven't set a reminder for that."),
    ("I've snoozed it.", (), "I haven't changed anything there."),
    ("I've booked a table.", (), "I haven't put that on your calendar or a list."),
    ("I've changed it.", (), "I haven't changed anything there."),
    ("I've cancelled it.", (), "I haven't cancelled or deleted anything there."),
    ("I've ticked it off.", (), "I haven't ticked anything off."),
    ("I've sent it.", (), "I haven't sent anything to anybody."),
    ("I've invited Tom.", (), "I haven't invited anybody."),
    ("I've drafted a reply.", (), "I haven't written a draft."),
    ("I'll remember that.", (), "I haven't made a note of that."),
    ("I've undone it.", (), "I haven't undone anything."),
    ("Noor knows about it.", (), "I haven't sent anything to anybody."),
    ("Noor knows about it.", (MOVED,), "I haven't done that."),
    ("I'll let you know when Noor answers.", (), "I haven't set a reminder for that."),
    ("I'll let you know when Noor answers.", (DAY,), "I haven't set a reminder for that."),
    ("I've bought the tickets.", (), "I haven't done that."),
    ("It's done.", (), "I haven't done that."),
    ("I've paid for it.", (MOVED,), "I haven't done that."),
    ("I've cancelled the bulbs.", (BOOKS,), "I haven't done that."),
    ("I've sent it to Noor.", (BOOKS, RINGS), "I haven't done that."),
    ("The bins are down for nine.", (BINS,), "I'll remind you tomorrow at 8 pm: Put the bins out."),
    ("I've turned off the lights.", (MOVED,), "Eye test is now on Friday the 15th at 9 am."),
    ("I've put the bulbs on your list.", (BOOKS,), ON_THE_LIST),
    ("I've cancelled the books.", (CHANGES,), "I haven't cancelled or deleted anything there."),
    ("I've added the bulbs.", (CHANGES,), ON_THE_LIST),
    ("You have two things tomorrow.", (SHUT,), "I can't reach your calendar just now."),
    ("You have two things tomorrow.", (DAY,), WHOLE),
    ("The eye test is at noon.", (DAY,), EYES),
    ("The eye test is at noon.", (SHUT, DAY), EYES),
    ("You have three tasks.", (TASKS,), "You have two open tasks: Descale the kettle, due Friday the 15th and Oil the hinges."),
    ("The hinges are done.", (TASKS,), "Oil the hinges is open, on your task list."),
    ("You have two reminders.", (RINGING,), "You have one reminder: Water the basil, today at 6 pm."),
    ("The basil is down for seven.", (RINGING,), "I'll remind you today at 6 pm: Water the basil."),
    ("Noor wrote today.", (MAIL,), "Noor Haddad wrote yesterday about Thursday: Half past four suits me."),
    ("You have no mail.", (MAIL,), "There is one mail: Noor Haddad about Thursday."),
    ("Noor is allergic to shellfish.", (MEMORY,), "I remember one thing: Noor is allergic to hazelnuts."),
    ("The dentist is at four.", (), NOT_FROM.format("calendar")),
    ("You have unread mail from Tom.", (), NOT_FROM.format("mail")),
    ("You have a concert on Saturday.", (MOVED,), ON_FRIDAY),
    ("You have a concert on Saturday.", (MOVED, BOOKS, RINGS), f"{ON_FRIDAY} {ON_THE_LIST} I'll remind you today at 6 pm: Water the basil."),
    ("Your mail says you're invited.", (MOVED,), NOT_FROM.format("mail")),
    ("Your mail says you're invited.", (MOVED, NO_CHOIR), "I found no event called “choir”."),
    ("You have a concert on Saturday.", (NO_LIST, NO_CHOIR), "I found no event called “choir”."),
    ("You have a concert on Saturday.", (TASKS,), "You have two open tasks: Descale the kettle, due Friday the 15th and Oil the hinges."),
)  # fmt: skip

TWICE = calendar(event("Physio", "09:00", "09:45"), event("Physio checkup", "11:00", "11:30"), event("Choir with Ines", "18:00", "19:30"), event("Choir board", "20:00", "21:00", place="Ines Hall"))  # fmt: skip
PHYSIO, CHECKUP = "Physio is tomorrow from 9 to 9:45 am.", "Physio checkup is tomorrow from 11 to 11:30 am."
CHOIR, BOARD = "Choir with Ines is tomorrow from 6 to 7:30 pm.", "Choir board is tomorrow from 8 to 9 pm, at Ines Hall."
FOUR = "You have four things tomorrow. First, Physio at 9 am. Then, Physio checkup at 11 am. After that, Choir with Ines at 6 pm. And one more."  # fmt: skip
NAMED: tuple[tuple[str, tuple[Told, ...], str], ...] = (
    ("The physio is at ten.", (TWICE,), f"{PHYSIO} {CHECKUP}"), ("The physio checkup is at ten.", (TWICE,), CHECKUP), ("Choir is at ten.", (TWICE,), f"{CHOIR} {BOARD}"),
    ("Choir with Ines is at ten.", (TWICE,), CHOIR), ("The board is at ten.", (TWICE,), BOARD), ("The one in the hall is at ten.", (TWICE,), BOARD),
    ("The checkup and the choir are at ten.", (TWICE,), FOUR), ("The opera is at ten.", (TWICE,), FOUR), ("There's no physio tomorrow.", (TWICE,), FOUR), ("You have five things tomorrow.", (TWICE,), FOUR),
    ("The last is the choir board, and it's in the hall until ten.", (TWICE,), f"The last is the choir board. {BOARD}"), ("First the physio checkup, it ends at noon.", (TWICE,), f"First the physio checkup. {CHECKUP}"),
    ("The haircut is at ten.", (calendar(event("Physio", "09:00", "09:45")),), PHYSIO), ("You have two things tomorrow.", (calendar(event("Physio", "09:00", "09:45")),), "You have one thing tomorrow: Physio at 9 am."),
    ("There's no physio tomorrow.", (calendar(event("Physio", "09:00", "09:45")),), "You have one thing tomorrow: Physio at 9 am."), ("The physio is at ten.", (calendar(),), "You have nothing tomorrow."),
    ("I've put milk on your list.", (BOOKS, BOOKS), ON_THE_LIST), ("You have a concert on Saturday.", (BOOKS, BOOKS), ON_THE_LIST),
)  # fmt: skip
INSTEAD += NAMED


@pytest.mark.parametrize(("lie", "told", "instead"), INSTEAD)
async def test_the_truth_is_said_instead(lie: str, told: tuple[Told, ...], instead: str) -> None:
    """Of what was done, refused, read: the very thing; else that it wasn't done, or isn't known."""
    assert await said(lie, *told) == instead


@pytest.mark.parametrize(("lie", "told", "instead"), INSTEAD)
async def test_what_is_said_instead_may_be_said(lie: str, told: tuple[Told, ...], instead: str) -> None:
    """Judged by the same tools it is let go as it stands."""
    assert await said(instead, *told) == instead


async def test_what_waited_before_still_waits() -> None:
    """Asked in the turn before, and no yes since."""
    before = [Said(text="tell Noor"), Call(id="w", tool="send_email", arguments={}), Answer(id="w", tool="send_email", content=WAITS[1])]  # fmt: skip
    waiting = "I haven't done that: it needs your yes first."
    assert await said("I've sent it.", before=before) == waiting
    assert await said("I've cancelled it.", before=before) == "I haven't cancelled or deleted anything there."
    assert await said("You have a concert on Saturday.", before=before) == waiting


async def test_of_what_was_done_before_it_is_only_said_that_it_was_not_that() -> None:
    """Something of the kind was done; "nothing" would be a lie."""
    before = [Said(text="add the books"), Call(id="w", tool="add_task", arguments={}), Answer(id="w", tool="add_task", content=BOOKS[1])]  # fmt: skip
    assert await said("I've put the bulbs on your list.", before=before) == "I haven't done that."
    assert await said("I've cancelled the bulbs.", before=before) == "I haven't cancelled or deleted anything there."
    assert await said("I've put the bulbs on your list.", CHANGES, before=before) == ON_THE_LIST


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("I'll remind you tomorrow at 8 pm: Put the bins out.", True), ("I'll remind you tomorrow at 9 pm: Put the bins out.", False),
        ("I'll remind you today at 6 pm: Water the basil!", True), ("I'll remind you tomorrow at 8 pm: I've put the bins out.", False),
    ],
)  # fmt: skip
async def test_a_name_claims_nothing(text: str, *, so: bool) -> None:
    """What a reminder is called may begin with a verb, where it is told as its name."""
    assert (await said(text, BINS) == text) is so
