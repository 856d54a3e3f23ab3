"""A mailbox, watched: all that came in is others' words, and sending needs leave."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from agent.effects import Effect
from agent.origins import Origin
from agent.trust import Trust
from integrations.email import Contact, Found, Mail, Message, MessageWritten, NewDraft
from integrations.store.origins import Foreigners

KEEPER = "mail"
OURS = frozenset({"drafts", "outbox"})
"""Boxes of what was written here; what was sent long ago may quote what it answers."""


class GuardedMail:
    """Keeps the port of mail with another one."""

    def __init__(self, kept: Mail, trust: Trust, foreigners: Foreigners) -> None:
        self.kept = kept
        self._trust = trust
        self._foreigners = foreigners

    async def search(self, query: str = "in:inbox", *, first: int = 50) -> Found:
        """Newest first; it is noted whose words they are."""
        found = await self.kept.search(query, first=first)
        await self._note(found)
        return found

    async def get(self, message_id: str) -> Message:
        """One mail; it is noted whose words it holds."""
        message = await self.kept.get(message_id)
        await self._note([message])
        return message

    async def mark_read(self, message_id: str) -> MessageWritten:
        """It has been read (to) the person."""
        written = await self.kept.mark_read(message_id)
        await self._note([written.message])
        return written

    async def draft(self, new: NewDraft) -> MessageWritten:
        """Nobody else sees it."""
        return await self.kept.draft(new)

    async def send(self, draft_id: str, *, etag: str | None = None) -> MessageWritten:
        """Raises `Denied` without leave."""
        self._trust.check(Effect.OUTBOUND)
        return await self.kept.send(draft_id, etag=etag)

    async def as_of(self) -> datetime | None:
        """When what is read here was last known to be equal to the account."""
        return await self.kept.as_of()

    async def contacts(self) -> list[Contact]:
        """Everyone mail was exchanged with. Their names are theirs: whoever gives them to a mind says so to `Trust.read`."""
        return await self.kept.contacts()

    async def revert(self, inverse: dict[str, Any]) -> Message | None:
        """Undo one write."""
        return await self.kept.revert(inverse)

    async def _note(self, messages: Sequence[Message]) -> None:
        if not messages or self._trust.tainted:
            return
        ours = [message.id for message in messages if message.box in OURS]
        foreign = len(ours) < len(messages) or await self._foreigners.among(KEEPER, ours)
        self._trust.read(Origin.THIRD_PARTY if foreign else Origin.OWN)
