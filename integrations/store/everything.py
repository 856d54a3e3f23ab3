"""Every row about a person, from every table there is: a table that is new is in it without anybody's doing."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from integrations.store.people import Person
from integrations.store.schema import Table
from integrations.store.snapshots import snapshot

SECRETS = frozenset({
    "google_accounts.refresh_token", "google_accounts.access_token", "push_subscriptions.sealed",
    "push_subscriptions.endpoint_hash", "phones.pin", "sign_ins.refresh_hash", "briefing_feeds.secret_hash",
    "calendar_channels.token_hash",
})  # fmt: skip
"""Keys, not facts about anybody: whoever finds the file must not be able to act with it."""


async def everything_of(session: AsyncSession, person_id: str) -> dict[str, list[dict[str, Any]]]:
    """By table, oldest first, without what only serves to open doors."""
    found: dict[str, list[dict[str, Any]]] = {}
    for kind, whose in _kinds():
        rows = (await session.scalars(select(kind).where(whose == person_id).order_by(kind.made, kind.id))).all()
        name = kind.__tablename__
        found[name] = [
            {key: value for key, value in snapshot(row).items() if f"{name}.{key}" not in SECRETS} for row in rows
        ]
    return found


def _kinds() -> Iterator[tuple[Any, Any]]:
    """Each kind of row that belongs to somebody, and the column that says to whom."""
    for mapper in sorted(Table.registry.mappers, key=lambda one: str(one.local_table)):
        kind: Any = mapper.class_
        if kind is Person:
            yield kind, kind.id
        elif "person_id" in mapper.columns and mapper.columns["person_id"].foreign_keys:
            yield kind, kind.person_id
