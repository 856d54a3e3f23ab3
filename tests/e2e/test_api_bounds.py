"""What strangers, other people and bad input get from every endpoint there is."""

import asyncio
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from integrations.settings import LimitSettings, RedisSettings
from integrations.store.approvals import Approvals
from integrations.store.calls import Calls
from integrations.store.database import open_database
from integrations.store.notifications import Notifications
from integrations.store.people import People
from integrations.store.suggestions import Suggestion, Suggestions
from tests.e2e.conftest import UNLIMITED, Chronus, Start, free_port

METHODS = ("get", "post", "put", "patch", "delete")
CALLBACK = "/v1/auth/google/callback"  # a browser's navigation ends there: it answers with a small page
OPEN = {
    "/v1/auth/local", "/v1/auth/refresh", "/v1/auth/ways", "/v1/auth/google/start", CALLBACK,
    "/v1/google/mail/push",  # opened by a secret of its own
    "/health", "/health/ready", "/metrics",
}  # fmt: skip
Operation = tuple[str, str, dict[str, Any]]


@pytest.fixture
def chronus(quick: Chronus) -> Chronus:
    """The quick server of this file."""
    return quick


def operations(chronus: Chronus) -> list[Operation]:
    """Everything the server says it can do."""
    paths = chronus.stranger.get("/openapi.json").json()["paths"]
    return [(m, path, methods[m]) for path, methods in paths.items() for m in METHODS if m in methods]


async def _ask_something(chronus: Chronus) -> str:
    """An approval of the owner's, as the assistant would leave it."""
    now = datetime.now(UTC)
    async with open_database(None, chronus.data) as database, database.work() as session:
        owner = await People(session).owner("UTC", now)
        asked = await Approvals(session, owner.id).add(
            channel="text", tool="delete_task", effect="destructive", arguments={}, digest="x", say="Shall I?",
            asked_at=now, expires_at=now + timedelta(hours=1),
        )  # fmt: skip
        return asked.id


async def _suggest_something(chronus: Chronus) -> str:
    """A suggestion of the owner's, as the assistant would leave it on a working day."""
    now = datetime.now(UTC)
    async with open_database(None, chronus.data) as database, database.work() as session:
        owner = await People(session).owner("UTC", now)
        suggested = Suggestion(
            kind="focus", fingerprint="secret", title="Secret plan", text="You are free.", why="It is a secret.",
            starts=now, ends=now + timedelta(hours=1), at=now, state="open",
        )  # fmt: skip
        return (await Suggestions(session, owner.id).put(suggested)).id


async def _call_somebody(chronus: Chronus) -> str:
    """A call to the owner, which is still to come."""
    later = datetime.now(UTC) + timedelta(hours=1)
    async with open_database(None, chronus.data) as database, database.work() as session:
        owner = await People(session).owner("UTC", datetime.now(UTC))
        call = await Calls(session, owner.id).add(number="+15551234567", at=later, about="asked")
        assert call
        return call.id


async def _tell_something(chronus: Chronus) -> str:
    """A notification of the owner's."""
    now = datetime.now(UTC)
    async with open_database(None, chronus.data) as database, database.work() as session:
        owner = await People(session).owner("UTC", now)
        told = await Notifications(session, owner.id).keep(
            about="digest", say="A secret mail.", link="/", key="secret", at=now, due_at=now + timedelta(hours=1)
        )
        assert told
        return told.id


@pytest.fixture(scope="module")
def owned(quick: Chronus) -> dict[str, str]:
    """One of everything the owner can have, by the name that paths give its id."""
    mine = quick.client

    def made(path: str, **body: Any) -> str:
        answer = mine.post(path, json=body)
        answer.raise_for_status()
        found = answer.json()
        return str(found.get("id") or found["conversation_id"])

    soon = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    ids = {
        "event_id": made("/v1/calendar/events", title="Secret meeting", starts=soon),
        "task_id": made("/v1/tasks", title="Secret task"),
        "reminder_id": made("/v1/reminders", text="Secret reminder", due=soon),
        "draft_id": made("/v1/email/drafts", to=["dana@acme.example"], subject="Secret draft", body="Secret"),
        "memory_id": made("/v1/memory", text="My secret is safe"),
        "conversation_id": made("/v1/chat", text="a secret word", conversation_id="new"),
        "approval_id": asyncio.run(_ask_something(quick)),
        "suggestion_id": asyncio.run(_suggest_something(quick)),
        "notification_id": asyncio.run(_tell_something(quick)),
        "call_id": asyncio.run(_call_somebody(quick)),
    }
    mail = {"from": "Dana <dana@acme.example>", "subject": "Secret", "body": "Could you send me the secret figures?"}
    mine.post("/v1/demo", json={"messages": [mail]}).raise_for_status()
    ids["item_id"] = mine.post("/v1/email/digest").raise_for_status().json()["items"][0]["id"]
    ids["message_id"] = ids["draft_id"]
    ids["voice_id"] = "piper:nobody"  # nobody's own, and this server has none
    ids["job"] = "upkeep"  # nobody's to ask for
    ids["calendar_id"] = "somebody@example.com"  # everybody's own one is called the same
    ids["change_id"] = mine.get("/v1/changes").json()["items"][0]["id"]
    return ids


BODIES: dict[str, dict[str, Any]] = {
    "/v1/calendar/events/{event_id}": {"title": "Taken"},
    "/v1/tasks/{task_id}": {"title": "Taken"},
    "/v1/memory/{memory_id}": {"text": "It was taken"},
    "/v1/calendar/calendars/{calendar_id}": {"shown": False},
    "/v1/reminders/{reminder_id}/snooze": {"minutes": 5},
}


def test_every_endpoint_wants_a_sign_in(chronus: Chronus, owned: dict[str, str]) -> None:
    """Without one there is nothing but the ways to sign in and the signs of life; a forgery is no better."""
    for headers in ({}, {"Authorization": "Bearer eyJhbGciOiJub25lIn0.e30."}):
        for method, path, _ in operations(chronus):
            if path in OPEN:
                continue
            answer = chronus.stranger.request(method, path.format(**owned), headers=headers)
            assert answer.status_code == 401, (method, path)
            assert answer.headers["content-type"] == "application/problem+json"


def test_what_belongs_to_someone_else_is_not_there(chronus: Chronus, owned: dict[str, str]) -> None:
    """Every endpoint that takes an id answers another person as if nothing had it, and changes nothing."""
    tried = 0
    with chronus.somebody_else() as other:
        for method, path, _ in operations(chronus):
            if "{" not in path:
                continue
            foreign = other.request(method, path.format(**owned), json=BODIES.get(path))
            unknown = other.request(method, path.format(**dict.fromkeys(owned, "f" * 32)), json=BODIES.get(path))
            assert foreign.status_code == 404, (method, path, foreign.text)
            assert unknown.status_code == 404, (method, path, unknown.text)
            assert foreign.json() == unknown.json()
            tried += 1
        assert tried >= 14
        for body in ({"text": "hello", "conversation_id": owned["conversation_id"]},):
            assert other.post("/v1/chat", json=body).status_code == 404
        reply = {"to": ["x@y.example"], "body": "x", "reply_to": owned["message_id"]}
        assert other.post("/v1/email/drafts", json=reply).status_code == 404
        for path in ("calendar/events", "tasks", "reminders", "email/messages?q=in:drafts", "memory", "chat", "changes", "approvals", "email/digest", "suggestions", "notifications", "jobs", "me/export"):  # fmt: skip
            assert "ecret" not in other.get(f"/v1/{path}").text
    assert chronus.client.get("/v1/tasks?list=Tasks").json()["items"][0]["title"] == "Secret task"


def test_every_answer_carries_the_security_headers(chronus: Chronus, owned: dict[str, str]) -> None:
    """Good ones, refusals, the page, what isn't there, what is malformed."""
    asked = [(m, path.format(**owned)) for m, path, _ in operations(chronus) if path != "/v1/me" or m != "delete"]
    asked += [
        ("get", p) for p in ("/", "/settings", "/nowhere", "/v1", "/v1/nowhere", "/assets/none.js", "/openapi.json")
    ]
    asked += [("put", "/health"), ("options", "/v1/tasks"), ("head", "/"), ("trace", "/"), ("post", "/")]
    for method, path in asked:
        answer = chronus.stranger.request(method, path)
        headers = answer.headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"], (method, path)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "x-request-id" in headers
        assert "server" not in headers
        if path.startswith("/v1"):
            assert headers["cache-control"] == "no-store"
        if answer.status_code >= 400 and method != "head":
            # one that isn't ready tells in its own words which of what it leans on doesn't work
            others = ("/", "/settings", CALLBACK, "/health/ready")
            assert headers["content-type"] == "application/problem+json" or path in others, (method, path)


JUNK: list[Any] = [
    None, [], "x", 1, {}, {"unknown": 1}, {"title": None}, {"title": []}, {"title": "x" * 100_000}, {"text": ""},
    {"title": "x", "starts": "yesterday"}, {"title": "x", "starts": "2026-03-05T10:00:00"}, {"title": "\x00\ud800"[:1]},
    {"title": "x", "starts": "2026-03-05T10:00:00Z", "ends": "2026-03-05T09:00:00Z"},
    {"title": "x", "starts": "0001-01-01T00:00:00+14:00"}, {"title": "x", "starts": "9999-12-31T23:59:59-12:00"},
    {"title": "x", "starts": "2026-03-05T10:00:00Z", "zone": "../../etc/passwd"}, {"title": "x", "due": "9999-12-31"},
    {"title": "x", "starts": "2026-03-05T10:00:00Z", "recurrence": "FREQ=SECONDLY"}, {"text": "x", "when": "the 31st of february"},
    {"title": "x", "starts": "2026-03-05T10:00:00Z", "recurrence": "FREQ=DAILY;INTERVAL=0"}, {"text": "x", "due": "1e400"},
    {"title": "x", "starts": "2026-03-05T10:00:00Z", "guests": ["not an address", "a@b.example\r\nBcc: c@d.example"]},
    {"to": ["x"], "body": "x"}, {"to": ["a@b.example"], "subject": "x\r\nBcc: c@d.example", "body": "x"},
    {"text": "x", "conversation_id": "../x"}, {"zone": "Mars/Base"}, {"working_hours": {"start": "25:00", "end": "x"}},
    {"events": [{}]}, {"messages": [{"from": 1}]}, {"refresh_token": 7}, {"refresh_token": "x" * 300},
]  # fmt: skip


def test_bad_input_is_a_clear_refusal_everywhere(chronus: Chronus, owned: dict[str, str]) -> None:
    """No body and no id makes any endpoint stumble: 4xx with a sentence, never 5xx, and the server stays up."""
    ids = [
        owned,
        *(dict.fromkeys(owned, bad) for bad in ("%00", "..%2f..", "x" * 3000, "%F0%9F%98%80", "'%20OR%201=1--")),
    ]
    with chronus.somebody_else() as other:
        for method, path, operation in operations(chronus):
            if path == "/v1/me" and method == "delete":
                continue
            for named in ids if "{" in path else ids[:1]:
                bodies = JUNK if "requestBody" in operation and named is owned else [None]
                for body in bodies:
                    answer = other.request(method, path.format(**named), json=body)
                    assert answer.status_code < 500 or answer.status_code == 503, (method, path, body, answer.text)
                    if path == CALLBACK:
                        assert "text/html" in answer.headers["content-type"]
                        assert answer.status_code == 400
                    elif answer.status_code >= 400:
                        assert answer.json()["title"], (method, path, body)
    assert chronus.stranger.get("/health").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "calendar/events?from=x", "calendar/events?from=2026-03-05&to=2026-03-04", "calendar/events?from=0001-01-01",
        "calendar/events?from=2026-01-01&to=2126-01-01", "calendar/free?minutes=0", "calendar/events?limit=0",
        "calendar/events?limit=9999", "calendar/events?next=!!!", "tasks?next=eHg", "changes?next=LTE", "chat?next=MSAx",
        "tasks?done=perhaps", "approvals?status=x", "changes?next=" + "A" * 300, "calendar/events?from=99999-01-01",
    ],
)  # fmt: skip
def test_bad_questions_are_refused(chronus: Chronus, query: str) -> None:
    """What can't be meant is said to be so, with 422."""
    assert chronus.client.get(f"/v1/{query}").status_code == 422


def test_a_body_has_its_limit(chronus: Chronus) -> None:
    """Ten megabytes are refused with 413, whether their length was told or not, before or after signing in."""

    def in_pieces() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 100_000

    for client in (chronus.client, chronus.stranger):
        for content in (b"x" * 10_000_000, in_pieces()):
            answer = client.post("/v1/tasks", content=content, headers={"Content-Type": "application/json"})
            assert answer.status_code in (413, 401)
            assert answer.headers["content-type"] == "application/problem+json"
    told = chronus.client.post("/v1/tasks", content=b"x" * 1_100_000)
    assert told.status_code == 413
    assert told.json()["code"] == "too_large"


def test_headers_have_their_limit_and_nonsense_is_no_trouble(chronus: Chronus) -> None:
    """Endless headers and what isn't HTTP at all are turned away; the server stays up."""
    host, port = chronus.url.removeprefix("http://").split(":")
    for sent in (
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-A: " + b"a" * 100_000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"POST /v1/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\n\r\n",
    ):
        with socket.create_connection((host, int(port)), timeout=10) as raw:
            raw.sendall(sent)
            answer = raw.recv(65536)
        assert answer == b"" or answer.startswith(b"HTTP/1.1 4")
    assert chronus.stranger.get("/health").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "body", "allowed"),
    [
        ("GET", "/v1/tasks", None, 5), ("POST", "/v1/tasks", {"title": "x"}, 5), ("GET", "/v1/me", None, 5),
        ("POST", "/v1/auth/local", None, 5), ("POST", "/v1/auth/logout", None, 5), ("GET", "/v1/chat", None, 5),
        ("POST", "/v1/voice/connect", {}, 5), ("GET", "/", None, 20), ("GET", "/health", None, 20), ("GET", "/metrics", None, 20),
        ("GET", "/v1/nowhere", None, 10),
    ],
)  # fmt: skip
def test_every_class_of_endpoint_has_its_limit(start: Start, method: str, path: str, body: Any, allowed: int) -> None:
    """Beyond so many a minute there is 429 and the time to wait; nobody gets more by saying they are someone else."""
    with start(limits=LimitSettings(turns_per_minute=0, conversations_per_person=0, requests_per_minute=5)) as chronus:
        bearer = {"Authorization": f"Bearer {chronus.token()}"} if "auth" not in path else {}
        last = None
        for n in range(allowed * 2 + 2):
            forged = {"X-Forwarded-For": f"203.0.113.{n}", "X-Real-IP": f"203.0.113.{n}"} if n > allowed else {}
            last = chronus.stranger.request(method, path, json=body, headers=bearer | forged)

        assert last is not None
        assert last.status_code == 429
        assert 0 < int(last.headers["retry-after"]) <= 60
        assert last.json()["code"] == "rate_limited"


def test_turns_have_their_own_limit(start: Start) -> None:
    """Three turns a minute are answered, the fourth is told to wait, by text as by stream; 0 is no limit."""
    with start(limits=LimitSettings(turns_per_minute=3, conversations_per_person=0, requests_per_minute=0)) as chronus:
        answers = [chronus.client.post("/v1/chat", json={"text": "hello"}) for _ in range(4)]
        streamed = chronus.client.post("/v1/chat", json={"text": "hello"}, headers={"Accept": "text/event-stream"})

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert streamed.status_code == 429


def test_without_redis_limits_hold_and_nothing_lies(start: Start) -> None:
    """The API goes on, counted here alone; readiness says what is missing; no ticket is promised that can't be kept."""
    away = RedisSettings(url=f"redis://127.0.0.1:{free_port()}/0")
    limits = LimitSettings(turns_per_minute=0, conversations_per_person=0, requests_per_minute=10)
    with start(redis=away, limits=limits) as chronus:
        bearer = {"Authorization": f"Bearer {chronus.token()}"}
        statuses = [chronus.stranger.get("/v1/tasks", headers=bearer).status_code for _ in range(15)]
        ready = chronus.stranger.get("/health/ready")

    assert statuses == [200] * 10 + [429] * 5
    assert ready.status_code == 503
    assert ready.json()["checks"]["cache"]["state"] == "failed"
    assert ready.json()["checks"]["database"]["state"] == "ok"


def test_an_allowed_page_can_read_its_refusals(start: Start) -> None:
    """Refusals of every layer carry the permission to be read, for exactly that page."""
    page = {"Origin": "https://app.example"}
    limits = LimitSettings(turns_per_minute=0, conversations_per_person=0, requests_per_minute=2)
    with start(allowed_origins=["https://app.example"], limits=limits) as chronus:
        bearer = {"Authorization": f"Bearer {chronus.token()}"}
        answers = [
            chronus.stranger.get("/v1/tasks", headers=page),
            chronus.stranger.post("/v1/tasks", headers=page | bearer, content=b"x" * 2_000_000),
            *(chronus.stranger.get("/v1/tasks", headers=page | bearer) for _ in range(4)),
            chronus.stranger.get("/v1/voice/nowhere", headers=page),
        ]

    assert {401, 413, 200, 429, 404} == {answer.status_code for answer in answers}
    assert all(answer.headers["access-control-allow-origin"] == "https://app.example" for answer in answers)
    assert all("Retry-After" in answer.headers["access-control-expose-headers"] for answer in answers)


def test_limits_can_be_switched_off(start: Start) -> None:
    """0 means none: a bench may ask as often as it likes."""
    with start(limits=UNLIMITED) as chronus:
        bearer = {"Authorization": f"Bearer {chronus.token()}"}
        assert {chronus.stranger.get("/v1/me", headers=bearer).status_code for _ in range(100)} == {200}
