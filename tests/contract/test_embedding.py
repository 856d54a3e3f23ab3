"""Sentences become vectors in a process of its own, with the real model, whatever happens to that process."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from integrations.embedding.sentences import SentenceTransformersEmbedding
from integrations.errors import Unavailable
from tests.minilm import minilm  # noqa: F401, a fixture

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def embedding(minilm: Path) -> AsyncIterator[SentenceTransformersEmbedding]:  # noqa: F811
    async with SentenceTransformersEmbedding(minilm) as opened:
        await opened.warm()
        yield opened


def likeness(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


async def test_sentences_of_one_meaning_lie_near(embedding: SentenceTransformersEmbedding) -> None:
    """The model's published cosines come out, from unit vectors of the promised size, in the order asked."""
    alarm, wake, dog = await embedding.embed(["set an alarm for seven", "wake me up at 7am", "my dog is brown"])

    assert len(alarm) == embedding.size
    assert likeness(alarm, alarm) == pytest.approx(1, abs=1e-4)
    assert likeness(alarm, wake) == pytest.approx(0.535, abs=0.01)
    assert likeness(alarm, dog) < 0.15


async def test_many_and_long_sentences_come_back_in_order(embedding: SentenceTransformersEmbedding) -> None:
    """Fifty sentences in one question, one of them endless, are fifty vectors in their order."""
    sentences = [f"number {n} of many" for n in range(49)] + ["and on " * 50_000]
    vectors = await embedding.embed(sentences)
    [alone] = await embedding.embed([sentences[17]])

    assert len(vectors) == 50
    assert likeness(vectors[17], alone) == pytest.approx(1, abs=1e-3)


async def test_our_own_process_never_loads_torch(embedding: SentenceTransformersEmbedding) -> None:
    """The voice loop's process stays free of torch, and the worker is polite about the processor."""
    assert embedding.pid is not None
    asking = "import sys, integrations.embedding.sentences; sys.exit('torch' in sys.modules)"
    ran = await asyncio.create_subprocess_exec(sys.executable, "-c", asking)

    assert await ran.wait() == 0
    assert os.getpriority(os.PRIO_PROCESS, embedding.pid) == 10


async def test_who_stops_waiting_disturbs_nobody(embedding: SentenceTransformersEmbedding) -> None:
    """A question given up half-way leaves the next one its own answer, from the same process."""
    pid = embedding.pid
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.001):
            await embedding.embed(["nobody waits for this " * 50] * 16)
    [vector], [again] = await asyncio.gather(embedding.embed(["coffee"]), embedding.embed(["coffee"]))

    assert likeness(vector, again) == pytest.approx(1, abs=1e-4)
    assert embedding.pid == pid


async def test_a_killed_process_is_replaced_mid_way(embedding: SentenceTransformersEmbedding) -> None:
    """kill -9 while it computes: the question is answered all the same, by a new process."""
    before = embedding.pid
    assert before is not None
    asked = asyncio.create_task(embedding.embed([f"sentence {n} of a rebuild" for n in range(200)]))
    await asyncio.sleep(0.1)
    os.kill(before, signal.SIGKILL)

    assert len(await asked) == 200
    assert embedding.pid not in (None, before)
    assert not _there(before)  # reaped, no zombie


async def test_a_frozen_process_is_a_refusal_then_replaced(minilm: Path) -> None:  # noqa: F811
    """SIGSTOP: the question is refused in its time, the frozen process ended, the next question answered."""
    async with SentenceTransformersEmbedding(minilm, answering=1.0) as embedding:
        await embedding.warm()
        frozen = embedding.pid
        assert frozen is not None
        os.kill(frozen, signal.SIGSTOP)
        with pytest.raises(Unavailable):
            await embedding.embed(["hello"])

        assert not _there(frozen)
        assert len(await embedding.embed(["hello"])) == 1


@pytest.fixture
def spoiled(tmp_path: Path, minilm: Path) -> Path:  # noqa: F811
    """The model's folder with other bytes for weights."""
    for file in minilm.rglob("*"):
        if file.is_file() and ".git" not in file.name:
            there = tmp_path / file.relative_to(minilm)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(b"x" * 100 if file.suffix == ".safetensors" else file.read_bytes())
    return tmp_path


async def test_spoiled_weights_are_a_refusal(spoiled: Path) -> None:
    """A model that can't be loaded is `Unavailable`, at once the second time, and not tried over and over."""
    async with SentenceTransformersEmbedding(spoiled) as embedding:
        with pytest.raises(Unavailable):
            await embedding.embed(["hello"])
        began = time.monotonic()
        with pytest.raises(Unavailable):
            await embedding.embed(["hello"])
        assert time.monotonic() - began < 0.5


async def test_no_orphan_outlives_a_killed_parent(minilm: Path) -> None:  # noqa: F811
    """kill -9 of the server ends the worker too, even while it is still loading."""
    program = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from integrations.embedding.sentences import SentenceTransformersEmbedding\n"
        "async def main():\n"
        "    e = SentenceTransformersEmbedding(Path(sys.argv[1]))\n"
        "    asyncio.create_task(e.warm())\n"
        "    while e.pid is None: await asyncio.sleep(0.01)\n"
        "    print(e.pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, str(minilm), stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    worker = int(await parent.stdout.readline())
    await asyncio.sleep(0.5)
    parent.kill()
    await parent.wait()
    for _ in range(100):
        if not _alive(worker):
            break
        await asyncio.sleep(0.1)

    assert not _alive(worker)


def _there(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
