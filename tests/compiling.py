"""What SQLAlchemy compiles for one engine serves all engines of a test run: most live for one test, and each would compile anew."""

from collections.abc import MutableMapping
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite

_COMPILED: MutableMapping[Any, Any] = {}


class _Alike:
    """Equal to every other of its kind, and so to be looked up by it; all of a run are made in the same way."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


class SQLite(_Alike, SQLiteDialect_aiosqlite):
    """SQLite."""

    supports_statement_cache = True


class PostgreSQL(_Alike, PGDialect_asyncpg):
    """PostgreSQL."""

    supports_statement_cache = True


def compile_once() -> None:
    """For every engine that is made from now on."""
    registry.register("sqlite.aiosqlite", __name__, "SQLite")
    registry.register("postgresql.asyncpg", __name__, "PostgreSQL")

    @event.listens_for(Engine, "engine_connect")
    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=_COMPILED)
