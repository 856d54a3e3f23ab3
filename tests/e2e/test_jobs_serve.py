"""`chronus serve` does what is owed, and shows it to its person, its operator and whoever watches."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from integrations.store.database import open_database
from integrations.store.owed import OwedWork
from integrations.store.people import People
from tests.e2e.conftest import ROOT, Chronus, Start, in_process


def until(said: Callable[[], Any], seconds: float = 60) -> Any:
    """What it says as soon as it says something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := said():
            return found
        time.sleep(0.1)
    raise AssertionError("it never came to be")


def jobs(chronus: Chronus) -> list[dict[str, Any]]:
    return list(chronus.client.get("/v1/jobs").json()["items"])


def command(chronus: Chronus, *words: str) -> str:
    """`chronus jobs ...`, beside the running server."""
    ended = subprocess.run(
        [sys.executable, "-m", "voice.cli", "jobs", *words, "--data", str(chronus.data)],
        capture_output=True, text=True, timeout=60, cwd=ROOT, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


async def park(data: Path, job: str) -> str:
    """A job that was tried too often."""
    now = datetime.now(UTC)
    async with open_database(None, data) as database, database.work() as session:
        work, owner = OwedWork(session), await People(session).owner("UTC", now)
        one = await work.owe(job, owner.id, "parked", now=now)
        assert one
        claim = await work.take(one, "test", now)
        assert claim
        await work.finish(claim, now, "Google [isn't] answering.", "parked")
    return one


def test_a_server_does_what_is_asked_and_tells_of_it(fresh_server: Chronus) -> None:
    """Asked for over HTTP it is done within seconds; health, figures and the command line know."""
    ready = until(lambda: (found := fresh_server.stranger.get("/health/ready")).status_code == 200 and found.json())
    assert ready["checks"]["jobs"]["state"] == "ok"
    assert fresh_server.client.post("/v1/jobs/nonsense").status_code == 404
    assert fresh_server.client.post("/v1/jobs/calendar.sync").json() == {"job": "calendar.sync", "new": True}
    asked = ("calendar.sync", "copy")  # others may be due by the clock at any time of day
    (done,) = until(
        lambda: [one for one in jobs(fresh_server) if (one["job"], one["slot"]) == asked and one["state"] == "done"]
    )
    assert (done["attempts"], done["next"]) == (1, None)
    assert fresh_server.client.post("/v1/jobs/calendar.sync").json()["new"]

    one = asyncio.run(park(fresh_server.data, "tasks.sync"))
    ready = fresh_server.stranger.get("/health/ready").json()
    assert (ready["status"], ready["checks"]["jobs"]["say"]) == ("ready", "1 parked: see `chronus jobs`.")
    assert 'chronus_jobs{state="parked"} 1.0' in fresh_server.stranger.get("/metrics").text
    assert f"{one[:8]} tasks.sync parked parked 1" in " ".join(command(fresh_server).split())
    assert "[isn't]" in command(fresh_server)
    (parked,) = [found for found in json.loads(command(fresh_server, "--json")) if found["state"] == "parked"]
    assert (parked["id"], parked["attempts"]) == (one, 1)
    command(fresh_server, "retry", one[:8])
    until(lambda: [found for found in jobs(fresh_server) if found["id"] == one and found["state"] == "done"])
    with fresh_server.somebody_else() as other:
        assert other.get("/v1/jobs").json()["items"] == []


def test_a_server_that_was_killed_takes_up_at_once_what_it_had_in_hand(tmp_path: Path) -> None:
    """Nobody else can be at it, so no lease is waited for."""
    data = tmp_path / "data"
    with in_process(data) as chronus:
        chronus.client.get("/v1/jobs")
        assert chronus.process
        os.kill(chronus.process.pid, signal.SIGKILL)
        chronus.process.wait()

    async def hold() -> str:
        """In the hands of one who is dead, for half a minute yet."""
        now = datetime.now(UTC)
        async with open_database(None, data) as database, database.work() as session:
            work, owner = OwedWork(session), await People(session).owner("UTC", now)
            one = await work.owe("mail.sync", owner.id, "copy", now=now)
            assert one
            assert await work.take(one, "the dead", now + timedelta(seconds=30))
        return one

    one = asyncio.run(hold())
    with in_process(data) as chronus:
        (done,) = until(lambda: [found for found in jobs(chronus) if found["id"] == one and found["state"] == "done"])
    assert done["attempts"] == 2


async def long_ago(data: Path) -> None:
    """Whoever looked at the clock did so last two minutes ago."""
    from integrations.store.leaders import Leader

    then = datetime.now(UTC) - timedelta(minutes=2)
    async with open_database(None, data) as database, database.work() as session:
        session.add(Leader(name="timetable", holder="gone", until=then, token=1, ticked_at=then))


def test_nobody_who_looks_at_the_clock_is_told_by_health(start: Start) -> None:
    """Where jobs are done elsewhere, a timetable that stands still makes the server unready."""
    from jobs.embedded import elsewhere  # the other side of the house, as the command line has it

    with start(beside=elsewhere, celery={"broker_url": "memory://localhost/"}) as chronus:
        assert chronus.stranger.get("/health/ready").json()["checks"]["jobs"]["state"] == "ok"
        asyncio.run(long_ago(chronus.data))
        ready = chronus.stranger.get("/health/ready")
    assert ready.status_code == 503
    assert ready.json()["checks"]["jobs"]["say"].startswith("Nobody has looked at the clock for 12")


def test_a_server_that_was_off_is_ready_as_soon_as_it_serves(start: Start) -> None:
    """Where it looks at the clock itself, the last look of the one before it isn't held against it."""
    from jobs.embedded import elsewhere

    with start(beside=elsewhere) as chronus:  # as in the first seconds, when it hasn't looked yet
        asyncio.run(long_ago(chronus.data))
        assert chronus.stranger.get("/health/ready").json()["checks"]["jobs"]["state"] == "ok"
