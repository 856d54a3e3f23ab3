"""What ears, turns, brain and mouth tell each other beyond pipecat's own frames.

All of them are system frames, so they keep their order among themselves and no interruption drops one.
The words of a reply are pipecat's own frames with the reply they belong to.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from pipecat.frames.frames import LLMFullResponseEndFrame, LLMFullResponseStartFrame, LLMTextFrame, SystemFrame

from agent.conversation import Pressed


@dataclass
class Manner:
    """How a person wants to be spoken to; a change is heard from the next clause on."""

    voice: str | None = None
    speed: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """How words came to us: a yes that others will see the effect of has to have come well."""

    confidence: float | None = None
    """How surely they were heard, 0 to 1; None where nobody can say."""
    over: bool = False
    """Whether the person began before what was being said had been heard out."""
    typed: bool = False
    pressed: Pressed | None = None
    """Nothing was said at all: a key answers what was asked."""


@dataclass(eq=False)
class Reply:
    """One answer on its way to the person; the brain fills it, the mouth says it."""

    words: str = ""
    """What was said to get it; empty when nobody asked (a greeting, a goodbye)."""
    hearing: Hearing = Hearing()
    aloud: bool = True
    live: bool = True
    """False from the moment the person cut it off."""
    acted: bool = False
    """A tool was used for it, so it can't be thought over again."""
    sounded: bool = False
    """Some of it was sent as sound."""
    turn_id: str = ""
    """Also of one that goes on with what an earlier line left untold."""
    begun: bool = False
    """The agent was asked for it."""
    dropped: bool = False
    """It was neither heard to its end nor stopped by the person: the rest is still owed."""
    heard: str = ""
    """What the person heard of it, once it is over."""
    so_far: Callable[[], str] = str
    """What was heard of it until now; stops its sound."""
    over: "ReplyHeard | None" = None
    """How it came to its end, from the moment that its last sound was played or stopped."""
    telling: bool = False
    """The agent is being told so: what comes to be known of it later is less."""
    after: "Reply | None" = None
    """The one that is said before it, where it has to wait."""
    told: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when it is over and the agent knows how much was heard."""


@dataclass
class ReplyStarted(LLMFullResponseStartFrame):
    """The brain begins an answer."""

    reply: Reply
    interruptible: bool = field(default=False, init=False)


@dataclass
class ReplyWords(LLMTextFrame):
    """A piece of an answer. `aside` marks what we say to fill a wait: it is no part of the answer."""

    reply: Reply = field(default_factory=Reply)
    aside: bool = False
    interruptible: bool = field(default=False, init=False)


@dataclass
class ReplyEnded(LLMFullResponseEndFrame):
    """The brain has nothing to add to an answer."""

    reply: Reply
    interruptible: bool = field(default=False, init=False)


@dataclass
class TurnTaken(SystemFrame):
    """The person has finished saying something."""

    words: str
    ended: float
    """When their voice fell silent, on the loop's clock."""
    hearing: Hearing = Hearing()


@dataclass
class Cut(SystemFrame):
    """The person has really interrupted: what is being said or thought is over."""

    rethink: bool = False
    """What was asked but not yet answered belongs to what is being said now."""


@dataclass
class GoOn(SystemFrame):
    """It was a cough or a murmur: go on where the sound stopped."""


@dataclass
class Excuse(SystemFrame):
    """Say this: something went wrong on our side."""

    say: str


@dataclass
class Leave(SystemFrame):
    """Say goodbye and close the line."""

    reason: str
    say: str
    patience: float = 10.0
    """Seconds for what is being said to come to its end."""
    silently: bool = False
    """Stop at once and say nothing more: somebody else speaks now."""


@dataclass
class ReplyHeard(SystemFrame):
    """Upstream: an answer is over; `text` is what the person really heard of it."""

    reply: Reply
    text: str
    whole: bool
