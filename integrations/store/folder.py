"""One Chronus per data folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from integrations.errors import Conflict, Unavailable

FILE = "chronus.lock"


@contextmanager
def hold(data: Path) -> Iterator[None]:
    """The folder is ours for as long as the block lasts. Raises `Conflict` when another process has it.

    The operating system lets go of the lock when its process ends, however it ends. The file
    stays: taking it away could give two newcomers a lock each.
    """
    file = _open(data)
    try:
        _lock(file, data)
        os.ftruncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        yield
    finally:
        os.close(file)


def _open(data: Path) -> int:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(data / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Unavailable(f"I can't use the folder {data}: {(error.strerror or 'it refuses').lower()}.") from error


def _lock(file: int, data: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        other = os.pread(file, 20, 0).decode("ascii", "replace") or "unknown"
        raise Conflict(
            f"Another Chronus is already using {data}. Stop it (process {other}), or give this one its own folder."
        ) from error
