"""Everybody's morning at once: `python -m bench.mornings [--people 1000] [--slow 0]`.

The scaled-out shape on this machine: PostgreSQL, Redis, one worker of two processes, beat. Everyone has the sample day (events with a
conflict, tasks, twelve mails) and is owed a digest and a briefing at the same moment; counted until the last of them is written, with
the built-in rules. `--slow`: so many more people have a Google that takes connections and never answers.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import select

from agent.opening import open_services
from agent.services import Services
from integrations.google.scopes import FEATURES, asked_for
from integrations.settings import DatabaseSettings, GoogleSettings, RedisSettings, Settings
from integrations.store import demo
from integrations.store.google_accounts import GoogleAccounts, Grant
from integrations.store.owed import Debt
from integrations.store.people import People, Person
from integrations.store.slots import Slots, Wanted
from tests.cluster import Cluster, cluster
from tests.servers import free_port

JOBS = ("email.digest", "briefing.write")
ZONE = "Europe/Berlin"


@asynccontextmanager
async def silent_google() -> AsyncIterator[dict[str, str]]:
    """The settings of a Google that takes connections and never answers."""
    port = free_port()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()  # until they hang up
        writer.close()

    async with await asyncio.start_server(hang, "127.0.0.1", port):
        at = f"http://127.0.0.1:{port}"
        yield {
            "GOOGLE__CLIENT_ID": "bench", "GOOGLE__CLIENT_SECRET": "bench", "GOOGLE__TOKEN_URI": f"{at}/token",
            "GOOGLE__CALENDAR_ENDPOINT": f"{at}/calendar/v3/", "GOOGLE__TASKS_ENDPOINT": at, "GOOGLE__GMAIL_ENDPOINT": at,
        }  # fmt: skip


def settings_of(running: Cluster) -> Settings:
    """Those of the processes, for one more."""
    given = running.settings
    return Settings(
        _env_file=None,
        data=running.home / "bench",
        weights=Path("none"),
        secret_key=SecretStr(given["CHRONUS_SECRET_KEY"]),
        database=DatabaseSettings(url=SecretStr(given["CHRONUS_DATABASE__URL"])),
        redis=RedisSettings(url=SecretStr(given["CHRONUS_REDIS__URL"])),
        google=GoogleSettings(client_id="bench"),
    )


async def settle_in(services: Services, count: int, name: str) -> list[Person]:
    """So many people with a day each."""
    now, people = datetime.now(UTC), []
    for _ in range(count):
        async with services.database.work() as session:
            person = await People(session).add(zone=ZONE, now=now, name=name)
            await demo.load(session, person, services.now(person))
            people.append(person)
    return people


async def connect(services: Services, people: Sequence[Person]) -> None:
    """To a Google that won't answer; as far as we know everything is granted."""
    until = datetime.now(UTC) + timedelta(hours=1)
    grant = Grant(scopes=asked_for(FEATURES), access="slow", access_until=until, refresh="slow")
    for person in people:
        async with services.database.work() as session:
            accounts = GoogleAccounts(session, services.google.ring)
            await accounts.connect(person.id, sub=person.id, email=f"{person.id}@example.com", grant=grant, now=until)


async def mornings(services: Services, people: Sequence[Person], slow: Sequence[Person]) -> None:
    """Owe them all at once, wait for the last, and print how long each took."""
    now = datetime.now(UTC)
    slot = services.now(people[0]).date().isoformat()
    wanted = [Wanted(job=job, person_id=one.id, slot=slot, due=now) for job in JOBS for one in (*slow, *people)]
    async with services.database.work() as session:
        await Slots(session).owe(wanted, now)
    mine, began = {one.id for one in people}, time.perf_counter()
    while True:
        async with services.database.look() as session:
            found = await session.scalars(select(Debt).where(Debt.job.in_(JOBS), Debt.person_id.in_(mine)))
            rows = [row for row in found if row.slot == slot]
        if all(row.done_at for row in rows):
            break
        await asyncio.sleep(1)
    took = sorted((row.done_at - now).total_seconds() for row in rows if row.done_at)
    cuts = statistics.quantiles(took, n=100)
    bad = sum(row.state != "done" for row in rows)
    print(
        f"{len(people)} people and {len(slow)} with a silent Google: {len(rows)} jobs, {bad} not done; all after "
        f"{time.perf_counter() - began:.0f} s, p50 {cuts[49]:.0f} s, p95 {cuts[94]:.0f} s, last {took[-1]:.0f} s"
    )


async def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--slow", type=int, default=0)
    given = parser.parse_args()
    async with silent_google() as google:
        opened = cluster(google)
        running = await asyncio.to_thread(opened.__enter__)
        try:
            async with open_services(settings_of(running), speech=False) as services:
                people = await settle_in(services, given.people, "Robin")
                slow = await settle_in(services, given.slow, "Slow")
                await connect(services, slow)
                await mornings(services, people, slow)
        finally:
            await asyncio.to_thread(opened.__exit__, None, None, None)


if __name__ == "__main__":
    asyncio.run(main())
