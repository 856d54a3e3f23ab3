"""Copies of outside accounts are looked after round by round, and never by two at once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from agent import syncing
from agent.arriving import make_up
from agent.syncing import Copy, Syncing
from integrations.errors import NotConnected, Unavailable
from integrations.store.intents import Intents
from integrations.store.mirrors import Kind, Mirrors, Progress
from integrations.store.notices import Notices
from integrations.store.owed import Debts
from tests.worlds import World, open_world


class Read:
    """A copy that notes how often it was read."""

    def __init__(self, world: World, kind: Kind) -> None:
        self.kind: Kind = kind
        self.world, self.reads, self.settled = world, 0, 0
        self.refuses: Unavailable | NotConnected | None = None
        self.takes = 0.0
        self.at_once = self.most_at_once = 0
        self.truth, self.known = 0, -1
        """What the other side has, and what of it is known here."""
        self.reading, self.may_end = asyncio.Event(), asyncio.Event()
        self.may_end.set()

    async def sync(self, progress: Progress) -> None:
        self.reads += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        progress(3, 10)
        found = self.truth
        self.reading.set()
        await asyncio.sleep(self.takes)
        await self.may_end.wait()
        self.known, self.at_once = found, self.at_once - 1
        async with self.world.services.database.work() as session:
            mirrors = Mirrors(session, self.world.person.id)
            mirror = await mirrors.of(self.kind)
            if self.refuses is None:
                await mirrors.worked(mirror, self.world.clock())
            else:
                await mirrors.failed(mirror, self.world.clock(), self.refuses.say)
        if self.refuses is not None:
            raise self.refuses

    async def settle(self) -> None:
        self.settled += 1


class Rounds:
    """The rounds of one process over one person's copies."""

    def __init__(self, world: World) -> None:
        self.world = world
        kinds: tuple[Kind, ...] = ("calendar", "tasks", "mail")
        self.copies = {kind: Read(world, kind) for kind in kinds}
        self.syncing = self.process()

    def process(self) -> Syncing:
        async def people() -> list[str]:
            return [self.world.person.id]

        async def copies(person_id: str) -> list[Copy]:
            return list(self.copies.values())

        services = self.world.services
        return Syncing(services.database, services.cache, services.clock, people, copies)

    async def round(self) -> list[int]:
        """One round and all that it began; how often each has been read by now."""
        await self.syncing.round()
        await self.syncing.settled()
        return [copy.reads for copy in self.copies.values()]


@pytest.fixture
async def rounds(tmp_path: Path) -> AsyncIterator[Rounds]:
    async with open_world(tmp_path) as world:
        yield Rounds(world)


async def test_each_copy_is_read_at_once_and_then_when_it_is_old(rounds: Rounds) -> None:
    """Every five minutes while nobody is about, every thirty seconds while someone is."""
    assert await rounds.round() == [1, 1, 1]
    rounds.world.clock.forward(minutes=4)
    assert await rounds.round() == [1, 1, 1]
    rounds.world.clock.forward(minutes=2)
    assert await rounds.round() == [2, 2, 2]
    await rounds.syncing.about(rounds.world.person.id)
    rounds.world.clock.forward(seconds=31)
    assert await rounds.round() == [3, 3, 3]


async def test_one_that_fails_disturbs_no_other_and_is_tried_less_and_less(rounds: Rounds) -> None:
    """Tasks answering 404 never breaks the calendar, and no storm of retries comes of it."""
    rounds.copies["tasks"].refuses = Unavailable()
    await rounds.round()
    for _ in range(60):
        rounds.world.clock.forward(minutes=1)
        calendar, tasks, mail = await rounds.round()
    assert (calendar, tasks, mail) == (13, 3, 13)  # every 5 minutes; at 0, 10 and 30, next at 70

    rounds.copies["tasks"].refuses = None
    rounds.world.clock.forward(hours=1)
    await rounds.round()
    rounds.world.clock.forward(minutes=6)
    assert (await rounds.round())[1] == tasks + 2


async def test_two_processes_never_read_the_same_at_once(rounds: Rounds) -> None:
    """The lease in the cache decides; when it is given back the other may."""
    rounds.copies["calendar"].takes = 0.05
    other = rounds.process()
    await asyncio.gather(
        *await rounds.syncing.soon(rounds.world.person.id, ["calendar"]),
        *await other.soon(rounds.world.person.id, ["calendar"]),
    )
    await rounds.syncing.settled()
    before = rounds.copies["calendar"].reads
    assert rounds.copies["calendar"].most_at_once == 1
    await asyncio.gather(*await other.soon(rounds.world.person.id, ["calendar"]))
    assert rounds.copies["calendar"].reads == before + 1


@pytest.mark.parametrize("rung", ["here", "in another process"])
async def test_what_changes_while_it_is_read_is_read_again(rounds: Rounds, rung: str) -> None:
    """A ring in the middle of a reading isn't lost: once more, and however often it rang, only once."""
    copy, person_id = rounds.copies["calendar"], rounds.world.person.id
    other = rounds.syncing if rung == "here" else rounds.process()
    copy.may_end.clear()
    await rounds.syncing.soon(person_id, ["calendar"])
    await copy.reading.wait()
    copy.truth = 1
    for _ in range(3):
        looks = await other.soon(person_id, ["calendar"])
        if other is not rounds.syncing:
            await asyncio.wait(looks)
    copy.may_end.set()
    await rounds.syncing.settled()
    await other.settled()
    assert (copy.known, copy.reads, copy.most_at_once) == (1, 2, 1)


async def test_sending_alone_is_no_reading(rounds: Rounds) -> None:
    """A ring while only what waits is being sent is followed by a look."""
    copy, person_id = rounds.copies["calendar"], rounds.world.person.id
    rounds.syncing._begin(person_id, copy, read=False)
    await rounds.syncing.soon(person_id, ["calendar"])
    await rounds.syncing.settled()
    assert copy.reads == 1


async def test_an_account_that_goes_is_not_read_again(rounds: Rounds) -> None:
    """However it rang before: once it is stopped nothing begins anew."""
    copy, person_id = rounds.copies["calendar"], rounds.world.person.id
    copy.may_end.clear()
    await rounds.syncing.soon(person_id, ["calendar"])
    await copy.reading.wait()
    await rounds.syncing.soon(person_id, ["calendar"])
    await rounds.syncing.stop(person_id)
    await rounds.syncing.settled()
    assert copy.reads == 1


async def test_an_answer_waits_for_a_fresh_copy_but_not_for_a_slow_one(rounds: Rounds) -> None:
    """What is older than a moment is looked at before the answer; a slow look goes on beside it."""
    await rounds.round()
    await rounds.syncing.freshen(rounds.world.person.id)
    assert rounds.copies["calendar"].reads == 1
    rounds.world.clock.forward(minutes=1)
    await rounds.syncing.freshen(rounds.world.person.id)
    assert rounds.copies["calendar"].reads == 2

    rounds.world.clock.forward(minutes=1)
    rounds.copies["calendar"].takes = 30
    async with asyncio.timeout(5):
        await rounds.syncing.freshen(rounds.world.person.id, grace=0.05)
    assert rounds.copies["calendar"].reads == 3
    assert rounds.syncing.progress(rounds.world.person.id, "calendar") == (3, 10)
    await rounds.syncing.drain()
    assert rounds.syncing.progress(rounds.world.person.id, "calendar") is None


async def test_a_long_reading_is_seen_from_another_process(rounds: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker reads a large mailbox, and the page of the server shows how far it has come."""
    monkeypatch.setattr(syncing, "TICK", 0.02)
    other, me = rounds.process(), rounds.world.person.id
    rounds.copies["mail"].takes = 30
    (looking,) = await rounds.syncing.soon(me, ["mail"])
    async with asyncio.timeout(20):
        while await other.read_so_far(me, "mail") is None:  # noqa: ASYNC110, it is told from time to time
            await asyncio.sleep(0.01)
    assert await other.read_so_far(me, "mail") == (3, 10)
    assert other.progress(me, "mail") is None
    looking.cancel()


async def test_what_waits_to_be_sent_is_sent_soon(rounds: Rounds) -> None:
    """Also while nothing is due to be read."""
    await rounds.round()
    before = rounds.copies["mail"].settled
    async with rounds.world.services.database.work() as session:
        intents = Intents(session, rounds.world.person.id)
        await intents.begin("a-key", "mail", "send", {}, rounds.world.clock())
        await intents.settle("a-key", "queued")
    rounds.world.clock.forward(seconds=1)
    await rounds.round()
    assert rounds.copies["mail"].settled == before
    rounds.world.clock.forward(seconds=5)
    assert await rounds.round() == [1, 1, 1]
    assert rounds.copies["mail"].settled == before + 1


async def test_what_happened_meanwhile_is_told_first_and_once(rounds: Rounds) -> None:
    """Of one matter only the last sentence counts."""
    world = rounds.world
    async with world.services.database.work() as session:
        notices = Notices(session, world.person.id)
        await notices.add("dentist", "Google isn't answering.", world.clock())
        await notices.add("dentist", "Dentist is on your calendar now.", world.clock() + timedelta(seconds=1))
    said = await world.words("what time is it")
    assert said[0] == "Dentist is on your calendar now."
    assert len(said) == 2
    assert "Dentist" not in (await world.say("what time is it"))["reply"]


async def test_a_turn_is_answered_though_the_copies_cannot_be_looked_at(tmp_path: Path) -> None:
    """Redis away is no reason to be silent."""
    async with open_world(tmp_path) as world:

        async def away() -> list[str]:
            raise Unavailable("Redis isn't answering.")

        world.services.syncing._people = away
        answer = await world.say("what time is it")
    assert "10:20" in answer["reply"]


async def test_open_pages_learn_of_what_was_read(rounds: Rounds) -> None:
    """A look that found something says so; one that found nothing is no news."""
    world, told = rounds.world, list[tuple[str, str]]()
    services = world.services

    async def people() -> list[str]:
        return [world.person.id]

    async def copies(person_id: str) -> list[Copy]:
        return [rounds.copies["tasks"], Silent(world, "mail")]

    syncing = Syncing(
        services.database, services.cache, services.clock, people, copies, changed=lambda *one: told.append(one)
    )
    await syncing.round()
    await syncing.settled()
    assert told == [(world.person.id, "tasks")]


async def test_an_account_is_known_once_all_of_it_was_read(rounds: Rounds) -> None:
    """Of three readings the last one says so, and no later one says it again."""
    world, told = rounds.world, list[str]()
    services = world.services

    async def people() -> list[str]:
        return [world.person.id]

    async def copies(_: str) -> list[Copy]:
        return list(rounds.copies.values())

    async def known(person_id: str) -> None:
        told.append(person_id)

    syncing = Syncing(services.database, services.cache, services.clock, people, copies, known=known)
    await syncing.look(world.person.id, "calendar")
    await syncing.look(world.person.id, "mail")
    assert told == []
    await syncing.look(world.person.id, "tasks")
    await syncing.look(world.person.id, "tasks")
    assert told == [world.person.id]


@pytest.mark.parametrize(("hours", "owed"), [(-3, []), (0, ["briefing.write", "email.digest"])])
async def test_who_connects_later_in_the_day_has_their_morning_at_once(
    rounds: Rounds, hours: int, owed: list[str]
) -> None:
    """After the hour of the digest it is owed now, once; before it it comes by itself."""
    world = rounds.world
    world.clock.forward(hours=hours)
    await make_up(world.services, world.person.id)
    await make_up(world.services, world.person.id)
    async with world.services.database.look() as session:
        assert sorted(one.job for one in await Debts(session, world.person.id).newest(10)) == owed


class Silent(Read):
    """A copy that finds nothing new."""

    async def sync(self, progress: Progress) -> None:
        await super().sync(lambda *_: progress(0, None))
