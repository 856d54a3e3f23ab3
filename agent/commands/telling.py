"""The words for each tool's result."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from agent.commands.wording import Json, Speaker, Teller, capital, counted, joined, listing, number
from agent.saying import say_clock


def events(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """What is on the calendar, told from the side that was asked about."""
    found: list[Json] = list(result["events"])
    about = arguments.get("about")
    if not found:
        where = say.span(result["span"]) if result["span"] else ""
        if about:
            return f"I find nothing about {about} on your calendar{' ' + where if where else ''}."
        if arguments.get("first"):
            return "There is nothing coming up on your calendar."
        return f"You have nothing {where or 'on your calendar in the next two weeks'}."
    if about or angle in ("where", "how long", "who", "until"):
        return _one_event(found, angle, say)
    if arguments.get("first") or angle in ("last of", "last"):
        return _edge(found, angle, say)
    return _day_of(found, result, angle, say)


def _edge(found: list[Json], angle: str, say: Speaker) -> str:
    event = found[-1] if angle in ("last", "last of") else found[0]
    if angle == "last":
        timed = [e for e in found if not e["all_day"]]
        if timed:
            event = max(timed, key=lambda e: say.moment(e["ends"]))
            return f"The last thing is {event['title']}, until {say_clock(say.moment(event['ends']))}."
    if angle == "where":
        return f"{event['title']}, {say.at(event)}, is {_at_place(event)}."
    if angle == "who":
        return f"{event['title']} is {say.at(event)}. {_guests(event)}"
    if angle == "how soon" and not event["all_day"]:
        return f"{event['title']} starts in {_until(say.moment(event['starts']), say)}, at {say_clock(say.moment(event['starts']))}."
    then = "After that comes" if angle == "last of" else "Next is"
    place = f", {_at_place(event)}" if event["place"] else ""
    return f"{then} {event['title']}, {say.at(event)}{place}."


def _until(starts: datetime, say: Speaker) -> str:
    minutes = max(0, int((starts - say.now).total_seconds() // 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    parts = [counted(days, "day")] if days else []
    parts += [counted(hours, "hour")] if hours else []
    parts += [counted(left, "minute")] if left and not days else []
    return joined(parts) if parts else "a moment"


def _one_event(found: list[Json], angle: str, say: Speaker) -> str:
    event = found[0]
    title = event["title"]
    if angle == "where":
        return f"{title} is {_at_place(event)}."
    if angle == "who":
        return f"{title}, {say.at(event)}: {_guests(event)}"
    if angle in ("how long", "until"):
        if event["all_day"]:
            return f"{title} is all day {say.on_day(say.moment(event['starts']).date())}."
        starts, ends = say.moment(event["starts"]), say.moment(event["ends"])
        length = _length(int((ends - starts).total_seconds() // 60))
        return f"{title} takes {length}, until {say_clock(ends)}."
    others = _distinct(found)
    if len(others) > 1:
        return listing(f"I find {number(len(others))}", [f"{e['title']} {say.at(e)}" for e in others])
    place = f", {_at_place(event)}" if event["place"] else ""
    return f"{title} is {say.at(event)}{place}."


def _distinct(found: list[Json]) -> list[Json]:
    seen: set[str] = set()
    return [e for e in found if not ((key := str(e.get("series") or e["id"])) in seen or seen.add(key))]  # type: ignore[func-returns-value]


def _length(minutes: int) -> str:
    hours, left = divmod(minutes, 60)
    if (hours, left) == (0, 30):
        return "half an hour"
    if (hours, left) == (1, 0):
        return "an hour"
    if (hours, left) == (1, 30):
        return "an hour and a half"
    return joined(
        [part for part in (counted(hours, "hour") if hours else "", counted(left, "minute") if left else "") if part]
        or ["no time"]
    )


def _at_place(event: Json) -> str:
    place = event["place"]
    if not place:
        return "somewhere the calendar doesn't say"
    return (
        "at home" if place.lower() == "home" else f"in {place}" if place.lower().startswith("room") else f"at {place}"
    )


def _guests(event: Json) -> str:
    guests = [name(guest) for guest in event["guests"]]
    return f"{joined(guests)} {'is' if len(guests) == 1 else 'are'} invited." if guests else "nobody else is invited."


def name(address: str) -> str:
    """ "anna.keller@example.org" is said "Anna Keller"; a full "Name <address>" keeps its name."""
    if "<" in address:
        return address.split("<")[0].strip() or address.strip("<>")
    return " ".join(part.capitalize() for part in address.split("@")[0].replace("_", ".").split("."))


def _day_of(found: list[Json], result: Json, angle: str, say: Speaker) -> str:
    days = {say.moment(e["starts"]).date() for e in found}
    where = say.span(result["span"])
    ahead = [e for e in found if say.moment(e["ends"]) > say.now]
    if len(days) > 1 and len(ahead) < len(found) and ahead:
        found, where = ahead, f"still to come {where}"
    parts = [f"{e['title']} {say.at(e, day=len(days) > 1)}" for e in found]
    clash = f" Mind that {_clash(found, result)}." if result.get("conflicts") else ""
    count = counted(len(found), "thing")
    if angle == "count":
        return capital(f"{count} {where}.")
    if len(found) == 1:
        return f"You have one thing {where}: {parts[0]}."
    return listing(f"You have {count} {where}", parts) + clash


def _clash(found: list[Json], result: Json) -> str:
    names = {e["id"]: e["title"] for e in found}
    one, other = result["conflicts"][0]
    return f"{names.get(one, 'one')} and {names.get(other, 'another')} overlap"


def free(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """Whether there is time, and where."""
    span = result["span"]
    where = say.span(span)
    gaps = [(say.moment(gap["starts"]), say.moment(gap["ends"])) for gap in result["free"]]
    if angle == "whether" and result["is_free"]:
        return f"Yes, you're free {where}."
    told = [_gap(a, b, say, many=_days(gaps) > 1) for a, b in gaps]
    if angle == "whether":
        busy = [f"{e['title']} {say.at(e, day=False)}" for e in result["busy"]]
        rest = f" You're free {joined(told[:3])}." if told else ""
        return f"Not quite: {joined(busy[:3])}.{rest}" if busy else f"You're free {joined(told[:3])}."
    if not told:
        return f"I find no such gap {where}."
    return f"You're free {joined(told[:3])}{'' if _days(gaps) > 1 else ' ' + _plain_day(gaps[0][0], say)}."


def _days(gaps: list[tuple[datetime, datetime]]) -> int:
    return len({a.date() for a, _ in gaps})


def _plain_day(moment: datetime, say: Speaker) -> str:
    return say.on_day(moment.date())


def _gap(starts: datetime, ends: datetime, say: Speaker, *, many: bool) -> str:
    day = f"{say.on_day(starts.date())} " if many else ""
    return f"{day}from {say_clock(starts)} to {say_clock(ends)}"


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
    parts = []
    for task in found[:3]:
        state = (
            "done"
            if task["done"]
            else f"due {say.day(datetime.fromisoformat(task['due']).date())}"
            if task["due"]
            else "open"
        )
        parts.append(
            f"{task['title']} is {state}, on your {task['list'].lower().removesuffix(' list').replace('tasks', 'task')} list"
        )
    return capital(f"{joined(parts)}.")


def reminders(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """Which reminders are to come."""
    found: list[Json] = list(result["reminders"])
    if not found:
        return "You have no reminders then." if arguments.get("when") else "You have no reminders."
    lead = f"You have {counted(len(found), 'reminder')}"
    parts = [
        f"{r['text']}, {say.on_day(say.moment(r['due']).date())} at {say_clock(say.moment(r['due']))}" for r in found
    ]
    return f"{lead}." if angle == "count" else listing(lead, parts)


def mail(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """Which mail a search found."""
    found: list[Json] = list(result["messages"])
    query = str(arguments.get("query", ""))
    kind = "unread mail" if "is:unread" in query else "important mail" if "is:important" in query else "mail"
    who = query.split("from:", 1)[1].split(" is:")[0].strip('"') if "from:" in query else ""
    of = f" from {capital(who)}" if who else ""
    if not found:
        return f"There is no {kind}{of or (' like that' if kind == 'mail' else '')}."
    lead = f"There {'is' if len(found) == 1 else 'are'} {number(len(found))} {kind}{'' if len(found) == 1 else 's'}{of}"
    parts = [
        f"{m['subject']}, {say.on_day(say.moment(m['at']).date())}"
        if who
        else f"{name(m['from'])} about {m['subject']}"
        for m in found
    ]
    return f"{lead}." if angle == "count" else listing(lead, parts)


def message(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """One mail, read out."""
    one = result["message"]
    body = " ".join(str(one.get("body", "")).split())
    if len(body) > 900:
        body = body[:900].rsplit(" ", 1)[0] + " … It goes on; the rest is on the page."
    return f"{name(one['from'])} wrote {say.on_day(say.moment(one['at']).date())} about {one['subject']}: {body}"


def inbox(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """The inbox in two sentences."""
    unread, important = int(result["unread"]), list(result["important"])
    if not unread:
        return "There is no unread mail."
    lead = f"You have {counted(unread, 'unread mail')}"
    if not important:
        return f"{lead}, none of them marked important."
    parts = [f"{name(m['from'])} about {m['subject']}" for m in important]
    lead += f", {number(len(important))} important"
    return listing(lead, parts)


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
        return " ".join(f"You told me: {text}." for text in found[:2])
    return listing(f"I remember {counted(len(found), 'thing')}", found)


def briefing(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """As it was written."""
    return str(result["text"])


def suggestions(result: Json, arguments: Mapping[str, Any], angle: str, say: Speaker) -> str:
    """The first two."""
    found = [str(s["text"]) for s in result["suggestions"]]
    return " ".join(found[:2]) if found else "I have no suggestion just now."


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
