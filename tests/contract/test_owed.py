"""What is owed is done once, whoever dies, on every database we run on."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.errors import NotFound
from integrations.store.database import Database
from integrations.store.owed import LEASE, NUDGE, TRIES, Claim, Debts, OwedWork
from integrations.store.people import People

NOW = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
async def me(session: AsyncSession) -> str:
    return (await People(session).owner("Europe/Berlin", NOW)).id


@pytest.fixture
async def work(session: AsyncSession) -> OwedWork:
    return OwedWork(session)


async def owed(work: OwedWork, person_id: str, slot: str = "2026-03-04") -> str:
    one = await work.owe("email.digest", person_id, slot, now=NOW)
    assert one is not None
    return one


async def taken(work: OwedWork, one: str, holder: str = "one", at: datetime = NOW) -> Claim:
    claim = await work.take(one, holder, at)
    assert claim is not None
    return claim


async def state(session: AsyncSession, me: str) -> tuple[str, int, str]:
    session.expire_all()
    (debt,) = await Debts(session, me).newest(10)
    return debt.state, debt.attempts, debt.say


async def test_the_same_is_owed_once(work: OwedWork, me: str) -> None:
    """Of one job, person and slot there is one, also when it is over."""
    one = await owed(work, me)
    assert await work.owe("email.digest", me, "2026-03-04", now=NOW, arguments={"a": 1}) is None
    await work.finish(await taken(work, one), NOW)
    assert await work.owe("email.digest", me, "2026-03-04", now=NOW) is None
    assert await work.owe("email.digest", me, "2026-03-05", now=NOW) is not None


async def test_what_is_not_due_waits(work: OwedWork, me: str) -> None:
    """Nobody can take it before its time."""
    one = await work.owe("email.digest", me, "slot", now=NOW, due=NOW + SECOND)
    assert one is not None
    assert (await work.ripe(NOW, 10), await work.take(one, "one", NOW)) == ([], None)
    assert await work.ripe(NOW + SECOND, 10) == [(one, "email.digest")]
    claim = await taken(work, one, at=NOW + SECOND)
    assert (claim.job, claim.person_id, claim.slot, claim.attempt, claim.token) == ("email.digest", me, "slot", 1, 1)


async def test_a_lease_is_nobody_elses_until_it_ends(work: OwedWork, session: AsyncSession, me: str) -> None:
    """Signs of life keep it; without one it goes to the next, and the first can change nothing any more."""
    one = await owed(work, me)
    first = await taken(work, one)
    assert await work.take(one, "two", NOW + LEASE) is None
    assert await work.beat(first, NOW + LEASE)
    assert await work.take(one, "two", NOW + LEASE + LEASE) is None
    late = NOW + LEASE + LEASE + SECOND
    assert await work.ripe(late, 10) == [(one, "email.digest")]
    second = await taken(work, one, "two", late)
    assert (second.token, second.attempt) == (2, 2)
    assert not await work.beat(first, late)
    assert not await work.again(first, late, "no")
    assert not await work.finish(first, late, "no", "failed")
    assert await work.finish(second, late, "Done.")
    assert not await work.finish(second, late, "Twice.")
    assert await state(session, me) == ("done", 2, "Done.")


async def test_what_failed_waits_for_its_next_try(work: OwedWork, session: AsyncSession, me: str) -> None:
    """`again` says when; until then nobody takes it."""
    one = await owed(work, me)
    assert await work.again(await taken(work, one), NOW + SECOND, "Google isn't answering.")
    assert await work.take(one, "two", NOW) is None
    assert (await taken(work, one, at=NOW + SECOND)).attempt == 2


async def test_work_of_the_dead_is_parked_after_five_tries(work: OwedWork, session: AsyncSession, me: str) -> None:
    """What kills its workers is tried five times, then waits for somebody to look at it, and can be tried anew."""
    one, now = await owed(work, me), NOW
    for _ in range(TRIES):
        await taken(work, one, at=now)
        assert await work.give_up(now) == 0
        now += LEASE + SECOND
    assert (await work.take(one, "six", now), await work.ripe(now, 10)) == (None, [])
    assert await work.give_up(now) == 1
    assert (await state(session, me))[0] == "parked"
    assert await work.counts() == {"parked": 1}
    await work.retry(one, now)
    assert (await taken(work, one, at=now)).attempt == 1
    with pytest.raises(NotFound):
        await work.retry(one, now)


async def test_who_has_to_go_gives_back_without_a_try_being_counted(work: OwedWork, me: str) -> None:
    """A deploy is no failure of the work."""
    one = await owed(work, me)
    assert await work.give_back(await taken(work, one), NOW)
    assert (await taken(work, one)).attempt == 1


async def test_workers_are_told_again_but_not_at_every_look(work: OwedWork, me: str) -> None:
    """A message that got lost is sent anew after a while; a clock that was set back doesn't silence it."""
    one = await owed(work, me)
    await work.nudged([one], NOW)
    assert await work.ripe(NOW + SECOND, 10) == []
    assert await work.ripe(NOW + NUDGE + SECOND, 10) == [(one, "email.digest")]
    await work.nudged([one], NOW + timedelta(hours=2))
    assert await work.ripe(NOW + NUDGE, 10) == [(one, "email.digest")]


async def test_a_clock_that_was_set_back_keeps_no_dead_mans_lease(work: OwedWork, me: str) -> None:
    """A lease that ends in two hours can't be one of ours: they last seconds."""
    one = await owed(work, me)
    ahead = NOW + timedelta(hours=2)
    await taken(work, one, at=ahead)
    assert (await taken(work, one, "two")).attempt == 2


async def test_standing_work_is_owed_again_in_the_same_row(work: OwedWork, session: AsyncSession, me: str) -> None:
    """Looking at a mailbox every half minute leaves one row, not thousands; nothing is interrupted by it."""
    one = await work.rearm("mail.sync", me, "copy", now=NOW)
    assert one is not None
    assert await work.rearm("mail.sync", me, "copy", now=NOW) is None
    claim = await taken(work, one)
    assert await work.rearm("mail.sync", me, "copy", now=NOW) is None
    await work.finish(claim, NOW)
    assert await work.rearm("mail.sync", me, "copy", now=NOW + SECOND) == one
    again = await taken(work, one, at=NOW + SECOND)
    assert (again.attempt, again.token) == (1, 2)


async def test_the_only_process_takes_up_at_once_what_the_last_one_left(work: OwedWork, me: str) -> None:
    """Nobody else can be at it, so no lease has to be waited for; the dead one's word counts no more."""
    one = await owed(work, me)
    dead = await taken(work, one)
    assert await work.release(NOW) == 1
    assert (await taken(work, one, "two")).token == 2
    assert not await work.finish(dead, NOW)


async def test_each_person_sees_their_own(work: OwedWork, session: AsyncSession, me: str) -> None:
    """What is owed to someone else isn't shown, and goes when they go."""
    other = (await People(session).add(zone="UTC", now=NOW)).id
    await owed(work, other)
    assert await Debts(session, me).newest(10) == []
    assert len(await Debts(session, other).newest(10)) == 1
    await People(session).delete(other)
    assert await work.counts() == {}


async def test_figures_tell_how_late_we_are(work: OwedWork, me: str) -> None:
    """By the one that should have begun first."""
    assert await work.late(NOW) == 0
    await owed(work, me)
    assert await work.late(NOW + timedelta(minutes=1)) == 60


async def test_what_is_long_over_is_forgotten(work: OwedWork, me: str) -> None:
    """Done and failed work goes; what is parked or waiting stays."""
    ended = [await owed(work, me, str(number)) for number in range(4)]
    await work.finish(await taken(work, ended[0]), NOW)
    await work.finish(await taken(work, ended[1]), NOW, "No.", "failed")
    await work.finish(await taken(work, ended[2]), NOW, "Why.", "parked")
    assert await work.forget(NOW) == 0
    assert await work.forget(NOW + SECOND) == 2
    assert await work.counts() == {"parked": 1, "waiting": 1}


async def test_of_many_who_take_the_same_one_gets_it(database: Database) -> None:
    """Workers race for one piece of work; so do those who owe it."""
    async with database.work() as session:
        me = (await People(session).owner("UTC", NOW)).id

    async def owe() -> str | None:
        async with database.work() as session:
            return await OwedWork(session).owe("email.digest", me, "slot", now=NOW)

    (one,) = [found for found in await asyncio.gather(*(owe() for _ in range(8))) if found]

    async def take(number: int) -> Claim | None:
        async with database.work() as session:
            return await OwedWork(session).take(one, str(number), NOW)

    assert len([claim for claim in await asyncio.gather(*map(take, range(8))) if claim]) == 1
