"""Told without anybody having looked: about the person's day, mail or lists nothing can be said but what the prompt, the thread and they themselves have."""

import re

from agent.claims.asking import THINGS, is_look_up, is_order
from agent.claims.days import Day
from agent.claims.emptiness import nothing
from agent.claims.emptiness_words import tells_time
from agent.claims.known import Known
from agent.claims.lasting import measured
from agent.claims.moods import is_conditional, is_denial, is_offer, needs_leave
from agent.claims.numbers import counts
from agent.claims.plain import stems, words
from agent.claims.reports import MAIL_WORDS
from agent.claims.rows import Row
from agent.claims.saying import VERB, Saying, Sentence
from agent.claims.verbs import DONE

_OURS = re.compile(
    r"^(?:and |but |so |well,? |then |oh,? |hm+,? |sorry,? |no,? |sure,? |right now,? |at the moment,? |so far,? |(?:just (?:an? )?|one |an? |half an? )(?:second|sec|moment|minute|tick),? |(?:hang|hold) on,? |(?:good|fair) question,? )*(?:i|can't (?:say|tell|be sure)|(?:don't|haven't|not) (?:know|looked|checked|sure)|no idea|here (?:we|you) go|i'm|i've|i'd|i'll|we|we'd|let me|let's|that i|me|my|(?:happy|glad|sorry|good|nice) to|gladly|with pleasure|what|which|who|where|how|why|whose)\b"
)
_LOOKED = re.compile(
    rf"\bi(?:'ve| have)? (?:just |also |already |now |quickly )*(?:looked|checked|searched|scanned|reviewed|went|gone|had a (?:look|peek))\b|\bi(?:'ve| have)(?: just| already)* (?:been|gone|looked) (?:through|over|into|in)\b|\bi (?:can )?(?:see|find|found) (?=nothing|no\b|only|one\b|two\b|three\b|your\b|an? (?:\w+ )?(?:{THINGS})\b)|\baccording to your (?:{THINGS})\b"
)
_ASIDE = re.compile(
    r"^(?:even |and |but |or )*(?:when|if|though|although|while|before|after|whenever|unless|because)\b"
)
""" "Even when the list isn't empty": nothing that is told of this day."""
_FREES = re.compile(r"\b(?:(?:frees|clears)(?: up)?|opens up) (?:your|the|all|most|half)\b")
""" "That frees up your Tuesday": what comes of something that nobody did."""
_HABIT = re.compile(r"\byou (?:usually|always|normally|often|mostly|generally) |\byour usual\b")
_LETTERS = re.compile(r"\b[B-HJ-Z]\b")
_BID = re.compile(
    r"^(?:please|do (?!you\b|i\b|we\b|they\b))|^(?:and |but |so |then |just |do |please |well,? )*(?:give|hold|wait|hang|bear|let|tell|say|take|enjoy|have|ask|pick|choose|name|try|feel|don't|stay|sit|excuse|forgive|imagine|remember|mind)\b(?! (?:it's|that's|there))"
)
_TELLS = re.compile(
    rf"\b(?:you|you're|you've|you'll|your|there|there's|they|it's|it|he|she|nothing|nobody|none|quiet|busy|free|packed|full|calm|empty|clear|light|busiest|only|just|all|two|three|four|five|some|several|a couple|most|mostly|both|every\w*|{THINGS})\b"
)
_COUNTS = re.compile(
    r"\b(?:nothing|nobody|none|no|quiet|busy|free|packed|full|calm|empty|clear|light|two|three|four|five|six|some|several|a couple|most|mostly|all|both|everything)\b"
)
""" "Two meetings", "nothing much": even without a verb."""
_EVALUATES = re.compile(
    r"\b(?:sounds?|congratulations|lovely|nicely|evenly|beyond|up to you|question|depends|means|kind of you|have to|would|should|best)\b"
)
_MAKES = re.compile(
    r"\bmakes\b|^(?!so\b)[\w' :,-]+ (?:off|on|in|out|down|back)[.,;!]*$|'s (?:on|off|in|out|down|\w+ing)\b|\b(?:reminder|alarm|booking|reservation)\b"
)
_IS_IN = re.compile(
    r"\b(?:saved|stored|noted|gone|done|running|set|sorted|arranged|booked|yours|in the (?:diary|calendar|book|bag)|out of the way|off the list)\b"
)
_BEFORE_NOW = re.compile(
    r"\b(?:(?:you|your|he|she|his|her|their|they)\b.* (?=last (?:night|week|month|year|time)|yesterday|ago|\w+ times)|(?=(?:her|his|their|your) (?:last|latest|recent|previous))|(?:as|like) )"
    r"(?P<when>last (?:night|week|month|year|time)|yesterday|ago|\w+ times|(?:her|his|their|your) \w+|always|usual|every (?:week|time|day))\b"
)
""" "Same as last time": of what was, nobody has told."""
_WHOSE = r"(?:[Aa]nd |[Bb]ut |[Ss]o )?(?:(?:[Tt]he|[Yy]our|[Hh]is|[Hh]er|[Tt]heir)(?: [\w-]+){1,2}|[Hh]e|[Ss]he|[Tt]hey|(?!You|It|That|This|There|Here|We|What|So|And|But|Yes|No)[A-Z][a-z]+)"
_OTHERS = re.compile(
    rf"{_WHOSE}(?:'s|'re|'ve| is| are| has| have| was| were| can(?! be\b)| (?!as\b|plus\b|yes\b|this\b|does\b|needs\b)[a-z]+(?<![us])s)\b"
)
""" "The nursery delivers": what somebody else is or does."""
_EXISTS = re.compile(r"\bthere(?:'s| is| are) (?!no (?:tool|way|need|rush|hurry|problem|doubt|harm)\b)")
_ALREADY = re.compile(r"\balready\b(?! (?:passed|past|gone|over|behind)\b)")
_CAPITAL = re.compile(r"\b[A-Z][a-z]+\b")
_PERHAPS = re.compile(
    r"\b(?:surely|probably|certainly|sure to|understand|maybe|perhaps|might|hopefully|me|i|i'd|i'll|i'm)\b"
)
_OF_DAYS = re.compile(
    r"^\W*(?:and |so |yes,? )*(?:it's|it is|that's|that is|that would be|that'd be|today|tomorrow|next week|this week|the week|you mean|\w+day|the \w+|\d|twenty|ten|half|quarter|from)\b|^\d+:\d"
)
_STATE = re.compile(
    r"\b(?:done|ticked|finished|complete\w*|empty|clear|cleared|zero|free|packed|full|quiet|read|unread|waiting|overdue|due|late|calm\w*|quiet\w*|bus(?:y|ier|iest)|light\w*|up to date|behind|left|booked|nothing|answered|caught up)\b"
)
_OF_THEIRS = re.compile(
    rf"\b(?:your|all|every|each|any|no|the|single) (?:[\w-]+ ){{0,2}}?(?:{THINGS}|day|week|afternoon|morning|evening)\b"
)
_POLITE = re.compile(
    r"\b(?:depends|up to you|your (?:choice|call|pick|briefing)|you mean|you're (?:welcome|right)|lost me|you (?:asked|said|want)|thank|that much is|(?:beyond|out of|within|in) my?e?\b|(?:what|than) (?:i|we)(?:'ve got| have| can see| see| know| do))\b"
)


def unlooked(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether a clause tells of their things though nothing was called in this thread and nothing known bears it out."""
    if not known.uncalled or is_conditional(before.text):
        return False
    lower = saying.lower.strip()
    if is_conditional(lower) and (needs_leave(lower) or _LOOKED.search(lower)):
        return False  # "nothing goes out until you give me your okay", "once I've looked"
    if _LOOKED.search(lower) and not is_denial(lower[:40]):
        return True
    if _habit(saying, known) or _FREES.search(lower):
        return True
    if (
        _ASIDE.match(lower)
        or (is_offer(lower) and not _COUNTS.match(lower.removeprefix("no ")))
        or _OURS.match(lower)
        or _BID.match(lower)
        or _POLITE.search(lower)
    ):
        return False
    if _OURS.match(before.text.lower()) and not (VERB.search(lower) or saying.content or saying.clocks):
        return False  # "I only have today, not tomorrow"
    if not is_look_up(known.asked):
        return (
            _as_done(saying, known, before)
            or _of_others(saying, known, before)
            or bool(_OF_THEIRS.search(lower) and _STATE.search(lower))
        )
    if _dates_alone(saying, known):
        return False
    if _EVALUATES.search(lower) and not (saying.clocks or saying.names or _COUNTS.search(lower)):
        return False
    if not (VERB.search(lower) or _TELLS.search(lower) or saying.clocks or saying.days or saying.names or before.text):
        return False
    if not VERB.search(lower) and not (saying.clocks or _COUNTS.search(lower) or re.match(r"(?:only|just|mostly|all)\b(?! (?:a|one) (?:second|sec|moment|minute|tick))", lower)) and (len(words(lower)) < 3 or not saying.content):  # fmt: skip
        return False
    return not (
        _counted(saying, known)
        or _nothing_there(saying, known, before)
        or measured(saying, known, before)
        or _from_the_prompt(saying, known, before)
    )


def _as_done(saying: Saying, known: Known, before: Sentence) -> bool:
    """Asked to do something, with nothing called: that what they named is so now, or anything is "in", "saved", "gone"."""
    lower = saying.lower
    if not is_order(known.asked) or is_denial(lower.replace("no longer", " ")) or _EVALUATES.search(lower):
        return False
    lower = re.split(r"\bthat (?:you|i)\b", lower)[0]
    if not (
        _MAKES.search(lower) or VERB.search(lower) or _STATE.search(lower) or any(word in DONE for word in words(lower))
    ):
        return False
    if not (_STATE.search(lower) or _IS_IN.search(lower) or _MAKES.search(lower)) and all(
        word in known.their_words for word in saying.content
    ):
        return False  # their own words again
    named = set(saying.content) & known.their_words
    things = re.search(rf"\b(?:{THINGS}|reservation|booking|table)\b", lower)
    return bool((named or things or _IS_IN.search(lower)) and not _from_the_prompt(saying, known, before))


def _of_others(saying: Saying, known: Known, before: Sentence) -> bool:
    """What nobody can know who hasn't looked: what others do or were, what a thing costs, what was last time."""
    lower = saying.lower
    if (past := _BEFORE_NOW.search(lower)) and past["when"] not in known.asked.lower():
        return True
    if is_order(known.asked) and (_EXISTS.search(lower) or _ALREADY.search(lower)):
        return not _from_the_prompt(saying, known, before)
    if (
        is_denial(lower)
        or _PERHAPS.search(lower)
        or (set(saying.content) <= known.their_words and not tells_time(saying))
    ):
        return False
    if is_order(known.asked):
        told = bool(_OTHERS.match(saying.text)) and not _EVALUATES.search(lower)
    else:
        called = stems(" ".join(_CAPITAL.findall(saying.text)))
        told = bool(VERB.search(lower)) and any(called & row.title for row in known.agenda)
    return bool(told) and not _from_the_prompt(saying, known, before)


def fragment(saying: Saying, known: Known) -> bool:
    """ "Just the one on Monday, …": asked to do something, and before anything is called, words without a verb only make sure."""
    if known.answers or is_look_up(known.asked) or VERB.search(saying.lower) or _COUNTS.search(saying.lower):
        return False
    told = saying.lengths or any(one.search(saying.lower) for one in (_STATE, _MAKES, _FREES))
    if told or any(word in DONE for word in words(saying.lower)):
        return False
    borne = known.their_words.union(*(row.words for row in known.agenda))
    return all(word in borne for word in saying.content)


def _habit(saying: Saying, known: Known) -> bool:
    """ "You usually park in row C": of what they speak of another letter than theirs."""
    theirs = {letter for row in known.persons for letter in _LETTERS.findall(row.text)}
    return bool(_HABIT.search(saying.lower)) and not theirs.issuperset(_LETTERS.findall(saying.text))


def _dates_alone(saying: Saying, known: Known) -> bool:
    """ "Next week starts on Monday the ninth", "it's Wednesday, twenty past ten": of the clock and the calendar on the wall, and right."""
    told = saying.clocks or (saying.days and _OF_DAYS.match(saying.lower))
    return bool(told and not saying.content) and all(map(known.is_now, saying.clocks))


def _from_the_prompt(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether all that is named stands in the prompt's agenda, on the day that is meant, or was written in the thread or said by the person."""
    meant = saying.days or before.days or known.asked_days
    rows = [*(row for row in known.agenda if _on(row, meant)), *(row for one in known.earlier for row in one.rows)]
    borne = frozenset().union(*(row.words for row in rows)) | known.their_words
    if not all(word in borne for word in saying.content):
        return False
    if any(word in row.title for word in saying.content for row in rows):
        return True
    if (hours := [clock for clock in saying.clocks if not known.is_now(clock)]) and not saying.content:
        about = before.about or stems(known.asked)
        rows = [row for row in known.spans if row.title & about] or rows
        return any(all(row.has(clock) for clock in hours) for row in rows)
    return False


def _nothing_there(saying: Saying, known: Known, before: Sentence) -> bool:
    """ "Until two you're free": by the next events, as far as they reach."""
    return not saying.content and nothing(saying, known, before) == ""


def _counted(saying: Saying, known: Known) -> bool:
    """Whether it only counts what is on the calendar, which is compared with it then."""
    if known.answers or saying.content or MAIL_WORDS.search(known.asked.lower()):
        return False
    return bool([*counts(saying.timed)])


def _on(row: Row, asked: list[Day]) -> bool:
    return all(row.on(day) for day in asked)
