"""The words for each tool's result."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from agent.commands.telling_calendar import events, free, name
from agent.commands.wording import Json, Speaker, Teller, capital, counted, joined, listing, number
from agent.saying import say_clock
from agent.suggestions.wording import SHALL_I


def tasks(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """Which tasks there are."""
    found: list[Json] = list(result["tasks"])
    which, named, about = arguments.get("which", "open"), arguments.get("list"), arguments.get("about")
    if about:
        return _whether(found, about, say)
    kind = {"overdue": "overdue", "done": "done", "today": "due today"}.get(which, "open")
    on = f" on your {named} list" if named else ""
    if not found:
        return {"overdue": "Nothing is overdue.", "done": "Nothing is ticked off yet.", "today": "Nothing is due today."}.get(which, f"There is nothing{on}." if named else "You have no open tasks.")  # fmt: skip
    if named:
        lead = f"{capital(counted(len(found), 'thing'))}{on}"
        return f"{lead}." if angle == "count" else listing(lead, [t["title"] for t in found])
    count = counted(len(found), "task")
    lead = f"You have {count} due" if arguments.get("when") else f"You have {number(len(found))} {kind} {'task' if len(found) == 1 else 'tasks'}"  # fmt: skip
    if which in ("overdue", "done", "today"):
        lead = f"{capital(number(len(found)))} {'task is' if len(found) == 1 else 'tasks are'} {kind}"
    return f"{lead}." if angle == "count" else listing(lead, [_task(t, say, due=which == "open") for t in found])


def _task(task: Json, say: Speaker, *, due: bool) -> str:
    return (
        f"{task['title']}, due {say.day(datetime.fromisoformat(task['due']).date())}"
        if due and task["due"]
        else str(task["title"])
    )


def _whether(found: list[Json], about: str, say: Speaker) -> str:
    if not found:
        return f"No, I find no task about {about}."
    return capital(f"{joined([task_alone(task, say) for task in found[:3]])}.")


def task_alone(task: Json, say: Speaker) -> str:
    """How one task stands: "Buy stamps is due today, on your task list"."""
    on = f"on your {task['list'].lower().removesuffix(' list').replace('tasks', 'task')} list"
    if task["done"] or not task["due"]:
        return f"{task['title']} is {'done' if task['done'] else 'open'}, {on}"
    due = datetime.fromisoformat(task["due"]).date()
    return (
        f"{task['title']} {'is' if due >= say.moment(say.now.isoformat()).date() else 'was'} due {say.day(due)}, {on}"
    )


def reminders(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """Which reminders are to come."""
    found: list[Json] = list(result["reminders"])
    if not found:
        return "You have no reminders then." if arguments.get("when") else "You have no reminders."
    lead = f"You have {counted(len(found), 'reminder')}"
    parts = [f"{one['text']}, {_rings(one, say)}" for one in found]
    return f"{lead}." if angle == "count" else listing(lead, parts)


def _rings(reminder: Json, say: Speaker) -> str:
    due = say.moment(reminder["due"])
    return f"{say.on_day(due.date())} at {say_clock(due)}"


def reminder_alone(reminder: Json, say: Speaker) -> str:
    """One reminder: "I'll remind you today at 6 pm: Take the bread out"."""
    return f"I'll remind you {_rings(reminder, say)}: {reminder['text']}"


_FROM = re.compile(r'\bfrom:(?:"([^"]+)"|(\S+))')
_OPERATORS = re.compile(r'\b[a-z]+:(?:"[^"]*"|\S*)')
"""What narrows a search by anything but words."""


def mail(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """Which mail a search found."""
    found: list[Json] = list(result["messages"])
    query = str(arguments.get("query", ""))
    kind = "unread mail" if "is:unread" in query else "important mail" if "is:important" in query else "mail"
    who = next((one or other for one, other in _FROM.findall(query)), "")
    what = " ".join(_OPERATORS.sub(" ", query).split()).strip('"') if who else ""
    of = (f" from {capital(who)}" if who else "") + (f" about {what}" if what else "")
    note = f" {result['note']}" if result.get("note") else ""
    if not found:
        return f"There is no {kind}{of or (' like that' if kind == 'mail' else '')}.{note}"
    lead = f"There {'is' if len(found) == 1 else 'are'} {number(len(found))} {kind}{'' if len(found) == 1 else 's'}{of}"
    parts = [
        f"{m['subject']}, {say.on_day(say.moment(m['at']).date())}"
        if who
        else f"{name(m['from'])} about {m['subject']}"
        for m in found
    ]
    return f"{f'{lead}.' if angle == 'count' else listing(lead, parts)}{note}"


def mail_alone(mail: Json, say: Speaker) -> str:
    """One mail of a search, with how it begins."""
    begins = " ".join(str(mail.get("snippet") or "").split()).rstrip(".")
    told = f"{name(mail['from'])} wrote {say.on_day(say.moment(mail['at']).date())} about {mail['subject']}"
    return f"{told}: {begins}" if begins else told


def message(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """One mail, read out."""
    one = result["message"]
    body = " ".join(str(one.get("body", "")).split())
    note = f" {result['note']}" if result.get("note") else ""
    if len(body) > 900:
        body = body[:900].rsplit(" ", 1)[0] + " … It goes on; the rest is on the page."
    return f"{name(one['from'])} wrote {say.on_day(say.moment(one['at']).date())} about {one['subject']}: {body}{note}"


def inbox(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """The inbox in two or three sentences; asked for what to do, only that."""
    asked = _asked(list(result.get("actions", ())), say)
    if angle == "actions":
        return asked or "Your mail asks for nothing that is still open."
    unread, important = int(result["unread"]), list(result["important"])
    if not unread:
        return f"There is no unread mail. {asked}".strip()
    lead = f"You have {counted(unread, 'unread mail')}"
    if not important:
        return f"{lead}, none of which seems to matter. {asked}".strip()
    parts = [f"{name(m['from'])} about {m['subject']}" for m in important]
    lead += f", {number(len(important))} important"
    return f"{listing(lead, parts)} {asked}".strip()


def _asked(actions: list[Json], say: Speaker) -> str:
    """What mails ask for."""
    if not actions:
        return ""
    told = "; ".join(f"{action['text']}{_by(action, say)}" for action in actions[:3])
    more = f"; and {number(len(actions) - 3)} more" if len(actions) > 3 else ""
    return f"Your mail asks for {counted(len(actions), 'thing')}: {told}{more}."


def _by(action: Json, say: Speaker) -> str:
    return f", due {say.day(date.fromisoformat(action['due']))}" if action["due"] else ""


def memories(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """What was told to be remembered, said back to the one who told it."""
    from agent.told import as_told_back

    found = [as_told_back(str(m["text"])).rstrip(".") for m in result["memories"]]
    about = arguments.get("about")
    if not found:
        return (
            f"You haven't told me anything about {about}." if about else "You haven't told me anything to remember yet."
        )
    if about:
        whence = ["I noticed" if m.get("origin") == "noticed" else "You told me" for m in result["memories"]]
        return " ".join(f"{who}: {text}." for who, text in list(zip(whence, found, strict=True))[:2])
    return listing(f"I remember {counted(len(found), 'thing')}", found)


def briefing(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """It tells itself; what it only names is told by what is done with it."""
    return "" if "told" in result else "There is nothing to tell yet."


def suggestions(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """The first, with its reason, and a question that can be answered; a yes must not be one to two things."""
    if not result["suggestions"]:
        return "I have no suggestion just now."
    first = result["suggestions"][0]
    return f"{first['text']} {first['why']} {SHALL_I}"


def changes(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """What was done, newest first."""
    found = [c for c in result["changes"] if not c.get("undone_at")]
    if not found:
        return "I haven't changed anything." if arguments.get("when") else "I haven't changed anything today."
    told = " ".join(str(c["say"]) for c in found[:3])
    more = f" And {number(len(found) - 3)} more." if len(found) > 3 else ""
    return f"{capital(counted(len(found), 'change'))}. {told}{more}" if len(found) > 1 else told


def clock(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """The time."""
    return str(result["say"])


TELLERS: dict[str, Teller] = {
    "list_events": events, "find_free_time": free, "list_tasks": tasks, "list_reminders": reminders, "search_email": mail,
    "read_email": message, "summarize_inbox": inbox, "recall": memories, "get_briefing": briefing, "get_suggestions": suggestions,
    "list_changes": changes, "get_time": clock,
}  # fmt: skip
