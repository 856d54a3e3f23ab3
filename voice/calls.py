"""The course of a call: it shows its ticket, somebody shows a PIN, then they talk as in the browser."""

import asyncio
from collections.abc import AsyncIterator

from agent.closing import closing
from agent.events import Begun, Event
from agent.services import Services
from integrations.errors import ChronusError, Unavailable
from integrations.speech import Synthesizer
from integrations.store.calls import Call
from integrations.store.people import Person
from integrations.telephone import HungUp, Started
from voice.beginning import begin, greeting
from voice.history import talked
from voice.keypad import Gone, Keypad
from voice.pipeline.frames import Hearing
from voice.pipeline.telephone import TelephoneLine
from voice.pressing import answer_by_key
from voice.problems import NotSignedIn
from voice.security.pins import Pins
from voice.security.tickets import Ringing, Tickets
from voice.sessions import Session, Sessions, by_telephone
from voice.talking import CURRENT, talk
from voice.telemetry import Figures
from voice.thread import Thread, manner_of

SOON = 10.0
"""Seconds that a socket has to say which call it is."""
IDENTIFYING = 120.0
"""Seconds that somebody has to show a PIN."""


class CallThread(Thread):
    """A thread that somebody speaks on by telephone."""

    def __init__(self, services: Services, person: Person, figures: Figures, call: Call | None) -> None:
        super().__init__(services, person, channel="phone")
        self._turns = figures.turns.labels("phone")
        self._call = call

    async def reply(self, words: str, hearing: Hearing) -> AsyncIterator[Event]:
        """Answer one turn, and count it; the first one's conversation is the call's."""
        self._turns.inc()
        async with closing(super().reply(words, hearing)) as events:
            async for event in events:
                if isinstance(event, Begun) and self._call and self._call.conversation_id is None:
                    self._call.conversation_id = event.conversation_id
                    await talked(self._services, self._person, self._call, event.conversation_id)
                yield event

    def greeting(self) -> str | None:
        """They have shown who they are, and wait to hear that it was right; or we have called, and begin."""
        return None if self.owed else greeting(self._call)  # what they are owed is heard instead


async def admitted(line: TelephoneLine, tickets: Tickets) -> tuple[Started, Ringing]:
    """The call that this socket carries, and whose it is. Raises `NotSignedIn` and `Invalid`."""
    try:
        async with asyncio.timeout(SOON):
            while not isinstance(event := await line.event(), Started):
                if isinstance(event, HungUp):
                    raise NotSignedIn("It hung up.")
    except TimeoutError as error:
        raise NotSignedIn("You didn't say which call that is.") from error
    return event, await tickets.take_call(event.ticket, event.call_id)


async def answer(
    line: TelephoneLine,
    person: Person,
    services: Services,
    sessions: Sessions,
    figures: Figures,
    call: Call | None = None,
) -> None:
    """Ask for the PIN, then talk until one side hangs up."""
    if services.synthesizer is None:
        raise Unavailable
    try:
        hello = "This is Chronus." if call and call.direction == "out" else ""
        if await _known(line, services.synthesizer, person, services, sessions, hello):
            await _talk(line, person, services, sessions, figures, call)
        else:
            await line.close()
    except Gone:
        pass


async def _known(
    line: TelephoneLine, synthesizer: Synthesizer, person: Person, services: Services, sessions: Sessions, hello: str
) -> bool:
    """Whether somebody who may talk to us has shown the PIN in time; if not, they know why. Raises `Gone`."""
    keypad = Keypad(line, synthesizer, manner_of(person))
    pins = Pins(services.database, services.clock, services.telling)
    try:
        async with asyncio.timeout(IDENTIFYING):
            if not await keypad.identify(lambda pin: pins.right(person.id, pin), hello):
                return False
            sessions.admit(person.id, CURRENT)
    except TimeoutError:
        return False
    except ChronusError as error:
        await keypad.say(error.say)
        return False
    return True


async def _talk(
    line: TelephoneLine, person: Person, services: Services, sessions: Sessions, figures: Figures, call: Call | None
) -> None:
    thread = CallThread(services, person, figures, call)

    async def beginning(session: Session) -> None:
        await begin(call, services, session, person)

    async def keys(session: Session) -> None:
        await answer_by_key(services, session, person, thread, line)

    await talk(by_telephone(line), person, thread, services, sessions, conversation=CURRENT, beside=[beginning, keys])
