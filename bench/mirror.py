"""Reading a day: from the copy of 10,000 events in the database, and live from the emulated Google beside it.

`python -m bench.mirror [--events 10000] [--days 400] [--live 40] [--every 200]`
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from integrations.calendar.mirror import MirrorCalendar
from integrations.calendar.sync import sync
from integrations.store.database import open_database
from integrations.store.migrations import migrate
from integrations.store.people import People
from tests.emulators.google.calendar import ME, CalendarState, Writing
from tests.emulators.google.calendar_side import BERLIN, NOW, calendar_side

DAY = timedelta(days=1)
FIRST = datetime(2024, 1, 1, tzinfo=BERLIN)
RULES = (
    "FREQ=DAILY;COUNT=20", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=WEEKLY;INTERVAL=2", "FREQ=WEEKLY;COUNT=30",
    "FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=1MO", "FREQ=YEARLY", "FREQ=DAILY", "FREQ=MONTHLY;BYMONTHDAY=-1",
)  # fmt: skip


def fill(state: CalendarState, events: int, dice: random.Random, every: int = 200) -> None:
    """Three years: one in `every` repeats (three in five of those without end), with an exception each; the rest happen once."""
    book, writing = state.book(ME), Writing(state)
    for number in range(events):
        starts = FIRST + dice.randrange(3 * 365) * DAY + dice.randrange(7, 20) * timedelta(hours=1)
        times: dict[str, Any] = {
            name: {"dateTime": at.isoformat(), "timeZone": "Europe/Berlin"}
            for name, at in (("start", starts), ("end", starts + timedelta(minutes=45)))
        }
        text = {"summary": f"Event {number}", "description": "Bring the papers. " * 12, "location": "Room 3"}
        if number % every:
            state.put(id=f"s{number:06}", **text, **times)
            continue
        series = state.put(
            id=f"r{number:06}", recurrence=[f"RRULE:{RULES[number // every % len(RULES)]}"], **text, **times
        )
        second = next(one for place, one in enumerate(state.instances(book, series)) if place == 1)
        writing.patch(book, second["id"], {"summary": "Moved"}, {}, None)


async def timed(read: Callable[[datetime], Awaitable[list[Any]]], days: list[datetime]) -> list[tuple[float, float]]:
    """Milliseconds by the clock and of this process, a day each."""
    taken = []
    for day in days:
        began, spent = time.perf_counter(), time.process_time()
        await read(day)
        taken.append(((time.perf_counter() - began) * 1000, (time.process_time() - spent) * 1000))
    return taken


def row(name: str, taken: list[tuple[float, float]]) -> str:
    """One line of the table."""
    cut, cpu = (statistics.quantiles(column, n=20) for column in zip(*taken, strict=True))
    return f"{name:<28} n={len(taken):<4} p50 {cut[9]:7.2f} ms   p95 {cut[18]:7.2f} ms     cpu p50 {cpu[9]:6.2f} p95 {cpu[18]:6.2f}"


async def main(events: int, days: int, live: int, every: int) -> None:
    """Fill, copy, read."""
    dice = random.Random(5)
    asked = [FIRST + dice.randrange(3 * 365) * DAY for _ in range(days)]
    with tempfile.TemporaryDirectory() as folder:
        await migrate(None, Path(folder))
        async with open_database(None, Path(folder)) as database, calendar_side() as side:
            fill(side.state, events, dice, every)
            async with database.work() as session:
                owner = await People(session).owner("Europe/Berlin", NOW)
            began = time.perf_counter()
            await sync(database, owner.id, side.keeper(), lambda: NOW)
            print(f"full sync of {events} events: {time.perf_counter() - began:.1f} s, emulator included")
            began = time.perf_counter()
            await sync(database, owner.id, side.keeper(), lambda: NOW)
            print(f"incremental sync of nothing: {(time.perf_counter() - began) * 1000:.0f} ms")
            keeper = side.keeper()

            async def copied(day: datetime) -> list[Any]:
                async with database.look() as session:
                    mirror = MirrorCalendar(session, owner.id, side.keeper(), lambda: NOW, "bench")
                    return await mirror.between(day, day + DAY)

            async def asked_live(day: datetime) -> list[Any]:
                return await keeper.between(day, day + DAY)

            found = [await copied(day) for day in asked[:20]]
            print(f"{sum(map(len, found)) / 20:.1f} events a day")
            print(row("a day from the copy, first", await timed(copied, asked)))
            print(row("the same days again", await timed(copied, asked)))
            week = [NOW.astimezone(BERLIN).replace(hour=0, minute=0) + number % 7 * DAY for number in range(days)]
            print(row("this week's days", await timed(copied, week)))
            async with database.look() as session:  # as an answer does it: its transaction is open already
                mirror = MirrorCalendar(session, owner.id, side.keeper(), lambda: NOW, "bench")
                print(row("in a transaction under way", await timed(lambda day: mirror.between(day, day + DAY), asked)))
            print(row("a day live, emulator", await timed(asked_live, asked[:live])))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=400)
    parser.add_argument("--live", type=int, default=40)
    parser.add_argument("--every", type=int, default=200, help="one in so many repeats")
    asyncio.run(main(**vars(parser.parse_args())))
