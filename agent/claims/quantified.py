"""All, none, both, only, apart from: said of what was read, each row tells whether it is so of it."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from agent.claims.clocks import clocks
from agent.claims.days import part_of_day
from agent.claims.known import Known
from agent.claims.left import untold_changes
from agent.claims.listed import family_of, listing
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, counts, value
from agent.claims.plain import stem, stems
from agent.claims.rows import Row
from agent.claims.saying import VERB, Saying, Sentence
from agent.claims.standing import LATE
from agent.claims.stretches import untold

_MANY = rf"(?:(?<=^)|(?<=, )|(?<=and )|(?<=so )|(?<=are )|(?<=only )|(?<=just ))(?P<many>{NUMBER}) (?:of (?=(?:the|them|these|those|your)\b)|(?=(?:tasks? |mails? |things? |ones? )?(?:have|has|are|is|wants?|needs?)\b))"
_QUANTIFIER = re.compile(
    rf"\b(?:(?P<none>none|neither|not one|not a single|not any|no (?=tasks?|mails?|messages?|reminders?|things?|one of))|(?P<all>(?<!in )(?<!at )(?<!after )all(?! (?:(?:\w+day|today|tomorrow) (?:morning|afternoon|evening)|(?:of )?\w+day|tomorrow|today|day|morning|afternoon|evening|week|in all|right|the (?:best|same|way)|over|that)\b)|every(?: one| single)?|each(?! other)(?: one| and every one)?|both|everything|the lot)|(?P<part>half|most|the (?:majority|bulk))(?= of\b)|{_MANY})\b"
)
_SCOPE = re.compile(
    rf"^(?: of)?(?: (?:the|them|these|those|your|{NUMBER}|it|one|ones|tasks?|mails?|messages?|reminders?|things?|[\w-]+(?= (?:tasks?|ones?|mails?|messages?|reminders?|things?)\b))\b)*"
)
_ONLY = re.compile(
    r"\b(?:the (?:one and )?only (?:[\w-]+ )?(?:one|thing|task|mail|message|reminder|entry|event|appointment|person)|only|nothing but|no \w+ (?:but|except))\b"
)
_ELSE = re.compile(
    r"\b(?:(?:beyond|besides|apart from|other than|except for|aside from) (?:those|these|that|them|it|this)|nothing (?:else|more|further)|no (?:others?|more of them)|no other \w+"
    r"|that's (?:all|it|the lot|everything|the whole \w+|all of it|all of them|all there is)|there (?:aren't any|is no|isn't an?) (?:others?|more|other \w+))\b"
)
_ALL_OF_US = re.compile(
    r"\bthat's (?:all|it)\b.*\b(?:right|good|fine|needed?|took|takes|done|for (?:now|today))\b|\bthat's it\b[^.!]+\w{4}"
)
_JUST_ONE = re.compile(r"\b(?:just|only) (?:the )?one\b|\ba single (?:one|\w+)\b|\bthe only one\b")
_JUST_MANY = re.compile(
    rf"(?:\b(?:just|only) (?:the )?|(?:^|\b(?:there's|there is|you have|you've got|it's|i (?:see|found)) )(?=a single))(?:(?P<pair>a (?:pair|couple)(?: of)?)|(?P<one>a single(?: one)?)|(?P<many>{NUMBER}))"
    r"(?P<what>(?: (?!of\b)[\w-]+){0,2}? (?:things?|entry|entries|items?|ones?|tasks?|to-dos?|jobs?|reminders?|(?:e-?)?mails?|messages?)| of them| all in all)?(?: so far)?(?=(?: (?:due|left|open|for|on|to do))* (?:today|tomorrow|\w+day)\b|[:.,!]|$)"
)
_JUST_THESE = re.compile(
    r"(?:\b(?:just|only|nothing but)|\ball (?:that )?(?:you(?: still)? have|you've got|there is|is|that's)(?: left| to do| still| on it| there)* is)(?: the| your)? (?P<what>[\w', -]+?)"
    r"(?: (?:on|in) (?:it|there|the list|that list|your list)| left| to do| to go)*(?<!,)[.!]*$"
)
_PLACED = re.compile(r"\b(?:at|in|from|on) (?:the )?([a-z]+)\b")
_ARE_THEN = re.compile(
    r"\b(?:is|are|takes? place|happens?|starts?|comes?)\b|\b(?:in|on|during)(?: the)? (?:morning|afternoon|evening)|'re\b"
)
_ARE_DUE = re.compile(r"\b(?:due|for)\b")
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
_IS_BUT_A = re.compile(r"(?<!\bit)(?<!\bthat)(?<!\bthere)(?:'s| is| was) $")
_AND = re.compile(r"(?:,|\b(?:and|for|on|from))+ $")
_SAME_DAY = re.compile(r"\b(?:on )?the same day\b")
_ASKS = re.compile(r"\?|\b(?:please|could you|can you|would you|let me know|send me|tell me|give me)\b")
_Holds = Callable[[Row, Known], bool | None]


def _overdue(row: Row, known: Known) -> bool | None:
    if "done" not in row.data:
        return None
    due = str(row.data.get("due") or "")[:10]
    return bool(due) and due < known.now.date().isoformat()


def _dated(row: Row, known: Known) -> bool | None:  # noqa: ARG001
    return bool(row.data.get("due")) if "done" in row.data else None


def _undated(row: Row, known: Known) -> bool | None:  # noqa: ARG001
    return not row.data.get("due") if "done" in row.data else None


def _asks(row: Row, known: Known) -> bool | None:  # noqa: ARG001
    return bool(_ASKS.search(row.text.lower())) if "subject" in row.data else None


def _marked(name: str, *, so: bool = True) -> _Holds:
    return lambda row, known: bool(row.data[name]) is so if name in row.data else None  # noqa: ARG005


def _placed(row: Row, known: Known) -> bool | None:  # noqa: ARG001
    return bool(row.data["place"]) if "place" in row.data else None


def _timed(row: Row, known: Known) -> bool | None:  # noqa: ARG001
    return not row.whole_days if "all_day" in row.data else None


_PREDICATES: tuple[tuple[re.Pattern[str], _Holds], ...] = (
    (LATE, _overdue),
    (re.compile(r"\b(?:no|without an?|without any|without|n't have an?|n't have any|not have an?)(?: due)? (?:dates?|deadlines?)\b"), _undated),
    (re.compile(r"\b(?:dates?|deadlines?)\b(?! of\b)|\bdated\b"), _dated),
    (re.compile(r"\b(?:wants?|needs?|asks?|expects?) (?:\w+ )?(?:something|anything|nothing|an? (?:answer|reply))\b"), _asks),
    (re.compile(r"\b(?:important|urgent|flagged|starred|priority)\b"), _marked("important")),
    (re.compile(r"\b(?:unread|unopened|not (?:been )?(?:read|opened)|still new)\b"), _marked("unread")),
    (re.compile(r"\b(?:you've|you have|been|already|are|is)(?: all| already)* (?:read|opened|seen|gone through|looked at)\b|\bread (?:it|them) all\b|\bmarked as read\b"), _marked("unread", so=False)),
    (re.compile(r"\b(?:with|have|has|at) an? (?:fixed |set )?(?:time|hour)\b"), _timed),
    (re.compile(r"\b(?:with|have|has) an? (?:address|place|location)\b"), _placed),
)  # fmt: skip


def quantified(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """Whether what is said of all, none, both, so many or only one of the things read is so; None where nothing of the kind is said."""
    rows = listing(known)
    if rows and (so := _by_day(saying, rows)) is not None:
        return so
    if not rows or (is_denial(saying.lower) and _ALL_OF_US.search(saying.lower)):
        return None
    if _JUST_ONE.search(saying.lower) and rows[0].kind == "choices":
        return len(rows) == 1
    if (match := _MAKES.search(saying.lower)) and family_of(known) in ("tasks", "reminders", "messages"):
        return value(match["many"]) == len(rows)
    if (many := _how_many(saying, known, rows)) is not None:
        return many
    if match := _JUST_MANY.search(saying.lower):
        return _just_many(saying, known, match, rows)
    if (these := _just_these(saying, known, before, rows)) is not None:
        return these
    if (match := _APART_FROM.match(saying.lower)) and family_of(known) != "events":
        named = set(Saying(match["what"], saying.today, first=False).content)
        there = [row for row in _that_are(_marks(match["rest"]), rows, known) if all(map(row.on, saying.days))]
        return all(row.title & named for row in there) if named else None
    if _EMPTY_BUT.search(saying.lower):
        rows = _that_are(_marks(saying.lower), rows, known)
        return all(row.title & set(saying.content) for row in rows) if family_of(known) != "events" else None
    if _ELSE.search(saying.lower):
        return _nothing_else(saying, known, before, rows)
    if _ONLY.search(saying.lower):
        return _only(saying, known, before, rows)
    match = _QUANTIFIER.search(saying.lower)
    if match and match["all"] == "both" and len(rows) != 2:
        rows = [row for row in rows if row.title & before.about] or rows
    return _so_many(saying, known, before, match, rows) if match else None


def _how_many(saying: Saying, known: Known, rows: Sequence[Row]) -> bool | None:
    """ "You've got three left", "three altogether": so many there are; None where that isn't all that is said, or it isn't said."""
    if (match := _IN_ALL.match(saying.lower)) and value(match["many"]) not in _sizes(saying, known, "", rows):
        return False
    match = _SO_MANY.match(saying.lower.strip())
    return value(match["many"]) in _sizes(saying, known, match["list"] or "", rows) if match else None


def _sizes(saying: Saying, known: Known, of: str, rows: Sequence[Row]) -> set[int]:
    """How many there can be said to be: all, those to come, those of a list, those of a day, with what is late as well."""
    if of and not (stems(of) - stems("tasks")) & frozenset().union(
        *(stems(str(row.data.get("list") or "")) for row in rows)
    ):
        return {len(rows), *Counter(str(row.data.get("list")) for row in rows).values()}
    rows = _of_list(of, rows)
    if saying.days and family_of(known) != "events":
        then = [row for row in rows if all(map(row.on, saying.days))]
        return {len(then), len(then) + sum(bool(_overdue(row, known)) for row in rows if row not in then)}
    ahead = [row for row in rows if row.moments and row.span and row.span[1] > known.now]
    return {len(rows), len(ahead) or len(rows)}


def _by_day(saying: Saying, rows: Sequence[Row]) -> bool | None:
    """ "One from today and two from yesterday", "one each for today and Sunday": so many of what was read are that day's."""
    told: list[bool] = []
    many, hours = 0, [clock.end for clock in clocks(saying.lower)]
    for day in saying.every_day:
        match = _OF_DAY.search(saying.lower[: day.start])
        match = None if match and match.end("many") in hours else match
        each = bool(told) and "each" in saying.lower and _AND.search(saying.lower[: day.start])
        if match is None and not each:
            return None
        many = value(match["many"]) if match else many
        told.append(many == sum(row.on(day) for row in rows))
    if not told or not all(row.dates for row in rows):
        return None
    return None if all(told) and saying.clocks else all(told)


def _just_many(saying: Saying, known: Known, match: re.Match[str], rows: Sequence[Row]) -> bool | None:
    """ "Just two reminders", "a single important mail": so many there are, of those that are so."""
    what = match["what"] or ""
    if re.search(r"\b(?:others?|more|further)\b", what) or any(
        one.family not in ("any", family_of(known)) for one in counts(f"two {what}")
    ):
        return None
    rows = _that_are(_marks(what), _of_list(f"{saying.lower[: match.start()]} {what}", rows), known)
    near = [day for day in saying.every_day if day.end <= match.start() or day.start <= match.end() + len(" due for ")]
    there = [row for row in rows if all(map(row.on, near))]
    so = len(there) == (2 if match["pair"] else 1 if match["one"] else value(match["many"]))
    return None if so and saying.clocks else so


def _just_these(saying: Saying, known: Known, before: Sentence, rows: Sequence[Row]) -> bool | None:
    """ "Just eggs and coffee", "all you have left is the stamps": nothing else is on that list, or on that day; None where more is said of them."""
    sentence = f"{before.text} {saying.lower}".lower().strip()
    match = _JUST_THESE.search(sentence)
    named = set(Saying(match["what"], saying.today, first=False).content) if match else set()
    if match and _IS_BUT_A.search(sentence[: match.start()]) and match["what"].startswith(("a ", "an ")):
        return None  # "the last mail is only an advert": what it is, not that it is all there is
    if match is None or not named or saying.clocks or VERB.search(match["what"]) or _marks(sentence):
        return None
    if family_of(known) not in ("tasks", "reminders", "messages") or not all(
        any(word in row.title for row in rows) for word in named
    ):
        return None
    scope = [row for row in _of_list(sentence, rows) if all(map(row.on, saying.days or before.days))]
    return all(row.title & (named | before.told) for row in scope)


def _so_many(saying: Saying, known: Known, before: Sentence, match: re.Match[str], rows: Sequence[Row]) -> bool | None:
    scope = _SCOPE.match(saying.lower[match.end() :])
    within = saying.lower[match.end() : match.end() + (scope.end() if scope else 0)]
    ahead = re.split(r"[,;]", saying.lower[: match.start()])[-1]
    rest = f"{ahead} {saying.lower[match.end() + len(within) :]}"
    those = _those(match, within, saying, before, rows)
    if not _marks(rest) and (on := _on_list(re.split(r"[,;]", saying.lower[match.end() :])[0], rows)):
        so = [row in on for row in those]
        return sum(so) == value(match["many"]) if match["many"] else not any(so) if match["none"] else all(so)
    if match["many"] and " of" not in match[0] and not _marks(rest):
        return None
    rows = _that_are(_marks(within), _of_list(saying.lower, those), known)
    if _SAME_DAY.search(rest) and not match["none"]:
        return len({day for row in rows for day in row.dates}) == 1 if rows else None
    told, but = _told(rest, saying, known), _BUT.search(rest)
    if but and not match["many"] and (apart := set(Saying(but["what"], saying.today, first=False).content)):
        rows = [row for row in rows if not row.title & apart]
    if told is None or not rows or (match["all"] == "both" and len(rows) != 2):
        return None
    answers = [told(row) for row in rows]
    if None in answers:
        return None
    if match["many"]:
        return sum(map(bool, answers)) == value(match["many"])
    if match["part"]:
        return 2 * sum(map(bool, answers)) >= len(rows) + (match["part"] != "half")
    if is_denial(rest) and match["all"] and _marks(rest)[:1] != [_undated]:
        return None
    return not any(answers) if match["none"] else all(answers)


def _on_list(rest: str, rows: Sequence[Row]) -> list[Row]:
    """ "Both are on Work": those on the list that is named so, if there is one."""
    names = {stem(one) for one in _PLACED.findall(rest)}
    return [row for row in rows if names & (stems(str(row.data.get("list") or "")) - stems("tasks"))]


def _those(match: re.Match[str], within: str, saying: Saying, before: Sentence, rows: Sequence[Row]) -> Sequence[Row]:
    """ "The bike and the plants, neither of them": those that the sentence has named so far; else all."""
    if match[0] not in ("neither", "both") and not re.search(r"\b(?:them|these|those)\b", within):
        return rows
    told = set(Saying(f"{before.text} {saying.text[: match.start()]}", saying.today, first=False).content)
    own = set(saying.content) if match[0] in ("neither", "both") else set()  # "both the bike and the plants"
    return next(filter(None, ([row for row in rows if row.title & named] for named in (told, own))), rows)


def _told(rest: str, saying: Saying, known: Known) -> Callable[[Row], bool | None] | None:
    """What is said of each: one mark, or a day or a part of it."""
    if marks := _marks(rest):
        return lambda row: marks[0](row, known)
    day_told, part = bool(saying.days), part_of_day(rest)
    if not any(one.now for one in known.reads) and (day_told or saying.clocks):  # what there is to choose from
        return lambda row: all(map(row.has, saying.clocks)) and all(map(row.on, saying.days))
    if (place := _place(rest, known)) is not None:
        return place
    if family_of(known) == "events" and part and not (saying.clocks or saying.content) and _ARE_THEN.search(rest):
        return lambda row: any(part[0] <= at.hour * 60 + at.minute < part[1] for at in row.moments[:1])
    if saying.clocks or ":" in saying.text:
        return None
    sender = re.search(r"\bfrom (?:the )?(?P<who>[A-Z][a-z]+)\b", saying.text)
    if sender and family_of(known) == "messages" and not day_told:
        return lambda row: stem(sender["who"].lower()) in stems(str(row.data.get("from") or row.text))
    if not day_told or family_of(known) not in ("events", "reminders", "messages", "tasks"):
        return None
    said = {"tasks": _ARE_DUE, "events": _ARE_ON}.get(family_of(known))
    if said and not said.search(rest):
        return None

    def then(row: Row) -> bool:
        hours = [moment.hour * 60 + moment.minute for moment in row.moments]
        return all(row.on(day) for day in saying.days) and (
            part is None or any(part[0] <= hour < part[1] for hour in hours)
        )

    return then


def _place(rest: str, known: Known) -> Callable[[Row], bool | None] | None:
    """ "At home", "at Kastanienallee": where a row takes place, if any does there."""
    places = {word: row for row in listing(known) for word in stems(str(row.data.get("place") or "")) if len(word) > 2}
    told = {stem(word) for word in _PLACED.findall(rest)} & places.keys()
    return (lambda row: bool(told & stems(str(row.data.get("place") or "")))) if told else None


def _marks(text: str) -> list[_Holds]:
    """What is said of a row: that it is overdue, important, unread."""
    found = [holds for pattern, holds in _PREDICATES if pattern.search(text)]
    return [holds for holds in found if holds is not _dated or not {_undated, _overdue} & {*found}]


def _that_are(marks: Sequence[_Holds], rows: Sequence[Row], known: Known) -> list[Row]:
    return [row for row in rows if all(holds(row, known) for holds in marks)]


def _of_list(text: str, rows: Sequence[Row]) -> list[Row]:
    """ "Of your work tasks": those on a list of that name."""
    names = stems(text)
    return [row for row in rows if names & (stems(str(row.data.get("list") or "")) - stems("tasks"))] or list(rows)


def _of_list_told(before: Sentence, rows: Sequence[Row]) -> Sequence[Row]:
    """Those of the one list of which all was told so far; all rows, where there is no such list, or more than one."""
    lists: dict[str, list[Row]] = {}
    for row in rows:
        lists.setdefault(str(row.data.get("list") or ""), []).append(row)
    told = [of for name, of in lists.items() if name and len(of) > 1 and all(_is_told(row, before) for row in of)]
    return told[0] if len(told) == 1 else rows


def _is_told(row: Row, before: Sentence) -> bool:
    return bool(stems(str(row.data.get("title") or row.text)) & before.told)


def _only(saying: Saying, known: Known, before: Sentence, rows: Sequence[Row]) -> bool | None:
    """ "The only thing you're late with": of the rows no other is so."""
    lower = saying.lower
    marks = _marks(lower)
    if (of := _ONLY_OF.search(lower)) and 0 < len(there := _of_list(of["list"], rows)) < len(rows):
        return there == list(rows)
    alone = re.search(r"\bthe (?:one and )?only\b|\bnothing but\b|\bno \w+ (?:but|except)\b", lower)
    if not marks and not alone:
        return None
    so = _that_are(marks, _of_list_told(before, rows), known)
    if saying.days:
        so = [row for row in so if all(row.on(day) for day in saying.days)]
    if not marks and not saying.days and family_of(known) == "events":
        return None
    named = [row for row in rows if row.title & set(saying.content)]
    named = named or [row for row in rows if row.title & before.about]
    if not named:
        return None
    return all(row in named for row in so) and any(row in so for row in named)


def _nothing_else(saying: Saying, known: Known, before: Sentence, rows: Sequence[Row]) -> bool | None:
    """ "Beyond those there aren't any": all were told."""
    if family_of(known) == "changes" and not saying.content:
        left = len(untold_changes(saying, known, before))
        return not left if left < len(known.stood) else None
    rows = [row for row in _that_are(_marks(saying.lower), rows, known) if all(row.on(day) for day in saying.days)]
    if part_of_day(saying.lower) or saying.clocks or family_of(known) in ("events", "changes", "memories"):
        return None
    other = untold([row for row in rows if row.moments], before, saying)
    other += [row for row in rows if not row.moments and not row.title & (before.told | set(saying.content))]
    return None if len(other) == len(rows) else not other
