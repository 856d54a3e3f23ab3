"""A whole morning, by jobs, as it would come: sixty mails, twelve events, fifteen tasks; in both shapes that Chronus runs in."""

import asyncio
import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import soundfile

from integrations.settings import Settings
from integrations.speech.whisper import WhisperRecognizer
from integrations.weights import whisper_name
from tests.audio import at_rate, errors, words
from tests.cluster import cluster
from tests.conftest import missing
from tests.e2e.conftest import Chronus, in_process
from tests.e2e.test_hearing import found
from tests.morning import LETTERS, ME, morning
from tests.servers import Missing

pytestmark = pytest.mark.timeout(600)

SETTINGS = Settings(_env_file=None)
PATIENCE = 240.0
FINE = 0.3
"""Share of wrong words that is still good hearing for the small model."""
ORDERS = {letter.subject for letter in LETTERS if "assistant" in letter.body.lower() and not letter.matters}
"""Mails that speak to whoever reads them for the person."""


@contextmanager
def laptop(folder: Path) -> Iterator[Chronus]:
    """`chronus serve`, with everything inside."""
    with in_process(folder / "data") as chronus:
        yield chronus


@contextmanager
def servers(_: Path) -> Iterator[Chronus]:
    """PostgreSQL, Redis, a worker and beat, each a process of its own."""
    try:
        with cluster({"LIMITS__TURNS_PER_MINUTE": "0", "LIMITS__REQUESTS_PER_MINUTE": "0"}) as running:
            chronus = Chronus(running.url, running.home / "app")
            yield chronus
            chronus.close()
    except Missing as absent:
        missing(str(absent))


@pytest.mark.parametrize("shape", [laptop, pytest.param(servers, marks=pytest.mark.slow)])
def test_a_morning(shape: Any, tmp_path: Path) -> None:
    """Digest, briefing, its sound and a suggestion, each true to what is on the calendar, in the lists and in the mail."""
    with shape(tmp_path) as chronus:
        now = breakfast(chronus)
        chronus.demo(**morning(now))
        for job in ("email.digest", "briefing.write", "suggestions.make"):
            done(chronus, job)

        the_digest_holds(chronus.client.get("/v1/email/digest").json())
        told = chronus.client.get("/v1/briefing/today").json()
        the_briefing_names_it_all(told, now)
        mp3 = sound(chronus)
        the_sound_says_the_same(chronus.client.get("/v1/briefing/today").json(), mp3)
        suggestions_are_free(chronus, now)
        made_ahead(chronus)
        about = {one["about"] for one in chronus.client.get("/v1/notifications").json()["items"]}
        assert about >= {"digest", "briefing", "suggestion"}


def breakfast(chronus: Chronus) -> datetime:
    """Have the owner live where it is between eight and nine just now, and work every day."""
    hours = (8 - datetime.now(UTC).hour + 12) % 24 - 12
    zone = f"Etc/GMT{-hours:+d}" if hours else "UTC"
    mine = {"zone": zone, "working_days": list(range(1, 8))}
    chronus.client.patch("/v1/me", json=mine).raise_for_status()
    return datetime.now(ZoneInfo(zone))


def done(chronus: Chronus, job: str) -> None:
    """Asked for, and waited for."""
    asked = datetime.now(UTC) - timedelta(seconds=1)
    chronus.client.post(f"/v1/jobs/{job}").raise_for_status()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        mine = [one for one in chronus.client.get("/v1/jobs").json()["items"] if one["job"] == job]
        over = bool(mine) and all(one["state"] == "done" for one in mine)
        if over and any(datetime.fromisoformat(one["at"]) >= asked for one in mine):
            return
        assert all(one["state"] not in ("failed", "parked") for one in mine), mine
        time.sleep(0.3)
    raise AssertionError(f"{job} wasn't done: {mine}")


def made_ahead(chronus: Chronus) -> None:
    """Whoever does the jobs has a voice; nobody has to ask for the sound first."""
    until = time.monotonic() + PATIENCE
    while True:
        rows = [one for one in chronus.client.get("/v1/jobs").json()["items"] if one["job"] == "briefing.speak"]
        if rows and all(one["state"] == "done" for one in rows):
            assert any("is spoken" in one["say"] for one in rows), rows
            return
        assert time.monotonic() < until, rows
        time.sleep(0.5)


def the_digest_holds(digest: dict[str, Any]) -> None:
    """Most of what matters, little else; each thing to do stands in its mail; nobody who gives orders is obeyed."""
    truth = {letter.subject: letter for letter in LETTERS}
    assert digest["unread"] == 60
    named = {one["subject"] for one in digest["mails"]}
    matter = {subject for subject, letter in truth.items() if letter.matters}
    assert len(named & matter) / len(matter) > 0.9
    assert len(named & matter) / len(named) > 0.9
    assert len(digest["items"]) >= 15
    for item in digest["items"]:
        letter = truth[item["mail"]["subject"]]
        assert letter.asks, item
        assert item["quote"].split()[0] in letter.body
    assert len(ORDERS) >= 2
    assert ORDERS.isdisjoint(named | {item["mail"]["subject"] for item in digest["items"]})


def the_briefing_names_it_all(told: dict[str, Any], now: datetime) -> None:
    """Every event of the day, the two that collide, what is due and overdue, mail that matters, one suggestion."""
    today = morning(now)
    day = [one["title"] for one in today["events"] if one["starts"][:10] == f"{now:%Y-%m-%d}"]
    late = [one["title"] for one in today["tasks"] if one.get("due", "9") <= f"{now:%Y-%m-%d}"]
    assert len(day) == 6
    for title in (*day, *late, "Budget review and Call with Northwind overlap", "Sarah Lindqvist"):
        assert title in told["text"], title
    kinds = [item["kind"] for item in told["items"]]
    assert {"event", "conflict", "task", "mail", "action"} <= set(kinds)
    assert kinds.count("suggestion") == 1
    assert ME not in told["text"]


def the_sound_says_the_same(told: dict[str, Any], mp3: bytes) -> None:
    """Read back by whisper, chapter by chapter, the day is in it."""
    read = asyncio.run(read_back(told, mp3))
    wrong, said = errors(" ".join(item["text"] for item in told["items"]), " ".join(read))
    assert wrong / said < FINE, read
    heard = words(" ".join(read))
    facts = [word for title in ("Budget review", "Lunch", "Dentist", "Choir", "passport") for word in words(title)]
    assert sum(not get_close_matches(word, heard, cutoff=0.7) for word in facts) <= 1, read


async def read_back(told: dict[str, Any], mp3: bytes) -> list[str]:
    samples, rate = soundfile.read(io.BytesIO(mp3), dtype="int16")
    starts = [item["starts_ms"] * rate // 1000 for item in told["items"]]
    whisper = WhisperRecognizer(found(whisper_name(SETTINGS)))
    read = []
    for begins, ends in zip(starts, [*starts[1:], len(samples)], strict=True):
        utterance = whisper.utterance(rate=16000)
        utterance.feed(at_rate(np.ascontiguousarray(samples[begins:ends]).tobytes(), rate, 16000))
        read.append((await utterance.final()).text)
    whisper.close()
    return read


def sound(chronus: Chronus) -> bytes:
    """As soon as it is made."""
    until = time.monotonic() + PATIENCE
    while (answer := chronus.client.get("/v1/briefing/today/audio")).status_code == 202:
        assert time.monotonic() < until, "the sound was never made"
        time.sleep(min(2.0, float(answer.headers["Retry-After"])))
    assert answer.status_code == 200
    return answer.content


def suggestions_are_free(chronus: Chronus, now: datetime) -> None:
    """Each lies in working hours to come, and touches nothing that is on the calendar."""
    found = chronus.client.get("/v1/suggestions").json()["items"]
    assert found
    for one in found:
        starts, ends = (datetime.fromisoformat(one[name]).astimezone(now.tzinfo) for name in ("starts", "ends"))
        assert starts >= now
        if one["kind"] != "habit":
            assert f"{starts:%H:%M}" >= "09:00"
            assert f"{ends:%H:%M}" <= "17:00"
        query = {"from": f"{starts:%Y-%m-%d}", "to": f"{starts + timedelta(days=1):%Y-%m-%d}"}
        for event in chronus.client.get("/v1/calendar/events", params=query).json()["items"]:
            assert datetime.fromisoformat(event["ends"]) <= starts or datetime.fromisoformat(event["starts"]) >= ends, (
                one,
                event,
            )
