"""More about one item of a briefing, looked up where it comes from; what others wrote is quoted, never followed."""

from agent.briefing.items import Item, one_line
from agent.context import Context
from agent.saying import say_clock
from integrations.calendar import Event
from integrations.email import Message
from integrations.errors import NotFound
from integrations.tasks import Task

LONG = 240
"""Characters of a text that are told."""
_ORIGINS = {
    "event": "That is on your calendar.",
    "conflict": "Both are on your calendar.",
    "task": "That is one of your tasks.",
    "mail": "That is a mail in your inbox.",
    "action": "I read that in a mail in your inbox.",
    "suggestion": "I thought of that, from your tasks and the free time on your calendar.",
    "trouble": "I noticed that when I looked.",
}


def origin(item: Item) -> str:
    """Where it comes from."""
    return _ORIGINS.get(item.kind, _ORIGINS["trouble"])


async def more(ctx: Context, item: Item) -> str:
    """What else is known of it."""
    try:
        match item.kind, item.source:
            case (("event" | "conflict"), str(source)):
                return _event(ctx, await ctx.calendar.get(source))
            case ("task", str(source)):
                return _task(await ctx.tasks.get(source))
            case ("suggestion", str(source)):
                return (await ctx.suggestions.get(source)).why
            case (("mail" | "action"), str(source)):
                return _mail(await ctx.mail.get(source))
            case _:
                return f"There is no more to it. {origin(item)}"
    except NotFound:
        return f"{item.name or 'That'} isn't there any more."


def _event(ctx: Context, event: Event) -> str:
    starts, ends = event.starts.astimezone(ctx.zone), event.ends.astimezone(ctx.zone)
    lasts = "all day" if event.all_day else f"from {say_clock(starts)} to {say_clock(ends)}"
    told = [f"{one_line(event.title)} is {lasts}{f', at {one_line(event.place)}' if event.place else ''}."]
    if event.guests:
        told.append(f"With {', '.join(event.guests[:5])}{' and others' if len(event.guests) > 5 else ''}.")
    if event.link:
        told.append("You meet on a screen; the link is in the event.")
    return " ".join([*told, *_noted(event.notes)])


def _task(task: Task) -> str:
    due = f", due {task.due:%A, %B} {task.due.day}" if task.due else ""
    return " ".join([f"{one_line(task.title)} is on your list {one_line(task.list)}{due}.", *_noted(task.notes)])


def _mail(message: Message) -> str:
    sender = one_line(message.from_name or message.from_address)
    text = one_line(message.body)
    return f"{sender} writes: “{_short(text)}”" if text else f"{sender} wrote nothing more than the subject."


def _noted(notes: str) -> list[str]:
    return [f"The notes say: “{_short(one_line(notes))}”"] if notes.strip() else []


def _short(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG].rsplit(' ', 1)[0]} …"
