"""What the person asks for: to be told of their things, to have something done, or neither."""

import re

from agent.claims.verbs import BASES

THINGS = r"calendars?|diary|schedule|agenda|appointments?|meetings?|events?|entr(?:y|ies)|mails?|e-?mails?|inbox|mailbox|messages?|tasks?|to-?dos?|lists?|reminders?|newsletters?"
_TIMES = r"tomorrow|today|tonight|day|week|weekend|month|morning|afternoon|evening|\w+day|briefing|news"
_OPENING = r"(?:^|(?<=[,.!;:] ))(?:(?:please|hey|hi|hello|morning|and|so|but|well|now|sorry|ok|okay|chronus|(?:can|could|would) you|do you know),? )*"
_ASKS = re.compile(
    rf"{_OPENING}(?P<asked>(?:(?:what|which|how|when|who|where)(?:'s|'re)?|whose|any|anything|anybody|anyone|is|are|isn't|aren't|do|does|did|didn't|am|was|were|have|has|had|will)\b.*)",
    re.IGNORECASE,
)
_TELL = re.compile(rf"{_OPENING}(?:give|tell|read|show|brief|catch|take|walk|run|list)\b(?P<what>.*)", re.IGNORECASE)
_OF_THINGS = re.compile(rf"\b(?:{THINGS}|{_TIMES}|busy|free|due)\b", re.IGNORECASE)
_THEIRS = re.compile(
    rf"\b(?:i|i'm|i've|i'd|i'll|me|my|mine|we|we've|our|us|overdue|coming|ahead|first|next|left|open|long (?:un)?till?|till|until)\b|{_OF_THINGS.pattern}"
)
_OF_SOMEBODY = re.compile(r"\b[A-Z][a-z]+'s (?![A-Z])[a-z]|^(?:what )?(?:did|has|have) (?:the |[A-Z])")
""" "Aino's recital", "did Tom…"."""
_ADVICE = re.compile(
    r"\b(?:should|shall|could|can|would|must|do|might) (?:i|we|you)\b(?! (?:have|need|got|know|still|see)\b)|\byou (?:think|know|recommend|suggest|mean|do|are)\b|\bare you\b|\bideas?\b"
)
""" "What should I cook", "how do I boil an egg", "what can you do": of no thing of theirs."""
_ORDER = re.compile(
    rf"^(?:(?:please|hey|and|so|ok|okay|can you|could you|would you),? )*(?!tell me |give me |ask me )(?:{'|'.join(BASES)}|give up|get rid|throw)\b",
    re.IGNORECASE,
)


def is_look_up(asked: str) -> bool:
    """Whether they want to be told what is so of their days, mail, lists, or of somebody they know."""
    if (match := _TELL.search(asked)) and _OF_THINGS.search(match["what"]):
        return True
    match = _ASKS.search(asked)
    if match is None or _ADVICE.search(match["asked"].lower()):
        return False
    return bool(_THEIRS.search(match["asked"].lower()) or _OF_SOMEBODY.search(match["asked"]))


def is_order(asked: str) -> bool:
    """Whether they want something to be done."""
    return bool(_ORDER.match(asked))
