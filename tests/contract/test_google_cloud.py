"""Where Google's speech is and as whom we come, without asking anybody outside."""

import asyncio
import subprocess
import sys
import time

import pytest
from google.auth.credentials import AnonymousCredentials
from google.auth.exceptions import DefaultCredentialsError

from integrations.errors import Unavailable
from integrations.settings import SpeechSettings, google_credentials
from integrations.speech.google_cloud import GoogleCloud, Refused


def found(project: str | None = "house") -> tuple[AnonymousCredentials, str | None]:
    """Credentials as a key file gives them."""
    return AnonymousCredentials(), project  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("location", "hearing", "speaking"),
    [
        ("us", "us-speech.googleapis.com", "us-texttospeech.googleapis.com"),
        ("eu", "eu-speech.googleapis.com", "eu-texttospeech.googleapis.com"),
        ("global", "speech.googleapis.com", "texttospeech.googleapis.com"),
        ("europe-west4", "europe-west4-speech.googleapis.com", "texttospeech.googleapis.com"),
    ],
)
async def test_each_place_has_its_own_address(location: str, hearing: str, speaking: str) -> None:
    """Hearing where the recogniser's path says, speaking beside it where there are voices; nothing is reached yet."""
    cloud = GoogleCloud(SpeechSettings(location=location), discover=found)
    await cloud.hearing()
    await cloud.speaking()
    assert list(cloud._opened) == [hearing, speaking]
    assert await cloud.hearing() is await cloud.hearing(), "one channel for the whole process"
    await cloud.close()


async def test_the_project_is_the_one_that_was_set_else_the_credentials() -> None:
    """Without either the sentence names the setting."""
    assert await GoogleCloud(SpeechSettings(project="mine"), discover=found).project() == "mine"
    assert await GoogleCloud(SpeechSettings(), discover=found).project() == "house"
    with pytest.raises(Refused, match="CHRONUS_SPEECH__PROJECT"):
        await GoogleCloud(SpeechSettings(), discover=lambda: found(None)).project()


async def test_missing_credentials_are_told_by_googles_own_variable() -> None:
    """Neither a missing file nor garbage in it is anything but a sentence."""

    def missing() -> tuple[AnonymousCredentials, str | None]:
        raise DefaultCredentialsError("none")  # type: ignore[no-untyped-call]

    for error in (missing, _raising(OSError("no file")), _raising(ValueError("garbage"))):
        with pytest.raises(Refused, match="GOOGLE_APPLICATION_CREDENTIALS"):
            await GoogleCloud(SpeechSettings(), discover=error).hearing()


async def test_looking_for_credentials_blocks_nobody() -> None:
    """It happens in a thread, once for all who ask."""
    looked = 0

    def slowly() -> tuple[AnonymousCredentials, str | None]:
        nonlocal looked
        looked += 1
        time.sleep(0.2)
        return found()

    cloud = GoogleCloud(SpeechSettings(), discover=slowly)
    asking = [asyncio.create_task(cloud.project()) for _ in range(3)]
    worst = 0.0
    while not all(task.done() for task in asking):
        began = time.perf_counter()
        await asyncio.sleep(0.005)
        worst = max(worst, time.perf_counter() - began)
    assert [task.result() for task in asking] == ["house"] * 3
    assert looked == 1
    assert worst < 0.15


@pytest.mark.parametrize("side", ["hearing", "speaking"])
def test_bringing_googles_library_blocks_nobody(side: str) -> None:
    """Its import takes half a second and more; the loop goes on meanwhile."""
    program = f"""
import asyncio, sys, time
from integrations.settings import SpeechSettings
from integrations.speech.google_cloud import GoogleCloud
import grpc.aio
assert "google.cloud.speech_v2" not in sys.modules and "google.cloud.texttospeech_v1" not in sys.modules
async def main():
    cloud = GoogleCloud(SpeechSettings(endpoint="127.0.0.1:1", tts_endpoint="127.0.0.1:1", insecure=True))
    opening, turns, began = asyncio.create_task(cloud.{side}()), 0, time.perf_counter()
    while not opening.done():
        await asyncio.sleep(0.005)
        turns += 1
    print(turns, time.perf_counter() - began)
    await cloud.close()
asyncio.run(main())
"""
    told = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    turns, seconds = told.stdout.split()
    assert int(turns) > 5, f"{turns} turns of the loop in {seconds} s"


async def test_without_tls_nobody_asks_for_credentials() -> None:
    """An emulator needs none."""
    cloud = GoogleCloud(
        SpeechSettings(endpoint="http://127.0.0.1:1/", insecure=True), discover=_raising(AssertionError("asked"))
    )
    await cloud.hearing()
    assert list(cloud._opened) == ["127.0.0.1:1"]
    assert await cloud.project() == "local"
    await cloud.close()


def test_googles_own_variable_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """And an empty one is none."""
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "")
    assert google_credentials() is None
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/keys/house.json")
    assert str(google_credentials()) == "/keys/house.json"


def _raising(error: Exception):  # type: ignore[no-untyped-def]
    def raising() -> None:
        raise error

    return raising


def test_a_refusal_is_a_kind_of_unavailable() -> None:
    """So that whoever knows nothing of Google can still go on without it."""
    assert issubclass(Refused, Unavailable)
