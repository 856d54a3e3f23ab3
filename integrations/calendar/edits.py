"""What a change makes of a repeating event: of one occurrence, of the rest, or of the whole."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from integrations.calendar import EventChange
from integrations.calendar.details import TIMES, Details
from integrations.calendar.rules import Rule, moment, wall
from integrations.calendar.series import Exceptions, Series, aligned, stamp_of, start_of
from integrations.errors import Invalid
from integrations.store.tables import new_id

SECOND = timedelta(seconds=1)
UNTIMED = {"starts": None, "ends": None, "all_day": None, "zone": None}


def own_of_one(series: Series, stamp: str, change: EventChange) -> dict[str, Any]:
    """What is different about one occurrence after a change to it alone."""
    if change.recurrence is not None:
        raise Invalid("A single occurrence can't repeat differently; change the whole series.")
    return series.occurrence(stamp).changed(change).own(series.regular(stamp))


def with_own(series: Series, stamp: str, own: dict[str, Any] | None) -> Series:
    """The series with one occurrence so; None cancels it, nothing of its own makes it regular again."""
    others = {name: value for name, value in series.exceptions.items() if name != stamp}
    return replace(series, exceptions=others if own == {} else others | {stamp: own})


def ended_before(series: Series, stamp: str) -> Series:
    """The series without this occurrence and all later ones."""
    earlier = {name: own for name, own in series.exceptions.items() if name < stamp}
    return replace(series, rule=series.rule and series.rule.ending(start_of(stamp) - SECOND), exceptions=earlier)


@dataclass(frozen=True)
class Edit:
    """A change to a series, told of one of its occurrences (None: of the series itself)."""

    series: Series
    stamp: str | None
    change: EventChange

    @cached_property
    def _regular(self) -> Details:
        return self.series.base if self.stamp is None else self.series.regular(self.stamp)

    @cached_property
    def _timed(self) -> Details:
        """The occurrence with its new times. A length or day alone is meant of the regular one."""
        told = self.change.starts is not None or self.change.ends is not None
        shown = self.series.occurrence(self.stamp) if self.stamp and told else self._regular
        return shown.changed(self.change)

    @cached_property
    def _delta(self) -> timedelta:
        """How far everything moves on the wall."""
        if self.change.starts is None and not self.change.all_day:
            return timedelta()
        zone = self.series.base.clock
        return wall(self._timed.starts, zone) - wall(self._regular.starts, zone)

    def whole(self) -> Series:
        """The series with all of its occurrences changed."""
        return self._from(self.series.id, self.series.base.starts, self.series.rule)

    def rest(self) -> Series:
        """A new series: the occurrence and those after it, changed."""
        start, rule = self._regular.starts, self.series.rule
        return self._from(new_id(), start, rule and rule.after(self.series.before(start)))

    def told_of(self, new: Series) -> str | None:
        """What the occurrence that was told of is called in the new series, if it is there."""
        if self.stamp is None or new.rule is None:
            return None
        stamp = stamp_of(self._shifted(self._regular.starts))
        return stamp if new.has(stamp) and new.exceptions.get(stamp, {}) is not None else None

    def _from(self, id: str, start: datetime, rule: Rule | None) -> Series:
        zone, first = self.series.base.clock, self._shifted(start)
        timed = self._timed
        told = self.series.base.changed(replace(self.change, **UNTIMED))
        base = replace(told, **{name: getattr(timed, name) for name in TIMES}).at(first)
        if self.change.recurrence is not None:
            rule = Rule.parse(self.change.recurrence) if self.change.recurrence else None
        elif rule is not None and self._delta:
            rule = rule.moved(wall(start, zone), wall(first, zone), zone)
        if rule is None:
            return Series(id, base)
        new = Series(id, aligned(base, rule), rule)
        return replace(new, exceptions=self._carried(new, since=stamp_of(start)))

    def _carried(self, new: Series, since: str) -> Exceptions:
        """The exceptions from then on that still fit, each with its own changes, moved with the rest."""
        old = {stamp: own for stamp, own in self.series.exceptions.items() if stamp >= since}
        if not old:
            return {}
        zone = self.series.base.clock
        walls = self.series.walls(start_of(min(old)), start_of(max(old)) + SECOND)
        named = {stamp_of(at): stamp_of(moment(local + self._delta, zone)) for at, local in walls}
        kept = {named[stamp]: self._own(stamp, own) for stamp, own in old.items() if stamp in named}
        return {stamp: own for stamp, own in kept.items() if own != {} and new.has(stamp)}

    def _own(self, stamp: str, own: dict[str, Any] | None) -> dict[str, Any] | None:
        """What stays an occurrence's own; of the one that was told of, only what the change doesn't say."""
        if own is None:
            return None
        if stamp == self.stamp:
            said = {name for name in own if getattr(self.change, name) is not None}
            said |= set(TIMES) if any(getattr(self.change, name) is not None for name in TIMES) else set()
            return {name: value for name, value in own.items() if name not in said}
        times = {
            name: self._shifted(datetime.fromisoformat(own[name])).isoformat() for name in TIMES[:2] if name in own
        }
        return own | times

    def _shifted(self, at: datetime) -> datetime:
        zone, delta = self.series.base.clock, self._delta
        return moment(wall(at, zone) + delta, zone) if delta else at.astimezone(UTC)
