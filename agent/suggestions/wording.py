"""A proposal in two sentences: what to do when, and why that and why then. Code writes both from what is known."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from agent.saying import say_day, say_length, say_when
from agent.suggestions.life import Proposal
from agent.when import When

LONGEST = 80  # characters of a title that are said
SHALL_I = "Shall I put it on your calendar?"
"""Asked after a suggestion; a yes to it, and to nothing else, accepts."""


def say_what(one: Proposal, *, now: datetime, zone: ZoneInfo) -> str:
    """ "You have two hours free tomorrow at 9 am; that would be a good time for “Report”." """
    told = say_when(When(starts=one.starts.astimezone(zone)), now=now, zone=zone)
    if one.kind == "habit":
        span = say_when(When(starts=one.starts.astimezone(zone), ends=one.ends.astimezone(zone)), now=now, zone=zone)
        return f"You are free {span}; that would be a good time for “{_clip(one.title)}”."
    if one.kind == "break":
        return f"Your day is full; {told} there are {say_length(one.ends - one.starts)} for a break."
    room = say_length(_roughly(one.room[1] - one.starts))
    what = f"a start on “{_clip(one.title)}”" if one.beginning else f"“{_clip(one.title)}”"
    return f"You have {room} free {told}; that would be a good time for {what}."


def say_why(one: Proposal, *, today: date) -> str:
    """Why this, and why then; the memory it goes by is named."""
    reasons = []
    if one.task is not None:
        reasons.append(_due(one.task.due, today))
        takes = say_length(one.ends - one.starts)
        reasons.append("there is no longer stretch before that" if one.beginning else f"it takes about {takes}")
    if one.kind == "break":
        reasons.append("most of your working hours that day are taken")
    if one.wish is not None:
        reasons.append(f"you told me: {one.wish.told}")
    if one.habit is not None:
        reasons.append(f"{'I noticed' if one.habit.noticed else 'you told me'}: {one.habit.told}")
    said = "; ".join(reasons)
    return f"{said[:1].upper()}{said[1:]}."


def say_time(starts: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """Weekday, date and hour, as is right for what is written."""
    return say_when(When(starts=starts.astimezone(zone)), now=now, zone=zone, full=True)


def _roughly(room: timedelta) -> timedelta:
    """Nobody wants to hear of six hours and 49 minutes."""
    unit = timedelta(minutes=30 if room > timedelta(hours=2) else 5)
    return room // unit * unit


def _due(due: date | None, today: date) -> str:
    if due is None:
        return "it is on your list without a date"
    if due < today:
        return f"it was due {say_day(due, today=today)}"
    return f"it is due {say_day(due, today=today)}"


def _clip(title: str) -> str:
    plain = " ".join(title.split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"
