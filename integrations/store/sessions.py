"""Sign-ins: refresh tokens, each good for one use, in families that fall together."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, ForeignKey, String, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from integrations.errors import Conflict
from integrations.store.tables import Row, new_id


class SignIn(Row):
    """One refresh token, of which only the hash is kept. A family is one sign-in on one device."""

    __tablename__ = "sign_ins"

    person_id: Mapped[str] = mapped_column(String(40), ForeignKey("people.id", ondelete="CASCADE"), index=True)
    family: Mapped[str] = mapped_column(String(40), index=True)
    refresh_hash: Mapped[str] = mapped_column(String(128), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    agent: Mapped[str] = mapped_column(default="")


class SignIns:
    """Everybody's sign-ins; whose one is, is learned from its token."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def start(
        self, person_id: str, refresh_hash: str, now: datetime, expires_at: datetime, agent: str = ""
    ) -> SignIn:
        """A new family with its first token."""
        return await self._keep(
            SignIn(
                person_id=person_id,
                family=new_id(),
                refresh_hash=refresh_hash,
                created_at=now,
                expires_at=expires_at,
                agent=agent,
            )
        )

    async def by_hash(self, refresh_hash: str) -> SignIn | None:
        """The token with this hash, whatever has become of it."""
        return await self._session.scalar(select(SignIn).where(SignIn.refresh_hash == refresh_hash))

    async def rotate(self, old: SignIn, new_hash: str, now: datetime, expires_at: datetime) -> SignIn:
        """Use a token up for its successor. Raises `Conflict` when it was used or revoked; of many callers one wins."""
        unused = (SignIn.id == old.id) & SignIn.used_at.is_(None) & SignIn.revoked_at.is_(None)
        if not await self._update(update(SignIn).where(unused).values(used_at=now)):
            raise Conflict("That sign-in was used already.")
        return await self._keep(
            SignIn(
                person_id=old.person_id,
                family=old.family,
                refresh_hash=new_hash,
                created_at=now,
                expires_at=expires_at,
                agent=old.agent,
            )
        )

    async def revoke_family(self, family: str, now: datetime) -> None:
        """Sign one device out."""
        await self._update(
            update(SignIn).where(SignIn.family == family, SignIn.revoked_at.is_(None)).values(revoked_at=now)
        )

    async def family_live(self, family: str) -> bool:
        """Whether the device is still signed in."""
        query = select(SignIn.id).where(SignIn.family == family, SignIn.revoked_at.is_(None)).limit(1)
        return await self._session.scalar(query) is not None

    async def ever(self, person_id: str) -> bool:
        """Whether the person has ever signed in."""
        return await self._session.scalar(select(SignIn.id).where(SignIn.person_id == person_id).limit(1)) is not None

    async def revoke_all(self, person_id: str, now: datetime | None = None) -> None:
        """Sign a person out everywhere."""
        await self._update(
            update(SignIn)
            .where(SignIn.person_id == person_id, SignIn.revoked_at.is_(None))
            .values(revoked_at=now or datetime.now(UTC))
        )

    async def forget_expired(self, now: datetime) -> int:
        """Drop families of which no token is good any more, a day after the last one ended; how many tokens."""
        live = select(SignIn.family).where(SignIn.expires_at > now - timedelta(days=1))
        return await self._update(delete(SignIn).where(SignIn.family.not_in(live)))

    async def _keep(self, sign_in: SignIn) -> SignIn:
        self._session.add(sign_in)
        await self._session.flush()
        return sign_in

    async def _update(self, statement: Any) -> int:
        return cast("CursorResult[Any]", await self._session.execute(statement)).rowcount
