"""Every cache keeps the same promises."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from integrations.cache import Cache
from integrations.cache.redis import open_cache
from integrations.errors import Invalid, Unavailable
from tests.servers import RedisServer, free_port, redis


@pytest.fixture(params=["stand-in", "redis"])
async def cache(request: pytest.FixtureRequest) -> AsyncIterator[Cache]:
    url = None if request.param == "stand-in" else request.getfixturevalue("redis_server").url()
    async with open_cache(url) as cache:
        for key in ("key", "other"):
            await cache.drop(key)
        yield cache


async def test_what_is_put_is_there(cache: Cache) -> None:
    """Until it is replaced or dropped; what was never put is not."""
    await cache.put("key", "ünë\n", seconds=60)
    assert (await cache.get("key"), await cache.get("other")) == ("ünë\n", None)
    await cache.put("key", "two", seconds=60)
    assert await cache.get("key") == "two"
    await cache.drop("key")
    assert await cache.get("key") is None


async def test_things_are_kept_as_long_as_told(cache: Cache) -> None:
    """Then they are gone, and the place is free."""
    await cache.put("key", "one", seconds=0.05)
    assert not await cache.put_new("key", "two", seconds=60)
    await asyncio.sleep(0.1)
    assert await cache.get("key") is None
    assert await cache.put_new("key", "two", seconds=60)


async def test_everything_about_somebody_is_forgotten_at_once(cache: Cache) -> None:
    """Wherever their id stands in a key; what is about others stays."""
    for key in ("about:anna", "turns:anna:5", "about:bob"):
        await cache.put(key, "1", seconds=60)
    await cache.forget("anna")
    assert [await cache.get(key) for key in ("about:anna", "turns:anna:5", "about:bob")] == [None, None, "1"]


async def test_one_of_many_gets_the_place(cache: Cache) -> None:
    """Of fifty who want to keep something new, one does."""
    kept = await asyncio.gather(*(cache.put_new("key", str(number), seconds=60) for number in range(50)))
    assert kept.count(True) == 1
    assert await cache.get("key") == str(kept.index(True))


async def test_one_of_many_gets_the_ticket(cache: Cache) -> None:
    """A ticket is good for one, however many show it at once."""
    await cache.put("key", "ticket", seconds=60)
    taken = await asyncio.gather(*(cache.take("key") for _ in range(50)))
    assert [value for value in taken if value] == ["ticket"]


async def test_a_counter_takes_more_at_once(cache: Cache) -> None:
    """By as much as it is told, beside those who add one."""
    counted = await asyncio.gather(*(cache.count("key", seconds=60, by=100) for _ in range(5)), cache.count("key", seconds=60))  # fmt: skip
    assert max(counted) == 501


async def test_a_counter_counts_everybody_and_starts_anew(cache: Cache) -> None:
    """From its first count on, not from its last."""
    counted = await asyncio.gather(*(cache.count("key", seconds=0.3) for _ in range(20)))
    assert sorted(counted) == list(range(1, 21))
    await asyncio.sleep(0.2)
    assert await cache.count("key", seconds=0.3) == 21
    await asyncio.sleep(0.2)
    assert await cache.count("key", seconds=0.3) == 1


async def test_two_stand_ins_know_nothing_of_each_other() -> None:
    """Each is as good as a Redis of its own."""
    async with open_cache(None) as one, open_cache(None) as other:
        await one.put("key", "value", seconds=60)
        assert await other.get("key") is None
        await one.ping()


async def test_no_redis_is_unavailable() -> None:
    """Quickly, and in our own words."""
    async with open_cache(f"redis://127.0.0.1:{free_port()}/0") as cache:
        with pytest.raises(Unavailable):
            await cache.ping()
        with pytest.raises(Unavailable):
            await cache.take("key")
        with pytest.raises(Unavailable):
            await cache.count("key", seconds=1)


async def test_a_redis_that_comes_back_is_used_again(redis_server: RedisServer) -> None:
    """Nobody has to start anything anew."""
    with redis() as server:
        async with open_cache(server.url()) as cache:
            await cache.ping()
            server.stop()
            with pytest.raises(Unavailable):
                await cache.ping()
            server.start()
            await cache.put("key", "value", seconds=60)
            assert await cache.get("key") == "value"


async def test_an_address_that_is_none_is_refused() -> None:
    """At once, in words that say what it should look like."""
    with pytest.raises(Invalid):
        async with open_cache("http://example.com"):
            pass


async def test_what_is_called_out_is_heard_by_everybody_who_listens(cache: Cache) -> None:
    """In its order, by all of them, on their own channel only; and a quiet line stays open."""
    async with cache.listen("news") as one, cache.listen("news") as two, cache.listen("else") as other:
        await cache.publish("news", "ünë")
        await cache.publish("else", "x")
        await asyncio.sleep(2.5)  # longer than Redis is waited for
        await cache.publish("news", "two")
        assert [await anext(one), await anext(one)] == ["ünë", "two"]
        assert [await anext(two), await anext(two)] == ["ünë", "two"]
        assert await anext(other) == "x"


async def test_nobody_keeps_a_call_for_later(cache: Cache) -> None:
    """Who wasn't listening never hears of it."""
    await cache.publish("news", "early")
    async with cache.listen("news") as heard:
        await cache.publish("news", "late")
        assert await anext(heard) == "late"


async def test_a_broken_line_is_unavailable() -> None:
    """Who listens learns that they hear nothing any more."""
    with redis() as server:
        async with open_cache(server.url()) as cache, cache.listen("news") as heard:
            server.stop()
            with pytest.raises(Unavailable):
                await anext(heard)
            server.start()


async def test_a_stand_in_is_heard_in_other_threads() -> None:
    """A worker inside the server has a loop of its own; what it calls out arrives."""
    async with open_cache(None) as cache, cache.listen("news") as heard:
        await asyncio.to_thread(asyncio.run, cache.publish("news", "from a worker"))
        assert await anext(heard) == "from a worker"
