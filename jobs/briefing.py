"""The morning briefing: written before it is asked for, announced, then spoken."""

from datetime import date
from hashlib import sha256

from agent.briefing.writing import write
from agent.calling.asking import ring_with_it
from agent.services import Services
from integrations.store.people import Person
from jobs.run import Owed, job


@job("briefing.write")
async def write_briefing(services: Services, owed: Owed) -> str | None:
    """Today's briefing. Done again it brings the same one up to date, and announces nothing twice.

    Its sound takes much longer than its text, so that is owed by itself: nobody's words wait for somebody else's voice.
    For those who never listen it is made when they ask for it, within seconds.
    """
    person = await services.person(owed.person_id)
    if owed.slot < services.now(person).date().isoformat():
        return "That day is over."
    briefing = await write(services, person)
    await services.telling.tell(
        person.id, about="briefing", say="Your briefing is ready.", key=f"briefing:{briefing.day}", link="/#briefing"
    )
    if person.briefing_call and owed.slot == briefing.day:  # not when it is only brought up to date
        await ring_with_it(services, person, date.fromisoformat(briefing.day))
    if await _listens(services, person):
        text = sha256(briefing.text.encode()).hexdigest()[:12]
        await services.queue.ask("briefing.speak", person.id, slot=f"{briefing.day} {text}")
    return f"The briefing of {briefing.day} is written."


@job("briefing.speak", limit=900)
async def speak_briefing(services: Services, owed: Owed) -> str | None:
    """Its sound, as it stands by then. Without a voice, or while it fails, the text stands alone; it is then made when it is asked for."""
    person = await services.person(owed.person_id)
    async with services.context(person, write=False) as ctx:
        briefing = await ctx.briefings.on(services.now(person).date())
    if briefing is None or not owed.slot.startswith(str(briefing.day)):
        return "That day is over."
    made = await services.recordings.make(person, briefing)
    return f"The briefing of {briefing.day} {'is spoken' if made else 'has no sound: there is no voice'}."


async def _listens(services: Services, person: Person) -> bool:
    """Whether sound is worth making ahead: for the owner, for who has a feed, for who heard one of the last two weeks'."""
    async with services.context(person, write=False) as ctx:
        return (
            person.owner or await ctx.briefings.has_feed() or any(one.heard_at for one in await ctx.briefings.latest())
        )
