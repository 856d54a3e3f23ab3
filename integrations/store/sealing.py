"""Columns of what people said and wrote: sealed on the way into the database, opened on the way out.

Those above read and write plain words. Each value is bound to its column and to the person its row belongs to: as a
row is written by its own `person_id`, as it is read by the one that stands beside it. What doesn't say whose it is can't
be written, and nothing sealed can be searched by the database.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any
from weakref import WeakKeyDictionary

from sqlalchemy import Column, ColumnElement, Dialect, Text, TypeDecorator, event, inspect, literal_column, type_coerce
from sqlalchemy import Table as SqlTable
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, mapped_column
from sqlalchemy.orm.attributes import get_history, set_committed_value

from integrations.store.ring import SEALED, Ring, Unreadable, looks_sealed
from integrations.store.tables import Row, plain_words

log = logging.getLogger(__name__)

LOST = "(I can't read this any more.)"
"""What stands where a value was damaged, moved here from elsewhere, or sealed by a key that is lost."""
EMPTY = frozenset({"", "[]", "{}"})
"""What isn't sealed, as there is nothing in it."""
RINGS: WeakKeyDictionary[Dialect, Ring] = WeakKeyDictionary()
"""The ring of each open database."""
_HELD, _WRAPPED = "chronus_held", "chronus_wrapped"


@dataclass(frozen=True)
class Theirs:
    """A value on its way into a sealed column, with whose it is and the key that is held for it."""

    value: Any
    person_id: str
    key: int


class Sealed(TypeDecorator[Any]):
    """What can't be read in a stolen database. `place` is "table.column", set when the column gets its table."""

    impl = Text
    cache_ok = True

    def __init__(self, place: str = "") -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if not isinstance(value, Theirs):
            if value:
                raise TypeError(f"whose this is, which is to be sealed for {self.place}, was not said")
            return self.text(value)
        sealed = self.text(value.value)
        return RINGS[dialect].seal_by(value.key, sealed, person_id=value.person_id, place=self.place)

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Beside it the person whose row it stands in."""
        whose: Any = column.table.c.person_id
        beside = type_coerce(whose, Text).op("||")(literal_column("'|'")).op("||")(type_coerce(column, Text))
        return type_coerce(beside, self)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        person_id, _, kept = value.partition("|")
        if not looks_sealed(kept):  # from before it was sealed, or empty
            return self.value(kept)
        try:
            return self.value(RINGS[dialect].open_known(kept, person_id=person_id, place=self.place))
        except Unreadable as error:
            log.error("a value of %s can't be opened: %s", self.place, error)
            return self.lost()

    def text(self, value: Any) -> str:
        """As it is sealed."""
        raise NotImplementedError

    def value(self, text: str) -> Any:
        """As it was."""
        raise NotImplementedError

    def lost(self) -> Any:
        """What stands in its place when it can't be opened."""
        raise NotImplementedError


class SealedWords(Sealed):
    """Any text."""

    cache_ok = True

    def text(self, value: Any) -> str:
        return plain_words(value)

    def value(self, text: str) -> Any:
        return text

    def lost(self) -> Any:
        return LOST


class SealedDict(Sealed):
    """A JSON object."""

    cache_ok = True

    def text(self, value: Any) -> str:
        return json.dumps(value)

    def value(self, text: str) -> Any:
        return json.loads(text)

    def lost(self) -> Any:
        return {}


class SealedList(SealedDict):
    """A JSON array."""

    cache_ok = True

    def lost(self) -> Any:
        return []


Private = Annotated[str, mapped_column(SealedWords(), info=SEALED)]
PrivateDict = Annotated[dict[str, Any], mapped_column(SealedDict(), info=SEALED)]
PrivateList = Annotated[list[Any], mapped_column(SealedList(), info=SEALED)]


@event.listens_for(Column, "after_parent_attach")
def _placed(column: Column[Any], table: object) -> None:
    if isinstance(column.type, Sealed) and isinstance(table, SqlTable):
        column.type = type(column.type)(f"{table.name}.{column.name}")


class SealingSession(Session):
    """Seals what is private of every row that it writes."""


@event.listens_for(SealingSession, "before_flush")
def _seal(session: Session, *_: Any) -> None:
    wrapped = session.info[_WRAPPED] = []
    for row in (*session.new, *session.dirty):
        kind: Any = type(row)
        for name in private_names(kind):
            for value in get_history(row, name).added or ():
                if value:
                    setattr(row, name, Theirs(value, row.person_id, _held(session)))
                    wrapped.append((row, name, value))


@event.listens_for(SealingSession, "after_flush_postexec")
def _written(session: Session, *_: Any) -> None:
    for row, name, value in session.info.pop(_WRAPPED, ()):
        set_committed_value(row, name, value)


async def theirs(
    session: AsyncSession, kind: type[Row], person_id: str, values: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Rows' values for a statement of one's own, which the session doesn't see to."""
    names, rows = private_names(kind), [dict(row) for row in values]
    if any(row.get(name) for row in rows for name in names):
        key = await session.run_sync(_held)
        for row in rows:
            row |= {name: Theirs(row[name], person_id, key) for name in names if row.get(name)}
    return rows


def settle(session: AsyncSession, kind: type[Row]) -> None:
    """After such a statement: rows that are at hand have its values as they were given."""
    for row in session.identity_map.values():
        if isinstance(row, kind):
            for name in private_names(kind):
                if isinstance(kept := vars(row).get(name), Theirs):
                    set_committed_value(row, name, kept.value)


@cache
def private_names(kind: type[Row]) -> tuple[str, ...]:
    """The attributes of a row that are sealed."""
    columns = inspect(kind).column_attrs
    return tuple(one.key for one in columns if isinstance(one.columns[0].type, Sealed))


def _held(session: Session) -> int:
    """The key that seals, held by this transaction; asked for once in it."""
    under_way = session.get_nested_transaction() or session.get_transaction()
    by, key = session.info.get(_HELD, (None, 0))
    outer = under_way
    while outer is not None:
        if outer is by:
            return int(key)
        outer = outer.parent  # what is held by an inner one goes with it, if that is undone
    connection = session.connection()
    number = RINGS[connection.dialect].held(connection)
    session.info[_HELD] = session.get_nested_transaction() or session.get_transaction(), number
    return number
