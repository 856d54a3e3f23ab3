"""One person's thread as a live conversation uses it: the pipeline asks, the assistant answers."""

from collections.abc import AsyncIterator

from agent.conversation import Turn
from agent.events import Begun, Event
from agent.services import Services
from integrations.store.people import Person


class Thread:
    """What `voice.pipeline.brain` calls an agent, for one person on one line."""

    def __init__(
        self, services: Services, person: Person, *, channel: str = "voice", conversation_id: str | None = None
    ) -> None:
        self._services = services
        self._person = person
        self._channel = channel
        self._conversation_id = conversation_id
        self._turn_id = ""

    async def reply(self, words: str) -> AsyncIterator[Event]:
        """Answer one turn on the person's thread."""
        turn = Turn(
            person=self._person, text=words, channel=self._channel, conversation_id=self._conversation_id
        )  # fmt: skip
        async for event in self._services.assistant.reply(turn):
            if isinstance(event, Begun):
                self._turn_id = event.turn_id
                self._conversation_id = event.conversation_id
            yield event

    async def heard(self, turn_id: str, text: str, whole: bool) -> None:
        """Keep what was really heard; a reply that was heard whole is kept as it is."""
        if not whole and (turn := turn_id or self._turn_id):
            await self._services.assistant.heard(self._person, turn, text)

    def greeting(self) -> str | None:
        """Nothing: the person opened the line to speak."""
        return None
