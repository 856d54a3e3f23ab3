"""Several who look at the clock, as real processes that are frozen, woken and killed."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from integrations.store.database import open_database
from integrations.store.leaders import LEASE as LEASE_IN_USE
from integrations.store.owed import Debt
from integrations.store.people import People
from integrations.store.reminders import Reminders
from jobs.timetable import Hours
from tests.clockwork import BEGAN, TABLE
from tests.conftest import Place, Places, missing

ROOT = Path(__file__).parents[2]
DAY = 8.0
"""Seconds of this machine that make one of the schedulers' days."""
FACTOR = 86_400 / DAY
TICK, LEASE = 0.03, 0.6
PEOPLE = 40
PATIENCE = 150


@dataclass(frozen=True)
class Led:
    """A tick of somebody who led, by the scheduler's clock."""

    name: str
    before: float
    after: float


@dataclass
class Leaders:
    """Several schedulers on one database."""

    place: Place
    notes: Path
    factor: float = FACTOR
    tick: float = TICK
    lease: float = LEASE
    alive: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    begun: int = 0
    failovers: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("led", "ticks", "told"):
            (self.notes / name).touch()
        (self.notes / "began").write_text(str(time.monotonic()))

    def start(self, **environment: str) -> None:
        self.begun += 1
        name = f"number-{self.begun}"
        numbers = map(str, (self.factor, self.tick, self.lease))
        command = [
            "-m",
            "tests.clockwork",
            name,
            str(self.place.data),
            self.place.url or "-",
            str(self.notes),
            *numbers,
        ]
        surroundings = os.environ | {"PYTHONPATH": str(ROOT)} | environment
        self.alive[name] = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=surroundings)

    def led(self) -> list[Led]:
        lines = (self.notes / "led").read_text().split("\n")[:-1]
        return [Led(name, float(before), float(after)) for name, before, after in map(str.split, lines)]

    def leader(self) -> str:
        """Who led last."""
        return self.led()[-1].name

    def told(self) -> Counter[str]:
        """How often workers were told of each row."""
        return Counter((self.notes / "told").read_text().split())

    def ticks(self) -> int:
        return (self.notes / "ticks").stat().st_size

    async def until(self, condition: Callable[[], bool]) -> None:
        asked = time.monotonic()
        while not condition():
            assert time.monotonic() - asked < PATIENCE, "it never came to that"
            await asyncio.sleep(0.01)

    async def another(self, name: str) -> None:
        """Until somebody else leads."""
        last = self.led()[-1]
        await self.until(lambda: self.leader() != name)
        first = next(led for led in reversed(self.led()) if led.name != name)
        self.failovers.append((first.after - last.after) / (self.factor or 1))

    async def freeze(self) -> None:
        """The leader stops past its lease, another takes over, it wakes."""
        name = self.leader()
        self.alive[name].send_signal(signal.SIGSTOP)
        try:
            await self.another(name)
        finally:
            self.alive[name].send_signal(signal.SIGCONT)

    async def kill(self) -> None:
        """The leader dies, and another is started in its place."""
        name = self.leader()
        dead = self.alive.pop(name)
        dead.kill()
        dead.wait()
        self.start()
        await self.another(name)

    def stop(self) -> None:
        for process in self.alive.values():
            process.kill()
            process.wait()


async def people(place: Place, since: datetime) -> list[Hours]:
    """Many, who live by Greenwich."""
    async with open_database(place.url, place.data) as database, database.work() as session:
        ids = [(await People(session).add(zone="UTC", now=since)).id for _ in range(PEOPLE)]
    return [Hours(person_id=one, zone=ZoneInfo("UTC"), since=since) for one in ids]


async def owed(place: Place) -> Counter[tuple[str, str]]:
    """How many rows there are of each person and slot."""
    async with open_database(place.url, place.data) as database, database.look() as session:
        return Counter((row.person_id, row.slot) for row in await session.scalars(select(Debt)))


def promised(somebody: Hours, led: Sequence[Led]) -> Iterator[tuple[str, str]]:
    """Slots after whose beginning, and before the next one's, somebody looked at the clock and led."""
    slot = TABLE[0].next(somebody, BEGAN)
    while slot and (following := TABLE[0].next(somebody, slot.begins)):
        begins, ends = slot.begins.timestamp(), following.begins.timestamp()
        if begins > led[-1].before:
            return
        if any(begins <= one.before and one.after < ends for one in led):
            yield somebody.person_id, slot.name
        slot = following


async def proof(place: Place, notes: Path, *, ticks: int, dice: random.Random) -> None:
    """Freeze or kill the leader again and again; then nothing is missing and nobody was told twice."""
    everybody = await people(place, BEGAN - timedelta(days=9))
    leaders = Leaders(place, notes)
    try:
        for _ in range(3):
            leaders.start()
        await leaders.until(lambda: bool(leaders.led()))
        enough = (BEGAN + timedelta(days=1.5)).timestamp()
        while leaders.ticks() < ticks or leaders.led()[-1].before < enough:
            await asyncio.sleep(dice.uniform(0.3, 1.5))
            # a process that is frozen in a transaction keeps the one file of SQLite to itself
            frozen = dice.random() < 0.6 and place.url is not None
            await (leaders.freeze() if frozen else leaders.kill())
    finally:
        leaders.stop()
    due = {one for somebody in everybody for one in promised(somebody, leaders.led())}
    found, told = await owed(place), leaders.told()
    print(f"\n{leaders.ticks()} ticks, {len(leaders.failovers)} failovers, {len(due)} slots due, {len(found)} rows")  # noqa: T201
    assert due
    assert due <= found.keys()
    assert set(found.values()) == set(told.values()) == {1}


async def test_leaders_that_freeze_and_die_leave_nothing_out_and_do_nothing_twice(place: Place, tmp_path: Path) -> None:
    """Three of them, for a few hundred ticks: every slot of everybody's is owed, and workers are told of each once."""
    await proof(place, tmp_path, ticks=250, dice=random.Random(4))


@pytest.mark.slow
async def test_in_thousands_of_ticks_nothing_is_left_out_and_nothing_done_twice(place: Place, tmp_path: Path) -> None:
    """The same for ten times as long."""
    await proof(place, tmp_path, ticks=4000, dice=random.Random(2026))


@pytest.mark.slow
async def test_another_leads_within_thirty_five_seconds(place: Place, tmp_path: Path) -> None:
    """With the lease and the second that we run with, by the clock: the leader dies five times."""
    leaders = Leaders(place, tmp_path, factor=0, tick=1, lease=LEASE_IN_USE.total_seconds())
    try:
        leaders.start()
        leaders.start()
        await leaders.until(lambda: bool(leaders.led()))
        for _ in range(5):
            await asyncio.sleep(3)
            await leaders.kill()
    finally:
        leaders.stop()

    print(f"\nfailovers: {[round(one, 1) for one in leaders.failovers]} s")  # noqa: T201
    assert max(leaders.failovers) <= 35


async def test_a_clock_that_jumps_two_hours_on_and_back_doubles_nothing(places: Places, tmp_path: Path) -> None:
    """A real process whose system clock is put while it runs: whoever's hour was passed over is owed it, once."""
    library = next(iter(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)
    if library is None:
        missing("libfaketime is not installed (make test does it where it can)")
    shift = tmp_path / "shift"
    async with places("sqlite") as place:
        now = datetime.now(UTC)
        everybody = await people(place, now - timedelta(days=1))
        leaders = Leaders(place, tmp_path, factor=0, tick=0.05)
        shift.write_text("+0")
        try:
            leaders.start(
                LD_PRELOAD=str(library), FAKETIME_TIMESTAMP_FILE=str(shift), FAKETIME_NO_CACHE="1",
                FAKETIME_DONT_FAKE_MONOTONIC="1",
            )  # fmt: skip
            await leaders.until(lambda: bool(leaders.led()))
            for hours in (2, 0, -2, 0, 2, 0):
                shift.write_text(f"{hours:+d}h")
                there = (now + timedelta(hours=hours)).timestamp()
                await leaders.until(lambda there=there: abs(leaders.led()[-1].before - there) < PATIENCE)  # type: ignore[misc]
        finally:
            leaders.stop()
        due = {
            (one.person_id, slot.name) for one in everybody if (slot := TABLE[0].last(one, now + timedelta(hours=2)))
        }
        found, told = await owed(place), leaders.told()

    assert due <= found.keys()
    assert set(found.values()) == set(told.values()) == {1}


@pytest.mark.slow
async def test_a_thousand_reminders_a_minute_are_owed_within_five_seconds(place: Place, tmp_path: Path) -> None:
    """Of a thousand people, each at another moment of a minute, while the scheduler ticks once a second."""
    leaders = Leaders(place, tmp_path, factor=0, tick=1, lease=LEASE_IN_USE.total_seconds())
    begins = datetime.now(UTC) + timedelta(seconds=10)
    due: dict[str, datetime] = {}
    async with open_database(place.url, place.data) as database:
        async with database.work() as session:
            for number in range(1000):
                person = await People(session).add(zone="UTC", now=begins)
                reminder = await Reminders(session, person.id).add("tea", begins + timedelta(minutes=1) * number / 1000)
                due[reminder.id] = reminder.due
        try:
            leaders.start()
            await leaders.until(lambda: leaders.told().total() == 1000)
        finally:
            leaders.stop()
        async with database.look() as session:
            rows = (await session.scalars(select(Debt).where(Debt.job == "reminders.ring"))).all()

    late = sorted((row.due - due[one]).total_seconds() for row in rows for one in row.arguments["ids"])
    print(f"\n{len(late)} reminders: owed p50 {late[500]:.2f} s, p99 {late[990]:.2f} s, longest {late[-1]:.2f} s late")  # noqa: T201
    assert len(late) == 1000
    assert late[990] <= 5
