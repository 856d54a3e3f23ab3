"""Notifications over HTTP: the list, the stream, read and unread, and reminders put off."""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.e2e.conftest import Chronus, Start

STREAM = {"Accept": "text/event-stream"}


class Line:
    """A page's line, read event by event."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._lines = answer.iter_lines()
        self.last = ""

    def event(self) -> tuple[str, dict[str, Any]]:
        """The next one; comments are passed over."""
        name = ""
        for line in self._lines:
            if line.startswith("id: "):
                self.last = line[4:]
            elif line.startswith("event: "):
                name = line[7:]
            elif line.startswith("data: "):
                return name, json.loads(line[6:])
        raise EOFError

    def opened(self) -> None:
        """Wait until it stands."""
        assert next(self._lines) == "retry: 3000"


@contextmanager
def line(chronus: Chronus, last: str | None = None) -> Iterator[Line]:
    headers = STREAM | ({"Last-Event-ID": last} if last else {})
    with chronus.client.stream("GET", "/v1/notifications", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        found = Line(answer)
        found.opened()
        yield found


def reminder(chronus: Chronus, text: str) -> dict[str, Any]:
    due = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    answer = chronus.client.post("/v1/reminders", json={"text": text, "due": due})
    assert answer.status_code == 201
    return dict(answer.json())


def test_a_page_hears_of_what_changes(quick: Chronus) -> None:
    """Whatever wrote it, the line says which of the person's things are no longer as they were."""
    with line(quick) as page:
        quick.client.post("/v1/tasks", json={"title": "Milk"}).raise_for_status()
        assert page.event() == ("changed", {"what": "tasks"})
        quick.client.post("/v1/chat", json={"text": "Remind me to call mum tomorrow at nine"}).raise_for_status()
        assert page.event() == ("changed", {"what": "reminders"})
        quick.client.post("/v1/chat", json={"text": "undo that"}).raise_for_status()
        assert page.event() == ("changed", {"what": "reminders"})


def test_somebody_elses_line_stays_silent(quick: Chronus) -> None:
    """A person hears of their own things only."""
    with quick.somebody_else() as other, other.stream("GET", "/v1/notifications", headers=STREAM) as answer:
        theirs = Line(answer)
        theirs.opened()
        quick.client.post("/v1/tasks", json={"title": "Milk"}).raise_for_status()
        other.post("/v1/tasks", json={"title": "Bread"}).raise_for_status()
        other.delete(f"/v1/tasks/{other.get('/v1/tasks').json()['items'][0]['id']}").raise_for_status()
        assert [theirs.event()[0], theirs.event()[0]] == ["changed", "changed"]


def test_a_reminder_is_put_off(quick: Chronus) -> None:
    """By so many minutes from now, and the ledger knows of it; nonsense and somebody else's are refused."""
    mine = reminder(quick, "Take the pills")
    off = quick.client.post(f"/v1/reminders/{mine['id']}/snooze", json={"minutes": 25})
    assert off.status_code == 200
    away = datetime.fromisoformat(off.json()["due"]) - datetime.now(UTC)
    assert timedelta(minutes=24) < away <= timedelta(minutes=25)
    assert quick.client.get("/v1/changes").json()["items"][0]["tool"] == "snooze_reminder"
    assert quick.client.post(f"/v1/reminders/{mine['id']}/snooze", json={"minutes": 0}).status_code == 422
    with quick.somebody_else() as other:
        assert other.post(f"/v1/reminders/{mine['id']}/snooze", json={"minutes": 5}).status_code == 404


def test_the_list_begins_empty_and_reading_nothing_is_fine(quick: Chronus) -> None:
    """No notifications are a list without items; all of none can be read, one that isn't there can't."""
    assert quick.client.get("/v1/notifications").json() == {"items": [], "next": None, "unread": 0}
    assert quick.client.post("/v1/notifications/read").status_code == 204
    assert quick.client.post("/v1/notifications/nothing/read").status_code == 404
    assert quick.stranger.get("/v1/notifications").status_code == 401
    assert quick.stranger.get("/v1/notifications", headers=STREAM).status_code == 401


def test_a_person_has_so_many_lines(quick: Chronus) -> None:
    """One more is refused, and when one goes its place is free again."""
    with quick.somebody_else() as other:

        def open_one() -> Any:
            return other.stream("GET", "/v1/notifications", headers=STREAM)

        held = [open_one() for _ in range(8)]
        for one in held:
            assert one.__enter__().status_code == 200
        with open_one() as refused:
            assert refused.status_code == 429
            assert "retry-after" in refused.headers
        held.pop().__exit__(None, None, None)
        for _ in range(200):
            with open_one() as again:
                if again.status_code == 200:
                    break
            threading.Event().wait(0.05)
        else:
            pytest.fail("the place never became free")
        for one in held:
            one.__exit__(None, None, None)


def test_lines_end_when_we_leave(start: Start) -> None:
    """A stop doesn't wait for pages that would stay for ever; they see the end of their line."""
    ended = threading.Event()
    with start() as chronus:
        opened = threading.Event()

        bearer = {"Authorization": f"Bearer {chronus.token()}"}

        def follow() -> None:
            with httpx.stream("GET", f"{chronus.url}/v1/notifications", headers=STREAM | bearer, timeout=60) as answer:
                page = Line(answer)
                page.opened()
                opened.set()
                with pytest.raises(EOFError):
                    page.event()
                ended.set()

        thread = threading.Thread(target=follow)
        thread.start()
        assert opened.wait(20)
    assert ended.wait(20)
    thread.join(20)


def test_a_line_ends_with_its_sign_in(quick: Chronus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signed out, nothing more is told: at the next sign of life the line is gone."""
    monkeypatch.setattr("voice.api.following.HEARTBEAT", 0.2)
    bearer = {"Authorization": f"Bearer {quick.token()}"}
    with httpx.stream("GET", f"{quick.url}/v1/notifications", headers=STREAM | bearer, timeout=30) as answer:
        page = Line(answer)
        page.opened()
        httpx.post(f"{quick.url}/v1/auth/logout", headers=bearer, timeout=30).raise_for_status()
        with pytest.raises(EOFError):
            page.event()


def test_many_lines_hold_no_connection_to_the_database(quick: Chronus) -> None:
    """With more lines open than the database has connections, everything else is answered as ever."""
    with ExitStack() as stack:
        for _ in range(5):
            other = stack.enter_context(quick.somebody_else())
            for _ in range(7):
                answer = stack.enter_context(other.stream("GET", "/v1/notifications", headers=STREAM))
                assert answer.status_code == 200
                Line(answer).opened()
        quick.client.post("/v1/tasks", json={"title": "Milk"}).raise_for_status()
        assert quick.client.get("/v1/tasks").status_code == 200
