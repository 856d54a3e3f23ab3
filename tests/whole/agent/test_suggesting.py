"""Suggestions as a person meets them: told with their reason, answered in a word, never pressed."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.noticing import notice
from agent.suggestions import dismiss, one_for_today, refresh, show
from integrations.calendar import NewEvent
from integrations.store.people import People
from integrations.tasks import NewTask
from jobs.memory import fold_memory
from jobs.run import JOBS, Owed
from jobs.suggestions import make
from tests.worlds import World, open_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as world:
        yield world


async def task(world: World, title: str, due: int | None = None) -> str:
    """Something to do, due in so many days."""
    async with world.services.context(world.person) as ctx:
        day = ctx.now.date() + timedelta(days=due) if due is not None else None
        return (await ctx.tasks.add(NewTask(title=title, due=day))).task.id


async def event(world: World, title: str, starts: str, ends: str, **more: Any) -> None:
    """On the calendar, in Berlin."""
    async with world.services.context(world.person) as ctx:
        a, b = (datetime.fromisoformat(at).replace(tzinfo=ctx.zone) for at in (starts, ends))
        await ctx.calendar.add(NewEvent(title=title, starts=a, ends=b, zone=ctx.zone.key, **more))


async def standing(world: World) -> list[tuple[str, str, str]]:
    """Kind, title and start of those that are offered."""
    async with world.services.context(world.person) as ctx:
        found = await refresh(ctx)
        return [(one.kind, one.title, f"{one.starts.astimezone(ctx.zone):%a %H:%M}") for one in found]


async def remember(world: World, text: str) -> str:
    async with world.services.context(world.person) as ctx:
        return (await ctx.memory.remember(text, at=ctx.now)).id


async def set_to(world: World, **fields: Any) -> None:
    async with world.services.database.work() as session:
        world.person = await People(session).change(world.person.id, **fields)


def owed(world: World, slot: str) -> Owed:
    return Owed(job="suggestions.make", person_id=world.person.id, slot=slot, due=world.clock())


async def told(world: World) -> list[str]:
    """What waits to be told."""
    async with world.services.context(world.person) as ctx:
        new = [one.say for one in await ctx.notifications.all() if one.read_at is None]
        await ctx.notifications.read_all(ctx.now)
        return new


# -- in conversation ---------------------------------------------------------------


async def test_a_yes_puts_it_on_the_calendar_and_undo_takes_it_off(world: World) -> None:
    """ "Any suggestions?" "Yes, do that." "Undo that." """
    await task(world, "Write the report", due=2)
    asked = await world.say("any suggestions?")
    assert asked["reply"] == (
        "You have 6 and a half hours free today at 10:30 am; that would be a good time for “Write the report”. "
        "It is due Friday the 6th; it takes about an hour and a half. Shall I put it on your calendar?"
    )

    done = await world.say("yes, do that")

    assert done["reply"] == "Write the report is on your calendar, today, Wednesday the 4th, at 10:30 am."
    assert done["actions"][0]["tool"] == "accept_suggestion"
    assert await world.titles() == ["Write the report"]
    await world.say("undo that")
    assert await world.titles() == []


@pytest.mark.parametrize(
    "words",
    ["put it on my calendar", "yes please", "sure", "go ahead", "great idea, book it", "ok, add that to my calendar"],
)
async def test_many_ways_to_say_yes(world: World, words: str) -> None:
    """Each puts just that on the calendar."""
    await task(world, "Call Anna", due=1)
    await world.say("what should I do next?")
    await world.say(words)
    assert await world.titles() == ["Call Anna"]


@pytest.mark.parametrize("words", ["no thanks", "no", "not now", "I'd rather not", "skip it"])
async def test_a_no_is_taken(world: World, words: str) -> None:
    """It isn't suggested again, and its kind is quiet for a day."""
    await task(world, "Sort the photos")
    await task(world, "Read the handbook")
    await world.say("any suggestions?")
    answer = await world.say(words)
    assert answer["reply"] == "All right, I won't suggest that again."
    assert await standing(world) == []
    world.clock.forward(days=1, minutes=1)
    assert [title for _, title, _ in await standing(world)] == ["Read the handbook"]


async def test_not_that_kind_is_quiet_for_long(world: World) -> None:
    """For a month, but what is pressing is another kind."""
    await task(world, "Sort the photos")
    await task(world, "Read the handbook")
    await world.say("any suggestions?")
    assert "no more of that kind" in (await world.say("don't suggest that kind of thing")).get("reply", "")
    world.clock.forward(days=28)
    await task(world, "Pay the rent", due=1)
    assert [kind for kind, *_ in await standing(world)] == ["deadline"]


async def test_a_yes_to_something_else_accepts_nothing(world: World) -> None:
    """Only the very next word answers a suggestion; what was said between ends it."""
    await task(world, "Call Anna")
    await world.say("any suggestions?")
    await world.say("what time is it?")
    await world.say("yes")
    await world.say("no thanks")
    assert (await world.titles(), len(await standing(world))) == ([], 1)


async def test_a_time_taken_meanwhile_is_left(world: World) -> None:
    """Said yes to too late, it says so instead of double-booking."""
    await task(world, "Call Anna")
    await world.say("any suggestions?")
    await event(world, "Workshop", "2026-03-04T10:00", "2026-03-04T17:00")
    assert (await world.say("yes, do that"))["reply"] == "That time is no longer free, so I left it."
    assert await world.titles() == ["Workshop"]


async def test_one_told_unasked_can_be_answered_too(world: World) -> None:
    """The job's sentence is shown, not pressed into a conversation; asked for, the same one is told and can be answered."""
    await task(world, "Call Anna")
    await make(world.services, owed(world, "10"))
    [shown] = await told(world)
    assert shown.startswith("You have 6 and a half hours free today at 10:30 am")
    assert "Call Anna" not in (await world.say("hello"))["reply"]
    assert "Call Anna" in (await world.say("any suggestions?"))["reply"]
    await world.say("yes please")
    assert await world.titles() == ["Call Anna"]


# -- what they rest on -----------------------------------------------------------


async def test_what_was_said_about_the_day_is_minded_and_named(world: World) -> None:
    """Work in the good hours, no calls in the bad ones, the habit on its evening; each with the memory it goes by."""
    await remember(world, "I work best between two and four")
    await remember(world, "No calls before eleven")
    await remember(world, "I run on Thursday evenings")
    await task(world, "Write the report", due=2)
    await task(world, "Call Anna")
    async with world.services.context(world.person) as ctx:
        found = {one.title: (f"{one.starts.astimezone(ctx.zone):%a %H:%M}", one.why) for one in await refresh(ctx)}
    assert found == {
        "Run": ("Thu 17:30", "You told me: you run on Thursday evenings."),
        "Write the report": ("Wed 14:00", "It is due Friday the 6th; it takes about an hour and a half; you told me: you work best between two and four."),
        "Call Anna": ("Wed 11:00", "It is on your list without a date; it takes about 15 minutes; you told me: no calls before eleven."),
    }  # fmt: skip


async def test_what_was_noticed_is_suggested_and_said_to_be_so(world: World) -> None:
    """Running on the last Thursdays: this Thursday at its hour, unless it is on the calendar."""
    for day in ("02-05", "02-12", "02-19", "02-26"):
        await event(world, "Running", f"2026-{day}T18:00", f"2026-{day}T19:00")
    await notice(world.services, world.person)
    async with world.services.context(world.person) as ctx:
        [one] = await refresh(ctx)
        assert one.why == "I noticed: you had Running on 4 of the last 4 Thursdays, around 6 pm."
    assert await standing(world) == [("habit", "Running", "Thu 18:00")]
    assert (await world.say("what do you know about running?"))["reply"].startswith("I noticed: You had Running")
    await event(world, "Running with Tom", "2026-03-05T19:30", "2026-03-05T20:30")
    assert [kind for kind, *_ in await standing(world)] == []


async def test_what_is_forgotten_leaves_no_trace_in_suggestions(world: World) -> None:
    """Neither the suggestion nor its words outlive the memory it came from."""
    memory = await remember(world, "I run on Thursday evenings")
    assert await standing(world) == [("habit", "Run", "Thu 17:30")]
    async with world.services.context(world.person) as ctx:
        await ctx.memory.forget([memory])
    assert await standing(world) == []
    async with world.services.context(world.person, write=False) as ctx:
        assert [(one.title, one.text, one.why, one.state) for one in await ctx.suggestions.all()] == [
            ("", "", "", "expired")
        ]


async def test_a_suggestion_stands_until_its_room_is_gone(world: World) -> None:
    """Asked again it is the same one; taken time, a task done or its hour past let it go, and another is found."""
    call = await task(world, "Call Anna")
    first = await standing(world)
    assert await standing(world) == first == [("focus", "Call Anna", "Wed 10:30")]
    await event(world, "Workshop", "2026-03-04T10:00", "2026-03-04T12:00", place="Kastanienallee 12")
    assert await standing(world) == [("focus", "Call Anna", "Wed 12:30")]
    world.clock.now = datetime(2026, 3, 4, 11, 45, tzinfo=UTC)
    assert await standing(world) == [("focus", "Call Anna", "Wed 13:00")]
    async with world.services.context(world.person) as ctx:
        await ctx.tasks.delete(call)
    assert await standing(world) == []


async def test_a_declined_kind_is_quiet_for_longer_every_time(world: World) -> None:
    """A day, three, seven, thirty."""
    for number in range(6):
        await task(world, f"Thing {number}")
    quiet = []
    for _ in range(4):
        async with world.services.context(world.person) as ctx:
            one = await dismiss(ctx, (await refresh(ctx))[0])
            assert one.quiet_until is not None
            quiet.append((one.quiet_until - ctx.now).days)
        world.clock.now += timedelta(days=quiet[-1] + (7 - (world.clock.now + timedelta(days=quiet[-1])).weekday()) % 7)
    assert quiet == [1, 3, 7, 30]


async def test_the_day_has_its_number(world: World) -> None:
    """No more than wanted at once, answered ones count, none at all when it is nought; asked, it tells all the same."""
    for number in range(4):
        await task(world, f"Thing {number}", due=number)
    await set_to(world, suggestions_a_day=1)
    assert len(await standing(world)) == 1
    await set_to(world, suggestions_a_day=0)
    assert await standing(world) == []
    async with world.services.context(world.person) as ctx:
        assert await one_for_today(ctx) is None
    assert "Thing 0" in (await world.say("any suggestions?"))["reply"]


async def test_what_is_pressing_takes_the_place_of_what_can_wait(world: World) -> None:
    """Nothing that is due today is kept back because something else was there first, at its hour or in its number."""
    await set_to(world, suggestions_a_day=2)
    await task(world, "Sort the photos")
    await task(world, "Read the handbook")
    assert len(await standing(world)) == 2
    await task(world, "Pay the rent", due=0)
    assert [title for _, title, _ in await standing(world)] == ["Pay the rent", "Read the handbook"]
    assert [title for _, title, _ in await standing(world)] == ["Pay the rent", "Read the handbook"]


async def test_the_briefing_gets_todays_best(world: World) -> None:
    """What is due today, at a time of today."""
    await task(world, "Sometime")
    await task(world, "Pay the rent", due=0)
    async with world.services.context(world.person) as ctx:
        one = await one_for_today(ctx)
        assert one is not None
        assert (one.title, one.starts.astimezone(ctx.zone).date()) == ("Pay the rent", ctx.now.date())


# -- unasked ---------------------------------------------------------------------


async def test_the_job_tells_one_a_slot(world: World) -> None:
    """However often it is run for the slot; another slot tells another, and never more than the day's number."""
    for number in range(4):
        await task(world, f"Thing {number}", due=number)
    await set_to(world, suggestions_a_day=2)
    assert await make(world.services, owed(world, "10")) == "One suggestion told."
    assert len(await told(world)) == 1
    async with world.services.context(world.person) as ctx:
        first = await ctx.suggestions.told("10")
    await make(world.services, owed(world, "10"))
    async with world.services.context(world.person) as ctx:
        assert first is not None
        assert (await ctx.suggestions.told("10")) is not None
        assert await ctx.suggestions.count_told(*ctx.day()) == 1
    await told(world)
    assert await make(world.services, owed(world, "12")) == "One suggestion told."
    assert await make(world.services, owed(world, "14")) == "They have heard enough suggestions today."


async def test_what_has_lapsed_is_not_told_any_more(world: World) -> None:
    """A sentence that nobody has heard yet goes with its suggestion; so does one that the page has answered."""
    call = await task(world, "Call Anna")
    await make(world.services, owed(world, "10"))
    async with world.services.context(world.person) as ctx:
        await ctx.tasks.delete(call)
    await standing(world)
    assert await told(world) == []

    await task(world, "Pay the rent", due=0)
    await make(world.services, owed(world, "11"))
    async with world.services.context(world.person) as ctx:
        await dismiss(ctx, (await refresh(ctx))[0])
    assert await told(world) == []


async def test_that_is_the_one_heard_last(world: World) -> None:
    """What the page shows meanwhile is not what a spoken yes means."""
    await task(world, "Pay the rent", due=0)
    await task(world, "Call Anna")
    await world.say("any suggestions?")
    world.clock.forward(minutes=1)
    async with world.services.context(world.person) as ctx:
        await show(ctx, await refresh(ctx))
    await world.say("yes, do that")
    assert await world.titles() == ["Pay the rent"]


async def test_the_job_is_silent_in_meetings_and_at_night(world: World) -> None:
    """A meeting, quiet hours, a person who wants none: nothing is told."""
    await task(world, "Call Anna")
    await event(world, "Workshop", "2026-03-04T10:00", "2026-03-04T11:00")
    assert await make(world.services, owed(world, "a")) == "They are in a meeting."
    world.clock.now = datetime(2026, 3, 4, 21, 30, tzinfo=UTC)
    assert await make(world.services, owed(world, "b")) == "It is their quiet time."
    await set_to(world, suggestions_a_day=0)
    assert await make(world.services, owed(world, "c")) == "They want no suggestions."
    assert await told(world) == []


async def test_memory_is_folded_by_its_job(world: World) -> None:
    """With a conversation that one, without it the weeks past; both are known by their names."""
    assert {"suggestions.make", "memory.fold"} <= set(JOBS)
    said = await world.say("I'm allergic to peanuts")
    work = Owed(
        job="memory.fold", person_id=world.person.id, slot=f"{said['conversation_id']}:{said['turn_id']}", due=world.clock(),
        arguments={"conversation_id": said["conversation_id"]},
    )  # fmt: skip
    assert await fold_memory(world.services, work) == "1 new memory from a conversation."
    assert await fold_memory(world.services, work) == "0 new memories from a conversation."
    weekly = Owed(job="memory.fold", person_id=world.person.id, slot="2026-W10", due=world.clock())
    assert await fold_memory(world.services, weekly) == "0 habits noticed."
