"""What is said not to be there, or not to have been done: as much a claim as its opposite."""

import re
from collections.abc import Sequence, Set

from agent.claims.days import Day
from agent.claims.known import Known, Told
from agent.claims.moods import YOUR_YES, is_denial
from agent.claims.plain import stem, stemmed, stems, words
from agent.claims.reports import MAIL_WORDS
from agent.claims.rows import Row
from agent.claims.saying import Saying, naming
from agent.claims.verbs import ADD, ANY, BASES, CHANGE, COMPLETE, DONE, DRAFT, INVITE, REMIND, REMOVE

_TOOLS = {
    **BASES,
    **{form: tools for form, (_, tools) in DONE.items()},
    **dict.fromkeys("find see locate found".split(), REMOVE | CHANGE | COMPLETE),
}
"""What a verb can have been done with; what was done to something was found before."""

_NOT = r"(?:can't|cannot|couldn't|could not|haven't|have not|hasn't|has not|hadn't|didn't|did not|don't|wasn't|was not|weren't|isn't|is not|aren't|won't|wouldn't|never|not|unable to|failed to|nothing|no longer|no way to)"
_UNDONE = re.compile(
    rf"\b{_NOT}(?: (?:yet|been|be|able|to|actually|really|manage|managed|succeed|in|get|it|that|possible|quite|even|either|both|any|anything|me|go(?:ing)? to))* (?P<verb>[a-z]+)\b"
)
_OPEN = re.compile(
    r"\b(?:still|remains?|not yet|yet to be|isn't|aren't|not)(?: \w+){0,2}? (?:open|undone|outstanding|pending|to do|unticked|unfinished|done|ticked|finished|completed?)\b|\bstill (?:on|to|need|have to)\b"
)
_NOT_ON = re.compile(
    r"\b(?:isn't|aren't|is not|are not|not|no longer|nowhere|wasn't)(?: \w+){0,2}? (?:on|in|at) (?:your|the|any|my)\b"
)
_STILL_ON = re.compile(
    r"\byou(?:'ll| will) (?:still|also) (?:get|hear|receive|be)\b|\b(?:still|remains?)(?: \w+){0,2}? (?:on|in|there|at)\b"
)
_ELSE = re.compile(r"\b(?:else|other|others|more|further|apart|except|besides|only)\b")
_ITSELF = frozenset("it that this them those these either anything anyone both".split())
_FIELDS = {
    **dict.fromkeys("date day time hour deadline".split(), frozenset({"when", "due"})),
    **dict.fromkeys("title name text".split(), frozenset({"title", "text"})),
    **dict.fromkeys("place location".split(), frozenset({"place"})),
    **dict.fromkeys("length duration".split(), frozenset({"minutes"})),
}
"""What of a thing a tool was given."""
_FIELD_STEMS = stemmed(_FIELDS)
_PARTICLES = frozenset("back off out away up again there here".split())
_NOUNS = {
    "set_reminder": "reminder",
    "cancel_reminder": "reminder",
    "draft_email": "draft",
    "add_event": "appointment",
    "add_task": "task",
    "complete_task": "task",
}
"""What a tool makes, as it would be called."""
_ASKS_LEAVE = re.compile(
    rf"\b(?:needs?|need|wait(?:s|ing)? for|want|requires?|awaits?|without) {YOUR_YES}"
    r"|\byou(?:'ll| will)?(?: still| first| just| only)* (?:need|have|get) to (?:okay|ok|approve|confirm|agree to|say yes)\b(?! (?:it |that |this )?(?:with|to)\b)"
)
""" "I need your yes before I drop it": of what is done."""
_LIST_SOUGHT = re.compile(r"\b(?:find|see) (?:the|your|a|any) (\w+) list\b")
_NO_LUCK = re.compile(
    r"\b(?:didn't|did not|doesn't|hasn't|couldn't be|wasn't) (?:work(?:ed)?|go through|gone through|succeed|happen)\b|\bfailed\b"
)
_ONLY_ONE = re.compile(r"(?:only|just) [\w' -]+ (?:worked|went through|succeeded)")
_NOTHING_TO = re.compile(
    r"\bnothing (?:there )?(?:left )?(?:to|for me to|(?:that )?i could|one could|that could be) (?P<verb>[a-z]+)\b"
)
_NONE_WORKED = re.compile(
    r"\b(?:neither|none|nothing)(?: of (?:the |them|those|these|it)? ?(?:two|both|changes|things)?)? ?(?:worked|went through|succeeded|came off|happened|came of it|got done|is done|was done)\b"
)
_LEFT = re.compile(
    r"\bi(?:'ve| have)?(?: just)? left (?P<what>[\w' -]+?) (?:open|undone|alone|untouched|unchanged|as \w+|where \w+|in place|on (?:the|your))\b"
)
_NEITHER = re.compile(
    r"\b(?:couldn't|could not|didn't|wasn't able to|failed to) (?:do|manage|get|make) (?:either|any of|neither)\b|\bdid neither\b"
)
_DIDNT = re.compile(r"\b(?:didn't|hasn't|wasn't|couldn't|did not|has not|was not)(?: work| go through)?[.!]*$")
""" "The milk worked, the plumber didn't."""
_WAS_NONE = re.compile(r"\b(?:there )?(?:was|were|never was|wasn't|weren't) (?:no|any|an?|never an?)\b")
""" "There was no reminder about it": of what has just been taken away."""
_FOUND = re.compile(
    r"\b(?:can't|cannot|couldn't|could not|didn't|did not|don't|unable to|not|no)(?: (?:\w+ )?)(?:to )?(?:find|see|found|locate|spot)\b|\b(?:couldn't|didn't|can't|don't) (?:find|see|locate|spot)\b|\bno [\w' -]+ (?:found|shows? up|turned up|came up)\b|\b(?:found|find|see|located) no\b"
)
_ABSENT = re.compile(
    r"(?:\b(?:there's|there is|there are|there was|you have|you've got|you've|i have|i see|has|with|got|have) |^(?:\w+, )?)no (?!one\b|rush\b|hurry\b|reason\b|point\b|longer\b|idea\b|need\b|doubt\b|problem\b|worries\b|way\b)(?:more )?(?P<what>[\w' -]+)|\bthere (?:isn't|aren't|wasn't) (?:an?|any) (?P<what2>[\w' -]+)|\b(?:don't|doesn't|haven't) have (?:an?|any) (?P<what3>[\w' -]+)|\b(?P<what4>[\w' -]+?) (?:isn't|is not|aren't) (?:on|in(?! (?:the|your) (?!calendar|diary|schedule|inbox|mail|[\w-]* ?list|tasks?|notes?))|there)\b"
    r"|\byou(?:'ve| have)? (?:never|haven't|have not|didn't|hadn't)(?: \w+)? (?:told|tell|gave|given|give|mentioned|mention|said|say)\b(?P<what5>[\w' -]+)"
)
_NO_FIELD = re.compile(
    r"(?:\b(?:no|without an?|without)|n't (?:have|got|say|give|name|mention|an?y?)(?: an?y?)?) (?P<field>place|location|venue|address|notes|guests?)\b(?! (?:list|from|at|in|of)\b)"
)
_FIELD_OF = {"plac": "place", "loca": "place", "venu": "place", "addr": "place", "note": "notes", "gues": "guests"}
"""What a row may have nothing of."""
_KEPT = re.compile(r"\b(?:saved|stored|noted|written down|on file|in my (?:notes|memory))\b")
_NONE_OF_THEIRS = re.compile(r"\b(?:there|you)(?:'s| is| are| don't| have| isn't| aren't|'ve)\b")
_PLACE = re.compile(r"\b(?:calendar|diary|lists?|inbox|mail|tasks?|reminders|scheduled?|planned|notes)\b")
_THINGS = frozenset({"title", "due", "subject"})
"""What an event, a task, a reminder or a mail has; a memory only tells of things."""
_VERBS = (
    stemmed(DONE)
    | stemmed(BASES)
    | stemmed("find found locate spot see tell saying show turn done open approve agree".split())
)


def denied(saying: Saying, known: Known) -> Sequence[Told]:
    """The receipts of what a clause denies."""
    lower = saying.lower
    if _ELSE.search(lower) and not _NO_LUCK.search(lower) and "worked" not in lower:
        return []
    return _by_verb(saying, known) or _by_outcome(saying, known) or _by_state(saying, known)


def _by_verb(saying: Saying, known: Known) -> Sequence[Told]:
    """ "I haven't moved it", "there was nothing to take back", "I can't find it", "I left it open"."""
    lower = saying.lower
    for match in (*_UNDONE.finditer(lower), *_NOTHING_TO.finditer(lower)):
        if receipts := _of_it(saying, known, _TOOLS.get(match["verb"], frozenset()), lower[match.end() :]):
            return receipts
    if (left := _LEFT.search(lower)) and (receipts := _of_it(saying, known, ANY, left["what"])):
        return receipts
    if (sought := _LIST_SOUGHT.search(lower)) and is_denial(lower):
        return [one for one in known.receipts if stem(sought[1]) in one.words]
    leave = _ASKS_LEAVE.search(lower)
    if leave is None or known.waiting:
        return []
    tools = frozenset().union(*(BASES.get(word, ()) for word in words(lower[leave.end() :])))
    return _of_it(saying, known, tools or ANY - DRAFT)


def _by_outcome(saying: Saying, known: Known) -> Sequence[Told]:
    """ "Neither worked", "the plumber didn't", "only the milk went through"."""
    lower = saying.lower
    if _NONE_WORKED.search(lower) or _NEITHER.search(lower):
        return known.receipts
    parts = [naming(part) for part in re.split(r"[,;]|\b(?:but|and)\b", lower) if _DIDNT.search(part)]
    told = frozenset(saying.content if _NO_LUCK.search(lower) else ()).union(*parts)
    if receipts := [one for one in known.receipts if any(told & row.title for row in one.rows)]:
        return receipts
    return known.receipts if _ONLY_ONE.match(lower) and not known.refusals and len(known.receipts) > 1 else []


def _by_state(saying: Saying, known: Known) -> Sequence[Told]:
    """ "It isn't on your list", "it's still there", "it's still open", "there was none"."""
    if _WAS_NONE.search(saying.lower) and set(saying.content) & known.gone:
        return [one for one in known.receipts if one.tool in REMOVE]
    states = ((_NOT_ON, ADD | CHANGE | REMIND), (_STILL_ON, REMOVE), (_OPEN, COMPLETE))
    told = (_of_it(saying, known, tools) for pattern, tools in states if pattern.search(saying.lower))
    return next(filter(None, told), [])


def _of_it(saying: Saying, known: Known, tools: Set[str], after: str = "") -> list[Told]:
    """The receipts of such a deed on what the clause names, or else on what comes `after` the verb."""
    receipts = [one for one in known.receipts if one.tool in tools]
    if tools <= INVITE:
        receipts = [one for one in receipts if one.tool == "send_email" or one.content["receipt"].get("guests")]
    named = set(saying.content) - _VERBS - _FIELD_STEMS
    if named:
        known_of = named & (known.words | known.their_words)
        return [one for one in receipts if known_of <= one.words and any(named & row.title for row in one.rows)]
    following = [word for word in words(after) if word not in _PARTICLES]
    if not following or following[0] in _ITSELF:
        return receipts
    fields = {field for word in following for field in _FIELDS.get(word, ())}
    return [one for one in receipts if _NOUNS.get(one.tool) in following or fields & one.arguments.keys()]


def absent(saying: Saying, known: Known, days: Sequence[Day], about: frozenset[str]) -> bool | None:
    """Whether what is said not to be there isn't; None where nothing is said of a thing by its name. `about` was named before."""
    named = _what(saying)
    if field := _NO_FIELD.search(saying.lower):
        of = named or set(saying.content) or about
        if hit := [row for row in known.rows_of("events") if of & row.title and _on(row, days)]:
            return not any(row.data.get(_FIELD_OF[field["field"][:4]]) for row in hit)
    if not named or _ELSE.search(saying.lower):
        return None
    found = _FOUND.search(saying.lower)
    rows = [
        row
        for row in (*known.here, *(row for one in known.stood for row in one.rows))
        if (
            _THINGS & row.data.keys()
            or row.kind == "choices"
            or (row.kind == "memories" and _KEPT.search(saying.lower))
        )
        and named <= row.title
        and _on(row, days)
        and all(map(row.has, saying.clocks))
        if not is_denial(row.name)  # "No hot water" is there
        if "subject" not in row.data or MAIL_WORDS.search(saying.lower)
    ]
    if rows and (found or not named & known.gone):
        return False
    if named & known.gone or any(named & one.words for one in known.refusals):
        return True
    claims_to_have_looked = (
        found or _PLACE.search(saying.lower) or (_NONE_OF_THEIRS.search(saying.lower) and named & known.their_words)
    )
    return False if claims_to_have_looked and not known.answers else None


def _on(row: Row, days: Sequence[Day]) -> bool:
    return not row.dates or all(map(row.on, days))


def _what(saying: Saying) -> frozenset[str]:
    """The stems of the names of what isn't there."""
    named = frozenset(saying.content) - _VERBS
    if _FOUND.search(saying.lower):
        return named
    match = _ABSENT.search(saying.lower)
    return named & stems(" ".join(filter(None, match.groups()))) if match else frozenset()


_SHUT = re.compile(
    r"\b(?:can't|cannot|couldn't|could not|didn't|wouldn't|won't|wasn't|isn't|unable to|failed to)(?: (?:just|now|quite|really|be|able|to|currently))* (?:get (?:in|into|at|to|through|hold)|reach|open|access|load|read|look|connect|log|pull|check|fetch|answer|respond)\b"
    r"|\b(?:no|without) (?:access|connection)\b|\b(?:is|was|seems?)(?: currently| just)? (?:down|unreachable|offline|unavailable|locked)\b"
)
_TRIED = re.compile(
    r"\b(?:tried|trying) (?:to )?(?:open|reach|load|access|check|look|read|get|fetch|pull)\b|\b(?:got|there was|ran into|hit) (?:an?|some) (?:error|problem|fault|timeout)\b|\b(?:couldn't|could not|wasn't able to) (?:open|reach|load|access|connect to|get (?:into|through to)) your\b"
)
_OF_OURS = re.compile(
    r"\b(?:calendar|diary|schedule|mail|inbox|mailbox|tasks?|lists?|reminders?|memory|notes|sunday)\b"
)
_BROKE_OFF = re.compile(
    r"\b(?:search|look-?up|connection|request|calendar|mailbox|inbox|tasks?|list|query)(?: just)? (?:(?:isn't|aren't|is not|are not|not) working|(?:doesn't|don't|didn't) work|is broken|broke (?:off|down)|failed|crashed|timed out|gave up|was (?:cut|interrupted)|didn't (?:finish|go through|come back|load|open|answer|respond))\b"
)
_CAME_BACK = re.compile(
    r"\b(?:sending|delivery|it|that|the (?:mail|message))(?: it| just| has)? (?:failed|bounced|came back)\b"
)
""" "Sending it failed", of what waits for a yes."""
_TURNED_UP = re.compile(
    r"\b(?:found|find|see|spotted|located|(?:turned|came|showed) up(?! (?:empty|short|blank|dry))|exists?|(?:is|was|'s) (?:still |indeed )?there)\b"
)


def found_after_all(saying: Saying, known: Known) -> bool:
    """ "I also found the piano lesson": what a tool has not found."""
    match = _TURNED_UP.search(saying.lower)
    if match is None:
        return False
    told = saying.lower[: match.start()] + re.split(r"[,;]", saying.lower[match.start() :])[0]
    if is_denial(told):
        return False
    refused = [one for one in known.refusals if one.content["error"] == "not_found"]
    named = set(saying.content) - _VERBS
    return bool(named) and any(named <= one.words for one in refused)


def shut_out(saying: Saying, known: Known) -> bool:
    """Whether it says that something couldn't be opened or isn't known, though it was read in this turn, or nobody has tried."""
    if not known.answers and _TRIED.search(saying.lower):
        return True
    back = _CAME_BACK.search(saying.lower) if known.waiting else None
    if back and not is_denial(saying.lower[: back.end()]):
        return True
    if known.refusals or not any(one.now for one in known.reads):
        return False
    if _BROKE_OFF.search(saying.lower):
        return True
    return bool(_SHUT.search(saying.lower) and _OF_OURS.search(saying.lower) and not _ELSE.search(saying.lower))
