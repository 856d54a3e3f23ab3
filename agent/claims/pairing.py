"""Hours, days and names that are told together belong to one row."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.claims.days import Day, part_of_day
from agent.claims.known import LOOKING, Known, Told
from agent.claims.looking import lies_at
from agent.claims.moods import is_denial
from agent.claims.overlapping import OVERLAP
from agent.claims.plain import akin, parted, stem, stemmed, stems
from agent.claims.rows import Row
from agent.claims.saying import THERE, VERB, Saying, Sentence
from agent.claims.stretches import named_in_order
from agent.claims.vocabulary import EVENT_LIKE, LITTLE

_YOURS = re.compile(
    r"\b(?:your|you|you're|you've|tomorrow|today|tonight|there|it|it's|is|are|was|were|on the calendar)\b|'s\b"
)
_IS_ON = re.compile(r"(?:\b(?:is|are|was|were|falls|comes|has|have)|'s)\b(?: \w+){0,3}\s*$", re.IGNORECASE)
_LONG = re.compile(r"\b(?:takes?|lasts?|long|runs? for|goes on for)\b")
_LIST_KIND = re.compile(
    r"\b(general|main|normal|usual|default|standard|ordinary|regular|big|long|everyday) (?:\w+ )?lists?\b"
)
_ON_A_LIST = re.compile(r"\bon (?:the|your) (?:[\w-]+ )?list\b")
_MUST = re.compile(r"\b(?:need|have|got|has) to\b|\b(?:must|due)\b")
_A_THING = re.compile(
    r"\b(?:an?|your) (?!free\b|gap\b|slot\b|break\b|window\b|hour\b|half\b|quarter\b|minute\b|while\b|stretch\b)\w+ (?:at|from)\b"
)
_ONE_FOR = re.compile(r"\b(?:one|another|reminder|task) (?:for|about) (?P<what>.+)")
_SOMEWHERE = re.compile(r"\b(?:at|in|by|near|from|to|on) (?:the |your |an? )?([a-z-]+)")
_JUST_A = re.compile(r"(?:and |but |it's |there's |so )*(?:only|just) (?:an?|your|one|the) ")
_ONE = re.compile(r"\b(?:one|another|the other|the first|the second|the next|the last)\b")
_WAS = re.compile(
    r"\b(?:was|were|had been|used to be|would have|won't|no longer|any ?more|vanished|disappeared|gone|has no|there's no)\b|^\W*(?:so |and )?no (?:more )?(?:reminder|nudge|appointment|meeting)\b"
)
_SOMETHING = re.compile(
    r"\W*(?:and |then |just |only |so )*(?:the |your |an? )?(?P<what>[\w-]+)(?= is\b| starts\b| begins\b|'s\b| in the\b| at\b| on\b| with\b|[.,!]|$)"
)
_ENDS = re.compile(r"\b(?:ends?|finish(?:es)?|closes?|wraps? up|over)\b")
_TILL_WHEN = re.compile(
    r"\b(?:until|till) (?:when|what)\b|\bwhen\b.*\b(?:ends?|over|finish\w*|done|out)\b|\bhow long\b"
)
_IT_IS_ON = re.compile(
    r"^(?:and |but |so |no,? )*(?:it|that|this|they|the one)(?:'s| is|'re| are)(?: \w+)? (?:on|next|this)\b"
)
_THEN_THERE = re.compile(r"\b(?:there's|there is|there are|you have|you've|comes|it's)\b")
_HAPPENS = re.compile(r"\b(?:meets?|comes?|starts?|begins?|arrives?|visits?|takes? place|happens?|is (?:on|at|due))\b")
_GOING_ON = re.compile(
    r"\byou(?:'re| are|'ll be| will be)(?: still| already| then| both| busy| tied up)* (?:in|at|with|on)\b|\b(?:taken|blocked|occupied|filled|booked|busy|gone|covered|clashes|full) (?:up )?(?:by|with|for|because of|due to)\b|^(?:and |but |or |no,? )*not (?:at|from|between)\b|\b(?:is|'s) (?:still |already )?(?:on|going on|under way|running) (?:then|at)\b"
)
_BECAUSE_OF = re.compile(
    r"(?:\b(?:because of|due to|thanks to|owing to|taken (?:up )?by|blocked by|busy with)|^(?:and |but |as |since |because )*(?:that's|that is|that'll be|it's|it is|which is|this is|there's|you're in|you have|you've got)(?: when)?(?: you're (?:at|in|with|seeing|meeting|interviewing|doing|having))?) (?P<what>.+)"
)
_NO_TIME = re.compile(
    r"\b(?:busy|booked|taken|blocked|occupied|tied up|unavailable|not free|full|gone|not|isn't|doesn't|won't|wouldn't|can't|no)\b"
)
_IT = re.compile(
    r"^(?:and |but |so |then )*(?:(?:it|that|this|which|that one|the one|they)(?: only| just| already| then)*(?:'s| is| was)\b|(?:(?:it|that|this|which|that one|the one|they) )?(?:only |just |already |then )*(?:starts|begins|runs|goes|lasts|ends|takes|finishes|wraps up|is over)\b)"
)


def borne_out(atom: Saying, known: Known, before: Sentence, days: Sequence[Day], *, there: bool) -> bool:
    """Whether one row has all hours and days of an atom, and the names beside them. `there`: it tells what there is."""
    gone, back = (frozenset(), frozenset()) if _WAS.search(atom.lower) else (known.gone, known.put_back)
    here, thread = (
        [
            row
            for row in rows
            if not (row.kind == "span" or row.title & gone or "choices" in row.data)  # options stand alone
            and not (row.title & back and row.kind not in ("stands", "undo"))
        ]
        for rows in (known.here, known.thread)
    )
    every = [*here, *thread]
    named = [word for word in atom.content if any(word in row.title for row in every)]
    pool = here if any(set(named) & row.title for row in here) else every
    if _names_another(atom, known):
        return False
    if atom.clocks:
        if not days and THERE.search(atom.lower):
            pool = [
                row
                for row in pool
                if not _elsewhere(row, known) and not (row.kind == "free" and _A_THING.search(atom.lower))
            ]
        return _timed(atom, pool, named, days, before, known)
    if atom.lengths and _LONG.search(atom.lower) and (about := frozenset(named) or before.about):
        return any(length in row.lengths for row in every if row.title & about for length in atom.lengths)
    if not atom.days and _ON_A_LIST.search(atom.lower):
        days = []  # what is on a list isn't of the day that was told before it
    if days and named and (there or _YOURS.search(atom.lower) or atom.days):
        hit = [row for row in pool if set(named) <= row.title] or [row for row in pool if set(named) & row.title]
        if not hit:
            return True
        if all("error" in row.data for row in hit):  # a refusal is no trace of it
            return False
        due = _MUST.search(atom.lower) and all("done" in row.data for row in hit)
        return any(_on(row, atom, days) for row in hit) or not (due or any(row.dates for row in hit))
    return _untimed(atom, known, before, every, there=there)


def _on(row: Row, atom: Saying, days: Sequence[Day]) -> bool:
    """Whether a row is of those days; of "Monday until Thursday" it may name each alone."""
    return all(map(row.on, days)) or bool(atom.every_day and all(map(row.on, atom.every_day)))


def _names_another(atom: Saying, known: Known) -> bool:
    """ "Lunch is with Tom tomorrow", "just yoga in the evening": of a day that was read, and there is nothing of that name."""
    match = _SOMETHING.match(atom.lower)
    if match is None or not _days_read(known):
        return False
    named = stem(match["what"])
    return named in EVENT_LIKE and named not in known.words | known.their_words


def _elsewhere(row: Row, known: Known) -> bool:
    """Whether it is of the prompt's agenda, though another day was looked at."""
    spans = [one.span for one in known.reads if one.now and one.tool in LOOKING]
    if not spans or row not in known.agenda:
        return False
    return not any(span is None or span[0] <= row.moments[0] < span[1] for span in spans)


def _untimed(atom: Saying, known: Known, before: Sentence, every: list[Row], *, there: bool) -> bool:
    lower = atom.lower
    if atom.days and not atom.content and (_ONE.search(lower) or _IT_IS_ON.search(lower)):
        return any(all(map(row.on, atom.days)) for row in every if row.kind != "now")
    happens = atom.content and _HAPPENS.search(lower) and not is_denial(lower) if atom.days else _JUST_A.match(lower)
    if happens and _nothing_there(known):
        return known.their_words.issuperset(atom.titled)
    if (match := _ONE_FOR.search(lower)) and (read := [row for one in known.reads if one.now for row in one.rows]):
        what = [word for word in atom.content if word in stems(match["what"])]
        return all(any(word in row.words for row in read) for word in what)
    if there and atom.titled:
        kinds = stemmed(_LIST_KIND.findall(lower))
        others = frozenset().union(*(row.title for row in known.agenda if _elsewhere(row, known)))
        here = frozenset().union(*(row.words for one in known.reads for row in one.rows if one.now))
        return all((akin(word, known.words) and word not in others - here) or word in kinds for word in atom.titled)
    if (
        atom.days
        and atom.content
        and _IS_ON.search(atom.text[: atom.days[0].start])
        and not any(all(map(row.on, atom.days)) for row in every)
    ):
        return False
    yours = re.search(r"\b(?:your|there's|you have|you've)\b", lower)
    if (atom.days or set(atom.content) & EVENT_LIKE) and yours:
        borne = known.words if atom.days else known.words | known.their_words
        return all(akin(word, borne) for word in atom.titled)
    if before.text and _of_a_day(atom, known):
        return (known.words | known.their_words).issuperset(atom.titled)
    read_tasks = any("tasks" in one.result for one in known.reads if one.now)
    if read_tasks and not VERB.search(lower) and not before.text:
        return (known.words | known.their_words).issuperset(atom.titled)
    return True


def _nothing_there(known: Known) -> bool:
    """Whether days were read on which there is nothing."""
    read = _days_read(known)
    return bool(read) and not any(one.result.get("events") for one in read)


def _days_read(known: Known) -> list[Told]:
    return [one for one in known.reads if one.now and one.tool == "list_events"]


def _of_a_day(atom: Saying, known: Known) -> bool:
    """ "… and choir practice in the evening": one more of a day that was read, without a verb."""
    return bool(_days_read(known)) and part_of_day(atom.lower) is not None and not VERB.search(atom.lower)


def _timed(
    atom: Saying, pool: list[Row], named: list[str], days: Sequence[Day], before: Sentence, known: Known
) -> bool:
    loosely = not atom.content and bool(_ENDS.search(before.text.lower()) or _TILL_WHEN.search(known.asked.lower()))
    going_on = bool(_GOING_ON.search(atom.lower))
    fitting = [
        row for row in pool
        if (all(row.has(clock, loosely=loosely) for clock in atom.clocks) or (going_on and _covers(row, atom)))
        and (not (row.dates or row.weekdays) or all(map(row.on, days)))
    ]  # fmt: skip
    if not fitting and any(clock.ends for clock in atom.clocks):
        asked = frozenset().union(*(row.words for row in pool if row.kind == "choices"))
        near = [row for row in known.spans if set(named or asked) & row.title]
        if near and all(any(row.has(clock) for row in near) for clock in atom.clocks):
            return True
    if not fitting:
        return bool(OVERLAP.search(atom.lower))
    if not named and before.about and _IT.search(atom.lower):
        return any(row.title & before.about for row in fitting)
    titled = [word for word in atom.titled if word not in _belongings(atom) | _ahead(atom, known)]
    if named and any(row.title.issuperset(named) for row in fitting):
        where = stems(" ".join(_SOMEWHERE.findall(atom.lower)))
        titled = [
            word for word in titled if word in EVENT_LIKE | where or word in atom.names
        ]  # "talk about it at three"
    if any(not any(word in row.words for row in fitting) for word in titled) and not OVERLAP.search(atom.lower):
        return False
    return not named or any(row.words.issuperset(named) or set(named) & row.title for row in fitting)


def _ahead(atom: Saying, known: Known) -> frozenset[str]:
    """ "After the visit there's the nurse": what only leads up to what is told is another thing, if it is known."""
    match = _THEN_THERE.search(atom.lower)
    return stems(atom.lower[: match.start()]) & known.titles if match else frozenset()


def _belongings(atom: Saying) -> frozenset[str]:
    """ "The dentist's chair": what belongs to something that is named isn't another thing."""
    return stemmed(re.findall(r"\w's (\w+)", atom.lower))


def _covers(row: Row, atom: Saying) -> bool:
    """ "At two you're still in the call": it needn't begin then."""
    return "title" in row.data and lies_at(row, atom.clocks)


def blamed(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "You're busy from three to four, that's the workshop": what takes an hour that was told lies there."""
    match = _BECAUSE_OF.search(saying.lower)
    if match is None:
        return True
    ahead = replace(saying, text=saying.text[: match.start()])
    parts = [replace(saying, text=part) for part in re.split(r"[,;:](?!\d)", before.text)]
    told = next((one for one in (ahead, *reversed(parts)) if one.clocks), ahead)
    if not _NO_TIME.search(f"{before.text} {ahead.text}".lower()):
        return True
    named = named_in_order(match["what"], known.events)
    rows = named or named_in_order(match["what"], known.coming)
    days = saying.days or before.days
    return not rows or any(lies_at(row, told.clocks) and all(map(row.on, days)) for row in rows)


def named_right(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether everybody and every place that is named is known from somewhere."""
    lower = saying.lower
    anchored = (
        saying.clocks
        or saying.days
        or THERE.search(lower)
        or re.search(r"\byou(?:'re| are|'ll be| will be) (?:in|at|on|with|off to)\b", lower)
    )
    if not anchored and not (known.answers and (_YOURS.search(lower) or before.text)):
        return True
    numbers = {number for row in (*known.here, *known.thread, *known.persons) for number in row.numbers}
    if any(int(number) not in numbers for number in re.findall(r"\b[A-Z]\w+ (\d{1,4})\b(?![:.]\d)", saying.bare)):
        return False
    borne = known.words | known.their_words | stems(known.prompt.zone.key)
    borne |= parted(saying.text, borne)
    return all(name in borne or name in LITTLE for name in saying.names)
