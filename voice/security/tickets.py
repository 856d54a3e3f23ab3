"""Tickets for live conversations: a socket can't carry a sign-in, so it carries one of these, once."""

import secrets
from dataclasses import dataclass

from integrations.cache import Cache
from voice.problems import NotSignedIn
from voice.security.tokens import hashed

GOOD_FOR = 30.0
"""Seconds between asking for a socket and opening it."""
_CALL = "call:"
"""A ticket of a telephone call opens no other kind of socket."""


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """Whom a socket is opened for, by which sign-in, and for which thread if it was named."""

    person_id: str
    family: str
    conversation_id: str | None
    line: str
    """Names the connection; tells no one the ticket."""


@dataclass(frozen=True, kw_only=True)
class Ringing:
    """Whose call it is, and the number of whoever calls them without being known."""

    person_id: str
    stranger: str


class Tickets:
    """Kept in the cache by their hash, so that reading the cache opens nothing."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    async def issue(self, person_id: str, family: str, conversation_id: str | None = None) -> str:
        """A new ticket, good once and soon."""
        ticket = secrets.token_urlsafe(32)
        await self._cache.put(_key(ticket), f"{person_id} {family} {conversation_id or ''}", seconds=GOOD_FOR)
        return ticket

    async def take(self, ticket: str) -> Ticket:
        """Use a ticket up. Raises `NotSignedIn` for one that is unknown, used or too old."""
        kept = await self._cache.take(_key(ticket)) if 0 < len(ticket) <= 64 else None
        if kept is None or kept.startswith(_CALL):
            raise NotSignedIn("That ticket is used up or too old.")
        person_id, family, conversation_id = kept.split(" ")
        return Ticket(person_id=person_id, family=family, conversation_id=conversation_id or None, line=_key(ticket))

    async def issue_call(self, call_id: str, person_id: str, *, stranger: str = "") -> str:
        """A ticket for the sound of one call, which only that call can use.

        `stranger` is the number of somebody whom nobody knows: they may leave that person a message, and nothing else.
        """
        ticket = secrets.token_urlsafe(32)
        kept = f"{_CALL} {hashed(call_id)} {person_id} {stranger}"
        await self._cache.put(_key(ticket), kept, seconds=GOOD_FOR)
        return ticket

    async def take_call(self, ticket: str, call_id: str) -> Ringing:
        """Use it up; whose call it is. Raises `NotSignedIn`, also for another call's."""
        kept = await self._cache.take(_key(ticket)) if 0 < len(ticket) <= 64 else None
        match (kept or "").split(" "):
            case [kind, call, person_id, stranger] if kind == _CALL and call == hashed(call_id):
                return Ringing(person_id=person_id, stranger=stranger)
            case _:
                raise NotSignedIn("That ticket is used up or too old.")


def _key(ticket: str) -> str:
    return f"ticket:{hashed(ticket)}"
