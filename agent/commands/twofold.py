"""Wishes in two sentences, the first names the thing and the second says what to do with it: "got the coffee, cross it off the list"."""

from agent.commands.acting import acting
from agent.commands.cancelling import EVENT, REMINDER, TASK
from agent.commands.intention import Finish, Intention, Kind, call
from agent.commands.patterns import Found
from agent.commands.rules import Bag, Rule, Turn, rule
from agent.commands.slots import refers
from agent.commands.words import plains

_DOUBTFUL = frozenset("not never almost nearly half yet still no hardly barely if whether nothing soon need want must should will would could can might may".split())  # fmt: skip
_NOBODY = frozenset("he she they you i we".split())


def _doubtful(found: Found) -> bool:
    """Whether what was told isn't plainly so: "the passport is nearly done"."""
    told = {*plains(found.words("did")), *plains(found.words("how"))}
    return bool(_DOUBTFUL & told) or bool(_NOBODY & set(plains(found.words("did"))))


def _ticked(found: Found, turn: Turn) -> Intention | None:
    if _doubtful(found) or refers(found.words("thing")) or len(found.words("did")) > 2 or len(found.words("how")) > 6:
        return None
    options: dict[Kind, Finish] = {"task": lambda item: call("complete_task", task=item["id"])}
    return acting(
        found, turn, options, lacking="Which task is done?", tool="complete_task", missing="task", commanded=True
    )


def _dropped(found: Found, turn: Turn) -> Intention | None:
    if refers(found.words("thing")) or len(found.words("why")) > 6:
        return None
    said = found.sentence.plain
    tail = set(said[-6:])
    options: dict[Kind, Finish] = {"event": EVENT, "reminder": REMINDER, "task": TASK}
    if tail & {"calendar", "diary", "schedule", "agenda", "planner", "appointment", "meeting", "event"}:
        options = {"event": EVENT}
    elif tail & {"list", "lists", "task", "tasks", "do", "dos"}:
        options = {"task": TASK}
    elif tail & {"reminder", "reminders", "alarm"}:
        options = {"reminder": REMINDER}
    return acting(found, turn, options, lacking="What should I take off?", tool="cancel_event", commanded=True)


_THEN = "[so|and|then|now|thus|therefore] [please|you can|you could|you may|can you|could you|would you|will you|so you can|let us|go ahead and|feel free to|i think you can|just]"  # fmt: skip

_IT = "(it|that|this|them|that one|this one|those|that task|the task|this task|that item|him|her)"

_LIST_TOO = "[off|from|on|of] [my|the|our] [shopping|grocery|work|to do|task] [list|lists|tasks|task list|to do list|to dos|groceries]"

_TICK = f"({_THEN} (tick|cross|check|strike|mark|scratch|knock|take|put) {_IT} (off|done|as done|as complete|as completed|as finished|complete|completed|finished|down as done|to done) {_LIST_TOO}|{_THEN} (tick|check|complete|mark|close|finish|close out|tick off|check off|cross off|mark off|cross out) {_IT} {_LIST_TOO}|{_THEN} set {_IT} to (done|complete|completed|finished)|{_THEN} (mark|put) (as done|done)|{_THEN} (that is|it is|that one is) (done|finished|ticked off|off the list|sorted)|{_THEN} (tick|check))"  # fmt: skip

_AWAY = f"{_THEN} (take|remove|delete|drop|cancel|scrap|get|strike|call|clear|wipe|erase|kill|get rid of|take away|take out|cross) (it|that|this|them|that one|the appointment|that appointment|the meeting|that meeting|the event|that event|that task|the task|this task|the reminder|that reminder|that item|him|her) [off|from|out|out of|off of] [my|the|our] [shopping|grocery|work] [calendar|diary|schedule|agenda|planner|list|tasks|task list|to do list|to dos]"  # fmt: skip

_JUST = "[just|already|now|finally|all|both|also|at last|right|only just]"

_NO_MORE = "[any more|anymore|any longer|after all|now|then|this time|again|either]"


RULES: list[Rule | Bag] = [
    rule(
        "told and tick off",
        f"""
        (i|we) [have] {_JUST} <did> <thing:thing> {_TICK}
        (i|we) [have] {_JUST} (picked up|dropped off|taken care of|took care of|dealt with|sent off|filled in|filled out|handed in|thrown out|threw out|put away|got hold of|spoken to|spoke to|talked to|am done with|are done with|am finished with|am through with) <thing:thing> {_TICK}
        (i am|we are) {_JUST} (done|finished|through|ready) with <thing:thing> {_TICK}
        {_JUST} (sorted|dealt with|sorted out|took care of|taken care of) <thing:thing> {_TICK}
        (done|finished|through) with <thing:thing> {_TICK}
        (got|bought|did|done|finished|sent|called|paid|fixed|watered|booked|renewed|ordered|made|wrote|cleaned|returned|picked up|sorted|completed|prepared|rang|phoned|posted|washed|repaired|fetched|collected|found|handed in|submitted) <thing:thing> {_TICK}
        <thing:thing> (is|are|was|were|has been|have been|got|has|have|were all|is all|are all|gets) {_JUST} <how> {_TICK}
        <thing:thing> (done|finished|sorted|sent|bought|paid|fixed|complete|completed|called|booked|ordered|renewed|watered) {_TICK}
        (that is|there goes|so much for|that was) <thing:thing> [done|finished|sorted|dealt with|out of the way] {_TICK}
    """,
        _ticked,
    ),
    rule(
        "told, so no reminder",
        f"""
        (i|we) [have] {_JUST} <did> <thing:thing> {_THEN} (scrap|cancel|delete|remove|drop|forget|turn off|switch off|clear|stop|kill|dismiss) (that|the|this|my) (reminder|alarm)
        (i|we) [have] {_JUST} <did> <thing:thing> {_THEN} (you do not need to|no need to|you need not|do not|stop) (remind|reminding) me [of it|about it|about that] [any more|anymore]
    """,
        lambda found, turn: None if _doubtful(found) or len(found.words("did")) > 2 else _dropped(found, turn),
    ),
    rule(
        "told and take off",
        f"""
        (i|we) (do not|no longer|will not|will no longer|can not|am not going to|are not going to|am no longer going to|would not) (need|want|have|require|make|attend|go to|make it to|come to|get to|be at|be able to make|be needing|be going to|do|go) [to|for|about] <thing:thing> {_NO_MORE} {_AWAY}
        (i am|we are) (not going to|no longer going to|not doing|not coming to|not attending|skipping|out of|not going) [to] <thing:thing> {_NO_MORE} {_AWAY}
        (there is|i have) no (need|use|time) (for|to) <thing:thing> {_NO_MORE} {_AWAY}
        no need (for|to) <thing:thing> {_NO_MORE} {_AWAY}
        (forget about|never mind|forget) <thing:thing> {_AWAY}
        <thing:thing> (is|are|was|were|has been|have been|got|will be) {_JUST} (not happening|not needed|not necessary|no longer needed|no longer necessary|no longer happening|cancelled|canceled|off|called off|over|pointless|obsolete|unnecessary|scrapped|dropped|not on|not taking place|not going ahead|not coming|no longer relevant|not relevant|no longer on) {_NO_MORE} {_AWAY}
        <thing:thing> (has|have) (cancelled|canceled|called it off|dropped out|called off|pulled out) {_AWAY}
        <thing:thing> (will not|does not|is not going to|can not|do not) (happen|take place|come|be needed|matter|be happening|make it|need doing) {_NO_MORE} {_AWAY}
    """,
        _dropped,
    ),
]
