"""The table behind the local tasks; its keeper is integrations/tasks/local.py."""

from datetime import date

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.tables import Owned


class TaskRow(Owned):
    """One thing to do. `rank` orders a list; a task moved between two gets a rank between theirs."""

    __tablename__ = "tasks"

    title: Mapped[str]
    due: Mapped[date | None] = mapped_column(Date)
    notes: Mapped[str] = mapped_column(default="")
    list: Mapped[str]
    rank: Mapped[float]
    done: Mapped[bool] = mapped_column(default=False)
    etag: Mapped[str] = mapped_column(String(40))
