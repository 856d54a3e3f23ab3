"""One person inside one piece of work: who they are, what time it is, and all that is theirs."""

from collections.abc import Awaitable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from agent.calling.ringer import Ringer
from agent.memory import Memory
from agent.origins import Origin
from agent.trust import Trust
from integrations.calendar import Calendar
from integrations.email import Mail
from integrations.settings import LimitSettings
from integrations.store.approvals import Approvals
from integrations.store.briefings import Briefings
from integrations.store.changes import Changes
from integrations.store.conversations import Conversations
from integrations.store.digests import Digests
from integrations.store.intents import Intents
from integrations.store.notices import Notices
from integrations.store.notifications import Notifications
from integrations.store.origins import Foreigners
from integrations.store.owed import Debts
from integrations.store.people import Person
from integrations.store.reminders import Reminders
from integrations.store.suggestions import Suggestions
from integrations.tasks import Tasks


@dataclass(frozen=True, kw_only=True)
class Where:
    """The turn a piece of work belongs to."""

    turn_id: str
    conversation_id: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Keepers:
    """Who keeps a person's calendar, tasks and mail."""

    calendar: Calendar
    tasks: Tasks
    mail: Mail


class Under(Protocol):
    """Gives the keepers for an act of its own."""

    def __call__(self, key: str, **about: str) -> Awaitable[Keepers]:
        """`key` names that act for ever, as `Context.key` does; `about` is kept beside it."""
        ...


@dataclass(frozen=True, kw_only=True)
class Context:
    """Lives for one transaction: a request, a tool call or a step of a job.

    `approved` is the digest of the one action the person has said yes to, if any.
    """

    person: Person
    zone: ZoneInfo
    now: datetime
    channel: str
    calendar: Calendar
    tasks: Tasks
    mail: Mail
    here: Keepers
    """What is kept here, whoever keeps such things now."""
    reminders: Reminders
    memory: Memory
    changes: Changes
    approvals: Approvals
    conversations: Conversations
    notices: Notices
    suggestions: Suggestions
    notifications: Notifications
    intents: Intents
    """What is still to be written elsewhere."""
    briefings: Briefings
    digests: Digests
    debts: Debts
    """What is done for them later."""
    foreigners: Foreigners
    """Which of their things hold others' words."""
    limits: LimitSettings
    trust: Trust
    """What this piece of work may do, and whose words it has read."""
    ringer: Ringer
    """How they are rung up."""
    key: str
    """Names what is done in it, for ever: a keeper outside makes its ids from it."""
    under: Under
    """The keepers of one act among several that are done in it."""
    where: Where | None = None
    approved: str | None = None

    def changed(self, what: str) -> None:
        """Open pages are told of it once this is kept: digest, briefing or suggestions are no longer as they show them."""
        self.changes.touched.add(what)

    async def note(self, keeper: str, things: Collection[str]) -> bool:
        """These have been read: whether any of them holds others' words."""
        foreign = bool(await self.foreigners.among(keeper, things))
        self.trust.read(Origin.THIRD_PARTY if foreign else Origin.OWN)
        return foreign

    async def mark(self, keeper: str, receipt: Mapping[str, Any]) -> None:
        """What was written there holds others' words from now on."""
        await self.foreigners.mark(keeper, [str(receipt[name]) for name in ("id", "series") if receipt.get(name)])

    def day(self, moment: datetime | None = None) -> tuple[datetime, datetime]:
        """The person's local day around a moment (default: now), from midnight to midnight."""
        local = (moment or self.now).astimezone(self.zone)
        start = datetime.combine(local.date(), time(), self.zone)
        return start, datetime.combine(local.date() + timedelta(days=1), time(), self.zone)
