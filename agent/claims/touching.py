"""How two things lie to each other on the clock: back to back, one as the other ends, one in the middle of the other, in each other's way."""

import re
from datetime import timedelta
from itertools import pairwise

from agent.claims.clocks import clocks
from agent.claims.days import PARTS, begins_in, minute_of, part_of_day
from agent.claims.emptiness_words import tells_time
from agent.claims.known import Known
from agent.claims.listed import begins, ends, family_of, lasts, listing, meant, slots, told_last
from agent.claims.looking import lies_at
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, without_lengths
from agent.claims.overlapping import OVERLAP
from agent.claims.rows import Row
from agent.claims.saying import Saying, Sentence
from agent.claims.stretches import named_in_order, placed

_BACK_TO_BACK = re.compile(
    r"\bback[- ]to[- ]back\b|\bno (?:gaps?|breaks?|pauses?|breathers?|time) (?:at all )?(?:in )?between\b|\bno gaps?\b|\bwithout (?:a|any) (?:gaps?|breaks?|pauses?|breathers?)\b"
    r"|\b(?:directly|right|straight|immediately) (?:after|behind) (?:each other|one another|the other)\b|\bseamlessly\b|\bone (?:right |straight |directly )after (?:the other|another)\b"
)
_COINCIDES = re.compile(
    r"\b(?:(?:exactly|just|right|precisely|bang|the) (?:the )?(?:very |exact |same |precise )*(?:minute|moment|second|instant|time)(?: that| when| at which)?"
    r"|(?:exactly|just|right|precisely|directly) (?:when|as)|the (?:moment|minute|second|instant)(?: that)?|at the (?:very |exact )?(?:end|start|beginning) of)\b(?= (?!of\b|being\b|after\b|before\b|now\b))"
)
_AT_THE_END = re.compile(
    r"\b(?:ends?|ended|lets? out|finish(?:es)?|is (?:over|done|through|finished)|'s (?:over|done)|are (?:over|done)|over|wraps? up|stops?|closes?|at the (?:very |exact )?end of|leaves?)\b"
)
_AT_THE_START = re.compile(
    r"\b(?:begins?|starts?|kicks? off|gets? (?:going|under way)|opens?|at the (?:very |exact )?(?:start|beginning) of)\b"
)
_INSIDE = re.compile(
    r"\b(?:in(?:to)? the middle of|during|halfway through|inside(?: of)?|midway through|while you're (?:still )?(?:in|at|with)|while(?=[\w' -]*\b(?:still|there|on|going|under way|running)\b))\b"
)
_THROUGH = re.compile(
    r"\byou(?:'ll be|'d be|'re| will be| are)(?: long| well| just)? (?:finished|done|through|out|back|home)\b(?P<one>.*?)\b(?:before|by(?: the time)?|in time for)\b(?P<other>.*)"
)
_THROUGH_WITH = re.compile(r"\b(?:through|done|finished) (?:with|at) (?P<what>(?!\d|noon|about|around)[a-z' -]+)")
_AHEAD = re.compile(
    r"\b(?:is|are|'s)(?: all| still| yet)* (?:(?P<ahead>to come|ahead|coming up|in front of you)|behind you|over and done|history|already over|done and dusted)\b"
)
_BESIDE = re.compile(
    r"^(?:it's |that's |and )?(?P<right>right |directly |straight |just |immediately )?(?P<how>before|after) (?P<other>(?:the|your) [\w' -]+|(?!(?:that|it|this|them|him|her)\b)[\w'-]+(?: [\w'-]+)?)[.!]*$"
)
_UP_TO = re.compile(
    r"(?P<one>.*?)(?:\b(?:goes on|lasts?|runs?|continues?|keeps? going) (?:right )?(?:until|till|up to)\b|\b(?P<over>(?:is|are|'s) (?:over|done|finished|through)|ends?|finish(?:es)?|wraps? up) (?:well |long |just )?before\b(?!.* does\b))(?P<other>.*)"
)
_IT = re.compile(r" ?(?:it|that|this|which)\b")
_NO_MATTER = re.compile(r"\b(?:before|after|until|till|apart|except|besides|once|from|between|than|other)\b")
_WHOLE = re.compile(r"\b(?:all|(?:the|your) (?:whole|entire)) (?P<part>weekend|week|morning|afternoon|evening)\b")
_AT_IT = re.compile(
    r"\byou(?:'d|'ll|'re| would| will| are)(?: still| already)?(?: be)?(?: still| already)? (?:in|at|with|on) (?P<what>.+?) (?:then|at that (?:time|hour|point)|by then)\b|\b(?:your|the) (?P<third>[\w' -]+?)(?:'s| is|(?:'ll| will)(?: still)? be)(?: still| already)? (?:on|going on|under way|running) then\b|\byou(?:'d| would)(?: still| already)? be(?: still| already)? (?:in|at|with|on) (?P<whatever>.+)"
)
_ONLY_ONCE = re.compile(
    r"(?P<one>.*\b(?:starts?|begins?|opens?|kicks? off|comes?|goes off|rings?)\b.*)\b(?:when|once|after|until|as soon as)\b(?P<other>.*)(?:\b(?:is|are|has|have)|'s)(?: \w+)? (?:over|done|finished|ended|through|out)\b"
)
_INTO = re.compile(r"\b(?:into|eats?|takes? up|fills?|cuts?|runs?|goes? on|reach\w*|spills?)\b")
_HOUR = re.compile(rf" ?(?:about |around |nearly )?(?:{NUMBER}|noon|half|a quarter|quarter)\b")
_THEN = re.compile(r"^(?:and |so )*(?:then|after that|afterwards|later)\b(?! (?:on|that|you can|tell))")
_AT_THAT_TIME = re.compile(r"\b(?:at that (?:time|point|hour|moment)|by (?:then|that time)|right then)\b")
_OVER = re.compile(r"\b(?:over|done|finished|through|behind|ended|back|out)\b")
_BUT = re.compile(
    r"\b(?:(?<!anything )else|(?<!each )(?<!any )(?<!of the )(?<!with the )(?<!to the )other|only|but|apart|except)\b"
)
_WOULD = re.compile(r"(?:'d|\bwould)\b")
_FREE_OF = re.compile(r"\b(?:free of|free from|clear of|-free)\b|-free\b")
_RIGHT_AFTER = timedelta(minutes=30)
_DAWN = 510
"""Minutes after midnight: nobody's whole morning begins earlier."""
_NEARLY = 90
"""Minutes that a whole afternoon may lack at either end."""
_NEXT_TO = timedelta(minutes=10)
"""At most between two things that are "back to back"."""


def touching(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """Whether two things lie to each other as a clause says; None where it says nothing of that."""
    lower = saying.lower
    if _BACK_TO_BACK.search(lower):
        return _one_after_the_other(saying, known, before) is not is_denial(_BACK_TO_BACK.sub(" ", lower))
    if (so := _to_come(saying, known)) is not None or (so := _beside_alone(lower, known, before)) is not None:
        return so
    if (match := _THROUGH_WITH.search(saying.timed.lower())) and saying.clocks:
        rows = meant(match["what"], known, before)
        return any(clock.means(minute_of(ends(rows[0]))) for clock in saying.clocks) if rows else None
    if (
        (match := _UP_TO.search(lower))
        and not _HOUR.match(match["other"])
        and (so := _up_to(match, known, before)) is not None
    ):
        return so
    if match := _ONLY_ONCE.search(lower):
        return _once_over(match, known, before)
    if match := _COINCIDES.search(lower):
        return _at_once(lower[: match.start()], lower[match.start() :], known, before)
    if match := _THROUGH.search(lower):
        return _in_time(match, known, before)
    if match := _AT_IT.search(lower):
        return _at_it(match, saying, known, before)
    if _AT_THAT_TIME.search(lower):
        return _by_then(lower, known, before)
    if match := _INSIDE.search(lower):
        return _within(lower[: match.start()], lower[match.end() :], known, before)
    if saying.first and _THEN.match(lower) and not saying.days and not saying.clocks:
        return _comes_then(lower, known, before)
    return _in_the_way(saying, known, before)


def _one_after_the_other(saying: Saying, known: Known, before: Sentence) -> bool:
    rows, read = named_in_order(saying.lower, slots(known)), [row for row in listing(known) if row.span]
    if len(rows) < 2:
        rows += [row for row in read if row.title & before.told and row not in rows]
    if len(rows) < 2:
        rows = [row for row in read if ends(row) > known.now and not row.whole_days]
    rows.sort(key=begins)
    return len(rows) > 1 and all(abs(begins(later) - ends(one)) <= _NEXT_TO for one, later in pairwise(rows))


def _two(first: str, second: str, known: Known, before: Sentence) -> tuple[Row, Row] | None:
    """What the first words tell of, and the other thing that the second name."""
    others = named_in_order(second, slots(known))
    ones = [row for row in meant(first, known, before) if row not in others[:1]]
    return (ones[-1], others[0]) if ones and others else None


def _at_once(first: str, second: str, known: Known, before: Sentence) -> bool | None:
    """ "That's the very minute your workshop lets out"."""
    two = _two(first, second, known, before)
    if two is None:
        return None
    one, other = two
    if not (_AT_THE_END.search(second) or _AT_THE_START.search(second)):
        return _overlap(one, other)
    told = ends(one) if _AT_THE_END.search(first) else begins(one)
    return told == (ends(other) if _AT_THE_END.search(second) else begins(other))


def _to_come(saying: Saying, known: Known) -> bool | None:
    """ "The stand-up is still to come", "is behind you": by the clock."""
    match = _AHEAD.search(saying.lower)
    if match is None or saying.days or saying.clocks or is_denial(saying.lower):
        return None
    rows = named_in_order(saying.lower[: match.start()], slots(known))
    return all(_lies_ahead(row, known, ahead=bool(match["ahead"])) for row in rows) if rows else None


def _lies_ahead(row: Row, known: Known, *, ahead: bool) -> bool:
    these = [one for one in listing(known) if one.moments and one.title & row.title] or _of_its_name(row, known)
    return any(begins(one) > known.now if ahead else ends(one) <= known.now for one in these)


def _beside_alone(lower: str, known: Known, before: Sentence) -> bool | None:
    """ "Right after the dentist.": where what is asked about lies."""
    match = _BESIDE.match(lower)
    if match is None:
        return None
    two = _two("", match["other"], known, before) or _two(known.asked, match["other"], known, before)
    if two is None:
        return None
    first, then = two if match["how"] == "before" else (two[1], two[0])
    gap = begins(then) - ends(first)
    return timedelta() <= gap and (gap <= _RIGHT_AFTER or not match["right"])


def _up_to(match: re.Match[str], known: Known, before: Sentence) -> bool | None:
    """ "The workshop goes on until the plumber comes", "lunch is over before the bank calls"."""
    if (two := _two(match["one"], match["other"], known, before)) is None:
        return None
    break_between = begins(two[1]) - ends(two[0])
    return timedelta() <= break_between and (bool(match["over"]) or break_between <= _NEXT_TO)


def _once_over(match: re.Match[str], known: Known, before: Sentence) -> bool | None:
    """ "The demo only starts when lunch is over"."""
    two = _two(match["one"], match["other"], known, before)
    return ends(two[1]) <= begins(two[0]) if two else None


def _in_time(match: re.Match[str], known: Known, before: Sentence) -> bool | None:
    """ "You'll be through before the stand-up starts"."""
    if two := _two(match["one"], match["other"], known, before):
        return ends(two[0]) <= begins(two[1])
    ones, hours = meant(match["one"], known, before), clocks(f"at{match['other']}")
    return any(minute_of(ends(ones[-1])) <= minute for minute in hours[0].minutes) if ones and hours else None


def _within(first: str, second: str, known: Known, before: Sentence) -> bool | None:
    two = _two(first, second, known, before)
    if _IT.match(second):
        named, last = meant(first, known, before), told_last(known, before)
        two = (named[-1], last[0]) if named and last else None
    if two is None:
        return None
    one, other = two
    over = _AT_THE_END.search(first)
    inside = begins(other) < ends(one) < ends(other) if over else begins(other) <= begins(one) < ends(other)
    return inside is not is_denial(first)


def _at_it(match: re.Match[str], saying: Saying, known: Known, before: Sentence) -> bool | None:
    """ "You'd be at the dentist then": it goes on at the hour that was told, or asked about."""
    hours = saying.clocks or clocks(without_lengths(before.text)) or clocks(known.asked)
    what = match["what"] or match["third"] or match["whatever"]
    named = named_in_order(what, known.events) or placed(what, known.events)
    written = [row for one in known.receipts for row in one.rows if row.moments]
    if not named:
        return None if family_of(known) != "events" or set(saying.content) <= known.their_words else False
    if written and not saying.clocks:
        return any(
            _overlap(row, one) or (one.span is None and begins(row) == begins(one)) for row in named for one in written
        )
    return any(lies_at(row, hours[-1:]) for row in named) if hours else None


def _by_then(lower: str, known: Known, before: Sentence) -> bool | None:
    """ "At that time the workshop is still on", "the call is over by then": by the hour of what was told last."""
    ones = told_last(known, before)
    others = [row for row in named_in_order(_AT_THAT_TIME.sub(" ", lower), slots(known)) if row not in ones]
    if len(others) != 1 or not ones:
        return None
    at = begins(ones[-1])
    so = ends(others[0]) <= at if _OVER.search(lower) else begins(others[0]) <= at < ends(others[0])
    return so is not is_denial(lower)


def _comes_then(lower: str, known: Known, before: Sentence) -> bool | None:
    """ "Until three you're free. Then there's the workshop": it doesn't begin before what was told last."""
    rows = named_in_order(lower, slots(known))
    if len(rows) != 1:
        return None
    return None if minute_of(begins(rows[0])) >= before.latest else False


def _in_the_way(saying: Saying, known: Known, before: Sentence) -> bool | None:
    """Whether things get in each other's way, or don't, as it is said."""
    lower = saying.lower
    if not OVERLAP.search(lower):
        return None
    none = is_denial(lower) or bool(_FREE_OF.search(lower))
    rows, named = slots(known), named_in_order(lower, slots(known))
    about = [row for row in rows if row.title & before.about and row not in named]
    if len(named) == 1 and _WOULD.search(lower) and (ours := about or _thread(known)):
        return None if begins(named[0]).date() == begins(ours[-1]).date() else False  # it must at least be that day's
    if none and known.receipts and not named and not listing(known):
        return not any(OVERLAP.search(one.say) for one in known.receipts)
    if not none or _BUT.search(lower):
        return None
    these = [*named, *about]
    if len(these) == 1:
        return not any(_overlap(these[0], row) for row in rows if row is not these[0] and row.span)
    these = these or [row for row in listing(known) if row.span and not row.whole_days]
    if not these and not known.reads:
        return None
    return not any(_overlap(one, other) for at, one in enumerate(these) for other in these[at + 1 :])


def _thread(known: Known) -> list[Row]:
    return [row for one in known.earlier for row in one.rows if row.span]


def _overlap(one: Row, other: Row) -> bool:
    return begins(one) < ends(other) and begins(other) < ends(one)


def in_its_part(saying: Saying, known: Known) -> bool:
    """ "The dentist eats up your afternoon": what is told of a part of the day lies in it."""
    if family_of(known) not in ("", "events") or any("choices" in one.content for one in known.refusals):
        return True
    for atom in saying.atoms:
        if is_denial(atom.lower):
            continue
        if (whole := _WHOLE.search(atom.lower)) and not tells_time(atom):
            named = named_in_order(atom.lower, listing(known))
            if len(named) == 1 and not any(
                _all_of(row, whole["part"]) for row in listing(known) if row.title & named[0].title
            ):
                return False
        part = part_of_day(atom.lower)
        if part is None or atom.clocks or _NO_MATTER.search(atom.lower):
            continue
        named = named_in_order(atom.lower, slots(known))
        if saying.days and not saying.content and not known.answers_now:
            named = _thread(known)[:1]
        if len(named) == 1 and not any(_lies_in(row, part, atom.lower) for row in _of_its_name(named[0], known)):
            return False
    return True


def _all_of(row: Row, name: str) -> bool:
    """ "All week", "the whole afternoon": whether it lies on all of it, the weekend aside."""
    days = {day.weekday() for day in row.dates}
    if name == "weekend":
        return {5, 6} <= days
    if name == "week":
        return {*range(5)} <= days
    first, last = PARTS[name]
    return row.whole_days or (
        minute_of(begins(row)) <= max(first, _DAWN) + _NEARLY and minute_of(ends(row)) >= last - _NEARLY
    )


def _of_its_name(row: Row, known: Known) -> list[Row]:
    return [one for one in slots(known) if one.title & row.title]


def _lies_in(row: Row, part: tuple[int, int], lower: str) -> bool:
    """Whether it begins there or has half of its time there; what only reaches into it needs no more than that, what begins there that alone."""
    if begins_in(part, begins(row)) or _AT_THE_START.search(lower):
        return begins_in(part, begins(row))
    first, last = minute_of(begins(row)), minute_of(begins(row)) + lasts(row) // timedelta(minutes=1)
    inside = min(last, part[1]) - max(first, part[0])
    return inside > 0 and (bool(_INTO.search(lower)) or 2 * inside >= last - first)
