"""What one phrase of a time expression can say, and the sentence as it is being read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from agent.when.tokens import Token
from agent.when.values import Stretch


@dataclass(frozen=True)
class Frame:
    """What the words are read against."""

    now: datetime
    zone: ZoneInfo
    back: bool = False  # the words look back: "what did I do on monday"
    free: bool = True  # the words are all about time, so that a bare number may be an hour
    minutes_to: bool = True  # "10 to 5" is ten minutes to five; else it is a range
    on: date | None = None  # the day meant when the words name none

    @property
    def today(self) -> date:
        """The person's own day."""
        return self.now.date()


@dataclass(frozen=True)
class Days:
    """Days that were named: more than one option where a person would have to ask."""

    options: tuple[Stretch, ...]
    kind: str = "day"  # day, weekday, date, nth or span
    floating: Callable[[date], Stretch] | None = None  # the first such days on or after a date, when not fixed
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    nth: int | None = None


@dataclass(frozen=True)
class Clock:
    """A time of day. Not `sure`: nobody said which half of the day. Hour 24 is the midnight that ends a day."""

    hour: int
    minute: int = 0
    sure: bool = False
    midnight: bool = False
    second: int = 0


@dataclass(frozen=True)
class Part:
    """A part of the day, in hours; `today` when the words say so ("this morning", "tonight")."""

    name: str
    start: int
    end: int
    day: int | None = None  # 0 today, -1 yesterday: said in the same breath


@dataclass(frozen=True)
class Point:
    """A day, a time of day, or both."""

    days: Days | None = None
    clock: Clock | None = None
    part: Part | None = None


@dataclass(frozen=True)
class Range:
    """From one point to another."""

    start: Point
    end: Point
    through: bool = False


@dataclass(frozen=True)
class Edge:
    """Everything after, before, until or since a point."""

    word: str
    point: Point


@dataclass(frozen=True)
class Length:
    """How long: days and more are counted on the calendar, the rest in time that really passes."""

    months: int = 0
    days: int = 0
    time: timedelta = timedelta()

    @property
    def of_clock(self) -> bool:
        """Is it measured by the clock, not in whole days?"""
        return bool(self.time)


@dataclass(frozen=True)
class Exact:
    """A moment or a span that needs no more working out."""

    starts: datetime
    ends: datetime | None = None


@dataclass(frozen=True)
class Starting:
    """The day from which something repeats."""

    days: Days


@dataclass(frozen=True)
class Repeat:
    """How often. `unclear` is the ordinal of "every second tuesday", which means two things."""

    freq: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    month_day: int | None = None
    month: int | None = None
    unclear: int | None = None


@dataclass(frozen=True)
class Count:
    """So many times."""

    times: int


@dataclass(frozen=True)
class Hint:
    """A word that is no time but tells the half of the day: dinner, breakfast."""

    evening: bool


@dataclass(frozen=True)
class Noise:
    """Words that change nothing."""

    all_day: bool = False


T = TypeVar("T")
Piece = Days | Clock | Part | Range | Edge | Length | Exact | Starting | Repeat | Count | Hint | Noise


class Reader:
    """A place in the sentence that rules move forward."""

    def __init__(self, tokens: list[Token], frame: Frame) -> None:
        self.tokens, self.frame, self.at = tokens, frame, 0
        self._texts = [token.text for token in tokens]
        self.told = False  # the piece just before this place was understood

    @property
    def done(self) -> bool:
        """Is the sentence over?"""
        return self.at >= len(self.tokens)

    def peek(self, ahead: int = 0) -> Token | None:
        """The token here, or further on (or back, when negative)."""
        place = self.at + ahead
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def text(self, ahead: int = 0) -> str:
        """The word here, empty at the end."""
        place = self.at + ahead
        return self._texts[place] if 0 <= place < len(self._texts) else ""

    def take(self, *words: str) -> str | None:
        """Step over one of these words, if it stands here."""
        place = self.at  # asked most of all, so it looks for itself
        if place < len(self._texts) and (text := self._texts[place]) in words:
            self.at = place + 1
            return text
        return None

    def phrase(self, *words: str) -> bool:
        """Step over these words in this order, if they stand here."""
        if self._texts[self.at : self.at + len(words)] == [*words]:
            self.at += len(words)
            return True
        return False

    def whole(self, low: int, high: int, *, ordinal: bool | None = None) -> int | None:
        """Step over a whole number in these bounds; `ordinal` says which sort, None takes both."""
        token = self.peek()
        if token is None or token.number is None or token.number != int(token.number):
            return None
        if not low <= token.number <= high or ordinal not in (None, token.ordinal):
            return None
        self.at += 1
        return int(token.number)

    def attempt(self, rule: "Callable[[Reader], T | None]") -> T | None:
        """Try a rule; when it does not hold, stay where we were."""
        begin = self.at
        found = rule(self)
        if found is None:
            self.at = begin
        return found
