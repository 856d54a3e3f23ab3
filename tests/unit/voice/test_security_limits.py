"""Counting what is too much, also when nobody can be asked for the count."""

import asyncio

import pytest

from integrations.cache.redis import open_cache
from integrations.errors import RateLimited, Unavailable
from voice.problems import NotSignedIn
from voice.security.limits import Limits
from voice.security.tickets import Ringing, Tickets


class Away:
    """A cache nobody can reach; counts how often it was tried."""

    tried = 0

    async def count(self, key: str, *, seconds: float) -> int:
        self.tried += 1
        raise Unavailable

    async def get(self, key: str) -> str | None:
        raise Unavailable

    put = put_new = take = drop = ping = get


async def spent(limits: Limits, times: int, at_most: int, what: str = "x") -> int:
    """How many of so many were let through."""
    through, waits = 0, list[float]()
    for _ in range(times):
        try:
            await limits.spend(what, at_most, seconds=30)
            through += 1
        except RateLimited as error:
            waits.append(error.retry_after or 0)
    assert all(0 < wait <= 30 for wait in waits)
    return through


async def test_exactly_so_many_are_let_through() -> None:
    """The next one is refused with the time to wait; others are counted apart; 0 means no limit."""
    async with open_cache(None) as cache:
        limits = Limits(cache)

        assert await spent(limits, 10, 4) == 4
        assert await spent(limits, 10, 4, "y") == 4
        assert await spent(limits, 10, 0, "z") == 10


async def test_several_processes_count_together() -> None:
    """Three that share a cache let through no more than one would."""
    async with open_cache(None) as cache:
        three = [Limits(cache) for _ in range(3)]

        let_through = await asyncio.gather(*(spent(one, 20, 30) for one in three))

    assert sum(let_through) == 30


async def test_a_window_ends() -> None:
    """After its time everything is allowed again."""
    async with open_cache(None) as cache:
        limits = Limits(cache)
        await limits.spend("x", 1, seconds=0.2)
        with pytest.raises(RateLimited):
            await limits.spend("x", 1, seconds=0.2)
        await asyncio.sleep(0.25)

        await limits.spend("x", 1, seconds=0.2)


async def test_without_the_cache_the_limits_still_hold() -> None:
    """Nothing becomes free for all because Redis is down, and not every request waits for it."""
    away = Away()
    limits = Limits(away)  # type: ignore[arg-type]  # as much of a cache as is used

    assert await spent(limits, 10, 4) == 4
    assert away.tried == 1


async def test_a_ticket_is_good_once_and_the_cache_never_sees_it() -> None:
    """Of many who show it at once one gets in; what is kept can't be shown."""
    async with open_cache(None) as cache:
        tickets = Tickets(cache)
        ticket = await tickets.issue("person", "family")

        found = await asyncio.gather(*(tickets.take(ticket) for _ in range(10)), return_exceptions=True)

        taken = [one for one in found if not isinstance(one, BaseException)]
        assert [(one.person_id, one.family) for one in taken] == [("person", "family")]
        assert ticket not in taken[0].line


async def test_a_calls_ticket_is_good_once_for_that_call_alone() -> None:
    """Another call's use of it uses it up; it opens no browser's socket, and a browser's opens no call."""
    async with open_cache(None) as cache:
        tickets = Tickets(cache)

        ticket = await tickets.issue_call("CA1", "person")
        assert await tickets.take_call(ticket, "CA1") == Ringing(person_id="person", stranger="")
        ticket = await tickets.issue_call("CA1", "person", stranger="+15557654321")
        assert await tickets.take_call(ticket, "CA1") == Ringing(person_id="person", stranger="+15557654321")
        for stale in (ticket, "", "x" * 100, "é"):
            with pytest.raises(NotSignedIn):
                await tickets.take_call(stale, "CA1")

        stolen = await tickets.issue_call("CA1", "person")
        for call in ("CA2", "CA1"):
            with pytest.raises(NotSignedIn):
                await tickets.take_call(stolen, call)

        with pytest.raises(NotSignedIn):
            await tickets.take(await tickets.issue_call("CA1", "person"))
        with pytest.raises(NotSignedIn):
            await tickets.take_call(await tickets.issue("person", "family"), "family")


async def test_a_calls_ticket_is_good_for_half_a_minute() -> None:
    """Whoever is slower has to call again."""
    kept: list[float] = []

    class Watched:
        async def put(self, key: str, value: str, *, seconds: float) -> None:
            kept.append(seconds)

    await Tickets(Watched()).issue_call("CA1", "person")  # type: ignore[arg-type]  # as much of a cache as is used
    assert kept == [30.0]
