"""Putting something on the calendar."""

import re
from itertools import pairwise
from typing import Any

from agent.commands import times
from agent.commands.intention import Intention, ask, call, words
from agent.commands.leftover import (
    TWO_WISHES,
    clause,
    place_in,
    relative,
    second_wish,
    timelike,
    without_calendar,
)
from agent.commands.naming import slot_title, title
from agent.commands.patterns import Found
from agent.commands.rules import Bag, Rule, Turn, rule
from agent.commands.slots import people
from agent.commands.words import Words, plains, written
from agent.saying import say_when
from agent.when import Ambiguous, When

_EVENT_NOUNS = frozenset(
    "meeting appointment event call lunch dinner breakfast brunch coffee session review interview class lesson party date catch-up "
    "checkup check-up standup stand-up sync retro workshop drinks visit talk briefing conference webinar demo reception".split()
)


DAY_LONG = frozenset("birthday holiday holidays vacation off anniversary trip leave conference festival bank deadline day honeymoon easter christmas retreat travel sick".split())  # fmt: skip


_OUT_OF_REACH = frozenset("table flight flights hotel taxi cab ticket tickets uber room train plane seat car restaurant holiday-home airbnb".split())  # fmt: skip


_NOT_BOOKED = frozenset(
    tuple(pair.split())
    for pair in "table tennis|table football|car wash|car service|car inspection|room inspection|car maintenance|train ride|flight lesson|seat fitting|train spotting|table quiz".split(
        "|"
    )
)
"""Things that only begin like what a restaurant or an airline would have to book."""


_AWAY = frozenset("out away off back together up down aside".split())


def _sure(found: Found, turn: Turn) -> Intention | None:
    """The words say that it is for the calendar."""
    return _add(found, turn, sure=True)


def _likely(found: Found, turn: Turn) -> Intention | None:
    """ "add X": for the calendar only when it has an hour, or sounds like a meeting."""
    return _add(found, turn, sure=False)


def _booking(found: Found, turn: Turn) -> Intention | None:
    if found.sentence.plain[0] == "fix" and not _EVENT_NOUNS & set(plains(found.words("title"))):
        return None
    plain = plains(found.words("title"))
    said = set(plain[:3])
    if said & _OUT_OF_REACH and not any(pair in _NOT_BOOKED for pair in pairwise(plain)):
        return words("I can't book that, but I can put it on your calendar if you tell me when it is.")
    return _add(found, turn, sure=True)


_NO_NAMES = frozenset("it that this them something one anything more everything all things".split())
_LEADING = frozenset("on off up out over away down with back at around".split())


def _nameable(found: Found, *, sure: bool) -> bool:
    """Whether the words in the slot can be what an event is called."""
    words_ = found.words("title")
    said = plains(words_)
    plain = set(said)
    if plain <= _NO_NAMES or all(word.soft for word in words_) or clause(words_) or _takes_back(words_):
        return False
    if said[0] in ("your", "yours", "us", "him", "her", "them") or "said" in plain or len("".join(said)) < 2:
        return False  # "put your coat on" is said to somebody else
    if found.when.lower().startswith(("on at ", "in at ", "off at ", "out at ")) or said[0] in _FINITE or plain & _PAST:
        return False  # "put Anna on at six", "schedule says nine", "book club was fun"
    if said[0] == "me" and found.sentence.plain[:2] not in (("make", "me"), ("get", "me")):
        return False
    if plain & {"task", "todo", "reminder", "tick", "instead", "later", "earlier"} or found.when.startswith("to "):
        return False
    at = next((i for i in range(1, len(said) - 2) if said[i] == "to" and said[i + 1] in ("the", "my", "our")), 0)
    if at and _EVENT_NOUNS & set(said[at:]) and not _EVENT_NOUNS & set(said[:at]) and at <= 3:
        return False  # "add Tom to the lunch" invites him
    if said[0] in ("that", "to") or said[-1] in ("is", "are", "was", "were") or ("off" in plain and _CALENDAR & plain):
        return False
    return sure or not (said[0] in _LEADING or said[-1] in _AWAY or "list" in plain)


_FINITE = frozenset("says say starts ends begins opens closes shows looks seems is are has had".split())
_PAST = frozenset("was were facebook linkedin instagram tiktok snapchat".split())


def _otherwise_meant(found: Found) -> bool:
    """ "record the match", "arrange the flowers": hardly for a calendar, unless it is named."""
    plain = found.sentence.plain
    if plain[0] in ("record", "insert"):
        return True
    known = _NOUNS & set(plain)
    return plain[0] in _TIDYING and plain[1:2] in (("the",), ("my",), ("our",), ("your",)) and not known


_TIDYING = frozenset("arrange organise organize reserve fix enter".split())


def _takes_back(words_: Words) -> bool:
    """ "vet at, no, leave that": what was begun was given up."""
    return any(one.plain in ("no", "nope", "nah") and before.stop for before, one in pairwise(words_))


_OWN = frozenset("today's tomorrow's tonight's week's weekend's month's year's day's monday's tuesday's wednesday's thursday's friday's saturday's sunday's".split())  # fmt: skip


def _of_another(plain: tuple[str, ...]) -> bool:
    """ "Sarah's calendar", "in his diary": nothing that can be written to from here."""
    for at, word in enumerate(plain):
        owner = set(plain[max(0, at - 2) : at])
        if word in _KEPT and (
            {"his", "her", "their"} & owner or any(one.endswith(("'s", "s'")) for one in owner - _OWN)
        ):
            return True
    return False


def _add(found: Found, turn: Turn, *, sure: bool) -> Intention | None:
    return _refused(found) or _written(found, turn, sure=sure)


def _refused(found: Found) -> Intention | None:
    if _of_another(found.sentence.plain):
        return words("I only keep your own calendar, nobody else's.")
    return words(TWO_WISHES) if second_wish(found.words("title")) else None


def _written(found: Found, turn: Turn, *, sure: bool) -> Intention | None:
    words_, place = without_calendar(found.words("title")), found.text("place") or None
    if not place and words_:
        words_, place = place_in(words_)
    named = title(words_)
    plain = set(plains(found.words("title")))
    if not named or not _nameable(found, sure=sure):
        return None
    meeting = bool(plain & _EVENT_NOUNS)
    guests, named = _guests(found, named)
    length = times.minutes(found.words("length")) if found.has("length") else None
    if plain <= _NAMELESS:
        return ask("add_event", "title", "What should I call it?", when=found.when)
    filled: dict[str, Any] = {"title": named, "guests": guests, "place": place, "minutes": length}
    if words_ and words_[0].plain == "with" and len(words_) > 1:
        filled["title"] = named = f"Meeting {named[:1].lower()}{named[1:]}"
    if timelike(words_):
        # a time that was only half understood is no reason to write something
        return ask("add_event", "when", f"I'm not sure I have the time right. When exactly is {_the(named)}?", **filled)
    if not sure and (chore := _chore(words_, found.when, turn)):
        return chore
    if not found.when:
        if sure or meeting:
            return ask("add_event", "when", f"When is {_the(named)}?", **filled)
        return ask("add_event", "when", f"When is {_the(named)}, or which list should it go on?", **filled)
    loose = found.sentence.plain[0] in _LOOSE and not (_CALENDAR | {"meeting"}) & set(found.sentence.plain)
    for_me = found.sentence.plain[:2] in (("make", "me"), ("get", "me"))
    on_tape = _otherwise_meant(found) and not _CALENDAR & set(found.sentence.plain)
    if not guests and ((loose and not meeting and not _NOUNS & plain) or for_me or on_tape):
        return _offered(named, found.when, turn)
    whole_days = bool(plain & (DAY_LONG - {"bank"})) and not plain & (_EVENT_NOUNS - {"conference", "date"})
    if relative(words_) and not _exact(found.when, turn):
        return ask("add_event", "when", f"When exactly is {_the(named)}?", **filled)
    if re.match(r"(?:until|till|til)\b", found.when, re.IGNORECASE):
        return ask("add_event", "when", f"When does {_the(named)} begin?", **filled)
    lacking = lacks_hour(found.when, turn) or (not whole_days and _loosely(found.when, turn))
    if lacking and not whole_days and "all day" not in found.when.lower():
        return ask("add_event", "when", f"What time is {_the(named)}?", **filled, when=found.when)
    return call("add_event", when=found.when, **filled)


_NAMELESS = frozenset("event events appointment entry new a an the calendar one something reminder".split())


def _the(named: str) -> str:
    return named if re.match(r"[A-Z]\w* [A-Z]|[A-Z]+\b", named) else named[:1].lower() + named[1:]


def lacks_hour(when: str, turn: Turn) -> bool:
    """A single day without an hour. (A part of a day is asked about by the tool, which knows the day.)"""
    meaning = turn.clock.meaning(when)
    if not isinstance(meaning, When) or not meaning.all_day:
        return isinstance(meaning, Ambiguous) and False
    return meaning.ends is None or (meaning.ends - meaning.starts).days <= 1


def _guests(found: Found, named: str) -> tuple[list[str], str]:
    """Those who are to be invited: named by "invite", or by an address; "with Lena" alone invites nobody."""
    guests = [written(one) for one in people(found.words("people"))] if found.has("people") else []
    for address in re.findall(r"\S+@\S+", named):
        guests.append(address.strip(",."))
        named = re.sub(rf",? *(with|and|for|inviting)? *{re.escape(address)}", "", named).strip()
    if guests and {g.lower() for g in guests} <= {"her", "him", "them"}:
        match = re.search(r"\bwith ((?:[A-Z]\w+|\w+)(?: and \w+)?)$", named)
        guests = re.split(r" and ", match[1]) if match else []
    return guests, named or "Meeting"


_CHORES = frozenset("buy get pick pay water clean order fix return renew finish wash bring collect prepare ring phone post print read fill sign submit feed mow hoover vacuum iron tidy charge replace empty fetch mend repair write send email drop".split())  # fmt: skip
"""Verbs that begin something to do, and hardly an appointment."""


def _chore(words_: Words, when: str, turn: Turn) -> Intention | None:
    """ "add pick up the parcel today": something to do by a day, without an hour."""
    plain = plains(words_)
    if plain[0] not in _CHORES or len(plain) < 2 or not when or not lacks_hour(when, turn):
        return None
    return call("add_task", title=title(words_), due=when)


def _statement(found: Found, turn: Turn) -> Intention | None:
    """ "I'm meeting Grace for tea on Saturday. Put that on my calendar."."""
    words_, place = place_in(_without_duty(found.words("title")))
    named = title(words_)
    if found.sentence.plain[:3] == ("i", "am", "meeting"):
        named = f"Meeting {named}"
    if timelike(words_):
        return ask(
            "add_event", "when", f"I'm not sure I have the time right. When exactly is {_the(named)}?", title=named
        )
    return _with_title(found, turn, named, place)


_DUTY = tuple(tuple(duty.split()) for duty in """i have to|we have to|i need to|we need to|i have got to|i must|we must|i am going to|we are going to|i will be at|i am at|i have|we have|there is|i am|we are|i will|i should|i got|my|our|i have got|i am having|we are having""".split("|"))  # fmt: skip


def _without_duty(words_: Words) -> Words:
    """ "I have to go to the tax office" is called "Go to the tax office"."""
    plain = plains(words_)
    best = max((len(duty) for duty in _DUTY if plain[: len(duty)] == duty and len(plain) > len(duty)), default=0)
    return words_[best:]


def _with_title(found: Found, turn: Turn, named: str, place: str) -> Intention:
    if not found.when:
        return ask("add_event", "when", f"When is {_the(named)}?", title=named)
    if lacks_hour(found.when, turn):
        return ask("add_event", "when", f"What time is {_the(named)}?", title=named, when=found.when)
    return call("add_event", title=named, when=found.when, place=place)


def _marked(found: Found, turn: Turn) -> Intention | None:
    if timelike(found.words("title")):
        return None
    return call("add_event", title=slot_title(found), when=found.when)


def _invited(found: Found, turn: Turn) -> Intention | None:
    if plains(found.words("title"))[0] in ("the", "my", "our", "that", "this", "it") or not found.when:
        return None
    return _add(found, turn, sure=True)


_TO_CALENDAR = "(to|in|into|on|onto|for|at) [my|the|our] {cal}"


_MAKE = "(schedule|book|plan|arrange|organize|organise|set up|create|make|fix up|set|calendar|slot in|squeeze in|squeeze|pencil in|pencil|block out|block off|block|reserve|enter|slate|fix|diarise|diarize|line up)"  # fmt: skip


_NEW = "(event|appointment|meeting|entry|calendar entry|calendar event)"


_PLAIN = "(event|entry|calendar entry|calendar event)"


_PUT_IT = "[can you|could you|would you|will you|so|please|and|do not forget to|please do not forget to|remember to|please remember to|make sure to|make sure you|i want you to|i would like you to|and please|so please|you can|so can you|so could you|and can you] (put|add|stick|pop|get|note|enter|write|schedule|book|save|make) (that|it|this) [in|on|down|to|into|onto] [a note of] [my|the] [{cal}] [for me|please]"  # fmt: skip


def _offer(found: Found, turn: Turn) -> Intention | None:
    """ "dinner with Lena, friday at 7 pm", and no verb: it is offered, not done."""
    if plains(_without_duty(found.words("title"))) != plains(found.words("title")):
        return _told(found, turn)
    plain = plains(found.words("title"))
    if (
        not found.when
        or found.when.startswith("to ")
        or turn.question
        or lacks_hour(found.when, turn)
        or len(plain) > 7
    ):
        return None
    if (
        not _NOUNS & set(plain)
        or _VERBS & set(plain)
        or plain[0] in ("the", "my", "our", "that", "this", "your", "his", "her")
    ):
        return None
    named = slot_title(found)
    if plain[0] in ("at", "and", "but") and len(plain) > 1:
        named = title(found.words("title")[1:])
    elif (
        _entered(plain)
        and not found.when.lower().startswith("from")
        and _exact(found.when, turn)
        and not timelike(found.words("title"))
    ):
        # an appointment with its day and its hour is an entry, not a story
        words_, place = place_in(found.words("title"))
        return call("add_event", title=title(words_), when=found.when, place=place)
    return _offered(named, found.when, turn)


def _told(found: Found, turn: Turn) -> Intention | None:
    """ "I have a dentist appointment on friday at nine": with its day and hour it is offered."""
    words_ = _without_duty(found.words("title"))
    plain = plains(words_)
    having = found.sentence.plain[:2] in (("i", "have"), ("we", "have"), ("i", "got"), ("there", "is"))
    if (
        not having
        or turn.question
        or len(plain) > 7
        or not {"appointment", "meeting"} & set(plain)
        or (_VERBS | {"so", "to", "no"}) & set(plain)
        or not found.when
        or not _exact(found.when, turn)
        or timelike(words_)
    ):
        return None
    return _offered(title(words_), found.when, turn)


def _entered(plain: tuple[str, ...]) -> bool:
    """ "vet appointment", "meeting with the bank": said as one writes it into a diary."""
    told = {
        "missed",
        "cancelled",
        "canceled",
        "no",
        "next",
        "last",
        "notes",
        "moved",
        "about",
        "another",
        "late",
        "same",
        "first",
        "old",
    }
    if {"your", "his", "her", "their", "its"} & set(plain):
        return False
    if told & set(plain) or any(word.endswith("'s") for word in plain):
        return False
    return "appointment" in plain[:3] or plain[:2] == ("meeting", "with")


def _exact(when: str, turn: Turn) -> bool:
    """Whether a date and an hour were both said."""
    meaning = turn.clock.meaning(when)
    return isinstance(meaning, When) and not meaning.all_day and not meaning.part and turn.clock.names_day(when)


_OPEN_END = re.compile(r"(?<!day )(?<!week )\b(before|after|by|until|till)\b(?! (next|tomorrow))", re.IGNORECASE)


def _loosely(when: str, turn: Turn) -> bool:
    """ "sometime next week", "before lunch": a stretch to choose from, and no time of an event."""
    meaning = turn.clock.meaning(when)
    if not isinstance(meaning, When) or re.search(r"\b(from|between)\b", when, re.IGNORECASE):
        return False
    week = meaning.all_day and bool(re.search(r"\b(week|weekend|month|year)$", when.strip(), re.IGNORECASE))
    return (week and meaning.recurrence is None) or (
        bool(_OPEN_END.search(when)) and not re.search(r"\d.*\b(until|till)\b|\b(at|starting)\b", when)
    )


def _offered(named: str, when: str, turn: Turn) -> Intention | None:
    meaning = turn.clock.meaning(when)
    if not isinstance(meaning, When):
        return None
    moment = say_when(meaning, now=turn.clock.now, zone=turn.clock.zone, full=True)
    say = f"Shall I put {_the(named)} on your calendar, {moment}?"
    return Intention(tool="add_event", arguments={"title": named, "when": when}, missing="yes", say=say)


_LOOSE = frozenset("make set create get do drop throw log record save note write grab hold chuck register".split())
"""Verbs that need not be about a calendar: "make me a coffee at three"."""


_KEPT = frozenset("calendar diary schedule agenda planner timetable".split())


_CALENDAR = frozenset("calendar diary schedule agenda planner timetable event appointment entry".split())


_NOUNS = _EVENT_NOUNS | frozenset("dentist doctor gym yoga haircut hairdresser barber physio plumber movie cinema concert football tennis swimming training choir theatre optician vet massage game match night show".split())  # fmt: skip


_VERBS = frozenset("is are was were am be been has have had do does did will would could should can might may i you he she we they me him us them it not no what when where who how why which if went going said told asked moved cancelled".split())  # fmt: skip


def _newly(found: Found, turn: Turn) -> Intention | None:
    """ "new haircut friday at two"; what doesn't sound like an appointment is offered at most ("new" may have been "move")."""
    plain = set(plains(found.words("title")))
    if turn.question or plain & (_VERBS | {"find", "show", "give", "time", "slot", "free", "busy"}):
        return None
    if _NOUNS & plain:
        return _sure(found, turn)
    return _offered(slot_title(found), found.when, turn) if found.when and not lacks_hour(found.when, turn) else None


RULES: list[Rule | Bag] = [
    rule("something new", "[a|an|another|one] new <title:new>", _newly, "apart"),
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
        (note|write|jot) down <title:new>
        [a|an|another|one] new {_PLAIN} [called|named|titled|for|with|:] <title:new>
        [my|the] {{cal}} [add] <title:new>
        (get|have) <title:new> (in|into|on|onto) [my|the|our] {{cal}}
        {_MAKE} <title:new> {_TO_CALENDAR}
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
        _statement,
        "apart",
    ),
    rule(
        "offer",
        """
        <title:new>
    """,
        _offer,
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
