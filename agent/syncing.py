"""Keeping copies of outside accounts fresh, and sending what waits: round by round, sooner while someone is talking to us."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Protocol

from integrations.cache import Cache
from integrations.clock import Clock
from integrations.errors import ChronusError, NotConnected, Unavailable
from integrations.store.database import Database
from integrations.store.intents import waiting_people
from integrations.store.mirrors import KINDS, Kind, Mirror, Mirrors, Progress, mirrors_of

log = logging.getLogger(__name__)

TICK = 2.0
"""Seconds between two looks at what is due."""
ACTIVE, QUIET = timedelta(seconds=30), timedelta(minutes=5)
"""How old a copy gets while its person is about, and while they aren't."""
LONGEST = timedelta(hours=1)
"""Between two tries at what keeps failing."""
ABOUT = 300
"""Seconds for which someone who spoke counts as being about."""
LEASE = 120
"""Seconds after which another process takes over from one that died while reading."""
FRESH = timedelta(seconds=15)
"""A copy not older than this needs no look before an answer."""
GRACE = 0.4
"""Seconds an answer waits for a fresher copy; a longer look goes on beside it."""


class Copy(Protocol):
    """One person's copy of one outside account."""

    @property
    def kind(self) -> Kind:
        """What it is a copy of."""
        ...

    async def sync(self, progress: Progress) -> None:
        """Read what is new. Raises `NotConnected` and `Unavailable`; how it went stands in `Mirrors`."""
        ...

    async def settle(self) -> None:
        """Send what waits, and find out what became of what was sent."""
        ...


Copies = Callable[[str], Awaitable[Sequence[Copy]]]
"""The copies that a person has; none when they are not connected."""
People = Callable[[], Awaitable[Sequence[str]]]
"""Everyone who is connected."""


class Syncing:
    """The rounds of one process; of many processes one reads at a time, by a lease in the cache.

    `changed` hears of what was read; `known` once, when an account has been read to its end for the first time.
    """

    def __init__(
        self,
        database: Database,
        cache: Cache,
        clock: Clock,
        people: People,
        copies: Copies,
        *,
        changed: Callable[[str, Kind], None] = lambda *_: None,
        known: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        self._database, self._cache, self._clock = database, cache, clock
        self._people, self._copies, self._changed, self._known = people, copies, changed, known
        self._running: dict[tuple[str, Kind], asyncio.Task[None]] = {}
        self._read: dict[tuple[str, Kind], tuple[int, int | None]] = {}
        self._begun: set[tuple[str, Kind]] = set()
        """Whose reading has begun, or won't: what happens from now on it may not see."""
        self._again: dict[tuple[str, Kind], Copy] = {}
        """What to look at once more when the reading under way has ended."""

    async def run(self) -> None:
        """Until cancelled. A round that fails is told in the log, and the next one comes."""
        while True:
            try:
                await self.round()
            except ChronusError as error:
                log.warning("the copies could not be looked after: %s", error.say)
            await asyncio.sleep(TICK)

    async def round(self) -> None:
        """Begin what is due."""
        due = await self.due()
        for person_id in {person_id: None for person_id, _ in due}:
            for copy in await self._copies(person_id):
                if (person_id, copy.kind) in due:
                    self._begin(person_id, copy, read=due[person_id, copy.kind])

    async def due(self) -> dict[tuple[str, Kind], bool]:
        """What should be looked at now: whose copy, of what, and whether to be read anew or only to send what waits."""
        if not (people := await self._people()):
            return {}
        async with self._database.look() as session:
            waiting = await waiting_people(session, self._clock())
            mirrors = await mirrors_of(session, people)
        found: dict[tuple[str, Kind], bool] = {}
        for person_id in people:
            old = await self._old(person_id, mirrors.get(person_id, []))
            found |= {(person_id, kind): kind in old for kind in KINDS if kind in old or person_id in waiting}
        return found

    async def look(self, person_id: str, kind: Kind, *, read: bool = True) -> None:
        """Look at one copy, to the end: send what waits, then read what is new. How it went stands in `Mirrors`."""
        for copy in await self._copies(person_id):
            if copy.kind == kind:
                await self._begin(person_id, copy, read=read)

    async def about(self, person_id: str) -> None:
        """They are talking to us: what they may ask about is looked at more often."""
        await self._cache.put(f"about:{person_id}", "1", seconds=ABOUT)

    async def soon(self, person_id: str, kinds: Iterable[str] = KINDS) -> list[asyncio.Task[None]]:
        """Look now, beside everything else: something has changed. A reading that began before is followed by another."""
        return await self._looks(person_id, kinds, again=True)

    async def _looks(self, person_id: str, kinds: Iterable[str], *, again: bool) -> list[asyncio.Task[None]]:
        wanted = set(kinds)
        return [self._begin(person_id, one, again=again) for one in await self._copies(person_id) if one.kind in wanted]

    async def freshen(self, person_id: str, *, grace: float = GRACE) -> None:
        """Before an answer: look at what is older than a moment, and wait for it, but not for long."""
        if person_id not in await self._people():
            return
        await self.about(person_id)
        async with self._database.look() as session:
            mirrors = await Mirrors(session, person_id).all()
        old = {one.kind for one in mirrors if not _newer(one, self._clock() - FRESH)}
        looks = await self._looks(person_id, old, again=False) if old else []
        if looks:
            await asyncio.wait(looks, timeout=grace)

    def progress(self, person_id: str, kind: Kind) -> tuple[int, int | None] | None:
        """How far a reading in this process has come; None when there is none."""
        return self._read.get((person_id, kind))

    async def read_so_far(self, person_id: str, kind: Kind) -> tuple[int, int | None] | None:
        """The same, wherever the reading goes on."""
        if (here := self.progress(person_id, kind)) is not None:
            return here
        with suppress(Unavailable):
            if told := await self._cache.get(f"read:{person_id}:{kind}"):
                done, _, total = told.partition("/")
                return int(done), int(total) if total else None
        return None

    async def keep_fresh(self, person_id: str) -> None:
        """While they are talking to us, until cancelled: no answer has to wait then."""
        while True:
            try:
                await self.freshen(person_id, grace=0)
            except ChronusError as error:
                log.warning("the copies could not be looked at: %s", error.code)
            await asyncio.sleep(FRESH.total_seconds() * 2 / 3)

    async def settled(self) -> None:
        """Wait for what is under way."""
        while self._running:
            await asyncio.wait(self._running.values())

    async def stop(self, person_id: str) -> None:
        """Read no more of this person's: their account is about to go."""
        for key in [key for key in self._again if key[0] == person_id]:
            del self._again[key]
        await _cancelled([task for (whose, _), task in self._running.items() if whose == person_id])

    async def drain(self) -> None:
        """Stop; what was under way goes on where it was at the next start."""
        self._again.clear()
        await _cancelled(list(self._running.values()))

    async def _old(self, person_id: str, mirrors: Sequence[Mirror]) -> set[Kind]:
        """Kinds of copies that are older than they should get."""
        now = self._clock()
        old = {kind for kind in KINDS if not any(mirror.kind == kind for mirror in mirrors)}
        if any(_waited(one, ACTIVE, now) for one in mirrors):
            every = ACTIVE if await self._cache.get(f"about:{person_id}") else QUIET
            old |= {kind for kind in KINDS if any(_waited(one, every, now) for one in mirrors if one.kind == kind)}
        return old

    def _begin(self, person_id: str, copy: Copy, *, read: bool = True, again: bool = False) -> asyncio.Task[None]:
        """`again`: a reading that is under way doesn't count, as what it is for may have happened after it began."""
        key = (person_id, copy.kind)
        if key not in self._running:
            task = self._running[key] = asyncio.create_task(self._look(person_id, copy, read, again))
            task.add_done_callback(lambda done: self._ended(key, done))
            if not read:
                self._begun.add(key)
        elif again and key in self._begun:
            self._again[key] = copy
        return self._running[key]

    def _ended(self, key: tuple[str, Kind], done: asyncio.Task[None]) -> None:
        self._running.pop(key, None)
        self._read.pop(key, None)
        self._begun.discard(key)
        again = self._again.pop(key, None)
        if again is not None and not done.cancelled():
            self._begin(key[0], again)

    async def _look(self, person_id: str, copy: Copy, read: bool, again: bool) -> None:
        mark = f"sync:{person_id}:{copy.kind}:again"
        try:
            held = await self._held(person_id, copy, read, mark)
            if again and not held:  # another process is at it, and looks once more; or it has just ended
                await self._cache.put(mark, "1", seconds=LONGEST.total_seconds())
                held = await self._held(person_id, copy, read, mark)
            if held and await self._cache.take(mark):
                fresh = [one for one in await self._copies(person_id) if one.kind == copy.kind]
                self._again |= {(person_id, one.kind): one for one in fresh}
        except NotConnected as error:
            log.info("%s of a person is not connected: %s", copy.kind, error.code)
        except ChronusError as error:
            log.warning("%s could not be read: %s", copy.kind, error.code)

    async def _held(self, person_id: str, copy: Copy, read: bool, mark: str) -> bool:
        """Send what waits and read, if nobody else is at it; whether that was so."""
        key = (person_id, copy.kind)
        async with self._leased(f"sync:{person_id}:{copy.kind}") as ours:
            if ours:
                await copy.settle()
            if ours and read:
                await self._cache.drop(mark)  # what was asked for until now is seen
            self._begun.add(key)
            if ours and read:
                await self._sync(key, copy)
        return ours

    async def _sync(self, key: tuple[str, Kind], copy: Copy) -> None:
        """Read what is new; open pages are told when something was, also of what came before it failed."""
        found = 0
        first = bool(self._known) and not await self._all_read(key[0])

        def progress(done: int, total: int | None) -> None:
            nonlocal found
            found = max(found, done)
            self._read[key] = (done, total)

        try:
            async with self._told(*key):
                await copy.sync(progress)
        finally:
            if found:
                self._changed(*key)
        if self._known and first and await self._all_read(key[0]):
            await self._known(key[0])

    async def _all_read(self, person_id: str) -> bool:
        """Whether there is nothing left of their account that was never read."""
        kinds = {copy.kind for copy in await self._copies(person_id)}
        async with self._database.look() as session:
            mirrors = await Mirrors(session, person_id).all()
        unread = {one.kind for one in mirrors if one.synced_at is None}
        return kinds <= {one.kind for one in mirrors} - unread

    @asynccontextmanager
    async def _told(self, person_id: str, kind: Kind) -> AsyncIterator[None]:
        """Other processes are told how far a long reading has come."""

        async def tell() -> None:
            while True:
                await asyncio.sleep(TICK)
                if (read := self.progress(person_id, kind)) is not None:
                    with suppress(Unavailable):  # it is only shown
                        told = f"{read[0]}/{read[1] or ''}"
                        await self._cache.put(f"read:{person_id}:{kind}", told, seconds=3 * TICK)

        telling = asyncio.create_task(tell())
        try:
            yield
        finally:
            telling.cancel()

    @asynccontextmanager
    async def _leased(self, lease: str) -> AsyncIterator[bool]:
        """Whether it is ours; kept for as long as the block takes, a first reading of a large mailbox too."""

        async def keep() -> None:
            while True:
                await asyncio.sleep(LEASE / 3)
                with suppress(Unavailable):  # the lease lasts for two more tries
                    await self._cache.put(lease, "1", seconds=LEASE)

        if not await self._cache.put_new(lease, "1", seconds=LEASE):
            yield False
            return
        keeping = asyncio.create_task(keep())
        try:
            yield True
        finally:
            keeping.cancel()
            await self._cache.drop(lease)


async def _cancelled(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _newer(mirror: Mirror, than: datetime) -> bool:
    return mirror.synced_at is not None and mirror.synced_at >= than


def _waited(mirror: Mirror, every: timedelta, now: datetime) -> bool:
    return mirror.tried_at is None or mirror.tried_at + _pause(mirror, every) <= now


def _pause(mirror: Mirror, every: timedelta) -> timedelta:
    """Longer with each failure, up to an hour."""
    longer: timedelta = every * 2 ** min(mirror.failures, 10)
    return min(longer, LONGEST)
