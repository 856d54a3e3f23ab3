"""Everything that is not about one thing: taking back, what was done, the day, the time, and being spoken to."""

from agent.commands.intention import Intention, call, words
from agent.commands.patterns import Found
from agent.commands.rules import NUMBERS, Bag, Rule, Turn, bag, rule

CAN = "I can look after your calendar, tasks, reminders and mail, remember things for you, and undo what I did."
EXAMPLES = (
    "Try “what's on tomorrow”, “move the dentist to ten”, “add milk to my shopping list” or “any important email?”"
)
LOST = "I didn't understand that. I can help with your calendar, tasks, reminders and mail."

_PLAIN = """what which is are was were do did does have has had i we you me my our the a an any anything something some there got on in at for
of to and up how show tell give read list check let know about out everything all this that it be been am can could would"""

_UNDO_NEEDS, _UNDO_ALLOWS = bag(
    ["undo revert reverse undone"],
    "that it this the last thing things change changes you did just did my a previous one two three four five few couple both both everything we i "
    "said action actions command of them those back step steps edit edits addition made make to 2 3 4 5 latest most recent again whole let us",
)


def _undo(found: Found, turn: Turn) -> Intention | None:
    if turn.question and found.sentence.plain[-1:] == ("undone",):
        return None
    return call("undo", count=_count(found))


def _count(found: Found) -> int | None:
    for word in found.sentence.plain:
        if word in NUMBERS and word != "one" and NUMBERS[word] > 1:
            return NUMBERS[word]
    return None


_CHANGES_NEEDS, _CHANGES_ALLOWS = bag(
    [
        "change changed changes did done do doing add added delete deleted moved made cancelled canceled log history actions written"
    ],
    f"{_PLAIN} just so far calendar tasks task list lists diary schedule today's your actually really ever history log recent recently last latest "
    f"changes for today things actions actually everything you've far with mail reminders",
)


def _changes(found: Found, turn: Turn) -> Intention | None:
    said = set(found.sentence.plain)
    about_you = "you" in said or said & {"changes", "log", "history"}
    if (
        not about_you
        or "i" in said
        or said & {"can", "could", "would"}
        or (said & {"do", "doing"} and not said & {"did", "done", "just", "have"})
    ):
        return None
    if "you" in said and not said & {
        "what",
        "which",
        "show",
        "list",
        "tell",
        "did",
        "have",
        "everything",
        "all",
        "any",
        "changes",
        "give",
    }:
        return None
    return call("list_changes", when=found.when or None)


_TIME_NEEDS, _TIME_ALLOWS = bag(["time date clock hour"], "what is the it now right at moment tell me current local do you have know got say please today's todays give exact which our we be by on")  # fmt: skip
_DAY_NEEDS, _DAY_ALLOWS = bag(["day date month year weekday week"], "what which is the it now tell me current today today's todays do we have got of week month this know you say day date in are number year was be weekday calendar")  # fmt: skip
_SUGGEST_NEEDS, _SUGGEST_ALLOWS = bag(
    [
        "suggest suggestion suggestions recommend recommendation recommendations propose proposal proposals ideas idea tip tips advice advise"
    ],
    f"{_PLAIN} next now should today's free time with do doing work spend use gap gaps hours hour hear more another other new good get day your",
)
_BRIEF_NEEDS, _BRIEF_ALLOWS = bag(
    ["briefing brief rundown overview summary summarize recap headlines digest"],
    f"{_PLAIN} morning daily day day's days today's todays quick short full again play start hear get run down through of ready please now first",
)


def _brief(found: Found, turn: Turn) -> Intention | None:
    said = set(found.sentence.plain)
    only_day = found.when.lower() in (
        "",
        "today",
        "for today",
        "this morning",
        "for the day",
        "in the morning",
        "of today",
        "daily",
        "every morning",
    )
    if said & {"calendar", "it"} or not only_day:
        return None
    return call("get_briefing")


def _here(found: Found, turn: Turn) -> Intention | None:
    return call("get_time", place=found.text("place") or None)


def _reply(say: str):  # type: ignore[no-untyped-def]
    return lambda found, turn: words(say)


def _next_up(found: Found, turn: Turn) -> Intention | None:
    return call("get_suggestions")


_STOP = """stop|never mind|nevermind|cancel that|forget it|forget that|that is enough|that is all|enough|quiet|be quiet|shut up|shush|hush|silence|pause|hold on|wait|wait a minute|wait a second|one moment|hang on|leave it|leave it be|drop it|no more|stop talking|stop it|stop there|okay stop|not now|no thanks|no thank you|no|nope|nah|that will be all|that will do|i am done|we are done|skip it|abort|quit|exit|end|nothing|no nothing|oh nothing|nothing really|forget about it|it does not matter|does not matter|doesn't matter|no worries|no problem|i changed my mind|i have changed my mind|scratch that|ignore that|ignore me|please stop|stop please|cut it out|mute|knock it off|give it a rest|all good|all set|let it be|leave that|never mind that|not you|i was not talking to you|i was not speaking to you|i did not mean you|i am not talking to you|let me think|give me a second|give me a moment|give me a minute|just a moment|just a second|just a minute|no stop|no wait|no leave it|let us leave it|bye|goodbye|good bye|bye bye|see you|see you later|good night|goodnight|that is it|that is it for now|later|talk to you later|see you tomorrow|until tomorrow"""  # fmt: skip

RULES: list[Rule | Bag] = [
    Bag("undo", _UNDO_NEEDS, _UNDO_ALLOWS, _undo, "whole", frozenset(["means", "what", "how"])),
    rule(
        "undo",
        """
        (take|put|change|set|turn|roll|switch) (that|it|this|everything|things|them) back [again] [to (how|what|the way) it was] [as it was] [the way it was] [how it was]
        (take|roll|put) back (that|it|this|the last change|the last one|the last thing|what you did|what you just did|the change)
        (take back|roll back|undo|reverse|revert) the last <n:number> [things|changes|actions|of them|ones|steps]
        (take|put) (the last <n:number>|both|both of them|those two|them both) [things|changes] back
        (undo|reverse|revert|take back) (both|both of them|those two|them both|these two|the last couple of things|the last couple)
        make (that|it) not (happened|happen|have happened|done)
        (make|have) (that|it) (un-happen|unhappen|undone|not so)
        (that was|it was|that is|this was|that was all) [a] (wrong|mistake|an error|an accident|not right|incorrect|not what i meant|not what i wanted|not what i said|by mistake|by accident) [undo it|take it back|undo that|take that back|reverse it|put it back]
        (i did not mean|i did not want|i did not mean to do|i did not want you to do|i did not ask for|i did not say) (that|it|this) [undo it|take it back|undo that|take that back]
        (oops|whoops|oh no|no|wrong) (undo|undo that|undo it|take that back|take it back|put it back|reverse that)
        (on do|and do|un do|undo|unto|undue) (that|it|this)
        (oops|whoops|no) (take that back|take it back|put that back|put it back)
        control z
        (undo|reverse|revert|take back|roll back) (what|whatever|the thing|everything|all|the thing that) [that] you [have] [just] (did|done|changed|added|made|wrote|written|deleted|moved)
        (put|leave) (everything|it|that|things) [back] (as|like|how|the way) it was [before]
        go back [a step|one step]
        (cancel|delete|remove|drop) (that change|the last change|what you just did|what you did|the change|what you just added|what you just wrote)
        (i changed my mind|i have changed my mind) (undo it|undo that|take it back|take that back)
    """,
        lambda found, turn: _undone(found, turn),
    ),
    Bag("changes", _CHANGES_NEEDS, _CHANGES_ALLOWS, _changes, "apart"),
    rule(
        "changes",
        """
        what (did|have) you (just|actually|really) (do|done|did|change|changed|add|added)
        what was (that|the last thing you did|your last change|the last change|the last change you made|the last thing you changed|that you just did)
        (show|show me|list|tell me|read|read me|give me) [the|your|all] (changes|change log|changelog|history|activity|log|ledger|what you did|what you changed|what you have done|everything you did|everything you changed) [so far|you made|of today]
        (did|have) you (actually|really|just) <text> (that|it|anything)
        (did|have) you (do|done|change|changed|touch|touched|move|moved|delete|deleted|add|added|make|made) (anything|something|any changes) [on|to|in|with|from] [my|the] [calendar|tasks|lists|list|diary|mail|schedule|emails]
        what (changes|actions) (did|have) you (make|made|take|taken|do|done) [to|in|on] [my] [calendar|tasks|lists|diary|schedule]
        what (did|have) you (change|changed|add|added|delete|deleted|move|moved|do|done|put|written|write|cancel|cancelled) (on|to|from|in|with) my (calendar|tasks|lists|list|diary|schedule|to do list)
        what (has|was|got) (changed|been changed|been done|done|added|deleted|moved)
        what changed
    """,
        lambda found, turn: (
            call("list_changes", when=found.when or None)
            if not {"really", "actually"} & set(found.sentence.plain) or "text" not in [s[0] for s in found.slots]
            else call("list_changes")
        ),
        "apart",
    ),
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
        (good morning|morning|hello|hi) (brief me|what is up|what have we got|what is new|give me the news|how does it look|how does my day look|what is on) [today]
        how (does|do) (it|things) look [today|for today]
    """,
        lambda found, turn: call("get_briefing"),
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
        what (should|could|shall|can|would) i (do|work on|start|tackle|get done|start with|do first|focus on|use) [next|now|first] [with|in|during] [my|the|this|these] [free|spare|empty] [time|hour|hours|afternoon|morning|evening|slot|gap|day] [be good for]
        what (should|could|shall|can|would) i (do|work on|tackle|start with|focus on) (next|now|first)
        what (would|do|can|could) you (suggest|recommend|advise|propose) [i do|that i do|i should do|doing|me] [next|now|today|first|for today|with my time]
        (how|what) (should|could|can|shall) i (spend|use|fill|make use of) (my|the|this) [free|spare] (time|hour|hours|afternoon|morning|evening|day)
        (give me|tell me) something to do
        i (am bored|have nothing to do|have time to kill|have some free time|have a free hour) [what should i do|what could i do|what can i do]
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
        what (is the time|time is it|time do we have|time have you got|time have we got|hour is it) [now|there] in <place:new>
        (what is|tell me) the [current|local] time in <place:new>
        (got|have you got|do you have) the time
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
    rule("stop", _STOP.replace("|", "\n"), _reply("All right.")),
    rule(
        "thanks",
        """
        (thanks|thank you|thx|cheers|ta|many thanks|much appreciated|i appreciate it|appreciated|nice one|good job|well done|great job|nice work|good work) [a lot|very much|so much|a bunch|again|mate|chronus|for that|for your help|buddy|dear|for everything|love|for the help|indeed|kindly|a million|ever so much|you]
        (thank you|thanks) for <text>
        (great|perfect|wonderful|brilliant|excellent|lovely|awesome|amazing|fantastic|super|cool|nice|good|very good|that is great|that is perfect|sounds good|that is good|that is fine|good to know|got it|i see|makes sense|understood|fair enough|splendid|fine|that is right|that is correct|exactly|ah good|very well) [thanks|thank you|then|that is all]
        (that is|that was|you are|this is) (very|so|really)  (helpful|kind|good|nice|useful|great|sweet)
        (that is|that was|you are|this is) (helpful|kind|good|nice|useful|great|sweet|the best|awesome|amazing|brilliant)
    """,
        _reply("You're welcome."),
    ),
    rule(
        "hello",
        """
        (hello|hi|hey|howdy|hiya|good day|greetings|hey there|hi there|hello there|yo|hallo|hello again|hi again|welcome back) [chronus|there|again|dear|you]
        (good morning|morning|good afternoon|good evening|evening|afternoon) [chronus|to you|to you too|dear|there]
        (are you|you) (there|awake|listening|on|still there|still on|here|working|online|ready)
        (can|do) you (hear|understand) me [now|ok|well|still|alright|properly]
        hear me
        (how are|how are you|how do you do|how is it going|how are things|what is up|how have you been|are you ok|are you well|how are you doing) [you] [today|doing|going|chronus|then]
        (test|testing|mic check|one two|one two three|testing one two|testing one two three|sound check|hello test) [test|check]
    """,
        _reply("Hello, I'm here. What can I do for you?"),
    ),
    rule(
        "help",
        """
        (help|help me|help please|i need help|can you help|can you help me|could you help me|i need some help) [out] [with something]
        what (can|could|do|are|else can|all can|else do) you (do|help with|help me with|know|good for|offer|able to do|capable of|support|understand|for|good at) [for me|exactly|here]
        what (can|could|should|may|do) i (say|ask|ask you|tell you|do|say to you|ask for|ask you to do|do here|do with you) [to you|for|here|to do]
        (what|which) (commands|things|features|functions|skills|abilities|options) (do you|can you|are there|have you|can i|do i) [know|have|do|understand|got|use|available|offer]
        (what are|tell me) (your|the) (commands|features|functions|skills|abilities|capabilities|options|instructions)
        how (do|does|can) (you|this|it|i) (work|use you|use this|talk to you|use it|start|get started)
        how does this (work|thing work)
        what is (this|possible|all this)
        (give me|show me|tell me) [some] (examples|an example|what you can do|what i can say|the commands|help|instructions|the options)
        (menu|options|commands|instructions)
        (explain|introduce) yourself
    """,
        _reply(f"{CAN} {EXAMPLES}"),
    ),
    rule(
        "who",
        """
        (who|what) are you [exactly|really|anyway|then|called]
        what is your name
        (what|who) (am i talking to|am i speaking to|am i speaking with|is this|is there|is speaking|do i speak to)
        (are you|you are) (a|an) (robot|bot|human|machine|computer|real person|person|ai|assistant|model|program)
        (are you|you are) (real|human|alive|chronus|alexa|siri|google|chatgpt|gemini)
        who (made|built|created|wrote|programmed) you
        what do i call you
        (do you have|have you got) a name
        introduce yourself
    """,
        _reply("I'm Chronus, your assistant for calendar, tasks, reminders and mail."),
    ),
    rule(
        "repeat",
        """
        (what|pardon|pardon me|excuse me|sorry|come again|say again|huh|eh|what was that|repeat|repeat that|say that again|again|once more|one more time|could you repeat that|can you repeat that|i did not hear you|i did not hear that|i did not catch that|i did not get that|what did you say|what did you just say|say it again|repeat please|can you say that again|could you say that again|repeat it|i beg your pardon)
        (tell|read) me (that|it) again
        what
        (slower|louder|speak up|speak louder|speak slower|speak more slowly|more slowly)
    """,
        lambda found, turn: Intention(say="", angle="repeat"),
    ),
    rule(
        "yes, to nothing",
        """
        (yes|yeah|yep|yup|sure|ok|okay|of course|do it|do that|go ahead|confirm|confirmed|absolutely|definitely|correct|right|yes do it|yes do that|yes go ahead|sounds good|alright|please do|yes please|y|fine|approve|approved|i agree|agreed)
    """,
        lambda found, turn: Intention(say="Nothing is waiting for a yes just now. What can I do for you?", angle="yes"),
    ),
    rule(
        "how to",
        """
        (how|where) (do|can|could|would|does|should|must) (i|we|you|one|someone|it) <text>
        what (happens|would happen|will happen) (if|when) <text>
        what (does|do|would|is|are|means) <text> (do|mean|means|doing|for)
        what does <text> mean exactly
        (can|could|do|are|will|would|may) you [really|also|even|able to] (add|delete|move|cancel|send|read|remember|undo|change|make|create|remind|set|write|call|book|order|play|search|handle|manage|connect|work|speak|talk) <thing:text> at all
        <text> means what [exactly]
    """,
        _reply(f"Just say what you want, in your own words. {EXAMPLES}"),
    ),
]


def _undone(found: Found, turn: Turn) -> Intention | None:
    wrote = turn.focus.written is not None
    plain = found.sentence.plain
    told = "undo" not in plain and "back" not in plain and plain[0] in ("that", "it", "this", "i")
    if told:
        # "that was wrong" asks for nothing yet; it is offered
        return Intention(tool="undo", missing="yes", say="Shall I take back what I did last?") if wrote else None
    if plain[0] in ("go",) and not wrote:
        return None
    count = NUMBERS.get(found.sentence.plain[found.sentence.plain.index("last") + 1]) if "last" in plain[:-1] else None
    if {"both", "two"} & set(plain):
        count = 2
    return call("undo", count=count if count and count > 1 else None)
