"""What a process keeps open, handed to routes, live conversations and jobs."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from prometheus_client import CollectorRegistry

from agent.aloud import Aloud
from agent.assistant import Assistant
from agent.briefing.recording import Recordings
from agent.calling.ringer import Ringer
from agent.context import Context, Keepers, Where
from agent.guarded import guarded
from agent.leaving import Leaving
from agent.lines import Lines
from agent.memory import Memory, MemoryIndex
from agent.minds import Minds
from agent.news import News
from agent.outside import Outside
from agent.pushes import Pushes
from agent.syncing import Syncing
from agent.telling import Telling
from agent.tools.base import Toolbox
from agent.trust import UNASKED, Hand, Trust
from agent.untold import Untold
from integrations.cache import Cache
from integrations.calendar.local import LocalCalendar
from integrations.clock import Clock
from integrations.errors import Denied, Unavailable
from integrations.google.connection import Google
from integrations.model import Extractor, Model
from integrations.queue import Queue
from integrations.queue.nudges import Nudges
from integrations.settings import Settings
from integrations.speech import Meter, Recognizer, Synthesizer
from integrations.store import demo
from integrations.store.approvals import Approvals
from integrations.store.briefings import Briefings
from integrations.store.changes import Changes
from integrations.store.conversations import Conversations
from integrations.store.database import Database, Session
from integrations.store.digests import Digests
from integrations.store.intents import Intents
from integrations.store.memories import Memories
from integrations.store.notices import Notices
from integrations.store.notifications import Notifications
from integrations.store.origins import Foreigners
from integrations.store.owed import Debts, OwedWork
from integrations.store.people import People, Person
from integrations.store.reminders import Reminders
from integrations.store.ring import Ring
from integrations.store.rotation import seal_plain
from integrations.store.suggestions import Suggestions
from integrations.store.tables import new_id
from integrations.telephone import Dialer

if TYPE_CHECKING:
    pass

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
    extractor: Extractor | None
    mind_figures: CollectorRegistry | None
    """What the mind counts, where it counts."""
    mind_ping: Check | None
    """Whether the mind that was asked for is there; None where the built-in one is all there is."""
    toolbox: Toolbox
    recognizer: Recognizer | None
    synthesizer: Synthesizer | None
    google: Google
    outside: Outside
    syncing: Syncing
    news: News
    aloud: Aloud
    pushes: Pushes
    ring: Ring
    telling: Telling
    nudges: Nudges
    """How workers are told that something is owed."""
    queue: Queue
    dialer: Dialer | None
    """Whom we call people by."""
    meter: Meter
    unasked: bool = False
    """Whether what is done with it is done without anybody's asking: then never what others see or what takes away."""

    @cached_property
    def for_jobs(self) -> "Services":
        """The same for what nobody asked for: no tools, no one to answer, and keepers that only do what is private."""
        without = replace(self, toolbox=Toolbox(()), unasked=True)
        vars(without)["recordings"] = self.recordings  # what is being spoken is known to both
        return without

    @cached_property
    def assistant(self) -> Assistant:
        """The one brain of this process. Raises `Denied` in a job."""
        if self.unasked:
            raise Denied(UNASKED)
        return Assistant(self, self.model, self.toolbox)

    @cached_property
    def lines(self) -> Lines:
        """Which of their lines holds a conversation."""
        return Lines(self.cache, self.news)

    @cached_property
    def untold(self) -> Untold:
        """Answers that outlive the line they were asked on."""
        return Untold(self)

    @cached_property
    def recordings(self) -> Recordings:
        """The sound of briefings."""
        return Recordings(self)

    @cached_property
    def leaving(self) -> Leaving:
        """What is done when somebody goes."""
        return Leaving(self)

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
        key: str | None = None,
        trust: Trust | None = None,
    ) -> AsyncIterator[Context]:
        """One transaction as this person; what they were told to remember is indexed once it is kept.

        `key` names what is done in it, so that a keeper outside does it once however often it is asked.
        `trust`: what it may do; without any it is the person's own hand, or nobody's where nobody asked.
        """
        trust = trust or Trust(hand=Hand.NOBODY if self.unasked else Hand.OWN)
        zone, key = self.zone_of(person), key or new_id()
        opening = self.database.work() if write else self.database.look()
        async with opening as session:
            foreigners = Foreigners(session, person.id)
            kept = self.outside.here(session, person, zone)

            async def under(key: str, **about: str) -> Keepers:
                about = {**_about(where), **about}
                there = await self.outside.keepers(session, person, zone, key, here=kept, about=about)
                return guarded(there, trust, foreigners)

            keepers, here = await under(key), guarded(kept, trust, foreigners)
            ctx = Context(
                person=person,
                zone=zone,
                now=(now or self.clock()).astimezone(zone),
                channel=channel,
                calendar=keepers.calendar,
                tasks=keepers.tasks,
                mail=keepers.mail,
                here=here,
                reminders=Reminders(session, person.id),
                memory=Memory(Memories(session, person.id), self.index),
                changes=Changes(session, person.id),
                approvals=Approvals(session, person.id),
                conversations=Conversations(session, person.id),
                notices=Notices(session, person.id),
                suggestions=Suggestions(session, person.id),
                notifications=Notifications(session, person.id),
                intents=Intents(session, person.id),
                briefings=Briefings(session, person.id),
                digests=Digests(session, person.id),
                debts=Debts(session, person.id),
                foreigners=foreigners,
                limits=self.settings.limits,
                trust=trust,
                ringer=self.ringer(session, person, now or self.clock()),
                where=where,
                approved=approved,
                key=key,
                under=under,
            )
            yield ctx
        self.telling.seen(person.id, ctx.notifications.seen)
        if ctx.changes.touched:
            self.telling.changed_soon(person.id, *ctx.changes.touched)
        if ctx.memory.written:
            self.index.soon(person.id, partial(self._memories, person.id))
        if ctx.memory.forgotten_everywhere:
            self.index.shelves.drop(person.id)
            self.recordings.drop(ctx.memory.silenced)
            self.index.scour_soon(self.database.wipe)

    def ringer(self, session: Session, person: Person, now: datetime) -> Ringer:
        """How they are rung up, within this transaction."""
        at = now.astimezone(self.zone_of(person))
        able = self.dialer is not None and self.settings.public_url is not None
        return Ringer(session, person, at, able=able, a_day=self.settings.limits.calls_a_day)

    async def look_after_memories(self) -> None:
        """Index in the background what an earlier process left undone, and be ready to compare by meaning before a turn asks.

        Where nothing is remembered nothing is loaded: the first memory does that.
        """
        owner = await self.owner()
        async with self.memories(owner.id) as rows:
            some, _ = await rows.stamp()
        self.index.soon(owner.id, partial(self._memories, owner.id))
        if some:
            try:
                await self.index.wake()
            except Unavailable as error:
                log.warning("memories are found by their words for now: %s", error.say)

    async def rebuild_memories(self, person_id: str) -> int:
        """Make all vectors of theirs anew; how many. Raises `Unavailable`."""
        return await self.index.rebuild(person_id, partial(self._memories, person_id))

    @asynccontextmanager
    async def memories(self, person_id: str) -> AsyncIterator[Memories]:
        """A person's memories to look at, and nothing else of theirs."""
        async with self.database.look() as session:
            yield Memories(session, person_id)

    async def look_after_words(self) -> int:
        """Seal what was written before it was sealed; how many values. What lay about unsealed is overwritten."""
        if sealed := await seal_plain(self.database, self.ring):
            await self.database.wipe(whole=True)
        return sealed

    @asynccontextmanager
    async def _memories(self, person_id: str) -> AsyncIterator[Memories]:
        async with self.database.work() as session:
            yield Memories(session, person_id)

    async def load_sample_day(self, *, only_first: bool = False) -> None:
        """Put the sample day beside what the owner has; `only_first`: unless they have something already.

        At the first start its mail is read and its briefing written at once, whatever the hour: the next morning is far away.
        """
        async with self.database.work() as session:
            owner = await People(session).owner(self.zone.key, self.clock())
            now = self.now(owner)
            calendar = LocalCalendar(session, owner.id, self.zone_of(owner), self.clock)
            if only_first and await calendar.between(now - timedelta(days=30), now + timedelta(days=365)):
                return
            await demo.load(session, owner, now)
            for job in ("email.digest", "briefing.write") if only_first else ():
                await OwedWork(session).owe(job, owner.id, now.date().isoformat(), now=self.clock())

    def checks(self) -> dict[str, Check]:
        """What must work for this process to be of use, each raising `Unavailable` when it doesn't."""
        found: dict[str, Check] = {"database": self.database.ping, "cache": self.cache.ping, "memory": self.index.ping}
        found["disk"] = self._room
        return found | {"mind": self._mind} if self.mind_ping else found

    @property
    def mind_away(self) -> bool:
        """Whether the built-in mind stands in for one that doesn't answer."""
        return isinstance(self.model, Minds) and self.model.away

    async def _mind(self) -> None:
        if isinstance(self.model, Minds) and self.model.away:
            raise Unavailable(self.model.outage.say)
        if self.mind_ping:
            await self.mind_ping()

    async def _room(self) -> None:
        free = await asyncio.to_thread(shutil.disk_usage, self.settings.data)
        if free.free < ROOM:
            raise Unavailable(f"My disk is full: {free.free / 1e6:.1f} MB are free in {self.settings.data}.")


def _about(where: Where | None) -> dict[str, str]:
    if where is None:
        return {}
    return {"conversation_id": where.conversation_id, "turn_id": where.turn_id, "words": where.words}
