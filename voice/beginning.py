"""How a call begins once we know who is there: what we rang for is said first."""

from agent.services import Services
from integrations.store.calls import Call
from integrations.store.people import Person
from voice.sessions import Session

BRIEFING = "Read me my briefing."
"""As if they had asked for it, so that it can be steered like any other telling of it."""
_PAUSE = 10.0
"""Seconds until there is a moment in it."""


def greeting(call: Call | None) -> str | None:
    """What is said before anything is asked; None where there is more to say than a greeting."""
    if call is None or call.direction == "in":
        return "Hello. What can I do for you?"
    if call.about == "asked":
        return "Hello, you asked me to call you. What can I do for you?"
    return None


async def begin(call: Call | None, services: Services, session: Session, person: Person) -> None:
    """Say what we rang for, into the conversation that has just begun."""
    if call is None or call.about not in ("briefing", "reminder") or not await session.pause(_PAUSE):
        return
    if call.about == "briefing":
        await session.ask(BRIEFING)
    else:
        await _remind(call, services, session, person)


async def _remind(call: Call, services: Services, session: Session, person: Person) -> None:
    """What rang and nobody heard; once it was heard it is told nowhere else."""
    async with services.context(person, write=False) as ctx:
        new = [one for one in await ctx.notifications.some(call.things) if one.read_at is None]
    if not new:
        await session.say("Hello. What can I do for you?")
    elif await session.say(" ".join(one.aloud or one.say for one in new)):
        for one in new:
            await services.telling.read(person.id, one.id)
