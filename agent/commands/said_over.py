"""What is said over in the same breath: "at six, hang on, seven", "beer, er, no, wine", "on friday not thursday"."""

import re
from collections.abc import Iterator

from agent.commands.event_words import VERBS
from agent.commands.times import Clock, line
from agent.commands.words import Words, hear, opened, plains, written

_OVER = tuple(
    tuple(phrase.split())
    for phrase in """no no sorry make that|no sorry make that|no sorry i mean|no wait make that|no make that|no make it|no i mean|no i meant|no wait no|no wait|no sorry|sorry no|sorry i mean|sorry i meant
    wait no make that|wait no|wait make that|wait|hang on no|hang on|hold on no|hold on|i mean|i meant|i should say|make that|make it|rather make it|rather|or rather|no rather|no actually|actually no|actually make that|actually make it|actually
    scratch that make it|scratch that|strike that|correction|or better|better make it|better|sorry|oops no|oops|no better|no not that|nope|no|or no|oh no|no hang on|no hold on|that is|excuse me|pardon""".replace(
        "\n", "|"
    ).split("|")
)
"""How a word is taken back; the longest that fits is meant."""

_PLAIN_ENOUGH = frozenset(
    (
        "i mean|i meant|no sorry|sorry no|hang on|make that|no wait|or rather|no make that|no make it|sorry i mean|no i mean|scratch that|correction|wait no|no actually|actually no"
    ).split("|")
)
"""Those that need no comma before them to be heard as a correction."""

_BETWEEN = frozenset((("sorry",), ("no",), ("wait",), ("oops",), ("actually",), ("rather",), ("nope",)))
"""Those that are heard as one between two times, without any comma."""

_HINT = re.compile(r"\b(no|nope|not|sorry|wait|mean|meant|that|it|rather|on|correction|better|actually|oops|say|pardon|me|is|instead)\b", re.IGNORECASE)  # fmt: skip
_BEFORE = frozenset("on at by for from to in until till around about".split())
_NO_TIME = frozenset("dinner supper drinks breakfast was were did had and no so well then please just".split())
"""What may stand before a time and belongs to something else."""
_LONGEST = 7
_NAMING = frozenset("add put buy get write note stick pop jot invite email mail call message text tell order".split())
_BEHIND = frozenset("to on onto in from for saying that about off at by".split())
_NO_NAME = VERBS | frozenset("leave stop forget never cancel wait undo thanks move delete put add remind make call tell yes no only just".split())  # fmt: skip
_STUTTER = re.compile(
    r"\b(what's|what is|when's|where's|who's|is there|can you|could you|remind me|i have|do i|to|that|the|my|a|an|on|at|for|in|is|and|i|it|with|from|of|add|put|set|move)((?:,|\.\.\.|…| -)* \1\b)+(?! \1\b)",
    re.IGNORECASE,
)


def as_meant(text: str, clock: Clock) -> str:
    """The sentence as it was meant in the end; what was taken back is left out."""
    text = _STUTTER.sub(r"\1", text)
    if not (_HINT.search(text) or _HESITATING.search(text)) or '"' in text or "“" in text:
        return text
    text = re.sub(r"\brather than (?=(?:at |on |the )?\w+)", "instead of ", text, flags=re.IGNORECASE)
    if hesitated := _HESITATING.sub(", or rather ", text):
        text = (_only_time(hesitated, clock) if hesitated != text else None) or text
    end = "?" if text.rstrip().endswith("?") else ""
    words = hear(text)
    for _ in range(3):
        better = _corrected(words, clock) or _not_that(words, clock) or _instead(words, clock)
        if better is None:
            return text
        text = written(better) + end
        words = hear(text)
    return text


_HESITATING = re.compile(r",? (?:er|erm|uh)[,.…]* ", re.IGNORECASE)


def _only_time(text: str, clock: Clock) -> str | None:
    """ "for saturday, er, sunday at 10": a time after a hesitation is the one that is meant."""
    words = hear(text)
    for start, end in _markers(words):
        if better := _other_time(words, start, end, clock):
            return written(better)
    return None


def _corrected(words: Words, clock: Clock) -> Words | None:
    for start, end in _markers(words):
        better = _other_time(words, start, end, clock) or _other_name(words, start, end, clock)
        if better:
            return better
    return None


def _markers(words: Words) -> Iterator[tuple[int, int]]:
    """Where something is taken back, the longest way to say so first."""
    said = plains(words)
    for start in range(1, len(words) - 1):
        sizes = [len(over) for over in _OVER if said[start : start + len(over)] == over]
        if sizes and start + max(sizes) < len(words):
            size = max(sizes)
            between = said[start : start + size] in _BETWEEN and said[start - 1] not in _NO_TIME
            if words[start - 1].stop or between or " ".join(said[start : start + size]) in _PLAIN_ENOUGH:
                yield start, start + size


def _other_time(words: Words, start: int, end: int, clock: Clock) -> Words | None:
    """ "tomorrow at one, no sorry, at two"."""
    new = next((size for size in range(_LONGEST, 0, -1) if end + size <= len(words) and clock.is_time(words[end : end + size])), 0)  # fmt: skip
    if not new:
        return None
    said, instead = words[:start], words[end : end + new]
    wanted = _sort(instead, clock)
    old = _last_of(said, wanted, clock)
    if old is None:
        return None
    first, last = old
    lead = said[first : first + 1] if said[first].plain in _BEFORE and instead[0].plain not in _BEFORE else ()
    return (*said[:first], *lead, *instead, *said[last:], *words[end + new :])


def _sort(words: Words, clock: Clock) -> str:
    """A day, an hour, or both."""
    text = line(words)
    if not clock.names_day(text):
        return "hour"
    meaning = clock.meaning(text)
    return "day" if meaning is None or getattr(meaning, "all_day", True) else "both"


def _last_of(said: Words, wanted: str, clock: Clock) -> tuple[int, int] | None:
    """The words at the end that are corrected: of the same sort, or part of a time that holds both."""
    places = range(max(0, len(said) - _LONGEST), len(said))
    whole = next((at for at in places if said[at].raw and said[at].plain not in _NO_TIME and clock.is_time(said[at:])), None)  # fmt: skip
    if whole is None:
        return None
    sort = _sort(said[whole:], clock)
    if wanted in (sort, "both"):
        return whole, len(said)
    if sort != "both":
        return None
    # of "tomorrow at one" only the hour is another
    for at in range(whole + 1, len(said)):
        if clock.is_time(said[at:]) and _sort(said[at:], clock) == wanted:
            return at, len(said)
    for at in range(len(said) - 1, whole, -1):
        if clock.is_time(said[whole:at]) and _sort(said[whole:at], clock) == wanted:
            return whole, at
    return None


def _other_name(words: Words, start: int, end: int, clock: Clock) -> Words | None:
    """ "add beer, no, wine to the shopping list": one short name in the place of another."""
    first = len(words) - len(opened(words))
    if first >= start or words[first].plain not in _NAMING or not words[start - 1].stop:
        return None
    last = next((at for at in range(end, len(words)) if words[at].plain in _BEHIND), len(words))
    instead, said = words[end:last], words[first + 1 : start]
    if not 0 < len(instead) <= 3 or _NO_NAME & set(plains(instead)) or clock.is_time(instead):
        return None
    behind = next((at for at, word in enumerate(said) if at and word.plain in ("to", "on", "onto")), len(said))
    begin = max((at + 1 for at, word in enumerate(said[: behind - 1]) if word.stop == ","), default=0)
    if behind < len(said) and last < len(words):
        return None
    if not 0 < behind - begin <= 3:
        return None
    return (*words[: first + 1], *said[:begin], *instead, *said[behind:], *words[last:])


def _instead(words: Words, clock: Clock) -> Words | None:
    """ "yoga at seven instead of six next week" is "yoga at seven next week instead"."""
    said = plains(words)
    at = next((i for i, word in enumerate(said) if word == "instead" and i), 0)
    if not at or not any(clock.is_time(words[max(0, at - n) : at]) for n in range(1, min(at, _LONGEST) + 1)):
        return None
    begin = at + 1
    if said[begin : begin + 1] in (("of",), ("for",)):
        size = next((n for n in range(_LONGEST, 0, -1) if clock.is_time(words[begin + 1 : begin + 1 + n]) and begin + 1 + n <= len(words)), 0)  # fmt: skip
        sort = _sort(words[begin + 1 : begin + 1 + size], clock) if size else ""
        # "of six next week": the week belongs to the new time
        shorter = next((n for n in range(1, size) if clock.is_time(words[begin + 1 : begin + 1 + n]) and _sort(words[begin + 1 : begin + 1 + n], clock) == "hour"), 0)  # fmt: skip
        begin += 1 + (shorter or size) if sort else 0
        if begin == at + 1:
            return None
    rest = words[begin:]
    if begin > at + 1 and rest and not clock.is_time(rest):
        return (*words[: at + 1], *rest)
    if begin == at + 1 and not (rest and clock.is_time(rest)):
        return None
    return (*words[:at], *rest, words[at])


def _not_that(words: Words, clock: Clock) -> Words | None:
    """ "five not five thirty" is five; "not friday, thursday" is "no, thursday"."""
    said = plains(words)
    for at, word in enumerate(said):
        if word != "not":
            continue
        size = next((n for n in range(_LONGEST, 0, -1) if at + 1 + n <= len(words) and clock.is_time(words[at + 1 : at + 1 + n])), 0)  # fmt: skip
        if not size:
            continue
        begin, end = at, at + 1 + size
        if end < len(words) and said[end] == "but":
            end += 1
        # the other time stands before it, or behind
        if any(clock.is_time(words[max(0, begin - n) : begin]) for n in range(1, min(begin, _LONGEST) + 1)):
            return (*words[:begin], *words[at + 1 + size :])
        if end < len(words) and clock.is_time(words[end:]) and begin <= 1:
            return (*hear("no,"), *words[end:])
        if end < len(words) and words[end - 1].stop and any(clock.is_time(words[end : end + n]) for n in range(1, 5)):
            return (*words[:begin], *words[end:])
    return None
