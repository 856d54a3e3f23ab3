"""The scaled-out shape on this machine, without Docker: every piece a process of its own, gone when it is stopped.

PostgreSQL and Redis are real ones out of wheels; Qdrant is its engine behind our double of its wire, and keeps nothing.
"""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx

from tests.servers import free_port, postgres, redis

ROOT = Path(__file__).parents[1]
SLOWEST_START = 180.0
"""Seconds; three processes load the same libraries at once."""
LEAVING = 50.0
"""Seconds in which whoever is told to end does so."""


class Cluster:
    """`chronus serve`, workers and beat on one database, one broker and one Qdrant."""

    def __init__(self, home: Path, url: str, settings: dict[str, str]) -> None:
        self.home, self.url, self.settings = home, url, settings
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *command: str) -> "subprocess.Popen[bytes]":
        """One piece; it keeps what is its own in a folder by its name, and its log beside it."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CHRONUS_")}
        environment |= self.settings | {"CHRONUS_DATA": str(self.home / name), "PYTHONPATH": str(ROOT)}
        with (self.home / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *command], stdout=log, stderr=subprocess.STDOUT, cwd=ROOT, env=environment,
                start_new_session=True,
            )  # fmt: skip
        self.processes[name] = process
        return process

    def log(self, name: str) -> str:
        """What it has said."""
        return (self.home / f"{name}.log").read_text()

    def ready(self) -> bool:
        """Whether the server answers."""
        with suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/health", timeout=5).status_code == 200
        return False

    def await_ready(self) -> None:
        """Raises `RuntimeError` with what was said last when it doesn't come to that."""
        until = time.monotonic() + SLOWEST_START
        while not self.ready():
            if time.monotonic() > until or self.processes["app"].poll() is not None:
                raise RuntimeError(f"the server didn't start\n{self.log('app')[-3000:]}")
            time.sleep(0.2)

    def stop(self) -> None:
        """Everybody is told to end, and ended who doesn't."""
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        until = time.monotonic() + LEAVING
        for process in self.processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, until - time.monotonic()))
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def cluster(
    more: Mapping[str, str] | None = None, *, port: int | None = None, workers: int = 1, haste: bool = True
) -> Iterator[Cluster]:
    """Running for as long as the block lasts; `more`: settings, such as GEMINI__API_KEY. Raises `tests.servers.Missing`."""
    home = Path(tempfile.mkdtemp(prefix="chronus-cluster-"))
    with ExitStack() as opened:
        opened.callback(shutil.rmtree, home, ignore_errors=True)
        database, cache = opened.enter_context(postgres(haste=haste)), opened.enter_context(redis())
        chosen, vectors = port or free_port(), free_port()
        settings = {
            "DATABASE__URL": database.url(), "REDIS__URL": cache.url(0), "CELERY__BROKER_URL": cache.url(1),
            "QDRANT__URL": f"http://127.0.0.1:{vectors}", "SECRET_KEY": secrets.token_hex(32), **(more or {}),
        }  # fmt: skip
        running = Cluster(home, f"http://127.0.0.1:{chosen}", {f"CHRONUS_{k}": v for k, v in settings.items()})
        opened.callback(running.stop)
        running.start("qdrant", "uvicorn", "--factory", "tests.emulators.qdrant:qdrant", "--port", str(vectors), "--log-level", "warning")  # fmt: skip
        running.start("app", "voice.cli", "serve", "--port", str(chosen))
        running.await_ready()  # the tables are there
        for number in range(1, workers + 1):
            worker = ("worker", "--concurrency", "2", "--task-events", "--hostname", f"worker-{number}@%h")
            running.start(f"worker-{number}", "celery", "-A", "jobs.app", *worker)
        running.start("beat", "celery", "-A", "jobs.app", "beat")
        yield running


def main(port: int) -> None:
    """`make cluster`: all of it, until stopped."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print("Starting PostgreSQL, Redis, Qdrant's double, the server, two workers and beat...", flush=True)  # noqa: T201
    with cluster(port=port, workers=2, haste=False) as running, suppress(KeyboardInterrupt):
        told = [f"{running.url}  the page", f"{running.home}  the logs", ""]
        print(*told, *(f"{name}={value}" for name, value in running.settings.items() if "SECRET" not in name), sep="\n", flush=True)  # noqa: T201  # fmt: skip
        signal.pause()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8000)
