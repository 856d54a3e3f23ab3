"""A calendar kept by Google, asked directly."""

import asyncio
import hashlib
import logging
from base64 import b32hexencode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from integrations.calendar import CalendarInfo, Event, EventChange, EventWritten, NewEvent, Scope, Span
from integrations.calendar.google_calls import Calls, IdTaken, Runner, rfc3339
from integrations.calendar.google_events import (
    Home,
    Raw,
    content,
    details_of,
    event_of,
    gone,
    parted,
    stamp_in,
    tag,
)
from integrations.calendar.google_plans import (
    Plan,
    Step,
    filled,
    mark_of,
    of_all_cancelled,
    of_all_changed,
    of_new,
    of_one_cancelled,
    of_one_changed,
    of_rest_cancelled,
    of_rest_changed,
    of_undo,
    renamed,
    starts_with,
)
from integrations.calendar.google_receipts import Book, Done, book, done
from integrations.calendar.google_series import Whole, text_of
from integrations.calendar.series import MISSING, touches
from integrations.calendar.spans import order, sensible
from integrations.clock import Clock
from integrations.errors import ChronusError, Conflict, Denied, NotFound, Unavailable
from integrations.google.client import GoogleApi

log = logging.getLogger(__name__)
MOMENT = timedelta(seconds=1)
FIFTY = 50  # calendars that Google tells of at once
CHANGED = "That event has changed in the meantime."
READABLE = {"owner", "writer", "reader", "freeBusyReader"}


class GoogleCalendar:
    """One person's calendars. `key` names what is done through this keeper, for ever: ids are made from it.

    `chosen` is what the person said of a calendar here; of others what they show in Google's own counts.
    """

    def __init__(
        self,
        api: GoogleApi,
        zone: ZoneInfo,
        clock: Clock,
        key: str,
        *,
        chosen: Mapping[str, bool] | None = None,
        keep: Callable[[str, bool], Any] | None = None,
        known: list[CalendarInfo] | None = None,
    ) -> None:
        self.api, self.calls = api, Calls(api)
        self.zone, self._clock, self._key = zone, clock, key
        self._chosen, self._keep = dict(chosen or {}), keep
        self._known, self._made = known, 0

    def again(self, key: str) -> "GoogleCalendar":
        """The same person's, for something else to be done."""
        return GoogleCalendar(self.api, self.zone, self._clock, key, chosen=self._chosen, known=self._known)

    def runner(self, home: Home) -> Runner:
        """Who makes the steps of a plan happen."""
        return Runner(self.calls, home)

    async def calendars(self) -> list[CalendarInfo]:
        """All there are, the primary one first."""
        if self._known is None:
            self._known = [info_of(raw, self._chosen) for raw in await self.calls.calendars() if raw.get("accessRole") in READABLE]  # fmt: skip
        return sorted(self._known, key=lambda one: (not one.primary, one.name))

    async def show(self, calendar_id: str, shown: bool) -> CalendarInfo:
        """Let one count from now on, or no longer. Raises `NotFound`."""
        for one in await self.calendars():
            if one.id == calendar_id:
                self._known = [replace(other, shown=shown) if other.id == calendar_id else other for other in self._known or ()]  # fmt: skip
                if self._keep:
                    await self._keep(calendar_id, shown)
                return replace(one, shown=shown)
        raise NotFound("I couldn't find that calendar.")

    async def as_of(self) -> datetime | None:
        """This is the original."""
        return None

    async def between(self, start: datetime, end: datetime) -> list[Event]:
        """Events that touch the span [start, end), repeating ones expanded, earliest first."""
        start, end = sensible(start, end)
        if end <= start:
            return []
        homes = [self._home(one) for one in await self.calendars() if one.shown]
        found = await asyncio.gather(*(self._between(home, start, end) for home in homes))
        return sorted((event for events in found for event in events), key=order)

    async def _between(self, home: Home, start: datetime, end: datetime) -> list[Event]:
        # Google leaves out what ends exactly at timeMin, and so what has no length there
        query = {
            "timeMin": rfc3339(start - MOMENT),
            "timeMax": rfc3339(end),
            "singleEvents": True,
            "orderBy": "startTime",
        }
        raws = [raw async for raw in self.calls.events(home.id, **query)]
        return [
            event_of(raw, home)
            for raw in raws
            if not gone(raw) and appointment(raw) and touches(details_of(raw, self.zone), start, end)
        ]

    async def get(self, event_id: str) -> Event:
        """One event or occurrence. Raises `NotFound`."""
        return await self.shown(*await self._find(event_id))

    async def shown(self, home: Home, raw: Raw) -> Event:
        """An event or occurrence in our words."""
        return event_of(raw, home, recurrence=text_of(raw, self.zone))

    async def busy(self, addresses: Sequence[str], start: datetime, end: datetime) -> dict[str, list[Span] | None]:
        """When others are busy; None for those of whom Google doesn't say: that isn't the same as free."""
        found: dict[str, list[Span] | None] = {}
        for at in range(0, len(addresses), FIFTY):
            answer = await self.calls.free_busy(list(addresses[at : at + FIFTY]), start, end)
            for name, one in answer.items():
                spans = [(datetime.fromisoformat(part["start"]), datetime.fromisoformat(part["end"])) for part in one.get("busy", [])]  # fmt: skip
                found[name] = None if one.get("errors") else spans
        return found

    async def add(self, new: NewEvent, *, tell: bool = True) -> EventWritten:
        """Put an event on the calendar; a repeating one starts at the first time that its rule has."""
        home = await self.primary()
        name = self.fresh()
        return (await self.run(home, of_new(home, new, name, name).told(tell), {})).written

    async def change(
        self, event_id: str, change: EventChange, *, scope: Scope = "one", etag: str | None = None, tell: bool = True
    ) -> EventWritten:
        """Change one occurrence, it and those after it, or the whole series."""
        home, raw, whole, stamp = await self._current(event_id, scope, etag)
        plan = planned_change(home, raw, whole, stamp, change, scope, self.fresh)
        return (await self.run(home, plan.told(tell), book(whole or raw))).written

    async def cancel(
        self, event_id: str, *, scope: Scope = "one", etag: str | None = None, tell: bool = True
    ) -> EventWritten:
        """Take it off the calendar."""
        home, raw, whole, stamp = await self._current(event_id, scope, etag)
        plan = planned_cancel(home, raw, whole, stamp, scope)
        was = await self.shown(home, raw)
        written = (await self.run(home, plan.told(tell), book(whole or raw))).written
        return replace(written, event=replace(was, pending=written.event.pending))

    async def revert(self, inverse: dict[str, Any], *, tell: bool = True) -> Event | None:
        """Undo one write. Raises `Conflict` when what was written has been touched since."""
        home, wholes = await self.home_of(inverse["calendar"]), []
        now: dict[str, Raw | None] = {}
        for name, left in inverse["left"].items():
            raw, whole = await self._state(home, name, alone=inverse["alone"])
            if (mark_of(whole) if whole else content(raw, self.zone)) != left:
                raise Conflict(CHANGED)
            wholes += [whole] if whole else []
            now |= book(whole or raw)
        plan = of_undo(home, inverse, wholes, now).told(tell)
        if not plan.steps:
            return await self.get(inverse["event"])
        done = await self.run(home, plan, now)
        return done.written.event if done.there else None

    async def run(self, home: Home, plan: Plan, before: Book) -> Done:
        """Do what was planned; all of it, or nothing when Google refuses in the middle."""
        runner, steps = self.runner(home), list(plan.steps)
        results: list[Raw | None] = []
        while len(results) < len(steps):
            at = len(results)
            try:
                results.append(await runner.run(steps[at]))
            except (IdTaken, Denied) as error:
                if not (isinstance(error, IdTaken) or steps[at].revives):
                    await self._take_back(home, steps, results)
                    raise
                old = steps[at].id
                new = made_id(old, 1)  # the same whoever tries again, so that a lost answer to it makes no third
                steps = [renamed(one, old, new) for one in steps]
                steps[at] = steps[at].as_new()
                plan = replace(plan, series=new if plan.series == old else plan.series)
            except ChronusError as error:
                if not isinstance(error, Unavailable):
                    await self._take_back(home, steps, results)
                raise
        return done(home, plan, steps, results, before)

    async def read_back(self, home: Home, came: Done) -> Done:
        """With the exceptions of every series that was written: what becomes of them is Google's to say."""
        touched = list(came.touched)
        for _, name, raw in came.touched:
            if raw is not None and raw.get("recurrence"):
                try:
                    own = await self.calls.exceptions(home.id, raw)
                except Unavailable:  # the next sync will tell
                    continue
                touched += [(home.id, f"{name}_*", None), *((home.id, one["id"], one) for one in own)]
        return replace(came, touched=touched)

    async def _take_back(self, home: Home, steps: list[Step], results: list[Raw | None]) -> None:
        runner = self.runner(home)
        for step, result in reversed(list(zip(steps, results, strict=False))):
            for undo in filled(step, result, home):
                try:
                    await runner.run(replace(undo, notify=undo.notify and step.notify))
                except ChronusError as error:
                    log.warning("a change that Google refused half-way couldn't be taken back: %s", error.say)

    async def _state(self, home: Home, name: str, *, alone: bool) -> tuple[Raw | None, Whole | None]:
        try:
            raw = await self.raw(home, name)
        except NotFound:
            return None, None
        return raw, None if alone or gone(raw) or "recurringEventId" in raw else await self.whole(home, raw)

    async def raw(self, home: Home, google_id: str) -> Raw:
        """An event as Google has it, which may be gone. Raises `NotFound`."""
        return await self.calls.get(home.id, google_id)

    async def whole(self, home: Home, raw: Raw) -> Whole:
        """An event with its exceptions."""
        return Whole.of(home, raw, await self.calls.exceptions(home.id, raw) if raw.get("recurrence") else [])

    async def _current(
        self, event_id: str, scope: Scope, etag: str | None
    ) -> tuple[Home, Raw, Whole | None, str | None]:
        """What is there, and as much of its series as the change concerns. Raises `NotFound` and `Conflict`."""
        home, raw = await self._find(event_id)
        if etag and event_of(raw, home, recurrence=text_of(raw, self.zone)).etag != etag:
            raise Conflict(CHANGED)
        if "recurringEventId" in raw and scope == "one":
            return home, raw, None, None
        stamp = stamp_in(raw["id"], self.zone)[1] if "recurringEventId" in raw else None
        master = await self.raw(home, raw["recurringEventId"]) if stamp else raw
        return home, raw, await self.whole(home, master), stamp

    async def _find(self, event_id: str) -> tuple[Home, Raw]:
        google_id, of = parted(event_id)
        home = await self._home_tagged(of)
        if not google_id:
            raise NotFound(MISSING)
        try:
            raw = await self.raw(home, google_id)
        except NotFound as error:
            raise NotFound(MISSING) from error
        if gone(raw):
            raise NotFound(MISSING)
        return home, raw

    async def primary(self) -> Home:
        """Where new events go."""
        return self._home((await self.calendars())[0])

    async def _home_tagged(self, of: str) -> Home:
        for one in await self.calendars():
            if (one.primary and not of) or tag(one.id) == of:
                return self._home(one)
        raise NotFound(MISSING)

    async def home_of(self, calendar_id: str) -> Home:
        """A calendar by its id. Raises `Conflict` when it isn't there any more."""
        for one in await self.calendars():
            if one.id == calendar_id:
                return self._home(one)
        raise Conflict("That calendar isn't there any more.")

    def _home(self, one: CalendarInfo) -> Home:
        return Home(one.id, one.primary, self.zone)

    def fresh(self) -> str:
        """The next id: the same one for the same write, however often it is tried."""
        self._made += 1
        return made_id(self._key, self._made)


def made_id(key: str, number: int) -> str:
    """As Google takes it: 0 to 9 and a to v."""
    digest = hashlib.sha256(f"{key}:{number}".encode()).digest()[:20]
    return b32hexencode(digest).decode().lower()


def planned_change(
    home: Home, raw: Raw, whole: Whole | None, stamp: str | None, change: EventChange, scope: Scope, fresh: Callable[[], str]
) -> Plan:  # fmt: skip
    """The steps of a change."""
    if whole is None:
        return of_one_changed(home, raw, change)
    if stamp is None and not whole.series.rule and change.recurrence is None:
        return of_one_changed(home, raw, change)
    if stamp is None or scope == "all" or starts_with(whole, stamp):
        return of_all_changed(whole, stamp, change)
    name = fresh()
    return of_rest_changed(whole, stamp, change, name, name)


def planned_cancel(home: Home, raw: Raw, whole: Whole | None, stamp: str | None, scope: Scope) -> Plan:
    """The steps of a cancellation."""
    if whole is None:
        return of_one_cancelled(home, raw)
    if stamp is None or scope == "all" or starts_with(whole, stamp):
        return of_all_cancelled(whole)
    return of_rest_cancelled(whole, stamp)


def info_of(raw: Raw, chosen: Mapping[str, bool]) -> CalendarInfo:
    """A calendar of the person's list."""
    shown = bool(raw.get("selected") or raw.get("primary")) and not raw.get("hidden")
    return CalendarInfo(
        id=raw["id"], name=str(raw.get("summaryOverride") or raw.get("summary", raw["id"])), color=raw.get("backgroundColor", ""),
        primary=bool(raw.get("primary")), shown=chosen.get(raw["id"], shown),
        writable=raw.get("accessRole") in {"owner", "writer"}, zone=raw.get("timeZone", "UTC"),
    )  # fmt: skip


def appointment(raw: Raw) -> bool:
    """Where somebody works today is no appointment."""
    return raw.get("eventType") != "workingLocation"
