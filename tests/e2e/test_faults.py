"""What can go wrong around a server: killed while it writes, a full disk, damaged or missing weights, a folder it may not write."""

import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest

from integrations.errors import Unavailable
from integrations.settings import Settings
from integrations.store.folder import hold
from integrations.weights import locate, whisper_name
from tests import audio
from tests.e2e.conftest import Chronus, free_port, in_process
from tests.e2e.test_cli import OFFLINE, chronus, damage, lacking, sentence

WEIGHTS = Settings().weights
HEARS = whisper_name(Settings())


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of this test's own, of 24 MB."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", place], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)  # whatever still looks at it, it goes


def problem(answer: httpx.Response, status: int = 503) -> str:
    """The sentence of a refusal."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return str(answer.json()["title"])


def titles(chronus: Chronus) -> list[str]:
    """All tasks."""
    found, following = list[str](), ""
    while True:
        page = chronus.client.get(f"/v1/tasks?limit=100{following}").json()
        found += [one["title"] for one in page["items"]]
        if not page["next"]:
            return found
        following = f"&next={page['next']}"


def whole(data: Path) -> bool:
    """Whether SQLite finds nothing wrong with the database."""
    with closing(sqlite3.connect(data / "chronus.db")) as database:
        return database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_folder_that_another_has_is_told_with_whose_it_is(tmp_path: Path) -> None:
    """A sentence with the folder and the other's process; the server doesn't start."""
    with hold(tmp_path):
        told = sentence(chronus("serve", "--port", str(free_port()), "--data", tmp_path))

    assert str(os.getpid()) in told
    assert str(tmp_path) in told
    assert not (tmp_path / "chronus.db").exists()


def test_killed_while_it_writes_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    """SIGKILL amid twenty turns at once: what was answered is there exactly once, what wasn't at most once."""
    data, numbers = tmp_path / "data", range(1, 21)
    with in_process(data) as server:
        acknowledged = asyncio.run(_add_until_killed(server, enough=7))

    assert 7 <= len(acknowledged) < 20
    assert whole(data)
    with in_process(data) as again:
        kept = titles(again)
        assert {kept.count(f"Milk {n}") for n in acknowledged} == {1}
        assert {kept.count(f"Milk {n}") for n in numbers} <= {0, 1}
        assert len(kept) <= 20
        changed = [line["receipt"]["title"] for line in again.client.get("/v1/changes?limit=100").json()["items"]]
        assert sorted(changed) == sorted(kept)  # the ledger knows no more and no less
        assert again.client.post("/v1/chat", json={"text": "add milk 21 to my list"}).json()["actions"][0]["ok"]


async def _add_until_killed(server: Chronus, enough: int) -> set[int]:
    """Which of twenty additions were answered, by when the server was killed."""
    acknowledged: set[int] = set()
    bearer = {"Authorization": f"Bearer {server.token()}"}
    limits = httpx.Limits(max_connections=20)

    async def add(client: httpx.AsyncClient, n: int) -> None:
        try:
            answer = await client.post("/v1/chat", json={"text": f"add milk {n} to my list", "conversation_id": "new"})
        except httpx.TransportError:
            return
        if answer.status_code == 200 and answer.json()["actions"][0]["ok"]:
            acknowledged.add(n)
        if len(acknowledged) == enough and server.process:
            server.process.kill()

    async with httpx.AsyncClient(base_url=server.url, headers=bearer, timeout=30, limits=limits) as client:
        await asyncio.gather(*(add(client, n) for n in range(1, 21)))
    return acknowledged


def test_a_full_disk_is_told_and_loses_nothing(disk: Path) -> None:
    """Writes are refused with the reason, the server lives and says that it isn't ready; with room again all is well."""
    with in_process(disk / "data") as server:
        server.client.post("/v1/tasks", json={"title": "Before"}).raise_for_status()
        ballast = _fill(disk)
        kept = _write_until_refused(server)

        assert "disk is full" in problem(server.client.post("/v1/tasks", json={"title": "Lost"}))
        assert "disk is full" in problem(server.client.post("/v1/chat", json={"text": "add lost to my list"}))
        said = chronus("say", "add lost to my list", "--server", server.url)
        assert said.returncode == 1
        assert "Traceback" not in said.stderr
        assert server.client.get("/v1/calendar/events").status_code == 200  # reading goes on
        assert server.stranger.get("/health").json() == {"status": "ok"}
        ready = server.stranger.get("/health/ready")
        assert ready.status_code == 503
        assert "full" in ready.json()["checks"]["disk"]["say"]

        ballast.unlink()
        server.client.post("/v1/tasks", json={"title": "After"}).raise_for_status()
        assert server.client.post("/v1/chat", json={"text": "add bread to my list"}).json()["actions"][0]["ok"]
        assert server.stranger.get("/health/ready").status_code == 200
    assert whole(disk / "data")
    with in_process(disk / "data") as again:
        assert sorted(titles(again)) == sorted(["Before", *kept, "After", "Bread"])


def _fill(disk: Path) -> Path:
    """Use up all room."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            with suppress(OSError):
                while True:
                    file.write(bytes(size))
    assert shutil.disk_usage(disk).free == 0
    return ballast


def _write_until_refused(server: Chronus) -> list[str]:
    """What could still be kept: SQLite uses the room it has before it asks for more."""
    kept = list[str]()
    for n in range(300):
        answer = server.client.post("/v1/tasks", json={"title": f"Squeezed in {n}", "notes": "x" * 3000})
        if answer.status_code == 503:
            return kept
        answer.raise_for_status()
        kept.append(f"Squeezed in {n}")
    raise AssertionError("the disk never was full")


@pytest.mark.slow
def test_a_folder_that_may_not_be_written_is_told_in_a_sentence(disk: Path) -> None:
    """The server doesn't start; doctor says the same; whatever was there stays."""
    data = disk / "data"
    data.mkdir()
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)

    told = sentence(chronus("serve", "--port", str(free_port()), "--data", data))
    assert str(data) in told
    assert "read-only" in told
    found = json.loads(chronus("doctor", "--data", data, "--json").stdout)
    assert next(one for one in found if one["name"] == "disk")["state"] == "bad"


@pytest.mark.slow
def test_a_first_start_on_a_full_disk_is_told_in_a_sentence(disk: Path) -> None:
    """The server doesn't start, and says why."""
    _fill(disk)

    told = sentence(chronus("serve", "--port", str(free_port()), "--data", disk / "data"))

    assert "space" in told or "full" in told


@pytest.mark.slow
def test_a_file_where_the_folder_should_be_is_told_in_a_sentence(tmp_path: Path) -> None:
    """The server doesn't start, and the file stays as it is."""
    (tmp_path / "data").write_text("mine")

    assert str(tmp_path / "data") in sentence(chronus("serve", "--port", str(free_port()), "--data", tmp_path / "data"))
    assert (tmp_path / "data").read_text() == "mine"


@pytest.mark.slow
def test_a_database_that_is_damaged_is_told_in_a_sentence(tmp_path: Path) -> None:
    """The server doesn't start on garbage, and leaves it as it is."""
    (tmp_path / "chronus.db").write_bytes(b"garbage " * 4096)

    assert "database" in sentence(chronus("serve", "--port", str(free_port()), "--data", tmp_path))
    assert (tmp_path / "chronus.db").read_bytes() == b"garbage " * 4096


def test_damaged_weights_are_named_and_never_loaded(tmp_path: Path) -> None:
    """Where they can't be fetched anew: typing works, readiness names the file, and the voice is refused with a sentence."""
    weights = _copied_weights(tmp_path / "weights")
    damage(weights / HEARS / "model.bin")

    with in_process(tmp_path / "data", CHRONUS_WEIGHTS=str(weights), **OFFLINE) as server:
        assert server.client.post("/v1/chat", json={"text": "add milk to my list"}).json()["actions"][0]["ok"]
        ready = server.stranger.get("/health/ready").json()
        said = {one["name"]: one["say"] for one in ready["weights"]}
        assert "model.bin" in said[HEARS]
        assert "damaged" in said[HEARS]
        assert ready["checks"]["hearing"]["state"] != "ok"
        assert "chronus models fetch" in problem(server.client.post("/v1/voice/connect", json={}))
        told = sentence(chronus("hear", _speech(tmp_path), "--server", server.url))
        assert "hear" in told
        assert "Traceback" not in (server.log.read_text() if server.log else "")


def _copied_weights(into: Path) -> Path:
    """The weights of this machine, of which only the big file of who hears may be written."""
    try:
        for name in (HEARS, "voice", "minilm"):
            locate(name, folder=WEIGHTS)
    except Unavailable as error:
        lacking(error.say)
    shutil.copytree(WEIGHTS, into, copy_function=os.symlink, ignore=shutil.ignore_patterns(".*", "base"))
    copied = into / HEARS / "model.bin"
    copied.unlink()
    shutil.copy(WEIGHTS / HEARS / "model.bin", copied)
    return into


def _speech(folder: Path) -> Path:
    return audio.write_wav(folder / "tone.wav", audio.tone(0.5, 16_000), 16_000)


def test_without_weights_and_without_a_voice_typing_works(tmp_path: Path) -> None:
    """Nobody can be reached, nothing is here, espeak-ng isn't either: the server starts, says so, and answers in text."""
    missing = {"CHRONUS_WEIGHTS": str(tmp_path / "none"), "PATH": str(tmp_path), **OFFLINE}
    with in_process(tmp_path / "data", **missing) as server:
        assert server.client.post("/v1/chat", json={"text": "add milk to my list"}).json()["actions"][0]["ok"]
        assert server.client.post("/v1/chat", json={"text": "remember that my bike is blue"}).status_code == 200
        ready = server.stranger.get("/health/ready").json()
        assert {ready["checks"][name]["state"] for name in ("hearing", "speaking")} == {"absent"}
        assert all(one["files"] or "chronus models fetch" in one["say"] for one in ready["weights"])
        assert "chronus models fetch" in problem(server.client.post("/v1/voice/connect", json={}))
        log = server.log.read_text() if server.log else ""
    assert "Traceback" not in log
    assert "I couldn't get" in log


@pytest.mark.slow
def test_what_mail_says_is_not_written_down(tmp_path: Path) -> None:
    """Reading, searching and answering mail, by text, by the API and by a yes: not a word of it is in the log."""
    mail = {
        "from": "Sarah Canaryname <sarah@canaryhost.example>", "to": ["me@example.org"], "subject": "Canarysubject",
        "body": "canarybody", "at": "2026-01-02T10:00:00+00:00", "unread": True,
    }  # fmt: skip
    with in_process(tmp_path / "data") as server:
        server.demo(messages=[mail])
        (message,) = server.client.get("/v1/email/messages?q=canarysubject").json()["items"]
        server.client.get(f"/v1/email/messages/{message['id']}").raise_for_status()
        said = (
            "any new email?",
            "read the one from Sarah",
            "reply saying canaryreply",
            "send to Sarah",
            "what did you change today",
        )
        for text in said:
            server.client.post("/v1/chat", json={"text": text}).raise_for_status()
        server.client.post("/v1/email/drafts", json={"to": ["x@canaryhost.example"], "body": ["canarybody"]})
        log = server.log.read_text().lower() if server.log else ""

    assert "/v1/email/messages" in log
    assert "canary" not in log
