"""Being called: "call me", "ring me at eight", "call me in ten minutes with my briefing"."""

from agent.commands.intention import Intention, call
from agent.commands.patterns import Found
from agent.commands.rules import Bag, Rule, Turn, rule

_ME = "(call|ring|phone|telephone|dial) [to] me [back|up|again]"
_A_CALL = "(give|gimme) [me] [a] (call|ring|buzz|phone call|bell)"
_WITH = "(with|and read me|and give me|and tell me|for|to read me|to give me|to tell me) [my|the] [morning|daily|today's] briefing"


def _called(found: Found, turn: Turn) -> Intention | None:
    when = f"in {found.text('length')}" if found.has("length") else found.when
    about = "briefing" if "briefing" in found.sentence.plain else None
    return call("call_me", when=None if when in ("", "now", "right now") else when, about=about)


RULES: list[Rule | Bag] = [
    rule(
        "call me",
        f"""
        {_ME} [now|right now|straight away|at once|immediately|right away] [please|on the phone|on my phone|on the telephone|on my telephone|on my mobile]
        {_A_CALL} [now|right now] [please|on my phone|on my mobile]
        (call|ring|phone) my (phone|mobile|telephone|cell|mobile phone|own phone) [now|right now]
        {_ME} [now|in|at|on] [on my phone] {_WITH}
        {_A_CALL} {_WITH}
        (i want|i would like|i need) [you] to be called [now|on my phone]
        (i want|i would like|i need) you to (call|ring|phone) me [now|back]
    """,
        _called,
        "apart",
    ),
    rule(
        "call me, so long from now",
        f"""
        {_ME} [in] <length:length> [from now]
        {_A_CALL} [in] <length:length> [from now]
        {_ME} [in] <length:length> [from now] {_WITH}
    """,
        _called,
        "whole",
    ),
]
