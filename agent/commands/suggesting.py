"""The answer to a suggestion just made: yes, no, or no more of the kind."""

import re
from collections.abc import Sequence

from agent.commands import talk
from agent.commands.intention import Intention, call
from agent.commands.references import exchanges
from agent.commands.rules import Turn
from agent.commands.words import plains
from agent.suggestions.wording import SHALL_I
from integrations.model import Line, Replied, Said

_IT = r"(?:it|that|this|that one|this one|the first one|that in)"
_ON = r"(?: (?:on|in|into|to) (?:my|the) (?:calendar|diary|schedule|agenda|planner))"
_POLITE = r"(?:please|thanks|thank you|chronus|then|great|perfect|good|good idea|great idea|nice)"
_YES = re.compile(
    rf"(?:{_POLITE} )*(?:(?:yes|yeah|yep|yup|sure|ok|okay|alright|all right|absolutely|definitely|of course|fine|sounds good|sounds great|good idea|great idea|perfect|great|why not|please do|i would like that|i will do that|let us do that|let us do it|i will take it)"
    rf"|(?:(?:yes|yeah|yep|sure|ok|okay|great|perfect|good idea) )?(?:please )?(?:do {_IT}|go ahead|go for it|accept(?: {_IT})?|take {_IT}|book {_IT}|schedule {_IT}|plan {_IT}|add {_IT}|(?:put|add|enter|write|get|pop|stick) {_IT}{_ON}|block (?:{_IT}|the time|that time)))"
    rf"(?: {_POLITE})*"
)
_KIND = re.compile(
    rf"(?:no )?(?:thanks )?(?:not (?:that|this) kind(?: of (?:thing|suggestion))?|no more of (?:those|that kind|these|that)|(?:do not|don't|never|stop) suggest(?:ing)? (?:me )?(?:{_IT}|those|such things|things like that|that kind of thing|this kind of thing)(?: again| any more| anymore)?|i do not want (?:such|those|these|that kind of) suggestions?)(?: {_POLITE})*"
)
_NO = re.compile(
    rf"(?:{_POLITE} )*(?:no|nope|nah|not now|not today|no way|rather not|better not|i would rather not|i do not want to|not that(?: one)?|skip (?:it|that)|leave it|dismiss(?: {_IT})?|decline(?: {_IT})?|i do not feel like it|do not do (?:it|that)|never mind)"
    rf"(?: (?:thanks|thank you|please|not now|not today|not that one|rather not|do not|leave it))*"
)


def _asks(reply: str) -> bool:
    """Whether the suggestion is what a yes would be to: one told unasked stands before the answer, greetings ask nothing."""
    _, asked, rest = reply.rpartition(SHALL_I)
    return bool(asked) and "?" not in rest.replace(talk.HELLO, "")


def decided(turn: Turn, before: Sequence[Line]) -> Intention | None:
    """What they say to the suggestion that was told as the last thing; None where there was none, or it is no answer."""
    asked_at = max((i for i, line in enumerate(before) if isinstance(line, Said)), default=None)
    if asked_at is None:
        return None
    since = before[asked_at + 1 :]
    if not _asks(" ".join(line.text for line in since if isinstance(line, Replied))):
        return None
    told = next((one for one in reversed(exchanges(since)) if one.call.tool == "get_suggestions"), None)
    found = told.answer["result"]["suggestions"] if told and "result" in told.answer else []
    which = str(found[0]["id"]) if found else None
    plain = " ".join(plains(turn.words))
    if _YES.fullmatch(plain):
        return call("accept_suggestion", suggestion=which)
    if _KIND.fullmatch(plain):
        return call("dismiss_suggestion", suggestion=which, kind=True)
    if _NO.fullmatch(plain):
        return call("dismiss_suggestion", suggestion=which)
    return None
