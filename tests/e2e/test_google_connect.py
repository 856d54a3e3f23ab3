"""Connecting Google, and signing in with it: over real sockets, against Google's own strictness."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr

from integrations.cache.redis import open_cache
from integrations.google.scopes import ASKED, FEATURES
from integrations.settings import RedisSettings
from integrations.store.database import open_database
from integrations.store.google_accounts import accounts_of
from tests.e2e.browser import chromium
from tests.e2e.conftest import ROOT, Start
from tests.emulators.google.oauth import Accounts, Person, Trouble
from tests.googles import PAGE, SECRET, Browser, browser_at, chronus_with_google, outcome, two_with_google
from tests.servers import RedisServer
from voice.security.consent import Flow, Flows, NotThatBrowser

BOB = Person("100000000000000000002", "bob@example.org", name="Bob Miller")


@pytest.fixture
def accounts() -> Accounts:
    """Anna sits before the browser; Bob has an account too."""
    return Accounts(Person("100000000000000000001", "anna@example.org"), BOB)


@pytest.fixture
async def chronus(tmp_path: Path, accounts: Accounts) -> AsyncIterator[str]:
    """A server of somebody's own machine."""
    async with chronus_with_google(tmp_path, accounts) as url:
        yield url


def production(folder: Path, accounts: Accounts, **given: Any) -> AbstractAsyncContextManager[str]:
    """A server that others reach too; nobody signs in by being near."""
    return chronus_with_google(folder, accounts, environment="production", secret_key=SECRET, **given)


@pytest.fixture
async def browser(chronus: str) -> AsyncIterator[Browser]:
    """The owner's, signed in."""
    async with browser_at(chronus) as browser:
        await browser.sign_in()
        yield browser


async def test_the_owner_connects_everything(browser: Browser, accounts: Accounts) -> None:
    """One way to Google and back: connected, as whom and for what, and nobody is signed in anew."""
    before = await browser.account()

    assert await browser.connect() == "connected"

    assert before == {"connected": False, "email": None, "scopes": [], "features": [], "available": True, "reconnect": False, "say": None}  # fmt: skip
    found = await browser.account()
    assert (found["connected"], found["reconnect"], found["email"]) == (True, False, "anna@example.org")
    assert found["features"] == list(FEATURES)
    assert {scope for scopes in ASKED.values() for scope in scopes} <= set(found["scopes"])


async def test_what_is_asked_of_google(browser: Browser, accounts: Accounts) -> None:
    """Offline, incremental, with PKCE and a nonce; consent is forced while no refresh token is kept, and not after."""
    await browser.connect(features="calendar")
    await browser.connect(features="tasks")

    first, second = accounts.asked
    assert first["access_type"] == "offline"
    assert first["include_granted_scopes"] == "true"
    assert first["code_challenge_method"] == "S256"
    assert len(first["code_challenge"]) == 43
    assert first["prompt"] == "consent"
    assert first["nonce"] != second["nonce"]
    assert first["scope"].split() == ["openid", "email", "profile", *ASKED["calendar"]]
    assert "prompt" not in second
    assert second["login_hint"] == "anna@example.org"
    assert second["scope"].split() == ["openid", "email", "profile", *ASKED["tasks"]]
    assert (await browser.account())["features"] == ["calendar", "tasks"]


async def test_the_secret_goes_in_the_form(browser: Browser, accounts: Accounts) -> None:
    """Client id and secret are in the body of the exchange, never in a header or an address."""
    await browser.connect()

    assert accounts.forms[0]["client_secret"].startswith("GOCSPX")
    assert accounts.forms[0]["code_verifier"]
    assert "GOCSPX" not in str(accounts.asked)


async def test_json_gets_the_address(chronus: str, accounts: Accounts) -> None:
    """A client with a bearer token asks for JSON and gets `{url}`; the state alone suffices on this machine."""
    async with httpx.AsyncClient(base_url=chronus) as client:
        token = (await client.post("/v1/auth/local")).json()["access_token"]
        client.cookies.clear()
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        answer = await client.get("/v1/auth/google/start", headers=headers)
        assert answer.status_code == 200
        assert "chronus_google" in answer.headers["set-cookie"]
        client.cookies.clear()

        async with browser_at(chronus) as another:
            back = await another.back(await another.consent(answer.json()["url"]))

            assert outcome(back) == "connected"
            assert [cookie.name for cookie in another.http.cookies.jar] == []  # linked, but nobody is signed in by it
        found = await client.get("/v1/auth/google", headers=headers)
        assert found.json()["email"] == "anna@example.org"


async def test_partial_consent_is_honoured(browser: Browser, accounts: Accounts) -> None:
    """Calendar yes, mail no: what was granted works, the rest is not claimed."""
    accounts.people[0].refuses = frozenset(ASKED["mail_read"]) | frozenset(ASKED["mail_send"])

    assert await browser.connect() == "connected"

    assert (await browser.account())["features"] == ["calendar", "tasks"]


async def test_saying_no_is_no_trouble(browser: Browser, accounts: Accounts) -> None:
    """Denied at Google: back at the page, nothing connected, nothing kept."""
    accounts.people[0].says = "no"

    assert await browser.connect() == "denied"

    assert (await browser.account())["connected"] is False
    assert accounts.forms == []


@pytest.mark.parametrize("answer", [{"error": "server_error"}, {}, {"code": ""}])
async def test_an_answer_without_a_code_is_refused(
    browser: Browser, accounts: Accounts, answer: dict[str, str]
) -> None:
    """Google's own trouble, or a callback with nothing in it: told as refused, and nothing is traded."""
    state = parse_qs(urlsplit(await browser.start()).query)["state"][0]

    back = await browser.http.get("/v1/auth/google/callback", params={"state": state, **answer}, headers=PAGE)

    assert outcome(back) == "google_refused"
    assert accounts.forms == []


async def test_a_wrong_client_secret_is_told_to_the_page(tmp_path: Path, accounts: Accounts) -> None:
    """The operator's mistake has a name of its own; the page can say whose it is."""
    async with chronus_with_google(tmp_path, accounts, client_secret="wrong") as url, browser_at(url) as browser:
        await browser.sign_in()

        assert await browser.connect() == "google_client"


async def test_a_stranger_signs_in_with_google(tmp_path: Path, accounts: Accounts) -> None:
    """In production the first to sign in is the owner, the next one somebody else, and each comes back as themselves."""
    async with (
        production(tmp_path, accounts) as url,
        browser_at(url) as anna,
        browser_at(url) as bob,
        browser_at(url) as again,
    ):
        assert (await anna.http.get("/v1/me")).status_code == 401
        assert await anna.connect() == "connected"
        accounts.at_the_page = BOB
        assert await bob.connect() == "connected"
        accounts.at_the_page = accounts.people[0]
        assert await again.connect() == "connected"

        first, second, third = await anna.me(), await bob.me(), await again.me()
    assert (first["email"], first["name"]) == ("anna@example.org", "Anna Schmidt")
    assert (second["email"], second["name"]) == ("bob@example.org", "Bob Miller")
    assert third["id"] == first["id"] != second["id"]
    assert second["google"]["email"] == "bob@example.org"


async def test_on_their_own_machine_the_owner_needs_no_sign_in_first(chronus: str, accounts: Accounts) -> None:
    """The start opened straight away connects the owner's account; the next account is somebody else's."""
    async with browser_at(chronus) as straight, browser_at(chronus) as owner, browser_at(chronus) as other:
        assert await straight.connect() == "connected"
        await owner.sign_in()
        accounts.at_the_page = BOB
        assert await other.connect() == "connected"

        assert (await owner.account())["email"] == "anna@example.org"
        assert (await straight.me())["id"] == (await owner.me())["id"] != (await other.me())["id"]


@pytest.mark.parametrize("headers", [{"X-Forwarded-For": "203.0.113.7"}, {"Sec-Fetch-Site": "cross-site"}])
async def test_nobody_else_becomes_the_owner_that_way(chronus: str, headers: dict[str, str]) -> None:
    """Not through a proxy, not from another site's link: they are somebody new."""
    async with browser_at(chronus) as owner, browser_at(chronus) as other:
        await owner.sign_in()
        answer = await other.http.get("/v1/auth/google/start", headers=PAGE | headers)
        assert outcome(await other.back(await other.consent(answer.headers["location"]))) == "connected"

        assert (await other.me())["id"] != (await owner.me())["id"]
        assert (await owner.account())["connected"] is False


async def test_a_page_left_open_is_still_theirs(browser: Browser) -> None:
    """With the access token run out and the refresh token left, it is the same person who connects."""
    me = (await browser.me())["id"]
    access = next(cookie for cookie in browser.http.cookies.jar if cookie.path == "/")
    browser.http.cookies.jar.clear(access.domain, access.path, access.name)

    assert await browser.connect() == "connected"

    (await browser.http.post("/v1/auth/refresh", headers={"Origin": browser.url})).raise_for_status()
    assert (await browser.me())["id"] == me
    assert (await browser.account())["email"] == "anna@example.org"


async def test_the_answer_counts_in_the_same_browser_only(browser: Browser, chronus: str) -> None:
    """Somebody else's callback, opened in another browser, connects nothing there nor here."""
    address = await browser.consent(await browser.start())

    async with browser_at(chronus) as other:
        await other.sign_in()
        answer = await other.back(address)

        assert answer.status_code == 400
        assert "text/html" in answer.headers["content-type"]
        assert (await other.account())["connected"] is False


@pytest.mark.parametrize("state", ["", "forged", "x" * 4000])
async def test_a_state_of_no_flow_is_refused(browser: Browser, state: str) -> None:
    """Missing, forged, endless: a calm page, no trace of the inside."""
    await browser.start()

    answer = await browser.http.get("/v1/auth/google/callback", params={"state": state, "code": "4/x"}, headers=PAGE)

    assert answer.status_code == 400
    assert "Traceback" not in answer.text
    assert "<p>" in answer.text


async def test_an_answer_counts_once(browser: Browser, accounts: Accounts) -> None:
    """The same callback again is refused, and doesn't reach Google a second time."""
    address = await browser.consent(await browser.start())
    assert outcome(await browser.back(address)) == "connected"

    assert (await browser.back(address)).status_code == 400

    assert len(accounts.forms) == 1


async def test_disconnecting_gives_the_permission_back(browser: Browser, accounts: Accounts) -> None:
    """Revoked at Google, deleted here."""
    await browser.connect()
    refresh = next(iter(accounts.refresh_tokens))

    answer = await browser.http.delete("/v1/auth/google", headers={"Origin": browser.url})

    assert answer.json()["revoked"] is True
    assert accounts.revoked == [refresh]
    assert (await browser.account())["connected"] is False


async def test_a_second_consent_keeps_the_refresh_token(browser: Browser, accounts: Accounts) -> None:
    """Google gives none to somebody who has one and isn't asked again; ours stays and goes on to work."""
    await browser.connect(features="calendar")
    await browser.connect(features="calendar")

    assert len(accounts.refresh_tokens) == 1
    assert (await browser.account())["connected"] is True


async def test_without_any_refresh_token_it_is_told(browser: Browser, accounts: Accounts) -> None:
    """If Google gives none although it was asked to, the account counts for an hour only, so it has to be connected anew."""
    accounts.without = {"refresh_token"}

    assert await browser.connect() == "connected"

    found = await browser.account()
    assert (found["connected"], found["reconnect"]) == (False, True)
    assert "connect your account again" in found["say"]
    await browser.connect()
    assert accounts.asked[-1]["prompt"] == "consent"


async def test_an_id_token_of_another_sign_in_is_refused(browser: Browser, accounts: Accounts) -> None:
    """Wrong or no nonce, for another client, from another issuer, too old, of nobody, of another than userinfo names."""
    wrong: list[dict[str, object]] = [
        {"nonce": "another"}, {"nonce": None}, {"aud": "another client"}, {"iss": "https://evil.example"},
        {"exp": 1}, {"sub": None}, {"sub": 7}, {"sub": "x" * 300}, {"sub": "another", "email": None},
    ]  # fmt: skip
    for claims in wrong:
        accounts.claims = claims

        assert await browser.connect() == "google_refused", claims

    assert (await browser.account())["connected"] is False


@pytest.mark.parametrize("missing", [{"email": None}, None])
async def test_userinfo_says_who_it_is_where_the_id_token_does_not(
    browser: Browser, accounts: Accounts, missing: dict[str, object] | None
) -> None:
    """Without an address in the ID token, or without one at all, userinfo is asked."""
    if missing:
        accounts.claims = missing
    else:
        accounts.without = {"id_token"}

    assert await browser.connect() == "connected"

    assert (await browser.account())["email"] == "anna@example.org"


async def test_google_in_trouble_while_connecting(browser: Browser, accounts: Accounts) -> None:
    """The code is traded once, for it is good once; the page is told that Google isn't answering, and later it works."""
    troubles: tuple[Trouble, ...] = ("503", "garbage", "array", "no_token", "drop")
    for trouble in troubles:
        accounts.forms, accounts.troubles = [], [trouble] * 5

        assert await browser.connect() == "unavailable", trouble

        assert len(accounts.forms) == 1, trouble
    assert (await browser.account())["connected"] is False
    accounts.troubles = []
    assert await browser.connect() == "connected"


async def test_userinfo_in_trouble(browser: Browser, accounts: Accounts) -> None:
    """Down or garbled when it is needed: nothing is connected, and the page is told that Google isn't answering."""
    accounts.without = {"id_token"}
    for accounts.userinfo in ("503", "garbage", "array", "drop"):
        assert await browser.connect() == "unavailable", accounts.userinfo

    assert (await browser.account())["connected"] is False


async def test_a_code_used_elsewhere_is_refused(browser: Browser, accounts: Accounts) -> None:
    """Somebody traded the code before us: Google refuses it, and so do we."""
    address = await browser.consent(await browser.start())
    code = next(iter(accounts.codes.values()))
    code.used_for.append("taken")

    assert outcome(await browser.back(address)) == "google_refused"


async def test_a_code_of_another_flow_is_refused(browser: Browser, accounts: Accounts) -> None:
    """A code injected into our callback fails: its verifier is another flow's."""
    first = await browser.consent(await browser.start())
    second = await browser.consent(await browser.start())
    stolen = parse_qs(urlsplit(first).query)["code"][0]
    state = parse_qs(urlsplit(second).query)["state"][0]

    answer = await browser.http.get("/v1/auth/google/callback", params={"state": state, "code": stolen}, headers=PAGE)

    assert outcome(answer) == "google_refused"
    assert (await browser.account())["connected"] is False


async def test_an_account_belongs_to_one_person(browser: Browser, chronus: str, accounts: Accounts) -> None:
    """Somebody else's Google account can't be taken over, and one's own isn't replaced unasked."""
    assert await browser.connect() == "connected"
    accounts.at_the_page = BOB
    async with browser_at(chronus) as bob:
        assert await bob.connect() == "connected"  # signs in, as nobody is
        assert (await bob.me())["email"] == "bob@example.org"

    assert await browser.connect() == "other_person"
    accounts.people.append(third := Person("3", "third@example.org"))
    accounts.at_the_page = third
    assert await browser.connect() == "other_account"
    assert (await browser.account())["email"] == "anna@example.org"


async def test_signed_out_meanwhile(browser: Browser) -> None:
    """Who signs out while on Google's page connects nothing when they come back."""
    address = await browser.consent(await browser.start())
    await browser.http.post("/v1/auth/logout", headers={"Origin": browser.url})

    assert (await browser.back(address)).status_code == 400


async def test_somebody_else_signed_in_meanwhile(browser: Browser, chronus: str, accounts: Accounts) -> None:
    """The answer to one person's question doesn't count once another sits in the same browser."""
    await browser.connect()
    address = await browser.consent(await browser.start())
    async with browser_at(chronus) as bob:
        accounts.at_the_page = BOB
        await bob.connect()
        assert (await bob.me())["id"] != (await browser.me())["id"]
        for cookie in bob.http.cookies.jar:
            if "google" not in cookie.name:
                browser.http.cookies.jar.set_cookie(cookie)

    answer = await browser.back(address)

    assert answer.status_code == 400
    assert "Somebody else" in answer.text


async def test_afterwards_it_goes_nowhere_else(browser: Browser) -> None:
    """`next` leads to an address of this server or nowhere."""
    for where in ("//evil.example/", "https://evil.example/", "/\\evil.example", "evil.example", "/ x", "/a\r\nSet-Cookie:x=y"):  # fmt: skip
        answer = await browser.back(await browser.consent(await browser.start(next=where)))

        assert answer.headers["location"] == "/settings?google=connected", where


async def test_afterwards_it_goes_where_it_was_asked_to(browser: Browser) -> None:
    """With its own query kept."""
    answer = await browser.back(await browser.consent(await browser.start(next="/settings?tab=google#mail")))

    assert answer.headers["location"] == "/settings?tab=google&google=connected#mail"


async def test_a_bearers_state_is_no_pass_from_elsewhere(chronus: str) -> None:
    """Without the cookie it counts on this machine only: not through a proxy."""
    async with httpx.AsyncClient(base_url=chronus) as client, browser_at(chronus) as other:
        token = (await client.post("/v1/auth/local")).json()["access_token"]
        client.cookies.clear()
        answer = await client.get("/v1/auth/google/start", headers={"Authorization": f"Bearer {token}"})
        address = await other.consent(answer.json()["url"])

        refused = await other.http.get(address, headers=PAGE | {"X-Forwarded-For": "203.0.113.7"})

        assert refused.status_code == 400


async def test_in_production_the_cookie_is_needed_always(tmp_path: Path, accounts: Accounts) -> None:
    """A link that a signed-in client made binds no other browser."""
    async with production(tmp_path, accounts) as url, browser_at(url) as anna, browser_at(url) as other:
        await anna.connect(features="none")
        answer = await anna.http.get("/v1/auth/google/start", headers={"Accept": "application/json"})
        address = await other.consent(answer.json()["url"])

        assert (await other.back(address)).status_code == 400
        assert outcome(await anna.back(await anna.consent(await anna.start()))) == "connected"


async def test_only_those_named_come_in(tmp_path: Path, accounts: Accounts) -> None:
    """With CHRONUS_GOOGLE__PEOPLE a stranger is turned away, and an address nobody has verified is no name."""
    async with production(tmp_path, accounts, people=["Anna@Example.org", "@acme.com"]) as url:
        accounts.people += [
            Person("3", "cleo@acme.com"), Person("4", "dan@acme.com", verified=False), Person("5", "x@evil-acme.com")
        ]  # fmt: skip
        found = {}
        for person in accounts.people:
            accounts.at_the_page = person
            async with browser_at(url) as browser:
                found[person.email] = await browser.connect()
                signed_in = (await browser.http.get("/v1/me")).status_code == 200
                assert signed_in is (found[person.email] == "connected")

    assert [name for name, said in found.items() if said == "connected"] == ["anna@example.org", "cleo@acme.com"]
    assert set(found.values()) == {"connected", "not_invited"}


async def test_an_owner_with_a_past_is_not_given_away(tmp_path: Path, accounts: Accounts) -> None:
    """Whoever signed in locally before is the owner; in production the first stranger becomes somebody else."""
    async with chronus_with_google(tmp_path, accounts) as url, browser_at(url) as owner:
        await owner.sign_in()
        mine = (await owner.me())["id"]
    async with production(tmp_path, accounts) as url, browser_at(url) as stranger:
        assert await stranger.connect() == "connected"

        assert (await stranger.me())["id"] != mine


async def test_disconnected_is_still_a_way_in(tmp_path: Path, accounts: Accounts) -> None:
    """In production the account is the key to the door: disconnecting keeps its name alone, and nobody loses their things."""
    async with production(tmp_path, accounts) as url, browser_at(url) as anna, browser_at(url) as again:
        await anna.connect()
        await anna.http.delete("/v1/auth/google", headers={"Origin": url})

        gone = await anna.account()
        assert (gone["connected"], gone["email"], gone["scopes"], gone["reconnect"]) == (False, None, [], False)
        assert await again.connect(features="none") == "connected"
        assert (await again.me())["id"] == (await anna.me())["id"]


async def test_disconnecting_works_while_google_does_not(browser: Browser, accounts: Accounts) -> None:
    """Deleted here whatever Google says, and told that Google didn't confirm; asked twice it is no mistake."""
    await browser.connect()
    accounts.revoke_fails = True

    first = (await browser.http.delete("/v1/auth/google", headers={"Origin": browser.url})).json()
    second = (await browser.http.delete("/v1/auth/google", headers={"Origin": browser.url})).json()

    assert first["revoked"] is False
    assert "myaccount.google.com" in first["say"]
    assert second["say"] == "No Google account was connected."
    assert (await browser.account())["email"] is None


async def test_taken_back_at_google_before(browser: Browser, accounts: Accounts) -> None:
    """Disconnecting what Google has ended already is as good as revoked."""
    await browser.connect()
    accounts.end()

    assert (await browser.http.delete("/v1/auth/google", headers={"Origin": browser.url})).json()["revoked"] is True


async def test_deleting_oneself_takes_google_along(browser: Browser, accounts: Accounts, tmp_path: Path) -> None:
    """The export names the account and no token; after deleting, Google has its permission back and the rows are gone."""
    await browser.connect(features="none")
    exported = (await browser.http.get("/v1/me/export")).text
    assert '"email":"anna@example.org"' in exported.replace(" ", "")
    assert "1//" not in exported
    assert "ya29." not in exported

    answer = await browser.http.delete("/v1/me", headers={"Origin": browser.url})

    assert answer.status_code == 204
    assert len(accounts.revoked) == 1
    async with open_database(None, tmp_path / "data") as database, database.look() as session:
        assert list(await accounts_of(session)) == []


async def test_without_a_client_it_is_said(start: Start) -> None:
    """No client id: not available, and the start says whose job it is, as a page or as a problem."""
    with start() as chronus:
        async with browser_at(chronus.url) as browser:
            await browser.sign_in()

            assert (await browser.account())["available"] is False
            page = await browser.http.get("/v1/auth/google/start", headers=PAGE)
            problem = await browser.http.get("/v1/auth/google/start", headers={"Accept": "application/json"})

    assert (page.status_code, problem.status_code) == (409, 409)
    assert "set up on this Chronus" in page.text
    assert problem.json()["code"] == "not_connected"


async def test_what_the_start_refuses(chronus: str) -> None:
    """A feature there isn't, and a bearer that no longer counts."""
    async with httpx.AsyncClient(base_url=chronus) as client:
        assert (await client.get("/v1/auth/google/start", params={"features": "maps"})).status_code == 422
        forged = {"Authorization": "Bearer forged", "Accept": "application/json"}
        assert (await client.get("/v1/auth/google/start", headers=forged)).status_code == 401


async def test_the_address_google_sends_back_to(tmp_path: Path, accounts: Accounts) -> None:
    """PUBLIC_URL where others reach us, the address in the browser on one's own machine; the cookie is as strict as the place."""
    public = {"Host": "chronus.example"}
    async with production(tmp_path, accounts, public_url="https://chronus.example") as url, httpx.AsyncClient(base_url=url) as client:  # fmt: skip
        answer = await client.get("/v1/auth/google/start", headers=PAGE | public)

    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert asked["redirect_uri"] == ["https://chronus.example/v1/auth/google/callback"]
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-chronus_google=")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))


async def test_a_state_runs_out() -> None:
    """Ten minutes at Google's page are enough; later the answer counts no more."""
    async with open_cache(None) as cache:
        flows = Flows(cache, seconds=0.05)
        flow = Flow(verifier="v", nonce="n", binding="b", redirect_uri="r", scopes=[], next="/")
        soon, late = await flows.keep(flow), await flows.keep(flow)

        assert await flows.take(soon) == flow
        await asyncio.sleep(0.1)
        with pytest.raises(NotThatBrowser):
            await flows.take(late)


async def test_another_worker_takes_the_callback(tmp_path: Path, accounts: Accounts, redis_server: RedisServer) -> None:
    """State and verifier stand in Redis: the process that answers needn't be the one that sent them off."""
    given = {
        "redis": RedisSettings(url=SecretStr(redis_server.url(5))), "public_url": "http://chronus.example",
        "environment": "production", "secret_key": SECRET,
    }  # fmt: skip
    async with (
        two_with_google(tmp_path, accounts, **given) as (one, other),
        httpx.AsyncClient(headers=PAGE | {"Host": "chronus.example"}, timeout=30) as client,
    ):
        started = await client.get(f"{one}/v1/auth/google/start")
        async with httpx.AsyncClient() as google:
            back = (await google.get(started.headers["location"])).headers["location"]
        cookie = started.headers["set-cookie"].split(";")[0]

        answer = await client.get(f"{other}/v1/auth/google/callback?{urlsplit(back).query}", headers={"Cookie": cookie})

        assert outcome(answer) == "connected"


async def test_bob_never_sees_annas_things(browser: Browser, chronus: str, accounts: Accounts) -> None:
    """Every endpoint that names a thing, with the id of another person's: not found, the same as for one that never was."""
    await browser.connect(features="none")
    things = await _things(browser.http, {"Origin": browser.url})
    async with browser_at(chronus) as bob:
        accounts.at_the_page = BOB
        await bob.connect(features="none")
        assert (await bob.me())["email"] == "bob@example.org"
        paths = (await bob.http.get("/openapi.json")).json()["paths"]
        asked = 0
        for path, methods in paths.items():
            names = re.findall(r"{(\w+)}", path)
            if len(names) != 1:
                continue
            theirs = things.get(path.split("/")[2])
            for method in methods:
                never = await _tried(bob, method, path, names[0], "0" * 32)
                for thing in [theirs] if theirs else things.values():
                    found = await _tried(bob, method, path, names[0], thing)
                    assert found == never, (method, path)
                    assert found[0] in (404, 422), (method, path, found)
                    asked += 1
        assert asked >= 20
        for path in ("/v1/calendar/events?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z", "/v1/tasks", "/v1/reminders", "/v1/email/messages", "/v1/memory", "/v1/changes", "/v1/approvals", "/v1/chat", "/v1/me/export"):  # fmt: skip
            answer = await bob.http.get(path)
            assert answer.status_code == 200, path
            assert "canary" not in answer.text, path
    mine = await browser.http.get("/v1/me/export")
    assert mine.text.count("canary") >= 5


async def _things(anna: httpx.AsyncClient, own: dict[str, str]) -> dict[str, str]:
    """The id of one of each kind of thing that Anna has."""
    made = [
        ("/v1/calendar/events", {"title": "canary", "starts": "2026-03-05T09:30:00+01:00"}),
        ("/v1/tasks", {"title": "canary"}),
        ("/v1/reminders", {"text": "canary", "due": "2099-03-05T09:30:00+01:00"}),
        ("/v1/email/drafts", {"to": ["x@example.org"], "subject": "canary", "body": "canary"}),
        ("/v1/memory", {"text": "I like canaries, said the canary"}),
    ]
    ids = {}
    for path, body in made:
        answer = await anna.post(path, json=body, headers=own)
        assert answer.status_code in (200, 201), answer.text
        ids[path.split("/")[2]] = answer.json()["id"]
    chat = (await anna.post("/v1/chat", json={"text": "what time is it"}, headers=own)).json()
    change = (await anna.get("/v1/changes")).json()["items"][0]["id"]
    return ids | {"chat": chat["conversation_id"], "changes": change}


async def _tried(bob: Browser, method: str, path: str, name: str, id: str) -> tuple[int, str]:
    body = None if method in ("get", "delete") else _BODIES.get(path, {})
    answer = await bob.http.request(method, path.replace(f"{{{name}}}", id), json=body, headers={"Origin": bob.url})
    return answer.status_code, answer.text


_BODIES = {
    "/v1/calendar/events/{event_id}": {"title": "mine"},
    "/v1/tasks/{task_id}": {"done": True},
    "/v1/memory/{memory_id}": {"text": "mine"},
}


async def test_keys_are_rotated_beside_a_running_server(browser: Browser, accounts: Accounts, tmp_path: Path) -> None:
    """`chronus keys rotate` in another process; the server still opens what it has to, as Google hears."""
    await browser.connect(features="none")
    refresh = next(iter(accounts.refresh_tokens))
    settings = {"CHRONUS_LIMITS__REQUESTS_PER_MINUTE": "0"}

    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "voice.cli", "keys", "rotate", "--data", str(tmp_path / "data")],
        env=os.environ | settings, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert "2 values are encrypted by key 2. Old keys deleted: 1." in done.stdout
    await browser.http.delete("/v1/auth/google", headers={"Origin": browser.url})
    assert accounts.revoked == [refresh]


async def test_a_real_browser_goes_to_google_and_back(tmp_path: Path, accounts: Accounts) -> None:
    """Chromium, from our page to another site and back: its cookies make the way, and the page opens signed in."""
    async with (
        chronus_with_google(tmp_path, accounts, google_at="localhost") as url,
        chromium() as browser,
        await browser.new_context() as context,
    ):
        page = await context.new_page()
        await page.goto(f"{url}/v1/auth/google/start?features=tasks&next=/settings")
        await page.wait_for_url(re.compile(r"/settings"))

        cookies = {cookie["name"]: cookie for cookie in await context.cookies()}
        assert accounts.asked
        assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in cookies.values())
        assert not any("google" in name for name in cookies)
        me = await page.evaluate("fetch('/v1/me').then((answer) => answer.json())")
        assert me["google"]["features"] == ["tasks"]
