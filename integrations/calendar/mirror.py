"""A calendar kept by Google, read from our copy of it; writes go through to Google and come back into the copy."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from integrations.calendar import CalendarInfo, Event, EventChange, EventWritten, NewEvent, Scope, Span
from integrations.calendar.copied_days import info, near, read
from integrations.calendar.copy import foresee, restore, settle
from integrations.calendar.google import GoogleCalendar
from integrations.calendar.google_events import Home, Raw, event_of, parted, stamp_in
from integrations.calendar.google_plans import Plan, Step, occurrence_of, predicted
from integrations.calendar.google_receipts import Book, Done, as_json, done, from_json
from integrations.calendar.google_series import Whole, text_of
from integrations.calendar.series import MISSING
from integrations.calendar.spans import order, sensible
from integrations.clock import Clock
from integrations.errors import ChronusError, Conflict, NotFound, Unavailable
from integrations.google.refusals import Unsure
from integrations.store.calendar_copies import Copies
from integrations.store.calendar_days import Days
from integrations.store.calendars import Choices
from integrations.store.database import outside
from integrations.store.intents import Intent, Intents
from integrations.store.mirrors import Mirrors

ON_ITS_WAY = "That is on its way to Google right now. Ask me again in a moment."


class MirrorCalendar(GoogleCalendar):
    """One person's calendars. A calendar that was never read whole yet is asked for at Google.

    `key` names what is done through this keeper, for ever. `about` is kept beside each write, for the ledger: tool and words.
    """

    def __init__(
        self,
        session: AsyncSession,
        person_id: str,
        google: GoogleCalendar,
        clock: Clock,
        key: str,
        *,
        about: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(google.api, google.zone, clock, key)
        self._session, self._about, self._writes = session, dict(about or {}), 0
        self._days = Days(session, person_id)
        self._copies, self._choices = Copies(session, person_id), Choices(session, person_id)
        self._intents, self._mirrors = Intents(session, person_id), Mirrors(session, person_id)
        self._synced: dict[str, datetime] | None = None
        self._reverting = False

    async def calendars(self) -> list[CalendarInfo]:
        """All there are, the primary one first."""
        if self._known is None:
            self._take(await self._days.listed())
        if not self._known:
            self._chosen, self._known = await self._choices.chosen(), None
            async with outside(self._session):
                return await super().calendars()
        return await super().calendars()

    def _take(self, rows: Sequence[Any]) -> None:
        """The calendars as the copy has them."""
        self._known = [info(row) for row in rows]
        self._synced = {row.calendar: row.synced_at for row in rows if row.synced_at}

    async def show(self, calendar_id: str, shown: bool) -> CalendarInfo:
        """Let one count from now on, or no longer. Raises `NotFound`."""
        found = await super().show(calendar_id, shown)
        await self._choices.choose(calendar_id, shown)
        return found

    async def as_of(self) -> datetime | None:
        """When all that counts was last known equal to Google's; None while some of it is still asked for there."""
        synced = await self._copied()
        shown = [one.id for one in await self.calendars() if one.shown]
        return min((synced[one] for one in shown), default=None) if all(one in synced for one in shown) else None

    async def between(self, start: datetime, end: datetime) -> list[Event]:
        """Events that touch the span [start, end), repeating ones expanded, earliest first."""
        start, end = sensible(start, end)
        if end <= start:
            return []
        about = await near(self._days, start, end)
        if self._known is None:
            self._take(about.calendars)
        homes = {one.id: self._home(one) for one in await self.calendars() if one.shown}
        synced = await self._copied()
        copied = {name: home for name, home in homes.items() if name in synced}
        found = await read(self._days, about, copied, start, end)
        if others := [home for name, home in homes.items() if name not in synced]:
            async with outside(self._session):
                for events in await asyncio.gather(*(self._between(home, start, end) for home in others)):
                    found += events
        return sorted(found, key=order)

    async def shown(self, home: Home, raw: Raw) -> Event:
        """An event or occurrence in our words."""
        row = await self._copies.event(home.id, raw["id"])
        master = await self._copies.event(home.id, str(raw.get("recurringEventId", raw["id"])))
        pending = any(one is not None and one.pending is not None for one in (row, master))
        text = text_of(master.raw if master else raw, self.zone)
        return event_of(raw, home, recurrence=text, pending=pending)

    async def busy(self, addresses: Sequence[str], start: datetime, end: datetime) -> dict[str, list[Span] | None]:
        """When others are busy, which only Google knows."""
        async with outside(self._session):
            return await super().busy(addresses, start, end)

    async def raw(self, home: Home, google_id: str) -> Raw:
        """An event as the copy has it, which may be gone. Raises `NotFound`."""
        if home.id not in await self._copied():
            async with outside(self._session):
                return await super().raw(home, google_id)
        if (row := await self._copies.event(home.id, google_id)) is not None:
            return row.raw | {"status": "cancelled"} if row.gone else row.raw
        series, stamp = stamp_in(google_id, self.zone)
        master = await self._copies.event(home.id, series)
        if stamp is None or master is None or master.gone or master.rule is None:
            raise NotFound(MISSING)
        return occurrence_of(await self.whole(home, master.raw), stamp)

    async def whole(self, home: Home, raw: Raw) -> Whole:
        """An event with its exceptions."""
        if home.id not in await self._copied():
            async with outside(self._session):
                return await super().whole(home, raw)
        if self._reverting and raw.get("recurrence") and (now := await self._exceptions_now(home, raw)) is not None:
            return Whole.of(home, raw, now)
        rows = await self._copies.exceptions(home.id, raw["id"]) if raw.get("recurrence") else []
        return Whole.of(home, raw, [row.raw | ({"status": "cancelled"} if row.gone else {}) for row in rows])

    async def add(self, new: NewEvent, *, tell: bool = True) -> EventWritten:
        """Put an event on the calendar; a repeating one starts at the first time that its rule has."""
        came = await self._begun()
        return came.written if came else await super().add(new, tell=tell)

    async def change(
        self, event_id: str, change: EventChange, *, scope: Scope = "one", etag: str | None = None, tell: bool = True
    ) -> EventWritten:
        """Change one occurrence, it and those after it, or the whole series."""
        came = await self._begun()
        return came.written if came else await super().change(event_id, change, scope=scope, etag=etag, tell=tell)

    async def cancel(
        self, event_id: str, *, scope: Scope = "one", etag: str | None = None, tell: bool = True
    ) -> EventWritten:
        """Take it off the calendar."""
        came = await self._begun()
        return came.written if came else await super().cancel(event_id, scope=scope, etag=etag, tell=tell)

    async def _begun(self) -> Done | None:
        """What came of this write where a process that was cut off had begun it: our own traces are no stranger's edit."""
        intent = await self._intents.by_key(f"{self._key}#{self._writes + 1}")
        if intent is None:
            return None
        home = await self.home_of(intent.arguments["home"])
        return await self.run(home, Plan.of(intent.arguments["plan"]), intent.arguments["before"])

    async def _exceptions_now(self, home: Home, raw: Raw) -> list[Raw] | None:
        """Google's own, before a series is taken back: its etag doesn't tell what became of one occurrence. None: as the copy has them."""
        row = await self._copies.event(home.id, raw["id"])
        if row is None or row.pending is not None:
            return None
        try:
            async with outside(self._session):
                return await self.calls.exceptions(home.id, raw)
        except Unavailable:
            return None

    async def revert(self, inverse: dict[str, Any], *, tell: bool = True) -> Event | None:
        """Undo one write; of one that still waits, take it out of the queue. Raises `Conflict`, and what Google says."""
        if came := await self._begun():
            return came.written.event if came.there else None
        self._reverting = True
        if "intent" not in inverse:
            return await super().revert(inverse, tell=tell)
        intent = await self._intents.by_key(inverse["intent"])
        if intent is None or intent.state == "failed":
            raise Conflict("That never got to your calendar, so there is nothing to take back.")
        if intent.state == "done" and intent.result:
            return await super().revert(intent.result["written"]["inverse"], tell=tell)
        await self._withdraw(intent, tell)
        try:
            return await self.get(inverse["event"])
        except NotFound:
            return None

    async def _withdraw(self, intent: Intent, tell: bool) -> None:
        """It is not to be. Whether some of it has happened already isn't known where its answer was lost: that is undone."""
        home, plan = await self.home_of(intent.arguments["home"]), Plan.of(intent.arguments["plan"])
        key, before = intent.key, intent.arguments["before"]
        if intent.state == "queued" and not await self._intents.withdraw(key):
            raise Conflict(ON_ITS_WAY)
        if intent.state == "sent" or len(plan.steps) > 1:
            undo = [one for step in reversed(plan.steps) for one in step.undo]
            back = [replace(one, etag=None, was=None, notify=one.notify and tell) for one in undo]
            async with outside(self._session):
                for step in back:
                    await self._undone(home, step)
        await restore(self._copies, home, [step.id for step in plan.steps], before, await self._round(home))
        await self._copies.settle(key)
        await self._intents.settle(key, "failed", say="You took that back before it got there.")

    async def _undone(self, home: Home, step: Step) -> None:
        try:
            await self.runner(home).run(step)
        except NotFound:  # it never got there
            return

    async def run(self, home: Home, plan: Plan, before: Book) -> Done:
        """Do what was planned, once for a key, however often it is asked for and whatever breaks in between."""
        self._writes += 1
        key = f"{self._key}#{self._writes}"
        arguments = {"plan": plan.as_json(), "home": home.id, "before": dict(before), "about": self._about}
        intent = await self._intents.begin(key, "calendar", plan.act, arguments, self._clock())
        if intent.state == "done" and intent.result:
            return from_json(intent.result)
        if intent.state == "failed":
            raise Conflict(intent.say)
        plan, before = Plan.of(intent.arguments["plan"]), intent.arguments["before"]
        try:
            async with outside(self._session):
                came = await self.read_back(home, await super().run(home, plan, before))
        except Unavailable as error:
            return await self._wait(home, plan, before, key, error)
        except ChronusError as error:
            await self._intents.settle(key, "failed", say=error.say)
            async with outside(self._session):  # that it failed stays written, though the whole is undone
                raise
        await settle(self._copies, home, came.touched, key, await self._round(home))
        came = await self._with_rule(home, came)
        await self._intents.settle(key, "done", result=as_json(came))
        return came

    async def _wait(self, home: Home, plan: Plan, before: Book, key: str, error: Unavailable) -> Done:
        """The copy shows at once what will be."""
        now: dict[str, Raw | None] = dict(before)
        results = []
        for step in plan.steps:
            now[step.id] = predicted(home, now, step)
            results.append(now[step.id])
        await foresee(self._copies, home, {step.id: now[step.id] for step in plan.steps}, key, await self._round(home))
        await self._intents.settle(key, "sent" if isinstance(error, Unsure) else "queued", say=error.say)
        came = await self._with_rule(home, done(home, plan, plan.steps, results, before))
        event = replace(came.written.event, pending=True)
        written = replace(came.written, event=event, inverse=came.written.inverse | {"intent": key})
        return replace(came, written=replace(written, unsure=isinstance(error, Unsure)))

    async def _with_rule(self, home: Home, came: Done) -> Done:
        """An occurrence also tells how its series repeats, which Google doesn't."""
        event = came.written.event
        if event.series is None or event.recurrence is not None:
            return came
        master = await self._copies.event(home.id, parted(event.series)[0])
        rule = text_of(master.raw, self.zone) if master else None
        return replace(came, written=replace(came.written, event=replace(event, recurrence=rule)))

    async def _round(self, home: Home) -> int:
        return (await self._mirrors.of("calendar", home.id)).round

    async def _copied(self) -> dict[str, datetime]:
        if self._synced is None:
            await self.calendars()
        return self._synced or {}
