"""A request that a client sends again, because its answer got lost, is done once: `Idempotency-Key`."""

from typing import Any

import httpx
import pytest

from tests.e2e.conftest import Chronus

EVENT = {"title": "Once", "starts": "2026-03-05T09:30:00+01:00"}
REQUESTS: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "/v1/calendar/events", EVENT),
    ("POST", "/v1/tasks", {"title": "Once"}),
    ("POST", "/v1/reminders", {"text": "Once", "when": "in two hours"}),
    ("POST", "/v1/email/drafts", {"to": ["dana@acme.example"], "subject": "Once", "body": "Hello."}),
    ("POST", "/v1/memory", {"text": "My parcel of one kind is in the attic"}),
]


def send(chronus: Chronus, method: str, path: str, body: Any = None, key: str = "one") -> httpx.Response:
    return chronus.client.request(method, path, json=body, headers={"Idempotency-Key": key})


def changes(chronus: Chronus) -> list[dict[str, Any]]:
    return list(chronus.client.get("/v1/changes?limit=200").json()["items"])


@pytest.mark.parametrize(("method", "path", "body"), REQUESTS)
def test_sent_again_it_is_done_once(quick: Chronus, method: str, path: str, body: dict[str, Any]) -> None:
    """The second answer is the first, says that it is, and the ledger has one line more."""
    before = len(changes(quick))
    first, again = send(quick, method, path, body), send(quick, method, path, body)
    assert (first.status_code, again.status_code) == (201, 201), first.text
    assert again.json() == first.json()
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(changes(quick)) == before + 1


def test_changing_and_deleting_again_are_the_same(quick: Chronus) -> None:
    """Also with If-Match, which our own change has made old."""
    event = send(quick, "POST", "/v1/calendar/events", EVENT | {"title": "Changed once"}, "made").json()
    path = f"/v1/calendar/events/{event['id']}"
    headers = {"If-Match": event["etag"], "Idempotency-Key": "changed"}
    first, again = (quick.client.patch(path, json={"place": "Room 2"}, headers=headers) for _ in range(2))
    assert (first.status_code, again.json()) == (200, first.json())
    gone = [send(quick, "DELETE", path, key="gone").status_code for _ in range(2)]
    assert gone == [204, 204]


def test_an_undo_sent_again_is_no_second_one(quick: Chronus) -> None:
    """It is answered as it was, and takes nothing else back."""
    send(quick, "POST", "/v1/tasks", {"title": "Stays"}, "stays")
    send(quick, "POST", "/v1/tasks", {"title": "Goes"}, "goes")
    newest = changes(quick)[0]["id"]
    first, again = (send(quick, "POST", f"/v1/changes/{newest}/undo", key="undone") for _ in range(2))
    assert (first.status_code, again.json()) == (200, first.json())
    titles = [one["title"] for one in quick.client.get("/v1/tasks").json()["items"]]
    assert ("Stays" in titles, "Goes" in titles) == (True, False)


def test_something_else_under_the_same_name_is_refused(quick: Chronus) -> None:
    """It would be a lie to answer it with the first one's receipt."""
    send(quick, "POST", "/v1/tasks", {"title": "This"}, "a name")
    assert send(quick, "POST", "/v1/tasks", {"title": "That"}, "a name").status_code == 422


def test_what_was_refused_is_tried_again(quick: Chronus) -> None:
    """Only what was done is done once."""
    wrong = {"title": "Backwards", "starts": "2026-03-05T09:30:00Z", "ends": "2026-03-05T08:30:00Z"}
    assert [send(quick, "POST", "/v1/calendar/events", wrong, "wrong").status_code for _ in range(2)] == [422, 422]


def test_a_sentence_sent_again_is_the_same_turn(quick: Chronus) -> None:
    """The whole answer again, with its turn; other words under that name are refused."""
    said = {"text": "add one loaf of bread to my tasks"}
    first, again = (send(quick, "POST", "/v1/chat", said, "said") for _ in range(2))
    assert (first.status_code, again.json()) == (200, first.json())
    titles = [one["title"] for one in quick.client.get("/v1/tasks").json()["items"]]
    assert titles.count("One loaf of bread") == 1
    assert send(quick, "POST", "/v1/chat", {"text": "undo that"}, "said").status_code == 409


def test_a_correction_is_taken_back_with_what_it_corrects(quick: Chronus) -> None:
    """The ledger shows both lines, each with what it belongs to, in their order and page by page; undoing either undoes both."""
    for words in ("put dentist tomorrow at two", "no, at three"):
        quick.client.post("/v1/chat", json={"text": words}).raise_for_status()
    page = quick.client.get("/v1/changes?limit=1").json()
    [corrected], [made] = page["items"], quick.client.get(f"/v1/changes?limit=1&next={page['next']}").json()["items"]
    assert (corrected["words"], corrected["amends"], made["amends"]) == ("no, at three", made["id"], None)
    quick.client.post(f"/v1/changes/{corrected['id']}/undo").raise_for_status()
    assert [one["undone_at"] is not None for one in changes(quick)[:2]] == [True, True]
    assert quick.client.post(f"/v1/changes/{made['id']}/undo").status_code == 409
