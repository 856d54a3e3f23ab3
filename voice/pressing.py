"""A yes or no by key: on a telephone what was asked is answered with 1 or 2, once it was heard to its end."""

from agent.conversation import Pressed
from agent.services import Services
from integrations.store.people import Person
from voice.pipeline.telephone import TelephoneLine
from voice.sessions import Session
from voice.thread import Thread

YES, NO = "1", "2"
WORDS = {YES: "Yes, by key.", NO: "No, by key."}
"""How it stands in the thread: which key it was is nobody's business."""


async def answer_by_key(
    services: Services, session: Session, person: Person, thread: Thread, line: TelephoneLine
) -> None:
    """Until cancelled. A key that answers no question, or comes before it was heard out, does nothing."""
    while True:
        key = await line.keys.get()
        if key not in WORDS or thread.conversation_id is None:
            continue
        waiting = await services.assistant.pending_for(person, thread.conversation_id)
        if waiting is not None and waiting.heard_at is not None and waiting.channel == thread.channel:
            await session.press(WORDS[key], Pressed(yes=key == YES, approval_id=waiting.id))
