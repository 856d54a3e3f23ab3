"""Spoken to by people and by machines, Chronus hears the right words and answers with true ones, aloud."""

import asyncio
import os
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from integrations.errors import Unavailable
from integrations.settings import Settings
from integrations.speech.whisper import WhisperRecognizer
from integrations.weights import locate, voice_name, whisper_name
from tests.audio import Clip, at_rate, clips, errors, espeak, flite, piper, read_wav, silence, words, write_wav
from tests.canaries import files
from tests.e2e.conftest import Chronus
from voice.caller import Hearing, call, calling, read_sound

SETTINGS = Settings(_env_file=None)
FINE = 0.4
"""Share of wrong words that is still good hearing for the small model."""


@pytest.fixture(scope="module")
def whisper() -> Path:
    return found(whisper_name(SETTINGS))


@pytest.fixture(scope="module")
def voice() -> Path:
    return found(voice_name(SETTINGS))


def found(name: str) -> Path:
    try:
        return locate(name, folder=SETTINGS.weights)
    except Unavailable as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(error.say)


@pytest.fixture(scope="module")
def tomorrow(server: Chronus) -> date:
    """A day with one appointment, put there once for all who ask."""
    day = date.today() + timedelta(days=1)  # noqa: DTZ011, the owner lives where this machine is
    starts = datetime(day.year, day.month, day.day, 15).astimezone()
    ends = starts + timedelta(hours=1)
    server.demo(events=[{"title": "Dentist", "starts": starts.isoformat(), "ends": ends.isoformat()}])
    return day


def ask(server: Chronus, sound: Path, out: Path | None = None) -> Hearing:
    return asyncio.run(call(connect(server), sound, out, timeout=40))


def read(whisper: Path, pcm: bytes, rate: int) -> str:
    async def reading() -> str:
        recognizer = WhisperRecognizer(whisper)
        utterance = recognizer.utterance(rate=16000)
        utterance.feed(at_rate(pcm, rate, 16000))
        try:
            return (await utterance.final()).text
        finally:
            recognizer.close()

    return asyncio.run(reading())


@pytest.mark.parametrize("speaker", ["piper", "espeak-ng", "flite"])
def test_a_spoken_question_is_answered_aloud(
    speaker: str, server: Chronus, tomorrow: date, tmp_path: Path, whisper: Path, voice: Path
) -> None:
    """Whoever asks what is on tomorrow hears of the dentist, and the sound of the answer says the same."""
    text = "What's on my calendar tomorrow?"
    pcm = {"piper": lambda: piper(text, voice=voice), "espeak-ng": lambda: espeak(text), "flite": lambda: flite(text)}
    asked = write_wav(tmp_path / "asked.wav", pcm[speaker]() + silence(0.3, 16000), 16000)
    hearing = ask(server, asked, tmp_path / "answer.wav")

    assert "calendar tomorrow" in " ".join(words(hearing.heard))
    assert "dentist" in hearing.reply.lower()
    sound, rate = read_wav(tmp_path / "answer.wav")
    assert np.abs(np.frombuffer(sound, np.int16)).max() > 2000
    wrong, said = errors(hearing.reply, read(whisper, sound, rate))
    assert wrong / said < FINE
    assert hearing.v2v_ms is not None  # how long it took is for the benchmark to say: here others may be at work


def test_no_sound_of_a_conversation_is_kept(server: Chronus, tomorrow: date, tmp_path: Path, voice: Path) -> None:
    """What was said and what was answered is in no file afterwards, neither whole nor in pieces, and no new file holds any."""
    before = {name for name, _ in files(server.data)}
    pcm = piper("What's on my calendar tomorrow?", voice=voice)
    hearing = ask(server, write_wav(tmp_path / "asked.wav", pcm + silence(0.3, 16000), 16000), tmp_path / "answer.wav")
    assert "dentist" in hearing.reply.lower()
    answer, _ = read_wav(tmp_path / "answer.wav")
    pieces = [sound[at : at + 40] for sound in (pcm, answer) for at in range(0, len(sound) - 40, len(sound) // 400 * 2)]
    loud = [piece for piece in pieces if np.abs(np.frombuffer(piece, np.int16)).max() > 2000]
    assert len(loud) > 100
    kept = dict(files(server.data))
    assert not [name for name, content in kept.items() for piece in loud if piece in content]
    assert not [name for name in kept.keys() - before if name.endswith((".wav", ".mp3", ".ogg", ".flac", ".pcm"))]


def each_clip() -> list[Any]:
    """All of them; of one reader's long sentences the first, and of the cards two, outside of `make prove`.

    What the recognizer alone makes of each is in `tests/contract/test_speech.py`.
    """
    every = clips()
    long = [clip.name for clip in every if len(clip.words.split()) >= 8 and not clip.name.isdigit()]
    later = long[1:] + [clip.name for clip in every if clip.name.isdigit()][2:]
    return [pytest.param(clip, id=clip.name, marks=pytest.mark.slow if clip.name in later else ()) for clip in every]


@pytest.mark.parametrize("clip", each_clip())
def test_people_are_understood(clip: Clip, server: Chronus, tmp_path: Path, whisper: Path) -> None:
    """What people said, in the recordings that Debian has, is heard, and answered with something."""
    heard = asyncio.run(begin(server, write_wav(tmp_path / "asked.wav", clip.pcm, clip.rate)))
    wrong, said = errors(clip.words, heard)
    assert wrong / said <= FINE


async def begin(server: Chronus, sound: Path) -> str:
    """What was heard. The answer is heard out: what is left of it would be told first to whoever comes next."""
    async with calling(await asyncio.to_thread(connect, server)) as caller:
        await caller.ready()
        await caller.say(read_sound(sound))
        await caller.answer()
        return caller.heard


def connect(server: Chronus) -> str:
    return str(server.client.post("/v1/voice/connect").json()["ws_url"])
