"""Memory keeps its promises with the real model, the embedded Qdrant and the real database behind it."""

import asyncio
import os
import signal
import socket
import time
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from pickle import dumps
from uuid import UUID

import pytest
import pytest_asyncio

from agent.memory import Memory, MemoryIndex
from agent.recalling import ASKED, Limits
from integrations.embedding import Embedding
from integrations.embedding.sentences import SentenceTransformersEmbedding
from integrations.errors import Conflict, Invalid, NotFound, Unavailable
from integrations.store.database import Database, open_database
from integrations.store.memories import Memories
from integrations.store.migrations import migrate
from integrations.store.people import People
from integrations.vectors import Vectors
from integrations.vectors.qdrant import open_vectors
from tests.minilm import minilm  # noqa: F401, a fixture

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOW = datetime(2026, 3, 4, 10, 20, tzinfo=UTC)
LIFE = (
    "I like window seats on planes",
    "I am allergic to peanuts",
    "Anna is vegetarian",
    "I do not like meetings before nine",
    "I take my coffee black",
    "My wife's name is Helena",
    "I usually go running on Tuesday mornings",
    "My dentist is Dr Okafor on Mill Lane",
    "Tom has two kids, Mia and Jonas",
    "My car is a blue Skoda",
)


class Asleep:
    """An embedding that is still starting: it never answers while anybody waits."""

    size = 384
    ready = False

    async def embed(self, sentences: Sequence[str]) -> list[list[float]]:
        await asyncio.sleep(60)
        raise Unavailable


@dataclass(frozen=True)
class House:
    """A database with two people, an index, and the way to one's memory."""

    database: Database
    vectors: Vectors
    index: MemoryIndex
    anna: str
    ben: str

    @asynccontextmanager
    async def memory(self, person_id: str) -> AsyncIterator[Memory]:
        """One transaction, indexed at its end."""
        async with self.rows(person_id) as rows:
            yield Memory(rows, self.index)
        await self.catch_up(person_id)

    @asynccontextmanager
    async def rows(self, person_id: str) -> AsyncIterator[Memories]:
        async with self.database.work() as session:
            yield Memories(session, person_id)

    async def catch_up(self, person_id: str) -> int:
        return await self.index.catch_up(person_id, partial(self.rows, person_id))

    async def tell(self, person_id: str, *texts: str) -> None:
        async with self.memory(person_id) as memory:
            for number, text in enumerate(texts):
                await memory.remember(text, at=NOW + timedelta(minutes=number), quote=f"Remember that {text}.")

    async def recalled(self, person_id: str, about: str, limits: Limits = ASKED) -> list[str]:
        async with self.rows(person_id) as rows:
            return [one.row.text for one in (await Memory(rows, self.index).recall(about, limits=limits)).memories]


@asynccontextmanager
async def open_house(folder: Path, embedding: Embedding | None, url: str | None = None) -> AsyncIterator[House]:
    await migrate(None, folder)
    async with open_database(None, folder) as database, open_vectors(url, None, folder / "vectors") as vectors:
        async with database.work() as session:
            people = People(session)
            anna, ben = [(await people.add(zone="Europe/London", now=NOW)).id for _ in range(2)]
        index = MemoryIndex(embedding, vectors)
        yield House(database, vectors, index, anna, ben)
        await index.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def embedding(minilm: Path) -> AsyncIterator[SentenceTransformersEmbedding]:  # noqa: F811
    async with SentenceTransformersEmbedding(minilm) as opened:
        await opened.warm()
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def house(embedding: SentenceTransformersEmbedding, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, embedding) as opened:
        yield opened


async def test_a_memory_has_its_witness(house: House) -> None:
    """What is kept has the words it comes from, the moment, the turn and its kind."""
    async with house.memory(house.anna) as memory:
        kept = await memory.remember(
            "that i take my coffee black", at=NOW, quote="remember that i take my coffee black", turn_id="t1"
        )

    assert (kept.text, kept.quote) == ("I take my coffee black", "remember that i take my coffee black")
    assert (kept.type, kept.category, kept.origin, kept.at, kept.turn_id) == ("preference", "food", "said", NOW, "t1")


@pytest.mark.parametrize(
    ("about", "text"),
    [
        ("where I like to sit when flying", LIFE[0]),
        ("nuts", LIFE[1]),
        ("my allergies", LIFE[1]),
        ("what Anna eats", LIFE[2]),
        ("early meetings", LIFE[3]),
        ("hot drinks", LIFE[4]),
        ("my spouse", LIFE[5]),
        ("teeth doctor", LIFE[7]),
        ("Tom's children", LIFE[8]),
        ("my vehicle", LIFE[9]),
    ],
)
async def test_it_is_recalled_by_meaning(house: House, about: str, text: str) -> None:
    """Other words for the same thing find it, first."""
    await house.tell(house.anna, *LIFE)
    assert (await house.recalled(house.anna, about))[:1] == [text]


async def test_what_does_not_fit_is_not_recalled(house: House) -> None:
    """Asked about what was never told, nothing is made to fit."""
    await house.tell(house.anna, *LIFE)
    for about in ("quantum physics", "my bank account", "the printer", "Sarah", "guitar lessons", "my passport"):
        assert await house.recalled(house.anna, about) == []


async def test_nobody_recalls_or_forgets_anothers(house: House) -> None:
    """Two people of one house never meet in memory, by words, by meaning or by id."""
    await house.tell(house.anna, "I am allergic to peanuts")
    assert await house.recalled(house.ben, "peanuts") == []
    async with house.rows(house.anna) as rows:
        [hers] = await rows.all()
    async with house.memory(house.ben) as memory:
        with pytest.raises(NotFound):
            await memory.forget([hers.id])
    assert await house.recalled(house.anna, "nuts") == ["I am allergic to peanuts"]


async def test_the_same_thing_is_known_once(house: House) -> None:
    """Told again, it says that it knows; told nothing, or a book, it says so too."""
    await house.tell(house.anna, "I take my coffee black")
    async with house.memory(house.anna) as memory:
        with pytest.raises(Conflict, match="You take your coffee black"):
            await memory.remember("i take my coffee black.", at=NOW)
        for bad in ("...", "word " * 500):
            with pytest.raises(Invalid):
                await memory.remember(bad, at=NOW)
        assert len(await memory.all()) == 1


async def test_it_is_recalled_at_once_while_the_model_sleeps(tmp_path: Path) -> None:
    """Right after "remember", and with no vectors at all, the words find it, and in a third of a second."""
    async with open_house(tmp_path, Asleep()) as house:
        async with house.rows(house.anna) as rows:
            await Memory(rows, house.index).remember("I am allergic to peanuts", at=NOW)
        async with house.rows(house.anna) as rows:
            began = time.monotonic()
            found = await Memory(rows, house.index).recall("my allergies")
            took = time.monotonic() - began

    assert [one.row.text for one in found.memories] == ["I am allergic to peanuts"]
    assert not found.by_meaning
    assert took < 0.6


async def test_without_weights_the_words_are_enough(tmp_path: Path) -> None:
    """No model at hand: memory works by words, says so, and never fails."""
    async with open_house(tmp_path, None) as house:
        async with house.rows(house.anna) as rows:
            await Memory(rows, house.index).remember("I like window seats on planes", at=NOW)
        async with house.rows(house.anna) as rows:
            memory = Memory(rows, house.index)
            found = await memory.recall("plane seats")
            [kept] = await memory.all()
            forgotten = await memory.forget([kept.id])

    assert (len(found.memories), found.by_meaning) == (1, False)
    assert forgotten.proven


async def test_a_silent_qdrant_costs_a_moment_and_no_words(
    embedding: SentenceTransformersEmbedding, tmp_path: Path
) -> None:
    """With a server that says nothing a turn goes on by words within a third of a second, and forgetting admits it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with open_house(tmp_path, embedding, url) as house, house.rows(house.anna) as rows:
            memory = Memory(rows, house.index)
            kept = await memory.remember("I am allergic to peanuts", at=NOW)
            began = time.monotonic()
            found = await memory.recall("peanuts")
            took = time.monotonic() - began
            forgotten = await memory.forget([kept.id])
            assert await memory.all() == []

    assert [one.row.text for one in found.memories] == ["I am allergic to peanuts"]
    assert not found.by_meaning
    assert took < 0.6
    assert not forgotten.proven


async def test_forgetting_is_proven(house: House) -> None:
    """After forgetting neither rows nor vectors hold it, and no way of asking brings it back."""
    await house.tell(house.anna, *LIFE)
    async with house.memory(house.anna) as memory:
        [meant] = await memory.matching("peanuts")
        forgotten = await memory.forget([meant.id])

    assert forgotten.proven
    assert await house.vectors.count(house.anna) == len(LIFE) - 1
    for about in ("peanuts", "nuts", "my allergies", "I am allergic to peanuts", "what I can't eat", meant.id):
        assert "I am allergic to peanuts" not in await house.recalled(house.anna, about)


async def test_not_a_byte_of_a_forgotten_vector_stays(house: House, tmp_path: Path) -> None:
    """Deleted and scoured, the folder of the vectors has neither its id nor its numbers; the others are still found."""
    await house.tell(house.anna, *LIFE[:4])
    async with house.rows(house.anna) as rows:
        meant = next(row for row in await rows.all() if "peanuts" in row.text)
    traces = [UUID(meant.id).hex.encode(), str(UUID(meant.id)).encode(), b64encode(dumps(str(UUID(meant.id))))]
    assert any(any(trace in file for trace in traces) for file in files(tmp_path / "vectors"))
    async with house.memory(house.anna) as memory:
        await memory.forget([meant.id])
    await house.vectors.scour()

    assert not any(any(trace in file for trace in traces) for file in files(tmp_path / "vectors"))
    assert await house.recalled(house.anna, "what Anna eats") == ["Anna is vegetarian"]


def files(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]


async def test_what_was_forgotten_behind_the_index_goes_with_the_next_round(house: House) -> None:
    """A row that went while the index was away takes its vector with it at the next catching up."""
    await house.tell(house.anna, *LIFE[:3])
    async with house.rows(house.anna) as rows:
        await rows.delete((await rows.all())[0].id)
    await house.catch_up(house.anna)

    assert await house.vectors.count(house.anna) == 2


async def test_correcting_replaces_the_vector(house: House) -> None:
    """A corrected memory is found by its new words and not by its old ones."""
    await house.tell(house.anna, "I take my coffee black")
    async with house.rows(house.anna) as rows:
        await Memory(rows, house.index).change((await rows.all())[0].id, "I park at the north entrance")
    at_once = await house.recalled(house.anna, "hot drinks")
    await house.catch_up(house.anna)

    assert at_once == await house.recalled(house.anna, "hot drinks") == []
    assert await house.recalled(house.anna, "where I leave my car") == ["I park at the north entrance"]
    assert await house.vectors.count(house.anna) == 1


async def test_a_lost_index_is_made_again(house: House) -> None:
    """When the vectors are gone the rows bring all of them back."""
    await house.tell(house.anna, *LIFE)
    async with house.rows(house.anna) as rows:
        ids = [row.id for row in await rows.all()]
    await house.vectors.drop(house.anna, ids)

    assert await house.catch_up(house.anna) == len(LIFE)
    assert await house.recalled(house.anna, "hot drinks") == ["I take my coffee black"]
    assert await house.index.rebuild(house.anna, partial(house.rows, house.anna)) == len(LIFE)


async def test_undo_takes_back_what_was_remembered_but_not_what_was_forgotten(house: House) -> None:
    """Undoing "remember" forgets; forgetting is for good."""
    await house.tell(house.anna, "I take my coffee black")
    async with house.memory(house.anna) as memory:
        await memory.revert({"do": "forget", "id": (await memory.all())[0].id})
        assert await memory.all() == []
        with pytest.raises(Conflict):
            await memory.revert({"do": "nothing"})


async def test_killing_the_model_mid_way_loses_nothing(house: House, embedding: SentenceTransformersEmbedding) -> None:
    """kill -9 while it indexes in the background: recall goes on by words, and all is indexed in the end."""
    async with house.rows(house.anna) as rows:
        memory = Memory(rows, house.index)
        for number in range(40):
            await memory.remember(f"Box {number} in the attic holds number {number} of my records", at=NOW)
    house.index.soon(house.anna, partial(house.rows, house.anna))
    await asyncio.sleep(0.1)
    assert embedding.pid is not None
    os.kill(embedding.pid, signal.SIGKILL)
    assert "Box 7 in the attic holds number 7 of my records" in await house.recalled(house.anna, "box 7")
    for _ in range(600):
        if await house.vectors.count(house.anna) == 40:
            break
        await asyncio.sleep(0.1)

    assert await house.vectors.count(house.anna) == 40
    async with house.rows(house.anna) as rows:
        assert not await rows.unembedded()
