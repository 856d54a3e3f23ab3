"""What is said instead of a claim that isn't so: the receipt's own words, the refusal's, a telling of what was read, or that it wasn't done."""

from collections.abc import Sequence

from agent.claims.deeds import Deed
from agent.claims.doubts import Doubt
from agent.claims.known import Known, Told
from agent.claims.pointed import pointed
from agent.claims.saying import Saying
from agent.claims.verbs import REMIND
from agent.commands.telling import TELLERS
from agent.commands.wording import Speaker

NOT_DONE = "I haven't done that."
WAITS = "I haven't done that: it needs your yes first."
UNDONE = {
    "add": "I haven't put that on your calendar or a list.",
    "change": "I haven't changed anything there.",
    "cancel": "I haven't cancelled or deleted anything there.",
    "complete": "I haven't ticked anything off.",
    "send": "I haven't sent anything to anybody.",
    "invite": "I haven't invited anybody.",
    "draft": "I haven't written a draft.",
    "remind": "I haven't set a reminder for that.",
    "remember": "I haven't made a note of that.",
    "undo": "I haven't undone anything.",
}
_KIND = {
    "add": "add put schedule book create enter block reserve arrange pencil make set save record",
    "change": "move reschedule shift push change update rename extend lengthen shorten postpone delay switch swap adjust bring fix snooze",
    "cancel": "cancel delete remove take drop clear free erase scrap dismiss decline forget",
    "complete": "tick check cross mark complete finish",
    "send": "send resend email reply answer respond forward tell notify inform message contact copy deliver text phone ask",
    "invite": "invite share",
    "draft": "draft prepare compose",
    "remind": "remind",
    "remember": "remember note store memorise",
    "undo": "undo revert restore reverse",
}
_KIND_OF = {verb: kind for kind, verbs in _KIND.items() for verb in verbs.split()}
NOT_FROM = {
    "events": "I don't have that from your calendar, so I won't say it.",
    "conflicts": "I don't have that from your calendar, so I won't say it.",
    "messages": "I don't have that from your mail, so I won't say it.",
    "tasks": "I don't have that from your tasks, so I won't say it.",
    "reminders": "I don't have that from your reminders, so I won't say it.",
    "memories": "I don't have that from you, so I won't say it.",
    "changes": "I don't have that from my list of changes, so I won't say it.",
}
_TOOLS = {
    "events": ("list_events", "find_free_time"), "conflicts": ("list_events",), "messages": ("search_email", "summarize_inbox", "read_email"),
    "tasks": ("list_tasks",), "reminders": ("list_reminders",), "memories": ("recall",), "changes": ("list_changes",),
}  # fmt: skip

_WRITTEN = frozenset({"events", "tasks", "reminders"})
"""What receipts are of."""


def truth(doubt: Doubt, known: Known, saying: Saying, about: frozenset[str] = frozenset()) -> str:
    """The sentences that are said instead of a clause, after `about` was named; "" when they were said already in this turn."""
    told = _of_deed(doubt.deed, doubt.receipts, known) if doubt.deed else _of_fact(doubt.family, known, saying, about)
    fresh = [one for one in dict.fromkeys(told) if one not in known.told]
    known.told.update(fresh)
    return " ".join(fresh)


def _of_deed(deed: Deed, receipts: Sequence[Told], known: Known) -> list[str]:
    refused = [one for one in known.refusals if one.tool in deed.tools]
    return [one.say for one in (*receipts, *refused)] or [_undone(deed, known)]


def _undone(deed: Deed, known: Known) -> str:
    if any(one.tool in deed.tools for one in known.waiting):
        return WAITS
    if known.receipts or any(one.tool in deed.tools for one in known.stood):  # not that, but something was done
        looked = _looked("changes", known)
        return _telling(looked, known) if looked else NOT_DONE
    if "set_reminder" in deed.tools and deed.tools <= REMIND:
        return UNDONE["remind"]
    kind = _KIND_OF.get(deed.verb)
    return UNDONE[kind] if kind else NOT_DONE


def _of_fact(family: str, known: Known, saying: Saying, about: frozenset[str]) -> list[str]:
    if looked := _looked(family, known):
        return [pointed(looked, saying, about, known) or _telling(looked, known)]
    if known.refusals:
        return [known.refusals[-1].say]
    if known.receipts and family in _WRITTEN:
        return [one.say for one in known.receipts]
    return [WAITS if known.waiting else NOT_FROM[family]]


def _looked(family: str, known: Known) -> Told | None:
    """What was read last in this turn of a family of things."""
    return next((one for one in reversed(known.answers) if one.now and one.tool in _TOOLS[family]), None)


def _telling(answer: Told, known: Known) -> str:
    """What a tool gave, in words made by code."""
    if answer.failed:
        return answer.say
    return TELLERS[answer.tool](answer.content["result"], answer.arguments, "", Speaker(known.now, known.prompt.zone))
