"""The gist of a question that fits no phrase: it is looked up by what it is about. Never anything that writes."""

from agent.commands.intention import Intention, call
from agent.commands.naming import name_of, quoted
from agent.commands.rules import Turn
from agent.commands.words import Words, plains

_ASKS = frozenset("what which when where who whose how is are was were do does did have has any anything show list tell find look check give read see search display view get".split())  # fmt: skip
_MAIL = frozenset("email emails mail mails message messages inbox mailbox".split())
_TASKS = frozenset("task tasks todo todos overdue chores errands".split())
_REMINDERS = frozenset("reminder reminders".split())
_EVENTS = frozenset("calendar diary schedule agenda appointment appointments meeting meetings event events".split())
_OUT = frozenset("not never if should would why you your he she they said told".split())
_LINKS = ("from", "about", "with", "for", "regarding", "mentioning", "called")


def gist(turn: Turn) -> Intention | None:
    """A look-up for a question about mail, tasks, reminders or the calendar."""
    plain = plains(turn.bare)
    if not plain or plain[0] not in _ASKS or _OUT & set(plain) or len(plain) > 14 or not turn.sentences["apart"]:
        return None
    apart = turn.sentences["apart"][0]
    said = set(apart.plain)
    kinds = [kind for kind in (_MAIL, _TASKS, _REMINDERS, _EVENTS) if kind & said]
    if len(kinds) != 1:
        return None
    link, about = _linked(apart.words)
    if kinds[0] is _MAIL:
        return call("search_email", query=_query(said, link, about))
    if kinds[0] is _TASKS:
        return call("list_tasks", which="overdue" if "overdue" in said else "open", about=about, when=apart.when)
    if kinds[0] is _REMINDERS:
        return call("list_reminders", when=apart.when)
    return call("list_events", "when" if about else "", about=about, when=apart.when)


def _linked(words: Words) -> tuple[str, str]:
    """The last "from …" or "about …" of the sentence."""
    for at in range(len(words) - 2, -1, -1):
        if words[at].plain in _LINKS and 0 < len(words) - at - 1 <= 4:
            return words[at].plain, name_of(words[at + 1 :])
    return "", ""


def _query(said: set[str], link: str, about: str) -> str:
    parts = [f"from:{quoted(about)}" if link == "from" else about] if about else ["in:inbox"]
    if said & {"unread", "new"}:
        parts.append("is:unread")
    if said & {"important", "urgent"}:
        parts.append("is:important")
    return " ".join(parts)
