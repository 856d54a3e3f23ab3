"""Deeds that a clause claims, compared with the receipts: of this turn, of the thread where it is recalled, or with a row that says the same."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.claims.deeds import Deed, deeds
from agent.claims.doubts import Doubt, instead
from agent.claims.fitting import DEED_VERBS, fits, of_reminders
from agent.claims.former import was_then
from agent.claims.known import Known, Told
from agent.claims.listed import family_of
from agent.claims.lists import counted_by_list, on_its_list
from agent.claims.moods import HIDDEN, is_conditional, is_denial
from agent.claims.numbers import NUMBER, counts
from agent.claims.partly import partly
from agent.claims.plain import stem, stems, words
from agent.claims.reports import in_drafts, mails_of
from agent.claims.rows import Row
from agent.claims.saying import VERB, Saying, Sentence
from agent.claims.verbs import (
    ADD,
    ANY,
    BASES,
    CHANGE,
    COMPLETE,
    DONE,
    DRAFT,
    EVENTS,
    INVITE,
    REMEMBER,
    REMIND,
    REMOVE,
    SEND,
)

_NO_MORE = re.compile(r"^(?:(?:poof|and|so|okay|ok|right|done|gone)[,:!]* )*no more (?!than\b)")
_BID = re.compile(
    r"^(?:and |so |but |then )*(?:please|make sure|be sure to|don't forget|just (?:make sure|check)|you'd (?:best|better))\b"
    r"|(?:just )?(?:(?:say|tell|give|let)\b|(?:one|an?|your)(?: \w+)? (?:word|yes|nod|okay|ok|go-ahead|sign)\b).* and\b"
)
""" "Please make sure they know", "say the word and it's off to Tom": said of nothing that was done."""
_ONCE_AGREED = re.compile(r"\b(?:once|as soon as|when) you(?:'ve)? (?:say|said|agree|confirm|give|approve)")
_LET_ME = re.compile(r"^(?:and |so |now |then |okay,? )*let me (?:just |quickly )*(?:get|have|see that)\b")
_IS_NOW = re.compile(r"\W*(?:and |so )*(?:it|that|they|the \w+)(?:'s| is|'re| are) .*\b(?:now|from now on)[.!]*$")
""" "It's on Friday now", after a refusal."""
_RECALLS = re.compile(
    r"\b(?:already|earlier|before|just now|a (?:moment|minute) ago|as i said|yesterday|still|so far|today)\b"
)
_ASKS_BACK = re.compile(
    r"^(?:so |and |but |wait,? |hm+,? |ok(?:ay)?,? )*(?:did|have you|has|had|is|are|was|were|when|what (?:did|was|were|have|is|time)|where|which|who|how|what's|when's)\b|\bagain\b",
    re.IGNORECASE,
)
_ALL_I_DID = re.compile(
    r"\b(?:all|the only thing) (?:that )?i(?:'ve| have)? (?:did|done|changed)\b|\bi(?:'ve| have)? only (?!a\b|the\b|one\b)\w+(?:ed|t)\b"
)
_SO_IS = re.compile(
    r"^(?:and |but )?(?:so|as) (?:is|are|was|were|has|have|did)\b|^(?:and |but )?the same (?:goes|is true|holds) for\b"
)
_SUPPOSES = re.compile(r"\b(?:might|may|could|should|would|worth|as if)\b")
_WHAT_I_HAVE = re.compile(r"\b(?:what|all|things?|everything|one|that) (?:that )?i(?:'ve| have)\b")
""" "The only thing I have saved": what is there, not what was done."""
_ARE_SET = re.compile(
    rf"^(?:and |so |all )*(?:{NUMBER}|they|all|both)(?: of (?:them|those))? (?:are|is)(?: \w+)? set\b"
)
_WRITES = frozenset({"write", "draft", "prepare", "compose"})
_TRIED = re.compile(r"\bi(?:'ve| have)? (?:just |even |already )*(?:tried|attempted)(?: \w+)? to\b|\bi had a go at\b")
_IT = re.compile(r"\b(?:it|that|this|them|those)\b")
_OF_ANYTHING = frozenset(BASES) | frozenset(DONE) | {"do", "managed"}
"""Deeds that there is a tool for; any other verb must tell what it was done to."""
_STANDS_NOW = ADD | CHANGE | DRAFT | REMIND | REMEMBER | {"undo"}
"""What something that "is there now" can have come from."""
_TAKING_AWAY = Deed("cancel", REMOVE | COMPLETE, own=False)


def claimed(saying: Saying, known: Known, before: Sentence) -> Doubt | None:
    """The first deed that a clause claims and no receipt bears out."""
    if (is_conditional(before.text) and not HIDDEN.search(before.text.lower())) or _BID.match(saying.lower):
        return None
    if _LET_ME.match(saying.lower) or (not known.receipts and _ONCE_AGREED.search(saying.lower)):
        return None  # "let me get that removed": a promise
    if _NO_MORE.match(saying.lower) and set(saying.content) & (known.their_words | known.titles) and not known.reads:
        took = (row.title for one in known.receipts if one.tool in _TAKING_AWAY.tools for row in one.rows)
        return None if frozenset().union(*took).intersection(saying.content) else Doubt(_TAKING_AWAY)
    if (found := _of_more(saying, known, before)) is not None:
        return found
    if in_drafts(saying, known) is False and known.receipts:
        return instead(known)
    if (part := partly(saying, known)) is not None:
        return None if part else instead(known)
    if was_then(saying, known):
        return None
    for deed in _told(saying.lower):
        doubt = _doubt(deed, replace(saying, text=deed.part) if deed.part else saying, known)
        if doubt is not None:
            return doubt
    return None


def _told(lower: str) -> Sequence[Deed]:
    """The deeds of a clause; "noted, it's gone" only says that it is gone."""
    told = deeds(lower)
    return [one for one in told if one.own or one.verb != "note"] or told


def _of_more(saying: Saying, known: Known, before: Sentence) -> Doubt | None:
    """What is claimed beside a deed of its own: that it is so now though it was refused, that it was all, that the same was done to more."""
    lower = saying.lower
    refused = known.refusals and not known.receipts and _IS_NOW.match(lower) and not is_denial(lower)
    done = known.receipts or known.stood
    if refused or not _alone(saying, done) or not _so_many(saying, done) or _of_the_refused(saying, known, before):
        return instead(known)
    same = deeds(before.text.lower() or "done") if _SO_IS.match(lower) and done else ()
    if same:
        return _doubt(same[-1], saying, known)  # "I moved the vet, and the same goes for the stand-up"
    return _goes_on(saying, known, before)


def _alone(saying: Saying, done: Sequence[Told]) -> bool:
    """ "All I did was move the physio": whether nothing else was done that is known of; True where nothing is said to be all."""
    if not _ALL_I_DID.search(saying.lower) or is_denial(saying.lower):
        return True
    titles = [frozenset().union(*(row.title for row in one.rows)) for one in done]
    named = set(saying.content) & frozenset().union(*titles)
    return not named or all(named & one for one in titles)


def _so_many(saying: Saying, done: Sequence[Told]) -> bool:
    """ "Two things: I put it on the list and moved …": of several deeds no more than were done."""
    several = done and any(one.part for one in deeds(saying.lower))
    return not several or all(count.number <= len(done) for count in counts(saying.text))


def _of_the_refused(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "I found no fence, so I've added it": "it" is what the call found nothing of, or what the receipts are of; or a try that nobody made."""
    tried = [one for one in known.answers if one.now and one.failed and one.content.get("error") != "needs_approval"]
    if _TRIED.search(saying.lower) and not is_denial(saying.lower) and not tried:
        return bool(known.receipts or known.waiting)
    named = set(Saying(before.text, saying.today).content) - DEED_VERBS
    told = frozenset().union(*(row.title for one in known.receipts for row in one.rows))
    refused = frozenset().union(*(one.words for one in tried))
    pointing = _IT.search(saying.lower) and not set(saying.content) & told
    return bool(
        pointing and named & refused - told and not named & told and any(one.own for one in deeds(saying.lower))
    )


def _goes_on(saying: Saying, known: Known, before: Sentence) -> Doubt | None:
    """ "I've ticked off the stamps and, while at it, the train tickets": what else it is said to have been done to."""
    if not before.text or VERB.search(saying.lower) or deeds(saying.lower) or is_denial(saying.lower):
        return None
    if _SUPPOSES.search(saying.lower):
        return None
    if known.receipts and not known.answers_read and saying.days and not saying.content:
        told = [row for one in known.receipts for row in one.rows]
        return None if any(all(row.on(day) for day in saying.days) for row in told) else instead(known)
    listed = saying.content and DONE.keys() & words(before.text)[:1]  # "ticked off: the stamps, the train tickets"
    more = [one for one in deeds(before.text.lower()) if listed or (one.own and saying.titled)]
    return _doubt(more[-1], saying, known) if more else None


def _doubt(deed: Deed, saying: Saying, known: Known) -> Doubt | None:
    """Whether a receipt of this turn, or one that is recalled, is of that deed and fits."""
    if not deed.own and not deed.tools and (_told_us(deed, saying, known) or _written(deed, saying, known)):
        return None
    bodies = [stems(str(one.content["receipt"].get("body"))) for one in known.receipts]
    if not deed.own and any(stem(deed.verb) in one for one in bodies):
        return None  # what the draft says
    if deed.verb in _WRITES and any(one.tool == "send_email" for one in known.waiting):
        return None  # it is written, and waits
    tools = deed.tools if deed.own or deed.verb != "change" else _STANDS_NOW
    receipts = [one for one in known.receipts if one.tool in tools and _is_of(deed, one)]
    of_a_receipt = any(set(saying.content) & row.title for one in known.receipts for row in one.rows)
    if (
        deed.verb == "note"
        and known.receipts
        and not (set(saying.content) - DEED_VERBS or saying.clocks or saying.days)
    ):
        return None  # "noted", and done
    if deed.tools == ANY and known.refusals and not is_denial(saying.lower) and not of_a_receipt:
        return Doubt(deed, receipts=receipts)
    if receipts:
        together = receipts if deed.part else known.receipts
        so = fits(saying, together, known) and (deed.verb in _OF_ANYTHING or _names(deed.verb, saying, together))
        return None if so else _otherwise(deed, saying, known, receipts)
    stood = [one for one in known.stood if not any(row.title & known.gone for row in one.rows)]
    earlier = [one for one in stood if one.tool in deed.tools and _is_of(deed, one)]
    if earlier and _recalls(saying, known) and fits(saying, earlier, known):
        return None
    return _otherwise(deed, saying, known, _latest(stood, deed, saying))


def _names(verb: str, saying: Saying, receipts: Sequence[Told]) -> bool:
    """Whether anything of it is the receipts': "I've squeezed it in at five", but not "I've turned it down a little"."""
    named = re.search(r"\b(?:calendar|diary|lists?|reminders?|draft)\b", saying.lower)
    if named or saying.clocks or saying.days or saying.lengths:
        return True
    titles = frozenset().union(*(row.title for one in receipts for row in one.rows))
    theirs = any("due" in row.data for one in receipts if one.tool != "undo" for row in one.rows)  # theirs to do
    return bool(set(saying.content) & titles) and stem(verb) not in titles and not theirs


def _is_of(deed: Deed, receipt: Told) -> bool:
    """Whether what was written may have been that: a task has no hour and reminds of nothing, what has no guests reaches nobody."""
    if deed.verb == "remind":
        return of_reminders(receipt)
    if deed.verb in ("invite", "send"):
        return receipt.tool == "send_email" or bool(receipt.content["receipt"].get("guests"))
    return _that_way(deed, receipt)


def _latest(stood: Sequence[Told], deed: Deed, saying: Saying) -> list[Told]:
    """What was last done to what is named, where it was that deed: it is told instead of denied."""
    named = [one for one in stood if any(set(saying.content) & row.title for row in one.rows)]
    return [one for one in named[-1:] if one.tool in deed.tools]


def _told_us(deed: Deed, saying: Saying, known: Known) -> bool:
    """ "Stamps bought": what the person has told us that they did."""
    done = [word for word in words(saying.lower) if word in DONE and DONE[word][0] == deed.verb]
    return bool(done) and set(done) <= set(words(known.asked))


def _written(deed: Deed, saying: Saying, known: Known) -> bool:
    """ "Chapter three is attached": what a mail says, in its own words."""
    said = {stem(word) for word in words(saying.lower) if word in DONE and DONE[word][0] == deed.verb}
    named = set(saying.content) - DEED_VERBS
    return any(named and said | named <= row.words for row in mails_of(known))


def _that_way(deed: Deed, receipt: Told) -> bool:
    """What an undo has done is the reverse of what it undid."""
    undid = {str(one.get("tool")) for one in receipt.content["receipt"].get("undone", ())}
    if deed.verb in ("add", "put", "restore"):
        return not undid or bool(undid - ADD)
    return BASES.get(deed.verb) != REMOVE or not undid & (REMOVE | CHANGE)


def _otherwise(deed: Deed, saying: Saying, known: Known, receipts: Sequence[Told]) -> Doubt | None:
    """It may be a fact all the same, if it isn't said to be ours: "the dentist is on your calendar for ten"."""
    if (not deed.own or deed.verb == "remind") and _is_told(deed, saying, known, receipts):
        return None
    if not deed.own and not known.receipts and _of_what_was_read(saying, known):
        return None
    if deed.tools & REMEMBER and _WHAT_I_HAVE.search(saying.lower) and known.rows_of("memories"):
        return None
    return Doubt(deed, receipts=receipts)


def _of_what_was_read(saying: Saying, known: Known) -> bool:
    """ "Four reminders are set", after they were read; "chicken is off the menu", after it was recalled: how it is, not what was done."""
    family = family_of(known)
    return (
        counted_by_list(saying, known, Sentence()) is not None
        or any(one.family == family for one in counts(saying.text))
        or (family == "reminders" and _ARE_SET.search(saying.lower) is not None)
    )


def _is_told(deed: Deed, saying: Saying, known: Known, receipts: Sequence[Told]) -> bool:
    """Whether a row says what the clause says: not one of the receipts that don't."""
    own = [row for one in receipts for row in one.rows]
    if not (set(saying.content) - DEED_VERBS or (deed.verb == "remind" and saying.clocks)):
        return False
    return any(
        _tells(row, deed, saying)
        for row in (*known.here, *known.thread)
        if not row.title & known.gone and row not in own
    )


def _tells(row: Row, deed: Deed, saying: Saying) -> bool:
    if not all(word in row.words for word in saying.content if word not in DEED_VERBS):
        return False
    if not all(row.has(clock) for clock in saying.clocks) or not all(row.on(day) for day in saying.days):
        return False
    if not on_its_list(saying, [row]):
        return False
    if SEND <= deed.tools <= INVITE:
        return row.data.get("box") in ("sent", "outbox") or bool(row.data.get("guests"))
    if "starts" in row.data:
        return bool(deed.tools & EVENTS) and bool(
            saying.clocks or saying.days or re.search(r"calendar|diary|schedule", saying.lower)
        )
    if "due" in row.data and stem(deed.verb) not in row.title and deed.tools & (ADD | REMIND):
        return True
    return bool(row.data.get("done")) and (stem(deed.verb) in row.title or bool(deed.tools & COMPLETE))


def _recalls(saying: Saying, known: Known) -> bool:
    if known.rows_of("changes"):
        return True
    return bool(_RECALLS.search(saying.lower) or _ASKS_BACK.search(known.asked) or known.asked.endswith("?"))
