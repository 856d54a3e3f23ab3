"""A live conversation as a person has it, by browser or telephone: the line, and all that goes on beside it."""

from collections.abc import Sequence

from agent.commands import complete
from agent.hints import hints
from agent.services import Services
from integrations.store.people import Person
from voice.interjecting import interject
from voice.resuming import tell_what_is_owed
from voice.sessions import Beside, Session, Sessions, Way
from voice.thread import Thread

CURRENT = "current"
"""The conversation of whoever names none: their current thread, by whatever way they talk."""


async def conversation_of(services: Services, person: Person, thread_id: str | None) -> str:
    """Which conversation a line belongs to; of each there is one live line."""
    if thread_id is None:
        return CURRENT
    async with services.context(person, write=False) as ctx:
        latest = await ctx.conversations.latest(ctx.now)
    return CURRENT if latest and latest.id == thread_id else thread_id


async def talk(
    way: Way,
    person: Person,
    thread: Thread,
    services: Services,
    sessions: Sessions,
    *,
    conversation: str,
    beside: Sequence[Beside] = (),
) -> None:
    """Until one side hangs up. An older line of the conversation falls silent first, and what it left untold is told here.

    `beside`: what else goes on for as long as it lasts.
    """

    async def look_after(_: Session) -> None:
        await services.syncing.keep_fresh(person.id)

    async def interjecting(_: Session) -> None:
        await interject(services.aloud, sessions, person.id, conversation)

    async def owing(session: Session) -> None:
        await tell_what_is_owed(services, session, person, thread)

    async with services.lines.held(person.id, conversation) as held:

        async def giving_way(session: Session) -> None:
            await held.until_newer(session.give_way)

        async with services.context(person, channel=thread.channel, write=False) as ctx:
            likely = await hints(ctx)
        thread.owed = await services.untold.find(person, None if conversation == CURRENT else conversation)
        await sessions.converse(
            way, person.id, thread, conversation=conversation, complete=complete, manner=thread.manner, hints=likely,
            beside=[look_after, interjecting, owing, giving_way, *beside],
        )  # fmt: skip
