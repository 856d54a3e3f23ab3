"""What a process keeps open, and the one place where keepers are chosen."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from zoneinfo import ZoneInfo

import tzlocal

from agent.assistant import Assistant
from agent.commands import BuiltInMind
from agent.context import Context, Where
from agent.memory import Memory, MemoryIndex
from agent.tools import toolbox
from agent.tools.base import Toolbox
from integrations.cache import Cache
from integrations.cache.redis import open_cache
from integrations.calendar.local import LocalCalendar
from integrations.clock import Clock, system_clock
from integrations.email.local import LocalMail
from integrations.embedding.sentences import SentenceTransformersEmbedding
from integrations.errors import Invalid, Unavailable
from integrations.model import Model
from integrations.settings import Settings
from integrations.speech import Recognizer, Synthesizer
from integrations.speech.choose import choose_recognizer, choose_synthesizer
from integrations.store import demo
from integrations.store.approvals import Approvals
from integrations.store.changes import Changes
from integrations.store.conversations import Conversations
from integrations.store.database import Database, open_database
from integrations.store.memories import Memories
from integrations.store.migrations import migrate
from integrations.store.people import People, Person
from integrations.store.reminders import Reminders
from integrations.tasks.local import LocalTasks
from integrations.vectors.qdrant import open_vectors
from integrations.weights import locate, voice_name, whisper_name

log = logging.getLogger(__name__)

Check = Callable[[], Awaitable[None]]
ROOM = 8_000_000
"""Bytes of disk below which this process will soon fail to keep what it is told."""


@dataclass(frozen=True, kw_only=True)
class Services:
    """Opened once a process; handed to routes, live conversations and jobs."""

    settings: Settings
    clock: Clock
    zone: ZoneInfo
    database: Database
    cache: Cache
    index: MemoryIndex
    model: Model
    toolbox: Toolbox
    recognizer: Recognizer | None
    synthesizer: Synthesizer | None

    @cached_property
    def assistant(self) -> Assistant:
        """The one brain of this process."""
        return Assistant(self, self.model, self.toolbox)

    async def owner(self) -> Person:
        """The person whose machine this is."""
        async with self.database.work() as session:
            return await People(session).owner(self.zone.key, self.clock())

    async def person(self, person_id: str) -> Person:
        """Raises `NotFound`."""
        async with self.database.look() as session:
            return await People(session).get(person_id)

    def zone_of(self, person: Person) -> ZoneInfo:
        """Where the person's days begin and end."""
        return ZoneInfo(person.zone)

    def now(self, person: Person) -> datetime:
        """The present moment on the person's clock."""
        return self.clock().astimezone(self.zone_of(person))

    @asynccontextmanager
    async def context(
        self,
        person: Person,
        *,
        channel: str = "text",
        write: bool = True,
        where: Where | None = None,
        approved: str | None = None,
        now: datetime | None = None,
    ) -> AsyncIterator[Context]:
        """One transaction as this person; what they were told to remember is indexed once it is kept."""
        zone = self.zone_of(person)
        opening = self.database.work() if write else self.database.look()
        async with opening as session:
            ctx = Context(
                person=person,
                zone=zone,
                now=(now or self.clock()).astimezone(zone),
                channel=channel,
                calendar=LocalCalendar(session, person.id, zone, self.clock),
                tasks=LocalTasks(session, person.id, zone, self.clock),
                mail=LocalMail(session, person.id, zone, self.clock),
                reminders=Reminders(session, person.id),
                memory=Memory(Memories(session, person.id), self.index),
                changes=Changes(session, person.id),
                approvals=Approvals(session, person.id),
                conversations=Conversations(session, person.id),
                where=where,
                approved=approved,
            )
            yield ctx
        if ctx.memory.written:
            self.index.soon(person.id, partial(self._memories, person.id))

    async def look_after_memories(self) -> None:
        """Index in the background what an earlier process left undone; it wakes the embedding too."""
        owner = await self.owner()
        self.index.soon(owner.id, partial(self._memories, owner.id))

    @asynccontextmanager
    async def _memories(self, person_id: str) -> AsyncIterator[Memories]:
        async with self.database.work() as session:
            yield Memories(session, person_id)

    async def load_sample_day(self, *, only_first: bool = False) -> None:
        """Put the sample day beside what the owner has; `only_first`: unless they have something already."""
        async with self.database.work() as session:
            owner = await People(session).owner(self.zone.key, self.clock())
            now = self.now(owner)
            calendar = LocalCalendar(session, owner.id, self.zone_of(owner), self.clock)
            if only_first and await calendar.between(now - timedelta(days=30), now + timedelta(days=365)):
                return
            await demo.load(session, owner, now)

    def checks(self) -> dict[str, Check]:
        """What must work for this process to be of use, each raising `Unavailable` when it doesn't."""
        found: dict[str, Check] = {"database": self.database.ping, "cache": self.cache.ping, "memory": self.index.ping}
        return found | {"disk": self._room}

    async def _room(self) -> None:
        free = await asyncio.to_thread(shutil.disk_usage, self.settings.data)
        if free.free < ROOM:
            raise Unavailable(f"My disk is full: {free.free / 1e6:.1f} MB are free in {self.settings.data}.")


@asynccontextmanager
async def open_services(
    settings: Settings, *, clock: Clock = system_clock, model: Model | None = None, speech: bool = True
) -> AsyncIterator[Services]:
    """Open everything the settings ask for, and close it in reverse."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    database_url = settings.database.url.get_secret_value() if settings.database.url else None
    redis_url = settings.redis.url.get_secret_value() if settings.redis.url else None
    if settings.environment == "local":
        with _named("CHRONUS_DATABASE__URL"):
            await migrate(database_url, settings.data)
    async with AsyncExitStack() as stack:
        opened = Services(
            settings=settings,
            clock=clock,
            zone=ZoneInfo(settings.timezone or tzlocal.get_localzone_name()),
            database=await _open_database(database_url, settings.data, stack),
            cache=await _open_cache(redis_url, stack),
            index=await _open_index(settings, stack),
            model=model or BuiltInMind(),
            toolbox=toolbox(),
            recognizer=_recognizer(settings) if speech else None,
            synthesizer=_synthesizer(settings) if speech else None,
        )
        stack.push_async_callback(opened.assistant.drain)
        if settings.demo:
            await opened.load_sample_day(only_first=True)
        yield opened


@contextmanager
def _named(variable: str) -> Iterator[None]:
    """An address that makes no sense is told with the name of the variable it stands in."""
    try:
        yield
    except Invalid as error:
        raise Invalid(f"{variable}: {error.say}") from error


async def _open_database(url: str | None, data: Path, stack: AsyncExitStack) -> Database:
    with _named("CHRONUS_DATABASE__URL"):
        return await stack.enter_async_context(open_database(url, data))


async def _open_cache(url: str | None, stack: AsyncExitStack) -> Cache:
    with _named("CHRONUS_REDIS__URL"):
        return await stack.enter_async_context(open_cache(url))


def _recognizer(settings: Settings) -> Recognizer | None:
    """Who hears; nobody where the weights are missing: typing still works, and /health/ready says why."""
    try:
        find = partial(locate, folder=settings.weights)
        return choose_recognizer(settings.speech, model=whisper_name(settings), locate=find)
    except Unavailable as error:
        log.warning("I can't hear: %s", error.say)
        return None


def _synthesizer(settings: Settings) -> Synthesizer | None:
    """Who speaks; nobody where there is no voice."""
    try:
        find = partial(locate, folder=settings.weights)
        return choose_synthesizer(settings.speech, voice=voice_name(settings), locate=find)
    except Unavailable as error:
        log.warning("I can't speak: %s", error.say)
        return None


async def _open_index(settings: Settings, stack: AsyncExitStack) -> MemoryIndex:
    """The search in memories; without its weights memories are still found by their words."""
    url = str(settings.qdrant.url) if settings.qdrant.url else None
    key = settings.qdrant.api_key.get_secret_value() if settings.qdrant.api_key else None
    vectors = await stack.enter_async_context(open_vectors(url, key, settings.data / "vectors"))
    try:
        folder = locate("minilm", folder=settings.weights)
    except Unavailable as error:
        log.warning("memories are found by their words only: %s", error.say)
        index = MemoryIndex(None, vectors)
    else:
        index = MemoryIndex(await stack.enter_async_context(SentenceTransformersEmbedding(folder)), vectors)
    stack.push_async_callback(index.close)
    return index
