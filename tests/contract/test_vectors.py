"""Every keeper of vectors keeps the same promises: embedded in a folder, and at a server."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from integrations.errors import Unavailable
from integrations.vectors import Vectors
from integrations.vectors.collection import SIZE
from integrations.vectors.qdrant import open_vectors
from tests.emulators.qdrant import served_qdrant

ANNA, BEN = uuid4().hex, uuid4().hex


def towards(place: int, *, a_little: int | None = None) -> list[float]:
    """A unit vector along one axis, perhaps leaning towards another."""
    vector = [0.0] * SIZE
    vector[place] = 1.0
    if a_little is not None:
        vector[place], vector[a_little] = 0.8, 0.6
    return vector


@pytest.fixture(params=["folder", "server"])
async def vectors(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Vectors]:
    if request.param == "folder":
        async with open_vectors(None, None, tmp_path / "vectors") as opened:
            yield opened
        return
    async with served_qdrant() as url, open_vectors(url, None, tmp_path / "unused") as opened:
        yield opened


async def test_the_nearest_come_first_with_their_likeness(vectors: Vectors) -> None:
    """A question is answered with ids as they were given, best first, and their cosines."""
    same, close, other = (uuid4().hex for _ in range(3))
    await vectors.put(ANNA, other, towards(2), {})
    await vectors.put(ANNA, close, towards(1, a_little=2), {})
    await vectors.put(ANNA, same, towards(1), {})

    found = await vectors.near(ANNA, towards(1), first=2)

    assert [near.id for near in found] == [same, close]
    assert [near.score for near in found] == pytest.approx([1.0, 0.8], abs=1e-5)


async def test_nobody_finds_what_is_anothers(vectors: Vectors) -> None:
    """However near, another person's vector is not found, counted or dropped."""
    hers = uuid4().hex
    await vectors.put(ANNA, hers, towards(1), {})

    await vectors.drop(BEN, [hers])

    assert await vectors.near(BEN, towards(1)) == []
    assert await vectors.count(BEN) == 0
    assert await vectors.count(ANNA) == 1


async def test_facts_narrow_the_search(vectors: Vectors) -> None:
    """Asked for one type, only that type is found."""
    habit, fact = uuid4().hex, uuid4().hex
    await vectors.put(ANNA, habit, towards(1), {"type": "habit"})
    await vectors.put(ANNA, fact, towards(1), {"type": "fact"})

    assert [near.id for near in await vectors.near(ANNA, towards(1), facts={"type": "habit"})] == [habit]


async def test_putting_again_replaces(vectors: Vectors) -> None:
    """A changed memory has one vector, the new one."""
    one = uuid4().hex
    await vectors.put(ANNA, one, towards(1), {})
    await vectors.put(ANNA, one, towards(2), {})

    assert await vectors.count(ANNA) == 1
    assert (await vectors.near(ANNA, towards(2)))[0].score == pytest.approx(1.0, abs=1e-5)


async def test_what_is_dropped_is_gone(vectors: Vectors) -> None:
    """Dropped ids are not found again; unknown ones are no error."""
    gone, kept = uuid4().hex, uuid4().hex
    await vectors.put(ANNA, gone, towards(1), {})
    await vectors.put(ANNA, kept, towards(2), {})

    await vectors.drop(ANNA, [gone, uuid4().hex])
    await vectors.drop(ANNA, [])

    assert [near.id for near in await vectors.near(ANNA, towards(1))] == [kept]


async def test_who_leaves_takes_all_and_nobody_elses(vectors: Vectors) -> None:
    """Every vector of a person goes at once, also those that no row knows of."""
    for person in ("anna", "bob"):
        for _ in range(3):
            await vectors.put(person, uuid4().hex, [1.0] + [0.0] * 383, {"type": "fact"})
    await vectors.forget("anna")
    assert (await vectors.count("anna"), await vectors.count("bob")) == (0, 3)


async def test_many_at_once_lose_nothing(vectors: Vectors) -> None:
    """Sixty writes at the same moment are sixty vectors."""
    await asyncio.gather(*(vectors.put(ANNA, uuid4().hex, towards(n), {}) for n in range(60)))

    assert await vectors.count(ANNA) == 60


async def test_a_folder_keeps_its_vectors_over_a_restart(tmp_path: Path) -> None:
    """What was put before the process ended is found by the next one."""
    one = uuid4().hex
    async with open_vectors(None, None, tmp_path / "vectors") as vectors:
        await vectors.put(ANNA, one, towards(1), {})

    async with open_vectors(None, None, tmp_path / "vectors") as vectors:
        assert [near.id for near in await vectors.near(ANNA, towards(1))] == [one]


# the client itself leaves the lock's file to the garbage collector when it is refused
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_folder_in_use_is_a_named_refusal_until_it_is_free(tmp_path: Path) -> None:
    """A second process on the same folder is told `Unavailable`, and works once the first has let go."""
    async with open_vectors(None, None, tmp_path / "vectors") as second:
        async with open_vectors(None, None, tmp_path / "vectors") as first:
            await first.put(ANNA, uuid4().hex, towards(1), {})
            with pytest.raises(Unavailable):
                await second.count(ANNA)
        assert await second.count(ANNA) == 1


@pytest.mark.parametrize("broken", ["meta.json", "collection/memories/storage.sqlite"])
async def test_a_spoiled_folder_is_put_aside(tmp_path: Path, broken: str) -> None:
    """An index that can't be read never stops the server: it begins anew, and the old one is kept beside it."""
    async with open_vectors(None, None, tmp_path / "vectors") as vectors:
        await vectors.put(ANNA, uuid4().hex, towards(1), {})
    (tmp_path / "vectors" / broken).write_bytes(b"not what it was" * 100)

    async with open_vectors(None, None, tmp_path / "vectors") as vectors:
        assert await vectors.count(ANNA) == 0
        await vectors.put(ANNA, uuid4().hex, towards(1), {})
        assert await vectors.count(ANNA) == 1
    assert await asyncio.to_thread(lambda: list(tmp_path.glob("vectors.broken-*")))


async def test_a_server_that_is_not_there_is_a_named_refusal(tmp_path: Path) -> None:
    """Opening never fails; the first question says `Unavailable`."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with open_vectors(url, None, tmp_path) as vectors:
        with pytest.raises(Unavailable):
            await vectors.count(ANNA)


async def test_a_silent_server_is_given_up_after_two_seconds(tmp_path: Path) -> None:
    """A server that takes the connection and says nothing costs no more than its two seconds."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with open_vectors(url, None, tmp_path) as vectors:
            began = time.monotonic()
            with pytest.raises(Unavailable):
                await vectors.count(ANNA)
            assert time.monotonic() - began < 4


async def test_a_collection_that_vanished_is_made_again(tmp_path: Path) -> None:
    """When the server has lost its collection, one refusal later everything works, empty."""
    async with served_qdrant() as url, open_vectors(url, None, tmp_path) as vectors:
        await vectors.put(ANNA, uuid4().hex, towards(1), {})
        async with httpx.AsyncClient() as client:
            await client.delete(f"{url}/collections/memories")
        with pytest.raises(Unavailable):
            await vectors.count(ANNA)

        assert await vectors.count(ANNA) == 0


async def test_a_wrong_key_is_a_named_refusal(tmp_path: Path) -> None:
    """A server that doesn't know our key is `Unavailable`, and its answer is not repeated to the person."""
    async with served_qdrant(api_key="right") as url, open_vectors(url, None, tmp_path) as vectors:
        with pytest.raises(Unavailable) as refused:
            await vectors.count(ANNA)
    assert "401" not in refused.value.say
