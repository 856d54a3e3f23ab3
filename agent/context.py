"""One person inside one piece of work: who they are, what time it is, and all that is theirs."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from agent.memory import Memory
from integrations.calendar import Calendar
from integrations.email import Mail
from integrations.store.approvals import Approvals
from integrations.store.changes import Changes
from integrations.store.conversations import Conversations
from integrations.store.people import Person
from integrations.store.reminders import Reminders
from integrations.tasks import Tasks


@dataclass(frozen=True, kw_only=True)
class Where:
    """The turn a piece of work belongs to."""

    turn_id: str
    conversation_id: str
    words: str


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
    reminders: Reminders
    memory: Memory
    changes: Changes
    approvals: Approvals
    conversations: Conversations
    where: Where | None = None
    approved: str | None = None

    def day(self, moment: datetime | None = None) -> tuple[datetime, datetime]:
        """The person's local day around a moment (default: now), from midnight to midnight."""
        local = (moment or self.now).astimezone(self.zone)
        start = datetime.combine(local.date(), time(), self.zone)
        return start, datetime.combine(local.date() + timedelta(days=1), time(), self.zone)
