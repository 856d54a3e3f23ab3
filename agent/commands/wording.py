"""How an answer is said: short, in whole sentences, never more than three things of a list at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from agent.saying import say_clock, say_day, say_when
from agent.when import When

Json = Mapping[str, Any]


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


_PLACES = ("First", "Then", "After that")


@dataclass(frozen=True)
class Speaker:
    """Words answers for one moment and place."""

    now: datetime
    zone: ZoneInfo

    def moment(self, iso: str) -> datetime:
        """An ISO time on the person's own clock."""
        return datetime.fromisoformat(iso).astimezone(self.zone)

    def day(self, day: date) -> str:
        """ "today", "tomorrow", "Friday the 6th"; short, for there is nothing to be sure of."""
        return say_day(day, today=self.now.astimezone(self.zone).date()).split(",")[0]

    def on_day(self, day: date) -> str:
        """ "today", "tomorrow", "on Friday the 6th"."""
        said = self.day(day)
        return said if said in ("today", "tomorrow", "yesterday") else f"on {said}"

    def at(self, event: Json, *, day: bool = True) -> str:
        """When an event is."""
        starts = self.moment(event["starts"])
        if event["all_day"]:
            return f"all day {self.on_day(starts.date())}" if day else "all day"
        return f"{self.on_day(starts.date())} at {say_clock(starts)}" if day else f"at {say_clock(starts)}"

    def span(self, span: Json | None) -> str:
        """The stretch that was looked at: "tomorrow", "on Friday the 6th", "this afternoon"."""
        if not span:
            return "in the next two weeks"
        starts, ends = self.moment(span["starts"]), self.moment(span["ends"])
        last = ends - timedelta(microseconds=1)
        words = str(span.get("words") or "").lower().strip()
        whole = starts.hour == starts.minute == ends.hour == ends.minute == 0
        if whole and starts.date() == last.date():
            return self.on_day(starts.date())
        if (
            any(known in words for known in ("week", "month", "weekend", "tonight", "morning", "afternoon", "evening"))
            and "20" not in words
        ):
            return _lead(words)
        said = say_when(When(starts=starts, ends=ends, all_day=whole), now=self.now, zone=self.zone)
        if last - starts <= timedelta(minutes=1):
            said = say_when(When(starts=starts), now=self.now, zone=self.zone)
        return said if said.startswith(("from", "today", "tomorrow", "yesterday")) else f"on {said}"


def _lead(words: str) -> str:
    if words.startswith(("was ", "were ")):
        words = words.split(" ", 1)[1]
    for lead in ("on ", "for ", "about ", "at "):
        if words.removeprefix(lead).startswith(("next ", "this ", "last ", "tonight")):
            words = words.removeprefix(lead)
    if words.startswith(("in ", "on ", "at ", "this ", "next ", "last ", "tonight", "tomorrow", "today", "yesterday", "between", "from", "after", "before", "over", "during")):  # fmt: skip
        return words
    return f"in {words}" if words.startswith("the ") else f"on {words}"


def number(count: int) -> str:
    """Small numbers as words."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def counted(count: int, one: str, many: str = "") -> str:
    """ "three tasks", "one task", "no tasks"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def joined(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def listing(lead: str, parts: Sequence[str]) -> str:
    """A few things in one breath; of more than three the count and the first three."""
    if len(parts) <= 3:
        return f"{lead}: {joined(parts)}."
    told = " ".join(f"{place}, {part}." for place, part in zip(_PLACES, parts, strict=False))
    return f"{lead}. {told} And {number(len(parts) - 3)} more."


def capital(text: str) -> str:
    """With a capital first."""
    return text[:1].upper() + text[1:]


Teller = Callable[[Json, Mapping[str, Any], str, Speaker], str]
"""From result, arguments and angle to words."""
