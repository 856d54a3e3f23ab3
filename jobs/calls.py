"""`phone.call`: a person is rung up. `phone.settle`: what became of it, where nobody has told."""

from agent.calling.dialing import dial
from agent.calling.outcome import settle
from agent.services import Services
from jobs.run import Owed, job


@job("phone.call", limit=60)
async def ring(services: Services, owed: Owed) -> str:
    """Ring once, however often this is done."""
    person = await services.person(owed.person_id)
    return await dial(services, person, str(owed.arguments["call"]), attempt=owed.attempt)


@job("phone.settle", limit=60)
async def look(services: Services, owed: Owed) -> str:
    """Ask the provider."""
    person = await services.person(owed.person_id)
    return await settle(services, person, str(owed.arguments["call"]), int(owed.arguments["times"]))
