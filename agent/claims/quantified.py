"""All, none, both, only, apart from: said of what was read, each row tells whether it is so of it."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from agent.claims.clocks import clocks
from agent.claims.days import Day, begins_in, days, part_of_day
from agent.claims.known import Known
from agent.claims.listed import family_of, listing
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, counts, value
from agent.claims.plain import stem, stems, words
from agent.claims.rows import Row
from agent.claims.saying import VERB, Saying, Sentence, naming
from agent.claims.standing import LATE, is_over
from agent.claims.stretches import placed, untold

_MANY = rf"(?:(?<=^)|(?<=, )|(?<=and )|(?<=so )|(?<=are )|(?<=only )|(?<=just ))(?P<many>{NUMBER}) (?:of (?=(?:the|them|these|those|your)\b)|(?=(?:tasks? |mails? |things? |ones? )?(?:have|has|are|is|wants?|needs?)\b))"
_QUANTIFIER = re.compile(
    rf"\b(?:(?P<none>none|neither|not one|not a single|not any|no (?=tasks?|mails?|messages?|reminders?|things?|one of))|(?P<all>(?<!in )(?<!at )(?<!after )all(?! (?:(?:\w+day|today|tomorrow) (?:morning|afternoon|evening)|(?:of )?\w+day|tomorrow|today|day|morning|afternoon|evening|week|in all|right|the (?:best|same|way)|over|that)\b)|every(?: one| single)?|each(?! other)(?! (?:on|for|in|under)\b)(?: one| and every one)?|both|everything|the lot)|(?P<part>half|most|the (?:majority|bulk))(?= of\b)|{_MANY})\b"
)
_SCOPE = re.compile(
    rf"^(?: of)?(?: (?:the|them|these|those|your|{NUMBER}|it|one|ones|tasks?|mails?|messages?|reminders?|things?|[\w-]+(?= (?:tasks?|ones?|mails?|messages?|reminders?|things?)\b))\b)*"
)
_ONLY = re.compile(r"\b(?:(?P<alone>the (?:one and )?only|nothing but|no \w+ (?:but|except))|only)\b")
_ELSE = re.compile(
    r"\b(?:(?:beyond|besides|apart from|other than|except for|aside from) (?:those|these|that|them|it|this)|nothing (?:else|more|further)|no (?:others?|more of them)|no other \w+"
    r"|that's (?:all|it|the lot|everything|the whole \w+|all of it|all of them|all there is)|there (?:aren't any|is no|isn't an?) (?:others?|more|other \w+))\b(?!.* (?:before|after|until|till|by|since)\b)"
)
_ALL_OF_US = re.compile(
    r"\bthat's (?:all|it)\b.*\b(?:right|good|fine|needed?|took|takes|done|for (?:now|today))\b|\bthat's it\b[^.!]+\w{4}"
)
_JUST_MANY = re.compile(
    rf"(?:\b(?:just|(?<!the )only) (?:the )?|(?:^|\b(?:there's|there is|you have|you've got|it's|i (?:see|found)) )(?=a single))(?:(?P<pair>a (?:pair|couple)(?: of)?)|(?P<one>a single(?: one)?)|(?P<many>{NUMBER}))"
    r"(?P<what>(?:(?: (?!of\b)[\w-]+){0,2}? (?:things?|entry|entries|items?|ones?|tasks?|to-dos?|jobs?|reminders?|(?:e-?)?mails?|messages?)| of them| all in all)?)(?: so far)?(?=(?P<when>(?: (?:due|left|open|for|on|to do))* (?:today|tomorrow|\w+day)\b|[:.,!]|$))"
)
_JUST_THESE = re.compile(
    r"(?:\b(?:just|only|nothing but)|\ball (?:that )?(?:you(?: still)? have|you've got|there is|is|that's)(?: left| to do| still| on it| there)* is)(?: the| your)? (?P<what>[\w', -]+?)"
    r"(?: (?:on|in) (?:it|there|the list|that list|your list)| left| to do| to go)*(?:(?<!,)[.!]*$|(?=, (?:then|and then|so)\b))"
)
_PLACED = re.compile(r"\b(?:at|in|from|on) (?:the )?([a-z]+)\b")
_ARE_THEN = re.compile(
    r"\b(?:is|are|takes? place|happens?|starts?|comes?)\b|\b(?:in|on|during)(?: the)? (?:morning|afternoon|evening)|'re\b"
)
_ARE_ON = re.compile(r"\b(?:are|is|on|falls?)(?: both| all)?(?: on)? (?:an? )?(?:\w+day|tomorrow|today)\b")
_EMPTY_BUT = re.compile(
    r"\b(?:empty|nothing(?: (?:urgent|important|unread|overdue|late))?(?: (?:on|in) (?:it|there|the list))?|clear) (?:apart from|but for|except(?: for)?|but|besides) "
)
_APART_FROM = re.compile(
    r"^(?:and |so |but )*(?:apart from|besides|except for|other than|aside from) (?P<what>[^,]+?),? (?:there's |there is |you have )?(?:nothing|none|no (?=[\w-]+ (?:is|are)))(?P<rest>.*)"
)
_SO_MANY = re.compile(
    rf"^(?:and |so |yes,? |no,? )*(?:you(?:'ve got|'ve| have| got)|there are|i (?:see|found|count)|it's|that's|it comes to|it adds up to) (?:just |only |exactly |still )?(?P<many>{NUMBER})(?: in all| altogether| of them| in total| left| open| more| waiting| set| to (?!go\b)\w+(?: (?:through|off|with|up))?)*(?: (?:on|for|in) (?:the |your )?(?P<list>[\w-]+)(?: list)?)?(?P<then> today| tomorrow| (?:for |on )\w+day)?[.,:!]*$"
)
_IN_ALL = re.compile(
    rf"\W*(?:and |so |yes,? )?(?P<many>{NUMBER})(?: of (?:them|those|these))?(?: in all| altogether| in total| all told)\b(?=[,:.!]|$)"
)
_MAKES = re.compile(
    rf"(?:\bmakes? (?:it|that) |^(?=\w+ (?:are|is)(?: still)? (?:open|left|there)\b.* (?:in all|altogether|in total)))(?P<many>{NUMBER})\b[^,;]*[.!]*$"
)
_ONLY_OF = re.compile(r"\bonly (?:got |have )?(?:the )?(?P<list>[a-z]+) (?:tasks|things|ones|to-dos)\b")
_OF_DAY = re.compile(
    rf"(?<!at )(?<!until )(?<!till )(?<!by )(?<!from )(?<!after )(?<!before )(?<!to )(?<!past )(?<!around )(?<!about )(?<!the )(?<![\w:.])(?P<many>{NUMBER})(?: (?:of (?:them|these|those)|is|are|was|were|that|which|each|more|comes?|came|arrived|due|for|from|of|on|reminders?|mails?))*(?: after)? $"
)
_BUT = re.compile(
    r"^\W*(?:(?:of )?(?:them|it|these|those) )?(?:but|except(?: for)?|apart from|besides|save(?: for)?|other than) (?P<what>[^,.]+?)(?= (?:is|are|has|have|comes?|needs?)\b|[,.!]|$)"
)
_A_ONE = re.compile(r"\b(?:an?|this|that|the) \w+ one$")
""" "It's a short one today": of the day."""
_IS_BUT_A = re.compile(r"(?<!\bit)(?<!\bthat)(?<!\bthere)(?:'s| is| was) (?:just|only|nothing but) an? ")
_AND = re.compile(r"(?:,|\b(?:and|for|on|from))+ $")
_SAME_DAY = re.compile(r"\b(?:on )?the same day\b")
_ASKS = re.compile(r"\?|\b(?:please|could you|can you|would you|let me know|send me|tell me|give me)\b")


_MARKED = re.compile(r"\b(?:marked|flagged|starred)\b")
_MOST = 100
"""More is not counted: "it's 7304"."""


class _Mark(NamedTuple):
    """What may be said of a row: the words for it, the field that tells, and whether that is set then."""

    said: re.Pattern[str]
    field: str
    so: bool = True


_MARKS = (
    _Mark(LATE, "overdue"),
    _Mark(re.compile(r"(?:\b(?:no|without(?: an?| any)?|not have an?)|n't have(?: an?| any))(?: due)? (?:dates?|deadlines?)\b"), "due", so=False),
    _Mark(re.compile(r"\b(?:dates?|deadlines?)\b(?! of\b)|\bdated\b"), "due"),
    _Mark(re.compile(r"\b(?:wants?|needs?|asks?|expects?) (?:\w+ )?(?:something|anything|nothing|an? (?:answer|reply))\b"), "asks"),
    _Mark(re.compile(r"\b(?:important|urgent|flagged|starred|priority)\b"), "important"),
    _Mark(re.compile(r"\b(?:unread|unopened|not (?:been )?(?:read|opened)|still new)\b"), "unread"),
    _Mark(re.compile(r"\b(?:you've|you have|been|already|are|is)(?: all| already)* (?:read|opened|seen|gone through|looked at)\b|\bread (?:it|them) all\b|\bmarked as read\b"), "unread", so=False),
    _Mark(re.compile(r"\b(?:with|have|has|at) an? (?:fixed |set )?(?:time|hour)\b"), "all_day", so=False),
    _Mark(re.compile(r"\b(?:with|have|has) an? (?:address|place|location)\b"), "place"),
)  # fmt: skip
_Holds = Callable[[Row], bool | None]
_Way = Callable[[Saying, Known, Sentence, Sequence[Row]], bool | None]


def quantified(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """Whether what is said of all, none, both, so many or only one of the things read is so; None where nothing of the kind is said."""
    rows = listing(known)
    if not rows or (is_denial(saying.lower) and _ALL_OF_US.search(saying.lower)):
        return None
    found = (way(saying, known, before, rows) for way in _WAYS)
    return next((so for so in found if so is not None), None)


def _by_day(saying: Saying, known: Known, before: Sentence, rows: Sequence[Row]) -> bool | None:  # noqa: ARG001
    """ "One from today and two from yesterday", "one each for today and Sunday": so many of what was read are that day's."""
    told: list[bool] = []
    many, hours = 0, [clock.end for clock in clocks(saying.lower)]
    for day in saying.every_day:
        ahead = saying.lower[: day.start]
        match = _OF_DAY.search(ahead)
        match = None if match and _A_ONE.search(ahead[: match.end("many")]) else match
        if match and match.end("many") not in hours:
            many = value(match["many"])
        elif not (told and "each" in ahead and _AND.search(ahead)):
            return None
        part = part_of_day(saying.lower[day.start : day.end + len(" afternoon")])
        told.append(many == sum(_is_then(row, [day], part) for row in rows))
    if not told or not all(row.dates for row in rows):
        return None
    return None if all(told) and saying.clocks else all(told)


def _in_all(saying: Saying, known: Known, before: Sentence, rows: Sequence[Row]) -> bool | None:  # noqa: ARG001
    """ "You've got three left", "three altogether", "that makes three": so many there are; None where that isn't all that is said, or it isn't said."""
    if match := _MAKES.search(saying.lower):
        return value(match["many"]) == len(rows)
    if (match := _IN_ALL.match(saying.lower)) and value(match["many"]) not in _sizes(saying, known, rows):
        return False
    match = _SO_MANY.match(saying.lower)
    if match is None or value(match["many"]) not in range(_MOST):
        return None
    lists = _by_list(rows) if match["list"] else []
    return value(match["many"]) in _sizes(saying, known, rows).union(map(len, lists))


def _sizes(saying: Saying, known: Known, rows: Sequence[Row]) -> set[int]:
    """How many there can be said to be: all, those to come, those of a day, with what is late as well."""
    then = [row for row in rows if all(map(row.on, saying.days))]
    over = [row for row in then if row.span and row.span[1] <= known.now]
    return {len(then) - len(over)} | _with_late(then, rows, saying)


def _with_late(then: Sequence[Row], rows: Sequence[Row], saying: Saying) -> set[int]:
    """So many; with today's those that are late may be told."""
    today = bool(saying.days) and all(day.fits(saying.today) for day in saying.days)
    late = [row for row in rows if today and row not in then and is_over(row, saying.today)]
    return {len(then), len(then) + len(late)}


def _just_many(saying: Saying, known: Known, before: Sentence, rows: Sequence[Row]) -> bool | None:  # noqa: ARG001
    """ "Just two reminders", "a single important mail": so many there are, of those that are so."""
    match = _JUST_MANY.search(saying.lower)
    if match is None or re.search(r"\b(?:others?|more|further)\b", match["what"]):
        return None
    if any(one.family not in ("any", family_of(known)) for one in counts(f"two{match['what']}")):
        return None
    rows = _that_are(_marks(match["what"]), _of_list(saying.lower[: match.end()], rows), saying)
    near = days(saying.lower[: match.end()] + match["when"], saying.today)
    there = [row for row in rows if all(map(row.on, near))]
    so = len(there) == (2 if match["pair"] else 1 if match["one"] else value(match["many"]))
    return None if so and saying.clocks else so


def _just_these(saying: Saying, known: Known, before: Sentence, rows: Sequence[Row]) -> bool | None:
    """ "Just eggs and coffee", "all you have left is the stamps": nothing else is on that list, or on that day; None where more is said of them."""
    sentence = f"{before.text} {saying.text}".lower().strip()
    match = _JUST_THESE.search(sentence)
    if match is None or saying.clocks or VERB.search(match["what"]) or _marks(sentence) or family_of(known) == "events":
        return None
    if _IS_BUT_A.search(sentence):
        return None  # "the last mail is only an advert": what it is, not that it is all there is
    named = set(naming(match["what"]))
    if not named or not all(any(word in row.title for row in rows) for word in named):
        return None
    scope = [row for row in _of_list(sentence, rows) if all(map(row.on, saying.days or before.days))]
    return all(row.title & (named | before.told) for row in scope)


def _apart_from(saying: Saying, known: Known, before: Sentence, rows: Sequence[Row]) -> bool | None:  # noqa: ARG001
    """ "Apart from the barge nothing is overdue", "nothing urgent except Odile's mail": all that are so are named."""
    told = (saying.lower, f"{before.text} {saying.text}".lower())
    match = next((found for one in told if (found := _APART_FROM.match(one)) and found["rest"] in saying.lower), None)
    named = set(naming(match["what"]) if match else saying.content if _EMPTY_BUT.search(saying.lower) else ())
    if not named:
        return None
    there = _that_are(_marks(match["rest"] if match else saying.lower), rows, saying)
    return all(row.title & named for row in there if all(map(row.on, saying.days)))


def _nothing_else(saying: Saying, known: Known, before: Sentence, rows: Sequence[Row]) -> bool | None:
    """ "Beyond those there aren't any": all were told; None where none was."""
    if not _ELSE.search(saying.lower) or family_of(known) == "events" or saying.clocks:
        return None
    part = part_of_day(saying.lower)
    there = [row for row in _that_are(_marks(saying.lower), rows, saying) if _is_then(row, saying.days, part)]
    return not untold(there, before, saying) if len(untold(rows, before, saying)) < len(rows) else None


def _only(saying: Saying, known: Known, before: Sentence, rows: Sequence[Row]) -> bool | None:
    """ "The only thing you're late with": of the rows no other is so."""
    match, marks = _ONLY.search(saying.lower), _marks(saying.lower)
    if match is None:
        return None
    if (of := _ONLY_OF.search(saying.lower)) and len(_of_list(of["list"], rows)) < len(rows):
        return False
    if family_of(known) == "messages" and any(mark.field == "overdue" for mark in marks):
        return None  # "only the timber is late": what a mail says
    if not marks and (not match["alone"] or (not saying.days and family_of(known) == "events")):
        return None
    so = [row for row in _that_are(marks, _of_list_told(before, rows), saying) if all(map(row.on, saying.days))]
    about = (set(saying.content), before.about)
    named = next(filter(None, ([row for row in rows if row.title & those] for those in about)), None)
    return all(row in named for row in so) and any(row in so for row in named) if named else None


def _of_each(saying: Saying, known: Known, before: Sentence, rows: Sequence[Row]) -> bool | None:
    """ "All of them are important", "two of these have no date", "neither is overdue": of so many it is so."""
    match = _QUANTIFIER.search(saying.lower)
    if match is None:
        return None
    after = saying.lower[match.end() :]
    aside = _SCOPE.sub("", after)
    within = after.removesuffix(aside)
    rest = f"{saying.lower[: match.start()]} {aside}"
    marks = _marks(rest)
    on = [] if marks else _among(_PLACED.findall(aside.partition(",")[0]), rows)
    every, rows = rows, _those(match[0], within, saying, before, rows) or _of_day(rows, known, before)
    rows = _that_are(_marks(within), rows if on else _of_list(saying.lower, rows), saying)
    if (but := _BUT.search(rest)) and not match["many"]:
        rows = [row for row in rows if not row.title & set(naming(but["what"]))]
    if match["all"] == "both" and len(rows) != 2:
        return None if before.text or len(rows) < len(every) else False
    if not rows:
        return None
    if not on and _SAME_DAY.search(rest) and not match["none"]:
        return len({day for row in rows for day in row.dates}) == 1
    told = (lambda row: row in on) if on else _told(rest, saying, known)
    if told is None or None in map(told, rows) or (match["all"] and _denies(rest, marks)):
        return None
    then = [row for row in rows if told(row)]
    so = len(then)
    if match["many"]:
        return value(match["many"]) in _with_late(then, rows, saying)
    if match["part"]:
        return abs(2 * so - len(rows)) <= 1 if match["part"] == "half" else 2 * so > len(rows)
    return not so if match["none"] else so == len(rows)


def _denies(rest: str, marks: Sequence[_Mark]) -> bool:
    """Whether it is said not to be so of all, in other words than those of a mark: "without a date", "not read"."""
    for mark in marks:
        rest = mark.said.sub(" ", rest)
    return is_denial(rest)


def _those(quantifier: str, within: str, saying: Saying, before: Sentence, rows: Sequence[Row]) -> Sequence[Row]:
    """ "The bike and the plants, neither of them": those that the sentence has named so far, or this clause; else all of its day."""
    told = [set(naming(before.text))]
    if quantifier in ("neither", "both"):
        told += [set(saying.content), set(before.about)]  # "both the bike and the plants"
    elif not re.search(r"\b(?:them|these|those)\b", within):
        return []
    return next(filter(None, ([row for row in rows if (row.title - row.on_list) & one] for one in told)), [])


def _of_day(rows: Sequence[Row], known: Known, before: Sentence) -> Sequence[Row]:
    """ "On Friday you have two, and one of them", "apart from the dentist, one of them": those of the day, and none of what is left out."""
    if _BUT.search(before.text.lower()):
        rows = [row for row in rows if not row.title & before.told]
    return [row for row in rows if row.span and all(map(row.on, before.days or known.days_meant))] or rows


def _told(rest: str, saying: Saying, known: Known) -> _Holds | None:
    """What is said of each: one mark, a place, a sender, or a day or a part of it."""
    if marks := _marks(rest):
        return lambda row: _holds(marks[0], row, saying)
    family, part = family_of(known), part_of_day(rest)
    if not family and (saying.days or saying.clocks):  # what there is to choose from
        return lambda row: all(map(row.has, saying.clocks)) and all(map(row.on, saying.days))
    if at := placed(" ".join(_PLACED.findall(rest)), listing(known)):
        return lambda row: row in at
    if saying.clocks:
        return None
    sender = re.search(r"\bfrom (?:the )?(?P<who>[A-Z][a-z]+)\b", saying.text)
    if sender and family == "messages" and not saying.days:
        return lambda row: stem(sender["who"].lower()) in stems(str(row.data.get("from")))
    if not saying.days and not (part and family == "events"):
        return None
    if family == "events" and not (_ARE_ON if saying.days else _ARE_THEN).search(rest):
        return None
    return lambda row: _is_then(row, saying.days, part)


def _is_then(row: Row, days: Sequence[Day], part: tuple[int, int] | None) -> bool:
    return all(map(row.on, days)) and (not part or all(begins_in(part, at) for at in row.moments[:1]))


def _marks(text: str) -> list[_Mark]:
    """What is said of a row: that it is overdue, important, unread; of a field one thing, "without a date" rather than "date"."""
    found: dict[str, _Mark] = {}
    for mark in _MARKS:
        if mark.said.search(text):
            found.setdefault(mark.field, mark)
    return [*found.values()]


def _holds(mark: _Mark, row: Row, saying: Saying) -> bool | None:
    """Whether it is so of a row; None where it can't be said of such a one."""
    if mark.field == "overdue":
        return is_over(row, saying.today)
    if mark.field == "asks":
        return bool(_ASKS.search(row.text.lower()))
    if mark.field == "important" and row.kind == "important" and not _MARKED.search(saying.lower):
        return True  # it was found to be, whatever the mailbox says
    return bool(row.data[mark.field]) is mark.so if mark.field in row.data else None


def _that_are(marks: Sequence[_Mark], rows: Sequence[Row], saying: Saying) -> list[Row]:
    return [row for row in rows if all(_holds(mark, row, saying) for mark in marks)]


def _among(names: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """ "Both are on Work": those on the list that is named so, if there is one; "your tasks" are those of all lists."""
    told = {stem(one) for one in names} - {"task"}
    return [row for row in rows if told & row.on_list]


def _of_list(text: str, rows: Sequence[Row]) -> Sequence[Row]:
    """ "Of your work tasks": those on a list of that name; else all."""
    return _among(words(text), rows) or rows


def _of_list_told(before: Sentence, rows: Sequence[Row]) -> Sequence[Row]:
    """Those of the one list of which all was told so far; all rows, where there is no such list, or more than one."""
    told = [there for there in _by_list(rows) if all(row.title & before.told for row in there)]
    return told[0] if len(told) == 1 else rows


def _by_list(rows: Sequence[Row]) -> list[list[Row]]:
    return [[row for row in rows if row.on_list == name] for name in {row.on_list for row in rows if row.on_list}]


_WAYS: tuple[_Way, ...] = (_by_day, _in_all, _just_many, _only, _just_these, _apart_from, _nothing_else, _of_each)
