"""/v1/voice: a ticket for a live conversation, and the conversation."""

import logging
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response, WebSocket
from pydantic import BaseModel, Field

from agent.events import Event
from agent.services import Services
from integrations.errors import ChronusError, NotFound, Unavailable
from integrations.speech.sound import to_wav
from integrations.store.people import Person
from voice.api import shapes
from voice.deps import TheFigures, TheLimits, ThePlace, TheServices, TheSessions, TheTickets, Who
from voice.pipeline.frames import Hearing
from voice.security.limits import CONNECTS
from voice.security.signing import who
from voice.security.tokens import Claims
from voice.sessions import by_browser
from voice.talking import conversation_of, talk
from voice.telemetry import Figures
from voice.thread import Thread

log = logging.getLogger(__name__)
router = APIRouter(prefix="/voice", tags=["voice"])

REFUSED, TRY_LATER = 1008, 1013
SAMPLE = "Good morning. You have two things on your calendar today."
Speed = Annotated[float, Query(ge=0.5, le=2.0)]


class Wanted(shapes.Body):
    """A thread to go on with, else the current one; a newer line on the same thread takes it over from an older one."""

    conversation_id: Annotated[str | None, Field(max_length=100)] = None


class Connection(BaseModel):
    """Where to open the socket, once and within half a minute."""

    ws_url: str


class Voice(BaseModel):
    """A voice; its terms are told where it has any of its own."""

    id: str
    name: str
    engine: str
    language: str
    licence: str | None = None


class Counted(Thread):
    """A thread whose turns are counted."""

    def __init__(self, services: Services, person: Person, figures: Figures, conversation_id: str | None) -> None:
        super().__init__(services, person, conversation_id=conversation_id)
        self._turns = figures.turns.labels("voice")

    def reply(self, words: str, hearing: Hearing) -> AsyncIterator[Event]:
        """Answer one turn on the person's thread."""
        self._turns.inc()
        return super().reply(words, hearing)


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
    sessions.admit(asking.person.id, await conversation_of(services, asking.person, thread))
    scheme = "wss" if place.scheme == "https" else "ws"
    ticket = await tickets.issue(asking.person.id, asking.family, thread)
    return Connection(ws_url=f"{scheme}://{place.host}/v1/voice?ticket={ticket}")


@router.get("/voices")
async def voices(services: TheServices, asking: Who) -> shapes.Page[Voice]:  # noqa: ARG001, for people who are signed in
    """The voices that can be chosen here."""
    found = await services.synthesizer.voices() if services.synthesizer else []
    return shapes.Page(items=[Voice(**asdict(voice)) for voice in found])


@router.get("/voices/{voice_id}/sample", response_class=Response, responses={200: {"content": {"audio/wav": {}}}})
async def sample(
    services: TheServices,
    asking: Who,
    limits: TheLimits,
    voice_id: Annotated[str, Path(max_length=100)],
    speed: Speed = 1.0,
) -> Response:
    """A sentence in that voice, as a WAV file."""
    if services.settings.limits.requests_per_minute:
        await limits.spend(f"samples:{asking.person.id}", CONNECTS)
    speaker = services.synthesizer
    known = {voice.id for voice in await speaker.voices()} if speaker else set()
    if speaker is None or voice_id not in known:
        raise NotFound("I don't have that voice.")
    pcm = b"".join([piece async for piece in speaker.speak(SAMPLE, voice=voice_id, speed=speed)])
    return Response(
        to_wav(pcm, speaker.rate), media_type="audio/wav", headers={"Cache-Control": "private, max-age=3600"}
    )


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
        conversation = await conversation_of(services, person, taken.conversation_id)
        sessions.admit(person.id, conversation)
    except ChronusError as error:
        await websocket.close(TRY_LATER if isinstance(error, Unavailable) else REFUSED, error.say[:100])
        return
    thread = Counted(services, person, figures, taken.conversation_id)
    await talk(by_browser(websocket), person, thread, services, sessions, conversation=conversation)
