"""Keeping the copy of Google's calendars equal to the original, and settling what waits to be written there."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from integrations.calendar import CalendarInfo, Event
from integrations.calendar.copied_days import info
from integrations.calendar.copy import absorb, moved, restore, settle
from integrations.calendar.google import READABLE, GoogleCalendar, info_of
from integrations.calendar.google_events import Home, Raw, gone
from integrations.calendar.google_plans import Plan
from integrations.calendar.google_receipts import as_json
from integrations.clock import Clock
from integrations.errors import ChronusError, Invalid, NotConnected, NotFound, Unavailable
from integrations.google.refusals import CursorGone
from integrations.store.calendar_copies import Copies
from integrations.store.calendar_days import Days
from integrations.store.changes import Changes
from integrations.store.database import Database
from integrations.store.intents import Intent, Intents
from integrations.store.mirrors import Mirrors, Progress
from integrations.store.notices import Notices

PAGE = 250
"""Events read at once: few enough that writing them down holds nobody up."""
STALE = 60.0
"""Seconds after which a write whose answer nobody noted was left behind by a process that is gone."""
TOOLS = {"add": "add_event", "change": "change_event", "cancel": "cancel_event", "revert": "undo"}


async def sync(
    database: Database, person_id: str, google: GoogleCalendar, clock: Clock, *, progress: Progress | None = None
) -> None:
    """Read what is new, of every calendar that counts. Raises the first refusal, after all of them were tried."""
    refused: ChronusError | None = None
    read = 0

    def told(more: int) -> None:
        nonlocal read
        read += more
        if progress:
            progress(read, None)

    for one in await _calendars(database, person_id, google):
        home = Home(one.id, one.primary, google.zone)
        try:
            await _Sync(database, person_id, google, home, clock, told).run()
        except ChronusError as error:
            refused = refused or error
            async with database.work() as session:
                mirrors = Mirrors(session, person_id)
                await mirrors.failed(await mirrors.of("calendar", one.id), clock(), error.say)
            if isinstance(error, NotConnected):
                break
    if refused:
        raise refused


async def _calendars(database: Database, person_id: str, google: GoogleCalendar) -> list[CalendarInfo]:
    """The list as Google has it now; those that count."""
    raws = [raw for raw in await google.calls.calendars() if raw.get("accessRole") in READABLE]
    found = [info_of(raw, {}) for raw in raws]
    rows = [
        {"calendar": one.id, "selected": one.shown, "made": place}
        | {name: getattr(one, name) for name in ("name", "color", "primary", "writable", "zone")}
        for place, one in enumerate(found)
    ]
    async with database.work() as session:
        copies, mirrors = Copies(session, person_id), Mirrors(session, person_id)
        for gone_one in await copies.keep_calendars(rows):
            await mirrors.drop("calendar", gone_one)
        return [one for row in await Days(session, person_id).listed() if (one := info(row)).shown]


class _Sync:
    """One calendar."""

    def __init__(
        self, database: Database, person_id: str, google: GoogleCalendar, home: Home, clock: Clock, told: Callable[[int], None]
    ) -> None:  # fmt: skip
        self._database, self._person_id, self._google = database, person_id, google
        self._home, self._clock, self._told = home, clock, told

    async def run(self) -> None:
        """To the end, from wherever an earlier run was stopped."""
        await self._in_zone()
        while True:
            async with self._database.look() as session:
                cursor, page = await self._place(Mirrors(session, self._person_id))
                since = await Copies(session, self._person_id).writes(self._home.id)
            try:
                answer = await self._google.calls.page(self._home.id, **_query(cursor, page))
            except CursorGone:
                await self._start_over()
                continue
            except Invalid:
                if page is None:
                    raise
                await self._start_over(keep_cursor=cursor)  # Google no longer knows that page
                continue
            if await self._keep(answer, since, full=cursor is None):
                return

    async def _in_zone(self) -> None:
        """Where the person has moved, days begin at another moment, and occurrences of all-day series have other names."""
        zone = self._home.zone.key
        last: str | None = ""
        async with self._database.look() as session:
            if await Copies(session, self._person_id).made_in(self._home.id) == zone:
                return
        while last is not None:
            async with self._database.work() as session:
                copies = Copies(session, self._person_id)
                if (last := await moved(copies, self._home, last, PAGE)) is None:
                    await copies.now_in(self._home.id, zone)

    async def _place(self, mirrors: Mirrors) -> tuple[str | None, str | None]:
        found = [one for one in await mirrors.all("calendar") if one.part == self._home.id]
        return (found[0].cursor, found[0].page) if found else (None, None)

    async def _start_over(self, keep_cursor: str | None = None) -> None:
        async with self._database.work() as session:
            mirror = await Mirrors(session, self._person_id).of("calendar", self._home.id)
            mirror.cursor, mirror.page, mirror.round = keep_cursor, None, mirror.round + 1

    async def _keep(self, answer: Raw, since: int, *, full: bool) -> bool:
        """One page and the place where it ends, together; whether it was the last. `since`: our writes when it was asked for."""
        raws, following = answer.get("items", []), answer.get("nextPageToken")
        async with self._database.work() as session:
            mirrors, copies = Mirrors(session, self._person_id), Copies(session, self._person_id)
            mirror = await mirrors.of("calendar", self._home.id)
            await absorb(copies, self._home, raws, mirror.round, since)
            mirror.page = following
            if following is None:
                if full:
                    await copies.sweep(self._home.id, mirror.round)
                mirror.cursor = answer.get("nextSyncToken")
                mirror.round += 0 if mirror.cursor else 1
                await mirrors.worked(mirror, self._clock())
        self._told(len(raws))
        return following is None


def _query(cursor: str | None, page: str | None) -> dict[str, Any]:
    """The same every time, as Google wants it; masters, not their occurrences."""
    query: dict[str, Any] = {"singleEvents": False, "maxResults": PAGE}
    return query | ({"syncToken": cursor} if cursor else {}) | ({"pageToken": page} if page else {})


async def settle_intents(database: Database, person_id: str, google: GoogleCalendar, clock: Clock) -> None:
    """Send what waits, in its order, and find out what became of what was left behind. Raises `Unavailable`."""
    async with database.look() as session:
        waiting = [one.key for one in await Intents(session, person_id).open("calendar")]
    for key in waiting:
        async with database.work() as session:
            intents = Intents(session, person_id)
            intent = await intents.by_key(key)
            if intent is None or not await _taken(intents, intent, clock):
                continue
        await _settle(database, person_id, google, clock, intent)


async def _taken(intents: Intents, intent: Intent, clock: Clock) -> bool:
    """Whether it is ours to settle: what somebody is just asking Google isn't."""
    if intent.state == "queued":
        return await intents.again(intent.key, clock())
    told = bool(intent.say)  # its process has noted that the answer was lost, and waits no longer
    old = (clock() - (intent.tried_at or intent.at)).total_seconds() > STALE
    return intent.state == "sent" and (told or old)


async def _settle(database: Database, person_id: str, google: GoogleCalendar, clock: Clock, intent: Intent) -> None:
    plan, before = Plan.of(intent.arguments["plan"]), intent.arguments["before"]
    keeper = google.again(intent.key)
    home = await keeper.home_of(intent.arguments["home"])
    try:
        came = await keeper.read_back(home, await keeper.run(home, plan, before))
    except Unavailable as error:
        async with database.work() as session:
            await Intents(session, person_id).settle(intent.key, "queued", say=error.say)
        raise
    except ChronusError as error:
        await _failed(database, person_id, keeper, home, plan, before, intent, clock, error)
        return
    async with database.work() as session:
        copies, mirrors = Copies(session, person_id), Mirrors(session, person_id)
        turn = (await mirrors.of("calendar", home.id)).round
        await settle(copies, home, came.touched, intent.key, turn)
        await Intents(session, person_id).settle(intent.key, "done", result=as_json(came))
        event = came.written.event
        say = f"Google is back: {_named(event)}, {_now(plan.act)}."
        await Notices(session, person_id).add(f"intent:{intent.key}", say, clock())
        changes = Changes(session, person_id)
        await _into_ledger(changes, intent, clock, event, came.written.inverse, say)
        if undone := intent.arguments["about"].get("undoes"):
            await changes.mark_undone(undone, clock())


async def _failed(
    database: Database, person_id: str, keeper: GoogleCalendar, home: Home, plan: Plan, before: dict[str, Any],
    intent: Intent, clock: Clock, error: ChronusError,
) -> None:  # fmt: skip
    """Google doesn't take it: the copy is what Google has, and the person hears why."""
    there: dict[str, Raw | None] = dict(before)
    for step in plan.steps:
        try:
            there[step.id] = await keeper.calls.get(home.id, step.id)
        except NotFound:
            there[step.id] = None
    async with database.work() as session:
        copies = Copies(session, person_id)
        now = {name: raw for name, raw in there.items() if raw is not None and not gone(raw)}
        await restore(copies, home, [step.id for step in plan.steps], now, 0)
        await copies.settle(intent.key)
        await Intents(session, person_id).settle(intent.key, "failed", say=error.say)
        if undone := intent.arguments["about"].get("undoes"):
            await Changes(session, person_id).mark_standing(undone)
        say = f"Google didn't take what I had noted for your calendar. {error.say}"
        await Notices(session, person_id).add(f"intent:{intent.key}", say, clock())


async def _into_ledger(
    changes: Changes, intent: Intent, clock: Clock, event: Event, inverse: dict[str, Any], say: str
) -> None:
    """What was done stands in the ledger, also when its process ended before it could say so."""
    about = intent.arguments["about"]
    key = intent.key.partition("#")[0]
    if intent.act == "revert" or await changes.by_key(key) is not None or about.get("unledgered"):
        return
    if any(one.inverse and one.inverse.get("intent") == intent.key for one in await changes.latest(50)):
        return
    await changes.add(
        at=clock(), tool=about.get("tool", TOOLS[intent.act]), effect="outbound" if event.guests else "private", say=say,
        keeper="calendar", arguments=about.get("arguments", {}), receipt=replace(event, pending=False).as_json(),
        inverse=inverse, words=about.get("words", ""), key=key,
    )  # fmt: skip


def _named(event: Event) -> str:
    return f"{event.title}, {event.starts:%A}{'' if event.all_day else f' at {event.starts:%H:%M}'}"


def _now(act: str) -> str:
    return {"add": "is on your calendar", "cancel": "is off your calendar", "revert": "is as it was"}.get(
        act, "is changed"
    )
