"""What is told first and wished then, as one plain command: "the plumber's coming at five instead, change that" moves the plumber to five."""

import re
from collections.abc import Iterator

from agent.commands.times import Clock
from agent.commands.words import Words, hear, opened, plains, written
from integrations.errors import Invalid

_GENTLY = r"(?:(?:so|and|then|please|just|now|also|can you|could you|would you|will you|you can|you could|would you please|be so good as to|be so kind as to|would you be so good as to|would you be so kind as to|i would like you to|go ahead and) )*"
_IT = r"(?:it|that|this|them|that one|this one|(?:my|the) (?:calendar|diary|schedule)|the entry|the time|the date|that task|the task|that event|the event|the appointment|the meeting|the reminder)"
_LATER = r"(?: (?:please|for me|thanks|thank you|then|again|now|accordingly|too|will you|would you|could you|can you|in (?:my|the) (?:calendar|diary|schedule)))*"
_CALENDAR = (
    r"(?:in|into|to|on|onto|down in|down on|off|for) (?:my |the |our )?(?:calendar|diary|schedule|agenda|planner)"
)
_ONCE = r"(?: (?:just|only) (?:this|the) (?:once|one time|time)| just once| for once)"
_EVERY = r"(?:all of (?:it|them|those)|them all|it all|every one(?: of them)?|every single one|the whole series|the entire series|the series|the whole lot|the whole thing|it for good|them for good)"
_DROP = r"(?:cancel|delete|remove|drop|scrap|strike|erase|clear|bin|get rid of|take away|call off|kill)"

_CHANGED = re.compile(rf"^(.+?) {_GENTLY}(?:change|move|update|fix|correct|adjust|shift|reschedule|push|amend|alter) {_IT}{_ONCE}?{_LATER}$")  # fmt: skip
_ALL_DROPPED = re.compile(rf"^(.+?) {_GENTLY}(?:{_DROP}|take|get) {_EVERY}(?: (?:off|out|out of|from))?(?: {_CALENDAR})?{_LATER}$")  # fmt: skip
_DROPPED = re.compile(rf"^(.+?) {_GENTLY}(?:{_DROP} {_IT}|(?:take|get|wipe|strike) {_IT} (?:off|out|out of|from|off of))(?: (?:from|off|out of|of))?(?: (?:my |the |our )?(?:calendar|diary|schedule|agenda|planner|list))?({_ONCE})?{_LATER}$")  # fmt: skip
_TICKED = re.compile(rf"^(.+?) {_GENTLY}(?:(?:mark|tick|cross|check|strike|scratch) {_IT} (?:off|as done|done|as finished|as complete)|(?:mark|tick|cross|check) off {_IT}|(?:tick|complete) {_IT})(?: (?:my|the) list)?{_LATER}$")  # fmt: skip
_ADD = r"(?:add|put|note|block|enter|write|book|schedule|pencil|reserve|stick|pop|jot)"
_REGULAR = r"as an? (?:weekly|daily|monthly|yearly|regular|repeating|recurring) (?:thing|event|appointment|entry|one)"
_ADDED = re.compile(rf"^(.+?) {_GENTLY}(?:{_ADD} {_IT}(?: (?:in|down|out|off))?(?: {_CALENDAR}| {_REGULAR})?|{_ADD}(?: down| in)? {_CALENDAR}|{_CALENDAR} please|(?:please |kindly )?add)(?: in| down)?{_LATER}$")  # fmt: skip

_NOT_SO = frozenset("never if unless maybe perhaps should might said says told asked wish hope wonder whether think thought guess someone somebody would could because but why what who how".split())  # fmt: skip
"""What makes of the first half no plain statement."""

_MOVED_LEADS = r"(?:(?:i|we) (?:will|am going to|are going to|would rather|would like to|want to|am|are|have to|need to|can only|prefer to) (?:do|doing|have|having|get|see|call|do|make|go to) |(?:i|we) (?:am|are) (?:doing|having|seeing|going to) )"
_MOVED_TAILS = r"(?:is|are|was|has|have|been|got|get|gets|moved|moves|coming|comes|come|starts|start|starting|begins|now|due|instead|rather|this time|only|just|will|can|be|being|takes|place|happening|happens|held|at|on|to|until|by|pushed|put|back|forward|rescheduled|shifted|changed|postponed|of|from)"
_GONE_LEADS = r"(?:no|i am giving up|i gave up|i have given up|i am giving up on|giving up|i am done with|i have quit|i quit|i am quitting|i have stopped|i am stopping|i stopped|stop|end|quit|i (?:do not|no longer|will not|can not) (?:need|want|do|go to|make|attend|require)|i will not be (?:doing|going to|needing|at)|i am not (?:doing|going to|having)|we are not (?:doing|having)|i am (?:skipping|missing)|i will (?:skip|miss)|i can not (?:make it to|come to|get to)|there is no|there will be no|we have cancelled|forget|forget about|so much for)"
_GONE_TAILS = r"(?:(?:is|are|was|has been|have been|got|has|will be|being|all)? ?(?:cancelled|canceled|off|called off|not happening|over|finished|done|gone|postponed indefinitely|no longer needed|not needed|not needed any more|no longer necessary|not necessary|fell through|fallen through|is not happening|is off|not on)|any longer|any more|anymore|after all|for good|altogether|permanently|from now on|forever)"
_DONE_TAILS = r"(?:(?:is|are|was|were|has been|have been|got|all|now|already|finally|at last|just|been|has|have) )*(?:done|renewed|bought|sent|paid|fixed|watered|booked|called|rung|ordered|finished|sorted|sorted out|completed|complete|prepared|written|cleaned|posted|returned|picked up|collected|handed in|mended|repaired|made|submitted|dealt with|taken care of)"
_DONE_LEADS = r"(?:i|we)(?: have)?(?: just| already| now| finally| at last)* (?:done|did|renewed|bought|sent|paid|fixed|watered|booked|called|rang|ordered|finished|sorted(?: out)?|completed|prepared|wrote|written|cleaned|posted|returned|picked up|collected|handed in|mended|repaired|made|submitted|dealt with|taken care of|got)"
_HAVE_LEADS = re.compile(
    r"^(?:so )?(?:(?:i|we) (?:have got|have|am having|are having|got|am going to have|will have|have booked|booked|have made|made|have arranged|arranged|have agreed on|am|are) (?:a |an |the |to (?:go to |be at |see |go )?)?|there is (?:a |an )?|(?:i|we) (?:want|would like|need|plan|am planning|am going|are going|intend) to |(?:i|we) (?:go|do|play|have|am going|attend) (?:to )?|i would like |i want )"
)


_FREE = re.compile(r"^(.+?) (?:(?:am|are|will|would) (?:i|we) (?:be )?(?:free|available|busy|around)|do (?:i|we) have (?:time|anything|something)|have (?:i|we) got (?:time|anything)|does that (?:work|suit|fit)|is that (?:ok|okay|free|possible)|can (?:i|we)(?: make it| do that)?)(?: then| at that time| that day| for me| on)?$")  # fmt: skip
_BACK = (
    r"(?:undo|untick|uncheck|unmark|undelete|uncancel|revert|reverse|restore|take back|bring back|put back|roll back)"
)
_BACK_IT = rf"(?:{_BACK}(?: (?:it|that|this|the last (?:one|thing|change)))?|(?:bring|put|take|change|set|move|get) (?:it|that|this|them) back(?: (?:again|on|in|to (?:how|what|where|the way) it was(?: before)?|how it was|as it was|the way it was|where it was|on (?:the|my) list|in (?:the|my) calendar))*)"
_TAKEN_BACK = re.compile(rf"^(?:(.+?) {_GENTLY}{_BACK_IT}|{_GENTLY}{_BACK_IT} (.+?)){_LATER}$")
_NO_TAKING_BACK = frozenset("never if unless should could would might said says told asked how what when which button ctrl wish whether".split())  # fmt: skip


_OPEN = frozenset("to not must should will would can could may might shall i we he she they you have has had who and or".split())  # fmt: skip
"""Words that the wish behind them belongs to: "I have to | cancel it" is told and not asked for."""


def taken_back(text: str) -> bool:
    """ "oops, I didn't mean to, undo it", "undo, I do need it": a reason, and the wish to have it back."""
    if len(text) > 200:
        return False
    # "I didn't mean to, undo it" is no "I didn't mean to undo it"
    text = re.sub(r"\bmean to(?= ?[,.;–—-])", "mean that", text.replace("didnt", "didn't"))
    line = re.sub(r"^(?:never ?mind|no never ?mind|forget it) ", "oh ", _line(opened(hear(text))).lower())
    found = _TAKEN_BACK.match(line)
    why = (found[1] or found[2] or "").split() if found else []
    return (
        0 < len(why) <= 9
        and why[-1] not in _OPEN
        and not _NO_TAKING_BACK & set(why)
        and "?" not in text
        and "do not undo" not in line
    )


def recast(text: str, clock: Clock) -> Iterator[str]:
    """The commands that such a sentence comes to; none where its first half is no plain statement."""
    if '"' in text or "“" in text or len(text) > 200 or text.count("?") > 1:
        return
    line = _line(opened(hear(text)))
    asked = _FREE.match(line.lower())
    if asked and (when := _apart(line[: asked.end(1)], clock)[1]):
        yield f"am i free {when}"
    for shape, make in ((_CHANGED, _moved), (_ALL_DROPPED, _all_gone), (_DROPPED, _gone), (_TICKED, _done), (_ADDED, _entered)):  # fmt: skip
        found = shape.match(line.lower())
        if found is None:
            continue
        told = line[: found.end(1)].strip(" ,;.")
        if told.lower().split()[-1] in _OPEN:
            return
        if _NOT_SO & set(re.findall(r"[a-z]+", told.lower())) or len(told.split()) > 14:
            return
        once = "just this once" if found.lastindex and found.lastindex > 1 and found[2] else ""
        if command := make(told, once, clock):
            yield command


def _line(words: Words) -> str:
    """The words with their contractions opened and no stops, each as it was written."""
    said = " ".join(word.raw if word.raw.lower() == word.plain else word.plain for word in words)
    return re.sub(r"(?<=\w)['’]s (?=(?:been|coming|cancelled|canceled|off|done|moved|now|at|on|starting|due|called|got|not|renewed|bought|sent|paid|fixed|booked|ordered|finished|sorted|over)\b)", " is ", said)  # fmt: skip


def _apart(told: str, clock: Clock) -> tuple[str, str]:
    """What is left of the statement, and its time."""
    try:
        found = clock.apart(hear(told))
    except Invalid:
        return "", ""
    return (written(found[0]), found[1]) if found else (told, "")


def _stripped(text: str, leads: str, tails: str) -> str:
    text = re.sub(rf"^{leads} ?\b", "", text.strip(" ,"), flags=re.IGNORECASE)
    while (shorter := re.sub(rf"[ ,]+{tails}$", "", text, flags=re.IGNORECASE).strip(" ,")) != text:
        text = shorter
    return text


def _called(text: str) -> str:
    """A short name and nothing like a sentence, else nothing."""
    said = plains(hear(text))
    return text if 0 < len(said) <= 6 and not _NO_NAME & set(said) else ""


_NO_NAME = frozenset("i we you he she they it me us not no is are was were will would can do did has have had that this what when".split())  # fmt: skip


def _moved(told: str, once: str, clock: Clock) -> str:
    told = re.sub(r" (?:this time|only)$", "", told)
    rest, when = _apart(told, clock)
    named = _called(_stripped(rest, _MOVED_LEADS, _MOVED_TAILS)) if when else ""
    when = re.sub(r"^(?:on|at|to|for|by) ", "", when)
    return f"move {named} to {when}" if named else ""


def _all_gone(told: str, once: str, clock: Clock) -> str:
    named = _called(re.sub(r"^(?:the|my|daily|weekly) (?:daily |weekly )?", "", _stripped(told, _GONE_LEADS, _GONE_TAILS)))  # fmt: skip
    return f"cancel all {named}" if named else ""


def _gone(told: str, once: str, clock: Clock) -> str:
    rest, when = _apart(told, clock)
    for said, behind in ((told, ""), (rest, f" {when}")):
        named = _called(_stripped(said, _GONE_LEADS, _GONE_TAILS))
        if named and named != said:
            return f"cancel {named}{behind}"
    return ""


def _done(told: str, once: str, clock: Clock) -> str:
    told = re.sub(r",? (?:finally|at last|now|already|this (?:morning|afternoon)|today|yesterday|last night|earlier|just now)$", "", told)  # fmt: skip
    for said in (told, _apart(told, clock)[0]):
        named = _called(_stripped(said, _DONE_LEADS, _DONE_TAILS))
        if named and named != said:
            return f"tick off {named}"
    return ""


def _entered(told: str, once: str, clock: Clock) -> str:
    """Only with its time, and without it nothing but a name."""
    rest, when = _apart(told, clock)
    shorter = _HAVE_LEADS.sub("", rest.lower())
    named = _called(re.sub(r"^(?:a|an|the|my) ", "", rest[len(rest) - len(shorter) :].strip(" ,")))
    named = re.sub(r" (?:at|on|in|from|as)$", "", named)
    return f"add {named} {when} to my calendar" if named and when and len(named.split()) <= 6 else ""
