"""Every keeper of tasks keeps the same promises."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest

from integrations.errors import Conflict, Invalid, NotFound
from integrations.store.database import open_database
from integrations.store.people import People
from integrations.tasks import DEFAULT_LIST, NewTask, TaskChange, Tasks
from integrations.tasks.google import GoogleTasks
from integrations.tasks.local import LocalTasks
from integrations.tasks.mirror import MirrorTasks
from integrations.tasks.sync import sync
from tests.accounts import TasksSide, tasks_account
from tests.conftest import Place, Places

NOW = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)


@asynccontextmanager
async def local(place: Place) -> AsyncIterator[Tasks]:
    async with open_database(place.url, place.data) as database, database.work() as session:
        owner = await People(session).owner("Europe/Berlin", NOW)
        yield LocalTasks(session, owner.id, owner.zone, lambda: NOW)


@asynccontextmanager
async def mirror(place: Place, account: TasksSide) -> AsyncIterator[Tasks]:
    google = GoogleTasks(account.api())
    async with open_database(place.url, place.data) as database:
        async with database.work() as session:
            owner = await People(session).owner("Europe/Berlin", NOW)
        await sync(database, owner.id, google, lambda: NOW)
        async with database.work() as session:
            yield MirrorTasks(session, owner.id, google, lambda: NOW, "key")


@pytest.fixture(params=["local-sqlite", "local-postgres", "google", "mirror-sqlite", "mirror-postgres"])
async def tasks(request: pytest.FixtureRequest, places: Places) -> AsyncIterator[Tasks]:
    keeper, _, kind = request.param.partition("-")
    if keeper == "google":
        async with tasks_account() as account:
            yield GoogleTasks(account.api())
        return
    async with places(kind) as place, tasks_account() as account:
        opening = local(place) if keeper == "local" else mirror(place, account)
        async with opening as tasks:
            yield tasks


async def titles(tasks: Tasks, **which: Any) -> list[str]:
    return [task.title for task in await tasks.all(**which)]


async def test_a_task_is_found_as_it_was_written_down(tasks: Tasks) -> None:
    """What add gives back is what get gives."""
    task = (await tasks.add(NewTask(title=" Buy stamps ", due=date(2026, 3, 4), notes="ten", list="Errands"))).task

    assert await tasks.get(task.id) == task
    assert (task.title, task.due, task.notes, task.list, task.done) == (
        "Buy stamps", date(2026, 3, 4), "ten", "Errands", False
    )  # fmt: skip


async def test_a_list_is_found_whatever_its_capitals(tasks: Tasks) -> None:
    """ "shopping" is the list called Shopping, for adding and for asking."""
    await tasks.add(NewTask(title="Milk", list="Shopping"))
    await tasks.add(NewTask(title="Eggs", list=" shopping "))
    await tasks.add(NewTask(title="Plants"))

    assert await tasks.lists() == [DEFAULT_LIST, "Shopping"]
    assert await titles(tasks, list="SHOPPING") == ["Milk", "Eggs"]
    assert await titles(tasks, list="no such list") == []


async def test_tasks_come_in_their_order(tasks: Tasks) -> None:
    """At the end when added; before whichever they are moved."""
    milk, eggs, oil = [(await tasks.add(NewTask(title=title))).task for title in ("Milk", "Eggs", "Oil")]
    await tasks.change(oil.id, TaskChange(before=eggs.id))
    assert await titles(tasks) == ["Milk", "Oil", "Eggs"]
    await tasks.change(eggs.id, TaskChange(before=milk.id))
    assert await titles(tasks) == ["Eggs", "Milk", "Oil"]


async def test_there_is_always_room_between_two_tasks(tasks: Tasks) -> None:
    """However often something is put between the same two, the order holds."""
    first, *others = [(await tasks.add(NewTask(title=str(number)))).task for number in range(3)]
    for turn in range(120 if isinstance(tasks, LocalTasks) else 12):  # Google counts, it doesn't halve
        await tasks.change(others[turn % 2].id, TaskChange(before=others[1 - turn % 2].id))
    assert await titles(tasks) == ["0", "2", "1"]
    assert (await tasks.get(first.id)).etag == first.etag


async def test_done_tasks_are_kept_apart(tasks: Tasks) -> None:
    """Open ones, done ones or both, as asked."""
    milk = (await tasks.add(NewTask(title="Milk"))).task
    await tasks.add(NewTask(title="Eggs"))
    await tasks.change(milk.id, TaskChange(done=True))

    assert await titles(tasks) == ["Eggs"]
    assert await titles(tasks, done=True) == ["Milk"]
    assert await titles(tasks, done=None) == ["Milk", "Eggs"]


async def test_what_a_change_does_not_say_stays(tasks: Tasks) -> None:
    """Only the fields that are given become different, and a date goes only when that is said."""
    task = (await tasks.add(NewTask(title="Report", due=date(2026, 3, 2), notes="long"))).task
    moved = (await tasks.change(task.id, TaskChange(list="Work"))).task
    assert (moved.title, moved.due, moved.notes, moved.list) == ("Report", date(2026, 3, 2), "long", "Work")
    undated = (await tasks.change(task.id, TaskChange(no_due=True))).task
    assert (undated.due, undated.notes) == (None, "long")


async def test_nonsense_is_refused(tasks: Tasks) -> None:
    """No title, two meanings, or a neighbour of another list: Invalid, and nothing changes."""
    here = (await tasks.add(NewTask(title="Here"))).task
    there = (await tasks.add(NewTask(title="There", list="Elsewhere"))).task
    for change in (
        TaskChange(title="  "),
        TaskChange(due=date(2026, 3, 4), no_due=True),
        TaskChange(before=there.id),
    ):
        with pytest.raises(Invalid):
            await tasks.change(here.id, change)
    with pytest.raises(Invalid):
        await tasks.add(NewTask(title=""))


async def test_an_old_etag_is_a_conflict(tasks: Tasks) -> None:
    """Who read it before it changed can't write over the change."""
    task = (await tasks.add(NewTask(title="Milk"))).task
    changed = (await tasks.change(task.id, TaskChange(title="Oat milk"), etag=task.etag)).task
    with pytest.raises(Conflict):
        await tasks.change(task.id, TaskChange(done=True), etag=task.etag)
    with pytest.raises(Conflict):
        await tasks.delete(task.id, etag=task.etag)
    assert await tasks.get(task.id) == changed


async def test_what_is_not_there_is_not_found(tasks: Tasks) -> None:
    """A named refusal, not silence."""
    for asking in (tasks.get("x"), tasks.change("x", TaskChange(done=True)), tasks.delete("x")):
        with pytest.raises(NotFound):
            await asking


async def test_an_undo_of_something_touched_since_is_a_conflict(tasks: Tasks) -> None:
    """Undo never takes away what came later."""
    added = await tasks.add(NewTask(title="Milk"))
    await tasks.change(added.task.id, TaskChange(title="Oat milk"))
    with pytest.raises(Conflict):
        await tasks.revert(added.inverse)
    assert await titles(tasks) == ["Oat milk"]


@pytest.mark.parametrize("seed", range(2))
async def test_undoing_everything_gives_the_first_state(tasks: Tasks, seed: int) -> None:
    """Random writes, undone in reverse order, leave exactly what was there."""
    dice = random.Random(seed)
    for title in ("Milk", "Eggs", "Oil"):
        await tasks.add(NewTask(title=title, list=dice.choice(["Shopping", "Tasks"])))
    first = await tasks.all(done=None)
    written = [await _write(tasks, dice) for _ in range(20 if isinstance(tasks, LocalTasks) else 10)]
    for inverse in reversed(written):
        await tasks.revert(inverse)
    assert await tasks.all(done=None) == first


async def _write(tasks: Tasks, dice: random.Random) -> dict[str, Any]:
    known = await tasks.all(done=None)
    if not known or dice.random() < 0.25:
        return (await tasks.add(NewTask(title=f"Thing {dice.random()}", list=dice.choice(["Work", "Tasks"])))).inverse
    task = dice.choice(known)
    if dice.random() < 0.25:
        return (await tasks.delete(task.id)).inverse
    neighbour = dice.choice([other for other in known if other.list == task.list])
    change = dice.choice(
        [
            TaskChange(done=not task.done),
            TaskChange(title=f"Other {dice.random()}"),
            TaskChange(due=date(2026, 3, dice.randint(1, 31))),
            TaskChange(no_due=True),
            TaskChange(list=dice.choice(["Work", "Shopping"])),
            TaskChange(before=neighbour.id),
        ]
    )
    return (await tasks.change(task.id, change)).inverse
