"""All, none, both, half, so many, only, apart from: of what was read, each row tells whether it is so of it."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.unit.agent.claims.test_computed import let_go

Told = tuple[str, dict[str, Any]]


def task(title: str, on: str, due: str | None = None) -> dict[str, Any]:
    """An open one."""
    return {"title": title, "due": due, "list": on, "done": False}


def mail(sender: str, subject: str, at: str, body: str, *, unread: bool = False, important: bool = False) -> dict[str, Any]:  # fmt: skip
    """One of the inbox, by the address of who wrote it."""
    return {"from": f"{sender} <post@example.org>", "to": ["robin@example.com"], "subject": subject, "snippet": body, "at": f"{at}:00+01:00", "unread": unread, "important": important}  # fmt: skip


def event(title: str, starts: str, ends: str, place: str = "", *, all_day: bool = False, day: int = 5) -> dict[str, Any]:  # fmt: skip
    """One of March, by default of tomorrow."""
    on = f"2026-03-{day:02}T"
    return {"id": title, "title": title, "starts": f"{on}{starts}:00+01:00", "ends": f"{on}{ends}:00+01:00", "all_day": all_day, "busy": True, "place": place, "guests": []}  # fmt: skip


def tasks(*found: dict[str, Any]) -> Told:
    """What a list has."""
    return ("list_tasks", {"result": {"tasks": list(found), "which": "open", "list": None}})


def events(*found: dict[str, Any]) -> Told:
    """What tomorrow has."""
    looked = {"starts": "2026-03-05T00:00:00+01:00", "ends": "2026-03-06T00:00:00+01:00"}
    return ("list_events", {"result": {"events": list(found), "span": looked, "conflicts": []}})


MAST = task("Varnish the mast", "Boat", "2026-03-01")
DINGHY = task("Patch the dinghy", "Boat")
FREEZER = task("Defrost the freezer", "Home", "2026-03-04")
DOOR = task("Rehang the door", "Home")
PRINT = task("Frame the print", "Home", "2026-03-06")
TASKS = tasks(MAST, DINGHY, FREEZER, DOOR, PRINT)
HOME = tasks(FREEZER, DOOR)
DATED = tasks(MAST, FREEZER)
DATELESS = tasks(DINGHY, DOOR)
LATE = tasks(MAST, task("Return the oars", "Boat", "2026-02-25"))
REMINDERS: Told = ("list_reminders", {"result": {"reminders": [
    {"text": "Feed the gecko", "due": "2026-03-04T18:15:00+01:00"}, {"text": "Ring the glazier", "due": "2026-03-06T08:30:00+01:00"}, {"text": "Empty the dehumidifier", "due": "2026-03-06T20:00:00+01:00"},
]}})  # fmt: skip
MAILS: Told = ("search_email", {"result": {"messages": [
    mail("Ilse Brandt", "Roof quote", "2026-03-04T08:00", "Could you send me the measurements?", unread=True, important=True),
    mail("Ilse Brandt", "Gutters", "2026-03-03T17:30", "The gutters are done.", unread=True),
    mail("Omar Haddad", "Squash on Sunday", "2026-03-03T09:00", "Court four is ours."),
    mail("Choir Weekly", "Spring programme", "2026-03-02T07:00", "Four concerts in May.", unread=True),
], "query": "in:inbox"}})  # fmt: skip
ILSE: Told = ("search_email", {"result": {"messages": MAILS[1]["result"]["messages"][:2], "query": "from:ilse"}})
READ: Told = ("search_email", {"result": {"messages": [MAILS[1]["result"]["messages"][2]], "query": "is:read"}})
EVENTS = events(event("Glazing class", "09:00", "10:30", "Studio Nord"), event("Lunch with Wanda", "12:00", "13:00", "Studio Nord"), event("Eye test", "15:30", "16:00"))  # fmt: skip
MORNING = events(event("Glazing class", "09:00", "10:30", "Studio Nord"), event("Tax advice", "11:15", "12:15"))
NOON = events(event("Lunch with Wanda", "12:00", "13:00", "Harbour Inn"), event("Eye test", "17:30", "18:30"))
FAIR = events(event("Boat fair", "00:00", "23:59", all_day=True), event("Eye test", "15:30", "16:00"))
DENTISTS: Told = ("cancel_event", {"error": "ambiguous", "say": "Which one do you mean?", "choices": ["Eye test, tomorrow, Thursday the 5th, at 3.30 pm", "Eye test, Friday the 6th at 3.30 pm"]})  # fmt: skip
MIXED: Told = ("search_email", {"result": {"messages": [
    mail("Ilse Brandt", "Roof quote", "2026-03-04T08:00", "Could you send me the measurements?", unread=True, important=True),
    mail("Omar Haddad", "Squash on Sunday", "2026-03-03T09:00", "Court four is ours.", important=True), mail("Choir Weekly", "Spring programme", "2026-03-02T07:00", "Four concerts in May."),
], "query": "in:inbox"}})  # fmt: skip
FOUND: Told = ("summarize_inbox", {"result": {"unread": 1, "important": [mail("Choir Weekly", "Spring programme", "2026-03-02T07:00", "Four concerts in May.") | {"why": "asks you"}], "others": 2, "actions": []}})  # fmt: skip
TODAY: Told = ("list_events", {"result": {
    "events": [event("Glazing class", "08:00", "09:00", day=4), event("Choir", "09:30", "10:20", day=4), event("Lunch with Wanda", "12:00", "13:00", day=4), event("Eye test", "15:30", "16:00", day=4)],
    "span": {"starts": "2026-03-04T00:00:00+01:00", "ends": "2026-03-05T00:00:00+01:00"}, "conflicts": [],
}})  # fmt: skip
"""It is twenty past ten: the choir is just over."""

GENERAL = tasks(task("Sort the attic", "Tasks"), task("Air the tent", "Tasks"), task("Sharpen the plane", "Tasks"), MAST, DINGHY)  # fmt: skip
CHANGES: Told = ("list_changes", {"result": {"changes": [
    {"tool": "add_task", "say": "Buy oars is on your list.", "at": "2026-03-04T09:00:00+01:00", "receipt": {"id": "1", "title": "Buy oars"}, "undone_at": None},
    {"tool": "add_task", "say": "Buy rope is on your list.", "at": "2026-03-04T09:05:00+01:00", "receipt": {"id": "2", "title": "Buy rope"}, "undone_at": None},
]}})  # fmt: skip

SAYINGS: Sequence[tuple[Told, str, bool]] = (
    (REMINDERS, "One for today, and on Friday it's the glazier and the dehumidifier.", True), (TODAY, "You've got two left.", True), (TODAY, "You've got three left.", False), (TODAY, "You have four today.", True), (TODAY, "You have three today.", False),
    (TASKS, "What's left is only the mast.", False), (MAILS, "The newest mail is just a roof quote.", True), (REMINDERS, "The glazier on Friday morning. Nothing else on Friday morning.", True), (REMINDERS, "The gecko today. Nothing else on Friday morning.", False),
    (TASKS, "All the overdue ones are on Boat.", True), (TASKS, "All the overdue ones are on Home.", False), (MAILS, "All the important ones are from Ilse.", True), (MAILS, "All the unread ones are from Ilse.", False),
    (TASKS, "Both are overdue.", False), (TASKS, "Both have a date.", False), (DATELESS, "Both aren't overdue.", True), (GENERAL, "One of your tasks has a date.", True), (GENERAL, "Two of your tasks have a date.", False),
    (MIXED, "Just one important unread mail.", True), (MIXED, "Just two important unread mails.", False), (FOUND, "One of them is important.", True), (FOUND, "One of them is marked as important.", False), (FOUND, "One of them is unread.", False),
    (EVENTS, "The eye test makes it three tomorrow.", True), (EVENTS, "The eye test makes it four.", False), (MORNING, "Both the glazing class and the tax advice are in the morning.", True), (EVENTS, "Both the glazing class and the eye test are in the morning.", False),
    (REMINDERS, "Just one reminder today, the glazier is on Friday.", True), (EVENTS, "Apart from lunch, nothing has a place.", False), (EVENTS, "Apart from lunch and glazing, nothing has a place.", True), (REMINDERS, "The gecko today. Nothing else on Friday.", False),
    (GENERAL, "You have three on your general list.", True), (GENERAL, "You have four on your general list.", False), (EVENTS, "You've got three tomorrow.", True), (EVENTS, "You've got two tomorrow.", False), (ILSE, "The last mail is only a roof quote.", True),
    (TASKS, "Besides the overdue mast there's nothing on Friday.", False), (CHANGES, "I added the oars. Nothing else.", False), (CHANGES, "I added the oars and the rope. Nothing else.", True), (TASKS, "None of these has a date, not even the dinghy.", False),
    (TASKS, "Apart from the mast, nothing's overdue.", True), (TASKS, "Apart from the freezer, nothing's overdue.", False),
    (TASKS, "Apart from the mast and the dinghy there's nothing on Friday.", False), (TASKS, "Besides the print there's nothing on Friday.", True),
    (TASKS, "Nothing overdue on it except the mast.", True), (TASKS, "Nothing overdue on it except the print.", False),
    (MAILS, "Nothing unread but Ilse's two and the choir's.", True), (MAILS, "Nothing urgent but for the mail from Omar.", False),
    (HOME, "Your list is empty but for the freezer and the door.", True), (HOME, "Your list is empty but for the freezer.", False),
    (TASKS, "The door makes it five in all.", True), (TASKS, "The door makes it four in all.", False), (REMINDERS, "The gecko makes that three.", True), (REMINDERS, "The gecko makes that four.", False),
    (TASKS, "Five altogether.", True), (TASKS, "Six altogether.", False), (TASKS, "You have five left.", True), (TASKS, "You have four left.", False),
    (TASKS, "You've got three on your home list.", True), (TASKS, "You've got two on your home list.", False), (TASKS, "There are three on Home.", True), (TASKS, "There are two on Home.", False),
    (REMINDERS, "You have two on Friday.", True), (REMINDERS, "You have one on Friday.", False), (REMINDERS, "Three in all, one today and two on Friday.", True), (REMINDERS, "Three in all, two today and one on Friday.", False),
    (TASKS, "You've got two today.", True), (TASKS, "You've got three today.", False), (REMINDERS, "One for today.", True), (REMINDERS, "One for Friday.", False),
    (REMINDERS, "One each for today and Friday.", False), (REMINDERS, "Ring the glazier at eight thirty on Friday.", True), (REMINDERS, "It's the gecko today at quarter past six.", True),
    (MAILS, "One each came on Monday and Wednesday.", True), (MAILS, "One each came on Tuesday and Wednesday.", False), (MAILS, "One from today, and two from yesterday.", True), (MAILS, "Two from today, and one from yesterday.", False),
    (REMINDERS, "Just three reminders.", True), (REMINDERS, "Just two reminders.", False), (REMINDERS, "Just a couple of reminders.", False), (ILSE, "Just a couple of mails.", True),
    (MAILS, "There's a single important mail.", True), (MAILS, "There's a single unread mail.", False), (READ, "You have a single message.", True), (MAILS, "Only three unread ones.", True), (MAILS, "Only two unread ones.", False),
    (TASKS, "Just two boat tasks.", True), (TASKS, "Just three boat tasks.", False), (REMINDERS, "On Friday just two things.", True), (REMINDERS, "On Friday just three things.", False), (TASKS, "Just one thing due on Friday.", True), (TASKS, "Just two things due on Friday.", False),
    (HOME, "All that's left is the freezer and the door.", True), (HOME, "All that's left is the freezer.", False), (REMINDERS, "On Friday, just the glazier and the dehumidifier.", True), (REMINDERS, "On Friday, just the glazier.", False),
    (TASKS, "On Boat, just the mast and the dinghy.", True), (TASKS, "On Boat, only the dinghy.", False), (READ, "Just Omar's mail about squash.", True), (ILSE, "Just the roof quote.", False), (ILSE, "Just the roof quote and the gutters.", True),
    (MAILS, "The last one is only an advert.", True),
    (TASKS, "The only one that's overdue is the mast.", True), (TASKS, "The only one that's overdue is the dinghy.", False), (TASKS, "The freezer is the only one for today.", True), (TASKS, "The print is the only one for today.", False),
    (TASKS, "You've only got boat tasks.", False), (LATE, "You've only got boat tasks.", True), (MAILS, "Only Ilse's mail is important.", True), (MAILS, "Only Omar's mail is important.", False), (MAILS, "No mail but Ilse's is important.", True),
    (TASKS, "The mast and the dinghy are on Boat. Only the mast has a date.", True), (TASKS, "The mast and the dinghy are on Boat. Only the dinghy has a date.", False), (TASKS, "Only the mast has a date.", False),
    (TASKS, "The mast, the dinghy, the freezer, the door and the print. There's nothing else.", True), (TASKS, "The mast, the dinghy, the freezer and the door. There's nothing else.", False),
    (REMINDERS, "The gecko today, and nothing more.", True), (REMINDERS, "The glazier on Friday. Nothing else on Friday.", False), (REMINDERS, "The glazier and the dehumidifier on Friday. Nothing else on Friday.", True),
    (MAILS, "The choir wrote, and so did Omar. That's all of them.", False), (MAILS, "Ilse's roof quote is important. Besides that there aren't any others that are important.", True),
    (LATE, "Both are overdue.", True), (DATED, "Both are overdue.", False), (DATELESS, "Neither is overdue.", True), (DATED, "Neither is overdue.", False), (DATED, "Both have a date.", True), (HOME, "Both have a date.", False),
    (DATELESS, "Both don't have a date.", True), (HOME, "Both don't have a date.", False), (DATELESS, "None of them has a date.", True), (HOME, "None of them has a date.", False), (LATE, "All of them are past their date.", True),
    (DATELESS, "All without a deadline.", True), (DATED, "All without a deadline.", False), (TASKS, "Neither the dinghy nor the door has a date.", True), (TASKS, "Neither the mast nor the door has a date.", False),
    (TASKS, "Both the mast and the print have a date.", True), (TASKS, "Both the mast and the dinghy have a date.", False), (TASKS, "The mast and the dinghy, both of them are overdue.", False), (TASKS, "The dinghy and the door are open, and neither has a date.", True),
    (TASKS, "None of them but the mast is overdue.", True), (TASKS, "None of them but the print is overdue.", False), (TASKS, "All of them except the dinghy and the door have a date.", True), (TASKS, "All of them except the dinghy have a date.", False),
    (TASKS, "Three of them have a date.", True), (TASKS, "Two of them have a date.", False), (TASKS, "Most of them have a date.", True), (TASKS, "Most of them are overdue.", False), (TASKS, "Half of them are overdue.", False), (DATED, "Half of them are overdue.", True),
    (TASKS, "Half of them have a date.", True), (LATE, "Half of them are overdue.", False), (HOME, "Most of them have a date.", False), (TASKS, "Half of your tasks have no date.", True),
    (TASKS, "All your boat tasks are overdue.", False), (TASKS, "All your home tasks are overdue.", False), (LATE, "All your boat tasks are overdue.", True), (LATE, "Everything is overdue.", True),
    (TASKS, "Three of them are on Home.", True), (TASKS, "Two of them are on Home.", False), (HOME, "Both are on Home.", True), (TASKS, "Both the door and the dinghy are on Home.", False), (TASKS, "Both the door and the print are on Home.", True),
    (HOME, "None of them is on Home.", False), (TASKS, "All of them are on Boat.", False), (LATE, "All of them are on Boat.", True), (TASKS, "Both the door and the print are on Boat.", False),
    (REMINDERS, "All of them are for Friday.", False), (REMINDERS, "Two of them are for Friday.", True), (REMINDERS, "None of them is for Saturday.", True), (REMINDERS, "None of them is for Friday.", False), (REMINDERS, "One of them is for Friday evening.", True), (REMINDERS, "Two of them are for Friday evening.", False), (REMINDERS, "One of them is for tonight.", True),
    (TASKS, "Two are due on Friday.", False), (TASKS, "One is due on Friday.", True), (TASKS, "None of them is due tomorrow.", True), (TASKS, "None of them is due today.", False), (MAILS, "Two of them came on Tuesday.", True), (MAILS, "Three of them came on Tuesday.", False),
    (MAILS, "Three are unread.", True), (MAILS, "Two are unread.", False), (MAILS, "None of them is important.", False), (READ, "None of them is important.", True), (READ, "All of them have been read.", True), (MAILS, "You've read them all.", False), (READ, "You've already read everything.", True),
    (ILSE, "Both of them have not been read.", True), (MAILS, "All of them have not been opened.", False), (ILSE, "All of them are from Ilse.", True), (MAILS, "All of them are from Ilse.", False), (MAILS, "Two of them are from Ilse.", True), (MAILS, "Three of them are from Ilse.", False),
    (MAILS, "One of them wants something.", True), (MAILS, "Two of them want an answer.", False), (READ, "None of them needs a reply.", True), (ILSE, "None of them needs a reply.", False),
    (EVENTS, "Both Studio things are at the Studio.", True), (EVENTS, "Two of them are at Studio Nord.", True), (EVENTS, "All of them are at Studio Nord.", False), (EVENTS, "None of them is at Studio Nord.", False),
    (EVENTS, "Two of them have a place.", True), (EVENTS, "All of them have a place.", False), (MORNING, "Both are in the morning.", True), (NOON, "Both are in the morning.", False), (NOON, "Both are in the afternoon.", True), (MORNING, "Both are in the afternoon.", False),
    (NOON, "Both are in the evening.", False), (EVENTS, "All of them have a fixed time.", True), (FAIR, "All of them have a fixed time.", False), (FAIR, "Both have a set time.", False), (EVENTS, "All of them are on Thursday.", True), (EVENTS, "All of them are on Friday.", False), (EVENTS, "All three are on the same day.", True),
    (DATED, "Both are on the same day.", False), (DENTISTS, "Both are at half past three.", True), (DENTISTS, "Both are at four.", False), (DENTISTS, "Both are on Friday.", False), (DENTISTS, "There's just one.", False),
)  # fmt: skip


@pytest.mark.parametrize(("told", "text", "so"), SAYINGS)
async def test_what_is_said_of_all_none_or_so_many_is_counted(told: Told, text: str, *, so: bool) -> None:
    """How many are so, whether all or no others are, and that nothing is left out."""
    assert await let_go(text, told) is so


@pytest.mark.parametrize(("text", "so"), [("Just four mails and five tasks.", True), ("Just four mails.", True), ("Just three mails.", False), ("Just five tasks.", True), ("Just three mails and five tasks.", False)])  # fmt: skip
async def test_what_was_read_before_is_counted_by_itself(text: str, *, so: bool) -> None:
    """The mails first, then the tasks."""
    assert await let_go(text, MAILS, TASKS) is so
