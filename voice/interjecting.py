"""What there is to tell is said into a live conversation, when nobody else speaks."""

from collections.abc import Hashable

from agent.aloud import PAUSE, Aloud
from voice.sessions import Sessions


async def interject(aloud: Aloud, sessions: Sessions, person_id: str, conversation: Hashable) -> None:
    """Until cancelled. What finds no pause is left to others; what was heard is acknowledged."""
    async with aloud.conversing(person_id) as offers:
        async for offer in offers:
            session = sessions.find(person_id, conversation)
            if session is None or not await session.pause(PAUSE) or not await aloud.claim(offer):
                continue
            heard = ""
            try:
                heard = await session.say(offer.say)
            finally:
                await aloud.said(person_id, offer, heard=bool(heard))
