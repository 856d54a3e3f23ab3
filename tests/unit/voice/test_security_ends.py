"""What nobody foresaw, what is too big, and what is under way when we go."""

import asyncio
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integrations.errors import (  # fmt: skip
    ChronusError,
    Conflict,
    Denied,
    Invalid,
    NeedsApproval,
    NotConnected,
    NotFound,
    RateLimited,
    Unavailable,
)
from voice.lifetime import Lifetime
from voice.page import WebPage
from voice.problems import LastResort, NotSignedIn, TooLarge, refusal
from voice.security.bounds import AT_ONCE, BODY, HEADERS, Crowd, Sizes
from voice.server import leave

SCOPE: dict[str, Any] = {"type": "http", "method": "POST", "path": "/", "headers": [], "query_string": b""}


async def run(app: ASGIApp, scope: dict[str, Any], body: list[bytes] | None = None) -> list[Message]:
    """Everything the app sends."""
    sent: list[Message] = []
    pieces = list(body or [b""])

    async def receive() -> Message:
        if not pieces:
            await asyncio.sleep(60)  # as a server does until the other side hangs up
        piece = pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message: Message) -> None:
        sent.append(message)

    async with asyncio.timeout(5):
        await app(scope, receive, send)
    return sent


def failing(error: Exception, *, started: bool = False) -> ASGIApp:
    async def app(_: Scope, __: Receive, send: Send) -> None:
        if started:
            await send({"type": "http.response.start", "status": 200, "headers": []})
        raise error

    return app


async def test_what_nobody_foresaw_tells_the_caller_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """A 500 without details; the log has the kind and the place, not the words, which may be a person's."""
    sent = await run(LastResort(failing(KeyError("canary: what the person said"))), SCOPE)

    assert sent[0]["status"] == 500
    assert json.loads(sent[1]["body"])["title"] == ChronusError.say
    assert "canary" not in str(sent) + caplog.text
    assert "KeyError" in caplog.text
    assert "test_security_ends.py" in caplog.text


async def test_half_an_answer_is_not_ended_as_if_it_were_whole(caplog: pytest.LogCaptureFixture) -> None:
    """What breaks after the answer began is written down and the answer left unfinished."""
    caplog.set_level(logging.ERROR)
    sent = await run(LastResort(failing(RuntimeError("x"), started=True)), SCOPE)

    assert [message["type"] for message in sent] == ["http.response.start"]


@pytest.mark.parametrize(
    ("error", "code"), [(Denied(), 1008), (RateLimited(), 1013), (Unavailable(), 1013), (RuntimeError("x"), 1011)]
)
async def test_a_socket_is_closed_with_the_code_that_fits(error: Exception, code: int) -> None:
    """Refused, try later, our fault."""
    sent = await run(LastResort(failing(error)), SCOPE | {"type": "websocket"})

    assert sent == [{"type": "websocket.close", "code": code, "reason": ""}]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Invalid(), 422), (TooLarge(), 413), (NotFound(), 404), (Conflict(), 409), (NotConnected(), 409),
        (NotSignedIn(), 401), (Denied(), 403), (NeedsApproval(), 409), (Unavailable(), 503), (RateLimited(), 429),
        (Unavailable(retry_after=7.2), 503), (ChronusError(), 500),
    ],
)  # fmt: skip
def test_each_refusal_has_its_status(error: ChronusError, status: int) -> None:
    """A problem with a sentence; whoever should come again is told when."""
    answer = refusal(error)

    assert answer.status_code == status
    assert answer.media_type == "application/problem+json"
    assert json.loads(bytes(answer.body))["title"] == error.say
    if isinstance(error, Unavailable):
        assert int(answer.headers["retry-after"]) == (8 if error.retry_after else 2)


async def reading(_: Scope, receive: Receive, send: Send) -> None:
    """An app that reads all it is sent, and would turn any error on the way into its own words."""
    try:
        while (await receive()).get("more_body"):
            pass
    except Exception:
        await send({"type": "http.response.start", "status": 400, "headers": []})
        raise
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ([], [b"x" * BODY], 200),
        ([], [b"x" * BODY, b"x"], 413),
        ([(b"content-length", b"%d" % BODY)], [b"x" * BODY], 200),
        ([(b"content-length", b"%d" % (BODY + 1))], [b"x" * BODY, b"x"], 413),
        ([(b"content-length", b"9" * 40)], [b"x"], 413),
        ([(b"x", b"x" * HEADERS)], [b""], 431),
    ],
)
async def test_sizes_are_kept_to_the_byte(headers: list[tuple[bytes, bytes]], body: list[bytes], status: int) -> None:
    """One byte more is too much, told or not; the sender may finish, so that the refusal can be read."""
    sent = await run(LastResort(Sizes(reading)), SCOPE | {"headers": headers}, body)

    assert sent[0]["status"] == status
    assert not sent[-1].get("more_body")


async def test_a_crowd_is_sent_away_at_once() -> None:
    """So many may wait for their answer; the next hears 503 without waiting, unless the answers have begun."""
    streams = asyncio.Event()
    go_on = asyncio.Event()

    async def slow(scope: Scope, _: Receive, send: Send) -> None:
        if scope["path"] == "/stream":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            streams.set()
        await go_on.wait()
        if scope["path"] != "/stream":
            await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    app = LastResort(Crowd(slow))
    under_way = [asyncio.create_task(run(app, SCOPE | {"path": "/stream"})) for _ in range(10)]
    await streams.wait()
    under_way += [asyncio.create_task(run(app, SCOPE)) for _ in range(AT_ONCE)]
    await asyncio.sleep(0.05)

    refused = await run(app, SCOPE)
    go_on.set()
    answers = await asyncio.gather(*under_way, run(app, SCOPE | {"path": "/health"}))

    assert refused[0]["status"] == 503
    assert (b"retry-after", b"1") in refused[0]["headers"]
    assert {sent[0]["status"] for sent in answers} == {200}
    assert (await run(app, SCOPE))[0]["status"] == 200  # nobody is waiting any more


async def test_what_is_under_way_is_finished_before_we_go() -> None:
    """New work is no longer taken to be; the wait has an end."""
    lifetime, done = Lifetime(), []

    async def work(seconds: float) -> None:
        await asyncio.sleep(seconds)
        done.append(seconds)

    lifetime.begin(work(0.1))
    endless = lifetime.begin(work(60))
    await leave(None, lifetime, patience=0.3)

    assert lifetime.leaving
    assert done == [0.1]
    endless.cancel()


@pytest.fixture
def built(tmp_path: Path) -> WebPage:
    """A page as Vite builds it."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("the shell")
    (tmp_path / "theme.js").write_text("theme")
    (tmp_path / "assets" / "index-abc.js").write_text("code")
    (tmp_path.parent / "secret.txt").write_text("secret")
    return WebPage(tmp_path)


@pytest.mark.parametrize(
    ("path", "said", "cache"),
    [
        ("/", "the shell", "no-cache"), ("/settings", "the shell", "no-cache"), ("/history/abc", "the shell", "no-cache"),
        ("/theme.js", "theme", "no-cache"), ("/assets/index-abc.js", "code", "public, max-age=31536000, immutable"),
    ],
)  # fmt: skip
async def test_the_page_and_its_addresses(built: WebPage, path: str, said: str, cache: str) -> None:
    """Its own addresses give the shell; what is named by its content is kept for ever, the rest is asked for anew."""
    sent = await run(built, SCOPE | {"method": "GET", "path": path, "root_path": ""})

    headers = dict(sent[0]["headers"])
    assert sent[0]["status"] == 200
    assert b"".join(message.get("body", b"") for message in sent[1:]).decode() == said
    assert headers[b"cache-control"].decode() == cache


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt", "/v1/x", "/v1/..", "/v1/x/../..", "/none.js"],
)
async def test_nothing_else_is_given(built: WebPage, path: str) -> None:
    """No way leads out of the folder, and an address of the API is never answered by the page."""
    with pytest.raises(HTTPException) as missing:
        await run(built, SCOPE | {"method": "GET", "path": path, "root_path": ""})

    assert missing.value.status_code == 404


async def test_a_page_that_is_not_built_says_how(tmp_path: Path) -> None:
    """Without Node there is no page; who opens it reads what to do."""
    sent = await run(WebPage(tmp_path / "none"), SCOPE | {"method": "GET", "path": "/", "root_path": ""})

    assert sent[0]["status"] == 503
    assert b"make run" in sent[1]["body"]
    assert b"Node.js 20" in sent[1]["body"]
