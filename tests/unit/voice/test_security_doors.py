"""Which names and which pages are let in."""

from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from integrations.settings import Settings
from voice.problems import LastResort
from voice.security.doors import Doors, Origins, SecurityHeaders

LOCAL = Settings(_env_file=None)
PUBLIC = Settings(
    _env_file=None, environment="production", public_url="https://chronus.example", allowed_origins=["https://app.example/"]
)  # fmt: skip
HERE = "127.0.0.1:8000"


async def inside(_: Scope, __: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"in"})


async def ask(settings: Settings, headers: dict[str, str], method: str = "GET", path: str = "/v1/tasks", scheme: str = "http") -> tuple[int, dict[str, str]]:  # fmt: skip
    """The status and headers that come back."""
    origins = Origins(settings)
    app = SecurityHeaders(LastResort(Doors(inside, origins=origins)), origins=origins)
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "scheme": scheme,
        "query_string": b"", "headers": raw, "client": ("127.0.0.1", 5), "server": ("127.0.0.1", 8000),
    }  # fmt: skip
    await app(scope, receive, send)
    return sent[0]["status"], {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}


@pytest.mark.parametrize("host", [HERE, "localhost:8000", "[::1]:8000", "LOCALHOST:9", "127.0.0.1"])
async def test_this_machines_own_names_are_answered(host: str) -> None:
    """At whatever port: a tunnel may change it."""
    assert (await ask(LOCAL, {"Host": host}))[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example", "evil.localhost",
        "notlocalhost", "127.0.0.2:8000", "0.0.0.0:8000", "127.0.0.1:8000@evil.example", "127.0.0.1:99999999",
        "localhost:", "local host", "127.0.0.1:8000/", "", "[::1", "[::2]:8000", "127.1", "2130706433", "localhost.",
    ],
)  # fmt: skip
async def test_a_name_that_is_not_ours_is_refused(host: str) -> None:
    """Another site's name that was pointed at this machine (DNS rebinding) gets nothing, whatever the path."""
    for path in ("/", "/health", "/v1/tasks", "/metrics"):
        assert (await ask(LOCAL, {"Host": host}, path=path))[0] == 403


async def test_a_request_without_a_name_is_refused() -> None:
    """No Host, no answer."""
    assert (await ask(LOCAL, {}))[0] == 403


FOREIGN = [
    "null", "", "http://evil.example", "https://127.0.0.1:8000", "http://127.0.0.1:8001", "http://127.0.0.1",
    "http://127.0.0.1:8000.evil.example", "http://evil.example:8000", "http://localhost:8000", "file://",
    "http://user@127.0.0.1:8000", "chrome-extension://abc", "http://127.0.0.1:8000 http://evil.example", "//127.0.0.1:8000",
    "http://127.0.0.1:80000", "127.0.0.1:8000",
]  # fmt: skip


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
async def test_a_page_of_another_origin_is_refused(origin: str, method: str) -> None:
    """It may not even ask, and no header tells its browser otherwise."""
    status, headers = await ask(
        LOCAL, {"Host": HERE, "Origin": origin, "Access-Control-Request-Method": "POST"}, method
    )

    assert status == 403
    assert "access-control-allow-origin" not in headers


async def test_our_own_page_is_let_in() -> None:
    """Its origin is the address it was loaded from, whatever the capitals."""
    for origin in (f"http://{HERE}", f"HTTP://{HERE}"):
        assert (await ask(LOCAL, {"Host": HERE, "Origin": origin}, "POST"))[0] == 200


async def test_an_allowed_page_may_ask_and_read() -> None:
    """Exactly its origin is named, never a star, and never with cookies."""
    given = {"Host": "chronus.example", "Origin": "https://app.example"}
    status, headers = await ask(PUBLIC, given, "POST")

    assert status == 200
    assert headers["access-control-allow-origin"] == "https://app.example"
    assert "access-control-allow-credentials" not in headers
    assert headers["vary"] == "Origin"
    status, headers = await ask(PUBLIC, given | {"Access-Control-Request-Method": "PATCH"}, "OPTIONS")
    assert status == 204
    assert "PATCH" in headers["access-control-allow-methods"]
    assert "Authorization" in headers["access-control-allow-headers"]


@pytest.mark.parametrize(
    "origin",
    [
        "https://app.example.evil.example", "https://evilapp.example", "https://sub.app.example", "http://app.example",
        "https://app.example:444", "https://app.example@evil.example", "null",
    ],
)  # fmt: skip
async def test_what_only_looks_like_an_allowed_page_is_refused(origin: str) -> None:
    """No prefixes, suffixes, subdomains, other schemes or ports."""
    assert (await ask(PUBLIC, {"Host": "chronus.example", "Origin": origin}))[0] == 403


async def test_behind_a_proxy_the_scheme_is_that_of_the_public_address() -> None:
    """The proxy speaks http to us, the browser https to it; its page is our own, and its answers are for https only."""
    given = {"Host": "chronus.example", "Origin": "https://chronus.example"}
    status, headers = await ask(PUBLIC, given, "POST")

    assert status == 200
    assert headers["strict-transport-security"].startswith("max-age=")
    assert (await ask(PUBLIC, given | {"Origin": "http://chronus.example"}, "POST"))[0] == 403


async def test_whoever_watches_in_production_may_use_any_name() -> None:
    """A load balancer asks by address; it learns nothing but that we live."""
    for path, status in (("/health", 200), ("/health/ready", 200), ("/metrics", 200), ("/v1/tasks", 403), ("/", 403)):
        assert (await ask(PUBLIC, {"Host": "10.0.0.7:8000"}, path=path))[0] == status


@pytest.mark.parametrize("host", [HERE, "evil.example"])
async def test_every_answer_tells_the_browser_what_it_may_not_do(host: str) -> None:
    """Also a refusal; and a name that isn't ours is never written into the policy."""
    _, headers = await ask(LOCAL, {"Host": host})

    policy = headers["content-security-policy"]
    for said in (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "script-src 'self' blob:",
    ):
        assert said in policy
    assert "unsafe" not in policy
    assert (f"ws://{HERE}" in policy) == (host == HERE)
    assert "evil" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "microphone=(self)" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "strict-transport-security" not in headers
    assert headers["cache-control"] == "no-store"
