"""Reading a whole sentence: the rules in the order they are tried, and what each phrase adds."""

from collections.abc import Callable
from dataclasses import dataclass, field

from agent.when import almanac, clocks, dates, lengths, repeats, weekdays
from agent.when.pieces import (
    Clock,
    Count,
    Days,
    Edge,
    Exact,
    Frame,
    Hint,
    Length,
    Noise,
    Part,
    Piece,
    Point,
    Range,
    Reader,
    Repeat,
    Starting,
)
from agent.when.tokens import Token
from agent.when.values import Stretch
from agent.when.words import APPROXIMATELY, BEGINNINGS, DAY_NUMBER, EVENING_HINTS, FILLERS, MORNING_HINTS
from integrations.errors import Invalid

Rule = Callable[[Reader], Piece | None]
_LEADS = ("on", "at", "by", "for", "to", "around", "about", "approximately", "roughly", "exactly", "circa")
_NEGATIONS = {"not", "except", "excluding", "without", "never", "but", "unless", "neither", "nor", "isn't", "don't", "besides", "skip"}  # fmt: skip
_NARROWING = {"of", "mid", "early", "late", "middle"}


@dataclass
class Reading:
    """What a sentence says about time, phrase by phrase, and the words that say nothing about it."""

    days: list[Days] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    part: Part | None = None
    range: Range | None = None
    edges: list[Edge] = field(default_factory=list)
    length: Length | None = None  # how long, by the clock
    calendar_length: Length | None = None  # how long, in days and more
    exact: Exact | None = None
    starting: Days | None = None
    repeat: Repeat | None = None
    count: int | None = None
    hint: Hint | None = None
    all_day: bool = False
    told: list[tuple[int, int]] = field(default_factory=list)
    noise: list[tuple[int, int]] = field(default_factory=list)
    coloured: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Does nothing here fix a time? A length alone does not."""
        return not (self.days or self.clocks or self.part or self.range or self.edges or self.exact or self.starting or self.repeat)  # fmt: skip

    def add(self, piece: Piece, begin: int, end: int) -> None:
        """Take in one phrase. Two of what there can only be one of is a contradiction."""
        if isinstance(piece, Hint):
            self.hint = piece
            self.coloured.append(begin)
            return
        quiet = isinstance(piece, Noise) and not piece.all_day
        (self.noise if quiet else self.told).append((begin, end))
        match piece:
            case Days():
                self.days.append(piece)
            case Clock():
                self.clocks.append(piece)
            case Edge():
                self.edges.append(piece)
            case Noise():
                self.all_day = self.all_day or piece.all_day
            case _:
                self._only(piece)

    def _only(self, piece: Piece) -> None:
        names = {Part: "part", Range: "range", Length: "length", Exact: "exact", Starting: "starting", Repeat: "repeat", Count: "count"}  # fmt: skip
        name = names[type(piece)]
        if isinstance(piece, Length) and not piece.of_clock:
            name = "calendar_length"
        if isinstance(piece, Repeat) and (both := repeats.both(self.repeat, piece)):
            piece = both
        elif getattr(self, name) is not None:
            raise Invalid("I heard more than one time there.")
        value = piece.days if isinstance(piece, Starting) else piece.times if isinstance(piece, Count) else piece
        setattr(self, name, value)


def day(r: Reader) -> Days | None:
    """Any phrase that names days."""
    for rule in (
        dates.slashed,
        dates.nth_weekday,
        dates.edge_of_month,
        _counted_day,
        weekdays.span,
        weekdays.relative_day,
        weekdays.weekday,
        dates.holiday,
        dates.month_day,
        dates.month_alone,
        dates.day_of_month,
    ):
        if (found := r.attempt(rule)) is not None:
            return found
    found_iso = r.attempt(dates.iso)
    if isinstance(found_iso, Days):
        return found_iso
    r.at -= 1 if found_iso else 0
    return None


def _counted_day(r: Reader) -> Days | None:
    """ "the day after friday", "two days before christmas", "a week from tomorrow"."""
    r.take("the")
    span = r.attempt(lengths.length) or (Length(days=1) if r.take("day") else None)
    if span is None or span.of_clock or (side := r.take("after", "before", "from")) is None:
        return None
    other = day(r)
    if other is None or not all(option.single for option in other.options):
        return None
    sign = -1 if side == "before" else 1
    moved = (lengths.shift(almanac.midnight(option.first), span, sign).date() for option in other.options)
    return Days(tuple(Stretch.day(each) for each in moved))


def _lead(r: Reader) -> None:
    while r.take(*_LEADS):
        pass


def _led(rule: Callable[[Reader], Piece | None]) -> Rule:
    """The rule, with the "on", "at" or "by" in front of it."""

    def led(r: Reader) -> Piece | None:
        _lead(r)
        r.phrase("no", "later", "than")
        return rule(r)

    return led


def point(r: Reader) -> Point | None:
    """A day, a time, or both, in either order."""
    days: Days | None = None
    clock: Clock | None = None
    part: Part | None = None
    begin = r.at
    while True:
        here, told = r.at, r.told
        r.told = r.told or r.at > begin
        _lead(r)
        if days is None and (days := r.attempt(day)) is not None:
            continue
        if clock is None and (clock := r.attempt(clocks.clock)) is not None:
            continue
        if part is None and (part := r.attempt(clocks.part)) is not None:
            continue
        r.at, r.told = here, told
        break
    r.told = False
    return Point(days, clock, part) if days or clock or part else None


def between(r: Reader) -> Range | None:
    """ "from 2 to 4", "between 9 and noon", "2-3:30pm", "monday to wednesday", "friday 5pm until sunday"."""
    frame = r.frame
    opened = r.take("from", "between")
    if opened:
        r.frame = Frame(frame.now, frame.zone, frame.back, frame.free, False, frame.on)
    try:
        start = _start_of_range(r, opened is not None)
        if start is None:
            return None
        joined = r.take("and") if opened == "between" else r.take("to", "until", "-", "through", "–")
        if not joined:
            return None
        r.told = True
        end = point(r)
    finally:
        r.frame = frame
    if end is None or (start.clock and not (end.clock or end.part)):
        return None
    if start.days and not (start.clock or start.part) and end.clock and not end.days:
        return None  # "today until 5" is a day and its end
    return Range(start, end, joined == "through")


def _start_of_range(r: Reader, opened: bool) -> Point | None:
    """Without "from" in front, a bare number begins a range only when a number or a clock time ends it."""
    if (found := point(r)) is not None:
        return found
    hour = r.whole(1, 24, ordinal=False)
    joined = r.text() in ("-", "to", "until")
    if hour is None or not (opened or joined):
        return None
    following = r.peek(1)
    timely = following is not None and (following.kind == "time" or r.text(2) in ("am", "pm", "o'clock"))
    figures = following is not None and (following.number or 0) > 12  # "14-16"
    of_part = r.text(2) == "in" and r.text(3) == "the" and r.text(4) in ("morning", "afternoon", "evening")
    listed = figures and r.text(-1) == "," and (following.number or 0) <= 24 if following else False
    day_before = r.at > 0 and (r.text(-1) in DAY_NUMBER or r.text(-1) in ("today", "tomorrow"))
    end = (following.number or 0) if following else 0
    # "saturday 9 to 12"; "monday 10 to 5" may also be ten minutes to five
    after_day = day_before and hour < end <= 24 and not (hour in (5, 10, 20) and r.text() == "to")
    meant = opened or timely or (figures and r.frame.free) or of_part or listed or after_day
    return Point(clock=Clock(hour, sure=hour > 12)) if meant else None


def edge(r: Reader) -> Edge | None:
    """ "after three", "before ten", "until friday", "since monday", "any time after lunch"."""
    r.take("and", "but") if r.told else None
    r.take("any")
    r.take("time", "anytime")
    word = r.take("after", "before", "until", "since", "through", "from")
    if r.phrase("up", "to"):
        word = "until"
    found = point(r) if word else None
    if word is None or found is None:
        return None
    r.take("onwards", "onward", "on") if word == "from" else None
    return Edge(word, found)


def starting(r: Reader) -> Starting | Clock | None:
    """ "starting next monday", "beginning on the 3rd", and the clock of "starting at nine"."""
    if not r.take("starting", "beginning", "start", "starts"):
        return None
    r.take("from")
    _lead(r)
    if (found := r.attempt(day)) is not None:
        return Starting(found)
    return r.attempt(clocks.clock)


def _noise(r: Reader) -> Noise | None:
    first = r.at == 0 or all(token.text in FILLERS for token in r.tokens[: r.at])
    if (
        r.phrase("all", "day", "long")
        or r.phrase("all", "day")
        or r.phrase("the", "whole", "day")
        or r.phrase("whole", "day")
    ):
        return Noise(all_day=True)
    for words in (("let's", "say"), ("i", "mean"), ("any", "time"), ("some", "time")):
        if r.phrase(*words):
            return Noise()
    if first and r.take("no", "and", "was", "were", "did", "had"):
        return Noise()
    return Noise() if r.take(*FILLERS, *APPROXIMATELY) else None


def _hint(r: Reader) -> Hint | None:
    if r.take(*EVENING_HINTS):
        return Hint(evening=True)
    return Hint(evening=False) if r.take(*MORNING_HINTS) else None


RULES: tuple[Rule, ...] = (
    repeats.count,
    repeats.repeat,
    lengths.current,
    lengths.away,
    between,
    starting,
    edge,
    _led(day),
    _led(dates.iso),
    _led(clocks.clock),
    lengths.lasting,
    _led(clocks.part),
    _hint,
    _noise,
)


def read(words: list[Token], frame: Frame) -> Reading:
    """Read a sentence from left to right; the first rule that holds takes its words."""
    r, reading = Reader(words, frame), Reading()
    while not r.done:
        begin = r.at
        # most words of a sentence say nothing about time, and no rule has to be asked about them
        for rule in RULES if words[begin].kind != "word" or words[begin].text in BEGINNINGS else ():
            r.told = bool(reading.told) and reading.told[-1][1] == begin
            piece = rule(r)
            if piece is not None:
                _refuse_negation(r, reading, begin, piece)
                reading.add(piece, begin, r.at)
                break
            r.at = begin
        else:
            reading.unknown.append(begin)
            r.at = begin + 1
    _refuse_loose_ends(words, reading)
    return reading


def _refuse_loose_ends(words: list[Token], reading: Reading) -> None:
    """ "at 3 or 4", "every day at 8 and 20": half a time is not the time."""
    begins, ends = ({span[side] for span in reading.told} for side in (0, 1))
    for place in reading.unknown:
        text, following = words[place].text, place + 1
        number = following < len(words) and words[following].number is not None and following in reading.unknown
        if place in ends and text in ("or", "and", "-", "to") and (number or (text == "or" and following in begins)):
            raise Invalid("I heard more than one time there.")
        if text == "between" and following in begins:
            raise Invalid("I can't tell when that ends.")


def _refuse_negation(r: Reader, reading: Reading, begin: int, piece: Piece) -> None:
    if begin and begin - 1 in reading.unknown and r.tokens[begin - 1].text in _NEGATIONS:
        raise Invalid("Tell me the time you do mean, please.")
    if begin and begin - 1 in reading.unknown and r.tokens[begin - 1].text in _NARROWING and isinstance(piece, Days):
        raise Invalid("I can't tell which days those are.")
