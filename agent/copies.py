"""The three copies of a Google account: how each is read, and how what waits is sent."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from integrations.calendar import push
from integrations.calendar import sync as calendars
from integrations.calendar.google import GoogleCalendar
from integrations.clock import Clock
from integrations.email import outbox
from integrations.email import sync as mails
from integrations.email.gmail import Gmail
from integrations.email.google import GoogleMail
from integrations.email.watch import end_watch, renew_watch
from integrations.errors import ChronusError
from integrations.settings import GoogleSettings
from integrations.store.database import Database
from integrations.store.mirrors import Kind, Progress
from integrations.store.people import Person
from integrations.store.tables import new_id
from integrations.tasks import sync as todos
from integrations.tasks.google import GoogleTasks

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class CalendarCopy:
    """Every calendar that the person shows. `public_url`: where Google can ring; None: it is only asked."""

    database: Database
    person: Person
    google: GoogleCalendar
    clock: Clock
    public_url: str | None
    kind: Kind = "calendar"

    async def sync(self, progress: Progress) -> None:
        await calendars.sync(self.database, self.person.id, self.google, self.clock, progress=progress)
        if self.public_url:
            await _rung("calendar", push.watch(self.database, self.person.id, self.google, self.clock, self.public_url))

    async def settle(self) -> None:
        await calendars.settle_intents(self.database, self.person.id, self.google, self.clock)

    async def end(self) -> None:
        """Google rings no more."""
        await push.unwatch(self.database, self.person.id, self.google)


@dataclass(frozen=True, kw_only=True)
class TasksCopy:
    """Every list."""

    database: Database
    person: Person
    google: GoogleTasks
    clock: Clock
    kind: Kind = "tasks"

    async def sync(self, progress: Progress) -> None:
        await todos.sync(self.database, self.person.id, self.google, self.clock, progress=progress)

    async def settle(self) -> None:
        await todos.settle_intents(self.database, self.person.id, self.google, self.clock)

    async def end(self) -> None:
        """There is nothing to end: Google's tasks don't ring."""


@dataclass(frozen=True, kw_only=True)
class MailCopy:
    """The newest of the mailbox."""

    database: Database
    person: Person
    gmail: Gmail
    clock: Clock
    settings: GoogleSettings
    kind: Kind = "mail"

    async def sync(self, progress: Progress) -> None:
        bounds = mails.Bounds(messages=self.settings.mail_messages, days=self.settings.mail_days)
        await mails.sync(self.database, self.person.id, self.gmail, self.clock, bounds=bounds, progress=progress)
        if topic := self.settings.pubsub_topic:
            await _rung("mail", renew_watch(self.database, self.person.id, self.gmail, self.clock, topic))

    async def settle(self) -> None:
        google = GoogleMail(self.gmail, ZoneInfo(self.person.zone), self.clock, new_id(), name=self.person.name)
        await outbox.settle_intents(self.database, self.person.id, google, self.clock)

    async def end(self) -> None:
        """Google rings no more."""
        if self.settings.pubsub_topic:
            await end_watch(self.database, self.person.id, self.gmail)


async def _rung(what: str, asking: Awaitable[None]) -> None:
    """Being rung is a convenience: without it the copy is looked after by the clock."""
    try:
        await asking
    except ChronusError as error:
        log.warning("Google won't ring for %s: %s", what, error.code)
