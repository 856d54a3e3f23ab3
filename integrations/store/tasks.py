"""The table behind the local tasks; its keeper is integrations/tasks/local.py."""

from datetime import date

from sqlalchemy import Date
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.tables import Owned


class TaskRow(Owned):
    """One thing to do. `rank` is a decimal number that orders a list: between two there is always room for another."""

    __tablename__ = "tasks"

    title: Mapped[str]
    due: Mapped[date | None] = mapped_column(Date)
    notes: Mapped[str] = mapped_column(default="")
    list: Mapped[str]
    rank: Mapped[str]
    done: Mapped[bool] = mapped_column(default=False)
