"""Sentences to vectors by sentence-transformers, in a process of its own, far from the voice loop."""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from integrations.embedding.process import Worker, WorkerGone
from integrations.errors import Unavailable

log = logging.getLogger(__name__)

SIZE = 384  # all-MiniLM-L6-v2
AT_ONCE = 16  # a recall waits for at most this many sentences of a rebuild
LONGEST = 2_000  # characters; the model reads about the first thousand


class SentenceTransformersEmbedding:
    """Keeps one worker process: started at the first use, started anew once when it dies, ended with us."""

    size = SIZE

    def __init__(self, folder: Path, *, starting: float = 90.0, answering: float = 20.0) -> None:
        """`folder` holds the verified model; `starting` and `answering` are the longest waits in seconds."""
        self._folder = folder.resolve()
        self._starting = starting
        self._answering = answering
        self._worker: asyncio.Task[Worker] | None = None
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def pid(self) -> int | None:
        """The worker's process, while there is one."""
        worker = self._running
        return worker.pid if worker else None

    @property
    def ready(self) -> bool:
        """Whether an answer can be had without waiting for a start."""
        worker = self._running
        return worker is not None and worker.ready

    async def warm(self) -> None:
        """Start the worker now, so that nobody waits for it later. Raises `Unavailable`."""
        await self.embed(["ready"])

    async def embed(self, sentences: Sequence[str]) -> list[list[float]]:
        """One unit vector a sentence, in order. Raises `Unavailable`."""
        vectors: list[list[float]] = []
        for start in range(0, len(sentences), AT_ONCE):
            some = [sentence[:LONGEST] for sentence in sentences[start : start + AT_ONCE]]
            vectors += await self._ask(some)
        return vectors

    async def close(self) -> None:
        """End the worker and wait until it is gone; nothing can be asked afterwards."""
        self._closed = True
        await self._stop(self._worker)

    @property
    def _running(self) -> Worker | None:
        task = self._worker
        if task is None or not task.done() or task.cancelled() or task.exception():
            return None
        return task.result()

    async def _ask(self, sentences: list[str]) -> list[list[float]]:
        for again in (False, True):
            task = await self._current()
            try:
                # Shielded: whoever gives up waiting must not take the starting worker with them.
                worker = await asyncio.shield(task)
                await worker.until_ready(self._starting)
                return await worker.ask(sentences, self._answering)
            except TimeoutError as error:
                await self._stop(task)
                raise Unavailable("My memory search isn't answering right now.") from error
            except (WorkerGone, OSError) as error:
                log.warning("the embedding process is gone (%s)%s", error, "" if again else ", starting another")
                await self._stop(task)
        raise Unavailable("My memory search isn't working right now.")

    async def _current(self) -> asyncio.Task[Worker]:
        if (worker := self._running) and not worker.worth_asking:
            await self._stop(self._worker)
        if self._closed:
            raise Unavailable("My memory search has been closed.")
        if self._worker is None:
            self._worker = asyncio.create_task(Worker.start(self._folder))
        return self._worker

    async def _stop(self, task: asyncio.Task[Worker] | None) -> None:
        """End this worker, unless somebody else already has; the next question starts a new one."""
        if task is None:
            return
        if self._worker is task:
            self._worker = None
        try:
            worker = await asyncio.shield(task)
        except OSError:
            return  # it never came to life
        await worker.stop()
