"""Whatever was done through the tools can be taken back to the first state, and what others did meanwhile is never overwritten."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from integrations.errors import Conflict
from integrations.settings import DatabaseSettings
from tests.conftest import Places
from tests.e2e.google_whole import Whole
from tests.google_worlds import google_world
from tests.ledgers import Hand, by_name, everything, furnished, synced
from tests.once import UNCAPPED
from tests.strangers import edited, replaced_by, taken_back, things
from tests.worlds import NOW, World, open_world

KINDS = ("sqlite", "postgres", "google")


@asynccontextmanager
async def kept_by(kind: str, places: Places, folder: Path) -> AsyncIterator[tuple[World, Whole | None]]:
    """A furnished world with one of the keepers, and the Google behind it."""
    if kind == "google":
        whole = Whole()
        async with google_world(folder / "world", whole, limits=UNCAPPED) as world:
            await furnished(world)
            yield world, whole
        return
    async with places(kind) as place:
        more: dict[str, Any] = {"database": DatabaseSettings(url=place.url)} if place.url else {}
        async with open_world(folder / "world", limits=UNCAPPED, **more) as world:
            await furnished(world)
            yield world, None


async def all_undone(hand: Hand) -> None:
    """One after the other, or a few at a time, until there is nothing left."""
    while True:
        outcome = await hand.use("undo", count=hand.random.choice([1, 1, 3]))
        if outcome.action["error"] == "not_found":
            return
        assert outcome.action["ok"], (outcome.content, hand.done)


async def sequences(world: World, seeds: range) -> None:
    """Up to twenty things at random, and undo, each from where the last one ended."""
    for seed in seeds:
        world.clock.now = NOW + timedelta(hours=1)  # else days would go by
        hand = Hand(world, Random(seed))
        first = await everything(world)
        for _ in range(hand.random.randint(1, 20)):
            await hand.act()
        await all_undone(hand)
        after = await everything(world)
        for what in first:
            assert after[what] == first[what], (seed, what, hand.done)


@pytest.mark.parametrize("kind", KINDS)
async def test_everything_undone_is_the_first_state(kind: str, places: Places, tmp_path: Path) -> None:
    """One to twenty writes through all the tools, with corrections and undos among them, then undo: what was there is there."""
    async with kept_by(kind, places, tmp_path) as (world, _):
        await sequences(world, range(2 if kind == "google" else 4))
        if kind == "google":  # and Google says so too
            first = await everything(world)
            await synced(world)
            assert await everything(world) == first


async def among_strangers(world: World, whole: Whole | None, seeds: range) -> int:
    """The same with a stranger's edits before the undo; how many there were."""
    edits = 0
    for seed in seeds:
        world.clock.now = NOW + timedelta(hours=1)  # else days would go by
        hand = Hand(world, Random(seed))
        before = await by_name(world)
        for _ in range(hand.random.randint(1, 20)):
            await hand.act()
        by_hand = await edited(world, hand.random, whole)
        edits += len(by_hand)
        _, refused = await taken_back(world)
        if whole:
            await synced(world)
        told = (seed, list(by_hand), hand.done)
        detected = {f"{change.keeper} {(change.receipt or {}).get('id')}" for change, _ in refused}
        assert by_hand.keys() <= detected, told
        now = str(await everything(world))
        assert all(words in now for _, words in by_hand.values()), told
        touched = {name.split(" ", 1)[1].split("_")[0] for name in by_hand}
        touched |= await replaced_by(world, touched)  # that what stands had taken the place of
        for change, error in refused:  # nothing else was refused, and in words that say why
            assert isinstance(error, Conflict), (error, told)
            assert things(change) & touched, (change.say, told)
            touched |= await replaced_by(world, touched | things(change))
        after = await by_name(world)
        for name in (before.keys() | after.keys()) - touched:
            assert after.get(name) == before.get(name), (name, told)
        await _settled(world)
    return edits


async def _settled(world: World) -> None:
    """What was refused is not to be undone by the next."""
    async with world.services.context(world.person) as ctx:
        for change in await ctx.changes.latest(100):
            await ctx.changes.mark_undone(change.id, ctx.now)


@pytest.mark.parametrize("kind", KINDS)
async def test_what_a_stranger_edited_is_told_and_never_overwritten(kind: str, places: Places, tmp_path: Path) -> None:
    """Each edit from outside is found by the undo of the last change to that thing; it stands afterwards, and nothing else is held up."""
    async with kept_by(kind, places, tmp_path) as (world, whole):
        assert await among_strangers(world, whole, range(2 if kind == "google" else 4)) > 0


PART = 50
"""So many to a world, whose clock is always put back: Google would have answered too much in that minute."""
FULL = [("sqlite", 1000, 500), ("postgres", 300, 150), ("google", 200, 200)]


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize(("kind", "undone", "edited"), FULL)
async def test_sequences_at_full_size(kind: str, undone: int, edited: int, places: Places, tmp_path: Path) -> None:
    """Thousands of writes, all taken back, and hundreds of edits from outside, all found."""
    edits = 0
    for first in range(0, max(undone, edited), PART):
        async with kept_by(kind, places, tmp_path / str(first)) as (world, whole):
            await sequences(world, range(1000 + first, 1000 + min(first + PART, undone)))
            edits += await among_strangers(world, whole, range(5000 + first, 5000 + min(first + PART, edited)))
    print(f"\n{kind}: {undone} sequences undone; {edits} edits in {edited} sequences, all found")  # noqa: T201 (the measure)
