"""Calendar, tasks, reminders, mail, memory and the ledger over HTTP, as clients rely on them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests.e2e.conftest import Chronus, Start

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def chronus(quick: Chronus) -> Chronus:
    """The quick server of this file, its owner living in Berlin."""
    quick.client.patch("/v1/me", json={"zone": "Europe/Berlin"}).raise_for_status()
    return quick


def items(answer: httpx.Response) -> list[dict[str, Any]]:
    answer.raise_for_status()
    body = answer.json()
    assert body.keys() == {"items", "next"}
    return list(body["items"])


def add_event(chronus: Chronus, **fields: Any) -> dict[str, Any]:
    answer = chronus.client.post("/v1/calendar/events", json=fields)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_an_event_comes_back_as_it_was_written(chronus: Chronus) -> None:
    """Every field of the contract, times with the offset of the event's zone, found by id and by span."""
    event = add_event(
        chronus, title="Dentist", starts="2026-03-05T09:30:00+01:00", ends="2026-03-05T10:15:00+01:00", place="Main St 1",
        notes="card", guests=["dana@acme.example"],
    )  # fmt: skip

    contract = {"id", "title", "starts", "ends", "all_day", "zone", "place", "notes", "guests", "recurrence", "calendar", "source"}  # fmt: skip
    assert contract <= event.keys()
    assert (event["starts"], event["ends"]) == ("2026-03-05T09:30:00+01:00", "2026-03-05T10:15:00+01:00")
    assert (event["zone"], event["guests"], event["all_day"]) == ("Europe/Berlin", ["dana@acme.example"], False)
    assert chronus.client.get(f"/v1/calendar/events/{event['id']}").json() == event
    span = {"from": "2026-03-05T00:00:00+01:00", "to": "2026-03-06T00:00:00+01:00"}
    assert event in items(chronus.client.get("/v1/calendar/events", params=span))
    assert event in items(chronus.client.get("/v1/calendar/events?from=2026-03-05&to=2026-03-06"))
    # a plus that wasn't escaped is a space by the time it arrives; it can only mean one thing
    assert event in items(
        chronus.client.get("/v1/calendar/events?from=2026-03-05T09:00:00+01:00&to=2026-03-05T10:00:00+01:00")
    )


def test_an_event_is_changed_moved_and_taken_off(chronus: Chronus) -> None:
    """A new start keeps the length, null empties a field, an old etag is refused, what is gone is gone."""
    event = add_event(
        chronus, title="Lunch", starts="2026-03-09T12:00:00+01:00", ends="2026-03-09T13:00:00+01:00", place="x"
    )
    path = f"/v1/calendar/events/{event['id']}"

    moved = chronus.client.patch(path, json={"starts": "2026-03-10T12:30:00+01:00", "place": None}).json()

    assert (moved["starts"], moved["ends"]) == ("2026-03-10T12:30:00+01:00", "2026-03-10T13:30:00+01:00")
    assert moved["place"] == ""
    stale = chronus.client.patch(path, json={"title": "Late"}, headers={"If-Match": f'"{event["etag"]}"'})
    assert stale.status_code == 409
    assert chronus.client.patch(path, json={}).status_code == 422
    assert chronus.client.patch(path, json={"ends": "2026-03-01T00:00:00+01:00"}).status_code == 422
    assert chronus.client.delete(path).status_code == 204
    assert chronus.client.get(path).status_code == 404
    assert chronus.client.delete(path).status_code == 404


def test_days_are_the_persons_own(chronus: Chronus) -> None:
    """An all-day event is given by days and runs from local midnight to local midnight, also when clocks change."""
    event = add_event(chronus, title="Fair", starts="2026-03-29", ends="2026-03-31")

    assert event["all_day"]
    assert (event["starts"], event["ends"]) == ("2026-03-29T00:00:00+01:00", "2026-03-31T00:00:00+02:00")


def test_one_occurrence_of_a_series_is_changed_alone(chronus: Chronus) -> None:
    """`scope` says how much is meant: one, it and the following, all."""
    add_event(
        chronus, title="Stand-up", starts="2026-04-06T09:00:00+02:00", ends="2026-04-06T09:15:00+02:00",
        recurrence="RRULE:FREQ=DAILY;COUNT=5",
    )  # fmt: skip

    def titles() -> list[str]:
        found = items(chronus.client.get("/v1/calendar/events?from=2026-04-06&to=2026-04-12"))
        return [one["title"] for one in found]

    days = items(chronus.client.get("/v1/calendar/events?from=2026-04-06&to=2026-04-12"))
    assert len(days) == 5
    chronus.client.patch(f"/v1/calendar/events/{days[1]['id']}", json={"title": "Late"}).raise_for_status()
    chronus.client.delete(f"/v1/calendar/events/{days[3]['id']}?scope=following").raise_for_status()
    assert titles() == ["Stand-up", "Late", "Stand-up"]
    chronus.client.delete(f"/v1/calendar/events/{days[0]['id']}?scope=all").raise_for_status()
    assert titles() == []


def test_free_time_lies_between_events(chronus: Chronus) -> None:
    """Gaps of at least so many minutes, as a list of spans."""
    add_event(chronus, title="A", starts="2026-05-04T10:00:00+02:00", ends="2026-05-04T11:00:00+02:00")
    add_event(chronus, title="B", starts="2026-05-04T11:20:00+02:00", ends="2026-05-04T12:00:00+02:00")
    span = {"from": "2026-05-04T09:00:00+02:00", "to": "2026-05-04T13:00:00+02:00"}

    free = items(chronus.client.get("/v1/calendar/free", params={**span, "minutes": 30}))

    assert [(one["starts"][11:16], one["ends"][11:16]) for one in free] == [("09:00", "10:00"), ("12:00", "13:00")]


def test_lists_are_read_page_by_page(start: Start) -> None:
    """Following `next` gives everything once, in order, also when many things happened at the same moment."""
    with start() as chronus:
        titles = [f"Task {n}" for n in range(7)]
        chronus.demo(tasks=[{"title": title} for title in titles])
        for n in range(5):
            chronus.client.post("/v1/chat", json={"text": f"hello {n}", "conversation_id": "new"}).raise_for_status()
        for path, count in (("tasks", 7), ("chat", 5)):
            seen: list[str] = []
            following: str | None = None
            while True:
                params = {"limit": 3} | ({"next": following} if following else {})
                answer = chronus.client.get(f"/v1/{path}", params=params).json()
                assert 0 < len(answer["items"]) <= 3
                seen += [one["title"] for one in answer["items"]]
                if (following := answer["next"]) is None:
                    break
            assert len(seen) == count
            assert seen == titles or path == "chat"
            assert len(set(seen)) == count


def test_tasks_are_ticked_dated_and_deleted(chronus: Chronus) -> None:
    """`due` is a day; null takes it away; done ones stay in the list unless they are left out."""
    task = chronus.client.post("/v1/tasks", json={"title": "Report", "due": "2026-03-06", "list": "Work"}).json()
    path = f"/v1/tasks/{task['id']}"

    assert (task["due"], task["list"], task["done"], task["notes"]) == ("2026-03-06", "Work", False, "")
    assert chronus.client.patch(path, json={"due": None}).json()["due"] is None
    assert chronus.client.patch(path, json={"done": True}).json()["done"]
    assert [t["done"] for t in items(chronus.client.get("/v1/tasks?list=work"))] == [True]
    assert items(chronus.client.get("/v1/tasks?list=work&done=false")) == []
    assert chronus.client.delete(path).status_code == 204
    assert chronus.client.patch(path, json={"done": False}).status_code == 404


def test_reminders_take_a_moment_or_words_for_it(chronus: Chronus) -> None:
    """Words are read in the person's zone; the past, both and neither are refused."""
    soon = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    by_time = chronus.client.post("/v1/reminders", json={"text": "Call mum", "due": soon})
    by_words = chronus.client.post("/v1/reminders", json={"text": "Water plants", "when": "tomorrow at nine"})

    assert by_time.status_code == by_words.status_code == 201
    due = datetime.fromisoformat(by_words.json()["due"])
    assert due.astimezone(BERLIN).hour == 9
    assert due.utcoffset() == due.astimezone(BERLIN).utcoffset()
    texts = [one["text"] for one in items(chronus.client.get("/v1/reminders"))]
    assert texts == ["Call mum", "Water plants"]
    for wrong in ({"text": "x"}, {"text": "x", "due": soon, "when": "today"}, {"text": "x", "due": "2020-01-01T00:00:00Z"}, {"text": "x", "when": "banana"}):  # fmt: skip
        assert chronus.client.post("/v1/reminders", json=wrong).status_code == 422
    assert chronus.client.delete(f"/v1/reminders/{by_time.json()['id']}").status_code == 204
    assert chronus.client.delete(f"/v1/reminders/{by_time.json()['id']}").status_code == 409


def test_mail_is_searched_drafted_and_sent(chronus: Chronus) -> None:
    """The search language of mail; a draft goes to the outbox when its owner says so, once."""
    chronus.demo(
        messages=[
            {"from": "Sarah Lee <sarah@acme.example>", "to": "me@home.example", "subject": "Budget", "body": "Please look.", "at": "2026-03-04T09:00:00+01:00", "unread": True},
            {"from": "News <news@paper.example>", "to": ["me@home.example"], "subject": "Daily", "body": "News", "unread": False},
        ]
    )  # fmt: skip
    unread = items(chronus.client.get("/v1/email/messages?q=is:unread"))
    assert [(one["from"], one["subject"]) for one in unread] == [("Sarah Lee <sarah@acme.example>", "Budget")]
    assert chronus.client.get(f"/v1/email/messages/{unread[0]['id']}").json()["body"] == "Please look."
    assert len(items(chronus.client.get("/v1/email/messages?q=from:sarah"))) == 1

    draft = chronus.client.post("/v1/email/drafts", json={"reply_to": unread[0]["id"], "body": "I will."})
    assert draft.status_code == 201
    assert draft.json()["to"] == ["sarah@acme.example"]
    assert items(chronus.client.get("/v1/email/messages?q=in:outbox")) == []
    sent = chronus.client.post(f"/v1/email/drafts/{draft.json()['id']}/send")
    assert sent.json()["box"] == "outbox"
    assert [one["id"] for one in items(chronus.client.get("/v1/email/messages?q=in:outbox"))] == [sent.json()["id"]]
    assert chronus.client.post(f"/v1/email/drafts/{draft.json()['id']}/send").status_code in (404, 409)
    assert chronus.client.get("/v1/email/digest").status_code == 404
    assert chronus.client.post("/v1/email/digest").json()["unread"] == 1
    nobody = chronus.client.post("/v1/email/drafts", json={"to": ["not an address"], "body": "x"})
    assert nobody.status_code == 422


def test_what_the_api_did_stands_in_the_ledger_and_can_be_undone(chronus: Chronus) -> None:
    """Each write is told with its effect and receipt; undo puts it back once."""
    task = chronus.client.post("/v1/tasks", json={"title": "Undo me"}).json()
    event = add_event(chronus, title="With guests", starts="2026-06-01T10:00:00Z", guests=["a@b.example"])
    chronus.client.delete(f"/v1/tasks/{task['id']}")
    gone, invited, added = items(chronus.client.get("/v1/changes?limit=3"))

    assert [one["tool"] for one in (added, invited, gone)] == ["add_task", "add_event", "delete_task"]
    assert [one["effect"] for one in (added, invited, gone)] == ["private", "outbound", "destructive"]
    assert invited["receipt"]["id"] == event["id"]
    undone = chronus.client.post(f"/v1/changes/{gone['id']}/undo")
    assert undone.status_code == 200
    assert undone.json()["undone_at"]
    assert "Undo me" in [one["title"] for one in items(chronus.client.get("/v1/tasks"))]
    assert chronus.client.post(f"/v1/changes/{gone['id']}/undo").status_code == 409


def test_a_memory_is_told_corrected_and_forgotten(chronus: Chronus) -> None:
    """With its witness; the ledger never repeats what was forgotten."""
    memory = chronus.client.post("/v1/memory", json={"text": "I take my tea with lemon"}).json()
    path = f"/v1/memory/{memory['id']}"

    assert {"id", "text", "type", "category", "origin", "quote", "at", "turn_id", "replaced_by"} <= memory.keys()
    assert memory["witness"] == "You said so today: “I take my tea with lemon”"
    assert memory["quote"] == "I take my tea with lemon"
    assert (
        chronus.client.patch(path, json={"text": "I take my tea with milk"}).json()["text"] == "I take my tea with milk"
    )
    assert chronus.client.delete(path).status_code == 204
    assert items(chronus.client.get("/v1/memory")) == []
    forgot = items(chronus.client.get("/v1/changes?limit=1"))[0]
    assert forgot["tool"] == "forget"
    assert "milk" not in str(forgot)


def test_what_was_replaced_is_seen_and_restored(chronus: Chronus) -> None:
    """The newer statement holds, the older is history that leads to its turn; restored, it holds again, and that can be undone."""
    said = chronus.client.post("/v1/chat", json={"text": "Remember that my locker is 12"}).json()
    old = items(chronus.client.get("/v1/memory?type=fact"))[0]
    new = chronus.client.post("/v1/memory", json={"text": "My locker is 40"}).json()

    [replaced] = items(chronus.client.get("/v1/memory?state=replaced"))
    assert (replaced["id"], replaced["replaced_by"]) == (old["id"], new["id"])
    assert (replaced["turn_id"], replaced["conversation_id"]) == (said["turn_id"], said["conversation_id"])
    assert [one["id"] for one in items(chronus.client.get(f"/v1/memory/{new['id']}/history"))] == [old["id"]]
    assert len(items(chronus.client.get("/v1/memory?state=all&origin=said"))) == 2
    assert items(chronus.client.get("/v1/memory?origin=mail")) == []

    assert chronus.client.post(f"/v1/memory/{old['id']}/restore").json()["replaced_by"] is None
    assert [one["text"] for one in items(chronus.client.get("/v1/memory"))] == ["My locker is 12"]
    assert chronus.client.post(f"/v1/memory/{old['id']}/restore").status_code == 409
    change = items(chronus.client.get("/v1/changes?limit=1"))[0]
    assert chronus.client.post(f"/v1/changes/{change['id']}/undo").status_code == 200
    [holds] = items(chronus.client.get("/v1/memory"))
    assert chronus.client.get(f"/v1/memory/{holds['id']}").json()["text"] == "My locker is 40"
    assert chronus.client.delete(f"/v1/memory/{holds['id']}").status_code == 204
    assert items(chronus.client.get("/v1/memory?state=all")) == []


def test_the_person_says_how_they_live(chronus: Chronus) -> None:
    """Zone, hours and quiet are kept; what makes no sense is refused and changes nothing."""
    change = {"name": "Ada", "working_hours": {"start": "08:00", "end": "16:30"}, "briefing_time": "06:45", "digest_time": "06:30", "add_actions": True, "quiet_hours": {"start": "21:00", "end": "06:00"}}  # fmt: skip
    me = chronus.client.patch("/v1/me", json=change).json()

    assert {key: me[key] for key in change} == change
    for wrong in (
        {"zone": "Mars/Base"},
        {"briefing_time": "24:00"},
        {"working_hours": {"start": "8"}},
        {"owner": True},
    ):
        assert chronus.client.patch("/v1/me", json=wrong).status_code == 422
    assert {key: chronus.client.get("/v1/me").json()[key] for key in change} == change


def test_everything_can_be_taken_away_and_deleted(start: Start) -> None:
    """The export holds what was said and kept; after deletion the sign-in is gone and so is all of it."""
    with start() as chronus:
        chronus.client.post("/v1/tasks", json={"title": "Take me along"})
        chronus.client.post("/v1/chat", json={"text": "hello there"})
        export = chronus.client.get("/v1/me/export")
        bearer = {"Authorization": f"Bearer {chronus.token()}"}

        assert export.headers["content-disposition"].startswith("attachment")
        assert export.json()["tasks"][0]["title"] == "Take me along"
        assert "hello there" in export.text
        assert chronus.stranger.delete("/v1/me", headers=bearer).status_code == 204
        assert chronus.stranger.get("/v1/me", headers=bearer).status_code == 401
        assert items(chronus.client.get("/v1/tasks")) == []  # a new owner, with nothing


def test_the_sample_day_is_for_ones_own_machine_only(start: Start) -> None:
    """One request fills the day; in production nobody's data is played with."""
    with start() as chronus:
        assert chronus.demo()["events"] >= 3
        assert items(chronus.client.get("/v1/calendar/events"))
        assert items(chronus.client.get("/v1/email/messages?q=is:unread"))
        assert chronus.client.post("/v1/email/digest").json()["mails"]
        assert isinstance(items(chronus.client.get("/v1/suggestions")), list)


def test_a_calendar_can_be_left_out(chronus: Chronus) -> None:
    """Without Google there is one; what isn't shown doesn't count, and comes back; one that isn't there is a 404."""
    (one,) = items(chronus.client.get("/v1/calendar/calendars"))
    assert one.keys() == {"id", "name", "color", "primary", "shown", "writable", "zone"}
    assert (one["primary"], one["shown"], one["zone"]) == (True, True, "Europe/Berlin")
    add_event(chronus, title="Hidden", starts="2027-05-05T09:30:00+02:00", ends="2027-05-05T10:15:00+02:00")
    span = "/v1/calendar/events?from=2027-05-05&to=2027-05-06"
    assert chronus.client.patch(f"/v1/calendar/calendars/{one['id']}", json={"shown": False}).json()["shown"] is False
    assert items(chronus.client.get(span)) == []
    chronus.client.patch(f"/v1/calendar/calendars/{one['id']}", json={"shown": True}).raise_for_status()
    assert [event["title"] for event in items(chronus.client.get(span))] == ["Hidden"]
    assert chronus.client.patch("/v1/calendar/calendars/nobody", json={"shown": True}).status_code == 404


def test_a_push_from_a_stranger_is_not_found(chronus: Chronus) -> None:
    """Whatever it says; Google gives up on such a channel."""
    headers = {"X-Goog-Channel-ID": "x", "X-Goog-Channel-Token": "y", "X-Goog-Resource-State": "exists"}
    assert chronus.client.post("/v1/google/calendar/push", headers=headers, content=b"{}").status_code == 404
    assert chronus.client.post("/v1/google/calendar/push").status_code == 404
