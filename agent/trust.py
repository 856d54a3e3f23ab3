"""How far one piece of work may go, and what it has read: it grows with every word, and decides what needs a yes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto

from agent.effects import Effect
from agent.origins import Origin
from integrations.errors import Denied

UNASKED = "I only do that when you ask for it yourself."
NO_YES = "I need your yes for that first."


class Hand(Enum):
    """Whose work it is."""

    OWN = auto()
    """The person's own click: they may do anything with what is theirs."""
    MIND = auto()
    """A mind's call: what others see or what takes something away waits for a yes to exactly that."""
    NOBODY = auto()
    """Nobody asked for it: never anything that others see or that takes something away."""


@dataclass
class Trust:
    """One piece of work's. What it has read only ever gets worse; what it may do is opened by a yes, for this piece alone."""

    hand: Hand = Hand.OWN
    origin: Origin = Origin.SAID
    """Of all that was read for it, here and earlier in the thread."""
    words: Sequence[str] = ()
    """What the person said in this thread, oldest first."""
    ask_before: str = "always"
    _opened: set[Effect] = field(default_factory=set)
    _aside: int = 0

    def read(self, origin: Origin) -> None:
        """Something of this origin is now known to whoever does this work."""
        if not self._aside:
            self.origin = self.origin.with_(origin)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is looked at in here is for code alone, and reaches no mind."""
        self._aside += 1
        try:
            yield
        finally:
            self._aside -= 1

    @property
    def tainted(self) -> bool:
        """Whether others' words may have led to what is being done."""
        return self.origin.tainted

    def must_ask(self, effect: Effect, *, reversible: bool) -> bool:
        """Whether this waits for a yes. Only what takes away the person's own, can be undone and was led to by nobody else may do without, if they want it so."""
        free = effect is Effect.DESTRUCTIVE and reversible and not self.tainted and self.ask_before == "others"
        return effect.needs_yes and not free

    def open(self, effect: Effect) -> None:
        """The person has said yes to it, or it needs none."""
        self._opened.add(effect)

    @property
    def free(self) -> bool:
        """Whether it may do anything."""
        return self.hand is Hand.OWN

    def check(self, effect: Effect) -> None:
        """Before something is done that can't be taken back alone. Raises `Denied`."""
        if self.free or effect in self._opened:
            return
        raise Denied(UNASKED if self.hand is Hand.NOBODY else NO_YES)
