"""The table behind the local calendar; its keeper is integrations/calendar/local.py."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.tables import Owned


class EventRow(Owned):
    """One appointment, or the whole of a repeating one.

    `rule` is an RRULE without its prefix. `first` and `last` bound all that belongs to it, moved occurrences
    too (no `last`: it never ends), so that a span is found without expanding rules. `exceptions` maps the UTC stamp of an occurrence's first start to what is
    different about it, or to None when it was cancelled.
    """

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_person_id_first", "person_id", "first"),)

    title: Mapped[str]
    starts: Mapped[datetime]
    ends: Mapped[datetime]
    all_day: Mapped[bool] = mapped_column(default=False)
    zone: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    guests: Mapped[list[Any]] = mapped_column(default=list)
    rule: Mapped[str | None]
    first: Mapped[datetime]
    last: Mapped[datetime | None]
    exceptions: Mapped[dict[str, Any]] = mapped_column(default=dict)
