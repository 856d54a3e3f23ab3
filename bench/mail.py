"""How long the copy of a mailbox of 5,000 mails takes to answer: `python -m bench.mail`."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from integrations.email.gmail import Gmail
from integrations.email.google import GoogleMail
from integrations.email.mirror import MirrorMail
from integrations.google.client import GoogleApi
from integrations.store.database import Database, open_database
from integrations.store.mail_copies import MailCopies
from integrations.store.migrations import migrate
from integrations.store.mirrors import Mirrors
from integrations.store.people import People

MAILS = 5000
ROUNDS = 50
NOW = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)


class Nobody:
    """No account: the copy answers alone."""

    async def access(self) -> str:
        """Never asked."""
        return ""

    async def renew(self, stale: str) -> str:  # noqa: ARG002, the port's
        """Never asked."""
        return ""


async def main() -> None:
    """Milliseconds of wall-clock and of processor time, each asked in a transaction of its own."""
    with tempfile.TemporaryDirectory() as folder:
        await migrate(None, Path(folder))
        async with open_database(None, Path(folder)) as database:
            person = await filled(database)
            with ThreadPoolExecutor(1) as threads:
                api = GoogleApi("gmail", "v1", Nobody(), threads=threads, endpoint="http://127.0.0.1:9")
                google = GoogleMail(Gmail(api, address="robin@example.com"), "Europe/Berlin", lambda: NOW, "key")
                await measured(database, person, google)


async def measured(database: Database, person: str, google: GoogleMail) -> None:
    """Print how long each takes."""
    asks: dict[str, Callable[[MirrorMail], Awaitable[object]]] = {
        "in:inbox is:unread, first 20": lambda mail: mail.search("in:inbox is:unread", first=20),
        "in:inbox, first 50": lambda mail: mail.search("in:inbox", first=50),
        "one mail": lambda mail: mail.get("0000000000000010"),
        "from:n7, all 5,000 looked through": lambda mail: mail.search("from:n7", first=50),
        "zebra, every text opened, Gmail away": lambda mail: mail.search("zebra", first=50),
        "contacts": MirrorMail.contacts,
    }
    for name, ask in asks.items():
        took, worked = [], []
        for _ in range(ROUNDS):
            began, busy = time.perf_counter(), time.process_time()
            async with database.look() as session:
                await ask(MirrorMail(session, person, google, lambda: NOW, "key"))
            took.append((time.perf_counter() - began) * 1000)
            worked.append((time.process_time() - busy) * 1000)
        took.sort()
        p95, busy = took[int(ROUNDS * 0.95)], statistics.median(worked)
        print(
            f"{name}: p50 {statistics.median(took):.1f} ms, p95 {p95:.1f}, of the processor {busy:.1f} (n = {ROUNDS})"
        )


async def filled(database: Database) -> str:
    """A person with a copy of many mails."""
    async with database.work() as session:
        person = await People(session).add(zone="Europe/Berlin", now=NOW, name="Robin")
        mirrors = Mirrors(session, person.id)
        await mirrors.worked(await mirrors.of("mail"), NOW)
        await MailCopies(session, person.id).add_all([_row(number) for number in range(MAILS)])
    return person.id


def _row(number: int) -> dict[str, object]:
    name = f"{number:016x}"
    return {
        "name": name, "gmail_id": name, "thread": name, "labels": ["INBOX"], "box": "inbox", "unread": number % 50 == 0,
        "important": number % 9 == 0, "bulk": False, "read_here": False, "from_name": f"Nr {number % 300}",
        "from_address": f"n{number % 300}@example.org", "to": "robin@example.com", "subject": f"Subject {number}",
        "snippet": "words " * 30, "body": "words " * 200, "at": NOW - timedelta(minutes=number),
    }  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main())
