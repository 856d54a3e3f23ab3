"""Rows as JSON: to put one back exactly as it was, and to know whether it still is as it was."""

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Date, inspect

from integrations.store.tables import Moment, Row


def snapshot(row: Row) -> dict[str, Any]:
    """Every column of it."""
    return {column.key: _plain(getattr(row, column.key)) for column in inspect(type(row)).columns}


def fields(kind: type[Row], kept: dict[str, Any]) -> dict[str, Any]:
    """A snapshot as arguments of its row class."""
    columns = inspect(kind).columns
    return {name: _typed(columns[name].type, value) for name, value in kept.items()}


def fingerprint(content: object) -> str:
    """Short, and different whenever the content is."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case _:
            return value


def _typed(kind: object, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value
