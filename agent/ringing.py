"""A reminder's time has come: it rings once, in a live conversation, on open pages, and by push."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from agent.calling.asking import ring_me
from agent.context import Context
from agent.saying import say_clock, say_day
from agent.telling import LEASE
from integrations.store.notices import Notice, Notices
from integrations.store.notifications import Notification, Notifications
from integrations.store.people import Person
from integrations.store.push import PushSubscriptions
from integrations.store.reminders import Reminder, Reminders

if TYPE_CHECKING:
    from agent.services import Services

LATE = timedelta(minutes=2)
"""From when on a reminder says what time it was for."""


async def ring(services: "Services", person: Person, ids: Sequence[str] | None = None) -> str:
    """Ring those of these reminders (default: all of theirs) that are due and haven't rung; says what came of it.

    They count as rung in the same transaction that owes them their notification, so that none is lost and none rings twice;
    what was left undone by a process that died is told by `Telling.round`.
    """
    live = await services.aloud.live(person.id)
    told = await _rung(services, person, ids, live=live)
    if not told:
        return "Nothing was due."
    heard = live and await services.aloud.say(person.id, told[0].id, " ".join(one.say for one in told))
    if live:
        async with services.database.work() as session:
            for one in told:
                await services.telling.send(session, one, heard=heard)
    await services.telling.finish(person, told, push=not heard, changed=["reminders"])
    return f"{len(told)} rang{', and they heard it' if heard else ''}."


async def _rung(services: "Services", person: Person, ids: Sequence[str] | None, *, live: bool) -> list[Notification]:
    """In one transaction. Who isn't talking to us is shown it from then on, and told in their next turn."""
    now = services.clock()
    async with services.database.work() as session:
        rung = await Reminders(session, person.id).ring(now, ids)
        if not rung:
            return []
        done = not live and not await PushSubscriptions(session, person.id, services.google.ring).count()
        told = [
            _notification(one, person, now, sent_at=None if live else now, through_at=now if done else None)
            for one in rung
        ]
        await Notifications(session, person.id).keep_all(told)
        if person.reminder_calls:
            await ring_me(services.ringer(session, person, now), person, now, [one.id for one in told])
        if not live:
            owed = [Notice(person_id=person.id, about=one.key, say=one.aloud or one.say, at=now) for one in told]
            await Notices(session, person.id).owe_all(owed)
    return told


async def snooze(ctx: Context, id: str, due: datetime) -> Reminder:
    """Let it ring again then; it isn't told any more that it has rung. Raises `NotFound`, and `Conflict` when it was cancelled."""
    before = await ctx.reminders.get(id)
    key = key_of(before)
    again = await ctx.reminders.snooze(id, due)
    if await ctx.foreigners.among("reminders", [id]):
        await ctx.foreigners.mark("reminders", [again.id])
    await ctx.notices.settle(key, ctx.now)
    await ctx.notifications.heard([key], ctx.now)
    return again


def key_of(reminder: Reminder) -> str:
    """What names one ringing of it: put off, it rings another time."""
    return f"reminder:{reminder.id}:{reminder.due.astimezone(UTC):%Y%m%dT%H%M%S}"


def _notification(
    reminder: Reminder, person: Person, now: datetime, *, sent_at: datetime | None, through_at: datetime | None
) -> Notification:
    return Notification(
        person_id=person.id,
        about="reminder",
        say=_ringing(reminder, person, now),
        aloud=_missed(reminder, person),
        link=f"/#reminder-{reminder.id}",
        key=key_of(reminder),
        thing=reminder.id,
        urgent=True,  # they have asked for that very time
        at=now,
        due_at=now + LEASE,
        sent_at=sent_at,
        through_at=through_at,
    )


def _ringing(reminder: Reminder, person: Person, now: datetime) -> str:
    """What it says when it rings; one that is late says what time it was for."""
    if now - reminder.due < LATE:
        return f"Reminder: {_text(reminder)}"
    zone = ZoneInfo(person.zone)
    due, today = reminder.due.astimezone(zone), now.astimezone(zone).date()
    day = "" if due.date() == today else f"{say_day(due.date(), today=today)} at "
    return f"This reminder was for {day}{say_clock(due)}: {_text(reminder)}"


def _missed(reminder: Reminder, person: Person) -> str:
    """What it says in the next turn, which may be hours or days away."""
    due = reminder.due.astimezone(ZoneInfo(person.zone))
    return f"Your reminder for {due:%A}, {say_clock(due)}: {_text(reminder)}"


def _text(reminder: Reminder) -> str:
    text = reminder.text.strip()
    return text if text[-1:] in ".!?" else f"{text}."
