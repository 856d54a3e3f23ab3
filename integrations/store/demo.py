"""Putting things into the local keepers: the sample day, or whatever is given."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from integrations.calendar import NewEvent
from integrations.calendar.local import LocalCalendar
from integrations.email.headers import parted
from integrations.email.local import NOBODY
from integrations.email.mime import plain
from integrations.errors import Invalid
from integrations.store import sample
from integrations.store.messages import MessageRow
from integrations.store.people import Person
from integrations.store.reminders import Reminders
from integrations.store.tables import new_id
from integrations.tasks import DEFAULT_LIST, NewTask, TaskChange
from integrations.tasks.local import LocalTasks

Things = Sequence[dict[str, Any]]
HOUR = timedelta(hours=1)


async def load(
    session: AsyncSession,
    person: Person,
    now: datetime,
    events: Things | None = None,
    tasks: Things | None = None,
    messages: Things | None = None,
) -> None:
    """Add the given things, or the sample day when nothing is given. Raises `Invalid` for what can't be read."""
    loading = _Loading(session, person, now)
    try:
        if events is None and tasks is None and messages is None:
            await loading.sample_day()
            return
        await loading.events(events or ())
        await loading.tasks(tasks or ())
        loading.messages(messages or ())
        await session.flush()
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid(f"I can't read one of those things: {error}.") from error


class _Loading:
    """What one loading has at hand."""

    def __init__(self, session: AsyncSession, person: Person, now: datetime) -> None:
        self._session = session
        self._person = person
        self._now = now
        self._zone = ZoneInfo(person.zone)
        self._own = person.email or NOBODY
        self._threads: dict[str, str] = {}

    async def sample_day(self) -> None:
        """Today as the person's zone has it, the six days after it, and the mail of the last three."""
        await self.events([self._sample_event(*event) for event in sample.EVENTS])
        await self.tasks(
            [
                {"title": title, "due": None if days is None else self._day(days), "list": name} | more
                for title, days, name, more in sample.TASKS
            ]
        )
        self.messages(
            [
                {"from": whose, "to": whom, "subject": subject, "body": body, "at": self._now - hours * HOUR} | more
                for hours, whose, whom, subject, body, more in sample.MESSAGES
            ]
        )
        reminders = Reminders(self._session, self._person.id)
        for days, clock, text in sample.REMINDERS:
            due = self._at(days, clock)
            await reminders.add(text, due if due > self._now else due + timedelta(days=1), self._person.zone)

    async def events(self, events: Things) -> None:
        """Each with `title` and `starts`; without `ends` it lasts an hour, or the day."""
        calendar = LocalCalendar(self._session, self._person.id, self._zone, lambda: self._now)
        for event in events:
            zone = str(event.get("zone") or self._person.zone)
            starts, all_day = _moment(event["starts"], ZoneInfo(zone)), bool(event.get("all_day"))
            ends = _moment(event["ends"], ZoneInfo(zone)) if event.get("ends") else starts + (not all_day) * HOUR
            more: dict[str, Any] = {name: str(event.get(name) or "") for name in ("place", "notes")}
            guests, rule = tuple(map(str, event.get("guests") or ())), event.get("recurrence")
            times: dict[str, Any] = {"starts": starts, "ends": ends, "all_day": all_day, "zone": zone}
            await calendar.add(NewEvent(title=str(event["title"]), guests=guests, recurrence=rule, **times, **more))

    async def tasks(self, tasks: Things) -> None:
        """Each with a `title`."""
        keeper = LocalTasks(self._session, self._person.id, self._zone, lambda: self._now)
        for task in tasks:
            due = task.get("due")
            new = NewTask(
                title=str(task["title"]),
                due=date.fromisoformat(due[:10]) if isinstance(due, str) else due,
                list=str(task.get("list") or DEFAULT_LIST),
                notes=str(task.get("notes") or ""),
            )
            written = await keeper.add(new)
            if task.get("done"):
                await keeper.change(written.task.id, TaskChange(done=True))

    def messages(self, messages: Things) -> None:
        """Each with `from` and `subject`; one from the person themselves was sent."""
        for message in messages:
            name, address = parted(str(message["from"] or self._own))
            to = message.get("to") or [self._own]
            self._session.add(
                MessageRow(
                    person_id=self._person.id,
                    thread=self._thread(message.get("thread")),
                    box="sent" if address.casefold() == self._own.casefold() else "inbox",
                    from_name=name,
                    from_address=address,
                    to=[parted(str(one))[1] for one in ([to] if isinstance(to, str) else to)],
                    cc=[parted(str(one))[1] for one in message.get("cc") or ()],
                    subject=str(message["subject"]),
                    body=plain(str(message.get("body") or "")),
                    at=_moment(message.get("at") or self._now, self._zone),
                    unread=bool(message.get("unread")),
                    important=bool(message.get("important")),
                )
            )

    def _thread(self, name: str | None) -> str:
        return self._threads.setdefault(name, new_id()) if name else new_id()

    def _sample_event(self, days: int, clock: str, until: str, title: str, more: dict[str, Any]) -> dict[str, Any]:
        times = {"starts": self._at(days, clock or "00:00"), "ends": self._at(days, until) if until else None}
        return {"title": title, "all_day": not clock} | times | more

    def _day(self, days: int) -> date:
        return self._now.astimezone(self._zone).date() + timedelta(days=days)

    def _at(self, days: int, clock: str) -> datetime:
        return datetime.combine(self._day(days), time.fromisoformat(clock), self._zone)


def _moment(said: str | datetime | date, zone: ZoneInfo) -> datetime:
    """A time without an offset is the zone's own; a date is its midnight."""
    at = datetime.fromisoformat(said) if isinstance(said, str) else said
    if not isinstance(at, datetime):
        at = datetime.combine(at, time())
    return at if at.tzinfo else at.replace(tzinfo=zone)
