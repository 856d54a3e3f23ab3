"""One clause at a time: may it be said?"""

import re
from dataclasses import replace

from agent.claims import facts
from agent.claims.claimed import claimed
from agent.claims.deeds import Deed, deeds
from agent.claims.denied import denied, found_after_all, shut_out
from agent.claims.doubts import Doubt, instead
from agent.claims.echoes import as_asked, echoes, taken_up, word_for_word
from agent.claims.elliptic import completed
from agent.claims.emptiness_words import empty_said, of_a_stretch, tells_time
from agent.claims.former import stood_before, tells_former, was_then, without_former, wrong_former
from agent.claims.known import Known
from agent.claims.languages import contradicts, is_english
from agent.claims.left import told_all
from agent.claims.listed import family_of
from agent.claims.moods import (
    HIDDEN,
    goes_on,
    is_conditional,
    is_fiction,
    is_general,
    is_offer,
    is_question,
    is_unable,
    is_wish,
    needs_leave,
    without_hedges,
)
from agent.claims.numbers import NUMBER
from agent.claims.plain import plain
from agent.claims.present import present
from agent.claims.proposed import proposed
from agent.claims.reached import unreached
from agent.claims.related import related
from agent.claims.reports import MAIL_WORDS, in_drafts, is_report, read_out, reported
from agent.claims.saying import Saying, Sentence
from agent.claims.shortened import in_full
from agent.claims.standing import done_by_now, late_by
from agent.claims.unlooked import fragment, unlooked
from agent.claims.unseen import back_again, beside_it, not_of_it, stays_too, too_many, unseen
from agent.claims.verbs import ANY, REMIND, SEND
from agent.claims.vowed import vowed
from agent.claims.worldly import is_small_talk, is_worldly

_TELLS = re.compile(r"\b(?:your|the) [\w -]+?(?:'s| is| are| starts| begins| ends)\b")
_IN_ONE_BREATH = re.compile(
    r"^(?P<done>(?:both |all |it's |they're )?(?:done|ticked off|sorted|gone|cancelled|moved)),? (?P<more>and (?:the|your|so) .*)",
    re.IGNORECASE,
)
_AND_THE = re.compile(r"^\W*(?:and|but|so) (?:the|your) [a-z]+ [a-z]+s?\b")
_TAGGED = re.compile(
    r"[,;:-] (?:and |so )?(?:anything|something|what|shall|should|would|want|do you|can i|which|is there|ready|need)\b[^,]*\?$",
    re.IGNORECASE,
)
_LET_ME = re.compile(r"^(?:so |now |then |well,? )*let me (?!tell|remind|say|repeat|read|be|know|add that)")
_SUPPOSED = re.compile(r"^(?:and |so |but |only |even |just |or )*(?:if|in case|unless|should|whether)\b")
_QUOTED = re.compile(r'"[^"]{3,}"?')
_BEFOREHAND = re.compile(
    r"^(?:(?:and|so|but|well|just|okay|ok),? )*(?:just )?before (?:i|we) (?!\w+ed\b)[a-z]", re.IGNORECASE
)
""" "Before I set anything": what isn't done yet."""
_WISHES = re.compile(
    r"^(?:(?:and|so|but|then|bye|thanks)\W+|have a (?:good|nice) one\W+)*(?:do )?(?:enjoy|good luck|have (?:a|fun)|take care|get well|sleep well|safe travels)\b"
)
_COUNT = re.compile(rf"\b{NUMBER}\b ?", re.IGNORECASE)
_APART = re.compile(r"\b(?:apart|except|other than|besides|beyond|but)\b")
_DENIED = re.compile(
    r"\bi (?:haven't|have not|didn't|did not) (?:changed?|done?|made?|added?|touched?) (?:anything|any|a thing)\b|\bnothing(?: was|'s been| has been| got) (?:changed|done|touched)\b"
)
_ANYTHING, _REMINDING, _SENDING = Deed("do", ANY), Deed("remind", REMIND), Deed("send", SEND)


def judge(text: str, known: Known, before: Sentence) -> Doubt | None:
    """None when a clause may be said. `before` is what the sentence has said so far."""
    told = completed(without_hedges(without_former(in_full(_without_quotes(text, known), known), known)), before)
    saying = Saying.of(told, known.now.date(), before)
    if not re.search(r"[^\W_]", saying.text) or _stands_already(saying, known, before):
        return None
    if not is_english(f"{before.text} {saying.text}"):
        return Doubt(family="events") if contradicts(saying.text, known) else None
    if (asserted := _before_the_tag(saying.text)) and (found := judge(asserted, known, before)) is not None:
        return found
    if (breath := _IN_ONE_BREATH.match(saying.text)) and (
        found := judge(breath["more"], known, replace(before, text=breath["done"]))
    ):
        return found  # "both done, and the blades with them"
    asked = (is_question(saying.text) and not (before.text and goes_on(saying.text))) or is_question(before.text)
    if (
        (asked and not HIDDEN.search(saying.lower))
        or is_general(before.text)
        or is_wish(saying.text)
        or _BEFOREHAND.match(saying.text)
    ):
        return None
    if (
        (echoes(saying, known, text) and not unreached(saying, known))
        or _taken_up(saying, known)
        or is_worldly(saying, known, before)
    ):
        return None
    return _asserted(saying, known, before)


def _asserted(saying: Saying, known: Known, before: Sentence) -> Doubt | None:
    """What is said to be so: computed from rows first, then compared with the calls, the receipts, the mails, the rows."""
    if (now := present(saying, known)) is not None:
        return None if now else Doubt(family="events")
    if proposed(saying, known):
        return None
    so = None if is_conditional(before.text) else related(saying, known, before)
    if so is False:
        return instead(known)
    found = _against_calls(saying, known, before) or claimed(saying, known, before) or _beyond(saying, known, before)
    if found is not None:
        return found
    if so and (not facts.counted(saying, known, before) or (is_report(saying, known) and not reported(saying, known))):
        return instead(known)
    if so or fragment(saying, known) or (deeds(saying.lower) and (known.receipts or known.stood)):
        return None  # its details are the receipt's
    if not (_SUPPOSED.match(saying.lower) or needs_leave(saying.lower) or reported(saying, known)):
        return Doubt(family=family_of(known) or "messages")
    if is_small_talk(saying, known, before) or in_drafts(saying, known):
        return None
    if unlooked(saying, known, before):
        return Doubt(family="messages" if MAIL_WORDS.search(known.asked.lower()) else "events")
    return None if _may_pass(saying, known, before) else _of_facts(saying, known, before)


def _against_calls(saying: Saying, known: Known, before: Sentence) -> Doubt | None:
    """What the calls of this turn speak against: that nothing could be read, that somebody was told, that it isn't done."""
    if shut_out(saying, known) or found_after_all(saying, known) or not told_all(saying, known, before):
        return Doubt(family=family_of(known) or "events")
    if (deed := _to_others(saying, known, before)) is not None:
        return Doubt(deed, receipts=[one for one in known.receipts if one.tool in deed.tools])
    receipts = denied(saying, known)
    return Doubt(_ANYTHING, receipts=receipts) if receipts else None


def _beyond(saying: Saying, known: Known, before: Sentence) -> Doubt | None:
    """What is told beside a receipt of what it doesn't know: how it was before, and the whole of it."""
    if (
        not late_by(saying, known, before)
        or done_by_now(saying, known)
        or any(
            told(saying, known)
            for told in (stood_before, beside_it, unseen, too_many, back_again, not_of_it, stays_too)
        )
    ):
        return instead(known)
    return None


def _to_others(saying: Saying, known: Known, before: Sentence) -> Deed | None:
    """What others are said to have heard, and what is promised to come of itself, with nothing to show for it."""
    if vowed(saying, known, before.text) is False:
        return _REMINDING
    if not is_conditional(f"{before.text} {saying.text}") and unreached(saying, known):
        return _SENDING
    return None


def _of_facts(saying: Saying, known: Known, before: Sentence) -> Doubt | None:
    if _wrongly_denied(saying, known):
        return Doubt(family="changes")
    if wrong_former(saying, known) or was_then(saying, known) is False:
        return instead(known)
    if tells_former(saying, known) or _of_fiction(saying, before):
        return None
    family = facts.doubt(saying, known, before)
    return Doubt(family=family) if family else None


def _stands_already(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether a tool or a mail that is being told says it itself."""
    return word_for_word(saying, known, before) or as_asked(saying, known, before) or read_out(saying, known, before)


def _wrongly_denied(saying: Saying, known: Known) -> bool:
    """ "I haven't changed anything", though something was changed."""
    if not _DENIED.search(saying.lower) or is_conditional(saying.lower):
        return False
    return bool(known.receipts or known.rows_of("changes")) and not _APART.search(saying.lower)


def _of_fiction(saying: Saying, before: Sentence) -> bool:
    """Whether it is a line of a poem or a story that was begun."""
    return (before.telling or is_fiction(before.text)) and not (saying.clocks or saying.days)


def _taken_up(saying: Saying, known: Known) -> bool:
    """Whether it only takes up their words: "Tom knows now" has no other words either, but says that he was told."""
    return taken_up(saying, known) and not (
        empty_said(saying, known, Sentence()) or deeds(saying.lower) or unreached(saying, known)
    )


def _before_the_tag(text: str) -> str:
    """What is said before a question in the same breath: "Both done, anything else?"."""
    match = _TAGGED.search(text)
    return f"{text[: match.start()]}." if match and not is_question(text[: match.start()]) else ""


def _may_pass(saying: Saying, known: Known, before: Sentence) -> bool:
    return bool(
        (_WISHES.match(saying.lower) and not (saying.clocks or saying.names or tells_time(saying)))
        or is_general(saying.text)
        or _LET_ME.match(saying.lower)
        or (is_unable(saying.lower) and not re.search(r"\b(?:find|see)\b", saying.lower))
        or is_offer(saying.text)
        or is_conditional(before.text)
        or (
            is_offer(before.text)
            and not (
                (facts.there(saying) and not known.their_words.issuperset(saying.content)) or of_a_stretch(saying.lower)
            )
            and not (saying.clocks and (_TELLS.search(saying.lower) or _AND_THE.match(saying.lower)))
        )
    )


def _without_quotes(text: str, known: Known) -> str:
    """What is quoted from a tool's row stands for itself; a title in quotes is a name like any other, and counts nothing."""
    rows = (*known.here, *known.thread)

    def kept(match: re.Match[str]) -> str:
        inner = match[0].strip('" .,').lower()
        if any(inner == str(row.data.get(name)).lower() for row in rows for name in ("title", "subject")):
            return _COUNT.sub("", match[0].strip('"'))
        return " " if any(inner in row.text.lower() for row in rows) else match[0]

    return _QUOTED.sub(kept, plain(text))
