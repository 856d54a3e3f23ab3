"""Claims that there is nothing, or that somebody is free: they need somebody to have looked, and to have found nothing."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from agent.claims.clocks import Clock, clocks
from agent.claims.days import Day, days, minute_of, part_of_day
from agent.claims.emptiness_words import (
    busy_said,
    empty_said,
    free_said,
    important_after_all,
    of_a_stretch,
    over_said,
)
from agent.claims.gaps import begins_late, in_a_gap, one_by_one, parts
from agent.claims.known import LOOKING, Known, Told
from agent.claims.left import ELSE, all_but, bounded, only_told
from agent.claims.lists import of_list
from agent.claims.looking import (
    UNTIL_PART,
    covered,
    fills,
    later,
    lies_at,
    mostly_filled,
    one_day,
    overlaps,
)
from agent.claims.numbers import NUMBER, value
from agent.claims.plain import stem, words
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence, naming
from agent.claims.stretches import named_in_order, untold
from agent.claims.vocabulary import EVENT_LIKE

_BUT_FROM = re.compile(r"\b(?:except|apart|other than|but not|besides)\b")
_SOFT = re.compile(
    r"\b(?:else|other|others|otherwise|mostly|mainly|largely|rest|except|apart|besides|before|after(?! tomorrow)|again|more|between|until|till|around|pretty|fairly|rather|quite|once|some|for now|any more|anymore|left)\b"
)
_STRAIGHT_ON = re.compile(r"\b(?:free|clear|open)(?: \w+){0,2} (?:until|till)\b")
_UNTIL = re.compile(r"\bfree (?:until|till)\b")
""" "You're free until three", with no hour before it: from the beginning on."""
_SO_MANY = re.compile(
    rf"\b(?:(?P<many>{NUMBER})|a single|just the one) (?:free )?(?:gaps?|slots?|windows?|openings?|stretch|stretches)\b(?! (?:left|after|before))"
)
_APART_FROM = re.compile(r",|;|\byou\b|\bit's\b|\bthe (?:afternoon|morning|day|evening|rest)\b")
_ONLY_TIME = re.compile(r"\bonly (?:\w+ )?(?:free|open|gaps?|slots?|windows?|stretch|openings?|holes?|blocks?|time)\b")
_BOUND = re.compile(r"\b(?:until|till|before|after|from|since|by|to|through|than)(?: the)? $")
_DAY_BESIDE = re.compile(
    r"\bthe (?:day|week|weekend) (?:before|after)(?=[,.!]|$|'s| (?:is|was|looks|too|as)\b)|\bthe (?:next|following|previous) (?:day|morning|week|weekend)\b"
)
_BUT = re.compile(r",? but (?!for\b)")
_OF_OTHERS = re.compile(r"calendar|meeting|appointment|event|mail|remind|important|urgent")
_OF_EVENTS = re.compile(r"calendar|meeting|appointment|event|planned|diary|schedule")
_SO_IS = re.compile(r"\bso(?: is| are|'s)\b|\bsame (?:goes )?for\b|\blikewise\b|\bas is\b")
_WROTE = frozenset(
    stem(one)
    for one in "written wrote writes sent replied come arrived inbox today saved stored noted kept recorded".split()
)
_WHOLLY = re.compile(
    r"\b(?:all|whole|entire|entirely|completely|fully|solid(?:ly)?|throughout|from start to finish|from (?:beginning|end) to end|from \w+ (?:till|to) night|every (?:minute|hour)|without a gap)\b"
)
_NOW = re.compile(r"\b(?:right now|at the moment|currently|just now)\b")
_DOMAINS = (
    (
        "messages",
        re.compile(r"\b(?:mail|email|e-mail|inbox|unread|message|wrote|written|new\b|newsletter|landlord)"),
    ),
    ("tasks", re.compile(r"\b(?:task|to do|to-do|overdue|due|list\b|lists\b)")),
    ("reminders", re.compile(r"\breminder")),
    ("memories", re.compile(r"\b(?:know|remember|told me|memor)")),
    ("changes", re.compile(r"\b(?:chang|undo)")),
)
_LOOKED = {
    "events": LOOKING, "messages": {"search_email", "summarize_inbox", "read_email"},
    "tasks": {"list_tasks", "summarize_inbox"}, "reminders": {"list_reminders"}, "memories": {"recall"}, "changes": {"list_changes"},
}  # fmt: skip


def nothing(saying: Saying, known: Known, before: Sentence) -> str | None:
    """The family of which a clause wrongly says that there is nothing (or that there is no time); "" when it is right about a stretch, None when nothing speaks against it."""
    saying = replace(saying, text=_BUT.split(saying.text)[0])
    text, days = saying.lower, saying.days or before.days or known.days_meant
    free, empty, busy = free_said(saying, known), empty_said(saying, known, before), busy_said(text)
    if (so := all_but(saying, known, days, before)) is None:
        so = _by_clocks(saying, known, days, before, free=free)
    if so is not None:
        return "" if so else "events"
    if known.gone and ("free of" in text or (empty and saying.content)) and set(saying.content) <= known.gone:
        return ""
    if important_after_all(saying, known, before):
        return "messages"
    over = over_said(text) and not known.receipts and not free
    if not (free or busy or empty or over):
        return None
    if busy:
        if not _taken(saying, known, days):
            return "events"
        return "" if saying.clocks and {"twic"}.issuperset(saying.content) else None  # "noon's taken"
    family = "events" if free or over else _domain(saying, known)
    if family == "events" and (so := bounded(saying, known, days, before, over=over)) is not None:
        unknown = set(saying.content) & EVENT_LIKE - known.words  # "brunch at eleven, and then the day off"
        return family if not so else None if unknown else ""
    if over:
        return None
    if not (_is_free(saying, known, days, before) if free else _is_nothing(family, saying, known, days, before)):
        return family
    things = set(saying.content) & (known.titles | EVENT_LIKE)
    return "" if saying.clocks and not things else None


def _unseen(saying: Saying, known: Known, days: list[Day], looked: list[Told]) -> bool:
    """Whether it tells of a day that nobody has looked at: "the Thursday before is empty, too"."""
    if not looked:
        return True
    if _DAY_BESIDE.search(saying.lower):
        return all(map(one_day, looked))
    told = [day for day in saying.every_day if not _BOUND.search(saying.lower[: day.start])]
    return not covered(looked, known, told or days)


def _by_clocks(saying: Saying, known: Known, days: list[Day], before: Sentence, *, free: bool) -> bool | None:
    """Whether the only free time is all there is, "free but from three to four" is right, or "so is Friday"; None where none is said."""
    text, gaps = saying.lower, [row.span for row in known.rows_of("free") if row.span]
    if gaps:
        if _ONLY_TIME.search(text) and len(gaps) > max(len(saying.clocks) // 2, 1):
            return False
        if (many := _SO_MANY.search(text)) and len(gaps) != (value(many["many"]) if many["many"] else 1):
            return False
        if begins_late(saying, gaps):
            return False
    if (but := _BUT_FROM.search(text)) and (free or (gaps and not saying.content)):
        apart = replace(saying, text=_APART_FROM.split(saying.text[but.start() :])[0])
        return _taken(apart, known, days) if apart.clocks else None
    of_a_thing = named_in_order(before.text, known.events)  # "the dentist's first, at ten"
    if gaps and not (free or of_a_thing) and (so := one_by_one(saying, known)) is not None:
        return so
    if days and _SO_IS.search(text) and (not before.text or of_a_stretch(before.text.lower())):
        return _is_free(saying, known, days, before)
    return None


def _domain(saying: Saying, known: Known) -> str:
    now = {one.tool for one in known.reads if one.now}
    if now and now <= _LOOKED["tasks"] and not _OF_OTHERS.search(saying.lower):
        return "tasks"
    if now and now <= LOOKING and "calendar" in saying.lower:
        return "events"  # "nothing about anything to do for the board on your calendar"
    for family, pattern in _DOMAINS:
        if pattern.search(saying.lower):
            return family
    if _OF_EVENTS.search(saying.lower):
        return "events"
    read = [family for family, tools in _LOOKED.items() if now & tools and family != "tasks"]
    return read[0] if len(read) == 1 else "events"  # "Friday doesn't have any": of what was asked about


_ASKS_NOTHING = re.compile(
    r"\b(?:asks?|asking|wants?)(?: you)?(?: for| of you)? nothing\b|\bno action items?\b|\bnothing (?:\w+ )?to do\b"
)
_OURS = re.compile(
    r"\b(?:i|i've|we) (?:haven't|have not|didn't|did not) (?:yet )?chang|\bnothing(?:'s| has| was)?(?: been)? changed\b|\bi(?:'ve| have)? changed nothing\b"
)
_SUCH = re.compile(r"\b(?:by|of|with|under|called|like) (?:that|this|such)\b|\bof the kind\b")
_SOUGHT = re.compile(r"\b(?:find|found|see|looked|searched|came up|turn\w*|came)\b|\bthere(?:'s| is) no\b")
_ALL_MAIL = re.compile(r"\b(?:unread|new|important|inbox)\b")
_NARROWED = re.compile(r"\b(?:from|to|subject|about):|^[^:]+$")
_THEN_ON = re.compile(r"\b(?:by|from|after|once|when)\b")
_AND_THEN = re.compile(r"(?:and |but |so )*(?:then|after that|afterwards|from then)\b")
_OR = re.compile(r"\b(?:or|nor)\b")
_TILL = re.compile(r"\b(?:until|till|before) (?P<day>.+)")
_LEFT = re.compile(r"\b(?:left|still to come|any ?more|remaining)\b")
_APART = re.compile(r"\b(?:apart from|except(?: for)?|besides|other than|aside from|beyond)\b")


def _is_nothing(family: str, saying: Saying, known: Known, days: list[Day], before: Sentence) -> bool:
    looked = [one for one in known.reads if one.tool in _LOOKED[family]]
    if _ASKS_NOTHING.search(saying.lower) and (gone_through := [one for one in known.reads if "actions" in one.result]):
        return not gone_through[-1].result["actions"]
    if known.refusals and (_SUCH.search(saying.lower) or (not looked and _SOUGHT.search(saying.lower))):
        return True
    if family == "events":
        return _no_events(saying, known, days, looked, before)
    if looked and looked[-1].tool == "read_email" and not saying.content:
        return True  # nothing else in it
    if not looked:
        return family == "changes" and _unchanged(saying, known)
    if (
        family == "messages"
        and _ALL_MAIL.search(saying.lower)
        and saying.content in ([], ["either"])
        and _only_some(looked)
    ):
        return False
    if "overdue" in saying.lower and all(one.arguments.get("when") for one in looked):
        return False  # of a day's tasks alone
    apart = _APART.search(before.text.lower())
    rest = _TILL.search(saying.lower) or _LEFT.search(saying.lower)
    if not apart and _vaguely(saying) and not (rest and saying.days):
        return True
    beside = apart or rest or _softly(saying, before)
    found = [row for row in of_list(saying, known.rows_of(family)) if _meant(row, saying, known)]
    return all(beside and row.title & before.told for row in found)


def _only_some(looked: list[Told]) -> bool:
    """Whether only mails of somebody, or about something, were looked for."""
    return all(one.tool == "search_email" and _NARROWED.search(str(one.arguments.get("query"))) for one in looked)


def _unchanged(saying: Saying, known: Known) -> bool:
    """ "I haven't changed anything yet": there is no receipt of this turn, and nobody asks about those before."""
    if known.receipts or saying.days or (known.earlier and known.asked.endswith("?")):
        return False
    return bool(_OURS.search(saying.lower))


def _from_then_on(saying: Saying, before: Sentence) -> bool:
    """ "By four, when the review is over, the calendar's empty": after what the sentence has told."""
    if not before.minutes or saying.days or part_of_day(saying.lower):
        return False
    return bool(_THEN_ON.search(before.text.lower()) or _AND_THEN.match(saying.lower))


def _softly(saying: Saying, before: Sentence) -> bool:
    """Whether it says "nothing else", after something was told, or "mostly"."""
    told = before.about or before.minutes or saying.content
    return _vaguely(saying) or bool(told and not ELSE.isdisjoint(words(saying.lower)))


def _vaguely(saying: Saying) -> bool:
    """ "Mostly", "before that": who says so says nothing of the whole."""
    return not ELSE.issuperset(_SOFT.findall(UNTIL_PART.sub("", saying.lower)))


def _meant(row: Row, saying: Saying, known: Known) -> bool:
    text, due = saying.lower, str(row.data.get("due") or "")[:10]
    if row.data.get("undone_at"):
        return False
    if "overdue" in text:
        return bool(due) and due < known.now.date().isoformat()
    if re.search(r"\b(?:unread|new)\b", text) and "unread" in row.data:
        return bool(row.data["unread"])
    if re.search(r"\b(?:important|urgent)\b", text) and "important" in row.data:
        return bool(row.data["important"])
    if "due" in row.data and re.search(r"\bhas (?:a|any) (?:due )?(?:date|deadline)\b", text):
        return bool(due)
    if saying.days and "due" in row.data:
        if (till := _TILL.search(text)) and (until := days(till["day"], known.now.date())):
            return bool(due) and not _reached(date.fromisoformat(due), until, known.now.date())
        return overlaps(row, saying, known, saying.days) if row.moments else all(map(row.on, saying.days))
    named = [word for word in saying.content if word not in _WROTE]
    if not named:
        return all(map(row.on, saying.days))
    ones = [naming(one).intersection(named) for one in _OR.split(saying.text)]
    return any(one and not one - row.words for one in ones)


def _reached(due: date, until: list[Day], today: date) -> bool:
    """Whether a day is not before the one that is named."""
    return any(day.fits(today + timedelta(days=away)) for day in until for away in range((due - today).days + 1))


def _no_events(saying: Saying, known: Known, days: list[Day], looked: list[Told], before: Sentence) -> bool:
    if _unseen(saying, known, days, looked):
        return False
    if not saying.clocks and _from_then_on(saying, before):
        return not any(later(row, before.latest, known, days) for row in known.events)
    alone = _APART.search(saying.lower) and saying.days and not part_of_day(saying.lower)
    if alone and not saying.text.endswith(",") and untold([row for row in known.events if all(map(row.on, days))], before, saying):  # fmt: skip
        return False
    if looked and _softly(saying, before):
        return only_told(saying, known, days, before)
    if saying.content and not days and not saying.clocks:  # nothing of that name
        return not any(not set(saying.content) - row.title for row in known.events)
    return not any(overlaps(row, saying, known, days) for row in known.events)


def _is_free(saying: Saying, known: Known, days: list[Day], before: Sentence) -> bool:
    looked = [one for one in known.reads if one.tool in LOOKING]
    if _unseen(saying, known, days, looked):
        return False
    if not saying.clocks and _from_then_on(saying, before):
        return not any(later(row, before.latest, known, days) for row in known.events)
    if _NOW.search(saying.lower):
        return not any(row.span and row.span[0] <= known.now < row.span[1] for row in known.events)
    if looked and not saying.clocks and _softly(saying, before):
        return True
    gaps = [row.span for row in known.rows_of("free") if row.span]
    if saying.clocks and gaps:
        given = before.minutes or clocks(known.asked)  # "free at two?" "Yes, until four."
        if before.minutes and len(saying.clocks) == 1 and _STRAIGHT_ON.search(saying.lower):
            return any(_holds(gap, before.latest, saying.clocks[0]) for gap in gaps)
        alone = len(saying.clocks) == 1 and not given and _UNTIL.search(saying.lower)
        return all(in_a_gap(part, gaps[:1] if alone else gaps) for part in parts(saying))
    return not any(overlaps(row, saying, known, days) for row in known.events)


def _holds(gap: tuple[datetime, datetime], first: int, last: Clock) -> bool:
    """Whether a gap goes from a minute of the day to an hour."""
    begins, over = (minute_of(moment) for moment in gap)
    return begins <= first and any(first < minute <= over for minute in last.minutes)


def _taken(saying: Saying, known: Known, days: list[Day]) -> bool:
    whole = _WHOLLY.search(saying.lower)
    if whole and known.rows_of("free"):
        return False
    if saying.clocks:
        written = [row for one in known.receipts for row in one.rows if all(map(row.on, days))]
        return fills(saying, known, days) or any(lies_at(row, saying.clocks) for row in written)
    part = part_of_day(saying.lower)
    if whole and part and not mostly_filled(known, days, part):
        return False
    return any(overlaps(row, saying, known, days) for row in known.events)
