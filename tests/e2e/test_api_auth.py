"""Signing in, staying signed in, signing out; over real sockets."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.e2e.conftest import Chronus, Start


@pytest.fixture
def chronus(quick: Chronus) -> Chronus:
    """The quick server of this file."""
    return quick


@contextmanager
def sign_in(chronus: Chronus) -> Iterator[httpx.Client]:
    """A browser: cookies, and its own origin on whatever it changes."""
    with httpx.Client(base_url=chronus.url, headers={"Origin": chronus.url}, timeout=30) as browser:
        browser.post("/v1/auth/local").raise_for_status()
        yield browser


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_the_owner_signs_in_on_their_own_machine(chronus: Chronus) -> None:
    """Tokens in the body, the same as cookies that no script can read and that go nowhere else."""
    answer = httpx.post(f"{chronus.url}/v1/auth/local")

    assert answer.status_code == 200
    body = answer.json()
    assert body["token_type"] == "Bearer"
    assert 0 < body["expires_in"] <= 900
    access, refresh = answer.headers.get_list("set-cookie")
    for cookie in (access, refresh):
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Secure" not in cookie  # this is plain http; over https it is there, see below
    assert "Path=/;" in access
    assert "Path=/v1/auth;" in refresh
    assert httpx.get(f"{chronus.url}/v1/me", headers=bearer(body["access_token"])).status_code == 200


def test_over_https_the_cookies_are_bound_to_it(start: Start) -> None:
    """Behind a proxy that speaks https the cookies are Secure and carry the prefixes browsers guard."""
    with start(public_url="https://chronus.example") as chronus:
        refresh = httpx.post(f"{chronus.url}/v1/auth/local").json()["refresh_token"]
        outside = {"Host": "chronus.example", "Origin": "https://chronus.example"}
        answer = httpx.post(f"{chronus.url}/v1/auth/refresh", json={"refresh_token": refresh}, headers=outside)

        access, renewal = answer.headers.get_list("set-cookie")
        assert access.startswith("__Host-chronus=")
        assert renewal.startswith("__Secure-chronus_refresh=")
        assert "Secure" in access
        assert "Secure" in renewal
        cookie = {"Cookie": access.split(";")[0]}
        assert httpx.get(f"{chronus.url}/v1/me", headers=outside | cookie).status_code == 200
        assert httpx.get(f"{chronus.url}/v1/me", headers=cookie).status_code == 401  # its name is of https alone


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Host": "evil.example"}, {"Host": "127.0.0.1:1"},
        {"Host": "localhost"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
        {"X-Forwarded-For": "203.0.113.7"}, {"Forwarded": "for=203.0.113.7"}, {"X-Forwarded-Host": "evil.example"},
    ],
)  # fmt: skip
def test_nobody_else_signs_in_as_the_owner(chronus: Chronus, headers: dict[str, str]) -> None:
    """Not another page, not under another name or port, not through a proxy on this machine."""
    answer = httpx.post(f"{chronus.url}/v1/auth/local", headers=headers)

    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert "set-cookie" not in answer.headers
    assert "token" not in answer.text


def test_there_is_no_owner_by_address_in_production(start: Start) -> None:
    """Where others can reach the server being near is no proof of anything."""
    with start(environment="production", secret_key="a long enough secret for tests") as chronus:
        assert httpx.post(f"{chronus.url}/v1/auth/local").status_code == 403


def test_a_forgery_opens_nothing(chronus: Chronus) -> None:
    """No token, a broken one and a mere refresh token get 401 and are told how to sign in."""
    refresh = httpx.post(f"{chronus.url}/v1/auth/local").json()["refresh_token"]
    for headers in ({}, bearer("x"), bearer(refresh), {"Authorization": "Basic eDp5"}, {"Cookie": "chronus=x"}):
        answer = httpx.get(f"{chronus.url}/v1/me", headers=headers)

        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"


def test_a_refresh_token_is_traded_for_new_tokens(chronus: Chronus) -> None:
    """From the body or the cookie; the new ones work."""
    first = httpx.post(f"{chronus.url}/v1/auth/local").json()

    second = httpx.post(f"{chronus.url}/v1/auth/refresh", json={"refresh_token": first["refresh_token"]}).json()

    assert second["refresh_token"] != first["refresh_token"]
    assert httpx.get(f"{chronus.url}/v1/me", headers=bearer(second["access_token"])).status_code == 200
    with sign_in(chronus) as browser:
        assert browser.post("/v1/auth/refresh").status_code == 200


def test_two_tabs_may_renew_at_once(chronus: Chronus) -> None:
    """A refresh token shown twice within ten seconds is no theft: both get the same successor, nobody is signed out."""
    first = httpx.post(f"{chronus.url}/v1/auth/local").json()["refresh_token"]

    async def both() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=chronus.url) as client:
            asked = (client.post("/v1/auth/refresh", json={"refresh_token": first}) for _ in range(4))
            return await asyncio.gather(*asked)

    answers = asyncio.run(both())

    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.json()["refresh_token"] for answer in answers}) == 1
    assert httpx.get(f"{chronus.url}/v1/me", headers=bearer(answers[0].json()["access_token"])).status_code == 200


def test_a_stolen_refresh_token_ends_the_whole_sign_in(chronus: Chronus) -> None:
    """Shown again after its successor was used, it can only be a copy: thief and owner are both out, at once."""
    first = httpx.post(f"{chronus.url}/v1/auth/local").json()["refresh_token"]
    second = httpx.post(f"{chronus.url}/v1/auth/refresh", json={"refresh_token": first}).json()["refresh_token"]
    third = httpx.post(f"{chronus.url}/v1/auth/refresh", json={"refresh_token": second}).json()
    other = httpx.post(f"{chronus.url}/v1/auth/local").json()

    assert httpx.post(f"{chronus.url}/v1/auth/refresh", json={"refresh_token": first}).status_code == 401

    assert httpx.get(f"{chronus.url}/v1/me", headers=bearer(third["access_token"])).status_code == 401
    renewed = httpx.post(f"{chronus.url}/v1/auth/refresh", json={"refresh_token": third["refresh_token"]})
    assert renewed.status_code == 401
    assert httpx.get(f"{chronus.url}/v1/me", headers=bearer(other["access_token"])).status_code == 200  # another device


def test_signing_out_ends_the_access_token_too(chronus: Chronus) -> None:
    """What was handed out stops working at once, not after a quarter of an hour."""
    with sign_in(chronus) as browser:
        token = browser.post("/v1/auth/refresh").json()["access_token"]
        assert browser.post("/v1/auth/logout").status_code == 204

        assert not list(browser.cookies.jar)
    assert httpx.get(f"{chronus.url}/v1/me", headers=bearer(token)).status_code == 401


def test_a_cookie_changes_things_only_for_our_own_page(chronus: Chronus) -> None:
    """Reading by cookie is fine; writing needs the page's own origin, which no other page can send."""
    with sign_in(chronus) as browser:
        assert browser.get("/v1/tasks", headers={"Origin": ""}).status_code == 403
        assert browser.post("/v1/tasks", json={"title": "Mine"}).status_code == 201
        for origin in ("http://evil.example", "null", chronus.url + "0", "https" + chronus.url[4:]):
            refused = browser.post("/v1/tasks", json={"title": "Evil"}, headers={"Origin": origin})
            assert refused.status_code == 403
        del browser.headers["Origin"]
        assert browser.get("/v1/tasks").status_code == 200
        for path in ("/v1/tasks", "/v1/auth/refresh", "/v1/auth/logout", "/v1/voice/connect"):
            assert browser.post(path, json={}).status_code == 403
        assert [task["title"] for task in browser.get("/v1/tasks").json()["items"]].count("Evil") == 0


def test_guessing_refresh_tokens_is_slowed(start: Start) -> None:
    """Ten wrong ones a minute, also when every other limit is off."""
    with start() as chronus:
        wrong = [httpx.post(f"{chronus.url}/v1/auth/refresh", json={"refresh_token": f"guess {n}"}) for n in range(12)]

    assert [answer.status_code for answer in wrong] == [401] * 10 + [429] * 2
    assert 0 < int(wrong[-1].headers["retry-after"]) <= 60


def test_the_sign_in_survives_a_restart(start: Start) -> None:
    """Tokens are signed with a secret that is kept, not made anew at each start."""
    with start() as chronus:
        token = chronus.token()
    with start() as chronus:
        began = time.monotonic()
        assert httpx.get(f"{chronus.url}/v1/me", headers=bearer(token)).status_code == 200
        assert time.monotonic() - began < 5
