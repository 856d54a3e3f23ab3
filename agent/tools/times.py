"""The person's time words, as the tools need them: a moment, a slot, a stretch to look through."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agent.context import Context
from agent.saying import say_day, say_when
from agent.tools.base import Ambiguous, Data
from agent.when import Ambiguous as TwoReadings
from agent.when import When, resolve
from integrations.errors import Invalid

AHEAD = timedelta(days=14)
"""How far "what's coming up" looks."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of time to look through, and the words it came from."""

    starts: datetime
    ends: datetime
    words: str
    exact: bool = True
    """False when only a start was said ("at three") and the end was supplied."""

    @property
    def after(self) -> date:
        """The first day that is wholly behind it."""
        return (self.ends - timedelta(microseconds=1)).date() + timedelta(days=1)

    @property
    def json(self) -> Data:
        """For the mind that words the answer."""
        return {"starts": self.starts.isoformat(), "ends": self.ends.isoformat(), "words": self.words}


def when(ctx: Context, words: str, *, on: date | None = None) -> When:
    """Resolve time words; `on` is the day of an hour said alone.

    Raises `Invalid` where there is no time in them, `Ambiguous` where one has to ask.
    """
    found = resolve(words, now=ctx.now, zone=ctx.zone, on=on)
    if isinstance(found, TwoReadings):
        choices = [
            c if isinstance(c, str) else say_when(c, now=ctx.now, zone=ctx.zone, full=True) for c in found.choices
        ]
        raise Ambiguous(found.question, choices)
    return found


def span(ctx: Context, words: str, *, minutes: int | None = None) -> Span:
    """A stretch to look through; a bare time gets `minutes` (or an instant) as its length."""
    found = when(ctx, words)
    if found.ends is not None:
        return Span(starts=found.starts, ends=found.ends, words=words)
    length = timedelta(minutes=minutes or 1)
    return Span(starts=found.starts, ends=found.starts + length, words=words, exact=False)


def slot(ctx: Context, words: str, minutes: int | None) -> When:
    """When an appointment is: timed ones without an end last `minutes`, or half an hour.

    A part of a day ("tomorrow afternoon") is no appointment: raises `Ambiguous` with a question for the hour.
    """
    found = when(ctx, words)
    if found.part is not None and not found.all_day:
        day = say_day(found.starts.date(), today=ctx.now.date())
        part = "at lunchtime" if found.part == "lunch" else f"in the {found.part}"
        raise Ambiguous(f"At what time {part}, {day}?")
    if found.all_day and minutes:
        raise Ambiguous("What time should that be?")
    if found.all_day:
        ends = found.ends or found.starts + timedelta(days=1)
    elif minutes is not None or found.ends is None:
        ends = found.starts + timedelta(minutes=minutes or 30)
    else:
        ends = found.ends
    return When(starts=found.starts, ends=ends, all_day=found.all_day, recurrence=found.recurrence)


def moment(ctx: Context, words: str, *, on: date | None = None) -> datetime:
    """One moment ahead, for a reminder; `on` is the day of an hour said alone. Raises `Invalid` when it is past."""
    found = when(ctx, words, on=on)
    if found.recurrence:
        raise Invalid("I can't repeat a reminder yet; a repeating event on the calendar would do it.")
    at = found.moment
    if at <= ctx.now:
        if found.starts <= ctx.now < (found.ends or found.starts):
            at = ctx.now + timedelta(hours=1)
            if at < (found.ends or at):
                return at.replace(second=0, microsecond=0)
        raise Invalid(f"That is already past: {say_when(found, now=ctx.now, zone=ctx.zone, full=True)}.")
    return at


def day(ctx: Context, words: str) -> date:
    """The day a task is due."""
    found = when(ctx, words)
    last = found.starts if found.ends is None else found.ends - timedelta(microseconds=1)
    # "by next week" is a stretch of days: due on its last one; anything within a day is that day
    return last.date() if found.all_day else found.starts.date()


def has_hour(ctx: Context, words: str) -> bool:
    """Whether a time of the clock was said, not only a day or a part of one."""
    found = when(ctx, words)
    return not found.all_day and found.part is None
