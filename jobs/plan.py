"""Who is next: each person's next slots in a heap, so that a tick looks only at those whose time has come."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from jobs.timetable import DAY, TIMETABLE, Entry, Hours, Slot


@dataclass(frozen=True, kw_only=True)
class Call:
    """A slot whose time has come for a person."""

    entry: Entry
    person_id: str
    slot: Slot
    too_late: bool


@dataclass(frozen=True, order=True)
class _Look:
    """When to look at one entry of one person again."""

    at: datetime
    hours: Hours = field(compare=False)
    entry: Entry = field(compare=False)


class Plan:
    """The timetable, run through for everybody. Calls may come twice; whoever keeps them knows what was owed before."""

    def __init__(self, table: Iterable[Entry] = TIMETABLE) -> None:
        self._table = tuple(table)
        self._people: dict[str, Hours] = {}
        self._looks: list[_Look] = []

    def know(self, people: Iterable[Hours], now: datetime) -> None:
        """These are the people now. Whoever is new, or keeps other hours than before, is looked at at once."""
        before, self._people = self._people, {}
        for hours in people:
            if before.get(hours.person_id) == hours:
                self._people[hours.person_id] = before[hours.person_id]
                continue
            self._people[hours.person_id] = hours
            for entry in self._table:
                heapq.heappush(self._looks, _Look(now, hours, entry))

    def forget(self) -> None:
        """Everybody will be looked at anew: the clock was put, or somebody else has led meanwhile."""
        self._people.clear()
        self._looks.clear()

    def due(self, now: datetime, most: int = 1000) -> list[Call]:
        """Of each entry the newest slot that has begun, if any: nobody gets a backlog of old days.

        Up to `most` are looked at; of very many people some are left to the next time, in their order.
        """
        calls = []
        while most > 0 and self._looks and self._looks[0].at <= now:
            most -= 1
            look = heapq.heappop(self._looks)
            if self._people.get(look.hours.person_id) is not look.hours:
                continue  # gone, or with other hours
            entry, hours = look.entry, look.hours
            if slot := entry.last(hours, now):
                late = now - slot.begins > entry.late
                calls.append(Call(entry=entry, person_id=hours.person_id, slot=slot, too_late=late))
            following = entry.next(hours, now)
            heapq.heappush(self._looks, _Look(following.begins if following else now + DAY, hours, entry))
        return calls
