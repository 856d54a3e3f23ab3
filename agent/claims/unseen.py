"""What is told of the whole, "everything", "the only one", "five in all", where there is only a receipt: nobody has looked at the rest."""

import re

from agent.claims.known import Known
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, numbers, without_counts
from agent.claims.plain import stem, stemmed
from agent.claims.saying import VERB, Saying
from agent.claims.verbs import ADD, CHANGE
from agent.claims.vocabulary import LITTLE, ORDINARY, implied

_DONE_TO = r"(?:was|were|has|have|had|been|got|'s been|is|changed|touched|added|moved|deleted|sent|happened)"
_WHOLE = re.compile(
    rf"\b(?:that makes|makes it|that's now|now (?:has|have|holds)|(?:has|have|holds) now|you now have) {NUMBER}\b(?!:|\.\d| (?:minutes?|hours?|o'clock|[ap]\.?m|sharp))|\b{NUMBER} (?:things|items|tasks|entries) (?:to buy|on it|left|open|in all|altogether|now)\b"
    rf"|\bbrings? (?:you|it|that|the list)(?: up)? to {NUMBER}\b|\b(?:completely|totally|entirely|wholly|utterly) (?:empty|free|clear|blank)\b|\bwith nothing (?:in|on) it\b|\b(?:that's|there goes|so much for) (?:the|your) [\w-]+ list(?: done| finished| cleared| empty|[.!]*$)|\b(?:empties|clears|leaves) (?:your|the) (?:[\w-]+ )?lists?\b|\botherwise (?:free|clear|empty|quiet|open|untouched)\b|\b(?:just|only) the [\w' -]+? (?:in|on) (?:it|there)\b|\bthe only (?:thing|one|entry|task|item|appointment|reminder)\b|\b(?:you (?:also )?have|you've(?: also)? got|there's) another (?:reminder|task)\b"
    rf"|\bnothing (?:else|more|further|left)\b(?! (?:about (?:it|that|them) )?(?:to|for|{_DONE_TO}\b(?! (?:going|on|planned|there|in|at))))|\bnothing else (?:is|'s) (?:going on|on|planned|there|in|at)\b"
    rf"|\beverything (?:for|on|due|else)\b(?! you)|\b(?:all|none) (?:of )?(?:your|the) (?:tasks|to-dos|reminders|appointments|meetings|things to)\b|\bonly .+ (?:left|remain\w*|to go)\b|\b(?:that was|that's|those were|these were) (?:the|your) last (?:of (?:your|the|them|it)|(?:one|two|task|thing|reminder|nudge|appointment|event)s?\b)|\bthat leaves\b(?! you \w+ (?:days?|weeks?)\b)|\bno (?:reminders?|tasks?|appointments?|things?) left\b"
)
_DAYS = re.compile(rf"\b{NUMBER} (?:more )?(?:days?|weeks?)\b", re.IGNORECASE)
""" "That leaves you five days": a relation, and no number of its own."""
_IT_IS = re.compile(
    r"^(?:and |but |so |also |now )*(?:it|that|this|he|she|they|there|the \w+|your \w+)(?:'s|'re| is| are| was| were| has| have)\b"
)
_THING = re.compile(r"\b(?:the|an?|your|his|her|their) (?:[a-z-]+ )?([a-z-]+(?<!ed)(?<!ing)(?<!ly))\b")
_THE = re.compile(r"^(?:the|your|both the) ")
_JOINED = re.compile(r"(?:^|\b)([a-z]{3,}) and (?:the |your |an? )?([a-z]{3,})\b")
_STANDS = re.compile(
    r"(?:\bis|\bare|'s)(?: now| still| again| just)* (?:back (?:to|on|at|in)|on|at)\b|\byou(?:'ve| have| still)+ (?:got|have)?\b"
)


_FORMER_STAYS = re.compile(
    r"\bthe (?:earlier|old|previous|first|former|original|other) (?:\w+ )?(?:stays|remains|still|is (?:still|kept|there)|was kept)\b"
)


def too_many(saying: Saying, known: Known) -> bool:
    """ "Two litres of milk": a number that neither a receipt nor the person has."""
    if not known.receipts or known.answers_read or saying.clocks:
        return False
    done = len(known.receipts)
    rows = (*known.here, *known.thread, *known.persons)
    borne = {0, 1, done, done + len(known.refusals)}.union(*(row.numbers for row in rows))
    return _of_a_receipt(saying, known) and not numbers(without_counts(_DAYS.sub(" ", saying.bare))) <= borne


def not_of_it(saying: Saying, known: Known) -> bool:
    """ "Got it, coffee with milk": of what was written, with something that nobody has named."""
    if VERB.search(saying.lower) or any(one.tool != "remember" for one in known.receipts):
        return False
    return _of_a_receipt(saying, known) and bool(_strange(saying, known.words | known.their_words))


def _of_a_receipt(saying: Saying, known: Known) -> bool:
    return any(set(saying.content) & row.title for one in known.receipts for row in one.rows)


def _strange(saying: Saying, borne: frozenset[str]) -> set[str]:
    """What it names and nobody has, nor anything that says as much."""
    denied = is_denial(saying.lower)
    return {word for word in saying.content if word not in borne and not implied(word, borne, denied=denied)}


def back_again(saying: Saying, known: Known) -> bool:
    """ "The vet's on Thursday again": what an undo, or this turn, has taken away."""
    undone = [one for one in known.receipts if one.content["receipt"].get("undone")]
    if any(str(each.get("tool")) not in ADD for one in undone for each in one.content["receipt"]["undone"]):
        return False
    when = saying.days or saying.clocks
    return bool(when and saying.content and set(saying.content) <= known.gone and _STANDS.search(saying.lower))


def stays_too(saying: Saying, known: Known) -> bool:
    """ "The earlier reminder stays as well": what was changed is there but once."""
    changed = any(one.tool in CHANGE and one.tool not in ADD for one in known.receipts)
    return changed and bool(_FORMER_STAYS.search(saying.lower)) and not is_denial(saying.lower)


def unseen(saying: Saying, known: Known) -> bool:
    """Whether a clause tells of the whole day or list though this turn has only written."""
    written = known.receipts or (known.uncalled and known.earlier)
    return bool(written and not known.answers_read and _WHOLE.search(saying.lower))


def beside_it(saying: Saying, known: Known) -> bool:
    """ "It's the last practice before the concert": of what was written, with a thing that nobody has named."""
    joined = _JOINED.match(_THE.sub("", saying.lower))
    if known.answers_read or not known.receipts or not (joined or _IT_IS.match(saying.lower)):
        return False
    borne = known.words | known.their_words | ORDINARY
    for one, other in _JOINED.findall(saying.lower):
        if (stem(one) in borne) is not (stem(other) in borne) and not {stem(one), stem(other)} & LITTLE:
            return True  # "cashews and peanuts are off the menu"
    return bool(_strange(saying, borne) & stemmed(_THING.findall(saying.lower)))
