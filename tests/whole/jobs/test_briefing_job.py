"""The morning's briefing, written by a job that may be done again at any point."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from agent.briefing.recording import KEPT
from agent.briefing.writing import today
from agent.services import Services
from integrations.errors import Unavailable
from integrations.speech import Synthesizer
from integrations.store import demo
from integrations.store.briefings import Briefing
from integrations.store.owed import Debt, Debts, OwedWork
from integrations.store.people import People
from jobs import email_digest  # noqa: F401, it registers the job
from jobs.briefing import speak_briefing, write_briefing
from jobs.run import JOBS, Owed
from tests.callers import Tones
from tests.worlds import World, open_world


def speaking(world: World, voice: Synthesizer) -> Services:
    """The world's services with a voice."""
    return replace(world.services, synthesizer=voice)


def owed(world: World) -> Owed:
    return Owed(job="briefing.write", person_id=world.person.id, slot=f"{world.clock():%Y-%m-%d}", due=world.clock())


async def morning(services: Services, world: World) -> str | None:
    """The text, and then what became of its sound."""
    assert await write_briefing(services, owed(world)) == f"The briefing of {world.clock():%Y-%m-%d} is written."
    return await speak_briefing(services, replace(owed(world), job="briefing.speak", slot=f"{owed(world).slot} text"))


async def kept(world: World) -> Briefing:
    async with world.services.context(world.person, write=False) as ctx:
        found = await ctx.briefings.on(today(ctx))
    assert found is not None
    return found


async def told(world: World) -> list[str]:
    async with world.services.context(world.person) as ctx:
        new = [one.say for one in await ctx.notifications.all() if one.read_at is None]
        await ctx.notifications.read_all(ctx.now)
        return new


async def test_the_job_writes_speaks_and_announces(tmp_path: Path) -> None:
    """After it the text is there, its sound is ready, and the person is told."""
    async with open_world(tmp_path) as world:
        await world.say("put dentist on today at 3 pm")
        services = speaking(world, Tones(seconds=0.002))

        assert await morning(services, world) == "The briefing of 2026-03-04 is spoken."
        briefing = await kept(world)
        assert "At 3 pm: Dentist." in briefing.text
        assert services.recordings.state(world.person, briefing) == "ready"
        assert services.recordings.chapters(world.person, briefing) == [0]
        assert await told(world) == ["Your briefing is ready."]
        assert {"briefing.write", "briefing.speak"} <= set(JOBS)


async def test_done_again_it_is_the_same_briefing(tmp_path: Path) -> None:
    """Nothing is spoken twice; a day that changed meanwhile is brought up to date with its sound."""
    async with open_world(tmp_path) as world:
        voice = Tones(seconds=0.002)
        services = speaking(world, voice)
        await morning(services, world)
        first, spoken = await kept(world), len(voice.asked)
        await morning(services, world)
        assert (await kept(world)).id == first.id
        assert len(voice.asked) == spoken

        await world.say("put dentist on today at 3 pm")
        await morning(services, world)
        changed = await kept(world)
        assert (changed.id, changed.text == first.text) == (first.id, False)
        (file,) = (tmp_path / "briefings").iterdir()
        assert services.recordings.file(world.person, changed) == file


async def test_without_a_voice_the_text_stands_alone(tmp_path: Path) -> None:
    """A voice that is away, or none at all, keeps nobody from being told."""
    async with open_world(tmp_path) as world:
        away = speaking(world, Tones(fail=Unavailable("The voice is away.")))
        for services, state in ((away, "pending"), (world.services, "none")):
            assert await morning(services, world) == "The briefing of 2026-03-04 has no sound: there is no voice."
            assert services.recordings.state(world.person, await kept(world)) == state


@pytest.mark.parametrize("written", [True, False])
async def test_after_a_night_off_the_mail_comes_into_the_briefing(tmp_path: Path, written: bool) -> None:
    """Digest and briefing begin at the same moment then; whichever ends first, what the mail asks for is told, and once."""
    async with open_world(tmp_path) as world:
        asks = {"from": "Dana <dana@acme.example>", "subject": "Relay", "body": "Please bring a towel tomorrow.", "unread": True}  # fmt: skip
        async with world.services.database.work() as session:
            await demo.load(session, world.person, world.clock(), messages=[asks])
            one = await OwedWork(session).owe("briefing.write", world.person.id, owed(world).slot, now=world.clock())
            assert await OwedWork(session).take(one or "", "another worker", world.clock())
        if written:
            await write_briefing(world.services, owed(world))
        await JOBS["email.digest"](world.services, replace(owed(world), job="email.digest"))
        (again,) = [debt for debt in await debts(world, world.person.id) if debt.slot.endswith("with the mail")]
        await write_briefing(world.services, replace(owed(world), slot=again.slot))
        assert (await kept(world)).text.count("Dana asks: Bring a towel") == 1


async def test_a_digest_before_the_briefing_owes_none(tmp_path: Path) -> None:
    """As on most mornings."""
    async with open_world(tmp_path) as world:
        await JOBS["email.digest"](world.services, replace(owed(world), job="email.digest"))
        assert await debts(world, world.person.id) == []


async def test_who_is_deleted_while_their_day_is_spoken_leaves_no_sound(tmp_path: Path) -> None:
    """The voice may be in the midst of it, here or on another machine."""
    async with open_world(tmp_path) as world:
        services = speaking(world, Tones(seconds=0.002))
        await write_briefing(services, owed(world))
        making = services.recordings.soon(world.person, await kept(world))
        await asyncio.sleep(0)
        async with services.database.work() as session:
            await People(session).delete(world.person.id)
        assert await making is None
        assert list((tmp_path / "briefings").iterdir()) == []


async def test_sound_of_nobody_makes_way(tmp_path: Path) -> None:
    """Another server may have deleted the person: the next briefing that is spoken here takes the files away."""
    async with open_world(tmp_path) as world:
        services = speaking(world, Tones(seconds=0.002))
        (tmp_path / "briefings").mkdir()
        (tmp_path / "briefings" / "gone.0123.mp3").touch()
        await morning(services, world)
        (left,) = (tmp_path / "briefings").iterdir()
        assert left == services.recordings.file(world.person, await kept(world))


async def test_many_who_want_the_sound_make_it_once(tmp_path: Path) -> None:
    """Page, podcast app and job may ask at the same moment."""
    async with open_world(tmp_path) as world:
        voice = Tones(seconds=0.002)
        services = speaking(world, voice)
        await write_briefing(world.services, owed(world))
        briefing = await kept(world)
        tasks = {services.recordings.soon(world.person, briefing) for _ in range(5)}
        made = await services.recordings.make(world.person, briefing)
        assert len(tasks) == 1
        assert made is not None
        assert len(voice.asked) == len(briefing.items)


async def test_another_voice_is_another_sound(tmp_path: Path) -> None:
    """Who changes the voice hears the new one; the old file makes way."""
    async with open_world(tmp_path) as world:
        services = speaking(world, Tones(seconds=0.002))
        await morning(services, world)
        before = services.recordings.file(world.person, await kept(world))
        world.person.speed = 1.5
        assert services.recordings.file(world.person, await kept(world)) is None
        after = await services.recordings.make(world.person, await kept(world))
        assert after != before
        assert list((tmp_path / "briefings").iterdir()) == [after]


@pytest.mark.parametrize(("days", "left"), [(KEPT, 2), (KEPT + 1, 1)])
async def test_sound_is_kept_for_some_days(tmp_path: Path, days: int, left: int) -> None:
    """Old files go with the next briefing."""
    async with open_world(tmp_path) as world:
        services = speaking(world, Tones(seconds=0.002))
        await morning(services, world)
        world.clock.forward(days=days)
        await morning(services, world)
        assert len(list((tmp_path / "briefings").iterdir())) == left


async def test_sound_is_made_ahead_for_who_listens(tmp_path: Path) -> None:
    """For the owner, and for who heard one before; for others when they ask."""
    async with open_world(tmp_path) as world:
        async with world.services.database.work() as session:
            other = await People(session).add(zone="Europe/Berlin", now=world.clock())
        theirs = replace(owed(world), person_id=other.id)
        await write_briefing(world.services, theirs)
        assert await sounds(world, other.id) == 0
        async with world.services.context(other) as ctx:
            (await ctx.briefings.latest())[0].heard_at = world.clock()
            await ctx.briefings.keep()
        await write_briefing(world.services, theirs)
        assert await sounds(world, other.id) == 1
        await write_briefing(world.services, owed(world))
        assert await sounds(world, world.person.id) == 1


async def sounds(world: World, person_id: str) -> int:
    return sum(debt.job == "briefing.speak" for debt in await debts(world, person_id))


async def debts(world: World, person_id: str) -> Sequence[Debt]:
    async with world.services.database.look() as session:
        return await Debts(session, person_id).newest(20)
