"""What is said instead of a claim that isn't so: the receipt's own words, the refusal's, a telling of what was read, or that it wasn't done."""

from collections.abc import Iterator

from agent.claims.deeds import Deed
from agent.claims.doubts import Doubt
from agent.claims.known import Known, Told
from agent.claims.pointed import pointed
from agent.claims.saying import Saying
from agent.claims.verbs import ANY
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


def truth(doubt: Doubt, known: Known, saying: Saying, about: frozenset[str] = frozenset()) -> str:
    """The sentences that are said instead of a clause, after `about` was named; "" when they were said already in this turn."""
    fresh = [one for one in _sentences(doubt, known, saying, about) if one and one not in known.told]
    known.told.update(fresh)
    return " ".join(dict.fromkeys(fresh))


def _sentences(doubt: Doubt, known: Known, saying: Saying, about: frozenset[str]) -> Iterator[str]:
    if doubt.deed is None:
        yield _of_fact(doubt.family, known, saying, about)
        return
    refused = [one for one in known.refusals if one.tool in doubt.deed.tools]
    yield from (one.say for one in doubt.receipts)
    yield from (one.say for one in refused)
    if not doubt.receipts and not refused:
        yield _undone(doubt.deed, known)


def _undone(deed: Deed, known: Known) -> str:
    if any(one.tool in deed.tools for one in known.waiting):
        return WAITS
    done = [one for one in (*known.receipts, *known.stood) if one.tool in deed.tools]
    if done and (looked := _looked("changes", known)):
        return _telling(looked[-1], known)
    if done:
        return NOT_DONE  # not that, but something of the kind
    return UNDONE.get(_KIND_OF.get(deed.verb, ""), NOT_DONE) if deed.tools != ANY else NOT_DONE


def _of_fact(family: str, known: Known, saying: Saying, about: frozenset[str]) -> str:
    if looked := _looked(family, known):
        return pointed(looked[-1], saying, about, known) or _telling(looked[-1], known)
    if known.refusals:
        return known.refusals[-1].say
    if family in ("events", "tasks", "reminders") and known.receipts:
        return " ".join(dict.fromkeys(one.say for one in known.receipts))
    if known.waiting:
        return WAITS
    return NOT_FROM.get(family, NOT_FROM["events"])


def _looked(family: str, known: Known) -> list[Told]:
    """What was read in this turn of a family of things."""
    return [one for one in known.answers if one.now and not one.wrote and one.tool in _TOOLS.get(family, ())]


def _telling(answer: Told, known: Known) -> str:
    """What a tool gave, in words made by code."""
    if answer.failed:
        return answer.say
    return TELLERS[answer.tool](answer.content["result"], answer.arguments, "", Speaker(known.now, known.prompt.zone))
