"""All the tools there are, in the order in which minds see them."""

from agent.tools import (
    briefing,
    calendar,
    changes,
    digest,
    email,
    explaining,
    free,
    memory,
    phone,
    reminders,
    suggestions,
    talk,
    tasks,
)
from agent.tools.base import Tool, Toolbox

CATALOGUE: tuple[Tool, ...] = (
    calendar.list_events,
    free.find_free_time,
    calendar.add_event,
    calendar.change_event,
    calendar.cancel_event,
    tasks.list_tasks,
    tasks.add_task,
    tasks.change_task,
    tasks.complete_task,
    tasks.delete_task,
    reminders.list_reminders,
    reminders.set_reminder,
    reminders.change_reminder,
    reminders.snooze_reminder,
    reminders.cancel_reminder,
    email.search_email,
    email.read_email,
    email.summarize_inbox,
    digest.accept_action,
    digest.dismiss_action,
    email.draft_email,
    email.send_email,
    memory.remember,
    memory.recall,
    memory.forget,
    explaining.explain,
    briefing.get_briefing,
    suggestions.get_suggestions,
    suggestions.accept_suggestion,
    suggestions.dismiss_suggestion,
    changes.list_changes,
    changes.undo,
    phone.call_me,
    talk.get_time,
)


def toolbox() -> Toolbox:
    """A toolbox with everything in it."""
    return Toolbox(CATALOGUE)
