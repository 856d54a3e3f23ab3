"""Claims about the person's day: hours, days, counts, names, what somebody wrote. Each needs a row that says so."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from agent.claims.arrivals import came_then, only_from
from agent.claims.clocks import without_clocks
from agent.claims.counting import are_there, as_asked_for, counted_around, counts_of_its_name, of_a_name, parts_counted
from agent.claims.days import Day
from agent.claims.denied import absent
from agent.claims.echoes import quoted_right
from agent.claims.emptiness import nothing
from agent.claims.emptiness_words import tells_time
from agent.claims.enumerated import enumerated
from agent.claims.fitting import FEWER
from agent.claims.gaps import as_gap
from agent.claims.guests import taking_part, unaccompanied
from agent.claims.known import Known
from agent.claims.lasting import measured, sums_up, until_an_hour
from agent.claims.letters import as_in_the_mail
from agent.claims.listed import family_of
from agent.claims.lists import counted_by_list, marked_right, on_it, on_its_list
from agent.claims.moods import is_denial
from agent.claims.numbers import NUMBER, Count, counts
from agent.claims.orders import comes_next, in_order, on_its_side, whole
from agent.claims.overlapping import overlapping
from agent.claims.pairing import blamed, borne_out, named_right
from agent.claims.places import in_its_place
from agent.claims.plain import stem, stemmed
from agent.claims.recurring import recurring
from agent.claims.remembered import remembered
from agent.claims.reports import MAIL_WORDS, is_report, they_said, weighs
from agent.claims.saying import THERE, Saying, Sentence
from agent.claims.standing import NO_DATE, stands
from agent.claims.verbs import ANY, BASES, DONE

_LOOKED = re.compile(
    r"\bi(?:'ve| have)? (?:just |also |already |now )*(?:looked|checked|searched|went through|gone through|scanned|reviewed|had a look)\b"
)
_FOUND = re.compile(
    r"\bi(?:'ve| have)? (?:also |just )*(?:found|spotted|come across|came across)\b(?! (?:it|that|out)\b)"
)
_DONE_BY_THEM = re.compile(r"\byou(?:'ve|'d| have| had)? (?:already |just )*(?:done|finished|completed|sent|paid|bought|replied|answered|called|booked|submitted)\b")  # fmt: skip
_OF_THEMSELVES = re.compile(r"\b(?:i|we)\b|'s\b|\b(?:is|are)\b")
""" "Tick off the scaffolding" doesn't tell that they finished it."""
_NOT_LOOKED = re.compile(
    r"\bi (?:haven't|have not|didn't|did not) (?:actually |even |yet )*(?:look(?:ed)?|check(?:ed)?|search(?:ed)?|read|open(?:ed)?)\b(?P<where>.*)"
)
_FOR = re.compile(r"\b(?:for|at|into|through|in|whether|if)\b")
_WHERE = {"events": "calendar", "messages": "mail", "tasks": "task", "reminders": "reminder", "memories": "note"}
"""Where one looks, by the word for it."""
_THEIR_DEED = re.compile(
    r"\byou(?:'ve| have)?(?: already| just| once| recently| since| also)* (?P<done>deleted|archived|cancelled|removed|moved|rescheduled|signed|accepted|declined|confirmed|forwarded|told|written|wrote|ticked|answered|replied|called|phoned|paid|bought|booked|finished|submitted)\b(?! (?:me|us|with|at|by)\b)"
)
_VERBS = stemmed(DONE) | stemmed(BASES)
_ALL_DONE = re.compile(
    r"\b(?:all|every one)(?: of)? (?:your|the) (?:open )?(?:tasks|to-dos|reminders|things)(?: are|'re| is)(?: now| all| already)* (?:done|finished|ticked|completed?)\b"
)
_YOU_DID = re.compile(r"\byou(?:'ve| have| already)(?: already| just)* [a-z]+(?:ed|nt|ught|ne|id)\b")
_TOTAL = re.compile(
    rf"\b(?:that makes|that's|makes it|now has|now have|there are now) {NUMBER}\b(?! o'clock)[^,;]*\b(?:on|in) (?:it|there|that|the|your)\b|\b{NUMBER} (?:things|items)(?: \w+)? on (?:it|the list|your [\w ]*list)\b"
)
"""How much there is on a list in all."""
_NEXT = re.compile(r"(?:\bis|\bare|\bcomes?|'s) next\b")
_AND_NOTHING = re.compile(r",? (?:and|or) (?=nothing\b)")
_SOME = re.compile(
    r"\b(?:of them|of these|of those|left|more|other|others|with|in the|before|after|still|first|last|next|from|due|main|matter|remaining|on your|on the|to come)\b"
)
_PLACES = (
    (re.compile(r"\b(?:e-?mails?|mails?|inbox|mailbox|messages)\b"), {"search_email", "read_email", "summarize_inbox"}),
    (re.compile(r"\b(?:calendar|diary)\b"), {"list_events", "find_free_time", "add_event", "change_event", "cancel_event"}),
)  # fmt: skip
"""Where it is said that we looked, and the tools that look there."""
_TOOLS = (
    ({"list_tasks"}, "tasks"), ({"list_reminders"}, "reminders"), ({"search_email", "read_email", "summarize_inbox"}, "messages"),
    ({"recall"}, "memories"), ({"list_changes"}, "changes"),
)  # fmt: skip


def doubt(saying: Saying, known: Known, before: Sentence) -> str | None:
    """The family of things about which a clause says something that nothing bears out; None when it may be said."""
    so = _is_so(saying, known, before)
    return None if so is True else so or _family(saying, known)


def _is_so(saying: Saying, known: Known, before: Sentence) -> bool | str:
    """Whether a clause may be said; of what is denied or reported wrongly, the family of things that it is about."""
    days = saying.days or before.days
    gone = None if NO_DATE.search(saying.lower) else absent(saying, known, days, before.about)
    if gone is not None:
        return gone
    if (computed := measured(saying, known, before)) is False:
        return False
    if computed and (not (saying.content or saying.clocks) or sums_up(saying, known)):
        return True
    if (alone_there := unaccompanied(saying, known, before)) is not None:
        return alone_there
    if (family := _nothing(saying, known, before)) is not None:
        return family or True
    if not stands(saying, known, before) or not all(check(saying, known, days) for check in _CHECKS):
        return False
    if not all(check(saying, known, before) for check in _IN_CONTEXT if not (computed and check is in_order)):
        return False
    if is_report(saying, known):
        return named_right(saying, known, before) or "messages"
    if (is_denial(saying.lower) and not saying.clocks) or (tells_time(saying) and not saying.content):
        return True
    if (so := on_its_side(saying, known)) is not None:
        return so
    told = counted_around(saying, known, days) or as_gap(saying, known, before)
    so = told or _each_borne_out(saying, known, before, measured=bool(computed))
    return bool(so) and named_right(saying, known, before)


def _each_borne_out(saying: Saying, known: Known, before: Sentence, *, measured: bool) -> bool:
    """Whether a row bears out each part of a clause, with the day that was told before it. `measured`: its lengths are right."""
    told, running, about = there(saying) or before.listing, before.days, before.about
    apart = family_of(known) in ("messages", "memories")
    for atom in saying.atoms:
        running = atom.days or running
        anew = not atom.days and (_NEXT.search(atom.lower) or (apart and not atom.clocks))
        meant = atom.days or atom.clocks or before.days
        days = running if meant and not anew else []  # the day of one mail isn't that of the next
        before = replace(before, about=about)
        if not (measured and until_an_hour(atom)) and not borne_out(atom, known, before, days, there=told):
            return False
        about = frozenset(atom.content) & known.titles or about
    return True


def _nothing(saying: Saying, known: Known, before: Sentence) -> str | None:
    """As `nothing`, of each part: "nothing before ten, and nothing after six"."""
    found: list[str | None] = []
    for part in _AND_NOTHING.split(saying.text):
        one = Saying(part, saying.today)
        found.append(nothing(one, known, before))
        before = replace(before, told=before.told.union(one.content))  # "the plumber at noon, and nothing else"
    return next(filter(None, found), found[-1])


def there(saying: Saying) -> bool:
    """Whether a clause begins to tell what there is."""
    return bool(THERE.search(saying.lower))


def _family(saying: Saying, known: Known) -> str:
    if MAIL_WORDS.search(saying.lower):
        return "messages"
    looked = {one.tool for one in known.reads}
    if looked & {"list_events", "find_free_time"}:
        return "events"
    return next((family for tools, family in _TOOLS if looked & tools), "events")


def _today(saying: Saying, known: Known, days: Sequence[Day]) -> bool:  # noqa: ARG001
    """ "It's Thursday": about now, unless something is named."""
    first = saying.atoms[0]
    its = re.match(r"(?:it's|it is|today is|today's) (?!on\b|for\b|this\b|next\b)(?:a )?\w+day\b", first.lower)
    if first.content or first.clocks or not its:
        return True
    return all(day.fits(known.now.date()) for day in first.every_day)


def _of_that_date(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "On the 18th, which is a Thursday": the day of the week of the date that was told before it."""
    if not before.days or not _WHICH_IS.match(saying.lower):
        return True
    near = (known.now.date() + timedelta(days=away) for away in range(90))
    told = next((one for one in near if all(day.fits(one) for day in before.days)), None)
    return told is None or all(day.fits(told) for day in saying.every_day)


def _listed(saying: Saying, known: Known, days: Sequence[Day]) -> bool:  # noqa: ARG001
    return not known.answers or on_its_list(saying, [*known.here, *known.thread, *known.persons])


def counted(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether there are so many as are said to be."""
    days, of_list = saying.days or before.days, counted_by_list(saying, known, before)
    if of_list is False or not counts_of_its_name(saying, known):
        return False
    if _TOTAL.search(FEWER.sub(" ", saying.lower)) and not known.rows_of("tasks"):
        return False
    days = days or known.days_meant
    for part in re.split(r"[,;:](?!\d)", without_clocks(saying.timed)):
        some = bool(of_list or _SOME.search(part.lower()))
        found = (one for one in counts(part) if _can_be_counted(one, known))
        if not all(are_there(count, known, days, part=some) or as_asked_for(count, known) for count in found):
            return False
    return True


def _can_be_counted(one: Count, known: Known) -> bool:
    """Whether what is counted isn't what has a name, or what mails say."""
    return not of_a_name(one, known) and not _in_a_mail(one, known)


def _in_a_mail(count: Count, known: Known) -> bool:
    """ "Two things:" after mails were read: what they say, not how many there are."""
    return count.family == "any" and family_of(known) == "messages"


def _looked(saying: Saying, known: Known, days: Sequence[Day]) -> bool:  # noqa: ARG001
    if (denied := _NOT_LOOKED.search(saying.lower)) and known.answers_read:
        named = {family for family, word in _WHERE.items() if word in denied["where"]}
        return family_of(known) not in named if named else bool(_FOR.search(denied["where"]))
    if _FOUND.search(saying.lower) and known.receipts and not (known.answers_read or known.refusals):
        return set(saying.content) <= {word for one in known.receipts for row in one.rows for word in row.title}
    match, used = _LOOKED.search(saying.lower), {one.tool for one in known.answers if one.now}
    if match is None:
        return True
    places = [tools for words, tools in _PLACES if words.search(saying.lower[match.end() :])]
    return any(used & tools for tools in places) if places else bool(used)


def _did(saying: Saying, known: Known, days: Sequence[Day]) -> bool:  # noqa: ARG001
    """ "You've finished the report": it is ticked off, or was sent."""
    if _ALL_DONE.search(saying.lower) or (
        _DONE_BY_THEM.search(saying.lower) and re.search(r"\b(?:all|everything|every)\b", saying.lower)
    ):
        looked = [one.result["tasks"] for one in known.reads if "tasks" in one.result]
        return bool(looked) and all(each.get("done") for tasks in looked for each in tasks)
    if _YOU_DID.search(saying.lower) and saying.content and not is_denial(saying.lower):
        things = {word for word in saying.content if word not in _VERBS}
        hit = [row for row in known.rows_of("tasks") if things and things <= row.title and "done" in row.data]
        if hit and not any(row.data["done"] for row in hit):
            return False
    match = _THEIR_DEED.search(saying.lower)
    tools = DONE[match["done"]][1] if match and match["done"] in DONE else ANY
    if match and not is_denial(saying.lower) and not tools & {one.tool for one in known.receipts}:
        if changes := {row.data.get("tool") for row in known.rows_of("changes")}:
            return bool(tools & changes)
        said = frozenset().union(*(row.words for row in known.persons if _OF_THEMSELVES.search(row.text.lower())))
        if stem(match["done"]) not in said and not _DONE_BY_THEM.search(saying.lower):
            return False
    if not _DONE_BY_THEM.search(saying.lower) or not saying.content:
        return True
    rows = [row for row in (*known.here, *known.thread) if row.data.get("done") or not row.data]
    told = [row for row in known.persons if _OF_THEMSELVES.search(row.text.lower())]
    named = [{word, stem(DONE.get(word, (word,))[0])} for word in saying.content]  # "paid" is in "pay the rent"
    return any(all(one & row.words for one in named) for row in (*rows, *told))


def _conflicts(saying: Saying, known: Known, days: Sequence[Day]) -> bool:  # noqa: ARG001
    return overlapping(saying, known)


def _around(saying: Saying, known: Known, days: Sequence[Day]) -> bool:
    return counted_around(saying, known, days) is not False


_WHICH_IS = re.compile(r"^\W*(?:and |so )?(?:which|that)(?:'s| is| falls on| would be) an? \w+day\b")
_CHECKS: tuple[Callable[[Saying, Known, Sequence[Day]], bool], ...] = (
    _around, _today, _listed, comes_next, _looked, _did, _conflicts, they_said, weighs, only_from,
)  # fmt: skip
_IN_CONTEXT: tuple[Callable[[Saying, Known, Sentence], bool], ...] = (
    counted,
    parts_counted,
    marked_right,
    in_its_place,
    came_then,
    as_in_the_mail,
    on_it,
    enumerated,
    remembered,
    quoted_right,
    in_order,
    taking_part,
    recurring,
    blamed,
    whole,
    _of_that_date,
)
"""Those that may go back to what was told before."""
