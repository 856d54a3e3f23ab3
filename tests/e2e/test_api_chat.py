"""One turn in text: whole, streamed, cut off, approved."""

import json
import socket
import time
from typing import Any

import pytest

from tests.e2e.conftest import Chronus

STREAM = {"Accept": "text/event-stream"}


@pytest.fixture
def chronus(quick: Chronus) -> Chronus:
    """The quick server of this file."""
    return quick


def say(chronus: Chronus, text: str, **more: Any) -> dict[str, Any]:
    answer = chronus.client.post("/v1/chat", json={"text": text, **more})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def events(text: str) -> list[tuple[str, Any]]:
    """What a streamed answer consists of."""
    found = []
    for block in text.strip().split("\n\n"):
        if block.startswith(":"):
            continue
        name, data = block.split("\n", 1)
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_a_turn_is_answered_with_everything_the_contract_names(chronus: Chronus) -> None:
    """Reply, understanding, each tool call with its receipt; and the thread keeps it."""
    answer = say(chronus, "add milk to my shopping list", conversation_id="new")

    assert answer["reply"]
    (action,) = answer["actions"]
    assert action.keys() >= {"tool", "effect", "arguments", "ok", "error", "receipt"}
    assert (action["tool"], action["effect"], action["ok"], action["error"]) == ("add_task", "private", True, None)
    assert answer["understood"]["tool"] == "add_task"
    assert answer["pending"] is None
    kept = chronus.client.get(f"/v1/chat/{answer['conversation_id']}").json()
    assert kept["conversation_id"] == answer["conversation_id"]
    assert [(turn["said"], turn["reply"]) for turn in kept["turns"]] == [
        ("add milk to my shopping list", answer["reply"])
    ]
    assert kept["turns"][0]["actions"] == answer["actions"]


def test_the_current_thread_goes_on_unless_a_new_one_is_asked_for(chronus: Chronus) -> None:
    """Without an id, with its id, and with "new"."""
    first = say(chronus, "hello", conversation_id="new")["conversation_id"]

    assert say(chronus, "hello again")["conversation_id"] == first
    assert say(chronus, "and again", conversation_id=first)["conversation_id"] == first
    second = say(chronus, "start over", conversation_id="new")["conversation_id"]
    assert second != first
    lines = chronus.client.get("/v1/chat").json()["items"]
    assert [line["id"] for line in lines[:2]] == [second, first]
    assert lines[1]["title"] == "hello"


def test_a_streamed_turn_tells_itself_as_it_happens(chronus: Chronus) -> None:
    """`tool`, `said` and at last `finished` with what the whole answer would have been."""
    answer = chronus.client.post("/v1/chat", json={"text": "add bread to my shopping list"}, headers=STREAM)

    assert answer.headers["content-type"].startswith("text/event-stream")
    told = events(answer.text)
    assert [name for name, _ in told if name != "said"] == ["tool", "finished"]
    assert told[-1][0] == "finished"
    finished = told[-1][1]
    assert "".join(data["text"] for name, data in told if name == "said").split() == finished["reply"].split()
    assert dict(told)["tool"] == finished["actions"][0]


def test_who_hangs_up_loses_nothing(chronus: Chronus) -> None:
    """A turn whose line is cut is answered all the same, and done once."""
    thread = say(chronus, "hello", conversation_id="new")["conversation_id"]
    body = json.dumps({"text": "add candles to my shopping list", "conversation_id": thread}).encode()
    host, port = chronus.url.removeprefix("http://").split(":")
    head = (
        f"POST /v1/chat HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer {chronus.token()}\r\n"
        f"Accept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((host, int(port))) as line:
        line.sendall(head.encode() + body)
        line.recv(1)  # it has begun

    until = time.monotonic() + 10
    while time.monotonic() < until:
        turn = chronus.client.get(f"/v1/chat/{thread}").json()["turns"][-1]
        if turn["reply"]:
            break
        time.sleep(0.05)
    assert turn["said"] == "add candles to my shopping list"
    assert turn["reply"]
    tasks = chronus.client.get("/v1/tasks").json()["items"]
    assert [task["title"].lower() for task in tasks].count("candles") == 1


def test_what_takes_something_away_waits_for_a_yes(chronus: Chronus) -> None:
    """The turn answers with what is pending; approving it by its card runs exactly it, once; declining runs nothing."""
    for title in ("old sofa", "old lamp"):
        chronus.client.post("/v1/tasks", json={"title": title}).raise_for_status()
    first = say(chronus, "delete the old sofa task", conversation_id="new")
    assert first["pending"].keys() >= {"id", "tool", "effect", "arguments", "say", "expires_at"}
    assert first["actions"][-1]["error"] == "needs_approval"
    assert not first["actions"][-1]["ok"]
    waiting = chronus.client.get("/v1/approvals?status=pending").json()["items"]
    assert [one["id"] for one in waiting] == [first["pending"]["id"]]

    approved = chronus.client.post(f"/v1/approvals/{first['pending']['id']}/approve").json()
    second = say(chronus, "delete the old lamp task", conversation_id="new")
    declined = chronus.client.post(f"/v1/approvals/{second['pending']['id']}/decline").json()

    assert (approved["status"], approved["action"]["ok"]) == ("approved", True)
    assert (declined["status"], declined["action"]) == ("declined", None)
    assert chronus.client.post(f"/v1/approvals/{first['pending']['id']}/approve").status_code == 409
    titles = [task["title"] for task in chronus.client.get("/v1/tasks").json()["items"]]
    assert "old lamp" in titles
    assert "old sofa" not in titles


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": "   "}, {"text": "x" * 4001}, {"text": 7}, {"words": "hi"}]
)
def test_what_is_no_turn_is_refused(chronus: Chronus, body: dict[str, Any]) -> None:
    """Nothing said, too much said, not said at all: 422, streamed or not."""
    for headers in ({}, STREAM):
        assert chronus.client.post("/v1/chat", json=body, headers=headers).status_code == 422


def test_a_thread_that_is_not_there_is_not_found(chronus: Chronus) -> None:
    """For reading and for going on, streamed or not; nothing is begun."""
    before = len(chronus.client.get("/v1/chat").json()["items"])

    assert chronus.client.get(f"/v1/chat/{'f' * 32}").status_code == 404
    for headers in ({}, STREAM):
        answer = chronus.client.post("/v1/chat", json={"text": "hi", "conversation_id": "f" * 32}, headers=headers)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
    assert len(chronus.client.get("/v1/chat").json()["items"]) == before
