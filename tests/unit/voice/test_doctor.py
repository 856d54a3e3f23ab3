"""What the doctor says of a machine, by settings that point at it."""

import socket
from pathlib import Path
from typing import Any

import pytest

from integrations import weights
from integrations.errors import Unavailable
from integrations.settings import (
    DatabaseSettings,
    GeminiSettings,
    GoogleSettings,
    RedisSettings,
    Settings,
    SpeechSettings,
)
from integrations.store.engine import FILE
from integrations.store.migrations import migrate
from integrations.weights.manifest import MODELS
from voice.doctor import Finding, examine


@pytest.fixture
def bare(tmp_path: Path) -> Settings:
    """A machine on which nothing has been started yet."""
    return Settings(_env_file=None, data=tmp_path / "data", weights=tmp_path / "weights")


def changed(settings: Settings, **parts: Any) -> Settings:
    return settings.model_copy(update=parts)


async def look(settings: Settings) -> dict[str, Finding]:
    """What was found, by name."""
    return {finding.name: finding for finding in await examine(settings)}


async def test_a_fresh_machine_lacks_weights_and_nothing_else(bare: Settings) -> None:
    """Each missing model is named with the command that brings it, and looking leaves no data behind."""
    found = await look(bare)

    bad = {name for name, finding in found.items() if finding.state == "bad"}
    assert {"weights minilm", f"weights {weights.default_whisper()}"} <= bad
    assert all(name.startswith("weights ") for name in bad)
    assert all("chronus models fetch" in found[name].say for name in bad)
    assert not bare.data.exists()


async def test_what_pipecat_carries_is_here(bare: Settings) -> None:
    """The models inside an installed package work, and their terms are told."""
    found = await look(bare)

    for name in ("silero", "turn"):
        assert found[f"weights {name}"].state == "ok"
        assert MODELS[name].licence in found[f"weights {name}"].say


async def test_a_voice_that_is_not_the_first_choice_counts(bare: Settings) -> None:
    """Where the second voice lies, nobody is told that a voice is missing."""
    try:
        joe = weights.locate("joe", folder=Settings().weights).parent
    except Unavailable as error:
        pytest.skip(error.say)
    bare.weights.mkdir()
    (bare.weights / "joe").symlink_to(joe)

    found = await look(bare)

    assert found["weights joe"].state == "ok"
    assert "weights ljspeech" not in found


async def test_a_damaged_file_is_named(bare: Settings) -> None:
    """Weights that are not what they should be are told by the file's name."""
    model = MODELS["minilm"]
    (bare.weights / "minilm").mkdir(parents=True)
    (bare.weights / "minilm" / model.files[0].name).write_bytes(b"something else")

    finding = (await look(bare))["weights minilm"]

    assert finding.state == "bad"
    assert model.files[0].name in finding.say
    assert "damaged" in finding.say


async def test_a_voice_asked_for_by_name_is_not_replaced(bare: Settings) -> None:
    """Piper by name and not here: that fails, whether espeak-ng is here or not."""
    found = await look(changed(bare, speech=SpeechSettings(synthesizer="piper")))

    assert found["weights ljspeech"].state == "bad"


async def test_espeak_asked_for_by_name_is_looked_for(bare: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the program isn't on this machine, how to install it is told."""
    monkeypatch.setenv("PATH", str(bare.data))

    finding = (await look(changed(bare, speech=SpeechSettings(synthesizer="espeak"))))["voice"]

    assert finding.state == "bad"
    assert "apt install espeak-ng" in finding.say


async def test_a_database_that_works_and_one_that_is_garbage(bare: Settings) -> None:
    """Both are opened; the garbage is told and left as it is."""
    await migrate(None, bare.data)
    assert (await look(bare))["database"].state == "ok"
    garbage = b"garbage " * 1024
    for path in bare.data.iterdir():
        path.unlink()
    (bare.data / FILE).write_bytes(garbage)

    finding = (await look(bare))["database"]

    assert finding.state == "bad"
    assert "database" in finding.say
    assert (bare.data / FILE).read_bytes() == garbage


async def test_servers_that_do_not_answer_are_told(bare: Settings) -> None:
    """A PostgreSQL and a Redis that are away, and no word of their passwords."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    away = changed(
        bare,
        database=DatabaseSettings(url=f"postgresql://me:secretword@127.0.0.1:{port}/db"),
        redis=RedisSettings(url=f"redis://:secretword@127.0.0.1:{port}/0"),
    )

    found = await look(away)

    assert found["database"].state == found["cache"].state == "bad"
    assert "secretword" not in str(found)


async def test_addresses_that_make_no_sense_are_told(bare: Settings) -> None:
    """As what they should look like."""
    found = await look(
        changed(
            bare,
            database=DatabaseSettings(url="oracle://x/y"),
            redis=RedisSettings(url="ftp://x"),
        )
    )

    assert "PostgreSQL" in found["database"].say
    assert "redis://" in found["cache"].say


async def test_a_file_where_the_folder_should_be(bare: Settings) -> None:
    """It can't be written to, and which setting moves it is told."""
    bare.data.write_text("mine")

    finding = (await look(bare))["disk"]

    assert finding.state == "bad"
    assert "CHRONUS_DATA" in finding.say


async def test_keys_that_are_of_no_use_yet_are_told(bare: Settings) -> None:
    """Somebody who sets a key for something that isn't there yet isn't left to wonder."""
    keyed = changed(
        bare,
        gemini=GeminiSettings(api_key="secretword"),
        google=GoogleSettings(client_id="mine"),
    )

    found = await look(keyed)

    assert found["mind"].state == found["Google"].state == "note"
    assert "secretword" not in str(found)


async def test_findings_are_plain_for_programs(bare: Settings) -> None:
    """Name, state and sentence."""
    for finding in await examine(bare):
        assert finding.json.keys() == {"name", "state", "say"}
        assert finding.state in {"ok", "note", "bad"}
        assert finding.say
