"""Everything of Google's sign-in that a process keeps: its client, its ring, each person's tokens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from integrations.clock import Clock
from integrations.google import Feature, Tokens
from integrations.google.credentials import PersonTokens, reconnect
from integrations.google.leaving import Unsent, unsent
from integrations.google.oauth import OAuth
from integrations.google.scopes import features_of
from integrations.settings import GoogleSettings
from integrations.store.database import Database
from integrations.store.google_accounts import GoogleAccount, GoogleAccounts
from integrations.store.retention import forget_derived
from integrations.store.ring import Ring, Unreadable
from integrations.store.tables import forget_elsewhere
from integrations.trust import trusted


@dataclass(frozen=True, kw_only=True)
class Account:
    """How a person's account stands; nothing in it is secret. `say` tells why it has to be connected again."""

    email: str
    sub: str
    """Google's name for it."""
    scopes: tuple[str, ...]
    features: tuple[Feature, ...]
    connected: bool
    reconnect: bool
    say: str | None


@dataclass(frozen=True, kw_only=True)
class Left:
    """What became of an account that was disconnected. `revoked`: Google has ended its permission too."""

    revoked: bool
    lost: Unsent


class Google:
    """The accounts of everybody here."""

    def __init__(self, oauth: OAuth, database: Database, ring: Ring, clock: Clock) -> None:
        self.oauth = oauth
        self.ring = ring
        self._database = database
        self._clock = clock
        self._tokens: dict[str, PersonTokens] = {}

    @property
    def available(self) -> bool:
        """Whether anybody can connect: there is a client to do it with."""
        return bool(self.oauth.settings.client_id)

    def tokens(self, person_id: str) -> Tokens:
        """The person's way into their account; whether there is one shows when it is used."""
        return self._tokens.setdefault(
            person_id,
            PersonTokens(person_id, oauth=self.oauth, database=self._database, ring=self.ring, clock=self._clock),
        )

    async def finish(self) -> None:
        """Wait for what is being renewed."""
        for tokens in list(self._tokens.values()):
            await tokens.finish()

    async def account(self, person_id: str) -> Account | None:
        """How their account stands; None: never connected, or disconnected."""
        async with self._database.look() as session:
            found = await GoogleAccounts(session, self.ring).of(person_id)
        return _shown(found) if found and found.state != "left" else None

    async def connected(self, person_id: str, feature: Feature | None = None) -> bool:
        """Whether work with their account is worth beginning: what jobs ask first."""
        account = await self.account(person_id)
        return account is not None and account.connected and (feature is None or feature in account.features)

    async def unsent(self, person_id: str) -> Unsent:
        """What would be lost with their account."""
        async with self._database.look() as session:
            return await unsent(session, person_id)

    async def disconnect(self, person_id: str, *, door: bool) -> Left | None:
        """Forget their account here and all that was copied or made of it, then take the permission back at Google; None: nothing to do.

        `door`: they sign in with it, so its name (and nothing else) is kept.
        """
        async with self._database.work() as session:
            accounts = GoogleAccounts(session, self.ring)
            account = await accounts.of(person_id)
            if account is None or account.state == "left":
                return None
            token = await self._revocable(accounts, account)
            await accounts.leave(person_id, door=door)
            lost = await unsent(session, person_id)
            await forget_elsewhere(session, person_id)
            await forget_derived(session, person_id)
        self._tokens.pop(person_id, None)
        revoked = await self.oauth.revoke(token) if token else account.state == "reconnect"
        return Left(revoked=revoked, lost=lost)

    async def _revocable(self, accounts: GoogleAccounts, account: GoogleAccount) -> str | None:
        try:
            return await accounts.secret(account, "refresh_token") or await accounts.secret(account, "access_token")
        except Unreadable:
            return None


@asynccontextmanager
async def open_google(settings: GoogleSettings, database: Database, ring: Ring, clock: Clock) -> AsyncIterator[Google]:
    """Nothing is connected before it is needed. Google's doors answer themselves: redirects are not followed."""
    limits = httpx.Limits(max_connections=20, max_keepalive_connections=5)
    async with httpx.AsyncClient(verify=trusted(), limits=limits, follow_redirects=False) as http:
        google = Google(OAuth(settings, http, clock), database, ring, clock)
        try:
            yield google
        finally:
            await google.finish()


def _shown(account: GoogleAccount) -> Account:
    scopes = tuple(account.scopes.split())
    again = account.state == "reconnect"
    return Account(
        email=account.email,
        sub=account.sub,
        scopes=scopes,
        features=features_of(scopes),
        connected=not again,
        reconnect=again,
        say=reconnect(account) if again else None,
    )
