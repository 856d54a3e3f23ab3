"""One Chronus per data folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from integrations.errors import Conflict, Unavailable
from integrations.store.folder import hold

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys, time
from pathlib import Path
from integrations.store.folder import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(data: Path) -> "subprocess.Popen[bytes]":
    """Another process that has the folder."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, data], stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout
    assert process.stdout.readline() == b"held\n"
    return process


def test_a_second_one_is_told_who_has_the_folder(tmp_path: Path) -> None:
    """By its process number; and however the first one ends, the folder is free."""
    process = holder(tmp_path)
    with pytest.raises(Conflict, match=rf"Another Chronus is already using .*process {process.pid}\b"), hold(tmp_path):
        pass
    process.kill()
    process.communicate()
    with hold(tmp_path):
        assert (tmp_path / "chronus.lock").read_text() == str(os.getpid())


def test_one_after_the_other_is_no_conflict(tmp_path: Path) -> None:
    """Also within one process, in a folder that wasn't there before."""
    for _ in range(2):
        with hold(tmp_path / "new" / "data"), pytest.raises(Conflict), hold(tmp_path / "new" / "data"):
            pass
    assert (tmp_path / "new" / "data").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="folder"), hold(tmp_path / "file" / "data"):
        pass
