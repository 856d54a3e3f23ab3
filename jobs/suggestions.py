"""suggestions.make: looks for something sensible to do in the free hours, and tells one when it is a good moment."""

from agent.services import Services
from agent.suggestions import Suggestion
from agent.suggestions.telling import next_to_tell, say
from jobs.run import Owed, job


@job("suggestions.make")
async def make(services: Services, owed: Owed) -> str:
    """At most one a slot. What was chosen for a slot stays chosen, so a second try tells the same or nothing."""
    person = await services.person(owed.person_id)
    async with services.context(person, key=owed.key) as ctx:
        found = await next_to_tell(ctx, owed.slot)
    if not isinstance(found, Suggestion):
        return found
    if found.state == "open":
        await services.telling.tell(person.id, about="suggestion", say=say(found), key=found.key, link="/#suggestions")
    return "One suggestion told."
