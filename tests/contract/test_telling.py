"""People are told once, wherever they are, and reminders ring once, whatever dies on the way."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from agent.ringing import key_of, ring
from integrations.errors import Conflict
from integrations.store.database import Session
from integrations.store.notifications import Notification, Notifications
from integrations.store.reminders import Reminder, Reminders
from jobs.reminders import ring_due
from jobs.run import Owed
from tests.conftest import Place
from tests.worlds import NOW, World, open_world

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def world(place: Place) -> AsyncIterator[World]:
    more: dict[str, Any] = {"database": {"url": place.url}} if place.url else {}
    async with open_world(place.data / "world", **more) as world:
        yield world


async def told(world: World) -> list[Notification]:
    """All there is, oldest first."""
    async with world.services.database.look() as session:
        return list(reversed(await Notifications(session, world.person.id).all()))


async def sent(world: World) -> list[str]:
    """What open pages were shown."""
    return [one.say for one in await told(world) if one.sent_at]


async def remind(world: World, text: str = "Take the pills", minutes: float = 0) -> Reminder:
    """A reminder so many minutes from now."""
    async with world.services.database.work() as session:
        return await Reminders(session, world.person.id).add(text, world.clock() + minutes * MINUTE, "Europe/Berlin")


async def tell(world: World, key: str = "digest:2026-03-04", **more: object) -> None:
    given = {"about": "digest", "say": "Three mails matter.", "key": key, "link": "/#digest"} | more
    await world.services.telling.tell(world.person.id, **given)  # type: ignore[arg-type]  # as given


async def live(world: World) -> None:
    """Wait until they are known to be talking to us."""
    async with asyncio.timeout(10):
        while not await world.services.aloud.live(world.person.id):  # noqa: ASYNC110, nothing tells
            await asyncio.sleep(0.01)


async def night(world: World) -> None:
    """23:20 in Berlin."""
    world.clock.forward(hours=13)


async def test_a_thing_is_told_once(world: World) -> None:
    """However often it is asked for, by however many at once, there is one notification."""
    await asyncio.gather(*(tell(world) for _ in range(8)))
    await tell(world, say="Four mails matter.")
    assert len(await told(world)) == 1
    assert len(await sent(world)) == 1


async def test_an_open_page_hears_of_it_at_once(world: World) -> None:
    """Whoever follows a person's news learns which notification is new; somebody else's pages don't."""
    async with world.services.news.follow(world.person.id) as news, world.services.news.follow("else") as other:
        await tell(world)
        piece = await news.next(5)
        assert piece is not None
        assert (piece.kind, piece.data["ids"]) == ("notification", [(await told(world))[0].id])
        assert await other.next(0.1) is None


async def test_quiet_hours_hold_it_back_until_they_end(world: World) -> None:
    """At night it is kept, not shown; at seven, on the person's own clock, it is."""
    await night(world)
    await tell(world)
    assert await world.services.telling.round() == 0
    assert await sent(world) == []
    world.clock.forward(hours=7, minutes=39)  # 6:59
    assert await world.services.telling.round() == 0
    world.clock.forward(minutes=1)
    assert await world.services.telling.round() == 1
    assert await sent(world) == ["Three mails matter."]
    assert await world.services.telling.round() == 0


async def test_what_is_urgent_doesnt_wait_for_morning(world: World) -> None:
    """It is shown at once, also in quiet hours."""
    await night(world)
    await tell(world, urgent=True)
    assert await sent(world) == ["Three mails matter."]


async def test_a_digest_doesnt_push_into_the_conversation(world: World) -> None:
    """What can wait to be looked at isn't said before the answer."""
    await tell(world)
    assert "Three mails" not in (await world.say("What time is it?"))["reply"]


async def test_a_reminder_rings_once(world: World) -> None:
    """Of many who ring the same one, one does, at its time and no sooner."""
    soon, later = await remind(world), await remind(world, "Call mum", minutes=5)
    came = await asyncio.gather(*(ring(world.services, world.person) for _ in range(6)))
    assert sorted(came) == ["1 rang."] + ["Nothing was due."] * 5
    assert [(one.about, one.thing, one.say) for one in await told(world)] == [
        ("reminder", soon.id, "Reminder: Take the pills.")
    ]
    world.clock.forward(minutes=5)
    await ring_due(
        world.services,
        Owed(
            job="reminders.ring", person_id=world.person.id, slot="x", due=NOW, arguments={"ids": [soon.id, later.id]}
        ),
    )
    assert await sent(world) == ["Reminder: Take the pills.", "Reminder: Call mum."]


async def test_a_reminder_rings_in_quiet_hours(world: World) -> None:
    """The person has asked for that very time."""
    await night(world)
    await remind(world)
    await ring(world.services, world.person)
    assert await sent(world) == ["Reminder: Take the pills."]


async def test_one_that_nobody_heard_is_said_in_the_next_turn(world: World) -> None:
    """Once, with its time, and from then on it counts as read."""
    await remind(world)
    await ring(world.services, world.person)
    world.clock.forward(hours=1)
    said = (await world.say("What time is it?"))["reply"]
    assert said.startswith("Your reminder for Wednesday, 10:20 am: Take the pills.")
    assert (await told(world))[0].read_at is not None
    assert "pills" not in (await world.say("What time is it?"))["reply"]


async def test_one_that_was_seen_isnt_said_any_more(world: World) -> None:
    """Reading it on the page is enough."""
    await remind(world)
    await ring(world.services, world.person)
    await world.services.telling.read(world.person.id, (await told(world))[0].id)
    assert "pills" not in (await world.say("What time is it?"))["reply"]


async def test_one_missed_while_we_were_down_says_what_time_it_was_for(world: World) -> None:
    """At the next start it rings, late and honest about it; one of yesterday names the day."""
    await remind(world, minutes=-130)
    await remind(world, "Call mum", minutes=-24 * 60)
    await ring(world.services, world.person)
    assert [one.say for one in await told(world)] == [
        "This reminder was for yesterday at 10:20 am: Call mum.",
        "This reminder was for 8:10 am: Take the pills.",
    ]


async def test_a_process_that_dies_after_it_rang_has_lost_nothing(world: World) -> None:
    """The reminder and its notification are kept in one step; who comes after shows it, and says it in the next turn."""
    reminder = await remind(world)

    async def dies(session: Session) -> None:
        rung = await Reminders(session, world.person.id).ring(world.clock())
        await Notifications(session, world.person.id).keep(
            about="reminder", say="Reminder: Take the pills.", link="/", key=key_of(rung[0]), at=world.clock(),
            due_at=world.clock() + MINUTE, thing=reminder.id, urgent=True,
        )  # fmt: skip

    async with world.services.database.work() as session:
        await dies(session)
    assert await ring(world.services, world.person) == "Nothing was due."
    assert await world.services.telling.round() == 0  # it is still the dead one's
    world.clock.forward(minutes=1)
    came = await asyncio.gather(*(world.services.telling.round() for _ in range(4)))
    assert sorted(came) == [0, 0, 0, 1]
    assert await sent(world) == ["Reminder: Take the pills."]
    assert "pills" in (await world.say("What time is it?"))["reply"]


async def test_a_snoozed_one_rings_again(world: World) -> None:
    """As often as it is put off, and in between it is neither due nor said; a cancelled one can't be put off."""
    reminder = await remind(world)
    await ring(world.services, world.person)
    assert "10:30 am" in (await world.say("Remind me again in ten minutes"))["reply"]
    assert await ring(world.services, world.person) == "Nothing was due."
    world.clock.forward(minutes=10)
    assert await ring(world.services, world.person) == "1 rang."
    assert [one.thing for one in await told(world)] == [reminder.id, reminder.id]
    async with world.services.database.work() as session:
        await Reminders(session, world.person.id).snooze(reminder.id, world.clock() + MINUTE)
        await Reminders(session, world.person.id).cancel(reminder.id, world.clock())
        with pytest.raises(Conflict):
            await Reminders(session, world.person.id).snooze(reminder.id, world.clock() + MINUTE)


async def test_a_live_conversation_says_it_first(world: World) -> None:
    """Heard there, it is kept as read: no page rings, and the next turn doesn't say it again."""
    aloud, me = world.services.aloud, world.person.id
    reminder = await remind(world)

    async def converse() -> str:
        async with aloud.conversing(me) as offers:
            async for offer in offers:
                assert await aloud.claim(offer)
                await aloud.said(me, offer, heard=True)
                return offer.say
        return ""

    conversing = asyncio.create_task(converse())
    await live(world)
    assert await ring(world.services, world.person) == "1 rang, and they heard it."
    assert await conversing == "Reminder: Take the pills."
    assert [(one.thing, one.read_at is not None) for one in await told(world)] == [(reminder.id, True)]
    assert "pills" not in (await world.say("What time is it?"))["reply"]


async def test_a_conversation_without_a_pause_leaves_it_to_the_page(world: World) -> None:
    """What isn't claimed in time is withdrawn: the conversation can't say it any more, and pages ring."""
    aloud, me = world.services.aloud, world.person.id
    async with aloud.conversing(me) as offers:
        coming = asyncio.ensure_future(anext(offers))
        await live(world)
        assert not await aloud.say(me, "key", "Reminder: x.", pause=0.2)
        assert not await aloud.claim(await coming)


async def test_what_was_claimed_and_never_said_is_told_elsewhere(world: World) -> None:
    """A conversation that dies in the middle of it, or was spoken over before a word came out, hasn't said it."""
    aloud, me = world.services.aloud, world.person.id
    async with aloud.conversing(me) as offers:
        coming = asyncio.ensure_future(anext(offers))
        saying = asyncio.create_task(aloud.say(me, "key", "Reminder: x.", pause=5, spoken=0.2))
        assert await aloud.claim(await coming)
        await aloud.said(me, await coming, heard=False)
        assert not await saying
    assert not await aloud.live(me)


async def test_a_change_is_called_out(world: World) -> None:
    """After a turn that wrote, open pages learn what is no longer as they show it; one that only read says nothing."""
    async with world.services.news.follow(world.person.id) as news:
        await world.say("What is on my list?")
        await world.say("Add milk to my shopping list")
        piece = await news.next(5)
        assert piece is not None
        assert (piece.kind, piece.data) == ("changed", {"what": ["tasks"]})
        assert await news.next(0.1) is None
