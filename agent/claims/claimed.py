"""Deeds that a clause claims, compared with the receipts: of this turn, of the thread where it is recalled, or with a row that says the same."""

import re
from collections.abc import Sequence

from agent.claims.deeds import Deed, deeds
from agent.claims.doubts import Doubt, instead
from agent.claims.fitting import DEED_VERBS, fits
from agent.claims.known import Known, Told
from agent.claims.listed import family_of
from agent.claims.lists import counted_by_list, on_its_list
from agent.claims.moods import HIDDEN, is_conditional, is_denial
from agent.claims.numbers import counts
from agent.claims.partly import partly
from agent.claims.plain import stem, words
from agent.claims.rows import Row
from agent.claims.saying import VERB, Saying, Sentence
from agent.claims.verbs import ADD, ANY, CHANGE, COMPLETE, DONE, EVENTS, REMEMBER, REMIND, REMOVE, SEND

_NO_MORE = re.compile(r"^(?:(?:poof|and|so|okay|ok|right|done|gone)[,:!]* )*no more (?!than\b)")
_BID = re.compile(
    r"^(?:and |so |but |then )*(?:please|make sure|be sure to|don't forget|just (?:make sure|check)|you'd (?:best|better))\b"
)
""" "Please make sure they know": said of nothing that was done."""
_IS_NOW = re.compile(r"\W*(?:and |so )*(?:it|that|they|the \w+)(?:'s| is|'re| are) .*\b(?:now|from now on)[.!]*$")
""" "It's on Friday now", after a refusal."""
_RECALLS = re.compile(
    r"\b(?:already|earlier|before|just now|a (?:moment|minute) ago|as i said|yesterday|still|so far|today)\b"
)
_ASKS_BACK = re.compile(
    r"^(?:so |and |but |wait,? |hm+,? |ok(?:ay)?,? )*(?:did|have you|has|had|is|are|was|were|when|what (?:did|was|were|have|is|time)|where|which|who|how|what's|when's)\b|\bagain\b",
    re.IGNORECASE,
)
_WHAT_I_HAVE = re.compile(r"\b(?:what|all|things?|everything|one|that) (?:that )?i(?:'ve| have)\b")
""" "The only thing I have saved": what is there, not what was done."""
_GOES_ON = re.compile(r"(?:and|then|, )* ?(?:also |then )?([a-z]+)\b")
_STANDS_NOW = ADD | CHANGE | REMIND | REMEMBER | {"undo"}
"""What something that "is there now" can have come from."""


def claimed(saying: Saying, known: Known, before: Sentence) -> Doubt | None:
    """The first deed that a clause claims and no receipt bears out."""
    if is_conditional(before.text) and not HIDDEN.search(before.text.lower()):
        return None
    if _BID.match(saying.lower) or re.match(
        r"(?:just )?(?:(?:say|tell|give|let)\b|(?:one|an?|your)(?: \w+)? (?:word|yes|nod|okay|ok|go-ahead|sign)\b).* and\b",
        saying.lower,
    ):
        return None  # "say the word and it's off to Tom"
    lower = saying.lower
    if (match := _GOES_ON.match(lower)) and match[1] in DONE and any(one.own for one in deeds(before.text.lower())):
        lower = f"i've {lower[match.start(1) :]}"
    if _NO_MORE.match(lower) and set(saying.content) & (known.their_words | known.titles) and not known.reads:
        return _no_more(saying, known)
    if known.refusals and not known.receipts and _IS_NOW.match(lower) and not is_denial(lower):
        return Doubt(Deed("change", CHANGE, own=False))
    if (found := _goes_on(saying, known, before)) is not None:
        return found
    if (part := partly(saying, known)) is not None:
        return None if part else Doubt(Deed("do", ANY, own=True), receipts=known.receipts)
    for deed in deeds(lower):
        doubt = _doubt(deed, saying, known)
        if doubt is not None:
            return doubt
    return None


def _no_more(saying: Saying, known: Known) -> Doubt | None:
    """ "No more haircut on Monday": taken away, if anything of that name was."""
    took = [one for one in known.receipts if one.tool in REMOVE | COMPLETE]
    if any(set(saying.content) & row.title for one in took for row in one.rows):
        return None
    return Doubt(Deed("cancel", REMOVE | COMPLETE, own=False))


def _goes_on(saying: Saying, known: Known, before: Sentence) -> Doubt | None:
    """ "I've ticked off the stamps and, while at it, the train tickets": what else it is said to have been done to."""
    if not before.text or VERB.search(saying.lower) or is_denial(saying.lower):
        return None
    if known.receipts and not known.answers_read and saying.days and not saying.content:
        told = [row for one in known.receipts for row in one.rows]
        return None if any(all(row.on(day) for day in saying.days) for row in told) else instead(known)
    if not saying.titled:
        return None
    own = [one for one in deeds(before.text.lower()) if one.own]
    return _doubt(own[-1], saying, known) if own else None


def _doubt(deed: Deed, saying: Saying, known: Known) -> Doubt | None:
    """Whether a receipt of this turn, or one that is recalled, is of that deed and fits."""
    if not deed.own and _told_us(deed, saying, known):
        return None
    if deed.verb in ("write", "draft", "prepare", "compose") and any(one.tool == "send_email" for one in known.waiting):
        return None  # it is written, and waits
    tools = deed.tools if deed.own or deed.verb not in ("change", "add") else _STANDS_NOW
    receipts = [one for one in known.receipts if one.tool in tools and _that_way(deed, one)]
    if deed.verb == "invite" or (deed.verb == "send" and not any(one.tool == "send_email" for one in receipts)):
        receipts = [one for one in receipts if one.content["receipt"].get("guests") or one.tool == "send_email"]
    of_a_receipt = any(set(saying.content) & row.title for one in known.receipts for row in one.rows)
    if deed.tools == ANY and known.refusals and not is_denial(saying.lower) and not of_a_receipt:
        return Doubt(deed, receipts=receipts)
    if receipts:
        together = known.receipts if len(known.receipts) > 1 else receipts
        return None if fits(saying, together, known) else _otherwise(deed, saying, known, receipts)
    if known.earlier and _recalls(saying, known):
        earlier = [
            one
            for one in known.earlier
            if one.tool in deed.tools
            and (deed.verb != "send" or one.tool == "send_email" or one.content["receipt"].get("guests"))
            and not any(row.title & known.gone for row in one.rows)
        ]
        if earlier and fits(saying, earlier, known):
            return None
    return _otherwise(deed, saying, known, receipts)


def _told_us(deed: Deed, saying: Saying, known: Known) -> bool:
    """ "Stamps bought": what the person has told us that they did."""
    said = frozenset(words(known.asked))
    done = [word for word in words(saying.lower) if word in DONE and DONE[word][0] == deed.verb]
    return bool(done) and not deed.tools and all(word in said for word in done)


def _that_way(deed: Deed, receipt: Told) -> bool:
    """What an undo has done is the reverse of what it undid."""
    undid = {str(one.get("tool")) for one in receipt.content["receipt"].get("undone", ())}
    if not undid or deed.verb in ("undo", "do", "revert", "reverse", "restore"):
        return True
    return not (undid & ADD if deed.verb in ("add", "put") else undid & REMOVE)


def _otherwise(deed: Deed, saying: Saying, known: Known, receipts: Sequence[Told]) -> Doubt | None:
    """It may be a fact all the same, if it isn't said to be ours: "the dentist is on your calendar for ten"."""
    if (not deed.own or (deed.verb == "remind" and known.rows_of("reminders"))) and _is_told(deed, saying, known):
        return None
    if not deed.own and not known.receipts and _of_what_was_read(saying, known):
        return None
    if deed.tools & REMEMBER and _WHAT_I_HAVE.search(saying.lower) and known.rows_of("memories"):
        return None
    if deed.own and any(one.kind == "changes" for one in known.here) and _is_told(deed, saying, known):
        return None
    return Doubt(deed, receipts=receipts)


def _of_what_was_read(saying: Saying, known: Known) -> bool:
    """ "Four reminders are set", after they were read; "chicken is off the menu", after it was recalled: how it is, not what was done."""
    family = family_of(known)
    return (
        family == "memories"
        or counted_by_list(saying, known) is not None
        or any(one.family == family for one in counts(saying.text))
    )


def _is_told(deed: Deed, saying: Saying, known: Known) -> bool:
    """Whether a row says what the clause says."""
    if not set(saying.content) - DEED_VERBS:
        return False
    return any(
        _tells(row, deed, saying)
        for row in (*known.here, *known.thread)
        if row.kind not in ("now", "span") and not row.title & known.gone
    )


def _tells(row: Row, deed: Deed, saying: Saying) -> bool:
    if not all(word in row.words for word in saying.content if word not in DEED_VERBS):
        return False
    if not all(row.has(clock) for clock in saying.clocks) or not all(row.on(day) for day in saying.days):
        return False
    if not on_its_list(saying, [row]):
        return False
    if deed.verb == "invite":
        return bool(row.data.get("guests"))
    if "starts" in row.data:
        return bool(deed.tools & EVENTS) and bool(
            saying.clocks or saying.days or re.search(r"calendar|diary|schedule", saying.lower)
        )
    if "due" in row.data:
        return bool(deed.tools & (ADD | REMIND)) or (bool(deed.tools & COMPLETE) and bool(row.data.get("done")))
    if deed.tools & SEND and row.data.get("box"):
        return row.data["box"] in ("sent", "outbox")
    if deed.tools & SEND and "say" in row.data:
        return False
    verbs = DEED_VERBS & {stem(word) for word in words(saying.lower)}
    return bool(verbs) and verbs <= row.words and row.kind != "person"


def _recalls(saying: Saying, known: Known) -> bool:
    return bool(_RECALLS.search(saying.lower) or _ASKS_BACK.search(known.asked) or known.asked.rstrip().endswith("?"))
