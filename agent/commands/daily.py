"""The day told, something to do with it, and the time."""

from agent.commands.intention import Intention, call
from agent.commands.patterns import Found
from agent.commands.rules import Bag, Rule, Turn, bag, rule
from agent.commands.talk import PLAIN

_TIME_NEEDS, _TIME_ALLOWS = bag(["time date clock hour"], "what is the it now right at moment tell me current local do you have know got say please today's todays give exact which our we be by on")  # fmt: skip


_DAY_NEEDS, _DAY_ALLOWS = bag(["day date month year weekday week"], "what which is the it now tell me current today today's todays do we have got of week month this know you say day date in are number year was be weekday calendar")  # fmt: skip


_SUGGEST_NEEDS, _SUGGEST_ALLOWS = bag(
    [
        "suggest suggestion suggestions recommend recommendation recommendations propose proposal proposals ideas idea tip tips advice advise"
    ],
    f"{PLAIN} next useful productive now should today's free time with do doing work spend use gap gaps hours hour hear more another other new good get day your",
)


_BRIEF_NEEDS, _BRIEF_ALLOWS = bag(
    ["briefing brief overview rundown overview summary summarize recap headlines digest"],
    f"{PLAIN} morning daily day day's days today's todays quick short full again play start hear get run down through of ready please now first",
)


def _brief(found: Found, turn: Turn) -> Intention | None:
    said = set(found.sentence.plain)
    only_day = found.when.lower().startswith("today") or found.when.lower() in (
        "",
        "today",
        "for today",
        "this morning",
        "the morning",
        "for the day",
        "in the morning",
        "of today",
        "daily",
        "every morning",
    )
    if said & {"calendar", "it"} or not only_day:
        return None
    # "again" at the end counts as politeness, and is looked for in all that was said
    whole = {word.plain for word in turn.words} & {"again", "full", "whole", "complete", "everything"}
    return call("get_briefing", move="restart" if whole else None)


def _here(found: Found, turn: Turn) -> Intention | None:
    return call("get_time", place=found.text("place") or None)


def _next_up(found: Found, turn: Turn) -> Intention | None:
    return call("get_suggestions")


RULES: list[Rule | Bag] = [
    Bag("briefing", _BRIEF_NEEDS, _BRIEF_ALLOWS, _brief, "apart"),
    rule(
        "briefing",
        """
        (what do i|what do we|anything i|what should i|what must i|tell me what i|is there anything i|anything i) (need to|should|have to|must|ought to) know [about] [today|for today|about today|this morning|about my day|about the day]
        what (should|do) i know [about] [today|for today|about today|this morning]
        (how is|how does|what is|what does|how will) [my|the|our] day [ahead] [look|looking|look like|looking like|be|like|going to be|shape up|shaping up|going to look]
        (start|begin|kick off) my day
        (tell|walk|talk|run|take|fill|brief|update|prepare|ready) me [through|about|in on|on|for] [my|the] day [ahead]
        (what is|what does) today (look like|looking like|have in store|hold|bring|got in store|like)
        (how is|how does|how will) today (look|looking|shaping up|look like|going to look)
        what is (in store|up|new|going on) [for me] [today]
        (my|morning|the|daily) (briefing|news|brief|update)
        (anything|something) important [happening] [today|for today|i should know|i need to know]
        (update|fill) me [in] [on today|on my day]
        what are my (headlines|priorities) [for] [today]
        what matters [today|most today]
        what is the (plan|news) [for] [my day|the day]
        what is (important|essential|relevant|going on|new|the news|up) [for] [today]
        (catch|bring) me up (on|with|to date on|to speed on) (my day|today|the day)
        (good morning|morning|hello|hi) (brief me|what is up|what have we got|what is new|give me the news|how does it look|how does my day look|what is on) [today]
        how (does|do) (it|things) look [today|for today]
    """,
        lambda found, turn: None if found.sentence.plain[-3:] == ("me", "the", "day") else call("get_briefing"),
        "whole",
    ),
    Bag("suggestions", _SUGGEST_NEEDS, _SUGGEST_ALLOWS, lambda found, turn: call("get_suggestions"), "apart"),
    rule(
        "something to do",
        """
        what (should|could|shall|can|would) i (do|work on|tackle|start with|focus on|get on with) (now|next|first|right now|today) [then]
    """,
        _next_up,
    ),
    rule(
        "suggestions",
        """
        what (should|could|shall|can|would) i (do|do with|work on|start|tackle|get done|start with|do first|focus on|use) [next|now|first] [with|in|during] [my|the|this|these] [free|spare|empty] [time|hour|hours|minutes|afternoon|morning|evening|slot|gap|day] [be good for]
        what (should|could|shall|can|would) i (do|work on|tackle|start with|focus on) (next|now|first)
        what (would|do|can|could) you (suggest|recommend|advise|propose) [i do|that i do|i should do|doing|me] [next|now|today|first|for today|with my time]
        (how|what) (should|could|can|shall) i (spend|use|fill|make use of) (my|the|this) [free|spare] (time|hour|hours|afternoon|morning|evening|day)
        (give me|tell me) something to do
        what (can|could) i get done [now|today|next]
        what is the (best|right) thing to (tackle|do|work on|start with) [now|next|first|today]
        what is a good (use of my|way to use my|way to spend my) [free|spare] (time|hour|hours|afternoon|day|morning|evening)
        what would be (a good thing to do|good to do|worth doing|sensible to do|good to work on|sensible to work on|sensible to work|good to work|best to work|wise to work|useful to work|sensible|wise to do|best to do|smart to do|useful to do|reasonable to do|the best thing to do|the best thing to work on|best to work on|a sensible thing to do|a good use of my time) [now|next|right now|today|first]
        help me (plan|use|fill) my [free|spare] (time|hour|hours|afternoon|day)
        i (am bored|have nothing to do|have time to kill|have some free time|have a free hour) [what should i do|what could i do|what can i do|what can i get done]
        what is (worth doing|the best use of my time|a good use of my time|the most important thing|my top priority|most urgent) [now|next|today|to do]
        (where|what) should i (start|begin) [with]
    """,
        _next_up,
        "apart",
    ),
    Bag(
        "time",
        _TIME_NEEDS,
        _TIME_ALLOWS,
        lambda found, turn: (
            call("get_time")
            if {"what", "tell", "time", "which"} & set(found.sentence.plain)
            and not found.when.replace("now", "").replace("today", "").strip()
            else None
        ),
        "apart",
    ),
    Bag(
        "day",
        _DAY_NEEDS,
        _DAY_ALLOWS,
        lambda found, turn: (
            call("get_time")
            if {"what", "which"} & set(found.sentence.plain)
            and {"is", "today", "have", "today's"} & set(found.sentence.plain)
            and not {"calendar"} & set(found.sentence.plain)
            else None
        ),
        "whole",
    ),
    rule(
        "time",
        """
        how (late|early) is it [now|already]
        (what is the time|what time is it|what time do we have|what time have you got|what time have we got|what hour is it|what time have they got|what time do they have|what time have they|what time is it over there|how late is it|what is the hour|the time) [now|there|right now|currently|at the moment] [over|out|down] in <place:new> [now|right now|at the moment|currently]
        [the|local|current] time [now|right now] in <place:new> [now|right now|please]
        (do you know|tell me|check|give me|i need|i want to know) (the|what) [current|local] (time|time it is|time is) in <place:new> [now]
        (what is|tell me) the [current|local] time in <place:new>
        (got|have you got|do you have|have you) the (time|hour)
        what hour (is it|have we|do we have)
        (tell|give|show) me the (day|date|time|hour) [today|now|right now]
        [today's|todays] (date|day)
        what is the (time|hour|date|day) [right now|now|at the moment|today|please]
        (what|which) (day|date|month|year|week|weekday) (is|have we got|do we have|are we in|of the week is it|of the week is|is this|is it) [it] [now|today]
        (what|which) (day|date|month|year|week|weekday) of the (week|month|year) (is|have we got|do we have|is it|are we in) [it] [now|today]
        (what is|what was|tell me) [today's|the|todays] (date|day) [today]
        what is today
        what is today's (date|day)
        is it [already] (monday|tuesday|wednesday|thursday|friday|saturday|sunday) [today|already]
        the time
    """,
        _here,
    ),
]
