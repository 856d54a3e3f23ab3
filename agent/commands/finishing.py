"""Ticking off what is done."""

from dataclasses import replace

from agent.commands.acting import acting, offering
from agent.commands.intention import Finish, Intention, Kind, Search, call, words
from agent.commands.patterns import Found
from agent.commands.rules import Bag, Rule, Turn, rule
from agent.commands.slots import refers
from agent.commands.words import plains, ungerund, written


def _done(found: Found, turn: Turn) -> Intention | None:
    options: dict[Kind, Finish] = {"task": lambda item: call("complete_task", task=item["id"])}
    return acting(found, turn, options, lacking="Which task is done?", tool="complete_task", missing="task")


def _told_done(found: Found, turn: Turn) -> Intention | None:
    """ "I've bought the stamps" is told, not asked for: ticking it off is offered, when there is such a task."""
    said = plains(found.words("thing"))
    if (
        turn.question
        or refers(found.words("thing"))
        or {"not", "yet", "almost", "nearly", "yesterday", "email", "mail"} & set(said)
        or len(said) > 6
    ):
        return None
    finish: Finish = lambda item: call("complete_task", task=item["id"])  # noqa: E731
    offers: dict[Kind, Finish] = {"task": offering(finish, "Shall I mark {} as done?")}
    intention = acting(found, turn, offers, lacking="Which task is done?")
    if intention and intention.search:
        return replace(intention, search=replace(intention.search, otherwise=words(NO_TASK), exactly=True))
    return None


NO_TASK = "Good to know. I find no open task of that name."


_DONE = "(done|complete|completed|finished|off|sorted|closed|resolved|bought|fixed|paid|sent|ordered|settled|dealt with|taken care of)"


def _done_or_finished(found: Found, turn: Turn) -> Intention | None:
    if found.has("what"):
        return _finished_doing(found, turn)
    said = plains(found.words("thing"))
    if said[0] in ("email", "mail", "tell", "write", "reply", "answer", "message", "remind", "draft", "send", "text", "say", "saying", "let"):  # fmt: skip
        return None  # "… saying the report is done" is the end of a letter
    if said[0] in ("not", "i", "almost", "nearly", "when", "everything", "all", "nothing", "what", "that's", "half") or (refers(found.words("thing")) and found.sentence.plain[0] in ("that", "it", "this") and len(found.sentence.plain) < 4 and "mark" not in found.sentence.plain):  # fmt: skip
        return None
    return _done(found, turn)


def _finished_doing(found: Found, turn: Turn) -> Intention | None:
    """ "I finished fixing the bike, please tick off the task": found by the words of what was done."""

    what = found.words("what")
    text = written(what)
    first = what[0]
    if first.plain.endswith("ing"):
        text = " ".join([ungerund(first.plain), written(what[1:])])
    options: dict[Kind, Finish] = {"task": lambda item: call("complete_task", task=item["id"])}
    return Intention(tool="complete_task", search=Search(called=text, options=options), say="Which task is done?")


FINISH: list[Rule | Bag] = [
    rule(
        "done",
        f"""
        (mark|set|check|tick|flag|put|make|log|count|list|change|consider) <thing:thing> [as|is|to|to be|being|has been|status to] {_DONE} [off] [on|from|off] [my|the] [list|tasks|to do list|task list]
        (mark|set|check|tick|cross) off <thing:thing> [as done] [on|from|off] [my|the] [list|tasks|to do list|task list|shopping list]
        (tick|check|cross|strike|mark) <thing:thing> off [of|from] [my|the] [list|tasks|to do list|task list|shopping list|work list]
        (tick|check|cross|strike|mark) <thing:thing> off
        (tick|check|complete|finish|close|conclude) [off] [the|my] task [to] <thing:thing>
        (complete|close|tick|finish off|close off|check) <thing:thing>
        (finish|complete|close|end) [the|my] <thing:thing> task
        (i am|we are) (done|finished|through) with <thing:thing> (tick it off|mark it done|mark it as done|tick it|check it off|cross it off|so tick it off|mark that as done|mark that done|tick that off|so mark it done)
        (set|mark|put) (as|to) {_DONE} <thing:thing>
        (mark|set) {_DONE} <thing:thing>
        put a (tick|check|check mark|tick mark) (next to|on|behind|at|to|beside) <thing:thing>
        <thing:thing> (is|are|has been|have been|is all|is now|got) {_DONE} [now|already]
        <thing:thing> (done|completed|finished)
        <thing:thing> : [all|already|is|are] (bought|paid|sent|called|sorted|fixed|booked|ordered|renewed|posted|got|watered|prepared|written|cleaned)
        done with <thing:thing>
        (i have|i) (done|finished|completed|did|finish|complete|sorted) <thing:thing> (tick it off|mark it done|mark it as done|tick it|check it off|cross it off|so tick it off|mark that as done|mark that done|tick that off|so mark it done)
        (finished|completed|done) <what:doing> [at last|now|finally]
        (i have|i) (done|finished|completed|did|finish|complete) <what> (tick off|check off|cross off|mark as done|complete) (the task|it|that|this)
    """,
        _done_or_finished,
    ),
    rule(
        "told to be done",
        """
        (i|we) (have|just|have just|already|have already|finally|have finally) (done|finished|completed|sorted|bought|called|paid|sent|fixed|watered|booked|renewed|prepared|ordered|got|made|written|cleaned|returned|picked up) <thing:thing>
        (i|we) (did|finished|completed|sorted|bought|called|paid|sent|fixed|watered|booked|renewed|prepared|ordered|got|made|wrote|cleaned|returned|picked up) <thing:thing>
        (i am|we are) (done|finished|through) with <thing:thing>
    """,
        _told_done,
    ),
]
