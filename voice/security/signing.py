"""Signing in, staying signed in and signing out: refresh tokens that are used once, in families that fall together."""

from datetime import datetime, timedelta

from agent.services import Services
from integrations.errors import Conflict, NotFound
from integrations.store.people import People, Person
from integrations.store.sessions import SignIn, SignIns
from voice.problems import NotSignedIn
from voice.security.cookies import Tokens
from voice.security.tokens import REFRESH, Claims, Keys, hashed

GRACE = timedelta(seconds=10)
"""How long a used refresh token may be shown again by someone whose answer got lost, or by two tabs at once."""


async def sign_in(services: Services, keys: Keys, person_id: str, device: str) -> Tokens:
    """A new sign-in on a device."""
    refresh, now = keys.refresh(), services.clock()
    async with services.database.work() as session:
        started = await SignIns(session).start(person_id, hashed(refresh), now, now + REFRESH, device[:200])
    return Tokens(access=keys.access(person_id, started.family, now), refresh=refresh)


async def renew(services: Services, keys: Keys, refresh: str) -> Tokens:
    """New tokens for a refresh token. Raises `NotSignedIn`; one shown again too late ends the whole sign-in."""
    now, following = services.clock(), keys.successor(refresh)
    async with services.database.work() as session:
        sign_ins = SignIns(session)
        shown = await sign_ins.by_hash(hashed(refresh))
        good = shown is not None and await _followed(sign_ins, shown, following, now)
        # raised only after this has been kept: a revocation must not be undone by its own refusal
    if shown is None or not good:
        raise NotSignedIn("Your sign-in has run out. Please sign in again.")
    return Tokens(access=keys.access(shown.person_id, shown.family, now), refresh=following)


async def sign_out(services: Services, refresh: str | None, claims: Claims | None) -> None:
    """End the sign-in that either token belongs to; unknown ones are no news."""
    async with services.database.work() as session:
        sign_ins = SignIns(session)
        shown = await sign_ins.by_hash(hashed(refresh)) if refresh else None
        families = {shown.family} if shown else set()
        if claims:
            families.add(claims.family)
        for family in families:
            await sign_ins.revoke_family(family, services.clock())


async def who(services: Services, claims: Claims) -> Person:
    """The person of a token whose sign-in still stands. Raises `NotSignedIn`."""
    async with services.database.look() as session:
        if not await SignIns(session).family_live(claims.family):
            raise NotSignedIn("You have signed out. Please sign in again.")
        try:
            return await People(session).get(claims.person_id)
        except NotFound as error:
            raise NotSignedIn from error


async def remembered(services: Services, refresh: str) -> tuple[Person, str] | None:
    """Whose refresh token it is, and of which sign-in, without using it up; None: it no longer counts."""
    now = services.clock()
    async with services.database.look() as session:
        shown = await SignIns(session).by_hash(hashed(refresh))
        if shown is None or shown.revoked_at or shown.expires_at <= now:
            return None
        if shown.used_at is not None and now - shown.used_at > GRACE:
            return None
        return await People(session).get(shown.person_id), shown.family


async def standing(services: Services, family: str) -> bool:
    """Whether a sign-in still stands."""
    async with services.database.look() as session:
        return await SignIns(session).family_live(family)


async def _followed(sign_ins: SignIns, shown: SignIn, following: str, now: datetime) -> bool:
    """Whether the shown token may be followed by its successor, which then stands in the database."""
    if shown.revoked_at or shown.expires_at <= now:
        return False
    if shown.used_at is None:
        try:
            await sign_ins.rotate(shown, hashed(following), now, now + REFRESH)
        except Conflict:  # another process was faster, this very moment
            return await _unused(sign_ins, following)
        return True
    if now - shown.used_at <= GRACE and await _unused(sign_ins, following):
        return True
    await sign_ins.revoke_family(shown.family, now)
    return False


async def _unused(sign_ins: SignIns, refresh: str) -> bool:
    kept = await sign_ins.by_hash(hashed(refresh))
    return kept is not None and kept.used_at is None and kept.revoked_at is None
