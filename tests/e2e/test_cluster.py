"""The scaled-out shape: server, worker and beat as processes of their own, on PostgreSQL, Redis and a Qdrant."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from tests.cluster import Cluster, cluster
from tests.conftest import missing
from tests.e2e.conftest import Chronus
from tests.servers import Missing

PATIENCE = 150.0


@pytest.fixture(scope="module")
def running() -> Iterator[Cluster]:
    """Its limits are off: tests ask often."""
    opened = cluster({"LIMITS__TURNS_PER_MINUTE": "0", "LIMITS__REQUESTS_PER_MINUTE": "0"})
    try:
        found = opened.__enter__()
    except Missing as absent:
        missing(str(absent))
    try:
        yield found
    finally:
        opened.__exit__(None, None, None)


@pytest.fixture(scope="module")
def chronus(running: Cluster) -> Iterator[Chronus]:
    talking = Chronus(running.url, running.home)
    yield talking
    talking.close()


def until(condition: Callable[[], bool], running: Cluster) -> None:
    asked = time.monotonic()
    while not condition():
        said = "\n".join(running.log(name)[-1500:] for name in running.processes)
        assert time.monotonic() - asked < PATIENCE, said
        time.sleep(0.2)


def test_a_job_that_is_asked_for_is_done_by_a_worker(running: Cluster, chronus: Chronus) -> None:
    """The page asks the server, the row says so, a worker in another process does it."""
    asked = chronus.client.post("/v1/jobs/calendar.sync")
    assert asked.status_code == 202, asked.text

    def done() -> bool:
        items = chronus.client.get("/v1/jobs").json()["items"]
        return any(item["job"] == "calendar.sync" and item["state"] == "done" for item in items)

    until(done, running)


def test_somebody_looks_at_the_clock(running: Cluster, chronus: Chronus) -> None:
    """The server says that it is ready only where beat is alive."""

    def ready() -> bool:
        return bool(chronus.client.get("/health/ready").json()["checks"]["jobs"]["state"] == "ok")

    until(ready, running)
    assert running.processes["beat"].poll() is None


@pytest.mark.parametrize("who", ["worker-1", "celerybeat"])
def test_workers_and_beat_answer_those_who_ask_whether_they_live(running: Cluster, who: str) -> None:
    """What the health checks of docker-compose.yml ask."""
    hostname = subprocess.run(["hostname"], capture_output=True, text=True, check=True).stdout.strip()
    command = [sys.executable, "-m", "celery", "-A", "jobs.app", "inspect", "ping", "--timeout", "10", "--destination"]

    def answers() -> bool:
        asked = subprocess.run(
            [*command, f"{who}@{hostname}"], env=environment(running), capture_output=True, text=True, check=False
        )
        return asked.returncode == 0 and "pong" in asked.stdout

    until(answers, running)


def environment(running: Cluster) -> dict[str, str]:
    return os.environ | running.settings | {"CHRONUS_DATA": str(running.home / "asking")}
