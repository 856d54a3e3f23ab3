"""`reminders.ring`: what a person asked to be reminded of."""

from agent.ringing import ring
from agent.services import Services
from jobs.run import Owed, job


@job("reminders.ring")
async def ring_due(services: Services, owed: Owed) -> str | None:
    """Ring what is due; `ids` among the arguments says which, else all of the person's."""
    person = await services.person(owed.person_id)
    return await ring(services, person, owed.arguments.get("ids"))
