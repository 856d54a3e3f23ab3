"""Somebody has connected their account: what this morning's jobs couldn't know is made up for at once."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.services import Services


async def make_up(services: "Services", person_id: str) -> None:
    """Owe today's digest and briefing where their hour is over; before it they come by themselves."""
    person = await services.person(person_id)
    now = services.now(person)
    slot, clock = f"{now.date().isoformat()} connected", f"{now:%H:%M}"
    if clock >= person.digest_at:
        await services.queue.ask("email.digest", person_id, slot=slot)
    if clock >= person.briefing_at:
        await services.queue.ask("briefing.write", person_id, slot=slot)
