"""Words that stand somewhere already: a tool's own sentence, the question that waits for a yes, the person's words taken up before a question."""

import re
from collections.abc import Iterator

from agent.claims.clocks import Clock
from agent.claims.known import Known
from agent.claims.numbers import VALUES, without_lengths
from agent.claims.plain import plain, stem, stemmed, stems, words
from agent.claims.rows import Row
from agent.claims.saying import VERB, Saying, Sentence
from agent.claims.verbs import DONE
from agent.claims.vocabulary import LITTLE

_SAYS_SOMETHING = 3
"""Words that are enough to be known again."""
_TAKES_UP = re.compile(r"^(?:so|you mean|you'd like|just to be sure|let me see)\b[, ]*")
_STANDS = re.compile(r"'s (?:already|now|still|back|all|off|on|in|out|gone|done|\w+ing)\b|\balready\b")
_PUT = re.compile(
    r"\b(?:no more|makes|(?:on|in)(?! (?:\w+day|\d|the \w+(?:st|nd|rd|th)\b))|off|down|out|done|gone|there)\b"
)
_QUOTED = re.compile(r"(?:^|(?<=[\s(:]))['\"](?P<inner>[^'\"]{2,}(?:'\w[^'\"]*)*)['\"](?=[\s.,;:!?)]|$)")
_PUT_AWAY = re.compile(r"\b(?:off|on|in|out|gone|done)\W*$|\b(?:turned|came|showed|popped) up\b")
_TO_BE_ANSWERED = re.compile(r"[,:]\s*$")


def as_asked(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether the sentence is the question that waits for a yes, word for word so far: it tells what would be done."""
    said = f"{before.text} {saying.text}".strip()
    return len(said.split()) >= _SAYS_SOMETHING and any(plain(one.say).startswith(said) for one in known.waiting)


def word_for_word(saying: Saying, known: Known, before: Sentence) -> bool:
    """Whether a tool's own sentence says it, alone or with what was said of the sentence so far: a receipt's, a refusal's, a suggestion's."""
    for told in (saying.lower, f"{before.text} {saying.text}".lower()):
        said = told.strip(" .,;:!-'\"")
        if len(said.split()) >= _SAYS_SOMETHING and any(said in one for one in known.own_sentences):
            return True
    return False


def echoes(saying: Saying, known: Known, text: str) -> bool:
    """Whether it only takes up the person's own words before it goes on: "Friday at seven for four:", or proposes: "So Friday at ten,"."""
    proposes = _TAKES_UP.match(saying.lower)
    if (
        not _TO_BE_ANSWERED.search(text)
        or VERB.search(re.sub(r"'s\b", "", saying.lower))
        or _STANDS.search(saying.lower)
        or re.match(r"\W*i\b", saying.lower)
        or (_PUT_AWAY.search(saying.lower) and not proposes)
    ):
        return False
    asked, own = words(known.asked), words(saying.text)
    if not proposes and 2 * sum(stem(word) in stemmed(asked) for word in own) < len(own):
        return False  # "he's down for four now"
    if any(word in DONE and word not in asked for word in own):
        return False  # "passport ticked off, bread on"
    told = words(_TAKES_UP.sub("", without_lengths(saying.lower)))
    named = stemmed(word for word in told if word in VALUES or stem(word) not in LITTLE)
    named |= stems(" ".join(saying.text[day.start : day.end] for day in saying.every_day))
    borne = stemmed(asked)
    if proposes and not known.answers_now:  # also what the thread is about
        borne = borne.union(known.their_words, *(row.words for row in known.thread))
    return bool(named) and named <= borne


def taken_up(saying: Saying, known: Known) -> bool:
    """ "Plants at eight." before anything was called: nothing but the person's own words."""
    if known.answers_now or VERB.search(saying.lower) or not (saying.content or saying.clocks):
        return False
    if _PUT.search(saying.lower) or any(word in DONE for word in words(saying.lower)):
        return False
    if saying.days or saying.lengths:
        return as_they_said(saying, known)
    asked = stems(known.asked)
    return all(word in asked for word in saying.content) and all(
        any(row.has(clock) for row in known.persons[-1:]) for clock in saying.clocks
    )


def as_they_said(saying: Saying, known: Known) -> bool:
    """Whether all names, hours, days and lengths of it are those of the person's last words, the day perhaps that of the thread: "Coffee, Monday at four for an hour"."""
    about = (*known.persons, *(row for one in known.earlier for row in one.rows))
    return not saying.past and any(
        all(word in row.words for word in saying.content)
        and all(row.has(clock) or (at and _is_end(clock, row)) for at, clock in enumerate(saying.clocks))
        and all(any(one.on(day) for one in (row, *about)) for day in saying.days)
        and all(length in row.lengths for length in saying.lengths)
        and bool(saying.clocks)
        for row in known.persons[-1:]
    )


def _is_end(clock: Clock, asked: Row) -> bool:
    """ "From two to half past two", asked for half an hour at two."""
    return any(clock.means(minute + length) for minute in asked.clocks for length in asked.lengths)


def quoted_right(saying: Saying, known: Known, before: Sentence) -> bool:  # noqa: ARG001
    """Whether what is quoted stands somewhere: in a row, in what a tool was given, in the person's own words."""
    quoted = _QUOTED.findall(saying.text) if known.answers else []
    return all(any(_within(one, text) for text in _texts(known)) for one in quoted)


def _texts(known: Known) -> Iterator[str]:
    yield from (row.text for row in (*known.here, *known.thread, *known.persons))
    for one in known.answers:
        yield one.say
        yield from map(str, one.arguments.values())


def _within(quoted: str, text: str) -> bool:
    """Whether these words stand there, in their order."""
    return " ".join(words(quoted)) in " ".join(words(text))
