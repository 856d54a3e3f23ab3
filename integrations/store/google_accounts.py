"""Google accounts, one a person; their tokens are sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, CursorResult, ForeignKey, String, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.errors import NotConnected
from integrations.store.database import Check
from integrations.store.ring import SEALED, Ring
from integrations.store.tables import Row

State = Literal["connected", "reconnect", "left"]
Reason = Literal["revoked", "expired", "verify", "no_refresh", "unreadable"]


class GoogleAccount(Row):
    """An account and what may be done with it. `left`: disconnected, but still the person's way to sign in."""

    __tablename__ = "google_accounts"

    person_id: Mapped[str] = mapped_column(
        String(40), ForeignKey("people.id", ondelete="CASCADE"), unique=True, sort_order=-1
    )
    sub: Mapped[str] = mapped_column(String(255), unique=True)
    """Google's name for the account, which never changes."""
    email: Mapped[str]
    scopes: Mapped[str]
    """Those granted, separated by spaces."""
    refresh_token: Mapped[str | None] = mapped_column(info=SEALED)
    access_token: Mapped[str | None] = mapped_column(info=SEALED)
    access_until: Mapped[datetime | None]
    grant_until: Mapped[datetime | None]
    """When the permission itself ends, where Google says so: seven days for an app in testing."""
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(20))
    renewing_until: Mapped[datetime | None]
    """A process is renewing the access token; until then the others wait for it."""
    connected_at: Mapped[datetime]


def still(account: GoogleAccount) -> Check:
    """Refuses what is done for an account (`NotConnected`) once it was disconnected or connected anew, and holds off who would do so meanwhile."""
    person_id, known = account.person_id, (account.id, account.sub, account.connected_at)
    columns = (GoogleAccount.id, GoogleAccount.sub, GoogleAccount.connected_at)
    same = select(*columns).where(GoogleAccount.person_id == person_id, GoogleAccount.state != "left")

    async def check(session: AsyncSession) -> None:
        found = (await session.execute(same.with_for_update(read=True))).first()
        if found is None or tuple(found) != known:
            raise NotConnected

    return check


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What Google has given, in plain words; to be sealed. `refresh` is None where it gave none anew."""

    scopes: tuple[str, ...]
    access: str
    access_until: datetime
    refresh: str | None = None
    grant_until: datetime | None = None


class GoogleAccounts:
    """Everybody's; the one of a person is found by the person or by Google's name for it. Never commits."""

    def __init__(self, session: AsyncSession, ring: Ring) -> None:
        self._session = session
        self._ring = ring

    async def of(self, person_id: str) -> GoogleAccount | None:
        """The person's account, whatever its state."""
        return await self._session.scalar(select(GoogleAccount).where(GoogleAccount.person_id == person_id))

    async def by_sub(self, sub: str) -> GoogleAccount | None:
        """The account by Google's name for it."""
        return await self._session.scalar(select(GoogleAccount).where(GoogleAccount.sub == sub))

    async def all(self) -> Sequence[GoogleAccount]:
        """Everybody's, longest connected first."""
        return await accounts_of(self._session)

    async def secret(self, account: GoogleAccount, which: Literal["refresh_token", "access_token"]) -> str | None:
        """One of its tokens, opened. Raises `Unreadable`."""
        sealed: str | None = getattr(account, which)
        if sealed is None:
            return None
        return await self._ring.open(self._session, sealed, person_id=account.person_id, place=_place(which))

    async def connect(self, person_id: str, *, sub: str, email: str, grant: Grant, now: datetime) -> GoogleAccount:
        """Keep what was granted. Without a new refresh token the one there is stays, if it can still be used.

        Raises `Conflict`, by the database, when the person or the account is taken meanwhile.
        """
        account = await self.of(person_id)
        if account is None:
            account = GoogleAccount(
                person_id=person_id, sub=sub, email=email, scopes="", state="connected", connected_at=now
            )
            self._session.add(account)
        kept = account.refresh_token if account.state == "connected" and account.sub == sub else None
        account.sub, account.email = sub, email
        account.scopes = " ".join(grant.scopes)
        account.refresh_token = await self._sealed(person_id, "refresh_token", grant.refresh) or kept
        account.access_token = await self._sealed(person_id, "access_token", grant.access)
        account.access_until = grant.access_until
        account.grant_until = grant.grant_until if grant.refresh else account.grant_until
        account.state = "connected" if account.refresh_token else "reconnect"
        account.reason = None if account.refresh_token else "no_refresh"
        account.renewing_until = None
        account.connected_at = now
        await self._session.flush()
        return account

    async def begin_renewal(self, person_id: str, now: datetime, until: datetime) -> bool:
        """Whether it is mine to renew the access token; of all processes one hears yes until then."""
        free = or_(GoogleAccount.renewing_until.is_(None), GoogleAccount.renewing_until <= now)
        return await self._set(person_id, GoogleAccount.state == "connected", free, renewing_until=until)

    async def renewed(self, person_id: str, *, since: datetime, grant: Grant) -> bool:
        """Keep a new access token; False when the account was connected anew or left after `since`."""
        values: dict[str, Any] = {
            "access_token": await self._sealed(person_id, "access_token", grant.access),
            "access_until": grant.access_until,
            "renewing_until": None,
        }
        if grant.scopes:
            values["scopes"] = " ".join(grant.scopes)
        if grant.refresh:
            values["refresh_token"] = await self._sealed(person_id, "refresh_token", grant.refresh)
        return await self._set(person_id, *_same(since), **values)

    async def end_renewal(self, person_id: str) -> None:
        """Nothing came of it; the next one may try."""
        await self._set(person_id, renewing_until=None)

    async def lost(self, person_id: str, *, since: datetime, reason: Reason) -> bool:
        """What was granted at `since` counts no more: it has to be connected anew; False when that is so already."""
        return await self._set(
            person_id,
            *_same(since),
            state="reconnect",
            reason=reason,
            refresh_token=None,
            access_token=None,
            access_until=None,
            renewing_until=None,
        )

    async def leave(self, person_id: str, *, door: bool) -> None:
        """Forget the account and its tokens; `door`: but for the name by which the person signs in."""
        if not door:
            await self._session.execute(delete(GoogleAccount).where(GoogleAccount.person_id == person_id))
            return
        nothing = dict.fromkeys(
            ("refresh_token", "access_token", "access_until", "grant_until", "reason", "renewing_until")
        )
        await self._set(person_id, state="left", email="", scopes="", **nothing)

    async def _sealed(self, person_id: str, which: str, text: str | None) -> str | None:
        if text is None:
            return None
        return await self._ring.seal(self._session, text, person_id=person_id, place=_place(which))

    async def _set(self, person_id: str, *where: ColumnElement[bool], **values: object) -> bool:
        statement = update(GoogleAccount).where(GoogleAccount.person_id == person_id, *where).values(**values)
        result = await self._session.execute(statement, execution_options={"synchronize_session": "fetch"})
        return cast("CursorResult[Any]", result).rowcount > 0


async def accounts_of(session: AsyncSession) -> Sequence[GoogleAccount]:
    """Everybody's, longest connected first; whoever only looks needs no keys."""
    query = select(GoogleAccount).order_by(GoogleAccount.connected_at, GoogleAccount.made)
    return (await session.scalars(query)).all()


def _same(since: datetime) -> tuple[ColumnElement[bool], ...]:
    return GoogleAccount.connected_at == since, GoogleAccount.state == "connected"


def _place(column: str) -> str:
    return f"{GoogleAccount.__tablename__}.{column}"
