"""What every conversation with Google keeps to, whichever API it is about."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi import FastAPI

from integrations.errors import (
    ChronusError,
    Conflict,
    Denied,
    Invalid,
    NotConnected,
    NotFound,
    RateLimited,
    Unavailable,
)
from integrations.google.client import GoogleApi
from integrations.google.refusals import AlreadyThere, CursorGone, Spent, SwitchedOff, Unsure
from tests.emulators.google import ALL_SCOPES, Google
from tests.emulators.google.door import behind_door
from tests.emulators.serve import served


class Pass:
    """Tokens that a test can see used up."""

    def __init__(self, token: str = "good") -> None:
        self.token, self.renewed = token, 0

    async def access(self) -> str:
        return self.token

    async def renew(self, stale: str) -> str:
        self.renewed += 1
        if stale == "revoked":
            raise NotConnected
        self.token = "good"
        return self.token


def lists(kept: list[str]) -> FastAPI:
    """Task lists, as far as these tests need them."""
    app = FastAPI()

    @app.get("/tasks/v1/users/@me/lists")
    def all_lists() -> dict[str, Any]:
        return {"kind": "tasks#taskLists", "items": [{"id": title, "title": title} for title in kept]}

    @app.post("/tasks/v1/users/@me/lists")
    def insert(new: dict[str, Any]) -> dict[str, Any]:
        kept.append(new["title"])
        return {"id": new["title"], "title": new["title"]}

    return app


class Side:
    """The other side, and a way to talk with it."""

    def __init__(self, google: Google, kept: list[str], address: str, threads: ThreadPoolExecutor) -> None:
        self.google, self.kept, self._address, self._threads = google, kept, address, threads

    def api(self, tokens: Pass | None = None, **more: Any) -> GoogleApi:
        return GoogleApi("tasks", "v1", tokens or Pass(), threads=self._threads, endpoint=self._address, **more)

    async def read(self, **more: Any) -> dict[str, Any]:
        return await self.api(**more).call(lambda api: api.tasklists().list())

    async def write(self, title: str = "Garden", **more: Any) -> dict[str, Any]:
        return await self.api(**more).call(lambda api: api.tasklists().insert(body={"title": title}))


@pytest.fixture
async def side() -> AsyncIterator[Side]:
    google, kept = Google(), ["Tasks"]
    with ThreadPoolExecutor(16) as threads:
        async with served(behind_door(lists(kept), google, "tasks", "v1")) as address:
            yield Side(google, kept, address, threads)
    assert google.wrong == []


async def test_an_answer_is_given_as_it_came(side: Side) -> None:
    """A read and a write, over a real socket."""
    assert (await side.write())["title"] == "Garden"
    assert [one["title"] for one in (await side.read())["items"]] == ["Tasks", "Garden"]


REFUSALS = [
    (400, "invalid", Invalid, 1),
    (403, "insufficientPermissions", NotConnected, 1),
    (403, "forbidden", Denied, 1),
    (403, "rateLimitExceeded", RateLimited, 2),
    (403, "userRateLimitExceeded", RateLimited, 2),
    (403, "quotaExceeded", Spent, 1),
    (403, "accessNotConfigured", SwitchedOff, 1),
    (404, "notFound", NotFound, 1),
    (409, "duplicate", AlreadyThere, 1),
    (410, "fullSyncRequired", CursorGone, 1),
    (410, "deleted", NotFound, 1),
    (412, "conditionNotMet", Conflict, 1),
    (429, "rateLimitExceeded", RateLimited, 2),
    (500, "backendError", Unavailable, 2),
    (503, "backendError", Unavailable, 2),
]


@pytest.mark.parametrize(("status", "reason", "ours", "asked"), REFUSALS)
async def test_each_refusal_has_our_name(
    side: Side, status: int, reason: str, ours: type[ChronusError], asked: int
) -> None:
    """And only what may pass is asked again, once."""
    side.google.trouble("status", status=status, reason=reason, times=5)
    with pytest.raises(ChronusError) as caught:
        await side.read()
    assert (type(caught.value), len(side.google.asked)) == (ours, asked)


async def test_a_busy_moment_is_waited_out(side: Side) -> None:
    """Once for a person, longer for a job; nobody waits for a long Retry-After but a job."""
    side.google.trouble("status", status=429, reason="rateLimitExceeded")
    assert (await side.read())["items"]
    side.google.trouble("status", status=503, times=4)
    assert (await side.read(tries=5))["items"]
    side.google.trouble("status", status=429, reason="rateLimitExceeded", headers={"retry-after": "7"})
    with pytest.raises(RateLimited) as caught:
        await side.read()
    assert caught.value.retry_after == 7


@pytest.mark.parametrize("kind", ["lost", "reset", "garbage"])
async def test_a_write_whose_answer_is_lost_is_never_repeated(side: Side, kind: str) -> None:
    """httplib2 would send a POST again when the connection breaks; whether it happened is for the caller to find out."""
    side.google.trouble(kind)
    with pytest.raises(Unsure):
        await side.write(tries=5)
    assert side.google.methods() == ["tasks.tasklists.insert"]
    assert side.kept == (["Tasks"] if kind == "reset" else ["Tasks", "Garden"])


@pytest.mark.parametrize("kind", ["lost", "reset", "garbage"])
async def test_a_read_whose_answer_is_lost_is_asked_again(side: Side, kind: str) -> None:
    """Reading twice does no harm."""
    side.google.trouble(kind)
    assert (await side.read())["items"]


async def test_a_write_that_was_surely_not_done_is_asked_again(side: Side) -> None:
    """Google says 429 before it does anything."""
    side.google.trouble("status", status=429, reason="rateLimitExceeded")
    await side.write()
    assert side.kept == ["Tasks", "Garden"]


async def test_nobody_listening_is_told_as_such(side: Side) -> None:
    """A write that never got there is not an open question."""
    dead = GoogleApi("tasks", "v1", Pass(), threads=ThreadPoolExecutor(1), endpoint="http://127.0.0.1:9", tries=1)
    with pytest.raises(Unavailable) as caught:
        await dead.call(lambda api: api.tasklists().insert(body={"title": "Garden"}))
    assert not isinstance(caught.value, Unsure)


async def test_silence_has_an_end(side: Side) -> None:
    """A hanging Google costs the caller's patience, no more, and the write stays an open question."""
    side.google.trouble("hang", seconds=3, times=2)
    with pytest.raises(Unsure):
        await side.write(patience=0.2)
    with pytest.raises(Unavailable) as caught:
        await side.read(patience=0.2, tries=1)
    assert not isinstance(caught.value, Unsure)


async def test_a_token_that_ran_out_is_renewed_once(side: Side) -> None:
    """And the request goes out again with the new one; a permission taken back is told."""
    old = Pass("old")
    assert (await side.api(old).call(lambda api: api.tasklists().list()))["items"]
    assert (old.renewed, len(side.google.asked)) == (1, 2)
    with pytest.raises(NotConnected):
        await side.api(Pass("revoked")).call(lambda api: api.tasklists().list())


async def test_a_scope_that_was_not_granted_is_named(side: Side) -> None:
    """Google's 403 for it means: ask the person."""
    side.google.grants = lambda token: ALL_SCOPES - {"https://www.googleapis.com/auth/tasks"}
    with pytest.raises(NotConnected, match="permission"):
        await side.read()


async def test_fifty_at_once_do_not_disturb_each_other(side: Side) -> None:
    """Each call has a connection of its own; the loop goes on meanwhile."""
    side.google.trouble("slow", seconds=0.05, times=50)
    answers = await asyncio.gather(*(side.read() for _ in range(50)))
    assert all(answer["items"] for answer in answers)


async def test_the_referee_refuses_what_google_would(side: Side) -> None:
    """An unknown field, an unknown parameter and a wrong type are 400 here, as there."""
    with pytest.raises(Invalid, match="colour"):
        await side.api().call(lambda api: api.tasklists().insert(body={"title": "Garden", "colour": "red"}))
    with pytest.raises(Invalid):
        await side.api().call(lambda api: api.tasklists().insert(body={"title": 3}))
    assert side.kept == ["Tasks"]
