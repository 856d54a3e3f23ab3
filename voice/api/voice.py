"""/v1/voice: a ticket for a live conversation, and the conversation."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, WebSocket
from pydantic import BaseModel, Field

from agent.commands import complete
from agent.events import Event
from agent.services import Services
from integrations.errors import ChronusError, Unavailable
from integrations.store.people import Person
from voice.api import shapes
from voice.deps import TheFigures, TheLimits, ThePlace, TheServices, TheSessions, TheTickets, Who
from voice.security.limits import CONNECTS
from voice.security.signing import who
from voice.security.tokens import Claims
from voice.telemetry import Figures
from voice.thread import Thread

router = APIRouter(prefix="/voice", tags=["voice"])

REFUSED, TRY_LATER = 1008, 1013


class Wanted(shapes.Body):
    """A thread to go on with; a newer connection to the same thread takes it over from an older one."""

    conversation_id: Annotated[str | None, Field(max_length=100)] = None


class Connection(BaseModel):
    """Where to open the socket, once and within half a minute."""

    ws_url: str


class Counted(Thread):
    """A thread whose turns are counted."""

    def __init__(self, services: Services, person: Person, figures: Figures, conversation_id: str | None) -> None:
        super().__init__(services, person, conversation_id=conversation_id)
        self._turns = figures.turns.labels("voice")

    def reply(self, words: str) -> AsyncIterator[Event]:
        """Answer one turn on the person's thread."""
        self._turns.inc()
        return super().reply(words)


@router.post("/connect")
async def connect(
    services: TheServices,
    asking: Who,
    limits: TheLimits,
    tickets: TheTickets,
    sessions: TheSessions,
    place: ThePlace,
    wanted: Wanted | None = None,
) -> Connection:
    """A socket for one live conversation."""
    if services.settings.limits.requests_per_minute:
        await limits.spend(f"connects:{asking.person.id}", CONNECTS)
    if services.recognizer is None or services.synthesizer is None or sessions is None:
        raise Unavailable("I can't hear or speak here yet; run `chronus models fetch`. Typing works.", retry_after=60)
    thread = wanted.conversation_id if wanted else None
    if thread:
        async with services.context(asking.person, write=False) as ctx:
            await ctx.conversations.get(thread)
    sessions.admit(asking.person.id, thread)
    scheme = "wss" if place.scheme == "https" else "ws"
    ticket = await tickets.issue(asking.person.id, asking.family, thread)
    return Connection(ws_url=f"{scheme}://{place.host}/v1/voice?ticket={ticket}")


@router.websocket("")
async def converse(
    websocket: WebSocket,
    services: TheServices,
    tickets: TheTickets,
    sessions: TheSessions,
    figures: TheFigures,
    ticket: str = "",
) -> None:
    """RTVI over Pipecat's protobuf frames. Name and origin were checked at the door."""
    # accepted first, so that the reason reaches the caller: a refused handshake only says "failed"
    await websocket.accept()
    try:
        taken = await tickets.take(ticket)
        person = await who(services, Claims(person_id=taken.person_id, family=taken.family))
        if sessions is None:
            raise Unavailable
        line = taken.conversation_id or taken.line
        sessions.admit(person.id, line)
    except ChronusError as error:
        await websocket.close(TRY_LATER if isinstance(error, Unavailable) else REFUSED, error.say[:100])
        return
    thread = Counted(services, person, figures, taken.conversation_id)
    await sessions.converse(websocket, person.id, thread, conversation=line, complete=complete)
