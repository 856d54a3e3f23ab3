"""What an earlier line has left untold is told first on a new one, from the last word that was heard."""

from agent.services import Services
from agent.untold import Owed
from integrations.store.people import Person
from voice.sessions import Session
from voice.thread import Thread

PAUSE = 60.0
"""Seconds within which somebody who was quicker than we has to pause."""
AT_IT = "One moment, I'm still at it."


async def tell_what_is_owed(services: Services, session: Session, person: Person, thread: Thread) -> None:
    """One answer after the other, each to where it is heard; then what an older line finishes meanwhile. What is left is owed still."""
    await session.open.wait()
    async with services.untold.coming(person) as coming:
        for owed in thread.owed:
            if owed.rest is None and session.untouched:
                await session.say(AT_IT)
            found = owed if owed.rest else await services.untold.finished(person, owed)
            if found and not await _tell(session, thread, found):
                return
        while (turn_id := await coming()) is not None:
            found = await services.untold.of(person, turn_id)
            if found and not await _tell(session, thread, found):
                return


async def _tell(session: Session, thread: Thread, owed: Owed) -> bool:
    """Say it at the first pause; whether there was one."""
    if not session.untouched and not await session.pause(PAUSE):
        return False
    if owed.rest is not None:
        thread.rest_of(owed.turn_id, owed.rest)
        await session.say(owed.rest.say, owed.turn_id)
    return True
