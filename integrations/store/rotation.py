"""A new key for the ring: everything sealed is sealed anew by it, while servers go on reading and writing.

It may be killed at any point and begun again: it goes on with the key it had made. The old keys go when
nothing is sealed by them any more. What was written before its column was sealed is sealed on the way.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Text, and_, bindparam, delete, false, not_, select, type_coerce, update
from sqlalchemy import Table as SqlTable
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.store.database import Database
from integrations.store.ring import Ring, RingKey, Unreadable, looks_sealed, prefix
from integrations.store.schema import Table
from integrations.store.sealing import EMPTY, Sealed

BATCH = 200
"""Rows of one transaction: a server that wants to write waits for no more than these."""
ROUNDS = 5
"""Looks for what a server has sealed by an old key meanwhile."""
Moved = Callable[[int], None]
Picked = Callable[[Column[Any]], ColumnElement[bool]]


@dataclass(frozen=True, kw_only=True)
class Rotated:
    """What was done. `lost`: values that can't be opened, left as they are."""

    key: int | None
    moved: int
    lost: int
    dropped: int


async def rotate(database: Database, ring: Ring, *, batch: int = BATCH, moved: Moved = lambda _: None) -> Rotated:
    """Seal everything anew; `moved` is told how many values are done. Nothing is to be sealed yet: nothing happens."""
    key = await _begin(database, ring)
    if key is None:
        return Rotated(key=None, moved=0, lost=0, dropped=0)
    done, lost, dropped = 0, 0, None
    for _ in range(ROUNDS):
        count, lost = await _through(database, ring, lambda column: _elsewhere(column, key), batch, moved, key)
        done += count
        dropped = await _settle(database, ring, key)
        if dropped is not None:
            break
    return Rotated(key=key, moved=done, lost=lost, dropped=dropped or 0)


async def seal_plain(database: Database, ring: Ring, *, batch: int = BATCH) -> int:
    """Seal what was written before its column was sealed; how many values. It may be broken off and begun again."""
    return (await _through(database, ring, _plain, batch, lambda _: None))[0]


def sealed_columns() -> Iterator[Column[Any]]:
    """Every column whose values are sealed, of every table."""
    for table in Table.metadata.sorted_tables:
        yield from (column for column in table.columns if column.info.get("sealed"))


async def _begin(database: Database, ring: Ring) -> int | None:
    """The key to move to: the one of a rotation that didn't come to its end, or a new one."""
    async with database.work() as session:
        await session.run_sync(lambda inner: ring.rewrap(inner.connection()))
        columns = RingKey.id, RingKey.wrapped, RingKey.settled_at
        newest = (await session.execute(select(*columns).order_by(RingKey.id.desc()).limit(1))).first()
        if newest is None:
            return await ring.current(session) if await _any(session, _plain) else None
        if newest.settled_at is None and ring.opens(newest.id, newest.wrapped):
            return int(newest.id)
        return await session.run_sync(lambda inner: ring.make(inner.connection(), newest.id + 1, settled=False))


async def _through(
    database: Database, ring: Ring, which: Picked, batch: int, moved: Moved, key: int | None = None
) -> tuple[int, int]:
    """Seal anew all for which it is so, by this key or by the one of the day: how many were, and how many couldn't be opened."""
    done = lost = 0
    for column in sealed_columns():
        last = ""
        while rows := await _next(database, column, which, last, batch):
            last = rows[-1][0]
            count = await _move(database, ring, column, key, rows)
            done, lost = done + count, lost + len(rows) - count
            moved(done)
    return done, lost


async def _next(database: Database, column: Column[Any], which: Picked, after: str, batch: int) -> Sequence[Any]:
    """Some of them, as they are kept: (row, person, value)."""
    table = _table(column)
    query = select(table.c.id, table.c.person_id, _kept(column)).where(which(column), table.c.id > after)
    async with database.look() as session:
        return (await session.execute(query.order_by(table.c.id).limit(batch))).all()


async def _move(database: Database, ring: Ring, column: Column[Any], key: int | None, rows: Sequence[Any]) -> int:
    """Seal them anew; one that a server has replaced meanwhile stays as the server wrote it."""
    table, place = _table(column), f"{_table(column).name}.{column.name}"
    which = update(table).where(table.c.id == bindparam("row"), _kept(column) == bindparam("was", type_=Text()))
    async with database.work() as session:
        key, values = key or await ring.current(session), []
        for row, person_id, kept in rows:
            try:
                text = await _opened(session, ring, column, kept, person_id=person_id, place=place)
            except Unreadable:
                continue
            anew = ring.seal_by(key, text, person_id=person_id, place=place)
            values.append({"row": row, "was": kept, "anew": anew})
        if values:
            statement = which.values({column.name: bindparam("anew", type_=Text())})
            await (await session.connection()).execute(statement, values)
    return len(values)


async def _opened(session: AsyncSession, ring: Ring, column: Column[Any], kept: str, **whose: str) -> str:
    if isinstance(column.type, Sealed) and not looks_sealed(kept):
        return kept  # from before it was sealed
    return await ring.open(session, kept, **whose)


async def _settle(database: Database, ring: Ring, key: int) -> int | None:
    """Note that all is moved, and drop the old keys; None: something was sealed by one of them meanwhile."""
    async with database.work() as session:
        # waits for those who are sealing by an old key this moment; whoever comes after takes the new one
        query = select(RingKey.id, RingKey.wrapped).where(RingKey.id < key)
        old = (await session.execute(query.with_for_update())).all()
        unused = [one.id for one in old if not await _uses(session, one.id)]
        for one in old:
            if one.id not in unused and ring.opens(one.id, one.wrapped) and await _readable(session, ring, one.id):
                return None
        await session.execute(delete(RingKey).where(RingKey.id.in_(unused)))
        await session.execute(update(RingKey).where(RingKey.id == key).values(settled_at=datetime.now(UTC)))
    return len(unused)


async def _any(session: AsyncSession, which: Picked) -> bool:
    for column in sealed_columns():
        if await session.scalar(select(_table(column).c.id).where(which(column)).limit(1)) is not None:
            return True
    return False


async def _uses(session: AsyncSession, key: int) -> bool:
    return await _any(session, lambda column: _by(column, key))


async def _readable(session: AsyncSession, ring: Ring, key: int) -> bool:
    """Whether anything of that key can still be moved; what is damaged can't."""
    for column in sealed_columns():
        table = _table(column)
        place = f"{table.name}.{column.name}"
        found = await session.execute(select(table.c.person_id, _kept(column)).where(_by(column, key)))
        for person_id, sealed in found.all():
            try:
                await ring.open(session, sealed, person_id=person_id, place=place)
            except Unreadable:
                continue
            return True
    return False


def _table(column: Column[Any]) -> SqlTable:
    table = column.table
    assert isinstance(table, SqlTable)
    return table


def _kept(column: Column[Any]) -> ColumnElement[str]:
    """As it stands in the database."""
    return type_coerce(column, Text)


def _by(column: Column[Any], key: int) -> ColumnElement[bool]:
    return _kept(column).startswith(prefix(key), autoescape=True)


def _elsewhere(column: Column[Any], key: int) -> ColumnElement[bool]:
    return and_(column.is_not(None), not_(_by(column, key)), _kept(column).not_in(sorted(EMPTY)))


def _plain(column: Column[Any]) -> ColumnElement[bool]:
    """What should be sealed and isn't; a token that isn't is damaged."""
    if not isinstance(column.type, Sealed):
        return false()
    return and_(column.is_not(None), not_(_kept(column).startswith("s1.")), _kept(column).not_in(sorted(EMPTY)))
