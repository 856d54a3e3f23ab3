"""What the doctor says of Google: the client, how each account stands, and how old its copies are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import inspect

from agent.ages import Age, ages
from integrations.errors import ChronusError
from integrations.google.credentials import reconnect
from integrations.google.scopes import features_of
from integrations.settings import Settings
from integrations.store.database import Session, open_database
from integrations.store.google_accounts import GoogleAccount, accounts_of
from integrations.store.intents import Intents
from integrations.store.mirrors import Mirrors

Told = dict[str, Any]
"""name, state (ok, note) and what is said."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An account and its copies."""

    account: GoogleAccount
    copies: Sequence[Age]


async def accounts(settings: Settings) -> list[Told]:
    """The client, and each account."""
    if not settings.google.client_id:
        return [_told("ok", "Not used: calendar, tasks and mail are kept on this machine.")]
    if not settings.google.client_secret:
        return [_told("note", "A client id is set without its secret: CHRONUS_GOOGLE__CLIENT_SECRET.")]
    try:
        standing = await _standing(settings)
    except ChronusError as error:
        return [_told("note", f"I can't look at the accounts: {error.say}")]
    if not standing:
        return [_told("ok", "Nobody has connected an account yet; each does it in the settings of the page.")]
    return [_account(one) for one in standing]


async def _standing(settings: Settings) -> list[Standing]:
    url = settings.database.url
    if url is None and not (settings.data / "chronus.db").exists():
        return []
    opening = open_database(url.get_secret_value() if url else None, settings.data)
    async with opening as database, database.look() as session:
        tables = await session.run_sync(lambda sync: inspect(sync.connection()).get_table_names())
        if "google_accounts" not in tables:
            return []
        found = await accounts_of(session)
        return [
            Standing(account=one, copies=await _copies(session, one) if "mirrors" in tables else []) for one in found
        ]


async def _copies(session: Session, account: GoogleAccount) -> Sequence[Age]:
    mirrors = await Mirrors(session, account.person_id).all()
    waiting = await Intents(session, account.person_id).open()
    return ages(mirrors, waiting, datetime.now(UTC), reconnect=account.state == "reconnect")


def _account(standing: Standing) -> Told:
    account, copies = standing.account, " ".join(_copy(one) for one in standing.copies)
    name = f"Google {account.email or 'account'}"
    match account.state:
        case "connected":
            features = ", ".join(features_of(account.scopes.split())).replace("_", " ")
            ends = f" The permission ends on {account.grant_until:%Y-%m-%d}: the app is in testing at Google." if account.grant_until else ""  # fmt: skip
            good = all(one.state in {"fresh", "reading"} for one in standing.copies)
            say = f"Connected: {features or 'sign-in only'}.{ends} {copies}".rstrip()
            return _told("ok" if good else "note", say, name)
        case "reconnect":
            return _told("note", f"{reconnect(account)} {copies}".rstrip(), name)
        case _:
            return _told("ok", "Disconnected; used to sign in only.", name)


def _copy(one: Age) -> str:
    """Such as "Tasks as of 2026-03-04 09:20 UTC, 2 waiting: Google isn't answering.\""""
    age = f"as of {one.synced_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if one.synced_at else "not read to the end yet"
    waiting = f", {one.waiting} waiting" if one.waiting else ""
    why = f": {one.say}" if one.say else "."
    return f"{one.kind.capitalize()} {age}{waiting}{why}"


def _told(state: str, say: str, name: str = "Google") -> Told:
    return {"name": name, "state": state, "say": say}
