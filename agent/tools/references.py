"""From what the person calls a thing to the one thing meant, or a question."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from difflib import SequenceMatcher
from typing import TypeVar

from agent.context import Context
from agent.origins import Origin
from agent.saying import say_when
from agent.tools.base import Ambiguous
from agent.when import When, find
from integrations.calendar import Event
from integrations.email import Message
from integrations.errors import NotFound
from integrations.store.reminders import Reminder
from integrations.tasks import Task

Thing = TypeVar("Thing")

_LITTLE = frozenset(
    "a an the my our your his her their with to of for on in at about that this one from and appointment meeting event "
    "task reminder email mail message session call it please thing entry item all".split()
)
_CLOSE = 0.84
"""Likeness of two words above which one is taken for a slip of the other."""


def plain(words: str) -> list[str]:
    """The telling words, lower case, possessives dropped."""
    found = re.findall(r"[\w]+(?:-[\w]+)*", re.sub(r"['’]s\b", "", words.lower()))
    return [word for word in found if word not in _LITTLE] or found


def resembles(wanted: Sequence[str], text: str) -> bool:
    """Whether every wanted word stands in the text, allowing small slips of hearing."""
    there = re.findall(r"[\w]+(?:-[\w]+)*", re.sub(r"['’]s\b", "", text.lower()))
    joined = "".join(there).replace("-", "")
    # "stand up" and "stand-up", "hair cut" and "haircut" are one word to the ear
    if len(wanted) > 1 and len(run := "".join(wanted).replace("-", "")) > 4 and run in joined:
        return True
    return all(
        any(word == other or _alike(word, other) for other in there) or (len(word) > 4 and word in joined)
        for word in wanted
    )


def _alike(one: str, other: str) -> bool:
    if one.rstrip("s") == other.rstrip("s"):
        return True
    return min(len(one), len(other)) >= 4 and SequenceMatcher(None, one, other).ratio() >= _CLOSE


def matching(things: Iterable[Thing], words: str, text: Callable[[Thing], str]) -> list[Thing]:
    """The things meant: those called exactly so if there are any, else all that resemble the words."""
    wanted = plain(words)
    like = [thing for thing in things if resembles(wanted, text(thing))]
    exact = [thing for thing in like if plain(text(thing)) == wanted]
    return exact or like


async def one_event(ctx: Context, called: str, *, past: bool = False) -> Event:
    """The event with this id, or the only coming one (or today's) that is called so."""
    if _is_id(called):
        return await ctx.calendar.get(called)
    words, start, end = called, ctx.day()[0], ctx.now + timedelta(days=90)
    found = find(called, now=ctx.now, zone=ctx.zone)
    if found is not None and isinstance(found[0], When):
        time, words = found[0], found[1]
        start, end = time.starts, time.ends or time.starts + timedelta(minutes=1)
    elif past:
        start = ctx.now - timedelta(days=30)
    with ctx.trust.aside():
        events = await ctx.calendar.between(start, end)
    if plain(words) and words.strip():
        events = matching(events, words, lambda e: f"{e.title} {' '.join(g.split('@')[0] for g in e.guests)}")
    events = _next_of_each(ctx, events)
    if any(event.invited for event in events):  # only these come to whoever asked, or their names in a question back
        ctx.trust.read(Origin.THIRD_PARTY)
    await ctx.note("calendar", [name for event in events for name in (event.id, event.series) if name])
    return one_of(events, called, "event", lambda e: event_name(ctx, e))


def _next_of_each(ctx: Context, events: list[Event]) -> list[Event]:
    """Of a repeating event only the next occurrence; of one day's past events none if others are left."""
    ahead = [event for event in events if event.ends > ctx.now] or events
    seen: set[str] = set()
    kept = []
    for event in ahead:
        key = event.series or event.id
        if key not in seen:
            seen.add(key)
            kept.append(event)
    return kept


async def one_task(ctx: Context, called: str, *, done: bool | None = False) -> Task:
    """The task with this id, or the only one that is called so."""
    if _is_id(called):
        return await ctx.tasks.get(called)
    with ctx.trust.aside():
        every = await ctx.tasks.all(done=done)
    tasks = matching(every, called, lambda t: t.title)
    if any(task.origin for task in tasks):
        ctx.trust.read(Origin.THIRD_PARTY)
    await ctx.note("tasks", [task.id for task in tasks])
    return one_of(tasks, called, "task", lambda t: f"{t.title} in {t.list}")


async def one_reminder(ctx: Context, called: str) -> Reminder:
    """The reminder with this id, or the only open one that says so."""
    if _is_id(called):
        return await ctx.reminders.get(called)
    open_ones = await ctx.reminders.all(ctx.now)
    like = matching(open_ones, called, lambda r: r.text)
    if not like and (found := find(called, now=ctx.now, zone=ctx.zone)) and isinstance(found[0], When):
        ends = found[0].ends or found[0].starts + timedelta(minutes=1)
        like = [r for r in open_ones if found[0].starts <= r.due < ends]
    return one_of(like, called, "reminder", lambda r: r.text)


async def one_message(ctx: Context, called: str) -> Message:
    """The message with this id, or the newest that was meant ("from Sarah", "about the budget")."""
    if _is_id(called) and not re.match(r"[a-z]+:", called):
        return await ctx.mail.get(called)
    if ":" in called:
        messages: list[Message] = await ctx.mail.search(called, first=10)
    else:
        boxes = await ctx.mail.search("in:inbox", first=200)
        messages = matching(boxes, called, lambda m: f"{m.from_name} {m.from_address} {m.subject}")
    if not messages:
        raise NotFound(f"I found no mail {called if called.startswith(('from ', 'about ')) else f'like “{called}”'}.")
    senders = {m.from_address for m in messages}
    if len(senders) == 1:
        return messages[0]
    return one_of(messages, called, "mail", lambda m: f"{m.from_name or m.from_address}: {m.subject}")


def one_of(things: list[Thing], called: str, kind: str, name: Callable[[Thing], str]) -> Thing:
    """The only one. Raises `NotFound` for none and `Ambiguous`, naming them, for several."""
    if not things:
        raise NotFound(f"I found no {kind} called “{called}”.")
    if len(things) > 1:
        names = [name(thing) for thing in things[:5]]
        raise Ambiguous(f"Which one do you mean: {' or '.join([', '.join(names[:-1]), names[-1]])}?", names)
    return things[0]


def event_name(ctx: Context, event: Event) -> str:
    """An event as it is told apart from others: its title, day and time."""
    moment = When(starts=event.starts, ends=event.ends if event.all_day else None, all_day=event.all_day)
    return f"{event.title}, {say_when(moment, now=ctx.now, zone=ctx.zone, full=True)}"


def _is_id(called: str) -> bool:
    """Ours and Google's: one long word that nobody would say, with digits, or with capitals in its midst."""
    if not re.fullmatch(r"[\w.@:=-]{12,1100}", called):
        return False
    return any(letter.isdigit() for letter in called) or (called[1:] != called[1:].lower() and called != called.upper())
