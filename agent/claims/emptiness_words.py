"""How it is said that there is nothing, that somebody is free, or that they are busy."""

import re

from agent.claims.known import Known
from agent.claims.numbers import NUMBER, counts
from agent.claims.plain import stemmed
from agent.claims.saying import Saying, Sentence

_OF_US = re.compile(r"\bi(?:'ve| have)(?: got)? no (?!(?:[\w-]+ ){0,2}(?:meeting|appointment|event|plan|mail|email|message|task|reminder|entr|conflict|record|note)|idea of)|\bno (?:problem|worries|idea|answer|words|suggestion|tool|doubt|hurry|rush|way|trouble|need|matter|longer|one moment|wonder|big deal|such|(?:due )?dates?|deadlines?|place|address|notes)\b|\bnone of that\b|\bi(?:'ve| have)? [a-z]+(?:ed|t)(?: off| out| up)? nothing\b|\bnothing (?:to worry|dramatic|special|wrong)\b|\bnothing(?: else)?(?: about \w+)?(?:'s| has| was| is)? (?:yet |been )*(?:(?!(?<=nothing )(?:stored|saved|recorded|noted)\b)\w+ed|sent|gone|changed|done|set|written|lost|put|taken)\b(?! (?:on|for|in))|\b(?:done|doing) nothing\b|\b(?:nothing|nobody|none)(?: of \w+)? (?:is waiting|was waiting|'s waiting|leaves|goes|happens|changes|moves|gets|will|can|should|shall|would)\b|\bno [\w -]+?(?:'s|'ve| has| have| was| were) (?:yet |ever )?(?:been )?\w+(?:ed|en|et|nt|ut)\b|\b(?:nobody|no one)(?:'s| has| was)(?: been)? (?:told|informed|notified|invited|asked|heard)\b|\bnobody (?:else\b|(?:asked|cares|minds)(?=[,.]|$))|\bnothing (?:there |here |left |else )*(?:for me )?to (?:undo|cancel|delete|move|change|send|remove|take back|reverse|revert|restore|tick|cross|put back)\b|\bnothing(?:'s| has| had)(?: \w+ly| yet| so far)* (?:left(?! (?:on|for|in)\b)|gone|gone out|reached|happened|begun|come of|been \w+(?! (?:on|for|in)\b))\b|^no(?:[,.!]|$)")  # fmt: skip
_NOTHING = re.compile(
    r"\bthere (?:aren't|isn't|are not|is not) (?:any|anything)\b|\b(?:nothing|nobody|no one|none)\b|\b(?:not|without) (?:a|one|an) (?:single )?(?:thing|soul|entry|appointment|meeting|event|task|mail|message|reminder)\b|\bnot a single\b|\bno (?:[\w-]+ ){0,2}(?:meeting|appointment|event|plans?\b|mail|email|message|task|to-do|reminder|conflict|clash|overlap|entr|item|thing|change|invitation|call)\w*"
    r"|n't (?:have|see|find|got|seem to have|made|changed|know|remember) (?:anything|any\b)|\bnot? (?:find|see|have) any|\b(?:found|find|see|have|got) (?:no|none|nothing)\b|n't know (?:anything|a thing|the first thing)",
)
_FITS = re.compile(
    r"\b(?:gap|break|time|window|works|suits?|fits?|is (?:fine|possible|good|okay|ok|an option)|(?:would|will|should|could|might)(?: easily| also| still| all| both| then)* (?:do|work|suit|fit|go|be (?:fine|good|possible|okay|ok|perfect|ideal)))\b"
)
_HOW = stemmed("suit fit squeeze nicely easily comfortably well perfectly neatly".split())
_FREE = re.compile(
    r"\b(?:you're|you are|you'll be|you|is|are|was|were|'s|looks|look|completely|totally|entirely|wide|seems|all) (?:just as |equally |every bit as |as |all |completely |totally |entirely |wide |still |then |also |both |quite |totally |pretty |rather |fairly |mostly |very )*(?:free|open|clear|empty|available)\b(?! (?:to|up|of)\b)"
    r"|\b(?:\w+|rest)(?:'s| is) (?:all |entirely |just as |equally )?(?:yours|blank|wide open|quiet)\b|\bto yourself\b|\byou're off (?:today|tomorrow|on|for|all)\b|^(?:completely |totally |quite )?free\b(?! (?:to|up|of))|\bday off\b|\byou(?:'re| are) off (?:from|between|until|till)\b|\b(?:from|between)\b.*\byou(?:'re| are) off\b|\ba free (?:morning|afternoon|evening|day)\b|\bfree (?:all|until|from|at|between|before|after|on|tomorrow|today|then|the)\b|\b(?:you have|you've got) (?:the (?:whole |entire )?(?:day|morning|afternoon|evening|night|weekend|week|hour|time)|time)\b(?= (?:off|free|then|from|until|before|after|between))",
)
_BUSY = re.compile(r"\b(?:you're|you are|you'll be|is|are|\w+'s) (?:just as |equally |every bit as |already |all |fully |completely |still |unfortunately |pretty |quite |very |rather |really |fairly )*(?:busy|booked|taken|spoken for|not free|not available|tied up|occupied|blocked|no good|full|packed|crammed|jam-packed|hectic)\b|\b(?:there's|you have|you've got|you've|got) (?:already )?something (?:else )?(?:on|planned|in|scheduled|at|from|between|then)\b|\bkeeps? you (?:busy|occupied|tied up|going)\b|\b(?:slot|hour|time)(?:'s| is) gone\b|\b(?:busy|full|packed|hectic) (?:day|week|morning|afternoon|evening)\b|\b(?:doesn't|won't|don't|wouldn't|can't|couldn't) work\b|\byou're (?:at|in|with|on|seeing|having|meeting) [\w' -]+? (?:then|at (?:that|the) (?:time|hour)|by then|all (?:day|morning|afternoon|evening)|the whole (?:day|morning|afternoon|evening))\b")  # fmt: skip
_OVER = re.compile(
    r"\b(?:everything|it all|it)(?:'s| is|'ll be| will be)(?: all)? (?:over|finished|through|done) (?=by\b|before\b)|\byou(?:'ll|'ve| will)? have (?:everything|it all|all of it) behind you\b|\b(?:you're|you are|you'll be|you've|day is|day's)(?: all| then| already| completely)* (?:done|finished|through|off(?! to\b)|over(?! at\b))\b(?! with(?! everything| it all| all of))"
)
"""The day is at its end: nothing comes after."""
_NO_TIME = re.compile(
    r"\b(?:feel|free (?:hours?|time|stretch|block|slot|gap)|freed|inbox|list|tasks?|to-dos?|items?|things)\b"
)
"""What may be free or open and is no stretch of the day."""
_NOT_FREE = re.compile(
    r"(?:n't|\bnot|\bnever|\bhardly)(?: (?:be|really|actually|quite|at all|exactly|going to))* (?:free|available|open)\b"
)
_SO_MANY_OPEN = re.compile(rf"\b{NUMBER}(?: tasks?| things?| more| of them)? (?:is|are) open\b")
_STILL_OPEN = re.compile(r"\b(?:still|also) open\b")
_EMPTIED = re.compile(
    r"\b(?:inbox|lists?|mailbox|calendar|diary)(?: (?:called|named) \w+)?(?: is|'s| looks)? (?:completely |totally |now )?(?:empty|clear)\b"
)
_OF_IT = re.compile(
    r"(?:and |so )?nothing (?:too |very |really )?(?:urgent|important|special|serious|big|pressing|new)\b"
)
_NONE_SO = re.compile(
    r"\b(?:none|nothing)(?: of (?:them|those|these|it))?(?: is| are)? (?:\w+ )?(?:urgent|important|pressing)\b"
)
_THERE = re.compile(r"\b(?:there|in it|in that one|in there|about it)\b")
""" "Nothing urgent there": of what was told just now."""


def important_after_all(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether what "nothing urgent there" is said of is marked important."""
    if not (before.about and _OF_IT.match(saying.lower) and _THERE.search(saying.lower)):
        return False
    return any(row.data.get("important") and row.title & before.about for row in known.here)


def of_a_stretch(text: str) -> bool:
    """Whether it says how much there is in a stretch of time, which is then told too."""
    return bool(_FREE.search(text) or _BUSY.search(text) or _NOTHING.search(text) or any(True for _ in counts(text)))


def tells_time(saying: Saying) -> bool:
    """Whether it is about being free or busy, whose hours are those of gaps."""
    return bool(_FREE.search(saying.lower) or _BUSY.search(saying.lower))


def free_said(saying: Saying, known: Known) -> bool:
    """Whether it says that there is time."""
    if (
        saying.clocks
        and _FITS.search(saying.lower)
        and not {word for word in saying.content if word not in _HOW} - (known.their_words - known.titles)
        and (known.reads or known.agenda)
    ):
        return True
    if any(set(saying.content) & row.title for row in known.here if "done" in row.data):
        return False  # an open task
    if (_STILL_OPEN.search(saying.lower) or _SO_MANY_OPEN.search(saying.lower)) and any(
        "task" in one.tool or "actions" in one.result for one in known.answers
    ):
        return False
    if "day off" in saying.lower and any("off" in row.words for row in known.rows_of("messages")):
        return False  # what a mail asks for
    return bool(_FREE.search(saying.lower)) and not _NOT_FREE.search(saying.lower) and not _NO_TIME.search(saying.lower)


def empty_said(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether it says that there is nothing; "nothing urgent" may be of what was told just now."""
    text = re.sub(r"^(?:no|nope|yes|well)[,.!] ", "", saying.lower)
    if (
        _NONE_SO.search(text)
        and any(one.now for one in known.reads)
        and not any("important" in row.data for row in known.here)
    ):
        return False  # how things weigh, where nobody marks it
    if before.about and _OF_IT.match(text) and (before.text or _THERE.search(text)):
        return False
    return bool(_NOTHING.search(text) and not _OF_US.search(text)) or bool(_EMPTIED.search(text))


def busy_said(text: str) -> bool:
    """Whether it says that there is no time."""
    return bool(_BUSY.search(text) or (_NOT_FREE.search(text) and not _NO_TIME.search(text)))


def over_said(text: str) -> bool:
    """Whether it says that a day is done."""
    return bool(_OVER.search(text))
