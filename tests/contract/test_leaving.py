"""Taking everything along, and leaving nothing behind: asked of every table there is, also of those that come later."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Date, Float, Integer, String, func, select
from sqlalchemy import Table as SqlTable

from integrations.store.database import Database, open_database
from integrations.store.departures import Departures
from integrations.store.everything import SECRETS, everything_of
from integrations.store.people import People
from integrations.store.sealing import RINGS, Sealed, SealedDict, SealedList, Theirs
from integrations.store.tables import Moment, Table
from tests.conftest import Place, Places
from tests.contract.test_sealed import a_ring

NOW = datetime(2026, 3, 4, 9, 20, tzinfo=UTC)
NOBODYS = {"leaders", "ring_keys", "push_keys", "departures"}
"""Tables in which nothing is anybody's; a new one has to be thought about here."""


@pytest.fixture
async def two(place: Place) -> Any:
    """Anna and Bob with one row in each table there is."""
    async with open_database(place.url, place.data, ring=a_ring()) as database:
        for person in ("anna", "bob"):
            await one_of_everything(database, person)
        yield database


def tables() -> list[SqlTable]:
    """Those in which something is somebody's, parents first."""
    return [table for table in Table.metadata.sorted_tables if table.name not in NOBODYS]


async def one_of_everything(database: Database, person: str) -> None:
    """A row in each table, whose every text names the person, the table and the column."""
    async with database.work() as session:
        key = await RINGS[session.get_bind().dialect].current(session)
        for table in tables():
            row = {column.name: _value(table, column, person, key) for column in table.columns}
            await session.execute(table.insert().values(row))


def mark(person: str, table: str, column: str) -> str:
    """What stands there."""
    return f"{person} {table} {column}"


def _value(table: SqlTable, column: Any, person: str, key: int) -> Any:
    if column.name == "id":
        return person if table.name == "people" else f"{person}-{table.name}"[:40]
    if column.name == "person_id":
        return person
    if column.foreign_keys:
        (parent,) = column.foreign_keys
        return f"{person}-{parent.column.table.name}"[:40]
    words = mark(person, table.name, column.name)
    match column.type:
        case SealedList():
            return Theirs([words], person, key)
        case SealedDict():
            return Theirs({"words": words}, person, key)
        case Sealed():
            return Theirs(words, person, key)
        case Moment():
            return NOW
        case Date():
            return date(2026, 3, 4)
        case Boolean():
            return column.name == "owner" and person == "anna"
        case Integer() | Float():
            return 1
        case String(length=int(length)):
            return words[:length] if length >= 20 else person[:length]
        case JSON():
            return {"words": words}
    return words


def test_every_table_is_somebodys_or_known_to_be_nobodys() -> None:
    """A table without an owner that nobody thought about fails here."""
    for table in tables():
        assert table.name == "people" or "person_id" in table.columns, f"whose is what stands in {table.name}?"


async def test_the_export_has_every_row_and_column_and_no_key(two: Database) -> None:
    """Everything of Anna's, of every table; nothing of Bob's, and nothing that opens a door."""
    async with two.look() as session:
        found = await everything_of(session, "anna")
    text = repr(found)
    assert set(found) == {table.name for table in tables()}
    for table in tables():
        (row,) = found[table.name]
        for column in table.columns:
            place = f"{table.name}.{column.name}"
            assert (column.name in row) == (place not in SECRETS), place
    assert "bob" not in text
    for place in SECRETS:
        assert mark("anna", *place.split(".")) not in text
    for place in (
        "memories.text",
        "turns.said",
        "messages.body",
        "copied_events.raw",
        "changes.inverse",
        "owed.arguments",
    ):
        assert mark("anna", *place.split(".")) in text


async def test_who_is_deleted_is_in_no_table_and_nobody_else_is_touched(two: Database) -> None:
    """Of Anna a bare id stays until all stores are rid of her; of Bob everything."""
    async with two.look() as session:
        before = await everything_of(session, "bob")
    async with two.work() as session:
        await Departures(session).add("anna", NOW)
        await People(session).delete("anna")
    async with two.work() as session:
        assert [one.id for one in await Departures(session).all()] == ["anna"]
        await Departures(session).settle("anna")
    async with two.look() as session:
        assert await everything_of(session, "bob") == before
        for table in tables():
            count = await session.scalar(select(func.count()).select_from(table))
            assert count == 1, table.name


async def test_no_byte_of_who_is_deleted_stays_in_the_file(places: Places) -> None:
    """SQLite's file and log are free of them at once."""
    async with places("sqlite") as place, open_database(None, place.data, ring=a_ring()) as database:
        for person in ("anna", "bob"):
            await one_of_everything(database, person)
        async with database.work() as session:
            await People(session).delete("anna")
        await database.wipe()
        found = b"".join(file.read_bytes() for file in place.data.glob("chronus.db*"))
    assert b"bob people name" in found
    assert b"anna" not in found
