"""What Google's tasks ask of whoever writes them, at the wire."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent.approval import AskFirst
from agent.tools.tasks import delete_task
from integrations.errors import Conflict, Invalid, Unavailable
from integrations.google.refusals import SwitchedOff, Unsure
from integrations.tasks import NewTask, TaskChange
from integrations.tasks.google import GoogleTasks
from tests.accounts import TasksSide, tasks_account
from tests.emulators.google.tasks import DEFAULT
from tests.worlds import open_world


@pytest.fixture
async def side() -> AsyncIterator[TasksSide]:
    async with tasks_account() as account:
        yield account


@pytest.fixture
def tasks(side: TasksSide) -> GoogleTasks:
    return GoogleTasks(side.api())


@pytest.mark.parametrize("zone", ["Pacific/Pitcairn", "Pacific/Tongatapu"])
async def test_a_due_date_is_the_persons_own_day(side: TasksSide, tasks: GoogleTasks, zone: str) -> None:
    """At 23:30 in UTC-8 and in UTC+13: their date goes out, without an hour, and comes back as the same date."""
    theirs = datetime(2026, 3, 4, 23, 30, tzinfo=ZoneInfo(zone))
    assert theirs.astimezone(UTC).date() != theirs.date() or zone == "Pacific/Tongatapu"

    task = (await tasks.add(NewTask(title="Report", due=theirs.date()))).task

    assert side.google.calls("tasks.tasks.insert")[0].body["due"] == "2026-03-04T00:00:00.000Z"
    assert (task.due, (await tasks.get(task.id)).due) == (date(2026, 3, 4), date(2026, 3, 4))


async def test_an_hour_of_a_due_date_is_never_read(side: TasksSide, tasks: GoogleTasks) -> None:
    """Whatever stands behind the first ten characters."""
    side.there.add("Report", due="2026-03-04T23:00:00.000-08:00")
    assert (await tasks.all())[0].due == date(2026, 3, 4)


async def test_every_page_is_read(side: TasksSide, tasks: GoogleTasks) -> None:
    """101 tasks, of which Google gives a hundred at once."""
    for number in reversed(range(101)):
        side.there.add(f"Task {number}")
    assert [task.title for task in await tasks.all()] == [f"Task {number}" for number in range(101)]
    assert {one.query["maxResults"][0] for one in side.google.calls("tasks.tasks.list")} == {"100"}


async def test_what_was_ticked_off_at_google_is_done_here(side: TasksSide, tasks: GoogleTasks) -> None:
    """Google's own page hides it, and what others assigned is shown only to those who ask."""
    side.there.add("Ticked", status="completed", hidden=True, completed="2026-03-04T09:00:00.000Z")
    side.there.add("Assigned", assignmentInfo={"surfaceType": "DOCUMENT", "linkToTask": "https://docs.google.com/x"})
    assert [task.title for task in await tasks.all(done=True)] == ["Ticked"]
    assert [(task.title, task.origin) for task in await tasks.all()] == [("Assigned", "Google Docs")]


async def test_order_is_kept_under_each_task(side: TasksSide, tasks: GoogleTasks) -> None:
    """What stands under a task comes directly behind it, and a new one goes to the end, which isn't Google's own way."""
    trip = side.there.add("Trip")
    side.there.add("Milk", at=1)
    side.there.add("Pack", at=2, parent=trip["id"])
    side.there.add("Book", at=2, parent=trip["id"])
    await tasks.add(NewTask(title="Last"))
    assert [task.title for task in await tasks.all()] == ["Trip", "Book", "Pack", "Milk", "Last"]


async def test_the_default_list_is_called_tasks(side: TasksSide, tasks: GoogleTasks) -> None:
    """Whatever Google calls it, and it comes first; two lists of one name are told apart."""
    side.there.add_list("Errands")
    side.there.add_list("errands")
    side.there.add_list("Tasks")
    names = await tasks.lists()
    assert (names[0], sorted(names)) == ("Tasks", ["Errands (2)", "Tasks", "Tasks (2)", "errands"]) or names == [
        "Tasks", "Errands", "errands (2)", "Tasks (2)"
    ]  # fmt: skip
    await tasks.add(NewTask(title="Milk"))
    assert side.there.titles(DEFAULT) == ["Milk"]


async def test_what_google_cannot_keep_is_told_before(side: TasksSide, tasks: GoogleTasks) -> None:
    """1,024 characters of title and 8,192 of notes go; one more is a sentence, and nothing was asked."""
    task = (await tasks.add(NewTask(title="x" * 1024, notes="y" * 8192))).task
    for change in (TaskChange(title="x" * 1025), TaskChange(notes="y" * 8193)):
        with pytest.raises(Invalid, match="too long for Google"):
            await tasks.change(task.id, change)
    with pytest.raises(Invalid):
        await tasks.add(NewTask(title="x" * 1025))
    assert not side.google.calls("tasks.tasks.patch")


@pytest.mark.parametrize("kind", ["lost", "reset", "garbage"])
async def test_a_lost_answer_makes_one_task(side: TasksSide, tasks: GoogleTasks, kind: Any) -> None:
    """Google takes no id of ours: we look, and write again only what isn't there."""
    side.there.add("Milk")
    side.google.trouble(kind, "tasks.tasks.insert")
    added = (await tasks.add(NewTask(title="Milk", list="Shopping"))).task
    assert [await tasks.get(added.id), side.there.titles()] == [added, ["Milk"]]
    assert [task.title for task in await tasks.all(list="Shopping")] == ["Milk"]


async def test_a_lost_answer_makes_one_list(side: TasksSide, tasks: GoogleTasks) -> None:
    """A list is looked for by its name."""
    side.google.trouble("lost", "tasks.tasklists.insert")
    await tasks.add(NewTask(title="Milk", list="Shopping"))
    assert await tasks.lists() == ["Tasks", "Shopping"]


async def test_when_looking_fails_too_it_stays_open(side: TasksSide, tasks: GoogleTasks) -> None:
    """Nobody claims to know, and nothing is written twice."""
    board = await tasks._board()
    side.google.trouble("lost", "tasks.tasks.insert")
    side.google.trouble("status", "tasks.tasks.list", times=9)
    with pytest.raises(Unsure):
        await tasks._carry(board, board.adding("new", NewTask(title="Milk")))
    assert side.there.titles() == ["Milk"]


@pytest.mark.parametrize("kind", ["lost", "reset", "garbage"])
@pytest.mark.parametrize("method", ["patch", "move", "delete"])
async def test_a_lost_answer_changes_once(side: TasksSide, tasks: GoogleTasks, kind: Any, method: str) -> None:
    """A change is made or found to be made, a task moved or found elsewhere, a deleted one gone."""
    task = (await tasks.add(NewTask(title="Milk"))).task
    side.google.trouble(kind, f"tasks.tasks.{method}")
    if method == "delete":
        # one try is all that this account has: the refusal is told, the next try finds it gone
        with pytest.raises(Unavailable):
            await tasks.delete(task.id)
        side.google.troubles.clear()
        if kind == "reset":
            await tasks.delete(task.id)
        assert await tasks.all() == []
        return
    changed = await tasks.change(task.id, TaskChange(title="Oat milk", list="Shopping"))
    assert (changed.task.title, changed.task.list) == ("Oat milk", "Shopping")
    assert [(one.title, one.list) for one in await tasks.all()] == [("Oat milk", "Shopping")]


async def test_an_etag_alone_is_no_conflict(side: TasksSide, tasks: GoogleTasks) -> None:
    """Written elsewhere without a difference anyone could see: done all the same. With one: told, and nothing is lost."""
    task = (await tasks.add(NewTask(title="Milk"))).task
    board = await tasks._board()
    kept = side.there.standing(DEFAULT)[0]
    side.there.touch(kept)
    written = await tasks._carry(board, board.changing(task.id, TaskChange(done=True), task.etag))
    assert written.task.done

    board = await tasks._board()
    side.there.edit(kept, title="Oat milk")
    with pytest.raises(Conflict):
        await tasks._carry(board, board.changing(task.id, TaskChange(notes="two"), None))
    assert "notes" not in kept


async def test_a_task_that_changed_is_not_deleted(side: TasksSide, tasks: GoogleTasks) -> None:
    """The yes was to another one."""
    task = (await tasks.add(NewTask(title="Milk"))).task
    board = await tasks._board()
    side.there.edit(side.there.standing(DEFAULT)[0], title="Pay the rent")
    with pytest.raises(Conflict):
        await tasks._carry(board, board.deleting(task.id, task.etag))
    assert side.there.titles() == ["Pay the rent"]


async def test_undo_of_a_delete_where_google_gives_nothing_back(side: TasksSide, tasks: GoogleTasks) -> None:
    """It is written anew, in its place."""
    side.there.gives_back = False
    for title in ("Oil", "Eggs", "Milk"):
        side.there.add(title)
    eggs = (await tasks.all())[1]
    inverse = (await tasks.delete(eggs.id)).inverse
    await tasks.revert(inverse)
    assert side.there.titles() == ["Milk", "Eggs", "Oil"]


async def test_a_neighbour_that_went_meanwhile_is_no_hindrance(side: TasksSide, tasks: GoogleTasks) -> None:
    """The one before it, then."""
    for title in ("Oil", "Eggs", "Milk"):
        side.there.add(title)
    board = await tasks._board()
    side.there.remove(side.there.standing(DEFAULT)[2])
    await tasks._carry(board, board.adding("new", NewTask(title="Tea")))
    assert side.there.titles() == ["Milk", "Eggs", "Tea"]


async def test_an_account_without_tasks_says_so(side: TasksSide, tasks: GoogleTasks) -> None:
    """Everything is a 404 where the service isn't there."""
    side.there.enabled = False
    with pytest.raises(SwitchedOff, match="Google Tasks"):
        await tasks.all()


async def test_deleting_what_was_assigned_says_what_goes_with_it(
    side: TasksSide, tasks: GoogleTasks, tmp_path: Path
) -> None:
    """Google deletes the original in Docs too: that is said before the yes, and nothing goes without one."""
    side.there.add(
        "Review the plan", assignmentInfo={"surfaceType": "DOCUMENT", "linkToTask": "https://docs.google.com/x"}
    )
    async with open_world(tmp_path) as world, world.services.context(world.person) as ctx:
        with pytest.raises(AskFirst, match="in Google Docs too"):
            await delete_task.run(replace(ctx, tasks=tasks), task="review the plan")
    assert side.there.titles() == ["Review the plan"]
