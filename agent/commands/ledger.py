"""Taking back, and what was done."""

from agent.commands.intention import Intention, call, words
from agent.commands.patterns import Found
from agent.commands.rules import Bag, Rule, Turn, bag, rule
from agent.commands.slots import NUMBERS
from agent.commands.talk import PLAIN

NO_REDO = "What I took back I don't do again by myself. Tell me once more what you want, and I'll do it."

_UNDO_NEEDS, _UNDO_ALLOWS = bag(
    ["undo revert reverse undone"],
    "that it this the last thing things change changes you did just did my a previous one two three four five few couple both both everything we i "
    "no oh oops whoops nope wait sorry dear damn hey said action actions command of them those back step steps edit edits addition made make to 2 3 4 5 latest most recent again whole let us",
)


def _undo(found: Found, turn: Turn) -> Intention | None:
    if turn.question and found.sentence.plain[-1:] == ("undone",):
        return None
    if found.sentence.plain.count("undo") > 1:
        return words(NO_REDO)
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
    f"{PLAIN} just so far calendar tasks task list lists diary schedule today's your actually really ever history log recent recently last latest "
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


def _undone(found: Found, turn: Turn) -> Intention | None:
    wrote = turn.focus.written is not None
    plain = found.sentence.plain
    told = not {"undo", "back", "revert", "reverse", "restore"} & set(plain) and plain[0] in ("that", "it", "this", "i")
    if told:
        # "that was wrong" asks for nothing yet; it is offered
        return Intention(tool="undo", missing="yes", say="Shall I take back what I did last?") if wrote else None
    if plain[0] == "go" and not wrote:
        return None
    count = NUMBERS.get(found.sentence.plain[found.sentence.plain.index("last") + 1]) if "last" in plain[:-1] else None
    if {"both", "two"} & set(plain):
        count = 2
    return call("undo", count=count if count and count > 1 else None)


_OH = "(oh|oh no|no|nope|oops|whoops|ah no|hmm no|no no|wait|no wait|sorry|oh dear|damn|oh damn|wrong|stop|hang on|hold on|argh|my mistake|sorry my mistake|my bad|scratch that|wrong one|not that|no wrong|not that one|cancel that|no not that|oh sorry|no sorry)"


_WRONG = "((that was|it was|that is|this was|this is) [a|all|totally|completely] (wrong|mistake|an error|an accident|not right|incorrect|not what i meant|not what i wanted|not what i said|by mistake|by accident|the wrong one|the wrong thing)|(that is|that was|it is|this is) not (right|what i meant|what i wanted|what i said|correct))"  # fmt: skip


_BACK = "[so|please|can you|could you|and] (undo|undo it|undo that|undo this|take it back|take that back|put it back|put that back|put them back|reverse it|reverse that|revert it|revert that|revert|change it back|change that back|move it back|set it back|roll it back|roll that back|make it like before|put it back where it was|put it back how it was|put it back to what it was|restore it) [again|to where it was|where it was|how it was|as it was|to how it was|to what it was|the way it was|to normal|to the way it was|like it was|like before|to before|to how it was before]"  # fmt: skip


RULES: list[Rule | Bag] = [
    Bag("undo", _UNDO_NEEDS, _UNDO_ALLOWS, _undo, "whole", frozenset(["means", "what", "how"])),
    rule(
        "undo",
        f"""
        [i] (take|put|change|set|turn|roll|switch) (that|it|this|everything|things|them) back [again] [to (how|what|the way) it was] [as it was] [the way it was] [how it was]
        (take|roll|put) back (that|it|this|the last change|the last one|the last thing|what you did|what you just did|the change)
        (take back|roll back|undo|reverse|revert) the last <n:number> [things|changes|actions|of them|ones|steps]
        (take|put) (the last <n:number>|both|both of them|those two|them both) [things|changes] back
        (undo|reverse|revert|take back) (both|both of them|those two|them both|these two|the last couple of things|the last couple)
        make (that|it) not (happened|happen|have happened|done)
        (make|have) (that|it) (un-happen|unhappen|undone|not so)
        {_OH} {_WRONG}
        (that was|it was|that is|this was|that was all) [a] (wrong|mistake|an error|an accident|not right|incorrect|not what i meant|not what i wanted|not what i said|by mistake|by accident) [undo it|take it back|undo that|take that back|reverse it|put it back]
        (i did not mean|i did not want|i did not mean to do|i did not want you to do|i did not ask for|i did not say) (that|it|this) [undo it|take it back|undo that|take that back]
        (i did not mean|i did not want|i did not say|i never said) (that|it|this) (undo|undo please|please undo|take it back please|undo it please|undo that please)
        (oops|whoops|oh no|no|wrong) (undo|undo that|undo it|take that back|take it back|put it back|reverse that)
        (on do|un do|undo|unto|undue) (that|it|this)
        (oops|whoops|no) (take that back|take it back|put that back|put it back)
        {_OH} {_WRONG} {_BACK}
        {_OH} {_BACK}
        {_WRONG} {_BACK}
        {_BACK}
        {_OH} (leave|keep) (it|that|them) (where|how|as|like|the way) it was [before]
        (revert|reset|restore|return|set back|change back|put back) [it|that|this|everything] (to|back to) (how|what|where|the way) it was [before]
        control z
        make (undone|it undone|that undone) [what you did|what you have done|that|it|the last thing]
        make (what you did|that|it|the last thing|the last change) undone
        (restore|unmake|unchange|unadd|recover|unset|unmove) (that|it|this)
        bring (it|that|this|them) back
        bring back (it|that|what you deleted|what i had)
        (undo|reverse|revert|take back|roll back) (what|whatever|the thing|everything|all|the thing that) [that] you [have] [just] (did|done|changed|added|made|wrote|written|deleted|moved)
        (put|leave) (everything|it|that|things) [back] (as|like|how|the way) it was [before]
        go back [a step|one step]
        (cancel|delete|remove|drop) (that change|the last change|what you just did|what you did|the change|what you just added|what you just wrote)
        (i changed my mind|i have changed my mind) (undo it|undo that|take it back|take that back)
    """,
        _undone,
    ),
    rule(
        "scratch that",
        """
        (scratch|strike|belay|unsay) (that|it) [please|again]
        """,
        lambda found, turn: call("undo") if turn.focus.written else None,
    ),
    rule(
        "redo",
        """
        (redo|re do) [it|that|this|the last thing|the last one|the last change|what you undid|the undo]
        (undo|reverse|revert|take back|cancel) (the undo|the undoing|your undo|that undo|the last undo)
        (undo|take back) (what|that) you (undid|took back)
        """,
        lambda found, turn: words(NO_REDO),
    ),
    Bag("changes", _CHANGES_NEEDS, _CHANGES_ALLOWS, _changes, "apart"),
    rule(
        "changes",
        """
        what (did|have) you [just|actually|really] (do|done|did|change|changed|add|added|alter|altered|modify|modified|touch|touched)
        what (was|is) (that|the last thing you did|your last change|the last change|the last change you made|the last thing you changed|that you just did)
        (show|show me|list|tell me|read|read me|give me) [the|your|all] (changes|change log|changelog|history|activity|log|ledger|what you did|what you changed|what you have done|everything you did|everything you changed) [so far|you made|of today]
        (did|have) you (actually|really|just) <text> (that|it|anything)
        (did|have) you (do|done|change|changed|touch|touched|move|moved|delete|deleted|add|added|make|made) (anything|something|any changes) [on|to|in|with|from] [my|the] [calendar|tasks|lists|list|diary|mail|schedule|emails]
        (what|which) (changes|actions) (did|have) you (make|made|take|taken|do|done) [to|in|on] [my] [calendar|tasks|lists|diary|schedule]
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
]
