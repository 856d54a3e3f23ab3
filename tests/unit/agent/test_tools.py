"""What the tools do with the person's own words."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from agent.tools.base import Outcome
from integrations.calendar import NewEvent
from integrations.email import NewDraft
from tests.minds import ScriptedMind
from tests.worlds import World, open_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, model=ScriptedMind()) as world:
        yield world


async def use(world: World, tool: str, **arguments: Any) -> Outcome:
    def opening(write: bool) -> Any:
        return world.services.context(world.person, write=write)

    return await world.services.toolbox.call(opening, tool, arguments)


async def receipt(world: World, tool: str, **arguments: Any) -> dict[str, Any]:
    outcome = await use(world, tool, **arguments)
    assert "receipt" in outcome.content, outcome.content
    found: dict[str, Any] = outcome.content["receipt"]
    return found


async def test_an_hour_alone_is_on_the_events_own_day(world: World) -> None:
    """ "Move the dentist to four" moves Thursday's dentist to four on Thursday, and keeps its length."""
    await receipt(world, "add_event", title="Dentist", when="thursday at ten", minutes=45)

    moved = await receipt(world, "change_event", event="dentist", when="four")

    assert (moved["starts"], moved["ends"]) == ("2026-03-05T16:00:00+01:00", "2026-03-05T16:45:00+01:00")


async def test_a_day_alone_keeps_the_hour(world: World) -> None:
    """ "Move it to monday" keeps ten o'clock."""
    await receipt(world, "add_event", title="Dentist", when="thursday at ten")

    moved = await receipt(world, "change_event", event="the dentist", when="monday")

    assert moved["starts"] == "2026-03-09T10:00:00+01:00"


async def test_of_a_repeating_event_only_this_time_moves(world: World) -> None:
    """Moving the stand-up without more words moves one occurrence."""
    await receipt(world, "add_event", title="Stand-up", when="every weekday at 9:15", minutes=15)

    await receipt(world, "change_event", event="stand-up tomorrow", when="ten")

    async with world.services.context(world.person, write=False) as ctx:
        start, _ = ctx.day()
        hours = [e.starts.hour for e in await ctx.calendar.between(start, start.replace(day=start.day + 4))]
    assert 10 in hours
    assert hours.count(10) == 1


async def test_two_of_one_name_are_asked_about(world: World) -> None:
    """What could be two things is a question that names both."""
    await receipt(world, "add_event", title="Budget review", when="thursday at three")
    await receipt(world, "add_event", title="Budget review", when="monday at eleven")

    outcome = await use(world, "cancel_event", event="budget review")

    assert outcome.content["error"] == "ambiguous"
    assert len(outcome.content["choices"]) == 2
    assert "Thursday the 5th" in outcome.content["say"]


async def test_the_day_tells_two_of_one_name_apart(world: World) -> None:
    """ "Thursday's budget review" is one event."""
    await receipt(world, "add_event", title="Budget review", when="thursday at three")
    await receipt(world, "add_event", title="Budget review", when="monday at eleven")

    moved = await receipt(world, "change_event", event="budget review on thursday", when="four")

    assert moved["starts"] == "2026-03-05T16:00:00+01:00"


async def test_an_overlap_is_told_with_the_receipt(world: World) -> None:
    """Adding on top of something else says so."""
    await receipt(world, "add_event", title="Lunch", when="friday at noon", minutes=60)

    outcome = await use(world, "add_event", title="Call", when="friday at 12:30")

    assert "overlaps with Lunch" in outcome.content["say"]


async def test_free_is_free_and_busy_names_what_is_there(world: World) -> None:
    """Whether one is free is computed from the calendar."""
    await receipt(world, "add_event", title="Workshop", when="today from 2 to 3:30 pm")

    busy = (await use(world, "find_free_time", when="at three")).content["result"]
    free = (await use(world, "find_free_time", when="after four")).content["result"]

    assert (busy["is_free"], busy["busy"][0]["title"]) == (False, "Workshop")
    assert free["is_free"]


async def test_a_reminder_in_the_past_is_refused(world: World) -> None:
    """Nobody can be reminded yesterday."""
    outcome = await use(world, "set_reminder", text="call mum", when="yesterday at nine")

    assert outcome.content["error"] == "invalid"


async def test_a_list_is_found_whatever_it_is_called(world: World) -> None:
    """ "My shopping list", "shopping" and "Shopping" are one list."""
    for name in ("shopping", "my shopping list", "Shopping"):
        await receipt(world, "add_task", title=f"Milk {name}", list=name)

    async with world.services.context(world.person, write=False) as ctx:
        assert await ctx.tasks.lists() == ["Tasks", "Shopping"]


async def test_sending_reads_back_address_subject_and_words(world: World) -> None:
    """A mail waits for the yes to exactly its recipient and text, and stays here honestly."""
    asked = await use(world, "send_email", to=["dana@example.org"], subject="Tonight", body="I'll be late.")

    assert asked.pending is not None
    assert all(part in asked.pending["say"] for part in ("dana@example.org", "Tonight", "I'll be late."))
    approved = await world.services.assistant.decide(world.person, asked.pending["id"], yes=True)
    assert approved["action"]["receipt"]["box"] == "outbox"


async def test_a_draft_that_changed_after_the_question_is_not_sent(world: World) -> None:
    """The yes is to the words that were read back."""
    async with world.services.context(world.person) as ctx:
        draft = (await ctx.mail.draft(NewDraft(to=("dana@example.org",), body="Yes."))).message
    asked = await use(world, "send_email", draft=draft.id)
    async with world.services.context(world.person) as ctx:
        await ctx.mail.send(draft.id)
    assert asked.pending is not None

    approved = await world.services.assistant.decide(world.person, asked.pending["id"], yes=True)

    assert not approved["action"]["ok"]
    assert approved["status"] == "failed"


async def test_the_briefing_names_the_day(world: World) -> None:
    """Every event, each conflict and what is due is told."""
    await receipt(world, "add_event", title="Workshop", when="today from 2 to 3:30 pm")
    await receipt(world, "add_event", title="Plumber", when="today at 3 pm")
    await receipt(world, "add_task", title="Buy stamps", due="today")

    text = (await use(world, "get_briefing")).content["result"]["text"]

    assert all(part in text for part in ("At 2 pm: Workshop", "Plumber", "overlap", "Buy stamps is due today"))


async def test_a_suggestion_lies_in_free_working_hours(world: World) -> None:
    """Pending work is laid into a gap, not over an event."""
    await receipt(world, "add_event", title="Workshop", when="today from 10 am to 4 pm")
    await receipt(world, "add_task", title="Report", due="friday")

    [suggestion] = (await use(world, "get_suggestions")).content["result"]["suggestions"]

    assert suggestion["starts"] >= "2026-03-04T16:00"
    assert "Report" in suggestion["text"]


async def test_a_refusal_takes_back_what_it_had_written(world: World) -> None:
    """Undoing three when the second can't be undone undoes none."""
    await receipt(world, "add_event", title="One", when="thursday at ten")
    two = await receipt(world, "add_event", title="Two", when="thursday at eleven")
    await receipt(world, "add_event", title="Three", when="thursday at noon")
    async with world.services.context(world.person) as ctx:
        await ctx.calendar.cancel(two["id"])

    outcome = await use(world, "undo", count=3)

    assert outcome.content["error"] == "conflict"
    assert await world.titles() == ["One", "Three"]


async def test_ids_of_someone_else_are_unknown(world: World) -> None:
    """One person's tools never reach another person's things."""
    mine = await receipt(world, "add_event", title="Mine", when="thursday at ten")
    async with world.services.database.work() as session:
        from integrations.store.people import People

        other = await People(session).add(zone="Europe/Berlin", now=world.clock.now)
    stranger = World(world.services, other, world.clock)

    outcome = await use(stranger, "cancel_event", event=mine["id"])

    assert outcome.content["error"] == "not_found"


async def test_an_event_that_ends_before_it_starts_is_refused(world: World) -> None:
    """Nothing ends before it begins."""
    async with world.services.context(world.person) as ctx:
        from integrations.errors import Invalid

        start, end = ctx.day()
        with pytest.raises(Invalid):
            await ctx.calendar.add(NewEvent(title="x", starts=end, ends=start, zone="Europe/Berlin"))
