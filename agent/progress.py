"""What has come of a turn so far; it is kept whatever interrupts the turn."""

import asyncio
from dataclasses import dataclass, field, replace
from typing import Any

from agent.context import Where
from agent.events import Said
from agent.origins import Origin
from integrations.model import Answer, Call, Line, Replied, Words
from integrations.model import Said as PersonSaid

FIRST_WORDS = 5.0
"""Seconds within which somebody who has heard nothing yet should hear something, whatever the mind is doing."""
LEAST = 1.0
"""Seconds a mind has in any case."""


@dataclass
class Progress:
    """Grows with each step of a turn."""

    where: Where
    channel: str
    origin: Origin = Origin.SAID
    """Of the worst that was read for it, in this turn or before."""
    theirs: tuple[str, ...] = ()
    """What the person said in this thread, oldest first."""
    noted: list[str] = field(default_factory=list)
    """How old what was looked at is; each is said once."""
    owed: list[str] = field(default_factory=list)
    """What happened meanwhile; it is told before anything else."""
    lines: list[Line] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    calls: int = 0
    said: int = 0
    """So many of the last calls were answered word for word, so that the mind has nothing to add."""
    understood: dict[str, Any] | None = None
    pending: dict[str, Any] | None = None
    whole: bool = False
    """Whether it came to its end: nobody cut it off."""
    given: dict[str, Any] | None = None
    """The answer that was given before, to a turn that is told again."""
    begun: float = field(default_factory=lambda: asyncio.get_running_loop().time())
    under_way: asyncio.Task[Any] | None = None
    """A call that has begun: it is waited for even when nobody waits for the turn any more."""

    def begin(self, said: str) -> None:
        """What the person said comes first, also of a turn that is taken up again."""
        if not any(isinstance(line, PersonSaid) for line in self.lines):
            self.lines = [PersonSaid(text=said)]

    def say(self, words: Words) -> str:
        """Keep what is said next; how it goes on from what was said before."""
        last = self.lines[-1] if self.lines else None
        goes_on = isinstance(last, Replied) and words.mind != "" and last.mind == words.mind
        apart = words.text and self.words and not goes_on and not words.text[:1].isspace()
        self.words.append(f" {words.text}" if apart else words.text)
        if isinstance(last, Replied) and last.mind == words.mind and not (last.signature or words.signature):
            self.lines[-1] = replace(last, text=last.text + self.words[-1])
        else:
            self.lines.append(Replied(text=words.text, signature=words.signature, mind=words.mind))
        # pieces of one mind follow each other letter by letter, also after another's words
        return self.words[-1] if words.mind else words.text

    def said_by_code(self, text: str) -> Said:
        """Words that no mind chose: kept, and handed on."""
        return Said(text=self.say(Words(text=text)))

    @property
    def patience(self) -> float:
        """Seconds until the person should hear something."""
        waited = asyncio.get_running_loop().time() - self.begun
        return FIRST_WORDS if self.words else max(LEAST, FIRST_WORDS - waited)

    @property
    def unanswered(self) -> list[Call]:
        """The calls that were decided on and have no answer: of a turn that is taken up again, where it broke off."""
        answered = {line.id for line in self.lines if isinstance(line, Answer)}
        return [line for line in self.lines if isinstance(line, Call) and line.id not in answered]

    @property
    def reply(self) -> str:
        """Everything said, as one text."""
        return " ".join("".join(self.words).split())

    @property
    def answer(self) -> dict[str, Any]:
        """What `/v1/chat` gives."""
        return {
            "conversation_id": self.where.conversation_id,
            "turn_id": self.where.turn_id,
            "reply": self.reply,
            "understood": self.understood,
            "actions": self.actions,
            "pending": self.pending,
        }
