"""Every tool that writes, cut off wherever it waits and asked again as its client would: there is exactly one effect."""

import asyncio
import json
import os
import shutil
import sys
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest

from integrations.settings import DatabaseSettings
from integrations.store.engine import FILE
from tests.conftest import Places
from tests.cutting import Stepped
from tests.e2e.google_whole import Whole
from tests.google_worlds import google_world
from tests.googles import SECRET
from tests.minds import SteadyMind
from tests.once import SCENARIOS, UNCAPPED, Attempt
from tests.worlds import World, open_world

ROOT = Path(__file__).parents[3]
DAY = 40
"""So many cuts fit into the hours of a day: the clock goes on with each."""


async def cut_everywhere(
    world: World, mind: SteadyMind, name: str, step: int, first: int = 1, *, google: bool = False, most: int = 10_000
) -> int:
    """Cancelled at every `step`th of its awaits, at so many of them at most, then asked again; how many places there were."""
    scenario = SCENARIOS[name]
    control = Attempt(world, mind, scenario, f"{name}-control")
    await control.run(await control.prepare())
    await control.settled()
    expected = await control.seen()
    assert any(line.startswith("ledger") for line in expected), (name, expected)
    for cuts in range(1, most + 1):
        attempt = Attempt(world, mind, scenario, f"{name}-{cuts}-x")
        prepared = await attempt.prepare()
        whole = await Stepped(attempt.run(prepared), first + (cuts - 1) * step)
        await world.services.assistant.drain()
        world.clock.forward(seconds=11)
        await attempt.run(prepared)
        await attempt.settled()
        assert await attempt.seen() == expected, (name, cuts)
        if google:
            await attempt.at_google()
            assert await attempt.seen() == expected, (name, cuts, "at Google")
        if whole:
            return cuts - 1
    return most


@pytest.mark.parametrize("name", SCENARIOS)
async def test_cut_where_it_waits_it_is_done_once(name: str, tmp_path: Path) -> None:
    """Cancelled at every fortieth await, and asked again under the same name: one effect, and one line in the ledger."""
    mind = SteadyMind()
    async with open_world(tmp_path / "world", model=mind, limits=UNCAPPED) as world:
        assert await cut_everywhere(world, mind, name, step=40, first=1 + len(name) % 40) > 0


OF_GOOGLE = ["accept_suggestion", *(name for name in SCENARIOS if SCENARIOS[name].tool.partition("_")[2] in {"event", "task", "email"}), "undo", "undo_two"]  # fmt: skip


async def test_cut_where_it_waits_it_is_done_once_at_google(tmp_path: Path) -> None:
    """Some of the same with what Google keeps: there is one effect there too, though answers were lost."""
    mind = SteadyMind()
    async with google_world(tmp_path / "world", Whole(), model=mind, limits=UNCAPPED) as world:
        for name in OF_GOOGLE[::3]:
            assert await cut_everywhere(world, mind, name, step=120, first=1 + len(name) % 50, google=True) > 0


async def killed(settings: dict[str, Any], kills: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """What was there after each kill, once the process was started again and the client had asked again."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.dying_turns", cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    given = {"settings": settings | {"limits": UNCAPPED.model_dump()}, "kills": kills}
    told, troubles = await process.communicate(json.dumps(given).encode())
    assert process.returncode == 0, troubles.decode()[-3000:]
    return [json.loads(line) for line in told.splitlines() if line.startswith(b"{")]


def at_random(names: Sequence[str], each: int, seed: int) -> list[tuple[str, int]]:
    """So many places of each, and one that nobody reaches: what is to be there in the end."""
    random = Random(seed)
    return [(name, at) for name in names for at in (10_000, *sorted(random.sample(range(1, 220), each)))]


def once_each(seen: list[dict[str, Any]]) -> int:
    """Whatever was cut where: it is as if nothing had been. How many were killed."""
    whole = {one["scenario"]: one["seen"] for one in seen if one["at"] == 10_000}
    for one in seen:
        assert one["seen"] == whole[one["scenario"]], one
    return sum(one["killed"] for one in seen)


async def test_killed_and_started_again_it_is_done_once(tmp_path: Path, sqlite_template: Path) -> None:
    """kill -9 at random waits of a turn, with what the process keeps on SQLite: the client asks again, and there is one effect."""
    shutil.copy(sqlite_template, tmp_path / FILE)
    assert once_each(await killed({"data": str(tmp_path)}, at_random(["add_event", "undo_two"], 2, seed=1))) > 1


async def killed_at_google(folder: Path, kills: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """The same with everything kept at the emulated Google, which outlives the process."""
    async with google_world(folder, Whole(), limits=UNCAPPED) as world:
        given = world.services.settings.google.model_dump(mode="json", exclude_unset=True)
        secret = world.services.settings.google.client_secret
        given["client_secret"] = secret.get_secret_value() if secret else None
        return await killed({"data": str(folder), "secret_key": SECRET, "google": given}, kills)


# at full size: `make prove`


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kind", ["sqlite", "postgres", "google"])
async def test_cut_at_every_await(kind: str, places: Places, tmp_path: Path) -> None:
    """Every tool, cancelled at each of its awaits."""
    google, mind, cuts = kind == "google", SteadyMind(), 0
    names = OF_GOOGLE if google else [*SCENARIOS]
    for name in names:
        for first in count(1, DAY):
            async with AsyncExitStack() as stack:
                folder = tmp_path / name / str(first)
                if google:
                    opened = google_world(folder, Whole(), model=mind, limits=UNCAPPED)
                else:
                    place = await stack.enter_async_context(places(kind))
                    more: dict[str, Any] = {"database": DatabaseSettings(url=place.url)} if place.url else {}
                    opened = open_world(folder, model=mind, limits=UNCAPPED, **more)
                world = await stack.enter_async_context(opened)
                found = await cut_everywhere(world, mind, name, step=1, first=first, google=google, most=DAY)
            cuts += found
            if found < DAY:
                break
    print(f"\n{kind}: {cuts} cuts of {len(names)} writes, each done once")  # noqa: T201 (the measure)


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kind", ["sqlite", "postgres", "google"])
async def test_killed_at_full_size(kind: str, places: Places, tmp_path: Path) -> None:
    """Every tool, killed at random waits and started again, each with a place of its own: the clock goes on with every kill."""
    kills = 0
    for number, name in enumerate(OF_GOOGLE if kind == "google" else SCENARIOS):
        where = at_random([name], 12 if kind == "google" else 10, seed=number)
        if kind == "google":
            seen = await killed_at_google(tmp_path / name, where)
        elif kind == "sqlite":
            (tmp_path / name).mkdir()
            seen = await killed({"data": str(tmp_path / name)}, where)
        else:
            async with places(kind) as place:
                seen = await killed({"data": str(place.data), "database": {"url": place.url}}, where)
        kills += once_each(seen)
    print(f"\n{kind}: {kills} kills, each write done once")  # noqa: T201 (the measure)
