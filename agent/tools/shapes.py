"""How the person's things look to a mind and to clients: plain JSON in the house's words."""

from typing import Any
from zoneinfo import ZoneInfo

from agent.shelf import Known
from integrations.calendar import Event
from integrations.email import Message
from integrations.store.changes import Change
from integrations.store.memories import Memory
from integrations.store.notifications import Notification
from integrations.store.reminders import Reminder
from integrations.store.suggestions import Suggestion
from integrations.tasks import Task

Json = dict[str, Any]


def event_json(event: Event) -> Json:
    """Times are ISO 8601 with the offset of the event's own zone."""
    return event.as_json()


def task_json(task: Task) -> Json:
    """A due date has no hour. `pending`: where it is kept may not know of it yet."""
    return {
        "id": task.id,
        "title": task.title,
        "due": task.due.isoformat() if task.due else None,
        "notes": task.notes,
        "list": task.list,
        "done": task.done,
        "etag": task.etag,
        "pending": task.pending,
    }


def notification_json(told: Notification, zone: ZoneInfo) -> Json:
    """A notification, on the person's own clock."""
    return {
        "id": told.id,
        "about": told.about,
        "say": told.say,
        "link": told.link,
        "thing": told.thing,
        "at": told.at.astimezone(zone).isoformat(),
        "read": told.read_at is not None,
    }


def reminder_json(reminder: Reminder) -> Json:
    """`due` is UTC; clients show it in the person's zone."""
    return {"id": reminder.id, "text": reminder.text, "due": reminder.due.isoformat()}


def message_json(message: Message, *, whole: bool = True) -> Json:
    """`whole` gives the body; without it there is a snippet of the first 200 characters."""
    text = " ".join(message.body.split())
    shape: Json = {
        "id": message.id,
        "thread": message.thread,
        "box": message.box,
        "from": f"{message.from_name} <{message.from_address}>" if message.from_name else message.from_address,
        "to": list(message.to),
        "cc": list(message.cc),
        "bcc": list(message.bcc),
        "subject": message.subject,
        "snippet": text[:200],
        "at": message.at.isoformat(),
        "unread": message.unread,
        "important": message.important,
        "reply_to": message.reply_to,
        "leaves_at": message.leaves_at.isoformat() if message.leaves_at else None,
        "partial": message.partial,
        "pending": message.pending,
    }
    if whole:
        shape["body"] = message.body
    return shape


def memory_json(memory: Memory | Known) -> Json:
    """A memory with its witness."""
    return {
        "id": memory.id,
        "text": memory.text,
        "type": memory.type,
        "category": memory.category,
        "origin": memory.origin,
        "quote": memory.quote,
        "at": memory.at.isoformat(),
    }


def suggestion_json(one: Suggestion, zone: ZoneInfo) -> Json:
    """A suggestion with its reason; times are in the person's zone."""
    return {
        "id": one.id,
        "kind": one.kind,
        "title": one.title,
        "text": one.text,
        "why": one.why,
        "starts": one.starts.astimezone(zone).isoformat(),
        "ends": one.ends.astimezone(zone).isoformat(),
        "task": {"id": one.task_id, "title": one.task_title} if one.task_id else None,
        "state": one.state,
        "at": one.at.astimezone(zone).isoformat(),
    }


def change_json(change: Change) -> Json:
    """One line of the ledger; what would take it back is nobody else's business."""
    return {
        "id": change.id,
        "at": change.at.isoformat(),
        "tool": change.tool,
        "effect": change.effect,
        "say": change.say,
        "words": change.words,
        "arguments": change.arguments,
        "receipt": change.receipt,
        "undone_at": change.undone_at.isoformat() if change.undone_at else None,
        "amends": change.amends,
    }
