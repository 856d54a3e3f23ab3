"""Every table, gathered so that `Table.metadata` knows them all."""

from integrations.store import (
    approvals,
    changes,
    conversations,
    events,
    memories,
    messages,
    people,
    reminders,
    sessions,
    tasks,
)
from integrations.store.tables import Table

__all__ = [
    "Table",
    "approvals",
    "changes",
    "conversations",
    "events",
    "memories",
    "messages",
    "people",
    "reminders",
    "sessions",
    "tasks",
]
