"""Is this file the one it should be? Read once, remembered while the file stays untouched."""

import hashlib
import json
import logging
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from integrations.weights.manifest import File

log = logging.getLogger(__name__)

State = Literal["good", "missing", "wrong"]
_BLOCK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was found where one file of a model should be."""

    model: str
    file: str
    path: Path
    state: State


class Verdicts:
    """Judges files against the manifest; good verdicts are kept in a small file beside the weights."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / ".verified.json"
        self._good = self._read()

    def judge(self, file: File, path: Path) -> State:
        """Judge by size and SHA-256, or by memory when size, time and inode are as they were."""
        try:
            stat = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return "missing"
        if stat.st_size != file.size:
            return "wrong"
        mark: list[str | int] = [file.sha256, stat.st_size, stat.st_mtime_ns, stat.st_ino]
        if self._good.get(str(path)) == mark:
            return "good"
        if sha256(path) != file.sha256:
            return "wrong"
        self._good[str(path)] = mark
        self._write()
        return "good"

    def _read(self) -> dict[str, list[str | int]]:
        try:
            found = json.loads(self._path.read_text())
        except (OSError, ValueError):
            return {}  # nothing remembered: everything is read again
        return found if isinstance(found, dict) else {}

    def _write(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", dir=self._path.parent, prefix=".verified.", suffix=".part", delete=False
            ) as new:
                json.dump(self._good, new)
            Path(new.name).replace(self._path)
        except OSError as error:  # a folder that can't be written costs time at the next start, no more
            log.debug("verdicts are not kept: %s", error)


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
