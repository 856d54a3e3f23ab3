"""“No, at three”: what puts right what was just done changes that very thing, and undo never gives back what was called wrong."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from agent.amending import corrects
from agent.closing import closing
from agent.conversation import Turn
from agent.events import Said
from tests.minds import ScriptedMind, calls, says
from tests.worlds import World, open_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The built-in mind; 10:20 on Wednesday the 4th."""
    async with open_world(tmp_path / "world") as world:
        yield world


async def events(world: World) -> list[str]:
    """What is on the calendar, and when."""
    async with world.services.context(world.person, write=False) as ctx:
        start, _ = ctx.day()
        found = await ctx.calendar.between(start, start.replace(day=28))
        return [f"{one.title} {one.starts:%d %H:%M}-{one.ends:%H:%M}" for one in found]


async def lines(world: World) -> list[Any]:
    async with world.services.context(world.person, write=False) as ctx:
        return list(await ctx.changes.all())


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("No, at three.", "Dentist 05 15:00-15:30"),
        ("I meant Friday", "Dentist 06 14:00-14:30"),
        ("no, the day after", "Dentist 06 14:00-14:30"),
        ("make it an hour", "Dentist 05 14:00-15:00"),
        ("call it lunch", "Lunch 05 14:00-14:30"),
        ("sorry, I meant half past two", "Dentist 05 14:30-15:00"),
    ],
)
async def test_the_thing_just_made_is_changed(world: World, said: str, becomes: str) -> None:
    """There is one event, and it is as they say now."""
    await world.say("put dentist tomorrow at two")
    await world.say(said)
    assert await events(world) == [becomes]


@pytest.mark.parametrize(
    ("first", "said", "becomes"),
    [
        ("put dinner for four people tomorrow at 7pm", "no, six people", "Dinner for six people 05 19:00-19:30"),
        ("put dinner for four tomorrow at 7pm", "no, six people", "Dinner for six people 05 19:00-19:30"),
        ("remind me tomorrow at nine to feed four cats", "no, five cats", "Feed five cats"),
    ],
)
async def test_another_number_is_no_other_name(world: World, first: str, said: str, becomes: str) -> None:
    """ "No, six people" leaves the rest of the name as it was."""
    await world.say(first)
    await world.say(said)
    async with world.services.context(world.person, write=False) as ctx:
        reminders = [one.text for one in await ctx.reminders.all(ctx.now)]
    assert await events(world) + reminders == [becomes]


async def test_undo_after_a_correction_takes_both_back(world: World) -> None:
    """Two o'clock was called wrong: undo doesn't go back to it, and it counts as one thing done."""
    await world.say("put dentist tomorrow at two")
    await world.say("no, at three")
    await world.say("no, half past three")
    told = await world.say("what did you change today?")
    assert told["reply"] == "Dentist is now tomorrow, Thursday the 5th, at 3:30 pm."
    assert (await world.say("undo that"))["reply"] == "Undone. Dentist is off your calendar again."
    assert await events(world) == []
    assert all(line.undone_at for line in await lines(world))


async def test_undo_of_a_moved_event_is_where_it_was_first(world: World) -> None:
    """A correction of a move belongs to the move."""
    await world.say("put dentist tomorrow at two")
    await world.say("move the dentist to four")
    await world.say("no, five")
    assert await events(world) == ["Dentist 05 17:00-17:30"]
    assert (await world.say("undo that"))["reply"] == "Undone. Dentist is tomorrow, Thursday the 5th, at 2 pm again."
    assert await events(world) == ["Dentist 05 14:00-14:30"]


async def test_undo_after_more_of_the_same_takes_back_only_that(world: World) -> None:
    """ "Make it an hour" called nothing wrong: the half hour was good, and comes back."""
    await world.say("put dentist tomorrow at two")
    await world.say("make it an hour")
    await world.say("undo that")
    assert await events(world) == ["Dentist 05 14:00-14:30"]
    await world.say("undo that")
    assert await events(world) == []


async def test_a_reminder_put_right_is_one_reminder(world: World) -> None:
    """It rings once, at the time said last; undo leaves none."""
    await world.say("remind me tomorrow at nine to call mum")
    await world.say("no, at ten")
    async with world.services.context(world.person, write=False) as ctx:
        [one] = await ctx.reminders.all(ctx.now)
    assert one.due.astimezone(world.services.zone_of(world.person)).hour == 10
    await world.say("undo")
    async with world.services.context(world.person, write=False) as ctx:
        assert await ctx.reminders.all(ctx.now) == []


async def test_a_draft_put_right_is_one_draft(world: World) -> None:
    """The old words don't stay among the drafts, to be sent by mistake."""
    await world.say("draft an email to dana@acme.example saying see you then")
    await world.say("change it to say see you later")
    async with world.services.context(world.person, write=False) as ctx:
        assert [one.body for one in await ctx.mail.search("in:drafts")] == ["See you later"]


async def test_spoken_over_in_the_midst_of_the_answer(world: World) -> None:
    """ "Dentist is on your—" "No, at three": what was done is done, and it is what is put right."""
    turn = Turn(person=world.person, text="put dentist tomorrow at two", channel="voice")
    async with closing(world.services.assistant.reply(turn)) as answer:
        async for event in answer:
            if isinstance(event, Said):
                break
    await world.say("no, at three", channel="voice")
    assert await events(world) == ["Dentist 05 15:00-15:30"]
    await world.say("undo that", channel="voice")
    assert await events(world) == []


async def test_a_mind_that_would_make_a_second_one_is_stopped(tmp_path: Path) -> None:
    """Whichever mind it is: a correction adds nothing of the same name, and the mind is told to change what there is."""
    mind = ScriptedMind()
    async with open_world(tmp_path, model=mind) as world:
        mind.then([calls("add_event", title="Dentist", when="tomorrow at two")], [says("Done.")])
        await world.say("put dentist tomorrow at two")
        mind.then(
            [calls("add_event", title="Dentist", when="tomorrow at three")],
            [calls("change_event", event="dentist", when="three")],
            [says("Three it is.")],
        )
        answer = await world.say("No, at three.")
        assert [action["error"] for action in answer["actions"]] == ["conflict", None]
        assert await events(world) == ["Dentist 05 15:00-15:30"]


async def test_the_same_again_on_purpose_is_no_correction(world: World) -> None:
    """ "Put dentist" twice, without a no, is two dentists."""
    await world.say("put dentist tomorrow at two")
    await world.say("put dentist tomorrow at four")
    assert await events(world) == ["Dentist 05 14:00-14:30", "Dentist 05 16:00-16:30"]


@pytest.mark.parametrize("said", ["redo", "redo that", "undo the undo", "undo what you undid"])
async def test_a_redo_is_refused_in_a_sentence(world: World, said: str) -> None:
    """Nothing is done again by itself, and nothing else is taken back instead."""
    await world.say("add milk to my list")
    await world.say("put dentist tomorrow at two")
    await world.say("undo that")
    assert "once more" in (await world.say(said))["reply"]
    async with world.services.context(world.person, write=False) as ctx:
        assert len(await ctx.tasks.all()) == 1


async def test_a_no_to_a_suggestion_is_what_undo_takes_back(world: World) -> None:
    """Undo after a no brings the suggestion back, and leaves alone what was done before."""
    await world.say("add write the report to my tasks for friday")
    await world.say("any suggestions?")
    await world.say("no thanks")
    async with world.services.context(world.person, write=False) as ctx:
        assert [one.state for one in await ctx.suggestions.all()].count("dismissed") == 1
    assert (await world.say("undo that"))["reply"] == "Undone. That suggestion stands again."
    async with world.services.context(world.person, write=False) as ctx:
        assert [one.state for one in await ctx.suggestions.all()].count("dismissed") == 0
        assert len(await ctx.tasks.all()) == 1


@pytest.mark.parametrize("said", ["No, at three", "I meant Friday", "sorry, seven", "oh wait, actually four", "that's wrong, it was six", "not at two"])  # fmt: skip
def test_words_that_call_it_wrong(said: str) -> None:
    """They begin with it."""
    assert corrects(said)


@pytest.mark.parametrize("said", ["make it an hour", "call it lunch", "no problem, add milk", "also butter", "notes please", "and invite Anna"])  # fmt: skip
def test_words_that_go_on(said: str) -> None:
    """They call nothing wrong."""
    assert not corrects(said)
