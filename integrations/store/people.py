"""The people Chronus works for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Float, Index, String, false, select, text, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.errors import Invalid, NotFound
from integrations.store.tables import Row


class Person(Row):
    """Someone, with the hours they keep. Times of day are local, as "HH:MM"; days are 1 (Monday) to 7."""

    __tablename__ = "people"
    __table_args__ = (
        Index("uq_people_owner", "owner", unique=True, sqlite_where=text("owner"), postgresql_where=text("owner")),
    )

    name: Mapped[str] = mapped_column(default="")
    zone: Mapped[str]
    email: Mapped[str | None]
    owner: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="en")
    work_starts: Mapped[str] = mapped_column(default="09:00")
    work_ends: Mapped[str] = mapped_column(default="17:00")
    work_days: Mapped[str] = mapped_column(default="1,2,3,4,5")
    briefing_at: Mapped[str] = mapped_column(default="08:00")
    digest_at: Mapped[str] = mapped_column(default="08:00")
    add_actions: Mapped[bool] = mapped_column(default=False)
    """Whether what mails from people they know ask for becomes a task unasked."""
    quiet_from: Mapped[str] = mapped_column(default="22:00")
    quiet_to: Mapped[str] = mapped_column(default="07:00")
    voice: Mapped[str] = mapped_column(default="")
    """Of the voices that there are; empty: the usual one."""
    speed: Mapped[float] = mapped_column(Float, default=1.0)
    """1 is the voice's own pace, 2 twice as fast."""
    suggestions_a_day: Mapped[int] = mapped_column(default=3, server_default="3")
    """How many the person may be offered; 0: none."""
    push_private: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether what is shown on a locked screen may say what it is about."""
    ask_before: Mapped[str] = mapped_column(String(20), default="always", server_default="always")
    """ "always": before everything that others see or that takes something away; "others": of one's own things only before what can't be undone."""
    briefing_call: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether they are rung up when their briefing is ready."""
    reminder_calls: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether a reminder that nobody hears or reads rings them up."""
    phone_messages: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Whether callers whom nobody knows may leave a message, where the person is the owner."""
    created_at: Mapped[datetime]


CHANGEABLE = frozenset({
    "name", "zone", "email", "language", "voice", "speed", "briefing_at", "digest_at", "add_actions",
    "work_starts", "work_ends", "work_days", "quiet_from", "quiet_to", "suggestions_a_day", "push_private", "ask_before",
    "briefing_call", "reminder_calls", "phone_messages",
})  # fmt: skip


class People:
    """Everybody; the one store that is nobody's."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def owner(self, zone: str, now: datetime) -> Person:
        """The one whose machine this is, made at the first asking, once however many ask."""
        query = select(Person).where(Person.owner)
        if (person := await self._session.scalar(query)) is not None:
            return person
        try:
            async with self._session.begin_nested():
                self._session.add(Person(owner=True, zone=zone, created_at=now))
        except IntegrityError:  # someone else was first
            pass
        return (await self._session.scalars(query)).one()

    async def add(self, *, zone: str, now: datetime, name: str = "", email: str | None = None) -> Person:
        """Someone who isn't the owner."""
        person = Person(name=name, email=email, zone=zone, created_at=now)
        self._session.add(person)
        await self._session.flush()
        return person

    async def get(self, id: str) -> Person:
        """Raises `NotFound`."""
        if (person := await self._session.get(Person, id)) is None:
            raise NotFound("I don't know that person.")
        return person

    async def all(self) -> Sequence[Person]:
        """Everyone there is."""
        return (await self._session.scalars(select(Person))).all()

    async def change(self, id: str, **fields: str | float | bool | None) -> Person:
        """Raises `NotFound`, and `Invalid` for a field that can't be changed."""
        if unknown := fields.keys() - CHANGEABLE:
            raise Invalid(f"A person has no {min(unknown)} to change.")
        person = await self.get(id)
        for field, value in fields.items():
            setattr(person, field, value)
        await self._session.flush()
        return person

    async def delete(self, id: str) -> None:
        """Them, and everything of theirs. Raises `NotFound`."""
        await self._session.delete(await self.get(id))
        await self._session.flush()
