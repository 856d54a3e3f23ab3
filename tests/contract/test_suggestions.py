"""What is kept of suggestions, on every database: one of a kind, decided once, each person's own."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncSession

from agent.suggestions import refresh
from integrations.errors import NotFound
from integrations.settings import DatabaseSettings
from integrations.store.forgotten import Graves
from integrations.store.people import People
from integrations.store.suggestions import Suggestion, Suggestions
from integrations.tasks import NewTask
from tests.conftest import Place
from tests.worlds import NOW, World, open_world


def one(fingerprint: str = "f", kind: str = "focus", starts: datetime = NOW, **more: Any) -> Suggestion:
    """Something to suggest."""
    usual = {"title": "Report", "text": "You are free.", "why": "It is due.", "state": "open"}
    return Suggestion(kind=kind, fingerprint=fingerprint, starts=starts, ends=starts + timedelta(hours=1), at=NOW, **(usual | more))  # fmt: skip


@pytest.fixture
async def mine(session: AsyncSession) -> Suggestions:
    person = await People(session).add(zone="UTC", now=NOW)
    return Suggestions(session, person.id)


async def test_of_one_thing_there_is_one(mine: Suggestions) -> None:
    """Suggested anew it is the same row with its new time, and open again."""
    first = await mine.put(one())
    first.state, first.shown_at, first.told_at, first.told_for = "expired", NOW, NOW, "10"
    later = await mine.put(one(starts=NOW + timedelta(days=1)))
    assert [row.id for row in await mine.all()] == [first.id] == [later.id]
    assert (later.state, later.starts, later.told_at, later.told_for) == ("open", NOW + timedelta(days=1), None, None)


async def test_a_no_keeps_the_kind_quiet_until_its_time(mine: Suggestions) -> None:
    """And counts, until one of the kind is accepted."""
    for number in range(3):
        await mine.put(one(str(number), state="dismissed", decided_at=NOW, quiet_until=NOW + timedelta(days=number)))
    assert (await mine.quiet(NOW + timedelta(hours=1)), await mine.quiet(NOW + timedelta(days=2))) == ({"focus"}, set())
    assert (await mine.refusals("focus"), await mine.refusals("habit")) == (3, 0)
    await mine.put(one("yes", state="accepted", decided_at=NOW + timedelta(minutes=1)))
    assert await mine.refusals("focus") == 0


async def test_the_day_is_counted(mine: Suggestions) -> None:
    """What was told and what was decided, each by its own moment."""
    await mine.put(one("a", told_at=NOW, told_for="10"))
    await mine.put(one("b", state="dismissed", decided_at=NOW - timedelta(days=1)))
    day = (NOW - timedelta(hours=1), NOW + timedelta(hours=1))
    assert (await mine.count_told(*day), await mine.count_decided(*day)) == (1, 0)
    found = await mine.told("10")
    assert found is not None
    assert await mine.told("11") is None


async def test_forgetting_a_memory_empties_what_came_of_it(mine: Suggestions) -> None:
    """Its words go, what is open lapses; what rests on another memory stays."""
    await mine.put(one("a", kind="habit", memory_id="m"))
    await mine.put(one("b", memory_id="other"))
    await mine.forget("m")
    assert [(row.fingerprint, row.title, row.text, row.state) for row in await mine.all()] == [
        ("b", "Report", "You are free.", "open"), ("a", "", "", "expired"),
    ]  # fmt: skip


async def test_each_has_only_ones_own(session: AsyncSession, mine: Suggestions) -> None:
    """Another's suggestion isn't there."""
    other = Suggestions(session, (await People(session).add(zone="UTC", now=NOW)).id)
    row = await mine.put(one())
    with pytest.raises(NotFound):
        await other.held(row.id)
    assert (await other.open(), await other.last_heard(NOW - timedelta(days=9))) == ([], None)


async def test_what_was_forgotten_is_known_by_its_mark_alone(session: AsyncSession) -> None:
    """The words are found again however they are written, by the person only, and stand nowhere."""
    me, you = [(await People(session).add(zone="UTC", now=NOW)).id for _ in range(2)]
    graves = Graves(session, me)
    await graves.bury("I prefer tea")
    await graves.bury("I prefer tea")
    assert (await graves.holds("i  PREFER tea."), await Graves(session, you).holds("I prefer tea")) == (True, False)
    await graves.raise_up("I prefer tea")
    assert not await graves.holds("I prefer tea")


@pytest.fixture
async def world(place: Place, tmp_path: Path) -> AsyncIterator[World]:
    """On each kind of database."""
    kept: dict[str, Any] = {"database": DatabaseSettings(url=SecretStr(place.url))} if place.url else {}
    async with open_world(tmp_path / "world", **kept) as world:
        yield world


async def test_however_many_say_yes_it_is_done_once(world: World) -> None:
    """By the page, by voice and again by the page at the same moment: one event, one of them hears yes."""
    async with world.services.context(world.person) as ctx:
        await ctx.tasks.add(NewTask(title="Call Anna"))
        [suggestion] = await refresh(ctx)

    def opening(write: bool, key: str | None = None) -> Any:
        return world.services.context(world.person, write=write, key=key)

    outcomes = await asyncio.gather(*(
        world.services.toolbox.call(opening, "accept_suggestion", {"suggestion": suggestion.id}, key=f"key {number}")
        for number in range(5)
    ))  # fmt: skip

    assert sorted(outcome.action["ok"] for outcome in outcomes) == [False] * 4 + [True]
    assert await world.titles() == ["Call Anna"]
