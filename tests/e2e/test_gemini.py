"""A Chronus that thinks with Gemini, over its real doors; Gemini's side is scripted and strict."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.conftest import Chronus, Start
from tests.e2e.test_api_chat import STREAM, events, say
from tests.emulators.gemini import GeminiDouble, calls, ends, fails, hangs, says, served_gemini
from tests.geminis import settings

WISH = "Schedule a meeting with Anna tomorrow at 2pm"
MEETING = ("add_event", {"title": "Meeting with Anna", "when": "tomorrow at 2pm", "guests": ["Anna"]})
ANNA = {"from": "Anna Berg <anna@example.org>", "to": ["me@example.org"], "subject": "Hello", "body": "Hi.", "at": "2026-03-01T09:00:00+01:00", "unread": False}  # fmt: skip


@pytest.fixture
def google() -> Iterator[GeminiDouble]:
    """Gemini."""
    with served_gemini() as double:
        yield double


@pytest.fixture
def chronus(start: Start, google: GeminiDouble) -> Iterator[Chronus]:
    """A server that has its key."""
    with start(gemini=settings(google)) as running:
        yield running


def titles(chronus: Chronus) -> list[str]:
    """What is on the calendar in the days to come."""
    return [one["title"] for one in chronus.client.get("/v1/calendar/events").json()["items"]]


def test_a_meeting_is_scheduled_after_a_yes(chronus: Chronus, google: GeminiDouble) -> None:
    """A function call becomes a question, the yes one event with its guest, and the receipt stands in the answer."""
    chronus.demo(messages=[ANNA])
    google.then(calls(MEETING))

    asked = say(chronus, WISH)

    assert asked["pending"]["tool"] == "add_event"
    assert asked["pending"]["arguments"]["guests"] == ["anna@example.org"]
    assert "anna@example.org" in asked["reply"]
    assert titles(chronus) == []

    done = say(chronus, "invite Anna")

    [action] = done["actions"]
    assert (action["ok"], action["effect"], action["receipt"]["guests"]) == (True, "outbound", ["anna@example.org"])
    assert "Meeting with Anna is on your calendar" in done["reply"]
    assert titles(chronus) == ["Meeting with Anna"]
    assert len(google.turns) == 1  # a yes needs no mind
    assert google.refused == []


def test_a_streamed_meeting(chronus: Chronus, google: GeminiDouble) -> None:
    """The same as server-sent events: the call, the question, and what waits for the yes."""
    chronus.demo(messages=[ANNA])
    google.then(calls(MEETING))

    told = events(chronus.client.post("/v1/chat", json={"text": WISH}, headers=STREAM).text)

    assert [name for name, _ in told] == ["tool", "approval", "said", "finished"]
    assert told[0][1]["error"] == "needs_approval"
    pending = told[1][1]["id"]
    done = chronus.client.post(f"/v1/approvals/{pending}/approve").json()
    assert done["action"]["receipt"]["title"] == "Meeting with Anna"
    assert titles(chronus) == ["Meeting with Anna"]


def test_words_are_streamed_as_they_are_thought(chronus: Chronus, google: GeminiDouble) -> None:
    """Clauses arrive one by one, each as soon as it is whole, and together are the reply."""
    google.then(says("Penguins prop", "ose with a 3.", "5 gram peb", "ble, so they s", "ay. Some bow,", " others sing. Any", "thing else?", every=0.05))  # fmt: skip
    came: list[tuple[float, str]] = []
    with chronus.client.stream("POST", "/v1/chat", json={"text": "Tell me something."}, headers=STREAM) as answer:
        for line in answer.iter_lines():
            if line.startswith('data: {"text"'):
                came.append((time.monotonic(), json.loads(line.removeprefix("data: "))["text"]))  # noqa: PERF401, a moment each

    assert (
        "".join(text for _, text in came)
        == "Penguins propose with a 3.5 gram pebble, so they say. Some bow, others sing. Anything else?"
    )
    assert len(came) >= 4
    assert came[-1][0] - came[0][0] > 0.1


def test_who_answers_is_told(chronus: Chronus, google: GeminiDouble) -> None:
    """`/v1/me` names the model; in an outage the built-in mind, and that it stands in; health says it, and stays ready."""
    assert me(chronus) == ("gemini-3.5-flash-lite", False)
    assert mind(chronus)["state"] == "ok"

    google.broken = fails(503)
    told = say(chronus, "add milk to my shopping list")

    assert told["reply"].startswith("Gemini isn't answering; I can still do the basics.")
    assert told["actions"][0]["ok"]
    assert me(chronus) == ("built-in", True)
    assert mind(chronus)["state"] == "degraded"
    assert "Gemini" not in say(chronus, "add bread to my shopping list")["reply"]


def test_a_wrong_key_is_told_and_the_basics_go_on(start: Start, google: GeminiDouble) -> None:
    """By its own sentence, in the answer and in the health check; the server stays up and ready."""
    with start(gemini=settings(google, api_key="wrong")) as chronus:
        assert say(chronus, "add milk to my shopping list")["reply"].startswith("Gemini doesn't accept my key; ")
        assert mind(chronus) == {"state": "degraded", "say": "Gemini doesn't accept my key."}


def test_nobody_at_the_address_keeps_no_server_down(start: Start, google: GeminiDouble) -> None:
    """It starts, is ready, and answers with the basics."""
    with start(gemini=settings(google, base_url="http://127.0.0.1:9")) as chronus:
        assert say(chronus, "add milk to my shopping list")["actions"][0]["ok"]
        assert mind(chronus)["state"] == "degraded"


def test_without_a_key_there_is_no_such_check(start: Start) -> None:
    """The built-in mind needs nobody."""
    with start() as chronus:
        assert me(chronus) == ("built-in", False)
        assert "mind" not in chronus.stranger.get("/health/ready").json()["checks"]


def test_a_gemini_that_hangs_leaves_nobody_in_silence(chronus: Chronus, google: GeminiDouble) -> None:
    """Words within six seconds of the question, whole or streamed; the next turn doesn't wait at all."""
    google.broken = hangs()
    began = time.monotonic()
    with chronus.client.stream("POST", "/v1/chat", json={"text": "what time is it"}, headers=STREAM) as answer:
        first = next(line for line in answer.iter_lines() if line.startswith("data: "))
    assert "Gemini isn't answering" in first
    assert time.monotonic() - began < 6

    assert say(chronus, "add milk to my shopping list")["actions"][0]["ok"]
    assert len(google.turns) == 1
    assert google.turns[0].hung_up


def test_figures_of_the_mind_stand_in_the_metrics(chronus: Chronus, google: GeminiDouble) -> None:
    """Answers by how they ended, tokens, failures, and how often the built-in mind stood in."""
    google.then(says("Hello."), ends("SAFETY"), fails(400))
    for text in ("hello there", "tell me a secret", "what time is it"):
        say(chronus, text)

    read = chronus.stranger.get("/metrics").text
    for line in (
        'chronus_mind_answers_total{finish="STOP",model="gemini-3.5-flash-lite"} 1.0',
        'chronus_mind_answers_total{finish="SAFETY",model="gemini-3.5-flash-lite"} 1.0',
        'chronus_mind_failures_total{kind="no_answer"} 1.0',
        'chronus_mind_fallbacks_total{reason="no_answer"} 1.0',
        "chronus_mind_other_model 0.0",
    ):
        assert line in read
    assert 'chronus_mind_tokens_total{kind="prompt",model="gemini-3.5-flash-lite"}' in read


def me(chronus: Chronus) -> tuple[str, bool]:
    """Who answers now, and whether as a stand-in."""
    told = chronus.client.get("/v1/me").json()
    return told["mind"], told["mind_away"]


def mind(chronus: Chronus) -> dict[str, Any]:
    """What the readiness check says of the mind; the server is ready whatever it says."""
    answer = chronus.stranger.get("/health/ready")
    checks = answer.json()["checks"]
    others_failed = [name for name, one in checks.items() if one["state"] == "failed"]
    assert "mind" not in others_failed
    assert (answer.status_code == 200) is (others_failed == []), checks
    return {key: value for key, value in checks["mind"].items() if key != "ms" and value is not None}
