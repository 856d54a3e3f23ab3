"""All the tools there are, in the order in which minds see them."""

from agent.tools import briefing, calendar, changes, email, free, memory, reminders, talk, tasks
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
    reminders.cancel_reminder,
    email.search_email,
    email.read_email,
    email.summarize_inbox,
    email.draft_email,
    email.send_email,
    memory.remember,
    memory.recall,
    memory.forget,
    briefing.get_briefing,
    briefing.get_suggestions,
    changes.list_changes,
    changes.undo,
    talk.get_time,
)


def toolbox() -> Toolbox:
    """A toolbox with everything in it."""
    return Toolbox(CATALOGUE)
