"""The table behind the local mailbox; its keeper is integrations/email/local.py."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from integrations.store.sealing import Private
from integrations.store.tables import Owned


class MessageRow(Owned):
    """One mail, in one box."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_person_id_at", "person_id", "at"),)

    thread: Mapped[str] = mapped_column(String(40), index=True)
    box: Mapped[str] = mapped_column(String(20))
    from_name: Mapped[str] = mapped_column(default="")
    from_address: Mapped[str] = mapped_column(default="")
    to: Mapped[list[Any]] = mapped_column(default=list)
    cc: Mapped[list[Any]] = mapped_column(default=list)
    subject: Mapped[str] = mapped_column(default="")
    body: Mapped[Private] = mapped_column(default="")
    at: Mapped[datetime]
    unread: Mapped[bool] = mapped_column(default=False)
    important: Mapped[bool] = mapped_column(default=False)
    reply_to: Mapped[str | None] = mapped_column(String(40))
    leaves_at: Mapped[datetime | None]
