"""Steering a briefing: on, skip, back, again, more, what changed, "do that", "remind me at three"."""

from collections.abc import Mapping
from typing import Any

from agent.commands.intention import Intention, Onward, call, words
from agent.commands.patterns import Found
from agent.commands.rules import Bag, Make, Rule, Turn, rule

_NEAR = 3
"""So many calls back a briefing may have been told for "go on" to mean it."""


def _told(turn: Turn, calls: int) -> bool:
    """Whether the briefing was among the last things we did."""
    return any(exchange.call.tool == "get_briefing" for exchange in turn.focus.exchanges[-calls:])


def _about_it(turn: Turn) -> bool:
    """Whether "it" is the item just heard: nothing was done since, or only what was done about that item."""
    before = turn.focus.exchanges[-2:-1]
    return _told(turn, 1) or any(
        exchange.call.tool == "get_briefing" and exchange.call.arguments.get("move") == "current" for exchange in before
    )


def _move(move: str) -> Make:
    return lambda found, turn: call("get_briefing", move=move) if _told(turn, _NEAR) else None


def _of_it(move: str) -> Make:
    return lambda found, turn: call("get_briefing", move=move) if _about_it(turn) else None


def _named(move: str) -> Make:
    """The briefing itself is named, so it needn't have been told just now."""
    return lambda found, turn: call("get_briefing", move=move)


def _offered(found: Found, turn: Turn) -> Intention | None:
    """Whatever the item just heard offers: taking the suggestion, ticking the task off."""
    if not _about_it(turn):
        return None

    def take(current: Mapping[str, Any]) -> Intention:
        offer = current.get("offer")
        return call(offer["tool"], **offer["arguments"]) if offer else words("There is nothing I could do about that.")

    return _of_the_current(take)


def _ticked(found: Found, turn: Turn) -> Intention | None:
    """The task just heard is done."""
    if not _about_it(turn):
        return None

    def tick(current: Mapping[str, Any]) -> Intention:
        if current.get("kind") == "task" and current.get("source"):
            return call("complete_task", task=current["source"])
        return words("That is no task. Tell me which one is done.")

    return _of_the_current(tick)


def _reminded(found: Found, turn: Turn) -> Intention | None:
    """A reminder of the item just heard."""
    when = f"in {found.text('length')}" if found.has("length") else found.when
    if not when or not _about_it(turn):
        return None
    return _of_the_current(lambda current: call("set_reminder", text=current.get("name"), when=when))


def _of_the_current(onward: Onward) -> Intention:
    def look(result: Mapping[str, Any]) -> Intention:
        current = result.get("current")
        return onward(current) if current else words("I haven't told you anything yet.")

    return Intention(tool="get_briefing", arguments={"move": "current"}, onward=look)


_THE = "(the|my|todays|today's|this morning's) (briefing|brief|overview|rundown|news|update)"

RULES: list[Rule | Bag] = [
    rule(
        "go on with the briefing",
        """
        [okay|ok|and|now|alright|yes] (go on|continue|carry on|keep going|go ahead|resume|proceed|unpause|keep on|where were we|on you go|you can go on|and then|what else|go on then|play|read on|keep talking|keep reading)
        (continue|carry on|go on) (where (we|you|i) (left off|stopped|were)|from there|from where (we|you|i) (left off|stopped|were)|reading|talking)
    """,
        _move("continue"),
    ),
    rule(
        "go on with the briefing, by name",
        f"""
        (continue|resume|go on with|carry on with|finish|keep going with|play|pick up|start|read) {_THE} [where (we|i|you) (left off|stopped)]
        (good morning|morning) [chronus|to you|to you too|dear|there|everyone]
    """,
        _named("continue"),
    ),
    rule(
        "skip",
        """
        (skip|next|skip that|skip it|skip this|skip this one|skip that one|next one|next item|the next one|next please|next thing|move on|skip ahead|on to the next|on to the next one|go to the next|go to the next one|not interested|i know|i know that|heard that|next topic|forward|moving on|pass)
    """,
        _move("next"),
    ),
    rule(
        "back",
        """
        (back|go back|previous|the previous one|previous one|the one before|back one|one back|go back one|go to the previous one|rewind|before that|the last one again|go back to the previous one|back up|what was before that|what was the one before)
    """,
        _move("back"),
    ),
    rule(
        "again",
        """
        (again|repeat|repeat that|say that again|once more|one more time|what was that|come again|pardon|repeat it|repeat that one|say it again|that again|i did not hear that|i did not catch that|could you repeat that|can you repeat that|read that again|repeat the last one)
    """,
        _of_it("repeat"),
    ),
    rule(
        "all of it again",
        f"""
        (start again|start over|from the beginning|from the start|from the top|begin again|all of it again|all again|start from the beginning|start from the top|restart|everything again|tell me everything again|the whole thing again)
        (start|read|tell me|play|repeat|restart|begin) {_THE} (again|from the beginning|from the start|from the top|over|once more)
        (the whole briefing|the briefing again|my briefing again|repeat {_THE}|restart {_THE}|start {_THE} over|the whole briefing again)
    """,
        lambda found, turn: (
            call("get_briefing", move="restart")
            if _told(turn, _NEAR) or {"briefing", "brief", "overview", "rundown"} & set(found.sentence.plain)
            else None
        ),
    ),
    rule(
        "more",
        """
        (more|tell me more|more about that|more about it|more details|more detail|details|give me details|give me the details|the details|say more|more on that|more about this|go into detail|what exactly|elaborate|tell me more about (it|that|this|that one|this one)|what is that about|what is it about|what does it say|what do they want|what does (he|she) want|read it|read that|read it to me|open it|more please|expand on that|expand)
    """,
        _of_it("more"),
    ),
    rule(
        "where from",
        """
        [and] where (is|does|did|was) (that|it|this) [come|coming|taken|got] from
        [and] (where did you (get|find|read|hear|see) (that|it|this) [from]|how do you know [that]|who says [so|that]|says who|what is the source|source|where do you have that from|what is that from|who told you [that])
    """,
        _of_it("source"),
    ),
    rule(
        "what changed",
        """
        [and] what (changed|is different|is new|has changed|is changed|else changed) [since|since then|since (this morning|earlier|the briefing|last time|the last time|i last (asked|listened)|this afternoon|my briefing)]
        [is there] (anything|something) (new|different|changed) [since|since then|since (this morning|earlier|the briefing|last time|i last (asked|listened))]
        [did|has] (anything|something) (change|changed|new) [since|since then|since (this morning|earlier|the briefing|last time)]
        any (changes|news|updates) [since|since then|since (this morning|earlier|the briefing|last time)]
    """,
        _move("changes"),
    ),
    rule(
        "what changed since the briefing",
        """
        what (changed|is different|is new|has changed|is changed) since (the|my|this morning's|todays|today's) briefing
        (anything|something) (new|different|changed) since (the|my|this morning's|todays|today's) briefing
    """,
        _named("changes"),
    ),
    rule(
        "do that",
        """
        [yes|yeah|ok|okay|sure] [please] (do that|do it|do so|yes do that|do this|let us do that|let us do it|go for it|accept|accept that|accept it|take it|take that|book it|book that|put it in|put that in|good idea|sounds good do it|put it on my calendar|put that on my calendar|put it in my calendar|add it|add that|add it to my calendar|add that to my calendar|schedule it|schedule that|i will do that|i will take that)
    """,
        _offered,
    ),
    rule(
        "that is done",
        """
        (that is|it is|that one is|this is|that was|i have) [already] (done|finished|did that|done that|done it|taken care of)
        (tick|check|cross|mark) (it|that|that one|this one) [off] [as] [done|complete|completed|finished|off]
        i [already|have already] (did|done) (that|it|that one)
        (done|already done|done that|finished)
    """,
        _ticked,
    ),
    rule(
        "remind me of that",
        """
        remind me [of|about] [that|it|this|that one|this one]
        [set|make] [me] [a] reminder [for|of|about] (that|it|this)
    """,
        _reminded,
        "apart",
    ),
    rule(
        "remind me of that, so long from now",
        """
        remind me [of|about] [that|it|this] in <length:length>
        remind me in <length:length> [of|about] [that|it|this]
    """,
        _reminded,
    ),
]
