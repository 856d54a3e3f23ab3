"""Weights: what is loaded is what it should be, whatever the sources, the disk and other processes do."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from integrations import weights
from integrations.errors import Unavailable
from integrations.settings import Settings, SpeechSettings
from integrations.weights.fetch import place
from integrations.weights.hub import SourceFailed
from integrations.weights.manifest import MODELS, Hub, Model, Wheels
from tests.wheelhouse import make_model, only, sha

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
    """Fetch the one model; its wheels have been downloaded already, so pip isn't started."""
    shutil.copytree(index, folder / ".downloads" / model.name, dirs_exist_ok=True)
    return weights.fetch([model.name], folder=folder, pip=only(index), models={model.name: model})[model.name]


def left_over(folder: Path) -> list[Path]:
    """Unfinished files under final folders."""
    return [path for path in folder.rglob("*.part") if ".downloads" not in path.parts]


def test_weights_that_are_here_ask_no_source(index: Path, folder: Path) -> None:
    """The second start finds the model without any index, and without reading its bytes again."""
    model = make_model(index)
    fetch(model, folder, index)
    shutil.rmtree(index)
    assert weights.fetch(["owl"], folder=folder, online=False, models={"owl": model}) == {"owl": folder / "owl"}
    started = time.perf_counter()
    weights.locate("owl", folder=folder, models={"owl": model})
    assert time.perf_counter() - started < 0.1


def test_missing_weights_name_the_command(folder: Path) -> None:
    """Whoever looks for weights that aren't here hears what to run."""
    with pytest.raises(Unavailable, match=r"chronus models fetch tiny\.en"):
        weights.locate("tiny.en", folder=folder)
    with pytest.raises(Unavailable, match="chronus models fetch voice"):
        weights.locate("voice", folder=folder)
    with pytest.raises(Unavailable, match="no weights called nonsense"):
        weights.locate("nonsense", folder=folder)


def test_offline_says_so_at_once(index: Path, folder: Path) -> None:
    """With the network switched off nothing is tried, and the sentence names the command."""
    with pytest.raises(Unavailable, match="chronus models fetch owl"):
        weights.fetch(["owl"], folder=folder, online=False, pip=only(index), models={"owl": make_model(index)})


def test_a_path_of_ones_own_is_taken(tmp_path: Path) -> None:
    """A folder that the person names is used as it is."""
    assert weights.locate(str(tmp_path), folder=tmp_path / "none") == tmp_path


def test_a_damaged_file_in_place_is_noticed_named_and_mended(index: Path, folder: Path) -> None:
    """Bytes that changed after the fetch are never given out; fetching again puts them right."""
    model = make_model(index)
    path = fetch(model, folder, index) / "model.bin"
    path.write_bytes(b"x" + CONTENT[1:])
    with pytest.raises(weights.WrongWeights, match=r"model\.bin of owl is damaged"):
        weights.locate("owl", folder=folder, models={"owl": model})
    states = {verdict.file: verdict.state for verdict in weights.verify(folder, models={"owl": model})}
    assert states == {"model.bin": "wrong", "config.json": "good"}
    assert (fetch(model, folder, index) / "model.bin").read_bytes() == CONTENT


def test_a_truncated_file_in_place_is_mended(index: Path, folder: Path) -> None:
    """A file cut short is as bad as a changed one."""
    model = make_model(index)
    path = fetch(model, folder, index) / "model.bin"
    path.write_bytes(CONTENT[:100])
    assert fetch(model, folder, index)
    assert path.read_bytes() == CONTENT


def test_a_write_that_fails_its_check_leaves_nothing(folder: Path, index: Path) -> None:
    """A file gets its name only with the right bytes, and the old one stays until then."""
    file = make_model(index).files[0]
    place(file, folder, iter([CONTENT]))
    with pytest.raises(SourceFailed, match=r"model\.bin"):
        place(file, folder, iter([CONTENT[:-1]]))
    assert (folder / "model.bin").read_bytes() == CONTENT
    assert [path.name for path in folder.iterdir()] == ["model.bin"]


KILLED = """
import os, sys
from pathlib import Path
from integrations.weights.fetch import place
from integrations.weights.manifest import File

def blocks():
    yield b"hoo" * 1000
    print("writing", flush=True)
    sys.stdin.read()

place(File(name="model.bin", size=1, sha256="0"), Path(sys.argv[1]) / "owl", blocks())
"""


def test_a_run_killed_while_writing_leaves_no_model(index: Path, folder: Path) -> None:
    """Killed between writing and naming: no file has the model's name, and the next run starts clean."""
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"writing\n"
        os.kill(process.pid, signal.SIGKILL)
    assert left_over(folder)
    assert not (folder / "owl" / "model.bin").exists()
    assert (fetch(make_model(index), folder, index) / "model.bin").read_bytes() == CONTENT
    assert not left_over(folder)


def test_every_model_tells_terms_sources_and_place(tmp_path: Path) -> None:
    """The table of models names a licence and a source for each, and says of joe that its terms are unclear."""
    rows = {row.name: row for row in weights.describe(Settings(weights=tmp_path, data=tmp_path))}
    assert set(rows) == set(MODELS)
    assert all(row.licence and row.sources for row in rows.values())
    assert "unclear" in rows["joe"].licence
    assert "public domain" in rows["ljspeech"].licence
    assert rows["silero"].path is not None
    assert rows["turn"].path is not None


def test_the_manifest_pins_everything() -> None:
    """Every file and wheel has a full SHA-256, every hub source a full revision, every file a place in each wheel."""
    for model in MODELS.values():
        assert all(len(file.sha256) == 64 and file.size > 0 for file in model.files)
        for source in model.sources:
            if isinstance(source, Hub):
                assert len(source.revision) == 40
            if isinstance(source, Wheels):
                assert set(source.members) == {file.name for file in model.files}
                assert all(len(wheel.sha256) == 64 for wheel in source.wheels)


def test_what_is_needed_follows_the_settings(tmp_path: Path) -> None:
    """Weights of engines that are not used are not fetched, and two cores get the light model."""
    plain = Settings(data=tmp_path, speech=SpeechSettings(whisper_model="base", synthesizer="espeak"))
    assert weights.needed(plain) == ("silero", "turn", "minilm", "base")
    assert "voice" in weights.needed(Settings(data=tmp_path))
    assert weights.default_whisper(2) == "tiny.en"
    assert weights.default_whisper(8) == "base"
    assert weights.whisper_name(Settings(data=tmp_path, speech=SpeechSettings(language="de-DE"))) == "base"


def test_sha256_of_a_file_is_what_others_compute(tmp_path: Path) -> None:
    """The verdict's hash is the ordinary SHA-256."""
    path = tmp_path / "some"
    path.write_bytes(CONTENT)
    assert weights.verdicts.sha256(path) == sha(CONTENT)


def test_a_folder_that_cant_be_written_is_a_refusal(tmp_path: Path, index: Path) -> None:
    """Where no folder can be made the sentence says where and why."""
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(Unavailable, match="I can't write the weights of owl into"):
        weights.fetch(["owl"], folder=blocked / "weights", models={"owl": make_model(index)})
