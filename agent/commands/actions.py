"""What mails ask for: hearing it, taking it up, leaving it."""

from collections.abc import Sequence
from typing import Any

from agent.commands.intention import Intention, call, words
from agent.commands.patterns import Found
from agent.commands.references import ORDINALS, Exchange
from agent.commands.rules import Bag, Rule, Turn, rule
from agent.commands.wording import number

_TOLD_BY = frozenset(("summarize_inbox", "accept_action", "dismiss_action"))
_ALL = frozenset("all everything both them each those".split())
_NOUN = "(action item|action items|action|actions|thing|things|proposal|proposals|request|requests|task|tasks|point|points|to dos|to do|item|items)"  # fmt: skip
_ONE = f"(it|that|this|that one|this one|[the] (first|second|third|fourth|fifth|last) [one|ones] [{_NOUN}])"
_EACH = f"(all|them all|all of them|all of those|everything|both|both of them|them|those|them both|all [of] (the|these|those) {_NOUN}|all {_NOUN}|each of them)"  # fmt: skip
_LIST = "(to|on|in|into|onto|as) [my|the|a] (task|tasks|list|lists|task list|to do list|to dos|to do|todo list)"
_MAIL = "(email|emails|mail|mails|message|messages|inbox|mailbox)"


def _listed(found: Found, turn: Turn) -> Intention | None:
    return call("summarize_inbox", "actions")


def _accepted(found: Found, turn: Turn) -> Intention | None:
    return _decided("accept_action", found, turn)


def _dismissed(found: Found, turn: Turn) -> Intention | None:
    return _decided("dismiss_action", found, turn)


def _decided(tool: str, found: Found, turn: Turn) -> Intention | None:
    """About what was told last; "action items" are spoken of at any time."""
    plain = found.sentence.plain
    named = "action" in plain or "actions" in plain
    if not named and not (turn.focus.last and turn.focus.last.call.tool in _TOLD_BY):
        return None
    told = _told(turn.focus.exchanges)
    if _ALL & set(plain) and not {"first", "second", "third", "fourth", "fifth", "last"} & set(plain):
        return call(tool, action="all")
    if not told:  # then what there is, is told first
        return call("summarize_inbox", "actions")
    place = next((ORDINALS[word] for word in plain if word in ORDINALS and word != "one"), None)
    if place is None and len(told) == 1:
        place = 0
    if place is None:
        return words("Which one do you mean?")
    if not -len(told) <= place < len(told):
        return words(f"There are only {number(len(told))} of them." if len(told) > 1 else "There is only one.")
    return call(tool, action=str(told[place]["id"]))


def _told(exchanges: Sequence[Exchange]) -> Sequence[Any] | None:
    """The things to do as they were told last; they keep their places though one of them is decided."""
    for exchange in reversed(exchanges):
        result = exchange.answer.get("result")
        if exchange.call.tool == "summarize_inbox" and isinstance(result, dict) and "actions" in result:
            return list(result["actions"])
    return None


RULES: list[Rule | Bag] = [
    rule(
        "asked for by mail",
        f"""
        what [else] (should|must|do|can|shall|could) (i|we) [have to|need to] (do|answer|reply to) (from|because of|about|after|for|with|in|out of|based on) [my|the|this morning's|today's] [new|unread] {_MAIL}
        what (do|does) [my|the|all my] {_MAIL} (want|ask|need|expect|require) [me|of me|from me|me for] [to do|for]
        (what|which|what are|any|are there any|do i have any|have i any|show|show me|list|tell me|read me|give me|get|find|what about) [the|my|all] (action items|actions|to dos|things to do|requests|tasks) [are there|do i have|have i got] (from|in|out of) [my|the|this morning's|today's] {_MAIL}
        (what|which|what are|any|are there any|do i have any|show|show me|list|tell me|read me|give me|what about) [the|my|all] (action items|mail actions)
        (did|does|has) (anyone|anybody|someone|somebody) (ask|asks|asked|want|wants|need|needs) [me|something|anything] [for] (something|anything|to do something) (by|in|per) {_MAIL}
        what (is|are) [people] (asked|wanted|expected) of me (in|by) [my|the] {_MAIL}
        (is|are) there (anything|something|things) [for me] to do (from|in) [my|the] {_MAIL}
        (action items|my action items|mail actions)
    """,
        _listed,
        "whole",
    ),
    rule(
        "take up",
        f"""
        [and|then|so|now|also] (add|put|take|accept|keep|write|note|save) {_ONE} [down] [{_LIST}]
        [and|then|so|now|also] (add|put|take|accept|keep|write|note|save) {_EACH} [down] [{_LIST}]
        [and|then|so|now|also] (accept|take up|take on|add) {_ONE}
        [and|then|so|now|also] (accept|take up|take on|add) {_EACH}
        [and|then|so|now|also] (turn|make) ({_ONE}|{_EACH}) [into] (a task|tasks)
    """,
        _accepted,
        "whole",
    ),
    rule(
        "leave",
        f"""
        [and|then|so|now|also] (dismiss|ignore|drop|skip|reject|decline|discard|forget|leave|delete|remove) {_ONE} [out]
        [and|then|so|now|also] (dismiss|ignore|drop|skip|reject|decline|discard|forget|leave|delete|remove) {_EACH} [out]
    """,
        _dismissed,
        "whole",
    ),
]
