"""Putting something on the calendar."""

import re
from itertools import pairwise
from typing import Any

from agent.commands import times
from agent.commands.diary import diary_word, in_its_part
from agent.commands.event_names import guests_asked, nameable, of_another, otherwise_meant
from agent.commands.event_words import (
    APPOINTMENTS,
    CALENDAR_WORDS,
    CHORES,
    DAY_LONG,
    LOOSE,
    MEETINGS,
    NAMELESS,
    NOT_BOOKED,
    OUT_OF_REACH,
    VERBS,
)
from agent.commands.intention import Intention, ask, call, words
from agent.commands.leftover import (
    TWO_WISHES,
    place_in,
    relative,
    second_wish,
    timelike,
    without_calendar,
)
from agent.commands.naming import slot_title, title
from agent.commands.offering import offer, offered, statement, the_event
from agent.commands.patterns import Found
from agent.commands.precision import as_due, exact, lacks_hour, loosely
from agent.commands.rules import Bag, Rule, Turn, rule
from agent.commands.words import Words, plains


def _sure(found: Found, turn: Turn) -> Intention | None:
    """The words say that it is for the calendar."""
    return _add(found, turn, sure=True)


def _likely(found: Found, turn: Turn) -> Intention | None:
    """ "add X": for the calendar only when it has an hour, or sounds like a meeting."""
    return _add(found, turn, sure=False)


def _booking(found: Found, turn: Turn) -> Intention | None:
    if found.sentence.plain[0] == "fix" and not MEETINGS & set(plains(found.words("title"))):
        return None
    plain = plains(found.words("title"))
    if found.sentence.plain[:2] in _BOOK_NOUNS:
        return None
    head = next((at for at, word in enumerate(plain) if at and word in ("in", "at", "with", "about", "on")), len(plain))
    said = set(plain[: min(head, 3)])
    if said & OUT_OF_REACH and not any(pair in NOT_BOOKED for pair in pairwise(plain)):
        return words("I can't book that, but I can put it on your calendar if you tell me when it is.")
    return _add(found, turn, sure=True)


_BOOK_NOUNS = frozenset(("book", noun) for noun in ("club", "group", "fair", "launch", "signing", "reading", "swap", "circle"))  # fmt: skip
"""Where "book" books nothing."""


def _add(found: Found, turn: Turn, *, sure: bool) -> Intention | None:
    return _refused(found) or _written(found, turn, sure=sure)


def _refused(found: Found) -> Intention | None:
    if of_another(found.sentence.plain):
        return words("I only keep your own calendar, nobody else's.")
    return words(TWO_WISHES) if second_wish(found.words("title")) else None


def _written(found: Found, turn: Turn, *, sure: bool) -> Intention | None:
    words_, place = without_calendar(found.words("title")), found.text("place") or None
    if not place and words_:
        words_, place = place_in(words_)
    named = title(words_)
    plain = set(plains(found.words("title")))
    if not named or not nameable(found, sure=sure):
        return None
    meeting = bool(plain & MEETINGS)
    guests, named = guests_asked(found, named)
    length = times.minutes(found.words("length")) if found.has("length") else None
    if plain <= NAMELESS:
        return ask("add_event", "title", "What should I call it?", when=found.when)
    filled: dict[str, Any] = {"title": named, "guests": guests, "place": place, "minutes": length}
    if words_ and words_[0].plain == "with" and len(words_) > 1:
        filled["title"] = named = f"Meeting {named[:1].lower()}{named[1:]}"
    if timelike(words_):
        # a time that was only half understood is no reason to write something
        return ask(
            "add_event", "when", f"I'm not sure I have the time right. When exactly is {the_event(named)}?", **filled
        )
    if not sure and (chore := _chore(words_, found.when, turn)):
        return chore
    if not found.when:
        if sure or meeting:
            return ask("add_event", "when", f"When is {the_event(named)}?", **filled)
        return ask("add_event", "when", f"When is {the_event(named)}, or which list should it go on?", **filled)
    loose = found.sentence.plain[0] in LOOSE and not (CALENDAR_WORDS | {"meeting"}) & set(found.sentence.plain)
    for_me = found.sentence.plain[:2] in (("make", "me"), ("get", "me"))
    on_tape = otherwise_meant(found) and not CALENDAR_WORDS & set(found.sentence.plain)
    if not guests and (
        (loose and not meeting and not APPOINTMENTS & plain and not diary_word(plains(words_))) or for_me or on_tape
    ):
        return offered(named, found.when, turn)
    whole_days = bool(plain & (DAY_LONG - {"bank"})) and not plain & (MEETINGS - {"conference", "date"})
    if relative(words_) and not exact(found.when, turn):
        return ask("add_event", "when", f"When exactly is {the_event(named)}?", **filled)
    if re.match(r"(?:until|till|til)\b", found.when, re.IGNORECASE):
        return ask("add_event", "when", f"When does {the_event(named)} begin?", **filled)
    lacking = lacks_hour(found.when, turn) or (not whole_days and loosely(found.when, turn))
    if lacking and not whole_days and "all day" not in found.when.lower():
        return ask("add_event", "when", f"What time is {the_event(named)}?", **filled, when=found.when)
    return call("add_event", when=in_its_part(found.when, words_, turn), **filled)


def _chore(words_: Words, when: str, turn: Turn) -> Intention | None:
    """ "add pick up the parcel today": something to do by a day, without an hour."""
    plain = plains(words_)
    due = as_due(when, turn)
    if plain[0] not in CHORES or len(plain) < 2 or not when or not lacks_hour(due, turn):
        return None
    return call("add_task", title=title(words_), due=due)


def _marked(found: Found, turn: Turn) -> Intention | None:
    if timelike(found.words("title")):
        return None
    return call("add_event", title=slot_title(found), when=found.when)


def _invited(found: Found, turn: Turn) -> Intention | None:
    pronoun = plains(found.words("people")) in (("him",), ("her",), ("them",))
    if pronoun and not guests_asked(found, slot_title(found))[0]:
        return ask("add_event", "guests", "Who should I invite?", title=slot_title(found), when=found.when)
    if plains(found.words("title"))[0] in ("the", "my", "our", "that", "this", "it") or not found.when:
        return None
    return _add(found, turn, sure=True)


_TO_CALENDAR = "(to|in|into|on|onto|for|at) [my|the|our] {cal}"


_MAKE = "(schedule|book|plan|arrange|organize|organise|set up|create|make|fix up|set|calendar|slot in|squeeze in|squeeze|pencil in|pencil|block out|block off|block|reserve|enter|slate|fix|diarise|diarize|line up)"  # fmt: skip


_NEW = "(event|appointment|meeting|entry|calendar entry|calendar event)"


_PLAIN = "(event|entry|calendar entry|calendar event)"


_PUT_IT = "[can you|could you|would you|will you|so|please|and|do not forget to|please do not forget to|remember to|please remember to|make sure to|make sure you|i want you to|i would like you to|and please|so please|you can|so can you|so could you|and can you] (put|add|stick|pop|get|note|enter|write|schedule|book|save|make a note of) (that|it|this) [in|on|down|to|into|onto|down in|down on|down into|up on|up in] [a note of] [my|the] [{cal}] [for me|please]"  # fmt: skip


def _newly(found: Found, turn: Turn) -> Intention | None:
    """ "new haircut friday at two"; what doesn't sound like an appointment is offered at most ("new" may have been "move")."""
    plain = set(plains(found.words("title")))
    if turn.question or plain & (VERBS | {"find", "show", "give", "time", "slot", "free", "busy"}):
        return None
    if APPOINTMENTS & plain:
        return _sure(found, turn)
    return offered(slot_title(found), found.when, turn) if found.when and not lacks_hour(found.when, turn) else None


def _whole_day(found: Found, turn: Turn) -> Intention | None:
    """ "all day event on monday, home office"."""
    whole = "day" in found.when.lower() and not turn.question
    return call("add_event", title=slot_title(found), when=found.when) if whole and turn.clock.names_day(found.when) else None  # fmt: skip


RULES: list[Rule | Bag] = [
    rule("something new", "[a|an|another|one] new <title:new>", _newly, "apart"),
    rule("a whole day", f"[a|an|another|new] {_PLAIN} [called|named|for] <title:new>", _whole_day, "apart"),
    rule(
        "add to the calendar",
        f"""
        {{add}} <title:new> {_TO_CALENDAR}
        {{add}} {_TO_CALENDAR} [that i have|that i am having|that there is|that] <title:new>
        {{add}} [in] [a|an|another|one more] [new] {_NEW} {_TO_CALENDAR} [called|named|titled|:] <title:new>
        {{add}} [in] [a|an|another|one more] [new] {_PLAIN} {_TO_CALENDAR} for <title:new>
        {{add}} [in] [a|an|another|one more] [new] {_PLAIN} [called|named|titled|for|:] <title:new>
        {{add}} [in] [a|an|another|one more] [new] {_NEW} (called|named|titled|:) <title:new>
        {{add}} [in] [a|an] [new] <title:new> {_NEW} {_TO_CALENDAR}
        {{add}} <title:new> (in|down) {_TO_CALENDAR}
        {{add}} <title:new> [{_TO_CALENDAR}] (it is|that is|it will be|it starts|it takes place)
        (arrange|plan|organize|organise) to <title:new>
        (put|make|write|add|leave|jot) [me] [a|an] (note|entry) {_TO_CALENDAR} (saying|that|to|about|:|for) <title:new>
        {{add}} <title:new> as [a|an] [new] {_NEW}
        {{add}} <about> as [a|an] [new|all day|whole day] (thing|event|entry|appointment|one|item) (called|named|titled) <title:new>
        put <title:new> (in|down)
        put (me|us) down for <title:new>
        put in <title:new>
        put down <title:new>
        (note|write|jot|mark|log|pencil) down <title:new>
        [a|an|another|one] {_PLAIN} : <title:new>
        [a|an|another|one] new {_PLAIN} [called|named|titled|for|with|:] <title:new>
        [my|the] {{cal}} [add] <title:new>
        (get|have) <title:new> (in|into|on|onto) [my|the|our] {{cal}}
        {_MAKE} <title:new> {_TO_CALENDAR}
        ({{add}}|{_MAKE}) [in|me] [a|an|another] [new] [{_PLAIN}] [called|named|titled|for|:] <title:new> (place|location|venue|address) [is|:|at] <place:where>
        (i have|i have got|i am having|there is|we have|we have got|i will have|i got) <title:new> {_PUT_IT}
        pencil <title:new> in
        slot <title:new> in
        pencil (me|us) in for <title:new>
        (i need|i want|i would like|i would like to have) [a|an] [new] {_NEW} [{_TO_CALENDAR}] (for|called|with|about) <title:new>
    """,
        _sure,
        "apart",
    ),
    rule(
        "arrange",
        f"""
        {_MAKE} [in|me|us] [a|an|another] [new] <title:new>
        {_MAKE} [in|me|us] [a|an|another] [new] {_PLAIN} [called|named|titled|for|:] <title:new>
        {_MAKE} [in|me|us] [a|an|another] [new] {_NEW} (called|named|titled|:) <title:new>
        {_MAKE} (time|some time|a slot|a block|space) [out] (for|to) <title:new>
        {_MAKE} (time|some time|a slot|a block|space) [on|in] [my] [{{cal}}] (for|to) <title:new>
        (block|reserve) (off|out) [for] <title:new>
        block for <title:new>
        book me in for <title:new>
        [set up|make|create|add|put in] [a|the] (repeat|repeating|recurring|regular) [event|appointment|meeting|entry|slot] [for|called|:] <title:new>
        book (me|us) [a|an] <title:new>
        [let us] (do|have|hold|meet for|get together for|grab|go for) <title:new> {_PUT_IT}
        let us (do|have|hold|meet for|get together for|grab|go for) <title:new>
        {_MAKE} <title:new> (at|in) <place:new> {_TO_CALENDAR}
    """,
        _booking,
        "apart",
    ),
    rule(
        "add",
        """
        {add} [in] <title:new>
    """,
        _likely,
        "apart",
    ),
    rule(
        "add and invite",
        f"""
        ({{add}}|{_MAKE}) [in] <title:new> (and|then) (invite|add|ask|include|bring in|send an invite to|send an invitation to|send invites to) <people:guests> [to it|along|too|as well|as guests|as a guest]
        ({{add}}|{_MAKE}) [in] <title:new> (and|then) send <people:guests> (an invite|an invitation|invites|invitations|the invite|the invitation) [too|as well]
        ({{add}}|{_MAKE}) [in] <title:new> (inviting|invite|with guests|with guest|with invites to|guests) <people:guests>
        ({{add}}|{_MAKE}) [in] <title:new> {_TO_CALENDAR} (and|then) (invite|add|ask|include) <people:guests> [to it|along|too|as well]
        (invite|ask) <people:guests> (to|for|over for|along to|round for) [a|an] <title:new>
        send <people:guests> (an invite|an invitation|invites|invitations) (to|for) [a|an] <title:new>
        (send an invite|send an invitation|send invites) to <people:guests> for [a|an] <title:new>
    """,
        _invited,
        "apart",
    ),
    rule(
        "say and put",
        f"""
        (i have|i have got|i am having|i am meeting|i am seeing|i am going to|i am at|i am visiting|i will be at|we are having|we have|there is|i got) <title:new> {_PUT_IT}
        <title:new> put (that|it) (in|on|into|down in|down on) [my|the] {{cal}}
        [my|our|the] <title:new> (is|takes place|starts|is happening) {_PUT_IT}
        <title:new> {_PUT_IT}
        <title:new> please (note|add|save|enter|book|schedule|put it in|note it|add it) [it|this|that] [down]
        <title:new> (add it|put it in|add that|put that in|note it|note that down|write it down)
    """,
        statement,
        "apart",
    ),
    rule(
        "offer",
        """
        <title:new>
    """,
        offer,
        "apart",
    ),
    rule(
        "mark a day",
        """
        (mark|block|block out|block off|set|note|book|put down|reserve|put) <when:when> [down|off] (as|for) [a|my] <title:new>
        (mark|block|book|put) <when:when> (down|off) (as|for) [a|my] <title:new>
        (mark|block out|block off|set|put) <when:when> [in|on] [my|the] [{cal}] (as|for) [a|my] <title:new>
    """,
        _marked,
        "whole",
    ),
]
