"""Writing a person's digest of the day, and writing it anew when more mail has come."""

import asyncio
from collections.abc import Sequence

from agent.digest.accepting import accept
from agent.digest.judging import by_model, by_rules
from agent.digest.keeping import keep, say
from agent.digest.looking import look
from agent.digest.today import Digest
from agent.digest.values import Letter
from agent.services import Services
from integrations.email import Message
from integrations.errors import ChronusError, Unavailable
from integrations.store.digests import Mind
from integrations.store.people import Person

PATIENCE = {"job": 120.0}
"""Seconds that a model may take where nobody waits; 20 where somebody does."""
WHOLE = 60
"""Mails whose text is asked for where only its beginning is here."""


async def write_digest(services: Services, person: Person, *, channel: str = "api") -> Digest:
    """Look, judge, keep, and add what may be added; nothing is held open while a model or a mail account is asked.

    Done again it looks only at what came since, so what was proposed stays as it was decided. Raises `Unavailable` when it was
    somebody else's mailbox in the end: what was read in one that was disconnected meanwhile is kept nowhere.
    """
    address = await _address(services, person)
    async with services.context(person, channel=channel, write=False) as ctx:
        looked = await look(ctx, address, anew=services.extractor is not None)
    letters = [Letter(mail) for mail in await _whole(services, person, looked.new)]
    if services.extractor and letters:
        judged = await by_model(
            letters, looked.known, services.extractor, person.id, patience=PATIENCE.get(channel, 20.0)
        )
    else:
        judged = await asyncio.to_thread(by_rules, letters, looked.known)  # others are served meanwhile
    if await _address(services, person) != address:
        raise Unavailable("Your mail account was changed while I was reading it.", retry_after=5)
    mind: Mind = "rules instead" if judged.instead else "model" if services.extractor else "rules"
    async with services.context(person, channel=channel) as ctx:
        digest = await keep(ctx, looked, judged, mind)
    if not person.add_actions:
        return digest
    await _add(services, person, digest, channel)
    async with services.context(person, channel=channel) as ctx:
        return await say(ctx)


async def _address(services: Services, person: Person) -> str | None:
    """Of the account that is connected; None: mail is kept here."""
    account = await services.google.account(person.id)
    return account.email if account else None


async def _whole(services: Services, person: Person, mails: Sequence[Message]) -> list[Message]:
    """With their whole texts, as far as they can be had; kept where mail is copied, so that they are asked for once."""
    if not any(mail.partial for mail in mails):
        return list(mails)
    whole: list[Message] = []
    async with services.context(person, channel="job") as ctx:
        for place, mail in enumerate(mails):
            try:
                whole.append(await ctx.mail.get(mail.id) if mail.partial and place < WHOLE else mail)
            except ChronusError:  # its beginning is better than nothing
                whole.append(mail)
    return whole


async def _add(services: Services, person: Person, digest: Digest, channel: str) -> None:
    """Tasks of what people they know ask for, each in a piece of work of its own."""
    for item in digest.items:
        if item.state == "proposed" and item.known and item.digest_id == digest.id:
            await accept(services, person, item.id, channel=channel, state="added")
