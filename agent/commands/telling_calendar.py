"""The words for what is on the calendar, and where there is time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from agent.commands.wording import Json, Speaker, capital, counted, joined, listing, number
from agent.saying import say_clock, say_hours


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


def event_alone(event: Json, say: Speaker) -> str:
    """One event with its end and place: "Dentist is tomorrow from 10 to 10:45 am, at Kastanienallee 12"."""
    starts, ends = say.moment(event["starts"]), say.moment(event["ends"])
    when = say.at(event)
    if not event["all_day"] and starts.date() == ends.date():
        when = f"{say.on_day(starts.date())} {say_hours(starts, ends)}"
    place = f", {_at_place(event)}" if event["place"] else ""
    return f"{event['title']} is {when}{place}"


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
        return address.split("<", maxsplit=1)[0].strip() or address.strip("<>")
    return " ".join(part.capitalize() for part in address.split("@", maxsplit=1)[0].replace("_", ".").split("."))


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
    if unknown := result.get("guests_unknown"):
        say_who = joined([name(one) for one in unknown])
        return f"I can't see when {say_who} {'is' if len(unknown) == 1 else 'are'} free. {free({**result, 'guests_unknown': None}, arguments, angle, say)}"
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
