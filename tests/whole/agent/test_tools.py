"""What the tools do with the person's own words."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from agent.changes import undo_all
from agent.tools.base import Outcome
from integrations.calendar import NewEvent
from integrations.email import NewDraft
from integrations.errors import Conflict
from integrations.store.changes import Change
from tests.minds import ScriptedMind
from tests.worlds import World, open_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, model=ScriptedMind()) as world:
        yield world


async def use(world: World, tool: str, **arguments: Any) -> Outcome:
    def opening(write: bool, key: str | None = None) -> Any:
        return world.services.context(world.person, write=write, key=key)

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


async def test_what_repeats_does_not_overlap_with_itself(world: World) -> None:
    """Its first occurrence is not another event."""
    outcome = await use(world, "add_event", title="Team call", when="every monday at ten")
    moved = await use(world, "change_event", event="team call", when="eleven")

    assert "overlaps" not in outcome.content["say"] + moved.content["say"]


async def test_free_is_free_and_busy_names_what_is_there(world: World) -> None:
    """Whether one is free is computed from the calendar."""
    await receipt(world, "add_event", title="Workshop", when="today from 2 to 3:30 pm")

    busy = (await use(world, "find_free_time", when="at three")).content["result"]
    free = (await use(world, "find_free_time", when="after four")).content["result"]

    assert (busy["is_free"], busy["busy"][0]["title"]) == (False, "Workshop")
    assert free["is_free"]


async def test_of_others_nothing_is_known_here(world: World) -> None:
    """Without an account nobody can say when a guest is free, nor give a link to meet: both are said."""
    found = (await use(world, "find_free_time", when="after four", guests=["anna@example.org"])).content["result"]
    assert (found["guests_unknown"], found["guests_busy"]) == (["anna@example.org"], {})
    outcome = await use(world, "add_event", title="Call", when="tomorrow at ten", meet=True)
    assert (outcome.content["receipt"]["link"], "no link" in outcome.content["say"]) == ("", True)


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

    text = (await use(world, "get_briefing")).say or ""

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


async def test_an_undo_that_guests_hear_of_waits_for_a_yes(world: World) -> None:
    """Taking an invitation back mails the guests, as inviting them did."""
    async with world.services.context(world.person) as ctx:
        await ctx.changes.add(
            at=ctx.now, tool="add_event", effect="outbound", say="x", keeper="calendar", arguments={},
            receipt={"title": "Lunch", "guests": ["anna@example.com"]}, inverse={"steps": []},
        )  # fmt: skip

    outcome = await use(world, "undo")

    assert outcome.content["error"] == "needs_approval"
    assert "anna@example.com" in outcome.content["say"]
    assert outcome.pending is not None


async def test_what_was_undone_elsewhere_is_told_though_the_next_was_not(world: World) -> None:
    """Google doesn't roll back: the first stays undone in the ledger, and the person hears where it stopped."""

    class There:
        @property
        def calendar(self) -> "There":
            return self

        async def revert(self, inverse: dict[str, Any], *, tell: bool) -> None:
            assert tell  # the person has said yes to it
            if inverse["fails"]:
                raise Conflict("That event has changed in the meantime.")

    def change(fails: bool) -> Change:
        return Change(
            id=str(fails), keeper="calendar", effect="private", tool="add_event", say="x", arguments={},
            receipt={"title": "Lunch"}, inverse={"fails": fails}, at=world.clock.now, person_id=world.person.id,
        )  # fmt: skip

    async with world.services.context(world.person) as ctx:

        async def under(key: str, **about: str) -> Any:
            return There()

        there = replace(ctx, under=cast(Any, under))
        for fails in (False, True):
            await ctx.changes._keep(change(fails))
        both = [await ctx.changes.get("False"), await ctx.changes.get("True")]
        undone, stopped = await undo_all(there, both, tell=True)

    assert [one.id for one in undone] == ["False"]
    assert stopped is not None
    async with world.services.context(world.person, write=False) as ctx:
        assert (await ctx.changes.get("False")).undone_at is not None
        assert (await ctx.changes.get("True")).undone_at is None


async def test_everyone_a_draft_goes_to_is_read_back(world: World) -> None:
    """A yes is to all who will get it, those who get a copy too."""
    async with world.services.context(world.person) as ctx:
        await ctx.mail.draft(NewDraft(to=("a@example.com",), cc=("c@example.com",), subject="Hi", body="Hello."))

    asked = await use(world, "send_email")

    assert "with a copy to c@example.com" in asked.content["say"]
    assert asked.pending is not None
    assert asked.pending["arguments"]["cc"] == ["c@example.com"]


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


@pytest.mark.parametrize("due", ["tomorrow at 5", "at five in the afternoon", "friday at noon"])
async def test_a_task_with_an_hour_becomes_a_reminder(world: World, due: str) -> None:
    """A task has a day and no hour, whoever keeps it: the hour isn't dropped, and the person hears what was made of it."""
    outcome = await use(world, "add_task", title="Call the bank", due=due)
    assert outcome.content["receipt"]["text"] == "Call the bank"
    assert outcome.content["say"].startswith("A task has no hour, so this is a reminder now")
    async with world.services.context(world.person, write=False) as ctx:
        assert (await ctx.tasks.all(), len(await ctx.reminders.all(ctx.now))) == ([], 1)
    undone = await use(world, "undo")
    assert undone.content["say"] == "Undone. I won't remind you of this: Call the bank."


async def test_an_undo_tells_where_things_are_again(world: World) -> None:
    """The hour of an event that was moved, the day of a task that was put off, both read back; other changes are only told to be undone."""
    await use(world, "add_event", title="Dentist", when="thursday at ten")
    await use(world, "change_event", event="dentist", when="four")
    undone = await use(world, "undo")
    assert undone.content["say"] == "Undone. Dentist is tomorrow, Thursday the 5th, at 10 am again."
    assert [one["starts"][11:16] for one in undone.content["receipt"]["stands"]] == ["10:00"]
    await use(world, "add_task", title="Pay the rent", due="friday")
    await use(world, "change_task", task="pay the rent", due="monday")
    undone = await use(world, "undo")
    assert undone.content["say"] == "Undone. Pay the rent is due Friday the 6th again."
    await use(world, "change_task", task="pay the rent", title="Pay the March rent")
    assert (await use(world, "undo")).content["say"] == "Undone. Pay the March rent is as it was before."


@pytest.mark.parametrize("due", ["tomorrow", "friday morning", "next week"])
async def test_a_task_with_a_day_stays_a_task(world: World, due: str) -> None:
    """A part of the day is no hour."""
    assert (await receipt(world, "add_task", title="Call the bank", due=due))["due"]


async def test_an_hour_of_a_task_on_a_list_is_told(world: World) -> None:
    """What was to stand on a list stands there; the hour that it can't keep is said."""
    outcome = await use(world, "add_task", title="Milk", due="tomorrow at 5", list="shopping")
    assert (outcome.content["receipt"]["list"], outcome.content["receipt"]["due"]) == ("Shopping", "2026-03-05")
    assert "A task has a day and no hour" in outcome.content["say"]
    outcome = await use(world, "change_task", task="milk", due="friday at 6")
    assert outcome.content["receipt"]["due"] == "2026-03-06"
    assert "A task has a day and no hour" in outcome.content["say"]


async def test_ids_from_lists_are_taken_as_names(world: World) -> None:
    """A mind that passes back the id a tool gave it means exactly that thing."""
    for title in ("Dentist", "Dentist too"):
        await receipt(world, "add_event", title=title, when="thursday at ten")
        await receipt(world, "add_task", title=title)
        await receipt(world, "set_reminder", text=title, when="thursday at nine")

    async def last(tool: str, of: str) -> str:
        found: str = (await use(world, tool)).content["result"][of][-1]["id"]
        return found

    event, task, reminder = await last("list_events", "events"), await last("list_tasks", "tasks"), await last("list_reminders", "reminders")  # fmt: skip
    assert (await receipt(world, "change_event", event=event, when="at noon"))["id"] == event
    assert (await receipt(world, "change_task", task=task, due="friday"))["id"] == task
    assert (await receipt(world, "complete_task", task=task))["id"] == task
    assert (await receipt(world, "cancel_reminder", reminder=reminder))["id"] == reminder
    assert (await use(world, "cancel_event", event=event)).content["pending"]["arguments"]["event"] == event


async def test_what_is_left_empty_counts_as_left_out(world: World) -> None:
    """Minds like to fill in every field: an empty one that makes no sense is no mistake, a wrong one is."""
    event = await receipt(
        world, "add_event", title="Dentist", when="thursday at ten", place="", guests=[], minutes=None
    )

    assert (await use(world, "list_events", when="", about=None)).content["result"]["events"][0]["id"] == event["id"]
    assert (await use(world, "add_event", title="", when="thursday")).content["error"] == "bad_arguments"
    assert (await use(world, "list_events", first=-1)).content["error"] == "bad_arguments"


async def test_conflicts_are_no_title_to_look_for(world: World) -> None:
    """Whoever asks for conflicts hears of those there are, not that nothing is called so."""
    await receipt(world, "add_event", title="Dentist", when="thursday at ten")
    await receipt(world, "add_event", title="Review", when="thursday at ten")
    found = (await use(world, "list_events", when="thursday", about="conflicts")).content["result"]
    assert len(found["conflicts"]) == 1


async def test_what_is_over_already_today_is_still_known_by_its_name(world: World) -> None:
    """So that it can be moved or asked about; what is to come and is called so goes before it."""
    await receipt(world, "add_event", title="Dentist", when="today at 3 pm")
    world.clock.forward(hours=7)
    (found,) = (await use(world, "list_events", about="dentist")).content["result"]["events"]
    assert found["starts"].startswith("2026-03-04T15:00")
    await receipt(world, "add_event", title="Dentist", when="friday at 9 am")
    (found,) = (await use(world, "list_events", about="dentist")).content["result"]["events"]
    assert found["starts"].startswith("2026-03-06")


@pytest.mark.parametrize(
    ("tool", "given"),
    [("list_events", {"about": "a" * 301}), ("list_tasks", {"about": "a" * 301}), ("draft_email", {"to": ["a" * 301], "body": "Hi"})],
)  # fmt: skip
async def test_a_name_without_end_is_refused(world: World, tool: str, given: dict[str, Any]) -> None:
    """It would be compared with everything there is, while everybody else waits."""
    outcome = await use(world, tool, **given)
    assert outcome.action["error"] == "bad_arguments"
