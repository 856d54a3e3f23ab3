"""The one who looks at the clock: of many processes one leads, and owes people what their hours say."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from integrations.clock import Clock
from integrations.queue.nudges import Nudges
from integrations.store.database import Database, Session
from integrations.store.due_reminders import due_reminders, ringing_is_owed
from integrations.store.leaders import LEASE, Leaders, Sign
from integrations.store.people import People, Person
from integrations.store.slots import Slots, Wanted
from jobs.plan import Call, Plan
from jobs.timetable import TIMETABLE, Entry, Hours

log = logging.getLogger(__name__)

NAME = "timetable"
SIGN = 4.0
"""Seconds between two signs of life where there is nothing to write."""
SIGN_ALONE = 20.0
"""The same where nobody waits to take over, and only /health/ready wants to know."""
PEOPLE = 30.0
"""Seconds between two looks at what hours people keep."""
JUMP = 2.0
"""Seconds by which a clock may differ from itself before we say that it was put."""
AT_ONCE = 1000
"""Slots looked at, and reminders owed, in one tick: no transaction is a long one."""


class Superseded(Exception):
    """Somebody else leads: nothing of this transaction counts."""


class Scheduler:
    """Call `tick` about once a second, in as many processes as you like.

    Who leads is settled without comparing clocks: a leader is dead when its row has not changed for a lease, by the watch of the
    one who waits. What a leader writes stands in the same transaction as the proof that it still leads.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        nudges: Nudges,
        holder: str,
        *,
        alone: bool = False,
        table: Iterable[Entry] = TIMETABLE,
        lease: timedelta = LEASE,
        watch: Callable[[], float] = time.monotonic,
    ) -> None:
        """`alone`: nobody else can be alive, so there is nobody to wait for."""
        self._database, self._clock, self._nudges, self._holder = database, clock, nudges, holder
        self._alone, self._lease, self._watch = alone, lease.total_seconds(), watch
        self._plan = Plan(table)
        self._calls: list[Call] = []
        self._token: int | None = None
        self._seen: tuple[Sign, float] | None = None
        self._signed = self._read = 0.0
        self._ahead: float | None = None

    @property
    def leads(self) -> bool:
        """Whether it did at its last tick."""
        return self._token is not None

    async def tick(self) -> bool:
        """Do what is to be done now; whether we lead. Raises `Unavailable`; then the next tick does it."""
        if self._token is None and not await self._lead():
            return False
        await self._look_at_people()
        now = self._clock()
        self._calls += self._plan.due(now, AT_ONCE - len(self._calls))
        async with self._database.look() as session:
            ringing = await due_reminders(session, now, AT_ONCE)
        silent = self._watch() - self._signed >= (SIGN_ALONE if self._alone else SIGN)
        if not (self._calls or ringing or silent):
            return True
        try:
            owed = await self._write(now, ringing)
        except Superseded:
            log.warning("somebody else looks at the clock now")
            self._step_back()
            return False
        await self._nudges.send(owed)
        return True

    async def leave(self) -> None:
        """Let somebody else lead at once. Raises `Unavailable`; then they wait for the lease."""
        if self._token is not None:
            async with self._database.work() as session:
                await Leaders(session, NAME).leave(self._token)
            self._step_back()

    async def _lead(self) -> bool:
        async with self._database.look() as session:
            sign = await Leaders(session, NAME).sign()
        if self._seen is None or self._seen[0] != sign:
            self._seen = sign, self._watch()
        if not (sign.gone or self._alone or self._watch() - self._seen[1] >= self._lease):
            return False
        async with self._database.work() as session:
            self._token = await Leaders(session, NAME).take(self._holder, self._clock(), sign)
        if self.leads:
            self._signed = self._watch()
            log.info("%s looks at the clock", self._holder)
        return self.leads

    async def _look_at_people(self) -> None:
        """From time to time, and whenever the clock was put on or back."""
        ahead = self._clock().timestamp() - self._watch()
        if self._ahead is None or abs(ahead - self._ahead) > JUMP:
            self._plan.forget()
        elif self._watch() - self._read < PEOPLE:
            return
        async with self._database.look() as session:
            people = await People(session).all()
        self._plan.know(filter(None, map(hours_of, people)), self._clock())
        self._ahead, self._read = ahead, self._watch()

    async def _write(self, now: datetime, ringing: dict[str, list[str]]) -> list[tuple[str, str]]:
        async with self._database.work() as session:
            if self._token is None or not await Leaders(session, NAME).hold(self._token, now):
                raise Superseded
            owed = await Slots(session).owe([_wanted(call) for call in self._calls], now)
            owed += await self._ring(session, ringing, now) if ringing else []
        self._signed = self._watch()
        self._calls.clear()
        return owed

    async def _ring(self, session: Session, ringing: dict[str, list[str]], now: datetime) -> Sequence[tuple[str, str]]:
        await ringing_is_owed(session, [one for ids in ringing.values() for one in ids])
        wanted = [
            Wanted(job="reminders.ring", person_id=person_id, slot=f"{now.isoformat()} {ids[0]}", due=now, arguments={"ids": ids})
            for person_id, ids in ringing.items()
        ]  # fmt: skip
        return await Slots(session).owe(wanted, now)

    def _step_back(self) -> None:
        self._token = self._seen = self._ahead = None
        self._calls.clear()
        self._plan.forget()


def _wanted(call: Call) -> Wanted:
    slot = call.slot
    missed = (
        "I wasn't running when it was time for this, and then it was too late to be of use." if call.too_late else ""
    )
    return Wanted(
        job=call.entry.job, person_id=call.person_id, slot=slot.name, due=slot.begins,
        arguments={"wanted": slot.wanted.isoformat()}, missed=missed,
    )  # fmt: skip


def hours_of(person: Person) -> Hours | None:
    """The hours someone keeps; None where they make no sense, so that one person's keep nobody else waiting."""
    try:
        return Hours(
            person_id=person.id,
            zone=ZoneInfo(person.zone),
            since=person.created_at,
            owner=person.owner,
            digest_at=_clock(person.digest_at),
            briefing_at=_clock(person.briefing_at),
            work_starts=_clock(person.work_starts),
            work_ends=_clock(person.work_ends),
            work_days=frozenset(int(day) for day in person.work_days.split(",") if day),
        )
    except (ValueError, ZoneInfoNotFoundError) as error:
        log.warning("someone's hours make no sense: %s", type(error).__name__)
        return None


def _clock(words: str) -> timedelta:
    hours, minutes = words.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))
