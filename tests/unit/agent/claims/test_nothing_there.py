"""That there is nothing, in lists, mails, memories and changes: somebody has looked, and found nothing that is meant."""

from typing import Any

import pytest

from tests.unit.agent.claims.judged import called
from tests.unit.agent.claims.listening import Turn, event


def task(title: str, due: str | None, name: str = "Tasks") -> dict[str, Any]:
    """One that is open."""
    return {"title": title, "due": due, "list": name, "done": False}


TASKS = Turn("what's on my list?", [("list_tasks", {"result": {"which": "open", "list": None, "tasks": [
    task("Renew the passport", "2026-10-09"), task("Water the ficus", "2026-10-12"), task("Invoice for Marta", "2026-10-14", "Work"), task("Sort the photos", None),
]}})])  # fmt: skip
DATELESS = Turn("what's on my list?", [("list_tasks", {"result": {"tasks": [task("Sort the photos", None)], "which": "open", "list": None}})])  # fmt: skip
REMINDERS = Turn("any reminders?", [("list_reminders", {"result": {"reminders": [{"text": "Put the bins out", "due": "2026-10-13T20:00:00+01:00"}, {"text": "Ring Paulo", "due": "2026-10-14T08:00:00+01:00"}]}})])  # fmt: skip
LISTED = (
    (TASKS, "Nothing is due on Thursday.", True), (TASKS, "Nothing is due on Wednesday.", False), (TASKS, "Nothing's due today.", False), (TASKS, "Nothing is overdue.", False),
    (TASKS, "There's nothing due before Wednesday.", False), (TASKS, "There's nothing due until Thursday.", False), (TASKS, "Nothing on your list has a date.", False),
    (TASKS, "There's nothing about the passport.", False), (TASKS, "There's nothing about the oven.", True), (TASKS, "There's nothing about Marta or the oven.", False),
    (TASKS, "No task is left on Wednesday.", False), (TASKS, "There's nothing left on Friday.", True), (TASKS, "The ficus is due. Nothing else is due today.", True),
    (TASKS, "Your list is empty.", False), (TASKS, "You've no tasks.", False), (DATELESS, "Nothing on your list has a date.", True), (DATELESS, "Nothing is overdue.", True), (DATELESS, "Nothing's due today.", True),
    (TASKS, "Nothing for tomorrow, but the invoice for Marta is due on Wednesday.", True), (TASKS, "The photos. Nothing else is due today.", False), (TASKS, "The invoice for Marta is due on Wednesday. Nothing is left for Wednesday.", True), (TASKS, "There's nothing for Wednesday apart from the invoice.", True), (TASKS, "The ficus is due today. That's all.", False), (TASKS, "Apart from the ficus, there's nothing on your list.", False), (TASKS, "Apart from the ficus, the passport, the invoice and the photos, there's nothing on your list.", True),
    (REMINDERS, "There are no reminders for tomorrow.", False), (REMINDERS, "There's no reminder on Wednesday at eight.", False), (REMINDERS, "There's no reminder on Wednesday at nine.", True), (REMINDERS, "There are no reminders for Thursday.", True), (REMINDERS, "There's no reminder tomorrow morning.", True),
    (REMINDERS, "There's no reminder tomorrow evening.", False), (REMINDERS, "No reminders left tomorrow.", False), (REMINDERS, "There's no reminder on Wednesday morning.", False),
)  # fmt: skip


@pytest.mark.parametrize(("turn", "text", "so"), LISTED)
async def test_nothing_of_that_day_or_name_is_on_a_list(turn: Turn, text: str, *, so: bool) -> None:
    """Its day, its hour, its date at all, its name."""
    assert await turn.lets_go(text) is so


def mail(who: str, subject: str, at: str, *, unread: bool = False, important: bool = False) -> dict[str, Any]:
    """One of October."""
    return {"id": subject, "from": f"{who} <someone@example.com>", "subject": subject, "snippet": f"About the {subject}.", "at": f"2026-10-{at}:00+01:00", "unread": unread, "important": important}  # fmt: skip


LEASE = mail("Beatriz Lopes", "Lease renewal", "12T08:10", unread=True, important=True)
BAND = mail("Hugo Prata", "Band practice", "11T21:00")
BOOKS = mail("City Library", "Overdue books", "10T06:00", unread=True)


def found(asked: str, query: str, *mails: dict[str, Any]) -> Turn:
    """Mails that were searched for."""
    return Turn(asked, [("search_email", {"result": {"messages": list(mails)}})], arguments={"query": query})


INBOX = found("anything in my inbox?", "in:inbox", LEASE, BAND, BOOKS)
READ = found("anything in my inbox?", "in:inbox", BAND)
FROM = found("did Beatriz write?", "from:beatriz", LEASE)
NONE = found("did Marta write?", "from:marta")
ABOUT = found("anything about the boiler?", "boiler")
LETTER = Turn("what does the landlord write?", [("read_email", {"result": {"message": mail("Landlord", "Boiler", "11T10:00", important=True) | {"body": "The boiler is checked in May."}}})])  # fmt: skip


def digest(*actions: str, important: bool) -> Turn:
    """The inbox gone through, and what it asks for."""
    asked = [{"text": one, "due": None, "from": "l@example.com", "kind": "task"} for one in actions]
    result = {
        "unread": 1,
        "important": [LEASE] if important else [],
        "messages": [LEASE if important else BOOKS],
        "actions": asked,
    }
    return Turn("does my mail want anything of me?", [("summarize_inbox", {"result": result})])


MAILS = (
    (INBOX, "There's nothing unread.", False), (INBOX, "Nothing important.", False), (INBOX, "Nobody has written.", False), (INBOX, "There's no mail from Beatriz.", False), (INBOX, "There's no mail from Marta.", True),
    (INBOX, "No mail since yesterday.", False), (INBOX, "There were no mails on Saturday.", False), (INBOX, "There were no mails on Friday.", True),
    (INBOX, "Beatriz wrote about the lease. Nothing else new.", False), (INBOX, "Beatriz wrote about the lease. Nothing else important.", True),
    (INBOX, "Nothing else.", False), (INBOX, "Beatriz wrote about the lease. Nothing urgent there.", False), (INBOX, "Hugo wrote about the band. Nothing urgent there.", True), (INBOX, "None of them is important.", False),
    (READ, "There's nothing unread.", True), (READ, "Nothing important.", True), (READ, "None of it is urgent.", True), (INBOX, "None of it is urgent.", False),
    (FROM, "There's nothing unread.", False), (FROM, "There's nothing from Hugo.", True), (NONE, "No, nothing from Marta.", True), (NONE, "Your inbox is empty.", False), (NONE, "There's nothing unread.", False),
    (NONE, "There's nothing new from Marta.", True), (ABOUT, "There's nothing unread.", False), (ABOUT, "There's nothing about a boiler.", True),
    (LETTER, "There's nothing else in it.", True), (LETTER, "There's nothing about a lift in it.", True), (LETTER, "There's nothing about the boiler in it.", False),
    (digest(important=True), "No action items.", True), (digest("Sign the lease", important=True), "No action items.", False), (digest(important=True), "There's nothing for you to do.", True),
    (digest(important=True), "Your mail asks for nothing that is still open.", True), (digest("Sign the lease", important=True), "Your mail asks for nothing that is still open.", False),
    (digest("Sign the lease", important=True), "There's nothing for you to do.", False), (digest("Sign the lease", important=True), "Nothing.", False), (digest(important=False), "Nothing urgent.", True), (digest(important=True), "Nothing urgent.", False),
)  # fmt: skip


@pytest.mark.parametrize(("turn", "text", "so"), MAILS)
async def test_nothing_of_the_kind_is_in_the_mail(turn: Turn, text: str, *, so: bool) -> None:
    """Unread, important, of somebody, about something; who looked for one sender knows nothing of the rest."""
    assert await turn.lets_go(text) is so


CHOIR = event("Choir", 16, "18:00", "19:30")
MILK = {"receipt": {"id": "m", "title": "Milk", "list": "Tasks", "done": False}, "say": "Milk is on your list."}
CHANGES = Turn("what have you changed?", [("list_changes", {"result": {"changes": [
    {"tool": "add_task", **MILK, "at": "2026-10-12T08:00:00+01:00", "undone_at": None},
    {"tool": "add_event", "say": "Choir is on.", "receipt": CHOIR, "at": "2026-10-12T08:30:00+01:00", "undone_at": "2026-10-12T08:31:00+01:00"},
]}})])  # fmt: skip
UNDONE = Turn("what have you changed?", [("list_changes", {"result": {"changes": [{"tool": "add_task", **MILK, "at": "2026-10-12T08:00:00+01:00", "undone_at": "2026-10-12T08:31:00+01:00"}]}})])  # fmt: skip
CANCELLED = Turn("cancel the choir on friday", [("cancel_event", {"receipt": CHOIR, "say": "Choir is cancelled."})])
NO_OPERA = Turn("cancel the opera", [("cancel_event", {"error": "not_found", "say": "I found no event called “opera”."})])  # fmt: skip
RITA = Turn("what do you know about Rita?", [("recall", {"result": {"memories": [{"text": "Rita is allergic to cats"}]}})])  # fmt: skip
NOBODY = Turn("what do you know about Rita?", [("recall", {"result": {"memories": []}})])
FRESH = Turn("did you change anything?")
AFTERWARDS = Turn("what have you changed today?", before=called(("add_task", MILK)))
WEEK = {"starts": "2026-10-12T00:00:00+01:00", "ends": "2026-10-19T00:00:00+01:00"}
NO_BOARD, BOARD = (Turn("have I got anything to do for the board?", [("list_events", {"result": {"events": events, "span": WEEK, "conflicts": []}})]) for events in ([], [event("Board meeting", 14, "18:00", "19:30")]))  # fmt: skip
BESIDES = (
    (NO_BOARD, "I find nothing about anything to do for the board on your calendar.", True), (BOARD, "I find nothing about anything for the board on your calendar.", False),
    (CHANGES, "Nothing was changed.", False), (CHANGES, "There are no changes.", False), (CHANGES, "I haven't changed anything.", False), (UNDONE, "There are no changes left.", True),
    (CHANGES, "I've only put milk on your list. That's all.", True), (CANCELLED, "You're free on Friday.", False), (CANCELLED, "Friday evening's free of the choir now.", True), (CANCELLED, "Nothing's left on Friday.", False),
    (CANCELLED, "There's no choir on Friday any more.", True), (CANCELLED, "I haven't changed anything.", False), (CANCELLED, "You've nothing at six on Friday.", False),
    (NO_OPERA, "There's no opera on your calendar.", True), (NO_OPERA, "I found nothing by that name.", True), (NO_OPERA, "There's nothing of the kind.", True), (NO_OPERA, "You have nothing on Friday.", False),
    (RITA, "I know nothing about Rita.", False), (RITA, "I don't remember anything about Rita.", False), (NOBODY, "I know nothing about Rita.", True), (NOBODY, "I don't remember anything about her.", True),
    (FRESH, "No, I haven't changed anything.", True), (FRESH, "I haven't changed anything on Friday.", False), (FRESH, "No changes on Friday.", False), (AFTERWARDS, "I haven't changed anything.", False), (FRESH, "I know nothing about Rita.", False),
)  # fmt: skip


@pytest.mark.parametrize(("turn", "text", "so"), BESIDES)
async def test_nothing_was_changed_found_or_known(turn: Turn, text: str, *, so: bool) -> None:
    """By the list of changes, by what was refused, by what was recalled; of what nobody has looked at nothing is said."""
    assert await turn.lets_go(text) is so
