"""One person's thread as a live conversation uses it: the pipeline asks, the assistant answers."""

from collections.abc import AsyncIterator, Sequence

from agent.conversation import Turn
from agent.events import Begun, Event
from agent.going import Going
from agent.rest import Rest
from agent.services import Services
from agent.untold import Owed
from integrations.store.people import Person
from voice.pipeline.frames import Hearing, Manner


class Thread:
    """What `voice.pipeline.brain` calls an agent, for one person on one line."""

    def __init__(
        self, services: Services, person: Person, *, channel: str = "voice", conversation_id: str | None = None
    ) -> None:
        self._services = services
        self._person = person
        self.channel = channel
        self._conversation_id = conversation_id
        self._turn_id = ""
        self._going: Going | None = None
        self._left = False
        """The line is gone."""
        self._rests: dict[str, Rest] = {}
        """What is told here of earlier turns."""
        self.owed: Sequence[Owed] = ()
        """What an earlier line has left untold."""
        self.manner = manner_of(person)
        """How they want to be spoken to; read again with every turn."""

    async def reply(self, words: str, hearing: Hearing) -> AsyncIterator[Event]:
        """Answer one turn on the person's thread."""
        self._turn_id = ""
        self._person = await self._services.person(self._person.id)  # zone or voice may have been changed meanwhile
        manner = manner_of(self._person)
        self.manner.voice, self.manner.speed = manner.voice, manner.speed
        going = self._going = self._begin(words, hearing)
        try:
            async for event in going.events():
                if isinstance(event, Begun):
                    self._turn_id = event.turn_id
                    self._conversation_id = event.conversation_id
                yield event
        finally:
            if not self._left:
                await going.stop()

    def let_go(self, words: str, hearing: Hearing) -> None:
        """The line is gone: what is being answered is answered to its end, and so is this, which wasn't begun."""
        self._left = True
        if words:
            self._going = self._begin(words, hearing)
        if self._going:
            self._going.let_go()

    async def heard(self, turn_id: str, text: str, whole: bool) -> None:
        """Keep what was really heard, also of the rest of an earlier turn."""
        await self._heard(turn_id, text, whole=whole)

    async def dropped(self, turn_id: str, text: str) -> None:
        """The line was gone when so much was heard; the rest stays owed."""
        await self._heard(turn_id, text, dropped=True)

    @property
    def conversation_id(self) -> str | None:
        """The thread, once something was said on it here."""
        return self._conversation_id

    def rest_of(self, turn_id: str, rest: Rest) -> None:
        """It is told here; what is heard of it belongs to that turn."""
        self._rests[turn_id] = rest

    def greeting(self) -> str | None:
        """Nothing: the person opened the line to speak."""
        return None

    def _begin(self, words: str, hearing: Hearing) -> Going:
        turn = Turn(
            person=self._person, text=words, channel=self.channel, conversation_id=self._conversation_id,
            confidence=hearing.confidence, over=hearing.over, typed=hearing.typed, pressed=hearing.pressed,
        )  # fmt: skip
        return self._services.untold.begin(turn)

    async def _heard(self, turn_id: str, text: str, *, whole: bool = False, dropped: bool = False) -> None:
        if turn := turn_id or self._turn_id:
            text = self._rests[turn].heard(text) if turn in self._rests else text
            await self._services.assistant.heard(self._person, turn, text, whole=whole, dropped=dropped)


def manner_of(person: Person) -> Manner:
    """How the person wants to be spoken to."""
    return Manner(person.voice or None, person.speed)
