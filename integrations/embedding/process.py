"""The parent's end of the embedding process: start it, ask it, notice its end, reap it."""

import asyncio
import json
import logging
import struct
import sys
import time
from array import array
from pathlib import Path

import integrations
from integrations.errors import Unavailable

log = logging.getLogger(__name__)

READY = 0  # the id of the worker's first word
RETRY = 60.0  # seconds until a model that could not be loaded is tried again


class WorkerGone(Exception):
    """The process ended, or its pipe broke, before it answered."""


class Worker:
    """One running embedding process and the questions it still owes us."""

    def __init__(
        self, process: asyncio.subprocess.Process, asks: asyncio.StreamWriter, answers: asyncio.StreamReader
    ) -> None:
        self._process, self._asks, self._answers = process, asks, answers
        self._next = READY
        self._refused_at: float | None = None
        self._owed: dict[int, asyncio.Future[list[list[float]]]] = {}
        self._hello = self._promise()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, folder: Path) -> "Worker":
        """Start a process. It sees its parent's end by the end of its input, so it never outlives us."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "integrations.embedding.worker",
            str(folder),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=Path(integrations.__file__).parent.parent,
            start_new_session=True,  # Ctrl-C is for the server, which then ends it in good order
        )
        if process.stdin is None or process.stdout is None:
            raise OSError("the worker has no pipes")
        return cls(process, process.stdin, process.stdout)

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def ready(self) -> bool:
        """Whether it has loaded its model and still lives."""
        return self._hello.done() and not self._hello.exception() and not self._reading.done()

    @property
    def worth_asking(self) -> bool:
        """False once its model could not be loaded and a while has passed: the weights may be there by now."""
        return self._refused_at is None or time.monotonic() < self._refused_at + RETRY

    async def until_ready(self, seconds: float) -> None:
        """Wait for the model to be loaded. Raises `WorkerGone`, `TimeoutError`."""
        async with asyncio.timeout(seconds):
            await asyncio.shield(self._hello)

    async def ask(self, sentences: list[str], seconds: float) -> list[list[float]]:
        """Have these embedded. Raises `WorkerGone`, `TimeoutError`; giving up leaves the worker in order."""
        if self._reading.done():
            raise WorkerGone("ended")
        number, promise = self._next, self._promise()
        body = json.dumps({"id": number, "sentences": sentences}).encode()
        try:
            async with asyncio.timeout(seconds):
                self._asks.write(struct.pack(">I", len(body)) + body)
                await self._asks.drain()
                return await promise
        finally:
            self._owed.pop(number, None)

    async def stop(self) -> None:
        """Kill it: it holds nothing that could be lost. Returns when it is reaped."""
        if self._process.returncode is None:
            self._process.kill()
        await self._reading
        await self._process.wait()

    def _promise(self) -> "asyncio.Future[list[list[float]]]":
        promise: asyncio.Future[list[list[float]]] = asyncio.get_running_loop().create_future()
        self._owed[self._next] = promise
        self._next += 1
        return promise

    async def _read(self) -> None:
        """Hand each answer to whoever waits for it; when the pipe ends, tell all of them."""
        why = "ended"
        try:
            while True:
                head = json.loads(await self._frame())
                vectors = _vectors(await self._frame(), head["size"]) if head.get("rows") else []
                self._settle(head["id"], vectors, head.get("error"))
        except (asyncio.IncompleteReadError, OSError, ValueError, KeyError, struct.error) as error:
            why = type(error).__name__
        finally:
            for promise in self._owed.values():
                if not promise.done():
                    promise.set_exception(WorkerGone(why))
                    promise.exception()  # nobody may be waiting any more; that is no error

    async def _frame(self) -> bytes:
        (length,) = struct.unpack(">I", await self._answers.readexactly(4))
        return await self._answers.readexactly(length)

    def _settle(self, number: int, vectors: list[list[float]], error: str | None) -> None:
        promise = self._owed.get(number)
        if promise is None or promise.done():
            return  # whoever asked has stopped waiting
        if error is None:
            promise.set_result(vectors)
        elif number == READY:
            log.error("the embedding model was not loaded: %s", error)
            self._refused_at = time.monotonic()
            promise.set_exception(Unavailable("My memory search can't load its model."))
            promise.exception()
        else:
            promise.set_exception(Unavailable("My memory search can't read that."))


def _vectors(body: bytes, size: int) -> list[list[float]]:
    flat = array("f", body)
    if sys.byteorder == "big":
        flat.byteswap()
    return [flat[start : start + size].tolist() for start in range(0, len(flat), size)]
