"""What a time expression comes to: a When, or a question when a person would have to ask."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# The one moment to act at (a reminder, say) when only a part of the day was named.
_MOMENTS = {"morning": 9, "lunch": 12, "afternoon": 14, "evening": 18, "night": 20, "all day": 9}


@dataclass(frozen=True)
class When:
    """A resolved time: aware, in the person's zone; `ends` is exclusive; `recurrence` is an RRULE without its name."""

    starts: datetime
    ends: datetime | None = None
    all_day: bool = False
    recurrence: str | None = None
    # "morning" and the like when the words named a part of the day and no clock time. It colours, it does not identify.
    part: str | None = field(default=None, compare=False)

    @property
    def moment(self) -> datetime:
        """One sensible moment inside: nine o'clock for "tomorrow" or "in the morning", the start for anything exact."""
        hour = _MOMENTS.get("all day" if self.all_day else self.part or "")
        if hour is None or not isinstance(self.starts.tzinfo, ZoneInfo):
            return self.starts
        # "early morning" ends before nine: then its own start is the sensible moment.
        chosen = at_wall(self.starts.date(), time(hour), self.starts.tzinfo)
        inside = self.ends is None or self.starts <= chosen < self.ends
        return chosen if inside else self.starts


@dataclass(frozen=True)
class Ambiguous:
    """A question to ask back. Choices are whole answers; none where only the person can say (a missing clock time)."""

    question: str
    choices: tuple[When | str, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """Whole days, the last one excluded."""

    first: date
    after: date

    @classmethod
    def day(cls, day: date) -> "Stretch":
        """One whole day."""
        return cls(day, day + timedelta(days=1))

    @property
    def single(self) -> bool:
        """Is this one day, not several?"""
        return self.after - self.first == timedelta(days=1)


def at_wall(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """A wall-clock time as RFC 5545 reads it: in a gap with the offset before it, a doubled one is the first."""
    wall = datetime.combine(day, clock, tzinfo=zone).replace(fold=0)
    return wall.astimezone(UTC).astimezone(zone)


def later(moment: datetime, length: timedelta) -> datetime:
    """A moment plus time that really passes, whatever the clocks do meanwhile."""
    return (moment.astimezone(UTC) + length).astimezone(moment.tzinfo)


def before(one: datetime, other: datetime) -> bool:
    """Is one really before the other? Python compares two times of one zone by their wall clocks."""
    return one.astimezone(UTC) < other.astimezone(UTC)


def with_part(when: When, part: str | None) -> When:
    """The same time, remembering the part of the day that was named."""
    return replace(when, part=part)
