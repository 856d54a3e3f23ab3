"""How late reminders ring when a thousand people have one at the same moment: `python -m bench.ringing [--people 1000] [--postgres]`.

A job for each person, as the ledger owes them. Counted from the moment all are due until each has rung, is kept as a notification and was called out; who finds out that they
are due, and asks, is not part of it. `--spread 60` makes them due one after the other over a minute instead.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from agent.opening import open_services
from agent.ringing import ring
from agent.services import Services
from integrations.settings import Settings
from integrations.store.migrations import migrate
from integrations.store.people import People, Person
from integrations.store.reminders import Reminders
from tests import servers

AT_ONCE = 16
"""As many as one worker has under way."""


async def main() -> None:
    """Print n and the lateness in seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--spread", type=float, default=0.0)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    async with AsyncExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        more = {}
        if given.postgres:
            more = {"database": {"url": stack.enter_context(servers.postgres(haste=False)).url()}}
            more |= {"redis": {"url": stack.enter_context(servers.redis()).url()}}
        await migrate(more["database"]["url"] if more else None, data)
        settings = Settings(_env_file=None, data=data, weights=data / "none", **more)  # type: ignore[arg-type]
        services = await stack.enter_async_context(open_services(settings, speech=False))
        people = await _people(services, given.people)
        late = await _rung(services, people, given.spread)
    cuts = statistics.quantiles(late, n=100)
    kind = "PostgreSQL and Redis" if given.postgres else "SQLite"
    print(
        f"{kind}: n={len(late)} over {given.spread:.0f} s: p50 {cuts[49]:.2f} s, p99 {cuts[98]:.2f} s, last {max(late):.2f} s late"
    )


async def _people(services: Services, count: int) -> list[Person]:
    past = services.clock() - timedelta(seconds=1)
    async with services.database.work() as session:
        people = [await People(session).add(zone="Europe/Berlin", now=past, name=f"P{n}") for n in range(count)]
        for person in people:
            await Reminders(session, person.id).add("Take the pills", past)
    return people


async def _rung(services: Services, people: list[Person], spread: float) -> list[float]:
    room, began = asyncio.Semaphore(AT_ONCE), time.perf_counter()

    async def one(number: int, person: Person) -> float:
        due = number * spread / len(people)
        await asyncio.sleep(max(0.0, began + due - time.perf_counter()))
        async with room:
            assert await ring(services, person) == "1 rang."
        return time.perf_counter() - began - due

    return list(await asyncio.gather(*(one(*each) for each in enumerate(people))))


if __name__ == "__main__":
    asyncio.run(main())
