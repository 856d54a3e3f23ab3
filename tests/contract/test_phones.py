"""A telephone's PIN holds against whoever guesses, however many lines they guess on."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from integrations.errors import Conflict, Invalid
from integrations.store.notifications import Notifications
from integrations.store.people import People
from integrations.store.phones import A_DAY, DAY, Locked, Phones, called_from
from tests.conftest import Place
from tests.worlds import World, open_world
from voice.security.pins import Pins, hash_of

ON_ONE = pytest.mark.parametrize("place", ["sqlite"], indirect=True)
"""Guessing costs processor time on purpose; what no database has a part in is tried on one."""
NUMBER, PIN, WRONG = "+15551234567", "482915", "111111"


@pytest.fixture
async def world(place: Place) -> AsyncIterator[World]:
    more: dict[str, Any] = {"database": {"url": place.url}} if place.url else {}
    async with open_world(place.data / "world", **more) as world:
        hashed = await hash_of(PIN)
        async with world.services.database.work() as session:
            phones = Phones(session, world.person.id)
            await phones.use(NUMBER)
            await phones.protect(hashed)
        yield world


def pins(world: World) -> Pins:
    return Pins(world.services.database, world.clock, world.services.telling)


async def tried(world: World, pin: str) -> bool | None:
    """Whether it was right; None when no try was left."""
    try:
        return await pins(world).right(world.person.id, pin)
    except Locked:
        return None


async def told(world: World) -> list[str]:
    """What the page shows of it."""
    async with world.services.database.look() as session:
        return [one.say for one in await Notifications(session, world.person.id).all() if one.about == "phone"]


@ON_ONE
async def test_the_right_pin_is_right_and_costs_nothing(world: World) -> None:
    """However often somebody calls, as long as they know it."""
    for _ in range(A_DAY + 2):
        assert await tried(world, PIN) is True
    assert await tried(world, WRONG) is False


async def test_parallel_calls_share_one_budget(world: World) -> None:
    """Of forty guesses at once ten are looked at; then no PIN counts for a day, not even the right one, and the page says so once."""
    found = await asyncio.gather(*(tried(world, f"{number:06}") for number in range(40)))
    assert found.count(False) == A_DAY
    assert found.count(None) == 40 - A_DAY
    assert await tried(world, PIN) is None
    world.clock.now += DAY - timedelta(minutes=1)
    assert await tried(world, PIN) is None
    world.clock.now += timedelta(minutes=2)
    assert await tried(world, PIN) is True
    (said,) = await told(world)
    assert "locked" in said
    assert PIN not in said


@ON_ONE
async def test_no_day_sees_more_than_ten_guesses(world: World) -> None:
    """Guessed slowly, for two days, a guess every 50 minutes: in any 24 hours ten are looked at."""
    looked: list[Any] = []
    for _ in range(2 * 24 * 60 // 50):
        if await tried(world, WRONG) is False:
            looked.append(world.clock())
        world.clock.now += timedelta(minutes=50)
    assert len(looked) > A_DAY
    assert all(sum(at <= other < at + DAY for other in looked) <= A_DAY for at in looked)


@ON_ONE
async def test_the_right_pin_gives_no_guesses_back(world: World) -> None:
    """Somebody who guesses between the owner's calls has ten guesses, too."""
    for _ in range(A_DAY - 1):
        assert await tried(world, WRONG) is False
        assert await tried(world, PIN) is True
    assert await tried(world, WRONG) is False
    assert await tried(world, WRONG) is None


@ON_ONE
async def test_a_new_pin_unlocks(world: World) -> None:
    """The person at the page needs no patience."""
    for _ in range(A_DAY):
        await tried(world, WRONG)
    assert await tried(world, PIN) is None
    hashed = await hash_of("739204")
    async with world.services.database.work() as session:
        await Phones(session, world.person.id).protect(hashed)
    assert await tried(world, PIN) is False
    assert await tried(world, "739204") is True


async def test_a_pin_is_kept_as_its_hash(world: World) -> None:
    """Nothing that is kept contains it, and one that is too short is none."""
    async with world.services.database.look() as session:
        phone = await called_from(session, NUMBER)
    assert phone is not None
    assert phone.pin is not None
    assert phone.pin.startswith("$argon2id$")
    assert PIN not in phone.pin
    for poor in ("12345", "1" * 13, "12345x", "", "\u0661" * 6):
        with pytest.raises(Invalid):
            await hash_of(poor)


async def test_a_number_is_one_persons(world: World) -> None:
    """Nobody can take a number that calls for somebody else; one without a PIN is as good as unknown."""
    async with world.services.database.work() as session:
        other = await People(session).add(zone="Europe/Berlin", now=world.clock())
    with pytest.raises(Conflict):
        async with world.services.database.work() as session:
            await Phones(session, other.id).use(NUMBER)
    async with world.services.database.work() as session:
        await Phones(session, other.id).use("+4930123456")
    async with world.services.database.look() as session:
        assert await called_from(session, "+4930123456") is None
        mine = await called_from(session, NUMBER)
        assert mine is not None
        assert mine.person_id == world.person.id


async def test_who_has_no_pin_is_let_in_by_none(world: World) -> None:
    """An account without a telephone has no PIN that could be right."""
    async with world.services.database.work() as session:
        await Phones(session, world.person.id).forget()
    assert await tried(world, PIN) is False
    assert await tried(world, "") is False
