"""Another time for an event, a task or a reminder."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from agent.commands.intention import Finish, Intention, Item, Kind, ask, call, words
from agent.commands.patterns import Found
from agent.commands.precision import as_due
from agent.commands.references import Thing
from agent.commands.rules import Turn
from agent.commands.slots import refers
from agent.when import Ambiguous, When


def move_options(when: str, turn: Turn) -> dict[Kind, Finish]:
    """How each kind of thing gets another time."""
    return {
        "event": lambda item: call("change_event", event=item["id"], when=in_its_half(item, when, turn)),
        "task": lambda item: call("change_task", task=item["id"], due=as_due(when, turn)),
        "reminder": lambda item: again(item, when, turn),
    }


def in_its_half(item: Item, when: str, turn: Turn) -> str:
    """A bare "seven" said of something in the evening is seven in the evening."""
    starts = datetime.fromisoformat(str(item.get("starts") or item["due"])).astimezone(turn.clock.zone)
    if isinstance(today_or_next := turn.clock.meaning(when), Ambiguous):
        return _nearest(today_or_next, starts, turn.clock.now) or when
    meaning = replace(turn.clock, now=starts.replace(hour=0, minute=0)).meaning(when)
    if not isinstance(meaning, When) or meaning.all_day or meaning.part or item.get("all_day"):
        return when
    if re.search(r"[ap]\.?m\b|\d:\d|morning|afternoon|evening|night|noon|o'?clock in", when.lower()):
        return when
    early = meaning.starts.hour
    later_half = (early in (5, 6, 7) and starts.hour >= 12) or (8 <= early <= 11 and starts.hour >= 17)
    return f"{when} pm" if later_half and meaning.ends is None else when


def _nearest(asked: Ambiguous, starts: datetime, now: datetime) -> str | None:
    """ "wednesday" said of something on Tuesday the 10th is the 11th, whatever day it is today."""
    choices = [choice for choice in asked.choices if isinstance(choice, When)]
    near = [choice for choice in choices if abs(choice.starts - starts) < timedelta(days=4) and choice.starts > now]
    if len(near) != 1 or len(choices) < 2:
        return None
    chosen = near[0].starts
    return chosen.date().isoformat() if near[0].all_day else _stamp(chosen)


def again(item: Item, when: str, turn: Turn) -> Intention:
    """A reminder at another time; an hour alone keeps its day."""
    due = item.get("due")
    if due and not turn.clock.names_day(when):
        when = in_its_half(item, when, turn)
        when = f"{when} on {datetime.fromisoformat(str(due)).astimezone(turn.clock.zone).date().isoformat()}"
    return call("change_reminder", reminder=item["id"], when=when)


def asking_when(thing: Thing) -> Intention:
    """The thing is known, the time is not."""
    if thing.kind == "task":
        return ask("change_task", "due", f"When should {thing.name} be due?", task=thing.id)
    return ask("change_event", "when", f"When should I move {thing.name} to?", event=thing.id)


def shift_options(by: int, turn: Turn) -> dict[Kind, Finish]:
    """Later or earlier by so many minutes."""

    def event(item: Item) -> Intention:
        starts = datetime.fromisoformat(str(item["starts"])) + timedelta(minutes=by)
        return call("change_event", event=item["id"], when=_stamp(starts))

    def task(item: Item) -> Intention:
        if not item.get("due"):
            return words(f"{item['title']} has no date yet. When should it be due?")
        due = datetime.fromisoformat(str(item["due"])).date() + timedelta(minutes=by)
        return call("change_task", task=item["id"], due=due.isoformat())

    def reminder(item: Item) -> Intention:
        due = datetime.fromisoformat(str(item["due"])) + timedelta(minutes=by)
        return call("change_reminder", reminder=item["id"], when=_stamp(due))

    return {"event": event, "task": task, "reminder": reminder}


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


WEEK = re.compile(r"\b(?:of |in )?(?:next|the coming) week\b", re.IGNORECASE)


def in_its_week(when: str, found: Found, turn: Turn) -> str:
    """ "move yoga next week to thursday" means the thursday of that week."""
    apart = None if refers(found.words("thing")) else turn.clock.apart(found.words("thing"))
    week = WEEK.search(apart[1]) if apart else None
    if not week or week[0].startswith("this") or not turn.clock.names_day(when):
        return when
    later = f"{when} {week[0]}"
    return later if isinstance(turn.clock.meaning(later), When) else when


def whole_stretch(found: Found) -> str:
    """ "from 5 to 6": the "from" belongs to the time."""
    when = found.text("when")
    start = next(start for name, start, _ in found.slots if name == "when")
    opened = start and found.sentence.plain[start - 1] == "from" and re.search(r"\bto\b", when)
    return f"from {when}" if opened else when


def a_day_to_an_hour(when: str, turn: Turn) -> bool:
    day, _, hour = when.partition(" to ")
    meaning = turn.clock.meaning(day) if hour else None
    return isinstance(meaning, When) and meaning.all_day and not turn.clock.names_day(hour)
