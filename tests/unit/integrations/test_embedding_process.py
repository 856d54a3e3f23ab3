"""The embedding process as its parent sees it, with no model: what can't be loaded, and what was closed."""

import os
from pathlib import Path

import pytest

from integrations.embedding.sentences import SentenceTransformersEmbedding
from integrations.errors import Unavailable


async def test_nothing_is_started_before_it_is_needed(tmp_path: Path) -> None:
    """Making one costs no process; asking for nothing gives nothing and starts none."""
    async with SentenceTransformersEmbedding(tmp_path) as embedding:
        assert await embedding.embed([]) == []
        assert embedding.pid is None
        assert not embedding.ready


async def test_once_closed_it_refuses(tmp_path: Path) -> None:
    """After closing a question is a named refusal and starts no process."""
    embedding = SentenceTransformersEmbedding(tmp_path)
    await embedding.close()
    with pytest.raises(Unavailable):
        await embedding.embed(["hello"])
    assert embedding.pid is None


async def test_a_start_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    """A worker that isn't ready in time is ended, and the question refused by name."""
    async with SentenceTransformersEmbedding(tmp_path, starting=0.05) as embedding:
        with pytest.raises(Unavailable):
            await embedding.embed(["hello"])
        assert embedding.pid is None
    assert _children() == set()


def _children() -> set[str]:
    """Processes of ours that run the worker."""
    mine = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = (entry / "stat").read_text().rsplit(")", 1)[1].split()[1]
            if int(parent) == os.getpid() and b"embedding.worker" in (entry / "cmdline").read_bytes():
                mine.add(entry.name)
        except OSError:
            continue  # it ended while we looked
    return mine
