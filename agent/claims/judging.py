"""One clause at a time: may it be said?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.claims import facts
from agent.claims.deeds import Deed, deeds
from agent.claims.denied import denied, shut_out
from agent.claims.echoes import as_asked, echoes, quoted_right, taken_up, word_for_word
from agent.claims.former import is_former, stood_before, tells_former, without_former, wrong_former
from agent.claims.known import Known, Told
from agent.claims.languages import contradicts, is_english
from agent.claims.lasting import measured
from agent.claims.listed import family_of
from agent.claims.lists import on_its_list
from agent.claims.moods import (
    is_conditional,
    is_denial,
    is_fiction,
    is_general,
    is_offer,
    is_question,
    is_unable,
    without_hedges,
)
from agent.claims.numbers import counts
from agent.claims.partly import partly
from agent.claims.plain import plain, stem, stemmed, stems, words
from agent.claims.present import present
from agent.claims.reached import reached
from agent.claims.recurring import again, repeats
from agent.claims.related import related
from agent.claims.reports import MAIL_WORDS, read_out, reported
from agent.claims.rows import Row
from agent.claims.saying import VERB, Saying, Sentence
from agent.claims.shifting import shifted
from agent.claims.unlooked import fragment, unlooked
from agent.claims.unseen import unseen
from agent.claims.verbs import ADD, ANY, BASES, CHANGE, COMPLETE, DONE, EVENTS, REMEMBER, REMIND, REMOVE, SEND
from agent.claims.vowed import vowed

_TELLS = re.compile(r"\b(?:your|the) [\w -]+?(?:'s| is| are| starts| begins| ends)\b")
_CLASH = re.compile(r"\b(?:overlap|clash|conflict|collide|bump|same (?:time|slot|hour)|coincide|run into|cut into)")
_CLASH_SENTENCE = re.compile(r"\bIt overlaps with [^.]*\.?")
_TAGGED = re.compile(
    r"[,;:-] (?:and |so )?(?:anything|something|what|shall|should|would|want|do you|can i|which|is there|ready|need)\b[^,]*\?$",
    re.IGNORECASE,
)
_NO_MORE = re.compile(r"^(?:(?:poof|and|so|okay|ok|right|done|gone)[,:!]* )*no more (?!than\b)")
_REMINDER = re.compile(r"\breminders?\b")
_WISH = re.compile(
    r"^(?:and |so |but )*(?:i (?:do )?hope|i wish|let's hope|hopefully|fingers crossed|i'm sure|i bet|may (?:it|you|your)) "
)
_BID = re.compile(
    r"^(?:and |so |but |then )*(?:please|make sure|be sure to|don't forget|just (?:make sure|check)|you'd (?:best|better))\b"
)
""" "Please make sure they know": said of nothing that was done."""
_VERBS = stemmed(DONE) | stemmed(BASES)
_QUOTED = re.compile(r'"[^"]{3,}"?')
_HIDDEN = re.compile(r"\b(?:now that|since|because|seeing that|given that|happy that|glad that)\b")
_RECALLS = re.compile(
    r"\b(?:already|earlier|before|just now|a (?:moment|minute) ago|as i said|yesterday|still|so far|today)\b"
)
_ASKS_BACK = re.compile(
    r"^(?:so |and |but |wait,? |hm+,? |ok(?:ay)?,? )*(?:did|have you|has|had|is|are|was|were|when|what (?:did|was|were|have|is|time)|where|which|who|how|what's|when's)\b|\bagain\b",
    re.IGNORECASE,
)
_ALSO = re.compile(r"\b(?:also|as well|too|in addition|besides)\b")
_BOTH = re.compile(r"\bboth\b|\ball (?:of )?(?:your|the|my|them|those|these)\b")
_GOES_ON = re.compile(r"(?:and|then|, )* ?(?:also |then )?([a-z]+)\b")
_APART = re.compile(r"\b(?:apart|except|other than|besides|beyond|but)\b")
_STANDS_NOW = ADD | CHANGE | REMIND | REMEMBER | {"undo"}
"""What something that "is there now" can have come from."""
_DENIED = re.compile(
    r"\bi (?:haven't|have not|didn't|did not) (?:changed?|done?|made?|added?|touched?) (?:anything|any|a thing)\b|\bnothing(?: was|'s been| has been| got) (?:changed|done|touched)\b"
)


@dataclass(frozen=True)
class Doubt:
    """Why a clause can't be said: a deed without a receipt, or a fact without a row."""

    deed: Deed | None = None
    family: str = ""
    receipts: Sequence[Told] = ()
    """What was done, where the clause tells it otherwise."""


def judge(text: str, known: Known, before: Sentence) -> Doubt | None:
    """None when a clause may be said. `before` is what the sentence has said so far."""
    told = without_hedges(without_former(_without_quotes(text, known), known))
    saying = Saying.of(told, known.now.date(), before)
    if not re.search(r"[^\W_]", saying.text):
        return None
    if _stands_already(saying, known, before):
        return None
    if not is_english(f"{before.text} {saying.text}"):
        return Doubt(family="events") if contradicts(saying.text, known) else None
    if (asserted := _before_the_tag(saying.text)) and (found := judge(asserted, known, before)) is not None:
        return found
    asked = is_question(saying.text) or is_question(before.text)
    if asked and not _HIDDEN.search(saying.lower):
        return None
    if echoes(saying, known, text) or taken_up(saying, known) or is_general(before.text):
        return None
    if not asked and (now := present(saying, known)) is not None:
        return None if now else Doubt(family="events")
    if _WISH.match(saying.lower) and not (saying.clocks or saying.days):
        return None
    if (so := None if asked or is_conditional(before.text) else related(saying, known, before)) is False:
        return _unrelated(known)
    if not asked and shut_out(saying, known):
        return Doubt(family=family_of(known) or "events")
    if not asked and (deed := _to_others(saying, known, before)) is not None:
        return Doubt(deed)
    if not asked and not is_conditional(before.text) and (deed := denied(saying, known)) is not None:
        return Doubt(deed, receipts=[one for one in known.receipts if one.tool in deed.tools])
    if (found := _deeds(saying, known, before)) is not None:
        return found
    if not asked and (stood_before(saying, known) or unseen(saying, known)):
        return Doubt(Deed("do", ANY, own=True), receipts=known.receipts)
    if so or fragment(saying, known):
        return None
    if deeds(saying.lower) and (known.receipts or known.earlier):
        return None  # its details are the receipt's
    if not asked and not reported(saying, known):
        return Doubt(family="messages")
    if not asked and unlooked(saying, known, before):
        return Doubt(family=_asked_about(known))
    return None if asked or _may_pass(saying, before) else _of_facts(saying, known, before)


def _to_others(saying: Saying, known: Known, before: Sentence) -> Deed | None:
    """What others are said to have heard, and what is promised to come of itself, with nothing to show for it."""
    if vowed(saying, known, before.text) is False:
        return Deed("remind", REMIND, own=True)
    if not is_conditional(f"{before.text} {saying.text}") and reached(saying, known) is False:
        return Deed("send", SEND, own=True)
    return None


def _asked_about(known: Known) -> str:
    return "messages" if MAIL_WORDS.search(known.asked.lower()) else "events"


def _unrelated(known: Known) -> Doubt:
    """What is so instead: the receipt's sentence, or what was read."""
    if known.receipts:
        return Doubt(Deed("do", ANY, own=False), receipts=known.receipts)
    return Doubt(family=family_of(known) or "events")


def _of_facts(saying: Saying, known: Known, before: Sentence) -> Doubt | None:
    if _wrongly_denied(saying, known):
        return Doubt(family="changes")
    if wrong_former(saying, known):
        return Doubt(Deed("change", CHANGE, own=True), receipts=known.receipts)
    if tells_former(saying, known) or _of_fiction(saying, before):
        return None
    family = facts.doubt(saying, known, before)
    return Doubt(family=family) if family else None


def _stands_already(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether a tool or a mail that is being told says it itself."""
    return (
        word_for_word(saying, known) or as_asked(saying, known, before) or (before.reading and read_out(saying, known))
    )


def _wrongly_denied(saying: Saying, known: Known) -> bool:
    """ "I haven't changed anything", though something was changed."""
    if not _DENIED.search(saying.lower) or is_conditional(saying.lower):
        return False
    return bool(known.receipts or known.rows_of("changes")) and not _APART.search(saying.lower)


def _of_fiction(saying: Saying, before: Sentence) -> bool:
    """Whether it is a line of a poem or a story that was begun."""
    return (before.telling or is_fiction(before.text)) and not (
        saying.clocks or saying.days or re.search(r"\byour?\b", saying.lower)
    )


def _before_the_tag(text: str) -> str:
    """What is said before a question in the same breath: "Both done, anything else?"."""
    match = _TAGGED.search(text)
    return f"{text[: match.start()]}." if match and not is_question(text[: match.start()]) else ""


def _may_pass(saying: Saying, before: Sentence) -> bool:
    if is_general(saying.text) or (is_unable(saying.lower) and not re.search(r"\b(?:find|see)\b", saying.lower)):
        return True
    return (
        is_offer(saying.text)
        or is_conditional(before.text)
        or (is_offer(before.text) and not facts.there(saying) and not (saying.clocks and _TELLS.search(saying.lower)))
    )


def _deeds(saying: Saying, known: Known, before: Sentence) -> Doubt | None:
    if is_conditional(before.text) and not _HIDDEN.search(before.text.lower()):
        return None
    if _BID.match(saying.lower) or re.match(r"(?:just )?(?:say|tell|give|let)\b.* and\b", saying.lower):
        return None  # "say the word and it's off to Tom"
    lower = saying.lower
    if (match := _GOES_ON.match(lower)) and match[1] in DONE and any(one.own for one in deeds(before.text.lower())):
        lower = f"i've {lower[match.start(1) :]}"
    if _NO_MORE.match(saying.lower) and set(saying.content) & (known.their_words | known.titles) and not known.reads:
        took = [one for one in known.receipts if one.tool in REMOVE | COMPLETE]
        so = any(set(saying.content) & row.title for one in took for row in one.rows)
        return None if so else Doubt(Deed("cancel", REMOVE | COMPLETE, own=False))
    if (found := _goes_on(saying, known, before)) is not None:
        return found
    if (part := partly(saying, known)) is not None:
        return None if part else Doubt(Deed("do", ANY, own=True), receipts=known.receipts)
    for deed in deeds(lower):
        doubt = _doubt(deed, saying, known)
        if doubt is not None:
            return doubt
    return None


def _goes_on(saying: Saying, known: Known, before: Sentence) -> Doubt | None:
    """ "I've ticked off the stamps and, while at it, the train tickets": what else it is said to have been done to."""
    if not before.text or VERB.search(saying.lower) or is_denial(saying.lower):
        return None
    if known.receipts and not known.answers_read and saying.days and not saying.content:
        told = [row for one in known.receipts for row in one.rows]
        return None if any(all(row.on(day) for day in saying.days) for row in told) else _unrelated(known)
    if not saying.titled:
        return None
    own = [one for one in deeds(before.text.lower()) if one.own]
    return _doubt(own[-1], saying, known) if own else None


def _doubt(deed: Deed, saying: Saying, known: Known) -> Doubt | None:
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
        return None if _fits(saying, together, known) else _otherwise(deed, saying, known, receipts)
    if known.earlier and _recalls(saying, known):
        earlier = [
            one
            for one in known.earlier
            if one.tool in deed.tools
            and (deed.verb != "send" or one.tool == "send_email" or one.content["receipt"].get("guests"))
            and not any(row.title & known.gone for row in one.rows)
        ]
        if earlier and _fits(saying, earlier, known):
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
    if deed.own and any(one.kind == "changes" for one in known.here) and _is_told(deed, saying, known):
        return None
    return Doubt(deed, receipts=receipts)


def _is_told(deed: Deed, saying: Saying, known: Known) -> bool:
    """Whether a row says what the clause says."""
    if not set(saying.content) - _VERBS:
        return False
    return any(
        _tells(row, deed, saying)
        for row in (*known.here, *known.thread)
        if row.kind not in ("now", "span") and not row.title & known.gone
    )


def _tells(row: Row, deed: Deed, saying: Saying) -> bool:
    if not all(word in row.words for word in saying.content if word not in _VERBS):
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
    verbs = _VERBS & {stem(word) for word in words(saying.lower)}
    return bool(verbs) and verbs <= row.words and row.kind != "person"


def _recalls(saying: Saying, known: Known) -> bool:
    return bool(_RECALLS.search(saying.lower) or _ASKS_BACK.search(known.asked) or known.asked.rstrip().endswith("?"))


def _fits(saying: Saying, receipts: Sequence[Told], known: Known) -> bool:
    """Whether the details of a claim are those of the receipts."""
    rows = [row for one in receipts for row in one.rows]
    for clock in saying.clocks:
        if not any(row.has(clock) for row in rows) and not is_former(clock, saying, receipts, known):
            return False
    for day in saying.days:
        if day.fits(known.now.date()) and re.search(r"\bso far\b|^today\b", saying.lower):
            continue  # when it was done
        if not any(row.on(day) for row in rows):
            return False
    lengths = frozenset().union(*(row.lengths for row in rows))
    if any(length not in lengths for length in saying.lengths) and not (
        shifted(saying, known, Sentence()) or measured(saying, known, Sentence())
    ):
        return False
    if (
        not quoted_right(saying, known, Sentence())
        or not on_its_list(saying, rows)
        or (again(saying) and not repeats(rows))
    ):
        return False
    borne = frozenset().union(*(_deed_words(one) for one in receipts))
    if _CLASH.search(saying.lower):
        borne = borne.union(*(one.words for one in receipts))
    if any(word not in borne and word not in _VERBS for word in saying.content):
        return False
    if _BOTH.search(saying.lower) and not saying.content and not all(on_its_list(saying, one.rows) for one in receipts):
        return False
    return _as_many(saying, receipts, known) and not re.search(
        r"\b(?:whole|entire|all) (?:morning|afternoon|day|evening|week)\b", saying.lower
    )


def _of_reminders(one: Told) -> bool:
    """Whether a receipt is of a reminder, or of one that was undone."""
    undid = {str(each.get("tool")) for each in one.content["receipt"].get("undone", ())}
    return any("remind" in tool for tool in {one.tool, *undid}) or bool(_REMINDER.search(one.say.lower()))


def _deed_words(one: Told) -> frozenset[str]:
    """The stems of what it was done to: not of what that overlaps with."""
    kept = [Row(_CLASH_SENTENCE.sub(" ", row.text), row.today, row.zone).words for row in one.rows]
    return frozenset().union(
        *kept, stems(_CLASH_SENTENCE.sub(" ", one.say)), stems(" ".join(str(value) for value in one.arguments.values()))
    )


def _as_many(saying: Saying, receipts: Sequence[Told], known: Known) -> bool:
    many = sum(
        len(one.content["receipt"].get("undone") or one.content["receipt"].get("actions") or "x") for one in receipts
    )
    if _ALSO.search(saying.lower) and len(known.receipts) < 2:
        return False
    if _BOTH.search(saying.lower) and many < 2:
        return False
    return all(count.number <= many for count in counts(saying.text))


def _without_quotes(text: str, known: Known) -> str:
    """What is quoted from a tool's row stands for itself."""
    shown = plain(text)

    def kept(match: re.Match[str]) -> str:
        inner = match[0].strip('" .,').lower()
        return " " if any(inner in row.text.lower() for row in (*known.here, *known.thread)) else match[0]

    return _QUOTED.sub(kept, shown) if '"' in shown else shown
