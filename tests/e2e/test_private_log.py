"""What a real server writes down in a day of use and of misuse: none of fifty secrets, and no line that somebody else wrote."""

import json
import time
from typing import Any

import httpx

from tests.canaries import found_in
from tests.e2e.conftest import Chronus

STEM = "quilzam"
PIN, NUMBER = "739164", "+15550173964"


class Secrets:
    """Fifty and more words, each told once."""

    def __init__(self) -> None:
        self.told: list[str] = [PIN, NUMBER]

    def __call__(self) -> str:
        word = f"{STEM}{len(self.told):03d}"
        self.told.append(word)
        return word


def test_fifty_secrets_are_in_no_line_of_the_log(fresh_server: Chronus) -> None:
    """Said, mailed, remembered, dialled, mistyped, refused, put into addresses and headers: the log knows none of it."""
    secret, client = Secrets(), fresh_server.client
    use(client, secret)
    misuse(client, fresh_server.stranger, secret)
    assert len(secret.told) >= 50
    time.sleep(2)  # what happens unasked happens too
    assert client.get("/v1/me/export").status_code == 200
    assert client.delete("/v1/me").status_code == 204

    assert fresh_server.log is not None
    log = fresh_server.log.read_bytes()
    assert log.count(b"/v1/chat") >= 8
    assert not [line for line in log.splitlines() if found_in(STEM, [("", line)])]
    assert not any(one.encode() in log for one in secret.told)
    lines = [json.loads(line) for line in log.decode().splitlines() if line.startswith("{")]
    assert not any("forged" in str(line.get("event")) for line in lines)


def use(client: httpx.Client, secret: Secrets) -> None:
    """As it is meant."""
    client.patch("/v1/me", json={"name": secret()})
    dana = {"from": f"{secret()} <{secret()}@example.com>", "subject": secret(), "body": f"Please send me the {secret()} by Friday."}  # fmt: skip
    event = {"title": secret(), "starts": "2026-12-01T10:00:00+00:00", "place": secret(), "notes": secret()}
    client.post("/v1/demo", json={"messages": [{**dana, "unread": True}], "events": [event], "tasks": [{"title": secret()}]})  # fmt: skip
    for words in (
        f"Remember that my {secret()} is {secret()}", f"Remind me to {secret()} tomorrow at 9", f"What about {secret()}?",
        f"Send an email to {secret()}@example.com saying {secret()}", "Read my mail", "Summarize my inbox", f"I live in {secret()}",
        f"Call {secret()} and buy {secret()}", "Undo that", "Forget everything about me",
    ):  # fmt: skip
        client.post("/v1/chat", json={"text": words})
    client.post("/v1/chat", json={"text": f"Stream {secret()}"}, headers={"Accept": "text/event-stream"})
    client.get("/v1/email/messages", params={"q": f"from:{secret()} {secret()}"})
    draft = {
        "to": [f"{secret()}@example.com"],
        "cc": [f"{secret()}@example.com"],
        "subject": secret(),
        "body": secret(),
    }
    written = client.post("/v1/email/drafts", json=draft).json()
    client.post(f"/v1/email/drafts/{written['id']}/send")
    client.post("/v1/tasks", json={"title": secret(), "notes": secret()})
    client.post("/v1/reminders", json={"text": secret(), "when": f"tomorrow at 9 {secret()}"})
    client.post("/v1/memory", json={"text": f"I like {secret()}", "quote": secret()})
    client.post("/v1/briefing")
    client.get("/v1/email/digest")
    client.post("/v1/jobs/suggestions.make")
    client.put("/v1/me/pin", json={"pin": PIN})
    client.put("/v1/me/phone", json={"number": NUMBER})


def misuse(client: httpx.Client, stranger: httpx.Client, secret: Secrets) -> None:
    """Wrong shapes, wrong sizes, wrong doors, and words where none belong."""
    wrong: list[tuple[str, str, Any]] = [
        ("POST", "/v1/chat", {"text": [secret()]}), ("POST", "/v1/chat", {"words": secret()}),
        ("POST", "/v1/calendar/events", {"title": secret(), "starts": secret()}), ("PATCH", "/v1/me", {"zone": secret()}),
        ("PUT", "/v1/me/pin", {"pin": secret()}), ("PUT", "/v1/me/phone", {"number": secret()}), ("POST", "/v1/memory", {"text": {"a": secret()}}),
        ("POST", "/v1/email/drafts", {"to": [secret()], "subject": secret()}), ("POST", "/v1/tasks", secret()),
        ("POST", "/v1/notifications/push", {"endpoint": f"https://evil.example/{secret()}", "keys": {"p256dh": secret(), "auth": secret()}}),
    ]  # fmt: skip
    for method, path, body in wrong:
        assert client.request(method, path, json=body).status_code < 500
    client.post("/v1/chat", content=f'{{"text": "{secret()}'.encode(), headers={"Content-Type": "application/json"})
    client.get("/v1/tasks", params={secret(): secret()})
    stranger.get("/v1/me", headers={"Authorization": f"Bearer {secret()}"})
    stranger.get(
        "/v1/me", headers={"Cookie": f"chronus={secret()}", "User-Agent": secret(), "X-Request-Id": secret() * 9}
    )
    stranger.post("/v1/auth/refresh", json={"refresh_token": secret()})
    stranger.get("/v1/auth/google/callback", params={"code": secret(), "state": secret()})
    stranger.post("/v1/phone/twilio/incoming", data={"From": NUMBER, "CallSid": secret()})
    stranger.get(f"/v1/briefing/feed/{secret()}.xml")
    stranger.get("/v1/voice", params={"ticket": secret()})
    stranger.get('/v1/%0d%0a{"event":"forged","level":"info"}')
    stranger.get("/v1/me", headers={"X-Request-Id": "x forged", "Referer": "a\tforged"})
