"""`email.digest`: a person's unread mail, gone through before they ask."""

from datetime import date

from agent.digest.writing import write_digest
from agent.services import Services
from integrations.store.owed import Debts
from integrations.store.people import Person
from jobs.run import Owed, job

ABOUT = "digest"


@job("email.digest")
async def write(services: Services, owed: Owed) -> str | None:
    """Write today's digest, whose local day is the slot, and tell of it if there is something to tell.

    Killed anywhere and done again it is the same: the digest is one row a day, what was looked at is not looked at again, each
    task is added under a key made of its mail's words, and telling has a key of its own. What came of it is told in numbers: the
    list of jobs is read by whoever looks after the machine, and the mail is somebody's own.
    """
    person = await services.person(owed.person_id)
    digest = await write_digest(services, person, channel="job")
    if digest.mails or any(item.digest_id == digest.id for item in digest.items):
        await services.telling.tell(
            person.id, about=ABOUT, say=digest.say, key=f"{ABOUT}:{digest.date.isoformat()}", link="/#digest"
        )
    await _into_the_briefing(services, person, digest.date)
    asked = sum(item.digest_id == digest.id for item in digest.items)
    return f"{digest.unread} unread, {len(digest.mails)} matter, {asked} ask for something."


async def _into_the_briefing(services: Services, person: Person, day: date) -> None:
    """A briefing that is written already, or just now, is brought up to date.

    After a night off both begin at the same moment. The briefing doesn't wait: in many mornings at once all hands would be waiting.
    """
    slot = day.isoformat()
    async with services.context(person, write=False) as ctx:
        written = await ctx.briefings.on(day) is not None
    async with services.database.look() as session:
        under_way = await Debts(session, person.id).under_way("briefing.write", slot)
    if written or under_way:
        await services.queue.ask("briefing.write", person.id, slot=f"{slot} with the mail")
