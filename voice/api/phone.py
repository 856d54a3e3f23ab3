"""/v1/phone/{provider}: where a telephone provider rings, says how our calls go, and where the sound of a call comes and goes."""

import logging
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response, WebSocket
from starlette.requests import HTTPConnection

from agent.calling.outcome import taken, told
from agent.calling.verifying import code_of, spoken_code
from agent.services import Services
from integrations.errors import ChronusError, Denied, NotFound, Unavailable
from integrations.store.phones import Phone, called_from, phone_of
from integrations.telephone import Asked, Telephone
from integrations.telephone.numbers import plain_number
from voice.calls import admitted, answer
from voice.deps import TheFigures, TheServices, TheSessions, TheTickets
from voice.history import began, call_of, ended
from voice.pipeline.telephone import TelephoneLine
from voice.security.tickets import Tickets
from voice.sessions import Sessions
from voice.strangers import take_message, takes_messages
from voice.talking import CURRENT

log = logging.getLogger(__name__)
router = APIRouter(prefix="/phone/{provider}", include_in_schema=False)  # asked by programs of theirs, not of ours

REFUSED = 1008
ONCE = 86_400.0
"""Seconds for which a call that has rung can't ring again."""
UNKNOWN = "Hello, this is Chronus. I don't know this number, so I can't help you here. Goodbye."
CANT_TALK = "I can't hear or speak right now. Please try again later."
LOCKED = "The telephone is locked after too many wrong PINs. Goodbye."
TO_MACHINE = "This is Chronus. I'll try again later."
TO_MACHINE_AGAIN = "This is Chronus. I couldn't reach you. Goodbye."


def _telephone(connection: HTTPConnection, provider: str) -> Telephone:
    found: Telephone | None = connection.state.telephone
    if found is None or found.name != provider:
        raise NotFound("There is no telephone here.")
    return found


TheTelephone = Annotated[Telephone, Depends(_telephone)]


async def _signed(request: Request, telephone: TheTelephone, services: TheServices) -> Asked:
    """What the provider says. Its signature counts for our public address alone, whatever name we were asked by."""
    public = services.settings.public_url
    if public is None or request.url.query:
        raise Denied
    return telephone.check(str(public).rstrip("/") + request.scope["path"], request.headers, await request.body())


Signed = Annotated[Asked, Depends(_signed)]


@router.post("/incoming")
async def incoming(
    asked: Signed, telephone: TheTelephone, services: TheServices, tickets: TheTickets, sessions: TheSessions
) -> Response:
    """Somebody calls: markup that puts them through to us, or says why not."""
    if asked.out or asked.over:
        raise Denied("That is no call to us.")
    if not await services.cache.put_new(f"call:{asked.call_id}", "1", seconds=ONCE):
        raise Denied("That call has rung already.")
    async with services.database.look() as session:
        phone = await called_from(session, asked.caller)
    if phone is not None:
        await began(services, phone, asked)
    elif sessions is not None and (owner := await takes_messages(services, asked.caller)):
        ticket = await tickets.issue_call(asked.call_id, owner.id, stranger=plain_number(asked.caller))
        return _markup(telephone.connect(_media(telephone, services), ticket))
    return await _through(phone, asked, telephone, services, tickets, sessions)


@router.post("/answered/{call_id}")
async def answered(
    call_id: str,
    asked: Signed,
    telephone: TheTelephone,
    services: TheServices,
    tickets: TheTickets,
    sessions: TheSessions,
) -> Response:
    """Somebody has taken a call of ours: a code is told, a machine gets one sentence that says nothing, a person is put through."""
    call = await taken(services, call_id, asked)
    if call.about == "code":
        return _markup(telephone.say(spoken_code(code_of(services, call.id))))
    if call.state == "machine":
        return _markup(telephone.say(TO_MACHINE if call.tries == 1 else TO_MACHINE_AGAIN, to_machine=True))
    async with services.database.look() as session:
        phone = await phone_of(session, call.person_id)
    return await _through(phone, asked, telephone, services, tickets, sessions)


@router.post("/status", status_code=204)
async def status(asked: Signed, services: TheServices) -> None:
    """How a call to us goes; when it is over, its socket has closed, so only its length is kept."""
    log.info("telephone call", extra={"call": asked.call_id, "status": asked.course})
    if asked.over and not asked.out:
        await ended(services, asked)


@router.post("/status/{call_id}", status_code=204)
async def status_of_ours(call_id: str, asked: Signed, services: TheServices) -> None:
    """How a call of ours goes."""
    log.info("telephone call", extra={"call": asked.call_id, "status": asked.course})
    await told(services, call_id, asked)


@router.websocket("/media")
async def media(
    websocket: WebSocket,
    telephone: TheTelephone,
    services: TheServices,
    tickets: TheTickets,
    sessions: TheSessions,
    figures: TheFigures,
) -> None:
    """The sound of one call. Nothing listens and nothing speaks until it has shown its ticket."""
    await websocket.accept()
    line = TelephoneLine(websocket, telephone)
    try:
        telephone.check_socket(_sockets(services) + websocket.scope["path"], websocket.headers)
        started, ringing = await admitted(line, tickets)
        if sessions is None:
            raise Unavailable
        person = await services.person(ringing.person_id)
        call = await call_of(services, person, started.call_id)
    except ChronusError as error:
        line.end(REFUSED, error.say[:100])
        await line.close()
        return
    line.begin(started.stream_id)
    if ringing.stranger:
        await take_message(line, person, ringing.stranger, services)
    else:
        await answer(line, person, services, sessions, figures, call)


async def _through(
    phone: Phone | None,
    asked: Asked,
    telephone: Telephone,
    services: Services,
    tickets: Tickets,
    sessions: Sessions | None,
) -> Response:
    """Markup that puts them on our socket, or says why not."""
    try:
        refusal = _refusal(phone, services, sessions)
    except ChronusError as error:
        refusal = error.say
    if phone is None or refusal:
        return _markup(telephone.say(refusal or UNKNOWN))
    ticket = await tickets.issue_call(asked.call_id, phone.person_id)
    return _markup(telephone.connect(_media(telephone, services), ticket))


def _media(telephone: Telephone, services: Services) -> str:
    """Where the sound of a call comes and goes."""
    return f"{_sockets(services)}/v1/phone/{telephone.name}/media"


def _refusal(phone: Phone | None, services: Services, sessions: Sessions | None) -> str | None:
    """Why this call can't be put through; None when it can. Raises what `Sessions.admit` raises."""
    if phone is None:
        return UNKNOWN
    if sessions is None:
        return CANT_TALK
    if phone.locked(services.clock()):
        return LOCKED
    sessions.admit(phone.person_id, CURRENT)
    return None


def _sockets(services: Services) -> str:
    public = str(services.settings.public_url).rstrip("/")
    return public.replace("http", "ws", 1)


def _markup(text: str) -> Response:
    return Response(text, media_type="application/xml")
