"""Telling people what happened while they were away: on open pages at once, by push, and in their next turn."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from agent.few import few_at_once
from agent.news import News
from agent.pushes import Pushes
from agent.quiet import quiet_until
from integrations.clock import Clock
from integrations.errors import ChronusError, Unavailable
from integrations.store.database import Database, Session
from integrations.store.notices import Notices
from integrations.store.notifications import Notification, Notifications, claim, waiting
from integrations.store.people import People, Person

log = logging.getLogger(__name__)

TICK = 2.0
"""Seconds between two looks for what is still to be told."""
LEASE = timedelta(seconds=60)
"""After which another process takes over from one that died while telling."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(hours=1)
"""Until a push that failed is tried again; twice as long each time."""
TRIES = 8
STALE = timedelta(hours=24)
"""A push that couldn't be sent for so long isn't sent any more."""
IN_CONVERSATION = frozenset({"reminder"})
"""What is said at the beginning of the next turn, if nobody has seen it by then; the rest can wait to be looked at."""
ASIDE = 200
"""Pieces of news waiting to be called out."""


class Telling:
    """Tells a person something once, wherever they are."""

    def __init__(self, database: Database, clock: Clock, news: News, pushes: Pushes) -> None:
        self._database, self._clock, self._news, self._pushes = database, clock, news, pushes
        self._calling: set[asyncio.Task[Any]] = set()

    async def tell(
        self,
        person_id: str,
        *,
        about: str,
        say: str,
        key: str,
        link: str = "/",
        thing: str | None = None,
        urgent: bool = False,
    ) -> None:
        """One sentence, kept until they have seen it. In their quiet hours it waits, unless it is urgent.

        `about` is its kind (digest, reminder, briefing, suggestion, sync), `key` makes it told once however often it is
        asked for, `link` is the page's address where there is more, and `thing` the id of what it is about.
        Don't ask within a transaction. Raises `NotFound` for a person who isn't there.
        """
        now = self._clock()
        async with self._database.work() as session:
            person = await People(session).get(person_id)
            held = None if urgent else quiet_until(person, now.astimezone(ZoneInfo(person.zone)))
            kept = await Notifications(session, person_id).keep(
                about=about, say=say, link=link, key=key, at=now, due_at=held or now + LEASE, thing=thing, urgent=urgent
            )
            if kept and not held:
                await self.send(session, kept)
        if kept and not held:
            await self.finish(person, [kept])

    async def send(self, session: Session, told: Notification, *, heard: bool = False) -> None:
        """Within a transaction: from when it is kept on, pages show it. `heard`: they know it already."""
        now = self._clock()
        await Notifications(session, told.person_id).sent(told.id, now, read=heard)
        if told.about in IN_CONVERSATION and not heard and told.read_at is None:
            await Notices(session, told.person_id).add(told.key, told.aloud or told.say, now)

    async def finish(
        self, person: Person, told: Sequence[Notification], *, push: bool = True, changed: Sequence[str] = ()
    ) -> None:
        """After that transaction: call it out to open pages, and push it. What fails is tried again by `round`.

        `changed`: what else is no longer as pages show it.
        """
        await self.call(person, told, changed=changed)
        await self.push(person, told, wanted=push)

    async def call(self, person: Person, told: Sequence[Notification], *, changed: Sequence[str] = ()) -> None:
        """Only the first half of it."""
        await self._news.call(person.id, "notification", ids=[one.id for one in told], what=list(changed))

    async def push(self, person: Person, told: Sequence[Notification], *, wanted: bool = True) -> None:
        """The other half; what nobody wants pushed is through with it."""
        for one in told:
            if one.through_at is None:
                await self._push(person, one, wanted=wanted)

    async def changed(self, person_id: str, *what: str) -> None:
        """Things of theirs are no longer as open pages show them: calendar, tasks, mail, reminders and so on."""
        await self._news.call(person_id, "changed", what=sorted(set(what)))

    def changed_soon(self, person_id: str, *what: str) -> None:
        """The same, without waiting for it."""
        if len(self._calling) < ASIDE:
            self._aside(self.changed(person_id, *what))

    async def read(self, person_id: str, id: str) -> Notification:
        """They have seen it, so it isn't said any more. Raises `NotFound`."""
        async with self._database.work() as session:
            read = await Notifications(session, person_id).read(id, self._clock())
            await Notices(session, person_id).settle(read.key, self._clock())
        await self._news.call(person_id, "notification", ids=[id], what=[])
        return read

    async def read_all(self, person_id: str) -> None:
        """They have seen everything there is."""
        async with self._database.work() as session:
            for key in await Notifications(session, person_id).read_all(self._clock()):
                await Notices(session, person_id).settle(key, self._clock())
        await self._news.call(person_id, "notification", ids=[], what=["notifications"])

    def seen(self, person_id: str, ids: Sequence[str]) -> None:
        """They were told these in conversation: open pages need not show them as new."""
        if ids:
            self._aside(self._news.call(person_id, "notification", ids=list(ids), what=[]))

    async def run(self) -> None:
        """Until cancelled: what quiet hours held back, what a push service didn't take, what a dead process left."""
        while True:
            try:
                await self.round()
            except ChronusError as error:
                log.warning("what is to be told could not be looked at: %s", error.say)
            await asyncio.sleep(TICK)

    async def round(self) -> int:
        """Tell what is due; how much that was."""
        async with self._database.look() as session:
            if not await waiting(session, self._clock()):
                return 0
        async with self._database.work() as session:
            due = await claim(session, self._clock(), LEASE)
            people = {one.person_id: await People(session).get(one.person_id) for one in due}
            for one in due:
                if one.sent_at is None:
                    await self.send(session, one)
        await few_at_once([self.finish(people[one.person_id], [one]) for one in due])
        return len(due)

    async def drain(self) -> None:
        """Wait for what is being called out."""
        while self._calling:
            await asyncio.wait(self._calling)

    async def _push(self, person: Person, told: Notification, *, wanted: bool) -> None:
        """Whatever is wrong with a push service is between it and us: nobody who tells something hears of it."""
        now, later = self._clock(), None
        if wanted and told.read_at is None and now - told.at < STALE:
            try:
                await self._pushes.send(person, told)
            except Unavailable as error:
                asked = timedelta(seconds=min(error.retry_after or 0, 86_400))
                later = now + max(asked, min(FIRST_WAIT * 2**told.tries, LONGEST_WAIT))
        async with self._database.work() as session:
            notifications = Notifications(session, person.id)
            if later is None or told.tries + 1 >= TRIES:
                await notifications.through(told.id, now)
            else:
                await notifications.later(told.id, later)

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._calling.add(task)
        task.add_done_callback(self._calling.discard)
