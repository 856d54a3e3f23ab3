"""Access tokens that are always good for some minutes: renewed early, once for all who wait, and never in a storm."""

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from integrations.clock import Clock
from integrations.errors import NotConnected, Unavailable
from integrations.google.oauth import GrantLost, OAuth
from integrations.store.database import Database
from integrations.store.google_accounts import GoogleAccount, GoogleAccounts, Reason
from integrations.store.notices import GOOGLE_ACCOUNT, Notices
from integrations.store.ring import Ring, Unreadable

log = logging.getLogger(__name__)

EARLY = timedelta(minutes=3, seconds=45)
"""What an access token must still be good for when it is given out."""
LEASE = timedelta(seconds=15)
"""How long one process may take to renew before another tries."""
GLANCE = 0.1
"""Seconds between two looks at what the other process has brought."""
REST = 3.0
"""Seconds after a failed renewal in which Google isn't asked again."""

NEVER = "Your Google account isn't connected yet. You can connect it in the settings."
AGAIN: Mapping[str, str] = {
    "revoked": "Google has ended my access to your account. Please connect it again in the settings.",
    "expired": "The time for which Google gave me access has run out. Please connect your account again in the settings.",
    "verify": "Google wants to see that it is you. Please connect your account again in the settings.",
    "no_refresh": "Google gave me access for an hour only. Please connect your account again in the settings.",
    "unreadable": "I can no longer read my key to your Google account. Please connect it again in the settings.",
}


def _looked_at(renewal: asyncio.Task[str]) -> None:
    """Everybody who waited for it may have gone; then its failure is no news."""
    if not renewal.cancelled():
        renewal.exception()


def reconnect(account: GoogleAccount) -> str:
    """Why it has to be connected again, and where."""
    return AGAIN.get(account.reason or "", AGAIN["revoked"])


@dataclass(frozen=True, kw_only=True)
class _Held:
    """What stands in the database just now."""

    access: str | None
    until: datetime | None
    since: datetime


class PersonTokens:
    """One person's tokens in this process; whoever asks while they are renewed waits for the same renewal."""

    def __init__(self, person_id: str, *, oauth: OAuth, database: Database, ring: Ring, clock: Clock) -> None:
        self._person_id = person_id
        self._oauth = oauth
        self._database = database
        self._ring = ring
        self._clock = clock
        self._renewal: asyncio.Task[str] | None = None
        self._resting: tuple[float, Unavailable] | None = None

    async def access(self) -> str:
        """An access token good for some minutes. Raises `NotConnected` (never connected, or permission taken back) and `Unavailable`."""
        held = await self._held()
        return self._good(held) or await self._renewed(None)

    async def renew(self, stale: str) -> str:
        """Another one than `stale`, which Google has just refused. Raises the same."""
        access = self._good(await self._held())
        return access if access and access != stale else await self._renewed(stale)

    async def finish(self) -> None:
        """Wait for a renewal that is under way."""
        if self._renewal is not None:
            await asyncio.wait({self._renewal})

    async def _renewed(self, stale: str | None) -> str:
        """One renewal for all who ask meanwhile; one who stops waiting doesn't stop it for the others."""
        if self._renewal is None or self._renewal.done():
            if self._resting and time.monotonic() < self._resting[0]:
                why = self._resting[1]
                raise type(why)(why.say, retry_after=why.retry_after or REST)
            self._renewal = asyncio.create_task(self._renew(stale))
            self._renewal.add_done_callback(_looked_at)
        return await asyncio.shield(self._renewal)

    async def _renew(self, stale: str | None) -> str:
        """Renew, or wait for the process that does."""
        until = time.monotonic() + LEASE.total_seconds() * 2
        while time.monotonic() < until:
            held, mine = await self._begin(stale)
            access = self._good(held)
            if access and access != stale:
                return access
            if mine:
                return await self._ask(held.since)
            await asyncio.sleep(GLANCE)
        raise Unavailable("Your Google account is being renewed elsewhere. Please try again in a moment.")

    async def _begin(self, stale: str | None) -> tuple[_Held, bool]:
        async with self._database.work() as session:
            accounts = GoogleAccounts(session, self._ring)
            held = await self._read(accounts)
            access = self._good(held)
            if access and access != stale:
                return held, False
            now = self._clock()
            return held, await accounts.begin_renewal(self._person_id, now, now + LEASE)

    async def _ask(self, since: datetime) -> str:
        """Ask Google, with no transaction open, and keep what it says."""
        try:
            async with self._database.look() as session:
                accounts = GoogleAccounts(session, self._ring)
                account = await self._connected(accounts)
                refresh = await accounts.secret(account, "refresh_token")
            if refresh is None:
                raise GrantLost("no_refresh")
            grant = await self._oauth.refresh(refresh)
        except GrantLost as error:
            raise NotConnected(AGAIN[await self._lose(since, error.reason)]) from error
        except Unreadable as error:
            log.error("a Google account's token can't be opened: %s", error)
            raise NotConnected(AGAIN[await self._lose(since, "unreadable")]) from error
        except Unavailable as error:
            self._resting = time.monotonic() + REST, error
            await self._end()
            raise
        self._resting = None
        async with self._database.work() as session:
            kept = await GoogleAccounts(session, self._ring).renewed(self._person_id, since=since, grant=grant)
        if not kept:  # disconnected, or connected anew, while Google answered
            return await self.access()
        return grant.access

    async def _end(self) -> None:
        async with self._database.work() as session:
            await GoogleAccounts(session, self._ring).end_renewal(self._person_id)

    async def _lose(self, since: datetime, reason: Reason) -> Reason:
        """Note that it is over, and owe them the sentence; the reason as far as we can tell."""
        async with self._database.work() as session:
            accounts = GoogleAccounts(session, self._ring)
            account = await accounts.of(self._person_id)
            ended = account and account.grant_until and account.grant_until <= self._clock() + EARLY
            if reason == "revoked" and ended:
                reason = "expired"
            if await accounts.lost(self._person_id, since=since, reason=reason):
                await Notices(session, self._person_id).add(GOOGLE_ACCOUNT, AGAIN[reason], self._clock())
        log.info("a Google account has to be connected again: %s", reason)
        return reason

    async def _held(self) -> _Held:
        async with self._database.look() as session:
            return await self._read(GoogleAccounts(session, self._ring))

    async def _read(self, accounts: GoogleAccounts) -> _Held:
        account = await self._connected(accounts)
        try:
            access = await accounts.secret(account, "access_token")
        except Unreadable:
            access = None  # the refresh token will tell whether all is lost
        return _Held(access=access, until=account.access_until, since=account.connected_at)

    async def _connected(self, accounts: GoogleAccounts) -> GoogleAccount:
        account = await accounts.of(self._person_id)
        if account is None or account.state == "left":
            raise NotConnected(NEVER)
        if account.state == "reconnect":
            raise NotConnected(reconnect(account))
        return account

    def _good(self, held: _Held) -> str | None:
        fresh = held.until is not None and held.until - self._clock() > EARLY
        return held.access if fresh else None
