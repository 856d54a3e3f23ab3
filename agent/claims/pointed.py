"""What a row says of itself: where a clause names one or two things and tells them wrongly, these are told and not the whole list."""

from agent.claims.emptiness_words import of_a_stretch
from agent.claims.known import Known, Told
from agent.claims.moods import is_denial
from agent.claims.plain import stems
from agent.claims.rows import Row
from agent.claims.saying import Saying
from agent.commands.telling import mail_alone, reminder_alone, task_alone
from agent.commands.telling_calendar import event_alone
from agent.commands.wording import Speaker, capital

_ALONE = {
    "list_events": (event_alone, {"title", "starts", "ends", "all_day", "place"}),
    "list_tasks": (task_alone, {"title", "due", "list", "done"}),
    "list_reminders": (reminder_alone, {"text", "due"}),
    "search_email": (mail_alone, {"from", "subject", "at"}),
}
"""How one of a tool's things is told, and what it must have for it."""
_MOST = 2


def pointed(answer: Told, saying: Saying, about: frozenset[str], known: Known) -> str:
    """The one or two things of an answer that a clause names, or that were named before it (`about`) where it names nothing; "" where it is about more, or tells how many there are."""
    if answer.tool not in _ALONE or is_denial(saying.lower) or of_a_stretch(saying.lower):
        return ""
    alone, needs = _ALONE[answer.tool]
    rows = [row for row in answer.rows if needs <= row.data.keys()]
    if len(rows) > 1:
        named = frozenset(saying.content)
        rows = _named(rows, named, place=False) or _named(rows, about) or _named(rows, named)
    if len(rows) > _MOST:
        return ""
    say = Speaker(known.now, known.prompt.zone)
    return " ".join(f"{capital(alone(row.data, say))}." for row in rows)


def _named(rows: list[Row], words: frozenset[str], *, place: bool = True) -> list[Row]:
    """The rows that share most words with it; without their place it is what they are called by."""
    hit = [(row, words & (row.title if place else row.title - stems(str(row.data.get("place"))))) for row in rows]
    return [row for row, one in hit if one and not any(one < other for _, other in hit)]
