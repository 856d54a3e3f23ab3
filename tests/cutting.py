"""Cutting work off at one of the places where a crash would make a difference: around every commit and every request."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Generic, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session

T = TypeVar("T")


class Crash(BaseException):
    """The process is no more."""


class Cut:
    """Lets work go on up to the `at`th place, where it ends with all that isn't committed. As tokens, it sees each request."""

    def __init__(self, at: int) -> None:
        self._left = at

    async def access(self) -> str:
        """A request is about to go out."""
        self._here()
        return "good"

    async def renew(self, stale: str) -> str:
        """Never needed."""
        return "good"

    async def through(self, work: Awaitable[Any]) -> bool:
        """Whether it came to its end."""
        with self._watching():
            try:
                await work
            except Crash:
                return False
        return True

    def _here(self, *_: object) -> None:
        self._left -= 1
        if self._left == 0:
            raise Crash

    @contextmanager
    def _watching(self) -> Iterator[None]:
        """Around each commit: before it, and when the next piece of work begins."""
        for when in ("before_commit", "after_begin"):
            event.listen(Session, when, self._here)
        try:
            yield
        finally:
            for when in ("before_commit", "after_begin"):
                event.remove(Session, when, self._here)


class Stepped(Generic[T]):
    """Work that is cut off where it waits for the `at`th time, as a cancelled task is; awaited, it says whether it came to its end.

    `instead`: what happens there instead, such as the end of the process.
    """

    def __init__(self, work: Coroutine[Any, Any, T], at: int, instead: Callable[[], None] | None = None) -> None:
        self._work, self._at, self._instead = work, at, instead
        self.value: T | None = None
        self.waited = 0

    def __await__(self) -> Generator[Any, Any, bool]:
        steps = self._work.__await__()
        go: Callable[[], Any] = partial(next, steps)
        try:
            while True:
                pending = go()
                self.waited += 1
                if self.waited == self._at:
                    if self._instead:
                        self._instead()
                    if pending is not None:
                        pending.cancel()
                    go = partial(steps.throw, asyncio.CancelledError())
                    continue
                try:
                    yield pending
                    go = partial(next, steps)
                except BaseException as error:  # noqa: BLE001 (whatever it is, it belongs to the work)
                    go = partial(steps.throw, error)
        except StopIteration as ended:
            self.value = ended.value
            return self.waited < self._at
        except (asyncio.CancelledError, Exception):  # a driver may say in words of its own that it was cut off
            if self.waited < self._at:
                raise
            return False


class Places:
    """Every wait of a piece of work and of all tasks that it begins; at the `at`th of them something happens."""

    def __init__(self, at: int, then: Callable[[], None]) -> None:
        self._left, self._then = at, then

    async def through(self, work: Coroutine[Any, Any, T]) -> T:
        """Do it; its tasks are watched from now on."""
        asyncio.get_running_loop().set_task_factory(self._task)  # type: ignore[arg-type]  # as asyncio calls it
        return await _Watched(work, self.passed)

    def passed(self) -> None:
        """One more."""
        self._left -= 1
        if self._left == 0:
            self._then()

    def _task(self, loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Any], **more: Any) -> asyncio.Task[Any]:
        async def watched() -> Any:
            return await _Watched(work, self.passed)

        return asyncio.Task(watched(), loop=loop, **more)


class _Watched(Generic[T]):
    """Work that tells of each time it waits."""

    def __init__(self, work: Coroutine[Any, Any, T], waits: Callable[[], None]) -> None:
        self._work, self._waits = work, waits

    def __await__(self) -> Generator[Any, Any, T]:
        steps = self._work.__await__()
        go: Callable[[], Any] = partial(next, steps)
        while True:
            try:
                pending = go()
            except StopIteration as ended:
                value: T = ended.value
                return value
            self._waits()
            try:
                yield pending
                go = partial(next, steps)
            except BaseException as error:  # noqa: BLE001 (whatever it is, it belongs to the work)
                go = partial(steps.throw, error)
