"""One person's way into their account: fresh, renewed once for all, and quiet when Google has ended it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import update

from agent.opening import open_services
from integrations.errors import NotConnected, Unavailable
from integrations.google.credentials import LEASE
from integrations.google.identity import Identity
from integrations.google.linking import Rules, link
from integrations.settings import DatabaseSettings
from integrations.store.google_accounts import GoogleAccounts, Grant
from integrations.store.ring import RingKey
from tests.conftest import Place
from tests.emulators.google.oauth import Accounts, Trouble
from tests.googles import ALL, connect, connected_world
from tests.worlds import World


@pytest.fixture
def accounts() -> Accounts:
    """Anna's."""
    return Accounts()


@pytest.fixture
async def world(tmp_path: Path, accounts: Accounts) -> AsyncIterator[World]:
    """The owner has connected everything."""
    async with connected_world(tmp_path, accounts) as world:
        yield world


async def test_a_fresh_token_is_given_as_it_is(world: World, accounts: Accounts) -> None:
    """Google isn't asked while the token is good."""
    access = await world.services.google.tokens(world.person.id).access()

    assert accounts.check(access)
    assert accounts.forms == []


async def test_it_is_renewed_before_it_ends(world: World, accounts: Accounts) -> None:
    """With less than 3 minutes 45 left it is traded for a new one; a second more and it is not."""
    tokens = world.services.google.tokens(world.person.id)
    first = await tokens.access()

    world.clock.forward(seconds=accounts.life - 226)
    assert await tokens.access() == first
    world.clock.forward(seconds=2)
    second = await tokens.access()

    assert second != first
    assert len(accounts.refreshes) == 1
    assert await tokens.access() == second


async def test_eight_at_once_renew_once(world: World, accounts: Accounts) -> None:
    """Everybody who waits gets the same new token out of one request."""
    world.clock.forward(hours=2)
    tokens = world.services.google.tokens(world.person.id)

    found = await asyncio.gather(*(tokens.access() for _ in range(8)))

    assert len(set(found)) == 1
    assert len(accounts.refreshes) == 1


async def test_a_refused_token_is_replaced_once(world: World, accounts: Accounts) -> None:
    """Eight calls that Google answered with 401 bring one renewal between them."""
    tokens = world.services.google.tokens(world.person.id)
    stale = await tokens.access()
    accounts.expire_access()

    found = await asyncio.gather(*(tokens.renew(stale) for _ in range(8)))

    assert len(set(found)) == 1
    assert found[0] != stale
    assert accounts.check(found[0])
    assert len(accounts.refreshes) == 1
    assert await tokens.renew(stale) == found[0]  # another late one gets what there is
    assert len(accounts.refreshes) == 1


async def test_an_ended_permission_is_asked_for_once(world: World, accounts: Accounts) -> None:
    """`invalid_grant`: one call, then "connect it again", and Google is left alone."""
    tokens = world.services.google.tokens(world.person.id)
    accounts.end()
    world.clock.forward(hours=2)

    for _ in range(5):
        with pytest.raises(NotConnected, match="connect it again"):
            await tokens.access()

    assert len(accounts.forms) == 1
    account = await world.services.google.account(world.person.id)
    assert account
    assert (account.connected, account.reconnect) == (False, True)
    assert not await world.services.google.connected(world.person.id)


async def test_google_down_is_asked_three_times(world: World, accounts: Accounts) -> None:
    """503: a short, bounded retry; the account stays connected and works when Google does."""
    accounts.troubles = ["503", "503"]
    world.clock.forward(hours=2)

    assert accounts.check(await world.services.google.tokens(world.person.id).access())

    assert len(accounts.forms) == 3


async def test_google_down_for_longer_is_told(world: World, accounts: Accounts) -> None:
    """After three tries "not answering", and those who ask at once aren't let loose on it again."""
    accounts.troubles = ["503"] * 9
    world.clock.forward(hours=2)
    tokens = world.services.google.tokens(world.person.id)

    for _ in range(3):
        with pytest.raises(Unavailable):
            await tokens.access()

    assert len(accounts.forms) == 3
    assert await world.services.google.connected(world.person.id)


async def test_nobody_connected(world: World) -> None:
    """Somebody without an account is told so, and how to get one."""
    with pytest.raises(NotConnected, match="isn't connected yet"):
        await world.services.google.tokens("somebody").access()


@pytest.mark.parametrize("trouble", ["garbage", "array", "no_token", "drop", "429"])
async def test_whatever_google_says_wrong_is_not_answering(world: World, accounts: Accounts, trouble: Trouble) -> None:
    """HTML, a list, no token, a cut line, too many: a bounded number of tries, a plain refusal, the account stays."""
    accounts.troubles = [trouble] * 9
    world.clock.forward(hours=2)

    with pytest.raises(Unavailable) as refused:
        await world.services.google.tokens(world.person.id).access()

    assert len(accounts.forms) <= 3
    assert "Google" in refused.value.say
    assert await world.services.google.connected(world.person.id)
    if trouble == "429":
        assert refused.value.retry_after == 7


async def test_a_token_endpoint_that_hangs_holds_nobody_up_for_ever(tmp_path: Path, accounts: Accounts) -> None:
    """All tries together end within their budget, and the next one finds the lease free."""
    async with connected_world(tmp_path, accounts) as world:
        google = world.services.google
        google.oauth = replace(google.oauth, budget=0.3)
        accounts.troubles = ["hang"]
        world.clock.forward(hours=2)

        with pytest.raises(Unavailable):
            await google.tokens(world.person.id).access()

        async with world.services.database.look() as session:
            account = await GoogleAccounts(session, google.ring).of(world.person.id)
        assert account
        assert account.renewing_until is None


async def test_a_wrong_client_is_the_operators_to_mend(tmp_path: Path, accounts: Accounts) -> None:
    """`invalid_client`: one call, a sentence that says so, and nobody's permission is thrown away."""
    async with connected_world(tmp_path, accounts) as world:
        google = world.services.google
        wrong = google.oauth.settings.model_copy(update={"client_secret": SecretStr("wrong")})
        google.oauth = replace(google.oauth, settings=wrong)
        world.clock.forward(hours=2)

        with pytest.raises(Unavailable, match="client id or secret"):
            await google.tokens(world.person.id).access()

        assert len(accounts.forms) == 1
        assert await google.connected(world.person.id)


async def test_a_renewal_keeps_the_refresh_token(world: World, accounts: Accounts) -> None:
    """Google's answer to a renewal has none; the one there is goes on to work."""
    tokens = world.services.google.tokens(world.person.id)
    for _ in range(3):
        world.clock.forward(hours=2)
        await tokens.access()

    assert len({form["refresh_token"] for form in accounts.refreshes}) == 1
    assert all("scope" not in form for form in accounts.refreshes)  # what was granted, no more and no less


async def test_a_new_refresh_token_replaces_the_old_one(world: World, accounts: Accounts) -> None:
    """Connected anew, the token that was given then is the one that is used."""
    await connect(world, accounts)
    newest = list(accounts.refresh_tokens)[-1]
    world.clock.forward(hours=2)

    await world.services.google.tokens(world.person.id).access()

    assert accounts.forms[0]["refresh_token"] == newest


async def test_seven_days_of_testing_are_explained(tmp_path: Path, accounts: Accounts) -> None:
    """When a permission ends at the time Google had set for it, the sentence says so."""
    accounts.testing = True
    async with connected_world(tmp_path, accounts) as world:
        await connect(world, accounts, grant_until=world.clock.now + timedelta(days=7))
        world.clock.forward(days=7, seconds=1)

        with pytest.raises(NotConnected, match="has run out"):
            await world.services.google.tokens(world.person.id).access()


async def test_google_wants_to_see_the_person(world: World, accounts: Accounts) -> None:
    """`invalid_rapt`: an organisation asks for a fresh sign-in; that is what is told."""
    accounts.end()
    accounts.subtype = "invalid_rapt"
    world.clock.forward(hours=2)

    with pytest.raises(NotConnected, match="see that it is you"):
        await world.services.google.tokens(world.person.id).access()


async def test_the_end_is_told_once(world: World, accounts: Accounts) -> None:
    """A job meets the ended permission; the next turn says so first, the one after it doesn't."""
    accounts.end()
    world.clock.forward(hours=2)
    for _ in range(2):
        with pytest.raises(NotConnected):
            await world.services.google.tokens(world.person.id).access()

    first = await world.say("what time is it")
    second = await world.say("what time is it")

    assert first["reply"].startswith("Google has ended my access to your account.")
    assert "Google" not in second["reply"]


async def test_connected_anew_nothing_is_owed(world: World, accounts: Accounts) -> None:
    """Who has connected again before the next turn isn't told to connect again."""
    accounts.end()
    world.clock.forward(hours=2)
    google, person = world.services.google, accounts.people[0]
    with pytest.raises(NotConnected):
        await google.tokens(world.person.id).access()

    access, refresh = accounts.give(person, ALL)
    grant = Grant(scopes=ALL, access=access, access_until=world.clock.now + timedelta(hours=1), refresh=refresh)
    identity = Identity(sub=person.sub, email=person.email, name=person.name, verified=True)
    rules = Rules(people=[], owner="no", zone="UTC")
    async with world.services.database.work() as session:
        await link(
            session, google.ring, identity=identity, grant=grant, person_id=world.person.id, rules=rules,
            now=world.clock.now,
        )  # fmt: skip

    assert await google.tokens(world.person.id).access() == access
    assert "Google" not in (await world.say("what time is it"))["reply"]


async def test_a_waiter_who_leaves_stops_nobody(world: World, accounts: Accounts) -> None:
    """One of two who wait for the same renewal is cancelled; the other gets the token out of the one request."""
    world.clock.forward(hours=2)
    tokens = world.services.google.tokens(world.person.id)
    leaving, staying = asyncio.create_task(tokens.access()), asyncio.create_task(tokens.access())
    await asyncio.sleep(0.01)
    leaving.cancel()

    assert accounts.check(await staying)
    assert len(accounts.refreshes) == 1


async def test_disconnected_while_google_answers(world: World, accounts: Accounts) -> None:
    """A token that arrives after the account has gone is thrown away, and the caller hears that it is gone."""
    world.clock.forward(hours=2)
    google = world.services.google
    accounts.troubles = ["503"]  # keeps the renewal busy for a moment
    renewing = asyncio.create_task(google.tokens(world.person.id).access())
    while not accounts.forms:  # noqa: ASYNC110, the emulator is no part of ours
        await asyncio.sleep(0.005)
    async with world.services.database.work() as session:
        await GoogleAccounts(session, google.ring).leave(world.person.id, door=False)

    with pytest.raises(NotConnected):
        await renewing
    assert await google.account(world.person.id) is None


async def test_two_processes_renew_once(place: Place, accounts: Accounts) -> None:
    """Two that share a database agree who asks Google; the other waits and takes what was brought."""
    kept = {"database": DatabaseSettings(url=SecretStr(place.url))} if place.url else {}
    async with connected_world(place.data, accounts, **kept) as world:
        ours = world.services
        world.clock.forward(hours=2)
        async with open_services(ours.settings, clock=world.clock, speech=False) as theirs:
            found = await asyncio.gather(
                *(one.google.tokens(world.person.id).access() for one in (ours, theirs) for _ in range(4))
            )

    assert len(set(found)) == 1
    assert len(accounts.refreshes) == 1


async def test_a_process_that_died_renewing_blocks_nobody_for_long(world: World, accounts: Accounts) -> None:
    """Its lease runs out, and the next one asks."""
    world.clock.forward(hours=2)
    async with world.services.database.work() as session:
        now = world.clock.now
        await GoogleAccounts(session, world.services.google.ring).begin_renewal(world.person.id, now, now + LEASE)
    waiting = asyncio.create_task(world.services.google.tokens(world.person.id).access())
    await asyncio.sleep(0.3)
    assert accounts.forms == []

    world.clock.forward(seconds=16)

    assert accounts.check(await waiting)


async def test_a_lost_key_asks_to_connect_again(world: World, accounts: Accounts) -> None:
    """When the secret that wrapped the keys is gone, the person connects again; nothing breaks, nobody storms Google."""
    async with world.services.database.work() as session:
        await session.execute(update(RingKey).values(wrapped="AAAA"))

    with pytest.raises(NotConnected, match="no longer read my key"):
        await world.services.google.tokens(world.person.id).access()

    assert accounts.forms == []
    await connect(world, accounts)
    assert await world.services.google.tokens(world.person.id).access()


async def test_the_log_tells_no_secret(world: World, accounts: Accounts, caplog: pytest.LogCaptureFixture) -> None:
    """Renewed, refused, garbled, revoked: neither a token nor the client's secret is written down at any level."""
    caplog.set_level("DEBUG")
    tokens = world.services.google.tokens(world.person.id)
    for trouble in ("garbage", "503", None):
        accounts.troubles = [trouble] * 3 if trouble else []
        world.clock.forward(hours=2)
        with suppress(Unavailable):
            await world.services.google.tokens(world.person.id).access()
    accounts.end()
    world.clock.forward(hours=2)
    with suppress(NotConnected, Unavailable):
        await tokens.access()
    await world.services.google.disconnect(world.person.id, door=False)

    assert accounts.forms
    for secret in ("1//", "ya29.", "GOCSPX"):
        assert secret not in caplog.text
