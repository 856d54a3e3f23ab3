"""What all tables share: ids, moments that are always UTC, and words that every database can keep."""

import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, ForeignKey, MetaData, String, Text, TypeDecorator, delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A point in time: kept in UTC, given back aware; one without a zone is a mistake of ours."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError(f"{value} has no time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Any text. NUL and half characters, which not every database can keep, are left out."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else plain_words(value)


def plain_words(text: str) -> str:
    """The same without what not every database can keep."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def new_id() -> str:
    """An id that nobody can guess."""
    return uuid4().hex


class Table(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012, SQLAlchemy's own name for it
        datetime: Moment(),
        str: Words(),
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }


class Row(Table):
    """A row with an id. `made` puts rows of the same moment in the order they were made."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(String(40), primary_key=True, default=new_id, sort_order=-2)
    made: Mapped[int] = mapped_column(BigInteger, default=time.time_ns, sort_order=1)


class Owned(Row):
    """A row that belongs to one person and goes when the person goes."""

    __abstract__ = True

    person_id: Mapped[str] = mapped_column(
        String(40), ForeignKey("people.id", ondelete="CASCADE"), index=True, sort_order=-1
    )


class Elsewhere(Owned):
    """A row about what someone keeps in another account: it goes when that account is disconnected."""

    __abstract__ = True


async def forget_elsewhere(session: AsyncSession, person_id: str) -> None:
    """Everything we knew of the person's account; what is in it stays there."""
    for mapper in Table.registry.mappers:
        if issubclass(mapper.class_, Elsewhere):
            await session.execute(delete(mapper.class_).where(mapper.class_.person_id == person_id))
