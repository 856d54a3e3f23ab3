"""`chronus memory`: what is remembered is listed with where it comes from, and its search can always be made anew."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from integrations.errors import Unavailable
from integrations.settings import Settings
from integrations.store.database import open_database
from integrations.store.folder import hold
from integrations.store.memories import Memories
from integrations.store.migrations import migrate
from integrations.store.owed import OwedWork
from integrations.store.people import People
from integrations.vectors.qdrant import open_vectors
from tests.emulators.qdrant import served_qdrant
from tests.minilm import minilm  # noqa: F401, a fixture
from voice.remembering import list_memories, rebuild

NOW = datetime(2026, 3, 4, 10, 20, tzinfo=UTC)


async def living(folder: Path) -> str:
    """Somebody with two memories, one of them replaced; their id."""
    await migrate(None, folder)
    async with open_database(None, folder) as database, database.work() as session:
        person = await People(session).add(zone="UTC", now=NOW)
        memories = Memories(session, person.id)
        new = await memories.add(text="My locker is 40", at=NOW, quote="my locker is 40")
        old = await memories.add(text="My locker is 12", at=NOW, quote="my locker is 12")
        await memories.change(old.id, superseded_by=new.id)
        return person.id


def settings(folder: Path, **more: object) -> Settings:
    return Settings(_env_file=None, data=folder, environment="production", weights=folder / "none", **more)  # type: ignore[arg-type]


async def test_what_is_remembered_is_listed(tmp_path: Path) -> None:
    """What holds; asked for all of it, also what was replaced, each with its witness."""
    await living(tmp_path)
    [holds] = await list_memories(settings(tmp_path), every=False)
    assert (holds["text"], holds["quote"], holds["origin"]) == ("My locker is 40", "my locker is 40", "said")
    assert len(await list_memories(settings(tmp_path), every=True)) == 2


async def test_without_weights_it_says_so(tmp_path: Path) -> None:
    """Nothing can be made anew without the model, and nothing is lost by trying."""
    await living(tmp_path)
    with pytest.raises(Unavailable, match="no model"):
        await rebuild(settings(tmp_path))
    assert len(await list_memories(settings(tmp_path), every=False)) == 1


async def test_the_search_is_made_anew(minilm: Path, tmp_path: Path) -> None:  # noqa: F811
    """Embedded in the folder, and at a server: a vector for what holds, whatever was there before."""
    person = await living(tmp_path)
    weights = minilm.parent
    told = await rebuild(settings(tmp_path).model_copy(update={"weights": weights}))
    assert told == "Made anew: the vectors of 1 memory."
    async with open_vectors(None, None, tmp_path / "vectors") as vectors:
        assert await vectors.count(person) == 1

    async with served_qdrant() as url:
        at_server = settings(tmp_path, qdrant={"url": url}).model_copy(update={"weights": weights})
        await rebuild(at_server)
        async with open_vectors(url, None, tmp_path / "unused") as vectors:
            assert await vectors.count(person) == 1


async def test_beside_a_running_server_it_is_asked_to(tmp_path: Path) -> None:
    """The folder's vectors belong to the server: it is owed the work, as often as it is wished."""
    person = await living(tmp_path)
    with hold(tmp_path):
        for _ in range(2):
            assert "it makes the vectors anew now" in await rebuild(settings(tmp_path))
    async with open_database(None, tmp_path) as database, database.look() as session:
        [debt] = await OwedWork(session).all("waiting")
    assert (debt.job, debt.person_id, debt.arguments) == ("memory.fold", person, {"rebuild": True})
