"""Reminders that hang on something on the calendar: half an hour before the dentist, the evening before the flight."""

from datetime import datetime, timedelta

from agent.commands import times
from agent.commands.intention import Finish, Intention, Item, Kind, Search, call
from agent.commands.naming import title
from agent.commands.patterns import Found
from agent.commands.reminding import text_of
from agent.commands.rules import Bag, Rule, Turn, rule
from agent.commands.slots import refers
from agent.commands.words import written


def _before(found: Found, turn: Turn, sign: int) -> Intention | None:
    """So long before (or after) something on the calendar."""
    length = times.minutes(found.words("length"))
    pointed = turn.focus.pick(found.words("thing")) if refers(found.words("thing")) else None
    if length is None or (pointed is None and refers(found.words("thing"))):
        return None
    text = text_of(found) if found.has("text") else title(found.words("thing"))

    def event(item: object) -> Intention:
        assert hasattr(item, "__getitem__")
        edge = item["starts"] if sign < 0 else item["ends"]
        at = datetime.fromisoformat(str(edge)) + sign * timedelta(minutes=length)
        return call("set_reminder", text=text, when=at.isoformat(timespec="minutes"))

    if pointed:
        text = text if found.has("text") else pointed.name
        return event(pointed.item) if pointed.kind == "event" else None
    options: dict[Kind, Finish] = {"event": event}
    called = written(found.words("thing"))
    return Intention(tool="set_reminder", search=Search(called=called, options=options), say="Before what?")


def _day_before(found: Found, turn: Turn) -> Intention | None:
    """ "the evening before the flight, at eight": a day earlier, in the part of it that was said."""
    named = found.words("thing")
    pointed = turn.focus.pick(named) if refers(named) else None
    if refers(named) and (pointed is None or pointed.kind != "event"):
        return None
    part = next(word for word in found.sentence.plain if word in ("day", "evening", "night", "morning", "afternoon"))
    hour = " ".join(part for part in (found.text("at"), "" if part == "day" else f"in the {part}") if part)

    def event(item: Item) -> Intention:
        day = datetime.fromisoformat(str(item["starts"])).astimezone(turn.clock.zone).date() - timedelta(days=1)
        return call("set_reminder", text=text_of(found), when=f"{hour} on {day.isoformat()}".strip())

    if pointed:
        return event(pointed.item)
    return Intention(
        tool="set_reminder", search=Search(called=written(named), options={"event": event}), say="Before what?"
    )


RULES: list[Rule | Bag] = [
    rule(
        "before an event",
        """
        remind me <length:length> (before|ahead of|prior to) <thing:thing> [to|about|that|of] <text>
        remind me [to|about|of] <text> <length:length> (before|ahead of|prior to) <thing:thing>
        remind me <length:length> (before|ahead of|prior to) <thing:thing>
        [set a|set|add a|a] reminder [for] <length:length> (before|ahead of|prior to) <thing:thing> [to|about] [<text>]
        remind me of <thing:thing> <length:length> (before|ahead|in advance)
    """,
        lambda found, turn: _before(found, turn, -1),
    ),
    rule(
        "the day before an event",
        """
        remind me [on] the (day|evening|night|morning|afternoon) before <thing:thing> [at <at:when>] to <text>
        remind me [on] the (day|evening|night|morning|afternoon) before <thing:thing> to <text> at <at:when>
        remind me to <text> [on] the (day|evening|night|morning|afternoon) before <thing:thing> [at <at:when>]
    """,
        _day_before,
    ),
    rule(
        "after an event",
        """
        remind me <length:length> after <thing:thing> [to|about|that|of] <text>
        remind me [to|about|of] <text> <length:length> after <thing:thing>
    """,
        lambda found, turn: _before(found, turn, 1),
    ),
]
