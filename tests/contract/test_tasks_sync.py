"""The copy of someone's Google tasks: equal to the original whatever happens on either side, on the wire and in between."""

import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, TypeVar

import pytest

from integrations.errors import ChronusError, Conflict, Denied, NotConnected, NotFound, Unavailable
from integrations.google.refusals import SwitchedOff
from integrations.store.changes import Changes
from integrations.store.database import Database, open_database
from integrations.store.intents import Intents
from integrations.store.mirrors import Mirrors
from integrations.store.notices import Notices
from integrations.store.people import People
from integrations.tasks import NewTask, Task, TaskChange, TaskWritten
from integrations.tasks.google import GoogleTasks
from integrations.tasks.mirror import MirrorTasks
from integrations.tasks.sync import settle_intents, sync
from tests.accounts import TasksSide, tasks_account
from tests.conftest import Places
from tests.cutting import Cut
from tests.emulators.google.tasks import DEFAULT
from tests.worlds import Hands

T = TypeVar("T")
ABOUT = {"words": "add milk", "conversation_id": "c1", "turn_id": "t1"}


@dataclass
class Both:
    """The two sides of one person's tasks."""

    database: Database
    person_id: str
    side: TasksSide
    clock: Hands = field(default_factory=Hands)
    keys: int = 0

    @property
    def google(self) -> GoogleTasks:
        return GoogleTasks(self.side.api())

    async def sync(self) -> None:
        await sync(self.database, self.person_id, self.google, self.clock)

    async def settle(self, **later: float) -> None:
        self.clock.forward(**(later or {"minutes": 1}))
        await settle_intents(self.database, self.person_id, self.google, self.clock)

    async def work(self, do: Callable[[MirrorTasks], Awaitable[T]], key: str | None = None, **more: Any) -> T:
        """One piece of work, as a tool's call is one."""
        self.keys += 1
        google = GoogleTasks(self.side.api(**more))
        async with self.database.work() as session:
            return await do(
                MirrorTasks(session, self.person_id, google, self.clock, key or f"key {self.keys}", about=ABOUT)
            )

    async def add(self, title: str, key: str | None = None, **more: Any) -> TaskWritten:
        return await self.work(lambda tasks: tasks.add(NewTask(title=title, **more)), key)

    async def all(self) -> list[Task]:
        return await self.work(lambda tasks: tasks.all(done=None))

    async def titles(self) -> list[str]:
        return [task.title for task in await self.all()]

    async def told(self) -> list[str]:
        async with self.database.work() as session:
            return [notice.say for notice in await Notices(session, self.person_id).take(self.clock())]

    async def equal(self) -> None:
        """Both sides say the same in the same order, and nothing is open."""
        mine, theirs = [[_seen(t) for t in found] for found in (await self.all(), await self.google.all(done=None))]
        assert mine == theirs
        async with self.database.look() as session:
            assert not await Intents(session, self.person_id).open()

    async def state(self, key: str) -> str | None:
        """Of the write noted under this key, if one is."""
        async with self.database.look() as session:
            intent = await Intents(session, self.person_id).by_key(key)
            return intent.state if intent else None

    def count(self, *titles: str) -> tuple[int, ...]:
        """How many there are of each at Google."""
        there = [task["title"] for one in self.side.there.lists for task in self.side.there.standing(one)]
        return tuple(there.count(title) for title in titles)

    def away(self, times: int = 1000) -> None:
        """Google does nothing, and says so."""
        self.side.google.trouble("status", status=429, reason="rateLimitExceeded", times=times)

    def back(self) -> None:
        self.side.google.troubles.clear()


def _seen(task: Task) -> tuple[Any, ...]:
    return task.list, task.title, task.notes, task.due, task.done, task.pending, task.origin


@asynccontextmanager
async def sides(database: Database) -> AsyncIterator[Both]:
    async with tasks_account() as side:
        async with database.work() as session:
            person = await People(session).owner("Europe/Berlin", Hands()())
        yield Both(database, person.id, side)


@pytest.fixture
async def both(database: Database) -> AsyncIterator[Both]:
    async with sides(database) as both:
        await both.sync()
        yield both


@pytest.fixture
async def on_sqlite(places: Places) -> AsyncIterator[Both]:
    async with (
        places("sqlite") as place,
        open_database(place.url, place.data) as database,
        sides(database) as both,
    ):
        yield both


# reading


def much(there: Any) -> None:
    """Three lists; the first has three pages."""
    for number in range(230):
        more = {"status": "completed", "hidden": True} if number % 3 == 0 else {}
        there.add(f"Task {number}", at=number, notes=f"note {number}" if number % 5 == 0 else None, **more)
        if more.get("notes", "") is None:
            del more["notes"]
    for task in there.tasks[DEFAULT]:
        if task.get("notes", "") is None:
            del task["notes"]
        if task["title"].endswith("7"):
            there.remove(task)
    for name in ("Errands", "Work"):
        list_id = there.add_list(name)
        for number in range(3):
            there.add(f"{name} {number}", list_id, due="2026-03-05T00:00:00.000Z")


async def test_everything_is_read(both: Both) -> None:
    """Every page of every list, what is done and put away too, and without what was deleted."""
    much(both.side.there)
    await both.sync()
    await both.equal()
    assert len(await both.all()) == 230 - 23 + 6


async def test_killed_at_every_request_it_goes_on(on_sqlite: Both) -> None:
    """Wherever Google stops answering, the next round reads on; in the end both are equal."""
    both = on_sqlite
    much(both.side.there)
    rounds = 0
    for answered in range(1, 60):
        both.side.google.asked.clear()
        both.side.google.trouble("slow", seconds=0, times=answered)
        both.away()
        try:
            await both.sync()
        except Unavailable:
            rounds += 1
            both.back()
            continue
        break
    else:
        raise AssertionError("it never came to its end")
    both.back()
    assert rounds >= 3
    await both.equal()


async def test_killed_at_every_step_it_goes_on(on_sqlite: Both) -> None:
    """Cut off before and after each of its requests and commits: in the end both are equal, every time it goes on."""
    both = on_sqlite
    much(both.side.there)
    for at in range(3, 200):
        cut = Cut(at)
        google = GoogleTasks(both.side.api(cut))
        if await cut.through(sync(both.database, both.person_id, google, both.clock)):
            break
    else:
        raise AssertionError("it never came to its end")
    await both.sync()
    await both.equal()


async def test_a_page_that_google_has_forgotten_is_read_from_the_first(on_sqlite: Both) -> None:
    """Taken up again days later."""
    both = on_sqlite
    much(both.side.there)
    both.side.google.trouble("slow", "tasks.tasks.list", seconds=0)
    both.side.google.trouble("status", "tasks.tasks.list", status=403, reason="forbidden")
    with pytest.raises(Denied):
        await both.sync()
    async with both.database.work() as session:
        mirror = await Mirrors(session, both.person_id).of("tasks", DEFAULT)
        assert mirror.page == "page-100"
        mirror.page = "forgotten"
    await both.sync()
    await both.equal()


async def test_what_changes_while_pages_are_read_is_not_missed(on_sqlite: Both) -> None:
    """On a page that was read already, and one that slips from the next page to it."""
    both = on_sqlite
    much(both.side.there)
    there = both.side.there
    edited = there.standing(DEFAULT)[3]

    def turned(read: int, _: int | None) -> None:
        if read == 100:
            there.edit(edited, title="Edited")
            first = there.tasks[DEFAULT].pop(0)
            there.tasks[DEFAULT].append(first)
            there.touch(first)

    await sync(both.database, both.person_id, both.google, both.clock, progress=turned)
    await both.sync()
    await both.equal()


async def test_only_what_is_new_is_asked_for(both: Both) -> None:
    """A quiet account costs three requests and one for each list."""
    there = both.side.there
    there.add("Milk")
    await both.sync()
    await both.sync()
    both.side.google.asked.clear()
    await both.sync()
    assert both.side.google.methods().count("tasks.tasks.list") == 1
    query = both.side.google.calls("tasks.tasks.list")[0].query
    assert {"updatedMin", "showDeleted", "showHidden", "showCompleted", "showAssigned"} <= query.keys()
    there.edit(there.standing(DEFAULT)[0], title="Oat milk")
    there.add("Eggs", there.add_list("Errands"), assignmentInfo={"surfaceType": "SPACE"})
    await both.sync()
    await both.equal()
    assert sorted(await both.titles()) == ["Eggs", "Oat milk"]


async def test_a_new_order_is_seen(both: Both) -> None:
    """Google says only of the moved one that it is new."""
    there = both.side.there
    tasks = [there.add(title, at=number) for number, title in enumerate("abcde")]
    await both.sync()
    there.tasks[DEFAULT].remove(tasks[4])
    there.tasks[DEFAULT].insert(0, tasks[4])
    there.touch(tasks[4])
    await both.sync()
    assert await both.titles() == ["e", "a", "b", "c", "d"]


async def test_a_list_that_goes_takes_its_tasks_along(both: Both) -> None:
    """Here as there, and its name goes too."""
    errands = both.side.there.add_list("Errands")
    both.side.there.add("Milk", errands)
    await both.sync()
    assert await both.titles() == ["Milk"]
    both.side.there.remove_list(errands)
    await both.sync()
    assert (await both.titles(), await both.work(lambda tasks: tasks.lists())) == ([], ["Tasks"])


async def test_the_copy_says_how_old_it_is(both: Both) -> None:
    """When it was last equal, also after a round that failed; and why that failed."""
    before = both.clock()
    both.clock.forward(hours=2)
    both.away()
    with pytest.raises(Unavailable):
        await both.sync()
    both.back()
    assert await both.work(lambda tasks: tasks.as_of()) == before
    async with both.database.look() as session:
        whole = next(one for one in await Mirrors(session, both.person_id).all("tasks") if one.part == "")
    assert (whole.failures, whole.say) == (1, "That's too much at once. Please try again in a moment.")


async def test_an_account_without_tasks_says_so(on_sqlite: Both) -> None:
    """Every question gets that sentence, and a write isn't queued for ever."""
    both = on_sqlite
    both.side.there.enabled = False
    with pytest.raises(SwitchedOff):
        await both.sync()
    with pytest.raises(Unavailable, match="Google Tasks isn't switched on"):
        await both.all()
    with pytest.raises(SwitchedOff, match="Google Tasks"):
        await both.add("Milk")
    async with both.database.look() as session:
        assert not await Intents(session, both.person_id).open()
    both.side.there.enabled = True
    await both.sync()
    assert await both.all() == []


# writing


async def test_the_same_key_is_one_write(both: Both) -> None:
    """Asked again it gives the first result, without asking Google."""
    first = await both.add("Milk", "once")
    both.side.google.asked.clear()
    assert await both.add("Milk", "once") == first
    assert not both.side.google.asked
    changed = await both.work(lambda tasks: tasks.change(first.task.id, TaskChange(done=True)), "twice")
    assert await both.work(lambda tasks: tasks.change(first.task.id, TaskChange(done=True)), "twice") == changed
    await both.equal()


async def test_away_a_write_is_queued_and_shown(both: Both) -> None:
    """Pending at once, on Google's side as soon as that answers, once, and told."""
    both.away()
    milk = (await both.add("Milk", list="Shopping")).task
    await both.work(lambda tasks: tasks.change(milk.id, TaskChange(title="Oat milk", due=date(2026, 3, 9))))
    await both.add("Eggs", list="Shopping")
    assert [(one.title, one.pending, one.list) for one in await both.all()] == [
        ("Oat milk", True, "Shopping"), ("Eggs", True, "Shopping")
    ]  # fmt: skip
    await both.settle()
    assert both.side.there.titles() == []
    both.back()
    await both.settle()
    await both.settle()
    await both.sync()
    await both.equal()
    assert await both.titles() == ["Oat milk", "Eggs"]
    assert await both.told() == ["Google is back: Oat milk is changed.", "Google is back: Eggs is on your list."]


async def test_undo_of_a_queued_write_takes_it_out(both: Both) -> None:
    """It never happens; what was there stays."""
    kept = await both.add("Kept")
    both.away()
    added = await both.add("Milk")
    changed = await both.work(lambda tasks: tasks.change(kept.task.id, TaskChange(title="Other")))
    gone = await both.add("Gone")
    await both.work(lambda tasks: tasks.revert(gone.inverse))
    assert (await both.work(lambda tasks: tasks.revert(changed.inverse))) == kept.task
    assert await both.work(lambda tasks: tasks.revert(added.inverse)) is None
    both.back()
    both.side.google.asked.clear()
    await both.settle()
    assert (both.side.google.asked, both.side.there.titles()) == ([], ["Kept"])
    await both.equal()


async def test_undo_of_a_queued_delete_brings_it_back(both: Both) -> None:
    """And one that got through is undone at Google."""
    kept = await both.add("Kept")
    both.away()
    gone = await both.work(lambda tasks: tasks.delete(kept.task.id))
    assert await both.titles() == []
    await both.work(lambda tasks: tasks.revert(gone.inverse))
    assert await both.all() == [kept.task]
    both.back()
    gone = await both.work(lambda tasks: tasks.delete(kept.task.id))
    both.side.there.gives_back = False
    assert await both.work(lambda tasks: tasks.revert(gone.inverse)) == kept.task
    await both.sync()
    await both.equal()


async def test_undo_of_a_move_tells_what_somebody_else_wrote(both: Both) -> None:
    """A move asks Google for no etag: what was written there and not yet read here is looked for before it is taken back."""
    added = await both.add("Milk")
    moved = await both.work(lambda tasks: tasks.change(added.task.id, TaskChange(list="Shopping")))
    there = next(one for entries in both.side.there.tasks.values() for one in entries if one["title"] == "Milk" and not one.get("deleted"))  # fmt: skip
    both.side.there.edit(there, notes="two litres")
    with pytest.raises(Conflict):
        await both.work(lambda tasks: tasks.revert(moved.inverse))
    await both.sync()
    assert [(one.list, one.notes) for one in await both.all()] == [("Shopping", "two litres")]
    await both.equal()


@pytest.mark.parametrize("read_between", [False, True])
@pytest.mark.parametrize("there", [False, True])
async def test_a_write_nobody_knows_of_is_found_out(both: Both, there: bool, read_between: bool) -> None:
    """Its answer lost and no way to look: pending, not repeated, later found or written, and told, in every order of things."""
    both.side.google.trouble("lost" if there else "reset", "tasks.tasks.insert")
    both.side.google.trouble("status", "tasks.tasks.list", times=9)
    task = (await both.add("Milk")).task
    assert (task.pending, both.side.there.titles()) == (True, ["Milk"] if there else [])
    both.back()
    if read_between:
        await both.sync()
    await both.settle(seconds=1)
    assert (await both.work(lambda tasks: tasks.get(task.id))).pending
    await both.settle()
    assert both.side.there.titles() == ["Milk"]
    await both.sync()
    await both.equal()
    assert await both.titles() == ["Milk"]
    assert await both.told() == ["Google is back: Milk is on your list."]


async def test_two_alike_are_two(both: Both) -> None:
    """A look for a lost one doesn't take another one for it, neither an older one nor one of ours."""
    both.side.there.add("Milk")
    await both.sync()
    await both.add("Milk")
    both.side.google.trouble("reset", "tasks.tasks.insert")
    await both.add("Milk")
    assert both.side.there.titles() == ["Milk", "Milk", "Milk"]
    await both.sync()
    await both.equal()


async def test_a_refusal_is_told_and_nothing_is_written_over(both: Both) -> None:
    """Changed there meanwhile: a Conflict, the copy as it was, and as it is there after the next round."""
    task = (await both.add("Milk")).task
    both.side.there.edit(both.side.there.standing(DEFAULT)[0], title="Oat milk")
    with pytest.raises(Conflict):
        await both.work(lambda tasks: tasks.change(task.id, TaskChange(title="Soy milk"), etag=task.etag), "soy")
    assert await both.all() == [task]
    with pytest.raises(Conflict):
        await both.work(lambda tasks: tasks.change(task.id, TaskChange(title="Soy milk"), etag=task.etag), "soy")
    await both.sync()
    await both.equal()
    both.side.there.remove(both.side.there.standing(DEFAULT)[0])
    with pytest.raises(NotFound):
        await both.work(lambda tasks: tasks.change(task.id, TaskChange(done=True)))
    await both.sync()
    await both.equal()


async def test_a_queued_write_that_is_refused_is_told(both: Both) -> None:
    """It was changed there while Google couldn't be reached."""
    task = (await both.add("Milk")).task
    both.away()
    await both.work(lambda tasks: tasks.change(task.id, TaskChange(title="Soy milk")))
    both.back()
    both.side.there.edit(both.side.there.standing(DEFAULT)[0], title="Oat milk")
    await both.settle()
    await both.sync()
    await both.equal()
    [told] = await both.told()
    assert told.startswith("I couldn't get this through to Google")
    assert "changed in the meantime" in told
    assert await both.titles() == ["Oat milk"]


async def test_permission_taken_back_is_no_queue(both: Both) -> None:
    """Refused with what to do; the copy still answers."""
    task = (await both.add("Milk")).task
    both.side.google.grants = lambda token: frozenset()
    with pytest.raises(NotConnected):
        await both.add("Eggs")
    with pytest.raises(NotConnected):
        await both.sync()
    assert await both.all() == [task]


async def test_reading_does_not_write_over_what_waits(both: Both) -> None:
    """A round before the queue is sent shows the person what they said, not what Google still has."""
    task = (await both.add("Milk")).task
    both.away()
    await both.work(lambda tasks: tasks.change(task.id, TaskChange(title="Oat milk")))
    both.back()
    both.side.there.touch(both.side.there.standing(DEFAULT)[0])
    await both.sync()
    assert await both.titles() == ["Oat milk"]
    await both.settle()
    await both.sync()
    await both.equal()


@pytest.mark.parametrize("kind", ["lost", "reset", "garbage", "hang"])
@pytest.mark.parametrize("act", ["add", "change", "move", "delete", "undo"])
async def test_one_effect_whatever_gets_lost(on_sqlite: Both, kind: Any, act: str) -> None:
    """The answer, the request, its sense or all patience: one task, and one sentence of truth about it."""
    both = on_sqlite
    await both.sync()
    first = await both.add("First")
    methods = {"add": "insert", "change": "patch", "move": "move", "delete": "delete", "undo": "delete"}
    both.side.google.trouble(kind, f"tasks.tasks.{methods[act]}", seconds=1)
    do: dict[str, Callable[[MirrorTasks], Awaitable[Any]]] = {
        "add": lambda tasks: tasks.add(NewTask(title="Second")),
        "change": lambda tasks: tasks.change(first.task.id, TaskChange(title="Other")),
        "move": lambda tasks: tasks.change(first.task.id, TaskChange(list="Work")),
        "delete": lambda tasks: tasks.delete(first.task.id),
        "undo": lambda tasks: tasks.revert(first.inverse),
    }
    await both.work(do[act], patience=0.2)
    await both.settle()
    await both.sync()
    await both.equal()
    expected = {"add": ["First", "Second"], "change": ["Other"], "move": ["First"], "delete": [], "undo": []}
    assert await both.titles() == expected[act]


# a crash


@pytest.mark.parametrize(
    "act", ["add", "add to a new list", "change", "delete", "undo", "undo a change", "undo a move"]
)
@pytest.mark.parametrize("asked_again", [True, False])
async def test_cut_off_anywhere_it_happens_once(on_sqlite: Both, act: str, asked_again: bool) -> None:
    """Around each request and commit; asked again with the same key, or left to the next process: one effect."""
    both = on_sqlite
    await both.sync()
    for at in range(1, 40):
        target = await both.add(f"Thing {at}")
        done = None if act == "undo a move" else f"New {at}"
        change = TaskChange(title=done, list="Work")
        if act.startswith("undo a"):
            target = await both.work(partial(MirrorTasks.change, task_id=target.task.id, change=change))
        as_it_was = (0, 1) if act == "undo a change" else (1, 0)
        key = f"{act} {at}"

        async def do(
            tasks: MirrorTasks, target: TaskWritten = target, change: TaskChange = change, at: int = at
        ) -> object:
            match act:
                case "add":
                    return await tasks.add(NewTask(title=f"New {at}"))
                case "add to a new list":
                    return await tasks.add(NewTask(title=f"New {at}", list=f"List {at}"))
                case "change":
                    return await tasks.change(target.task.id, change)
                case "delete":
                    return await tasks.delete(target.task.id)
                case _:
                    return await tasks.revert(target.inverse)

        cut = Cut(at)
        through = await cut.through(both.work(do, key, tokens=cut))
        both.clock.forward(minutes=1)
        await (both.work(do, key) if asked_again else both.settle())
        noted = await both.state(key)
        assert noted in ({"done"} if asked_again else {"done", None})
        expected = {
            "add": (1, 1), "add to a new list": (1, 1), "change": (0, 1), "delete": (0, 0), "undo": (0, 0),
            "undo a change": (1, 0), "undo a move": (1, 0),
        }[act]  # fmt: skip
        assert both.count(f"Thing {at}", f"New {at}") == (expected if noted else as_it_was)
        if through:
            assert at > 5
            break
    else:
        raise AssertionError("it never came to its end")
    await both.sync()
    await both.equal()


async def test_the_ledger_gets_what_a_crash_kept_from_it(on_sqlite: Both) -> None:
    """With the person's own words, the receipt, and what undoes it; and they are told."""
    both = on_sqlite
    await both.sync()

    async def crash(tasks: MirrorTasks) -> None:
        await tasks.add(NewTask(title="Milk"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await both.work(crash, "crashed")
    await both.settle()
    async with both.database.look() as session:
        [line] = await Changes(session, both.person_id).all()
    assert (line.tool, line.words, line.conversation_id, line.key) == ("add_task", "add milk", "c1", "crashed")
    [task] = await both.all()
    assert line.receipt
    assert (line.receipt["title"], line.receipt["etag"]) == ("Milk", task.etag)
    assert await both.told() == ["I've finished what was interrupted: Milk is on your list."]
    assert line.inverse is not None
    inverse = line.inverse
    await both.work(lambda tasks: tasks.revert(inverse))
    assert both.side.there.titles() == []


# both at once


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_both_sides_do_they_end_equal(on_sqlite: Both, seed: int) -> None:
    """Random writes here and there, rounds and outages in between; then one more round."""
    both, dice = on_sqlite, random.Random(seed)
    await both.sync()
    inverses: list[dict[str, Any]] = []
    for number in range(40):
        match dice.randrange(10):
            case 0 | 1 | 2:
                _elsewhere(both, dice, number)
            case 3:
                both.away(dice.randint(1, 4))
            case 4:
                both.back()
            case 5:
                await _tried(both.sync())
            case 6:
                await _tried(both.settle())
            case 7 if inverses:
                inverse = inverses.pop()
                await _tried(both.work(lambda tasks, inverse=inverse: tasks.revert(inverse)))  # type: ignore[misc]  # mypy sees no default in a lambda
            case _:
                if written := await _tried(both.work(lambda tasks, n=number: _here(tasks, dice, n))):  # type: ignore[misc]  # as above
                    inverses.append(written.inverse)
    both.back()
    await both.settle()
    await both.settle()
    await both.sync()
    await both.equal()


async def _tried(work: Awaitable[T]) -> T | None:
    try:
        return await work
    except ChronusError:
        return None


async def _here(tasks: MirrorTasks, dice: random.Random, number: int) -> TaskWritten:
    known = await tasks.all(done=None)
    if not known or dice.random() < 0.4:
        return await tasks.add(NewTask(title=f"Ours {number}", list=dice.choice(["Tasks", "Work", "Errands"])))
    task = dice.choice(known)
    if dice.random() < 0.2:
        return await tasks.delete(task.id)
    neighbour = dice.choice([one for one in known if one.list == task.list])
    change = dice.choice([
        TaskChange(title=f"Renamed {number}"), TaskChange(done=not task.done), TaskChange(due=date(2026, 3, 1 + number % 28)),
        TaskChange(list=dice.choice(["Tasks", "Work"])), TaskChange(before=neighbour.id),
    ])  # fmt: skip
    return await tasks.change(task.id, change)


def _elsewhere(both: Both, dice: random.Random, number: int) -> None:
    there = both.side.there
    list_id = dice.choice(list(there.lists))
    standing = there.standing(list_id)
    if not standing or dice.random() < 0.4:
        if dice.random() < 0.2:
            list_id = there.add_list(f"List {number}")
        there.add(f"Theirs {number}", list_id, at=dice.randint(0, len(there.tasks[list_id])))
        return
    task = dice.choice(standing)
    match dice.randrange(5):
        case 0:
            there.remove(task)
        case 1:
            there.edit(task, status="completed", hidden=True)
        case 2:
            there.tasks[list_id].remove(task)
            there.tasks[list_id].insert(0, task)
            there.touch(task)
        case 3 if list_id != DEFAULT and dice.random() < 0.3:
            there.remove_list(list_id)
        case _:
            there.edit(task, title=f"Their name {number}")
