"""What is to be kept in mind, asked for, or forgotten."""

from agent.commands.intention import Intention, call, words
from agent.commands.leftover import TWO_WISHES, second_wish
from agent.commands.patterns import Found
from agent.commands.rules import Bag, Rule, Turn, rule
from agent.commands.slots import refers
from agent.commands.words import plains, written

_NO_FACT = frozenset(
    "when how what why who where which if whether to the a an our my that this all last back those me him her".split()
)


_SAYS = frozenset(
    """
is are was were am be been has have had do does did like likes love loves hate hates prefer prefers want wants need needs drink drinks eat
eats take takes live lives work works can will would should not never always usually go goes get gets hold keep keeps use uses speak speaks
call calls enjoy enjoys sleep sleeps start starts sit sits pay pays park parks wear wears play plays means belongs costs owe owes own owns
dislike dislikes hide hides lies stands parked moved born married allergic named called must cannot wake wakes run runs
""".split()
)


_ASKED_TO = (
    ("can", "you"),
    ("could", "you"),
    ("would", "you"),
    ("will", "you"),
    ("please", "can"),
    ("please", "could"),
)


def _keep(found: Found, turn: Turn) -> Intention | None:
    plain = plains(found.words("text"))
    said = found.sentence.plain
    if not plain or (plain[0] in _NO_FACT and "that" not in said[: len(said) - len(plain)] and not _SAYS & set(plain)):
        return None
    if plain[0] in ("when", "how", "what", "why", "who", "where", "which", "to", "if", "whether") or (
        turn.question and plains(turn.words)[:2] not in _ASKED_TO
    ):
        return None
    if plain[0] in ("anything", "everything", "nothing", "something", "all") and len(plain) > 1:
        return None  # "do not forget anything about Anna" tells nothing
    if plain[0] in ("in", "on", "to", "into") and {"calendar", "diary", "list", "agenda", "planner", "schedule", "tasks"} & set(plain[:5]):  # fmt: skip
        return None
    if "said" in plain[-3:-1]:
        return None  # "…, said mum"
    if second_wish(found.words("text")):
        return words(TWO_WISHES)
    if not (_SAYS & set(plain) or any(word.endswith("'s") for word in plain)) or refers(found.words("text")):
        return None
    text = found.text("text")
    return call("remember", text=text[:1].upper() + text[1:])


def _recall(found: Found, turn: Turn) -> Intention | None:
    if plains(turn.words)[:4] == ("can", "you", "remember", "that"):
        return None  # asked for, and no question
    about = written(found.words("about")) if found.has("about") else ""
    if about.lower() in ("me", "myself", "us", "all", "everything", "so far", "today"):
        about = ""
    for lead in ("the ", "my ", "our ", "that "):
        about = about.removeprefix(lead)
    if refers(found.words("about")) and about:
        return None
    return call("recall", about=about or None)


def _mine(found: Found, turn: Turn) -> Intention | None:
    """ "what's my sister's name": something only memory can know."""
    plain = set(plains(found.words("about")))
    taken = """calendar diary schedule agenda next task tasks list lists email emails mail mails inbox message messages reminder reminders day week
    weekend month meeting meetings appointment appointments event events time briefing overdue due free unread today tomorrow plan plans
    suggestions suggestion plate to-do todo do last latest first changes balance weather date news horoscope future password location
    change call""".split()
    if plain & set(taken) or found.when or any(word.rstrip("s") in taken for word in plain):
        return None
    return call("recall", about=written(found.words("about")))


def _forget(found: Found, turn: Turn) -> Intention | None:
    plain = plains(found.words("about"))
    if refers(found.words("about")) or {"reminder", "reminders", "task", "meeting", "appointment"} & set(plain):
        if plain in (("that",), ("it",), ("this",)):
            return _forget_last(turn)
        return None
    if set(plain) <= {"everything", "all", "me", "about", "you", "know"}:
        return Intention(tool="forget", missing="about", say="I only forget one thing at a time. What should I forget?")
    about = written(found.words("about"))
    return call("forget", about=about.removeprefix("the ").removeprefix("my ") or about)


def _forget_last(turn: Turn) -> Intention:
    last = turn.focus.last
    if last and last.call.tool == "remember" and last.wrote:
        return call("undo")
    return words("All right.")


_THAT = "[please] (that|the fact that|about|:|this|for later|for me|for next time|for the future)"


def _recall_or(found: Found, turn: Turn) -> Intention | None:
    said = found.sentence.plain
    if "allergic" in said and (
        not found.has("about") or plains(found.words("about")) in (("anything",), ("something",))
    ):
        return call("recall", about="allergic")
    if not found.has("about") and said[-1] in ("like", "prefer", "love", "hate", "dislike"):
        return call("recall", about=f"I {said[-1]}")
    plain = set(plains(found.words("about")))
    if said[-1] in ("preferences", "habits", "likes", "dislikes", "allergies") and not found.has("about"):
        return call("recall", about=said[-1])
    if (
        said[:2] == ("who", "is")
        and not plain & {"vegetarian", "vegan", "allergic", "married", "left-handed"}
        and plain & {"this", "it", "there", "coming", "here", "next"}
    ):
        return None
    if {"you", "your"} & plain or plain & {"time", "weather", "date", "what's", "calendar"}:
        return None
    return _recall(found, turn)


def _why(found: Found, turn: Turn) -> Intention | None:
    """ "why do you think that?": what was said last, or what is named."""
    if not found.has("about") or refers(found.words("about")):
        return call("explain")
    about = written(found.words("about"))
    if {"weather", "time"} & set(plains(found.words("about"))):
        return None
    return call("explain", about=about)


RULES: list[Rule | Bag] = [
    rule(
        "explain",
        """
        (why do you|what makes you|how come you) (think|say|believe|assume|know) [that|so|this|it]
        how do you know [that|this|it|so|about that|about it]
        (where|how) (did|do) you (get|hear|learn|have|know) (that|this|it) [from]
        who told you [that|this|so]
        when did i (say|tell you|mention|say to you) (that|this|it|so)
        (why do you|why would you|what makes you|how come you) (think|believe|say|assume|know) [that] <about>
        (where|how) (did|do) you (get|hear|learn|know) (that|from) <about>
        (where|how|who) (have|did) you (got|get|have|had|learned|heard) (it|that|this) [from] that <about>
        (since when do you know|who told you) [that] <about>
        how do you know [that|about] <about>
        when did i (say|tell you|mention|say to you|mention to you) [that] <about>
    """,
        _why,
    ),
    rule(
        "remember",
        """
        (remember|memorize|memorise|note|keep in mind|bear in mind|make a note|take note|take a note|store|save|learn|know|make a mental note|mark down|put in your memory|write down|note down|record|keep note|file away|jot down) [that|the fact that|about me that|:|this|for me that|for later that|of the fact that|for next time that|for the future that] <text>
        (do not forget|never forget|do not ever forget|you should know|you ought to know|you must know|just so you know|so you know|fyi|for your information|for future reference|for the record|for next time|for later|for the future|note to yourself|keep this in mind|remember this|remember that|here is something to remember) [that|:] <text>
        (i want you to|you should|you can|you may) (remember|know|note|keep in mind) [that] <text>
        keep (in mind|in memory|in your memory) [that] <text>
        add to (your memory|my memories|memory) [that] <text>
        <text> (remember it|please remember it|keep that|keep it|store that|store it|save it|hold on to that|do not forget it|keep it in mind|bear it in mind|make a note of it|note it|memorize it|memorize that|remember that for me|for your information|fyi|just so you know|so you know|in case you need it) [for later|for me|for next time|for the future]
        <text> (remember that|keep that in mind|remember this|do not forget that|note that|make a note of that|bear that in mind|save that|please remember|keep this in mind)
    """,
        _keep,
    ),
    rule(
        "recall",
        """
        what (do|did|have) you (know|remember|learn|learned|remembered|stored|store|saved|noted|memorized|kept|kept in mind|memorised|know so far) [so far|of] [about <about:thing>]
        what [all] do you [actually|already] (know|remember) (about|of|regarding) <about:thing>
        what have you [got] (stored|saved|noted) (on|about|of) <about:thing>
        is there anything you (know|remember|have stored) about <about:thing>
        do you (know|remember) (what|which) <about:thing> (i|we) (like|prefer|want|take|hate) [on|at|in|for] [<rest:thing>]
        what can you (remember|recall|tell me) (about|of) <about:thing>
        did i (tell|mention) [to] [you] [anything|something] (about|of) <about:thing>
        (tell me about|what are|show me|list) my (preferences|habits|likes|likes and dislikes|allergies)
        who is <about:thing>
        what (did|have|do) i [have] (tell|told|say|said|mention|mentioned) [to] [you] (about|regarding|of|on|concerning) <about:thing>
        (where|what|when|which|how|who|whether) (did|do|have) i [have] (say|said|tell you|told you|mention|mentioned) [that] <about>
        [if|whether] [you] [still] (know|remember|recall|have|kept) (anything|something|what i said|what i told you|a thing) (about|of|on|concerning|regarding) <about:thing>
        do you [still] (know|remember|recall) (what|where|which|who|how|when) i (said|told you|mentioned) <about>
        (is there|have you) [got] (anything|something) (noted|remembered|stored|saved|in memory|in your memory) (about|on|concerning|regarding|of) <about:thing>
        [you|if you] (remember|recall|know) what i (said|told you|mentioned) (about|on|of|regarding) <about:thing>
        what (did|have) i (tell|told) you [to remember] [so far]
        (tell|show|remind|give) me [of] (what|everything|all|anything) [that] you (know|remember|have|have stored|learned) [about <about:thing>]
        do you (know|remember|recall|have) (anything|something|what i said|what i told you|what i like|what i said to you) (about|of|on) <about:thing>
        do you (know|remember|recall) that (i|we|my|our) <about>
        (do you|can you) (know|remember|recall) (if|whether|what|where|which|how|who|when) (i|we|my|our) <about>
        (do you|can you) (know|remember|recall) <about:thing>
        have i (told|mentioned) [to] [you] [anything|something] (about|of) <about:thing>
        (show|list|read|tell|show me|tell me|read me) [me] [your|my|the|all my|all your] (memories|memory|notes about me|things you remember|things you know) [about <about:thing>]
        (what is|what are|anything) in (your|my) memory [about <about:thing>]
        what memories do you have [of me|about me|about <about:thing>]
        (tell me|show me|list) what you [have] (remembered|learned|saved|noted|stored|kept|remember) [so far|of me|about me]
        recall [what you know about|what i said about|everything about] <about:thing>
        (what am|am|what was|what were) i allergic [to]
        what (do|did) i (like|prefer|love|hate|dislike|usually <about>) [about <about>]
        (what kind of|which|what) <about:thing> do i (like|prefer|want|need|take|love|hate)
        (what kind of|what sort of|which) <about:thing> do i (like|prefer|want|take|love|hate) (on|in|at|for|with|best) [<rest:thing>]
        (where|how|when) do (i|we) (like|prefer|love|hate|want) [to] <about:thing>
        (what|which) <about:thing> am i allergic to
        am i allergic to <about:thing>
        (tell|give) me what i (said|told you|mentioned|say) (about|on|of) <about:thing>
        (is|are) <about:thing> [a|an] (vegetarian|vegan|allergic|married)
        (do|does) (i|we) like <about:thing>
        what (does|do|is) <about:thing> (like|eat|prefer|drink|allergic to|called)
    """,
        _recall_or,
    ),
    rule(
        "mine",
        """
        (what is|what are|who is|who are|where is|what was|tell me) (my|our) <about:thing>
        what is <about:thing> (name|birthday|favourite|favorite)
    """,
        _mine,
        "apart",
    ),
    rule(
        "forget",
        """
        (forget|unremember|unlearn) [what i (said|told you)|what you know|everything|all|everything you know|anything|all you know|what you remember|that thing|the thing|the fact|what i told you|what i said|it] (about|regarding|with|of|on) <about:thing>
        (forget|unlearn|unremember) [that|the fact that] <about:thing>
        (forget|unlearn|unremember) that <about>
        (forget|unlearn|unremember) <about>
        (delete|erase|remove|wipe|clear|drop|strike|purge) (from|out of) (your|my|the) (memory|memories|mind) [that|what i said about|what you know about|everything about|the thing about|the fact that|anything about] <about>
        (delete|erase|remove|wipe|clear|drop|purge) [everything|all|anything|what|the thing|the things|all that|everything that] [you|i] [know|remember|have|told you|said|stored|have stored] about <about:thing> [from your memory|from memory|from my memories]
        (delete|erase|remove|wipe|clear|drop|purge) (what|the memory|the note|the memories|that memory|my memory|your memory|the fact|everything|all|anything) [you|i] [know|remember|have|told you|said|stored|have stored] (about|that|of) <about:thing> [from your memory|from memory]
        (delete|erase|remove|wipe|drop|purge) <about:thing> from (your|my|the) (memory|memories|mind)
        (delete|erase|remove|wipe|drop|purge) (that|the fact that) <about> from (your|my|the) (memory|memories|mind)
        (do not|stop) (remember|remembering) [that|anything about] <about> [any more|anymore]
        (you can|please) forget [that|about] <about>
        i do not want you to (remember|know) [that|about] <about>
    """,
        _forget,
    ),
]
